"""Reading the rule files (TOML in engine/rules), every problem at once, told for a safeguarding editor.

This module knows how the files lie in their folders; what stands in them is said by `rule_forms`. Whether the rules fit
together is checked by `check_rules`, whether they are complete and safe is proved by `prove_rules`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from build_scripts import ROOT
from build_scripts.inputs.dates import build_day
from build_scripts.inputs.references import read_references
from build_scripts.rules import forms as rule_forms
from build_scripts.rules.contact_checks import NATIONAL, ContactChecks, stray_files
from build_scripts.rules.contact_kinds import DAYS
from build_scripts.rules.forms import Form

__all__ = ["RULES", "WEEKDAYS", "BadRules", "RuleFiles", "RuleProblem", "read_contact_files", "read_rule_files"]

RULES = ROOT / "engine" / "rules"
REFERENCES = ROOT / "docs" / "_data" / "references.toml"
WEEKDAYS = tuple(DAYS)


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
    national: list[dict[str, Any]] = field(default_factory=list)
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
            mend = "Look at that line for a missing quotation mark or bracket."
            self.wrong(name, "", f"TOML that cannot be read: {broken}", "TOML", mend)
        return {}

    def name(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix()

    def wrong(self, file: str, place: str, found: str, wanted: str, mend: str) -> None:
        self.problems.append(RuleProblem(file, place, found, wanted, mend))

    def entry(self, file: str, place: str, data: object, form: Form) -> dict[str, Any]:
        """Check one group of keys against its form; gives the keys that fit."""
        if not isinstance(data, dict):
            self.wrong(file, place, repr(data), "a group of keys with values", "Write it as the entries beside it.")
            return {}
        kept = {}
        for key, value in data.items():
            check = form.keys.get(key)
            if check is None:
                close = get_close_matches(key, list(form.keys), n=1)
                hint = form.belongs.get(key) or (f"Did you mean {close[0]}?" if close else "Take the key out.")
                self.wrong(file, place, f"the unknown key {key}", f"one of {', '.join(form.keys)}", hint)
            elif not check.fits(value):
                self.wrong(file, place, f"{key} = {value!r}", f"{key} to be {check.wanted}", "Correct the value.")
            else:
                kept[key] = value
        for key in form.needed:
            if key not in data:
                self.wrong(file, place, f"no {key}", key, f"Add {key}.")
        return kept

    def entries(self, file: str, kind: str, data: object, form: Form) -> list[dict[str, Any]]:
        """Check a list of entries; each is named in messages by its number where it has no name."""
        if not isinstance(data, list):
            self.wrong(file, kind, repr(data), f"[[{kind}]] entries", f"Write each under its own [[{kind}]].")
            return []
        found = []
        for number, item in enumerate(data, start=1):
            label = item.get(form.named_by) if isinstance(item, dict) else None
            found.append(self.entry(file, f"{kind} {label or number}", item, form))
        return found

    def listed(self, file: Path, kind: str, form: Form) -> list[dict[str, Any]]:
        """The entries of a file that holds nothing but a list of them."""
        name, before = self.name(file), len(self.problems)
        data = self.toml(file)
        if len(self.problems) > before:
            return []
        for key in data:
            if key != kind:
                self.wrong(name, "", f"the unknown key {key}", f"[[{kind}]] entries", "Take the key out.")
        return self.entries(name, kind, data.get(kind, []), form)


def read_rule_files(folder: Path = RULES) -> RuleFiles:
    """Read every rule file below a folder.

    Raises BadRules with every problem of form found: unreadable files, unknown keys, values of the wrong kind,
    missing keys.
    """
    reader = _Reader(folder)
    rules = RuleFiles(
        version=_version(reader, folder / "version.toml"),
        documents=_documents(reader, folder / "sources.toml"),
        inputs=reader.listed(folder / "case.toml", "input", rule_forms.INPUT),
        indicators=reader.listed(folder / "indicators.toml", "indicator", rule_forms.INDICATOR),
        warnings=_items(reader, folder / "warnings.toml", "warning", rule_forms.WARNING),
    )
    for file in sorted((folder / "tables").glob("*.toml")):
        rules.tables.append(_table(reader, file))
    for file in sorted((folder / "actions").glob("*.toml")):
        rules.actions += _items(reader, file, "action", rule_forms.ACTION)
    checks = _contact_checks(reader, rules.paragraphs, REFERENCES)
    national, rules.areas = _contact_files(reader, checks)
    rules.national = national.get("contacts", [])
    in_case: list[str] = next((entry.get("values", []) for entry in rules.inputs if entry.get("path") == "area"), [])
    checks.lists(in_case, _areas_asked(reader), rules.areas)
    if reader.problems:
        raise BadRules(reader.problems)
    return rules


def _version(reader: _Reader, file: Path) -> dict[str, Any]:
    data = reader.toml(file)
    return reader.entry(reader.name(file), "", data, rule_forms.VERSION) if data else {}


def _documents(reader: _Reader, file: Path) -> list[dict[str, Any]]:
    found = reader.listed(file, "document", rule_forms.DOCUMENT)
    for document in found:
        document["section"] = reader.entries(
            reader.name(file), "section", document.get("section", []), rule_forms.SECTION
        )
    return found


def _table(reader: _Reader, file: Path) -> dict[str, Any]:
    name, before = reader.name(file), len(reader.problems)
    data = reader.toml(file)
    if len(reader.problems) > before:
        return {"file": name, "rows": []}
    table = reader.entry(name, "", data, rule_forms.TABLE)
    table["file"] = name
    table["rows"] = reader.entries(name, "row", table.pop("row", []), rule_forms.ROW)
    for row in table["rows"]:
        row.setdefault("when", {})
    return table


def _items(reader: _Reader, file: Path, kind: str, form: Form) -> list[dict[str, Any]]:
    name = reader.name(file)
    found = reader.listed(file, kind, form)
    for item in found:
        item["file"] = name
        label = f"{item.get('id')}, condition"
        conditions = rule_forms.ACTION_CONDITION if kind == "action" else rule_forms.CONDITION
        item["conditions"] = reader.entries(name, label, item.pop("condition", []), conditions)
        for clock in {"due", "due_if_strategy"} & set(item):
            item[clock] = reader.entry(name, f"{item.get('id')}, {clock}", item[clock], rule_forms.DUE)
    return found


def read_contact_files(
    folder: Path, paragraphs: Iterable[str], references: Path
) -> tuple[dict[str, Any], list[dict[str, Any]], list[RuleProblem]]:
    """The national file, the area files and every problem in them; `references`: the file that lists them."""
    reader = _Reader(folder)
    national, areas = _contact_files(reader, _contact_checks(reader, paragraphs, references))
    return national, areas, reader.problems


def _contact_checks(reader: _Reader, paragraphs: Iterable[str], references: Path) -> ContactChecks:
    listed, problems = read_references(references, references.parent)
    for problem in problems:
        reader.wrong(references.name, "", problem.found, problem.wanted, problem.mend)
    # The machine's day counts too: dating a build back, to get the same bytes again, puts no check into the future.
    today = max(build_day(), date.today())  # noqa: DTZ011
    return ContactChecks(reader.wrong, {*paragraphs, *listed}, today)


def _contact_files(reader: _Reader, checks: ContactChecks) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    national = _with_contacts(reader, reader.folder / NATIONAL, rule_forms.NATIONAL)
    areas = []
    for file in sorted((reader.folder / "areas").glob("*.toml")):
        area = _with_contacts(reader, file, rule_forms.AREA)
        if "unknown" in area:
            area["unknown"] = reader.entry(area["file"], "unknown", area["unknown"], rule_forms.UNKNOWN)
        areas.append(area)
    stray_files(reader.folder / "areas", reader.wrong)
    if all("contacts" in read for read in (national, *areas)):  # what cannot be read is told already
        checks.all(national, areas)
    return national, areas


def _with_contacts(reader: _Reader, file: Path, form: Form) -> dict[str, Any]:
    name, before = reader.name(file), len(reader.problems)
    data = reader.toml(file)
    if len(reader.problems) > before:
        return {"file": name}
    entry = reader.entry(name, "", data, form)
    entry["file"] = name
    entry["contacts"] = reader.entries(name, "contact", entry.pop("contact", []), rule_forms.CONTACT)
    for contact in entry["contacts"]:
        label = f"contact {contact.get('key')}"
        contact["numbers"] = reader.entries(name, f"{label}, number", contact.pop("number", []), rule_forms.NUMBER)
        contact["hours"] = reader.entries(name, f"{label}, hours", contact.get("hours", []), rule_forms.HOURS)
    return entry


def _areas_asked(reader: _Reader) -> dict[str, str]:
    """The areas that the wizard offers, with their labels; its other questions are checked by `questions`."""
    pages = reader.toml(reader.folder / "questions.toml").get("page", [])
    questions = [question for page in pages for question in page.get("question", [])]
    asked = [question.get("options", []) for question in questions if question.get("path") == "area"]
    offered = [option for options in asked for option in options if isinstance(option, dict)]
    return {str(option.get("value")): str(option.get("label")) for option in offered}
