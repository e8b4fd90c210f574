"""What the wizard's result says beside the decision: reads and checks docs/_data/screening_result.toml.

Every part names actions of the plan that bring it up. Every item cites a paragraph that exists, or is marked as
inferred or as an editor's note with its references. All problems come at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.citations import cited_in
from build_scripts.pages.paragraphs import Sources
from build_scripts.wizard.questions import Questionnaire

__all__ = ["Item", "Part", "ResultTexts", "read_result_texts"]

FILE = Path("docs") / "_data" / "screening_result.toml"


@dataclass(frozen=True)
class Item:
    """One thing said; `inferred`: why, where the sources do not say it outright; `references`: of an editor's note."""

    says: str
    inferred: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """What is said where the plan holds one of the actions `with_actions`."""

    id: str
    title: str
    lead: str
    with_actions: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ResultTexts:
    """All parts, in order, and the titles of the prompts that stand at the end."""

    parts: tuple[Part, ...] = ()
    prompts: tuple[str, ...] = ()


def read_result_texts(
    root: Path, questionnaire: Questionnaire, sources: Sources, references: Collection[str]
) -> tuple[ResultTexts, list[Problem]]:
    """Read and check the texts of a repository at `root`; gives them with every problem found."""
    data, problems = read_toml(root / FILE, root)
    if not data:
        return ResultTexts(), problems
    problems += wrong_keys(data, FILE.as_posix(), "the file", {"prompts": list, "part": list})
    actions = {
        action["id"]
        for file in sorted((root / "engine" / "rules" / "actions").glob("*.toml"))
        for action in read_toml(file, root)[0].get("action", [])
    }
    known = {prompt.title for page in questionnaire.pages for prompt in page.prompts}
    problems += [
        _wrong(f"the prompt {title!r}", "the title of a prompt in questions.toml", "Correct the title.")
        for title in data.get("prompts", ())
        if title not in known
    ]
    parts = []
    for entry in data.get("part", ()):
        found = _faults(entry, actions, sources, references)
        problems += found
        if not found:
            parts.append(_part(entry))
    return ResultTexts(tuple(parts), tuple(data.get("prompts", ()))), problems


def _faults(
    entry: dict[str, Any], actions: Collection[str], sources: Sources, references: Collection[str]
) -> list[Problem]:
    what = f"part {entry.get('id', '?')}"
    kinds: dict[str, type | tuple[type, ...]] = {
        "id": str, "title": str, "lead": str, "with_actions": list, "item": list,
    }  # fmt: skip
    problems = wrong_keys(entry, FILE.as_posix(), what, kinds)
    if problems:
        return problems
    problems += [
        _wrong(f"{what} comes with {id_!r}", "ids of actions in engine/rules/actions", "Correct the id.")
        for id_ in entry["with_actions"]
        if id_ not in actions
    ]
    problems += _unknown(what, entry["lead"], sources)
    for item in entry["item"]:
        item_kinds: dict[str, type | tuple[type, ...]] = {"says": str, "inferred": str, "references": list}
        faults = wrong_keys(item, FILE.as_posix(), f"an item of {what}", item_kinds, ("inferred", "references"))
        problems += faults or _baseless(what, item, sources, references)
    return problems


def _baseless(
    what: str, item: Mapping[str, Any], sources: Sources, references: Collection[str]
) -> list[Problem]:
    named = item.get("references", [])
    problems = [
        _wrong(f"{what} names {id_}", "an id of docs/_data/references.toml", "Correct the id.")
        for id_ in named
        if id_ not in references
    ]
    if not list(cited_in(item["says"])) and not named and not item.get("inferred"):
        problems.append(
            _wrong(f"{what}: {item['says']!r} rests on nothing", "a paragraph, or a mark that there is none",
                   "Cite the paragraph, or give references or inferred.")
        )  # fmt: skip
    return problems + _unknown(what, item["says"], sources)


def _unknown(what: str, text: str, sources: Sources) -> list[Problem]:
    return [
        _wrong(f"{what} cites {citation.id}", "a paragraph of sources.toml", "Correct the id.")
        for citation in cited_in(text)
        if citation.id not in sources.ids
    ]


def _wrong(found: str, wanted: str, mend: str) -> Problem:
    return Problem(FILE.as_posix(), 0, found, wanted, mend)


def _part(entry: Mapping[str, Any]) -> Part:
    items = tuple(
        Item(item["says"], item.get("inferred", ""), tuple(item.get("references", ()))) for item in entry["item"]
    )
    return Part(entry["id"], entry["title"], entry["lead"], tuple(entry["with_actions"]), items)
