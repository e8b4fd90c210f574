"""Slips that somebody might make in the rules, one at a time: what the mutation run lets the checks find.

A mutant changes one place of one rule: it drops a row, a condition or a cell, lets a value into a cell or takes one
out, answers otherwise, moves a clock, drops a source, and so on. Wording (titles, what, who, by when, reasons) is left
alone: it decides nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from build_scripts.rules.files import RuleFiles
from cse_pathway.table import Cell, Value

__all__ = ["Mutant", "mutants"]

Change = Callable[[RuleFiles], RuleFiles]
Path = tuple[str | int, ...]
Domains = dict[str, tuple[Value, ...]]
_CLOCKS = ("referral.made_at", "referral.meeting_held_on")
_UNITS = ("working_days", "hours", "months")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip: its kind, the row (or action.condition, or action) that it sits in, and what it does in words."""

    kind: str
    where: str
    says: str
    table: str
    change: Change

    @property
    def told(self) -> str:
        """The slip in one line."""
        return f"{self.kind}: {self.where}: {self.says}"

    def of(self, files: RuleFiles) -> RuleFiles:
        """The rule files with the slip made; those given are left as they are."""
        return self.change(files)


def mutants(files: RuleFiles, domains: Domains) -> Iterator[Mutant]:
    """Every mutant of these rule files, in their order. `domains` gives each fact's values."""
    for number, table in enumerate(files.tables):
        yield from _of_table(("tables", number), table, domains)
    for group, items in (("actions", files.actions), ("warnings", files.warnings)):
        for number, item in enumerate(items):
            yield from _of_item(group, number, item, domains)
            if number + 1 < len(items):
                yield Mutant(
                    "swap items", item["id"], "it changes places with the next", group, _swap((group,), number)
                )
    for number, area in enumerate(files.areas):
        if "under_12_tool" in area:
            change = _drop(("areas", number, "under_12_tool"))
            yield Mutant("drop row", f"area-tool.{area['id']}", "the area's tool is dropped", "area-tool", change)


def _of_table(path: Path, table: dict[str, Any], domains: Domains) -> Iterator[Mutant]:
    name = table["id"]
    for place, row in enumerate(table["rows"]):
        where, here = row["id"], (*path, "rows", place)
        yield Mutant("drop row", where, "the row is dropped", name, _drop(here))
        if table["hit_policy"] == "first" and place + 1 < len(table["rows"]):
            says = f"it changes places with {table['rows'][place + 1]['id']}"
            yield Mutant("swap rows", where, says, name, _swap((*path, "rows"), place))
        for kind, says, when in _cells(row["when"], domains):
            yield Mutant(kind, where, says, name, _put((*here, "when"), when))
        for output, values in table["outputs"].items():
            for other in _answers(row["then"][output], values):
                says = f"{output} = {row['then'][output]} becomes {other}"
                yield Mutant("change answer", where, says, name, _put((*here, "then", output), other))
        yield from _of_basis(where, name, row, here)
    for kind, says, when in _cells(table.get("only_when", {}), domains):
        yield Mutant(kind, name, f"only_when: {says}", name, _put((*path, "only_when"), when))
    for output, value in table.get("otherwise", {}).items():
        for other in _answers(value, table["outputs"][output]):
            says = f"otherwise {output} = {value} becomes {other}"
            yield Mutant("change answer", name, says, name, _put((*path, "otherwise", output), other))


def _of_item(group: str, number: int, item: dict[str, Any], domains: Domains) -> Iterator[Mutant]:
    name, path = item["id"], (group, number)
    yield Mutant("drop item", name, "it is dropped", group, _drop(path))
    adults = not item.get("for_adults", False)
    yield Mutant("adults", name, f"for_adults becomes {adults}", group, _put((*path, "for_adults"), adults))
    yield from _of_basis(name, group, item, path, flag=False)
    for key in ("contact", "contact_out_of_hours"):
        if key in item:
            other = "police" if item[key] != "police" else "mash"
            yield Mutant("contact", name, f"{key} becomes {other}", group, _put((*path, key), other))
    for flag in ("protects", "refers") if group == "actions" else ():
        turned = not item.get(flag, False)
        yield Mutant("protection", name, f"{flag} becomes {turned}", group, _put((*path, flag), turned))
    for clock in ("due", "due_if_strategy"):
        for key, value in _clock(item.get(clock, {})):
            yield Mutant("clock", name, f"{clock}.{key} becomes {value}", group, _put((*path, clock, key), value))
    for clock in ("due", "due_if_strategy", "same_clock_as"):
        if clock in item:
            yield Mutant("clock", name, f"{clock} is dropped", group, _drop((*path, clock)))
    for place, condition in enumerate(item["conditions"]):
        where, here = f"{name}.{condition['id']}", (*path, "conditions", place)
        yield Mutant("drop condition", where, "it is dropped", group, _drop(here))
        for kind, says, when in _cells(condition["when"], domains):
            yield Mutant(kind, where, says, group, _put((*here, "when"), when))
        if "contact_where_known" in condition:
            other = "police" if condition["contact_where_known"] != "police" else "mash"
            says = f"contact_where_known becomes {other}"
            yield Mutant("contact", where, says, group, _put((*here, "contact_where_known"), other))
        yield from _of_basis(where, group, condition, here)


