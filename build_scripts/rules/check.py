"""Whether the rule files fit together: every name, value, paragraph and contact that one file uses stands in another.

What a single file must look like is said by `rule_forms`; whether the rules leave no gap is proved by `prove_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from build_scripts.rules.files import RuleFiles, RuleProblem
from cse_pathway.age import OLDEST
from cse_pathway.case import SEEN
from cse_pathway.rulebook import NOT_KNOWN
from cse_pathway.table import Cell, CellError

__all__ = ["check_rules"]

Entry = Mapping[str, Any]
_FROM_THE_CASE = {"age": [*range(OLDEST + 1), NOT_KNOWN], "other_signs_seen": ["no", "yes"]}
_A_FACT = "an answer of case.toml or an output of an earlier table"
_HAS_A_TIME = "referral.made_at"
_A_SOURCE = "a paragraph id, or the reason why it is inferred"
_MANY = 20
_RINGS_999, _EMERGENCY = "call-999", "police-emergency"


def check_rules(rules: RuleFiles, tables: list[dict[str, Any]]) -> list[RuleProblem]:
    """Every problem between rule files that are sound each by itself.

    `tables` are those of the files and any made of them, in the order in which they speak.
    """
    checks = _Checks(rules, tables)
    checks.ids()
    for table in tables:
        checks.table(table)
    for item in (*rules.actions, *rules.warnings):
        checks.item(item)
    for entry in rules.inputs:
        checks.sources(entry, "case.toml", entry["path"])
    for entry in rules.indicators:
        checks.sources(entry, "indicators.toml", entry["id"])
    checks.answers()
    checks.contacts()
    return checks.problems


@dataclass(slots=True)
class _Checks:
    """The rules under check, the facts known so far with their values, and the problems found so far."""

    rules: RuleFiles
    tables: list[dict[str, Any]]
    domains: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[RuleProblem] = field(default_factory=list)
    paragraphs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.paragraphs = self.rules.paragraphs
        self.domains = {name: list(values) for name, values in _FROM_THE_CASE.items()}
        for entry in self.rules.inputs:
            self.domains[entry["path"]] = _domain(entry)

    def wrong(self, file: str, place: str, found: str, wanted: str, mend: str) -> None:
        self.problems.append(RuleProblem(file, place, found, wanted, mend))

    def table(self, table: Entry) -> None:
        """One table; its outputs are facts from here on, unless it collects."""
        file = table["file"]
        for name in table["inputs"]:
            if name not in self.domains:
                self.wrong(file, "inputs", f"the unknown input {name}", _A_FACT, self._mend_name(name))
        for name, values in table["outputs"].items():
            if not isinstance(values, list) or not values:
                self.wrong(file, f"outputs.{name}", repr(values), "a list of the values it can have", "List them.")
        self._cells(file, "only_when", table.get("only_when", {}), list(self.domains))
        if not table["rows"]:
            self.wrong(file, "", "no row", "at least one [[row]]", "Write the rows, or take the file out.")
        for row in table["rows"]:
            place = f"row {row['id']}"
            self._cells(file, place, row["when"], table["inputs"])
            self._basis(row, file, place)
            self._then(table, place, row["then"], table["outputs"])
        unsaid = [name for name in table["outputs"] if name not in self.domains] if "only_when" in table else []
        self._then(table, "otherwise", table.get("otherwise", {}), unsaid)
        if table["hit_policy"] != "collect":
            for name, values in table["outputs"].items():
                known = self.domains.setdefault(name, [])
                known += [value for value in values if value not in known] if isinstance(values, list) else []

    def _then(self, table: Entry, place: str, then: Entry, needed: Iterable[str]) -> None:
        """The outputs that one row (or `otherwise`) gives."""
        file, outputs = table["file"], table["outputs"]
        for name in needed:
            if name not in then:
                wanted = f"one of {', '.join(map(str, outputs[name]))}"
                where = "otherwise" if place == "otherwise" else "then"
                self.wrong(file, place, f"no {name} under {where}", wanted, "Say what holds.")
        for name, value in then.items():
            if name not in outputs:
                wanted = f"one of {', '.join(outputs)}"
                self.wrong(file, place, f"the unknown output {name}", wanted, "Correct the name.")
            elif isinstance(value, dict):
                if list(value) != ["same_as"] or value["same_as"] not in self.domains:
                    self.wrong(file, place, f"{name} = {value}", "{ same_as = a fact }", "Name the fact to copy.")
            elif outputs[name] and value not in outputs[name]:
                wanted = f"one of {', '.join(map(str, outputs[name]))}"
                self.wrong(file, place, f"{name} = {value!r}", wanted, "Correct the value, or add it to outputs.")

    def item(self, item: Entry) -> None:
        """One action or warning."""
        file = item["file"]
        self.sources(item, file, item["id"])
        if not item["conditions"]:
            self.wrong(file, item["id"], "no condition", "at least one", "Add a condition; when = {} is always.")
        for condition in item["conditions"]:
            place = f"{item['id']}, condition {condition['id']}"
            self._cells(file, place, condition["when"], list(self.domains))
            self._basis(condition, file, place, item["sources"])
        together = ("contact", "what_out_of_hours", "contact_out_of_hours")
        if set(together[1:]) & set(item) and not set(together) <= set(item):
            found = " and ".join(key for key in together if key in item)
            self.wrong(file, item["id"], f"{found} alone", f"{', '.join(together)} together", "Add what is missing.")
        self._clock(item)

    def _basis(self, entry: Entry, file: str, place: str, inherited: Iterable[str] = ()) -> None:
        self.sources(entry, file, place)
        if not entry.get("sources", list(inherited)) and "inferred" not in entry:
            self.wrong(file, place, "no source", _A_SOURCE, "Add sources or inferred.")

    def sources(self, entry: Entry, file: str, place: str) -> None:
        """The paragraphs that an entry rests on."""
        for source in entry.get("sources", []):
            if source not in self.paragraphs:
                wanted = "a paragraph id of sources.toml, such as R12.4 or S6(9)"
                self.wrong(file, place, f"the source {source}", wanted, "Correct the id.")

    def _cells(self, file: str, place: str, cells: Entry, inputs: list[str]) -> None:
        for name, written in cells.items():
            if name not in inputs:
                wanted = f"one of {', '.join(inputs)}" if len(inputs) < _MANY else _A_FACT
                mend = "Correct the name, or add it to the inputs." if name in self.domains else self._mend_name(name)
                self.wrong(file, place, f"the unknown input {name}", wanted, mend)
                continue
            try:
                cell = Cell.read(written, "number" if name == "age" else "choice")
            except CellError as wrong:
                wanted = "a value, a list of values, a comparison or a range"
                self.wrong(file, place, f"{name} = {written!r}", wanted, f"Mind that {wrong}.")
                continue
            self._values(file, place, name, written, cell)

    def _values(self, file: str, place: str, name: str, written: object, cell: Cell) -> None:
        domain = self.domains.get(name)
        if not domain:
            return  # what gives the fact no values is told where it stands
        for literal in sorted(cell.literals, key=str):
            if not any(literal == value and isinstance(literal, bool) == isinstance(value, bool) for value in domain):
                shown = ", ".join(map(str, domain)) if len(domain) < _MANY else "whole years, a range or not_known"
                self.wrong(file, place, f"{name} = {literal!r}", f"one of {shown}", "Correct the value.")
        if cell.spans and not any(span.holds(value) for span in cell.spans for value in domain):
            self.wrong(file, place, f"{name} = {written!r}", "a range that some value lies in", "Correct the range.")

    def _mend_name(self, name: str) -> str:
        gives = [table for table in self.tables if table["hit_policy"] != "collect"]
        later = [table["file"] for table in gives if name in table["outputs"]]
        return f"{later[0]} gives it, and speaks later: number the files anew." if later else "Correct the name."

    def answers(self) -> None:
        """Every answer of a case is read by a rule, or says why it is only recorded."""
        read = set(_facts_read(self.rules, self.tables))
        for entry in self.rules.inputs:
            path = entry["path"]
            if path not in read and "record_only" not in entry:
                wanted, mend = "a rule that reads it, or record_only with the reason", "Add one, or take it out."
                self.wrong("case.toml", path, "an answer that no rule reads", wanted, mend)
            if path in read and "record_only" in entry:
                found = "record_only, though a rule reads it"
                self.wrong("case.toml", path, found, "one of the two", "Take record_only out.")
            if "worse" in entry and sorted(entry["worse"]) != sorted(entry.get("values", [])):
                wanted = f"the same values as {entry.get('values')}"
                mend = "List each value once, the least worrying first."
                self.wrong("case.toml", path, f"worse = {entry['worse']}", wanted, mend)
            if entry["kind"] == "sign":
                self._sign(entry)
            if entry["kind"] in ("answer", "choice", "sign") and not entry.get("values"):
                self.wrong("case.toml", path, "no values", "the values it can have", "List them.")

    def _sign(self, entry: Entry) -> None:
        """A sign that decides by itself is a published one, with the values that every sign has."""
        path, signs = entry["path"], [f"indicators.{sign['id']}" for sign in self.rules.indicators]
        if path not in signs:
            mend = "Correct the id, or add the sign to indicators.toml."
            self.wrong("case.toml", path, "a sign that is not published", "indicators. and a sign's id", mend)
        if list(entry.get("values", [])) != list(SEEN):
            wanted = f"{list(SEEN)}"
            self.wrong("case.toml", path, f"values = {entry.get('values')}", wanted, "Every sign has these values.")

    def _clock(self, item: Entry) -> None:
        """A clock of hours runs from a moment, in whole days; a shared clock is that of another action."""
        for key in ("due", "due_if_strategy"):
            due = item.get(key, {"unit": ""})
            if due["unit"] == "hours" and (due["count"] % 24 or due["start"] != _HAS_A_TIME):
                found = f"a clock of {due['count']} hours from {due['start']}"
                wanted = f"whole days (24, 48 ...) from {_HAS_A_TIME}, the one start with a time of day"
                self.wrong(item["file"], item["id"], found, wanted, "Correct the clock.")
        shared = item.get("same_clock_as")
        timed = [other["id"] for other in self.rules.actions if "due" in other]
        if shared and ("due" in item or shared not in timed):
            wanted = "the id of an action with a clock, and no due beside it"
            self.wrong(item["file"], item["id"], f"same_clock_as = {shared!r}", wanted, "Correct the id.")

    def contacts(self) -> None:
        """Every contact that an action names is a national one, or stands in every area's file."""
        national = {contact["key"] for contact in self.rules.national}
        for item in self.rules.actions:
            keys = ("contact", "contact_out_of_hours", "contact_where_known")
            named = [(key, part[key]) for part in (item, *item["conditions"]) for key in keys if key in part]
            for key, contact in named:
                without = [
                    area["id"]
                    for area in self.rules.areas
                    if contact not in national | {one["key"] for one in area["contacts"]}
                ]
                if without:
                    found = f"{key} = {contact!r}, which is no contact of {', '.join(without)}"
                    mend = "Correct the key, or add the contact there (without a number where none is known)."
                    self.wrong(item["file"], item["id"], found, "a contact of every area", mend)
            if item["id"] == _RINGS_999 and item.get("contact") != _EMERGENCY:
                found, mend = f"contact = {item.get('contact')!r}", "Restore it: by it a decision shows 999."
                self.wrong(item["file"], item["id"], found, f"contact = {_EMERGENCY!r}", mend)

    def ids(self) -> None:
        """Every id is given once."""
        rules = self.rules
        groups: dict[str, list[tuple[str, str]]] = {
            "row": [(row["id"], table["file"]) for table in self.tables for row in table["rows"]],
            "table": [(table["id"], table["file"]) for table in self.tables],
            "action": [(item["id"], item["file"]) for item in rules.actions],
            "warning": [(item["id"], item["file"]) for item in rules.warnings],
            "sign": [(entry["id"], "indicators.toml") for entry in rules.indicators],
            "area": [(area["id"], area["file"]) for area in rules.areas],
            "answer": [(entry["path"], "case.toml") for entry in rules.inputs],
        }
        for item in (*rules.actions, *rules.warnings):
            groups[f"condition of {item['id']}"] = [(condition["id"], item["file"]) for condition in item["conditions"]]
        for kind, named in groups.items():
            seen: set[str] = set()
            for name, file in named:
                if name in seen:
                    self.wrong(file, name, f"the {kind} {name} a second time", "each id once", "Rename one of the two.")
                seen.add(name)


def _domain(entry: Entry) -> list[Any]:
    """Every value the tables may see for an answer of the case."""
    match entry["kind"]:
        case "answer" | "sign":
            return list(entry.get("values", []))
        case "choice":
            return [*entry.get("values", []), NOT_KNOWN]
        case "flag":
            return ["no", "yes"]
    return ["missing", "given"]


def _facts_read(rules: RuleFiles, tables: list[dict[str, Any]]) -> Iterator[str]:
    for table in tables:
        yield from table["inputs"]
        yield from table.get("only_when", {})
        for row in table["rows"]:
            yield from (value["same_as"] for value in row["then"].values() if isinstance(value, dict))
    for item in (*rules.actions, *rules.warnings):
        for condition in item["conditions"]:
            yield from condition["when"]
