"""Reading the rule files (TOML in engine/rules), every problem at once, told for a safeguarding editor.

This module knows the form of the files: which keys there are and what each holds. Whether the rules make sense
together (complete, free of conflict, safe) is proved in `prove_rules`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

__all__ = ["RULES", "BadRules", "RuleFiles", "RuleProblem", "read_rule_files"]

RULES = Path(__file__).resolve().parent.parent / "engine" / "rules"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One thing wrong with a rule file: where, what was found, what was wanted, how to mend it."""

    file: str
    place: str
    found: str
    wanted: str
    mend: str

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{place}: found {self.found}; wanted {self.wanted}. {self.mend}"


class BadRules(ValueError):
    """Rule files that cannot be used, with every problem found in them."""

    def __init__(self, problems: Iterable[RuleProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class RuleFiles:
    """The content of the rule files as plain data, checked for form, each entry with the file it came from."""

    version: dict[str, Any] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)
    inputs: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    areas: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)

    @property
    def paragraphs(self) -> frozenset[str]:
        """Every paragraph id of the sources."""
        return frozenset(
            paragraph
            for document in self.documents
            for section in document["section"]
            for paragraph in section["paragraphs"]
        )


Check = Callable[[object], str | None]
"""A check gives None, or what was wanted."""


def is_text(value: object) -> str | None:
    """Text with something in it."""
    return None if isinstance(value, str) and value.strip() else "text"


def is_any_text(value: object) -> str | None:
    """Text, which may be empty."""
    return None if isinstance(value, str) else "text"


def is_texts(value: object) -> str | None:
    """A list of texts."""
    return None if isinstance(value, list) and all(isinstance(item, str) for item in value) else "a list of texts"


def is_yes_no(value: object) -> str | None:
    """true or false."""
    return None if isinstance(value, bool) else "true or false"


def is_day(value: object) -> str | None:
    """A TOML date."""
    return None if isinstance(value, date) else "a date such as 2026-11-22, without quotation marks"


def is_group(value: object) -> str | None:
    """A TOML table: keys with values."""
    return None if isinstance(value, dict) else "a group of keys with values"


def is_list(value: object) -> str | None:
    """A list."""
    return None if isinstance(value, list) else "a list"


def one_of(*values: str) -> Check:
    """One of these words."""
    return lambda value: None if value in values else f"one of {', '.join(values)}"


ROW = {"id": is_text, "when": is_group, "then": is_group, "sources": is_texts, "inferred": is_text}
TABLE = {
    "id": is_text, "title": is_text, "hit_policy": one_of("first", "unique", "collect"), "inputs": is_texts,
    "outputs": is_group, "only_when": is_group, "otherwise": is_group, "row": is_list,
}  # fmt: skip
CONDITION = {
    "id": is_text, "when": is_group, "inferred": is_text, "sources": is_texts, "who": is_text, "by_when": is_text,
}  # fmt: skip
ACTION = {
    "id": is_text, "what": is_text, "what_out_of_hours": is_text, "who": is_text, "by_when": is_any_text,
    "contact": is_text, "contact_out_of_hours": is_text, "sources": is_texts, "for_adults": is_yes_no,
    "due": is_group, "condition": is_list,
}  # fmt: skip
WARNING = {"id": is_text, "text": is_text, "sources": is_texts, "for_adults": is_yes_no, "condition": is_list}
INPUT = {
    "path": is_text, "kind": one_of("answer", "choice", "flag", "text", "moment", "day"), "values": is_texts,
    "worse": is_texts, "sources": is_texts, "record_only": is_text,
}  # fmt: skip
INDICATOR = {"id": is_text, "label": is_text, "hint": is_text, "group": is_text, "sources": is_texts}
DOCUMENT = {"key": is_text, "title": is_text, "note": is_text, "area": is_text, "section": is_list}
SECTION = {"id": is_text, "title": is_text, "paragraphs": is_texts}
AREA = {
    "id": is_text, "name": is_text, "under_12_tool": is_text, "under_12_tool_source": is_texts, "contact": is_list,
    "unknown": is_group,
}  # fmt: skip
CONTACT = {
    "key": is_text, "label": is_text, "use": one_of("daytime", "out_of_hours", "any"), "note": is_text,
    "number": is_list, "hours": is_list,
}  # fmt: skip
NUMBER = {"number": is_text, "sources": is_texts, "said_by": is_text, "checked": is_day, "disputed": is_text}
HOURS = {"days": is_texts, "from": is_text, "to": is_text, "sources": is_texts}
UNKNOWN = {"says": is_text, "do": is_texts, "sources": is_texts}
VERSION = {"version": is_text, "published": is_day}
DUE = {
    "start": one_of("referral.made_at", "referral.meeting_held_on"),
    "count": lambda value: None if isinstance(value, int) and value > 0 else "a whole number above 0",
    "unit": one_of("working_days", "hours", "months"),
}


