"""What the template of the tools needs: practice cases, and the worksheets of docs/_data/tools/, checked and as HTML.

A worksheet is data: sections, fields, what an opened record says to them. The scripts in the page read it from the HTML
made here; they hold no rule and no text of the procedures.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.references import Reference
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.citations import cited_in, relative, set_citations
from build_scripts.pages.paragraphs import Sources, anchor
from build_scripts.wizard.answer_labels import answer_labels
from build_scripts.wizard.questions import Questionnaire
from build_scripts.wizard.rehearsals import PracticeCase, practice_context

__all__ = ["FOLDER", "read_worksheets", "tool_context"]

FOLDER = Path("docs") / "_data" / "tools"
KINDS = ("line", "words", "day", "tick")
CHECKS = ("name", "birth", "point", "who-said", "link", "text")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHEET = {"heading": str, "says": str, "keep_empty": bool, "pack": list, "section": list}
_LIMIT = {"id": str, "applies": str}
_PACK = {"id": str, "label": str, "heading": str}
_SECTION = {
    "id": str, "title": str, "out": str, "says": str, "packs": list, "copied": bool,
    "repeat": dict, "people": list, "fields": list,
}  # fmt: skip
_REPEAT = {"name": str, "add": str, "blanks": int}
_FIELD = {
    "id": str, "label": str, "out": str, "hint": str, "kind": str, "lines": int, "check": str, "from_record": dict,
}  # fmt: skip
_FROM_RECORD = {"action": str, "due": list, "status": str}


def read_worksheets(root: Path, sources: Sources) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Read and check every worksheet of a repository at `root`.

    Gives them by name (information-for-the-police, meeting-pack, supervision; time-limits, which says when each limit
    applies), and all that is wrong with them: unknown keys and kinds, ids used twice, citations of no paragraph,
    actions that no rule file has.
    """
    actions = {
        action["id"]
        for file in sorted((root / "engine" / "rules" / "actions").glob("*.toml"))
        for action in read_toml(file, root)[0].get("action", [])
    }
    sheets: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*.toml")):
        sheet, wrong = read_toml(path, root)
        file = path.relative_to(root).as_posix()
        checker = _Checker(file, actions, sources)
        checker.sheet(sheet)
        problems += wrong + checker.problems
        if not wrong and not checker.problems:
            sheets[path.stem] = sheet
    return sheets, problems


class _Checker:
    """Collects what is wrong with one worksheet."""

    def __init__(self, file: str, actions: set[str], sources: Sources) -> None:
        self.file, self.actions, self.sources = file, actions, sources
        self.problems: list[Problem] = []

    def wrong(self, found: str, wanted: str, mend: str) -> None:
        self.problems.append(Problem(self.file, 0, found, wanted, mend))

    def keys(self, entry: dict[str, Any], what: str, kinds: Mapping[str, Any], optional: tuple[str, ...] = ()) -> bool:
        found = wrong_keys(entry, self.file, what, dict(kinds), optional=optional)
        self.problems += found
        return not found

    def ids(self, entries: list[dict[str, Any]], what: str) -> None:
        seen = set()
        for entry in entries:
            given = str(entry.get("id", ""))
            if not _ID.fullmatch(given) or given in seen:
                self.wrong(f"{what} has the id {given!r}", "an id of small letters, once", "Choose another id.")
            seen.add(given)

    def sheet(self, sheet: dict[str, Any]) -> None:
        if "limit" in sheet:
            for limit in sheet["limit"]:
                self.keys(limit, f"limit {limit.get('id', '?')}", _LIMIT)
            self.ids(sheet["limit"], "a limit")
            self.citations(sheet)
        elif self.keys(sheet, "the worksheet", _SHEET, ("pack",)):
            self.worksheet(sheet)

    def worksheet(self, sheet: dict[str, Any]) -> None:
        for pack in sheet.get("pack", []):
            self.keys(pack, f"pack {pack.get('id', '?')}", _PACK)
        self.ids(sheet.get("pack", []), "a pack")
        self.ids(sheet["section"], "a section")
        packs = {pack.get("id") for pack in sheet.get("pack", [])}
        for section in sheet["section"]:
            self.section(section, packs)
        self.citations(sheet)

    def citations(self, sheet: dict[str, Any]) -> None:
        for text in _texts(sheet):
            for citation in cited_in(text):
                if citation.id not in self.sources.ids:
                    self.wrong(f"{citation.id} in {text[:50]!r}", "a paragraph of sources.toml", "Correct the id.")

    def section(self, section: dict[str, Any], packs: set[Any]) -> None:
        what = f"section {section.get('id', '?')}"
        if not self.keys(section, what, _SECTION, ("out", "says", "packs", "copied", "repeat", "people", "fields")):
            return
        if not set(section.get("packs", ())) <= packs:
            self.wrong(f"{what} is for {section['packs']}", "packs of this worksheet", "Correct the names.")
        if bool(section.get("people")) == bool(section.get("fields")):
            self.wrong(f"{what} has people and fields, or neither", "one of the two", "Split the section.")
        if "repeat" in section:
            self.keys(section["repeat"], f"{what}, repeat", _REPEAT, ("blanks",))
        self.ids(section.get("fields", []), f"{what}: a field")
        for field in section.get("fields", []):
            self.field(field, f"{what}, field {field.get('id', '?')}")

    def field(self, field: dict[str, Any], what: str) -> None:
        if not self.keys(field, what, _FIELD, ("out", "hint", "lines", "check", "from_record")):
            return
        if field["kind"] not in KINDS:
            self.wrong(f"{what}: kind {field['kind']!r}", f"one of {', '.join(KINDS)}", "Choose a kind that there is.")
        if field.get("check", CHECKS[0]) not in CHECKS:
            self.wrong(f"{what}: check {field['check']!r}", f"one of {', '.join(CHECKS)}", "See reminders.mjs.")
        told = field.get("from_record", {})
        self.keys(told, f"{what}, from_record", _FROM_RECORD, tuple(_FROM_RECORD))
        for action in [*filter(None, [told.get("action")]), *told.get("due", [])]:
            if action not in self.actions:
                self.wrong(f"{what}: no action {action!r}", "an action of engine/rules/actions", "Correct the id.")