def _of_basis(where: str, table: str, entry: dict[str, Any], path: Path, *, flag: bool = True) -> Iterator[Mutant]:
    """Other grounds: one source less, one more; inferred where it was said, or said where it was inferred."""
    if "sources" in entry:
        sources, here = entry["sources"], (*path, "sources")
        for source in sources:
            rest = [other for other in sources if other != source]
            yield Mutant("source", where, f"without {source}", table, _put(here, rest))
        yield Mutant("source", where, "with R1.1", table, _put(here, [*sources, "R1.1"]))
    if flag and "inferred" in entry:
        yield Mutant("inferred", where, "no longer inferred", table, _drop((*path, "inferred")))
    elif flag:
        yield Mutant("inferred", where, "said to be inferred", table, _put((*path, "inferred"), "made up"))


def _changed(path: Path, change: Callable[[Any], None]) -> Change:
    """Change what stands at the end of a path (a group of rule files, then keys and places) in a copy.

    Only what lies on the path is copied: the rest is shared with the files as they are.
    """
    group, *steps = path

    def change_copy(files: RuleFiles) -> RuleFiles:
        top = held = copy.copy(getattr(files, str(group)))
        for step in steps:
            held[step] = copy.copy(held[step])
            held = held[step]
        change(held)
        return replace(files, **{str(group): top})

    return change_copy


def _put(path: Path, value: Any) -> Change:
    return _changed(path[:-1], lambda held: held.update({path[-1]: value}))


def _drop(path: Path) -> Change:
    return _changed(path[:-1], lambda held: held.pop(path[-1]))


def _swap(path: Path, place: int) -> Change:
    def swap(held: list[Any]) -> None:
        held[place], held[place + 1] = held[place + 1], held[place]

    return _changed(path, swap)


def _clock(due: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if due:
        yield from (("count", due["count"] + step) for step in (-1, 1))
        yield from (("unit", unit) for unit in _UNITS if unit != due["unit"])
        yield from (("start", start) for start in _CLOCKS if start != due["start"])


def _answers(value: Any, values: list[Any]) -> list[Any]:
    others: list[Any] = [other for other in values if other != value]
    if isinstance(value, dict):
        swapped = {"indicated": "judged", "judged": "indicated"}.get(value["same_as"])
        others += [{"same_as": swapped}] if swapped else []
    return others


def _cells(when: dict[str, Any], domains: Domains) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The cells with one of them dropped, wider by a value, or narrower by one."""
    for name, written in when.items():
        yield "drop cell", f"{name} is no longer read", {key: cell for key, cell in when.items() if key != name}
        cell = Cell.read(written, "number" if name == "age" else "choice")
        if cell.spans:
            for kind, other in _bounds(str(written)):
                yield kind, f"{name} = {written} becomes {other}", {**when, name: other}
            continue
        values = written if isinstance(written, list) else [written]
        for value in values:
            rest = [other for other in values if other != value]
            if rest:
                yield "narrow cell", f"{name} loses {value}", {**when, name: rest}
        for value in domains[name]:
            if cell.fits(value) or (name == "age" and value not in (0, 11, 12, 17, 18)):
                continue
            yield "widen cell", f"{name} gains {value}", {**when, name: [*values, value]}
            if len(values) == 1:
                yield "change cell", f"{name} = {values[0]} becomes {value}", {**when, name: value}


def _bounds(written: str) -> Iterator[tuple[str, str]]:
    """A range or comparison with one bound moved by one year."""
    low, dots, high = written.partition("..")
    if dots:
        yield "narrow cell", f"{int(low) + 1}..{high}"
        yield "widen cell", f"{int(low) - 1}..{high}"
        yield "narrow cell", f"{low}..{int(high) - 1}"
        yield "widen cell", f"{low}..{int(high) + 1}"
        return
    sign, _, bound = written.partition(" ")
    for step in (-1, 1):
        yield ("widen cell" if (step > 0) == sign.startswith("<") else "narrow cell"), f"{sign} {int(bound) + step}"