@dataclass(slots=True)
class _Reader:
    folder: Path
    problems: list[RuleProblem] = field(default_factory=list)

    def toml(self, file: Path) -> dict[str, Any]:
        name = self.name(file)
        try:
            return tomllib.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            self.wrong(name, "", "no such file", "the file", "Restore it from the last version.")
        except UnicodeDecodeError:
            self.wrong(name, "", "bytes that are not UTF-8", "text in UTF-8", "Save the file as UTF-8.")
        except tomllib.TOMLDecodeError as broken:
            self.wrong(name, "", f"TOML that cannot be read: {broken}", "TOML", "Look at that line for a missing quotation mark or bracket.")
        return {}

    def name(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix()

    def wrong(self, file: str, place: str, found: str, wanted: str, mend: str) -> None:
        self.problems.append(RuleProblem(file, place, found, wanted, mend))

    def entry(
        self, file: str, place: str, data: object, form: Mapping[str, Check], needed: Iterable[str]
    ) -> dict[str, Any]:
        """Check one group of keys against its form; gives the keys that fit."""
        if not isinstance(data, dict):
            self.wrong(file, place, repr(data), "a group of keys with values", "Write it as the entries beside it.")
            return {}
        kept = {}
        for key, value in data.items():
            if key not in form:
                close = get_close_matches(key, list(form), n=1)
                hint = f"Did you mean {close[0]}?" if close else "Take the key out."
                self.wrong(file, place, f"the unknown key {key}", f"one of {', '.join(form)}", hint)
            elif wanted := form[key](value):
                self.wrong(file, place, f"{key} = {value!r}", f"{key} to be {wanted}", "Correct the value.")
            else:
                kept[key] = value
        for key in needed:
            if key not in data:
                self.wrong(file, place, f"no {key}", key, f"Add {key}.")
        return kept

    def entries(
        self, file: str, kind: str, data: object, form: Mapping[str, Check], needed: Iterable[str], key: str = "id"
    ) -> list[dict[str, Any]]:
        if not isinstance(data, list):
            if data is not None:
                self.wrong(file, kind, repr(data), f"[[{kind}]] entries", f"Write each under its own [[{kind}]].")
            return []
        found = []
        for number, item in enumerate(data, start=1):
            label = item.get(key) if isinstance(item, dict) else None
            found.append(self.entry(file, f"{kind} {label or number}", item, form, needed))
        return found


def read_rule_files(folder: Path = RULES) -> RuleFiles:
    """Read every rule file below a folder.

    Raises BadRules with every problem of form found: unreadable files, unknown keys, values of the wrong kind,
    missing keys.
    """
    reader = _Reader(folder)
    rules = RuleFiles()
    rules.version = reader.entry("version.toml", "", reader.toml(folder / "version.toml"), VERSION, VERSION)
    rules.documents = _documents(reader, folder / "sources.toml")
    case = reader.toml(folder / "case.toml")
    rules.inputs = reader.entries("case.toml", "input", case.get("input"), INPUT, ("path", "kind", "sources"), "path")
    signs = reader.toml(folder / "indicators.toml")
    rules.indicators = reader.entries(
        "indicators.toml", "indicator", signs.get("indicator"), INDICATOR, ("id", "label", "group", "sources")
    )
    for file in sorted((folder / "tables").glob("*.toml")):
        rules.tables.append(_table(reader, file))
    for file in sorted((folder / "actions").glob("*.toml")):
        data = reader.toml(file)
        needed = ("id", "what", "who", "by_when", "sources", "condition")
        rules.actions += _items(reader, reader.name(file), "action", data, ACTION, needed)
    rules.warnings = _items(
        reader, "warnings.toml", "warning", reader.toml(folder / "warnings.toml"), WARNING, ("id", "text", "sources", "condition")
    )
    for file in sorted((folder / "areas").glob("*.toml")):
        rules.areas.append(_area(reader, file))
    if reader.problems:
        raise BadRules(reader.problems)
    return rules


def _documents(reader: _Reader, file: Path) -> list[dict[str, Any]]:
    found = reader.entries("sources.toml", "document", reader.toml(file).get("document"), DOCUMENT, ("key", "title", "section"), "key")
    for document in found:
        document["section"] = reader.entries("sources.toml", "section", document.get("section"), SECTION, SECTION)
    return found


def _table(reader: _Reader, file: Path) -> dict[str, Any]:
    name = reader.name(file)
    needed = ("id", "title", "hit_policy", "inputs", "outputs", "row")
    table = reader.entry(name, "", reader.toml(file), TABLE, needed)
    table["file"] = name
    table["rows"] = reader.entries(name, "row", table.pop("row", []), ROW, ("id", "then", "sources"))
    for row in table["rows"]:
        row.setdefault("when", {})
    return table


def _items(
    reader: _Reader, name: str, kind: str, data: dict[str, Any], form: Mapping[str, Check], needed: Iterable[str]
) -> list[dict[str, Any]]:
    found = reader.entries(name, kind, data.get(kind), form, needed)
    for item in found:
        item["file"] = name
        item["conditions"] = reader.entries(name, f"{item.get('id')}, condition", item.pop("condition", []), CONDITION, ("id", "when"))
        if "due" in item:
            item["due"] = reader.entry(name, f"{item.get('id')}, due", item["due"], DUE, DUE)
    return found


def _area(reader: _Reader, file: Path) -> dict[str, Any]:
    name = reader.name(file)
    area = reader.entry(name, "", reader.toml(file), AREA, ("id", "name", "contact", "unknown"))
    area["file"] = name
    area["contacts"] = reader.entries(name, "contact", area.pop("contact", []), CONTACT, ("key", "label", "use"), "key")
    for contact in area["contacts"]:
        label = f"contact {contact.get('key')}"
        contact["numbers"] = reader.entries(name, f"{label}, number", contact.pop("number", []), NUMBER, ("number", "sources", "said_by", "checked"), "number")
        contact["hours"] = reader.entries(name, f"{label}, hours", contact.get("hours", []), HOURS, HOURS, "from")
        for span in contact["hours"]:
            for day in span.get("days", []):
                if day not in WEEKDAYS:
                    reader.wrong(name, label, f"the day {day!r}", f"one of {', '.join(WEEKDAYS)}", "Write days by their first three letters.")
    area["unknown"] = reader.entry(name, "unknown", area.get("unknown", {}), UNKNOWN, ("says", "do"))
    return area
