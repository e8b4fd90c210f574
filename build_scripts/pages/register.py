"""The register of paragraphs: where each is published, as what and which rules follow it."""

from __future__ import annotations

import html
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from build_scripts.inputs.problems import Problem
from build_scripts.pages.citations import relative
from build_scripts.pages.paragraphs import KINDS, Sources, anchor

TOKEN = re.compile(r"^\{register\}[ \t]*$", re.MULTILINE)
_COLUMNS = ("Paragraph", "Published on", "Kind", "Rules that follow it")
_HEAD = "<thead><tr>" + "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS) + "</tr></thead>"


@dataclass(frozen=True)
class Place:
    """Where a paragraph is published and as what kind; `url` and `title` are the page's."""

    url: str
    title: str
    kind: str


def rules_citing(rules: Path, sources: Sources, root: Path) -> tuple[dict[str, list[str]], list[Problem]]:
    """For each paragraph the rule files that cite it; a rule that cites an id no document has is a problem."""
    citing: dict[str, list[str]] = defaultdict(list)
    problems = []
    for path in sorted(rules.rglob("*.toml")):
        if path.name == "sources.toml":
            continue
        file = path.relative_to(root).as_posix()
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue  # the rule compiler reports it
        for paragraph in sorted(_sources_in(data)):
            if paragraph in sources.section_of:
                citing[paragraph].append(file)
            else:
                mend = "correct the id; all ids are in engine/rules/sources.toml"
                problems.append(Problem(file, 0, f"source {paragraph}", "a paragraph id of the documents", mend))
    return dict(citing), problems


def _sources_in(value: object, under_sources: bool = False) -> set[str]:
    """Every paragraph id under a key whose name holds "source", at any depth."""
    if isinstance(value, dict):
        return {i for key, inner in value.items() for i in _sources_in(inner, under_sources or "source" in str(key))}
    if isinstance(value, list):
        return {i for inner in value for i in _sources_in(inner, under_sources)}
    return {value} if under_sources and isinstance(value, str) and re.match(r"[RS]\d", value) else set()


def render(
    sources: Sources,
    places: Mapping[str, Place],
    rules: Mapping[str, list[str]],
    page_url: str,
) -> str:
    """The register as HTML: a table for each section, a row for each paragraph."""
    blocks = []
    for document in sources.documents:
        blocks.append(
            f'<h2 id="document-{document.key.lower()}">{document.key}: {html.escape(document.title)}</h2>'
            f"<p>{html.escape(document.note)}</p>"
        )
        for section in document.sections:
            rows = "".join(_row(paragraph, places, rules, page_url) for paragraph in section.paragraphs)
            blocks.append(
                f'<details class="cse-details register" id="section-{section.id.lower()}">'
                f"<summary>{section.id} {html.escape(section.title)} "
                f"({_progress(section.paragraphs, places)})</summary>"
                f"<table>{_HEAD}<tbody>{rows}</tbody></table></details>"
            )
    return "\n".join(blocks)


def _progress(paragraphs: tuple[str, ...], places: Mapping[str, Place]) -> str:
    done = sum(paragraph in places for paragraph in paragraphs)
    counted = "1 paragraph" if len(paragraphs) == 1 else f"{len(paragraphs)} paragraphs and items"
    return counted if done == len(paragraphs) else f"{counted}, {done} published so far"


def _row(
    paragraph: str,
    places: Mapping[str, Place],
    rules: Mapping[str, list[str]],
    page_url: str,
) -> str:
    place = places.get(paragraph)
    if place:
        where = f'<a href="{relative(page_url, place.url)}#{anchor(paragraph)}">{html.escape(place.title)}</a>'
        kind = KINDS.get(place.kind, place.kind)
    else:
        where, kind = "Not yet published", ""
    return (
        f'<tr><th scope="row">{paragraph}</th><td>{where}</td><td>{kind}</td>'
        f"<td>{_files(rules.get(paragraph, []), 'engine/rules/')}</td></tr>"
    )


def _files(files: list[str], under: str) -> str:
    return "<br>".join(html.escape(file.removeprefix(under)) for file in files) or "–"
