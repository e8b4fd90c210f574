"""Pathway diagrams: a decision table drawn as steps (SVG), with the same content as a list.

The list is for screen readers, small screens and paper; the drawing repeats it for the eye and says nothing of its own.
Order, answers, paragraphs and what is inferred come from the compiled rules, the words from docs/_data/pathways.toml.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from cse_pathway.rulebook import RuleBook
from cse_pathway.table import Row

__all__ = ["Pathway", "Step", "draw", "place", "read_pathways"]

_TOKEN = re.compile(r"^\{pathway: ([a-z0-9-]+)\}$", re.MULTILINE)
_LINE, _PAD, _GAP, _WIDTH = 22, 12, 26, 640
_ASK_WIDTH, _RESULT_LEFT = 320, 400
_ASK_CHARACTERS, _RESULT_CHARACTERS = 36, 26


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a pathway and where a yes leads; `sources` are paragraph ids."""

    question: str
    result: str
    sources: tuple[str, ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Pathway:
    """A pathway in the order in which it is asked."""

    id: str
    title: str
    steps: tuple[Step, ...]


def read_pathways(root: Path, rules: RuleBook) -> tuple[dict[str, Pathway], list[Problem]]:
    """The pathways of docs/_data/pathways.toml by id, and everything in them that does not fit the rules."""
    data, problems = read_toml(root / "docs" / "_data" / "pathways.toml", root)
    file = "docs/_data/pathways.toml"
    form: dict[str, type | tuple[type, ...]] = {
        "id": str, "title": str, "table": str, "output": str, "leaves_out": list, "results": dict, "ask": list,
    }  # fmt: skip
    pathways = {}
    for entry in data.get("pathway", []):
        what = f"pathway {entry.get('id')}"
        if wrong := wrong_keys(entry, file, what, form):
            problems += wrong
            continue
        table = next((table for table in rules.tables if table.id == entry["table"]), None)
        if table is None:
            known = ", ".join(table.id for table in rules.tables)
            problems.append(Problem(file, 0, f"{what}: table {entry['table']}", f"one of {known}", "correct the table"))
            continue
        rows = [row for row in table.rows if row.id not in entry["leaves_out"]]
        asked = [ask.get("row") for ask in entry["ask"]]
        if asked != [row.id for row in rows]:
            wanted = ", ".join(row.id for row in rows)
            found = f"{what} asks {', '.join(map(str, asked))}"
            problems.append(Problem(file, 0, found, wanted, "ask the rows in order, or leave one out by name"))
            continue
        steps = []
        for row, ask in zip(rows, entry["ask"], strict=True):
            answer = str(dict(row.then)[entry["output"]])
            if answer not in entry["results"]:
                problems.append(Problem(file, 0, f"{what} has no result {answer}", "words for it", "add it to results"))
            steps.append(_step(row, ask, str(entry["results"].get(answer, ""))))
        pathways[entry["id"]] = Pathway(entry["id"], entry["title"], tuple(steps))
    return pathways, problems


def _step(row: Row, ask: Mapping[str, Any], result: str) -> Step:
    return Step(str(ask.get("question", "")), result, row.sources, row.inferred is not None)


def place(markdown: str, pathways: Mapping[str, Pathway]) -> str:
    """Put each `{pathway: id}` that stands alone on a line into the page: the drawing, then the list with citations.

    Raises KeyError, naming the pathways there are, where a page names another.
    """

    def placed(match: re.Match[str]) -> str:
        if match[1] not in pathways:
            raise KeyError(f"{{pathway: {match[1]}}}: wanted one of {', '.join(pathways)} (docs/_data/pathways.toml)")
        return as_markdown(pathways[match[1]])

    return _TOKEN.sub(placed, markdown)


def as_markdown(pathway: Pathway) -> str:
    """The drawing and its list."""
    lines = []
    for step in pathway.steps:
        cited = " ".join(f"[{source}]" for source in step.sources)
        mark = " (*inferred*)" if step.inferred else ""
        between = " Yes:" if step.question.endswith("?") else ":"
        asked = f"{step.question}{between} **{step.result}**"
        lines.append(f"1. {asked}{mark} {cited}")
    drawing = f'<div class="pathway">{draw(pathway)}</div>'
    return "\n\n".join([drawing, f"**{pathway.title}.** Ask in this order:", "\n".join(lines)])


def draw(pathway: Pathway) -> str:
    """The pathway as SVG, hidden from screen readers: the list beside it says the same."""
    parts: list[str] = []
    top = 2
    for number, step in enumerate(pathway.steps):
        asked = textwrap.wrap(step.question, _ASK_CHARACTERS)
        told = textwrap.wrap(step.result, _RESULT_CHARACTERS)
        height = max(len(asked), len(told)) * _LINE + 2 * _PAD
        middle = top + height / 2
        parts += [
            _box(2, top, _ASK_WIDTH, height, "pathway-ask"),
            _words(asked, 2 + _PAD, middle),
            _box(_RESULT_LEFT, top, _WIDTH - _RESULT_LEFT - 2, height, "pathway-result"),
            _words(told, _RESULT_LEFT + _PAD, middle),
            _arrow(2 + _ASK_WIDTH, middle, _RESULT_LEFT, middle),
        ]
        last = number == len(pathway.steps) - 1
        if step.question.endswith("?"):
            parts.append(_label("Yes", (_ASK_WIDTH + _RESULT_LEFT) / 2 - 12, middle - 7))
        if not last:
            parts += [
                _arrow(_ASK_WIDTH / 2, top + height, _ASK_WIDTH / 2, top + height + _GAP),
                _label("No", _ASK_WIDTH / 2 + 10, top + height + 18),
            ]
        top += height + (0 if last else _GAP)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {top + 2:g}" width="{_WIDTH}" height="{top + 2:g}" aria-hidden="true" '
        f'focusable="false" fill="none" stroke="currentColor" stroke-width="2" font-size="16">{"".join(parts)}</svg>'
    )


def _label(text: str, left: float, bottom: float) -> str:
    return f'<text x="{left:g}" y="{bottom:g}">{html.escape(text)}</text>'


def _box(left: float, top: float, width: float, height: float, name: str) -> str:
    return f'<rect class="{name}" x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="4"/>'


def _words(lines: list[str], left: float, middle: float) -> str:
    first = middle - (len(lines) - 1) * _LINE / 2 + 6
    return "".join(_label(line, left, first + number * _LINE) for number, line in enumerate(lines))


def _arrow(left: float, top: float, right: float, bottom: float) -> str:
    head = f"M{right - 8:g} {bottom - 5:g}L{right:g} {bottom:g}L{right - 8:g} {bottom + 5:g}"
    if right == left:
        head = f"M{right - 5:g} {bottom - 8:g}L{right:g} {bottom:g}L{right + 5:g} {bottom - 8:g}"
    return f'<path d="M{left:g} {top:g}L{right:g} {bottom:g}{head}"/>'