def _texts(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        for value in entry.values():
            yield from _texts(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _texts(value)


def tool_context(
    name: str,
    sheets: Mapping[str, Mapping[str, Any]],
    cases: tuple[PracticeCase, ...],
    questionnaire: Questionnaire,
    page_url: str,
    published: Mapping[str, str],
    sources: Sources,
    references: Mapping[str, Reference],
) -> dict[str, Any]:
    """Give the variable `tool` of tool.html for the page `name` (tools/meeting-pack): `cases`, `sheet`, or `data`.

    `published` gives each paragraph's page address, `page_url` that of the page being built. `data` is what the script
    of a page with an engine needs, as JSON: where each paragraph is published; for records also the words for answers.
    `applies` says when each time limit does. Raises KeyError for a page without a file of its name.
    """
    if name.startswith("practice/"):
        return {"name": name, "cases": practice_context(cases, questionnaire, page_url, published, sources)}

    def cited(text: str) -> str:
        return set_citations(html.escape(text, quote=False), page_url, published, sources)

    if name == "tools/records":
        labels = answer_labels(questionnaire, references)
        return {"name": name, "data": _safe_json({"labels": labels, "places": _addresses(published, page_url)})}
    sheet = sheets[name.removeprefix("tools/")]
    if "limit" in sheet:
        applies = {limit["id"]: cited(limit["applies"]) for limit in sheet["limit"]}
        return {"name": name, "applies": applies, "data": _safe_json(_addresses(published, page_url))}
    return {"name": name, "sheet": _worksheet(sheet, cited)}


def _worksheet(sheet: Mapping[str, Any], cited: Callable[[str], str]) -> dict[str, Any]:
    """The worksheet with each text as HTML."""
    return {
        **sheet,
        "heading": html.escape(sheet["heading"]),
        "says": html.escape(sheet["says"]),
        "packs": sheet.get("pack", []),
        "sections": [_section(section, cited) for section in sheet["section"]],
    }


def _section(section: Mapping[str, Any], cited: Callable[[str], str]) -> dict[str, Any]:
    return {
        **section,
        "title": html.escape(section["title"]),
        "out": html.escape(section.get("out", section["title"])),
        "says": cited(section.get("says", "")),
        "packs": " ".join(section.get("packs", ())),
        "people": [cited(one) for one in section.get("people", ())],
        "fields": [
            {
                **field,
                "label": cited(field["label"]),
                "out": html.escape(field.get("out", "")),
                "hint": cited(field.get("hint", "")),
                "from_record": field.get("from_record", {}),
            }
            for field in section.get("fields", ())
        ],
    }


def _addresses(published: Mapping[str, str], page_url: str) -> dict[str, str]:
    """Give where each paragraph is published, as seen from `page_url`."""
    return {paragraph: f"{relative(page_url, url)}#{anchor(paragraph)}" for paragraph, url in published.items()}


def _safe_json(data: Any) -> str:
    """Give data as JSON that is safe inside a script element."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
