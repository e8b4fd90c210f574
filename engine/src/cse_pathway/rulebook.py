"""The rule book: the compiled rules that decide a case, with their version and SHA-256.

It is made from the TOML files of engine/rules by the build and travels in the wheel; nothing here reads TOML.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from .table import Cell, Facts, Table, read_cells, read_table
from .working_days import BankHolidays

__all__ = ["Area", "Condition", "Due", "Input", "Item", "OpenHours", "RuleBook", "load", "read_rulebook", "sha256_of"]

InputKind = Literal["answer", "choice", "flag", "text", "moment", "day", "sign"]
NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Input:
    """One answer that a case may hold: its path, its kind and its values (see engine/rules/case.toml)."""

    path: str
    kind: InputKind
    values: tuple[str, ...]
    worse: tuple[str, ...]
    sources: tuple[str, ...]
    record_only: str | None

    @property
    def domain(self) -> tuple[str, ...]:
        """Every value the tables may see for this answer."""
        match self.kind:
            case "answer" | "sign":
                return self.values
            case "choice":
                return (*self.values, NOT_KNOWN)
            case "flag":
                return ("no", "yes")
            case _:
                return ("missing", "given")


@dataclass(frozen=True, slots=True)
class Due:
    """The clock of an action: counted from a day or moment of the case."""

    start: str
    count: int
    unit: Literal["working_days", "hours", "months"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One ground for an action or warning; what it says itself goes before what the item says.

    `contact_where_known` is the contact to name instead, in an area that holds a number for it.
    """

    id: str
    when: tuple[tuple[str, Cell], ...]
    inferred: str | None
    sources: tuple[str, ...] | None
    text: str | None
    who: str | None
    by_when: str | None
    contact_where_known: str | None

    def holds(self, facts: Facts) -> bool:
        """Whether every cell fits the facts."""
        return all(cell.fits(facts[name]) for name, cell in self.when)


@dataclass(frozen=True, slots=True)
class Item:
    """An action of the plan or a warning: due where any of its conditions holds.

    `protects`: somebody who can protect the child is told, or acts; `refers`: the child is referred to Children's
    Services. `due_if_strategy` is the clock of a discussion that is held as a strategy discussion; `same_clock_as` the
    action whose clock this one shares.
    """

    id: str
    text: str
    conditions: tuple[Condition, ...]
    sources: tuple[str, ...]
    for_adults: bool
    who: str = ""
    by_when: str = ""
    contact: str | None = None
    text_out_of_hours: str | None = None
    contact_out_of_hours: str | None = None
    due: Due | None = None
    due_if_strategy: Due | None = None
    same_clock_as: str | None = None
    protects: bool = False
    refers: bool = False


@dataclass(frozen=True, slots=True)
class OpenHours:
    """When a contact answers: weekdays (Monday 0) and clock times `HH:MM`, the end not included."""

    days: frozenset[int]
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Area:
    """What the engine needs of an area: its opening hours by contact, where a source gives any.

    `with_number` are the contacts that the area holds a number for.
    """

    id: str
    name: str
    hours: Mapping[str, tuple[OpenHours, ...]]
    with_number: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that decides a case. `local_documents` names the area that a document's paragraphs hold for."""

    version: str
    sha256: str
    inputs: Mapping[str, Input]
    tables: tuple[Table, ...]
    actions: tuple[Item, ...]
    warnings: tuple[Item, ...]
    areas: Mapping[str, Area]
    indicators: tuple[str, ...]
    scales: Mapping[str, tuple[str, ...]]
    find_out: tuple[str, ...]
    local_documents: Mapping[str, str]
    bank_holidays: BankHolidays


def sha256_of(data: Mapping[str, Any]) -> str:
    """The SHA-256 of compiled rules: over their canonical JSON without the hash itself."""
    kept = {key: value for key, value in data.items() if key != "sha256"}
    text = json.dumps(kept, ensure_ascii=True, sort_keys=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_rulebook(data: Mapping[str, Any]) -> RuleBook:
    """Make a rule book from its compiled form.

    Raises ValueError where the SHA-256 does not fit the content, KeyError or CellError where the form is broken.
    """
    if sha256_of(data) != data["sha256"]:
        raise ValueError("the rule book has been altered: its content does not fit its SHA-256; compile it again")
    inputs = {
        entry["path"]: Input(
            path=entry["path"],
            kind=entry["kind"],
            values=tuple(entry.get("values", ())),
            worse=tuple(entry.get("worse", ())),
            sources=tuple(entry["sources"]),
            record_only=entry.get("record_only"),
        )
        for entry in data["inputs"]
    }
    kinds = {"age": "number"}
    return RuleBook(
        version=data["version"],
        sha256=data["sha256"],
        inputs=inputs,
        tables=tuple(read_table(table, kinds) for table in data["tables"]),
        actions=tuple(_item(entry, "what", kinds) for entry in data["actions"]),
        warnings=tuple(_item(entry, "text", kinds) for entry in data["warnings"]),
        areas={entry["id"]: _area(entry) for entry in data["areas"]},
        indicators=tuple(data["indicators"]),
        scales={band: tuple(scale) for band, scale in data["scales"].items()},
        find_out=tuple(data["find_out"]),
        local_documents=dict(data["local_documents"]),
        bank_holidays=BankHolidays(
            frozenset(data["bank_holidays"]["years"]),
            frozenset(date.fromisoformat(day) for day in data["bank_holidays"]["days"]),
        ),
    )


def _item(entry: Mapping[str, Any], text: str, kinds: Mapping[str, str]) -> Item:
    return Item(
        id=entry["id"],
        text=entry[text],
        conditions=tuple(
            Condition(
                id=condition["id"],
                when=read_cells(condition["when"], kinds),
                inferred=condition.get("inferred"),
                sources=tuple(condition["sources"]) if "sources" in condition else None,
                text=condition.get(text),
                who=condition.get("who"),
                by_when=condition.get("by_when"),
                contact_where_known=condition.get("contact_where_known"),
            )
            for condition in entry["conditions"]
        ),
        sources=tuple(entry["sources"]),
        for_adults=entry.get("for_adults", False),
        who=entry.get("who", ""),
        by_when=entry.get("by_when", ""),
        contact=entry.get("contact"),
        text_out_of_hours=entry.get("what_out_of_hours"),
        contact_out_of_hours=entry.get("contact_out_of_hours"),
        due=Due(**entry["due"]) if "due" in entry else None,
        due_if_strategy=Due(**entry["due_if_strategy"]) if "due_if_strategy" in entry else None,
        same_clock_as=entry.get("same_clock_as"),
        protects=entry.get("protects", False),
        refers=entry.get("refers", False),
    )


def _area(entry: Mapping[str, Any]) -> Area:
    return Area(
        id=entry["id"],
        name=entry["name"],
        hours={
            contact: tuple(OpenHours(frozenset(span["days"]), span["from"], span["to"]) for span in spans)
            for contact, spans in entry["hours"].items()
        },
        with_number=frozenset(entry["with_number"]),
    )


@cache
def load() -> RuleBook:
    """The rule book that travels with this package.

    Raises FileNotFoundError where the rules have not been compiled (`make rules`).
    """
    return read_rulebook(json.loads(files(__package__).joinpath("rulebook.json").read_text("utf-8")))
