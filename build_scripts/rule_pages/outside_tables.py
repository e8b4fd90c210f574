"""Our decision tables in the terms that other engines share: plain columns of cells, one row after another.

What is ours alone is spelt out: when a table is asked at all becomes a column, what holds otherwise a last row, an age
that is not known a column of its own (other engines do not compare words with numbers). Actions and warnings become
two tables that collect. There is no negation and no null, on which engines differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from build_scripts.proofs.reach import speaking_order
from cse_pathway.rulebook import NOT_KNOWN, Item, RuleBook
from cse_pathway.table import Cell, Row, SameAs, Span, Table, Value

__all__ = [
    "AGE",
    "AGE_KNOWN",
    "FITS_ALL",
    "Column",
    "OutsideRow",
    "OutsideTable",
    "as_facts",
    "outside_name",
    "outside_tables",
]

AGE, AGE_KNOWN = "age", "age_known"
FITS_ALL = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """One input: a fact's name, and whether it is text or a number; the values it may have where they are few."""

    fact: str
    kind: Literal["string", "number"]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A row: one cell for each column ("-" is any), one expression for each output; what it rests on."""

    id: str
    cells: tuple[str, ...]
    answers: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class OutsideTable:
    """A decision table as other engines have it. `outputs` gives each output's name and values."""

    id: str
    title: str
    hit_policy: Literal["FIRST", "UNIQUE", "COLLECT"]
    columns: tuple[Column, ...]
    outputs: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[OutsideRow, ...]


def outside_tables(rules: RuleBook, domains: Mapping[str, tuple[Value, ...]]) -> list[OutsideTable]:
    """Every table of the rules in its order, then the actions and the warnings as two tables that collect."""
    found = [_table(table, domains) for table in rules.tables]
    for name, items in (("actions", rules.actions), ("warnings", rules.warnings)):
        found.append(_items(name, items, domains))
    return found


def as_facts(facts: Mapping[str, Value]) -> dict[str, Any]:
    """Facts as other engines take them: `now.immediate_risk` within `now`, the age beside whether it is known."""
    nested: dict[str, Any] = {}
    for name, value in facts.items():
        if name == AGE:
            nested[AGE_KNOWN] = "no" if value == NOT_KNOWN else "yes"
            nested[AGE] = 0 if value == NOT_KNOWN else value
            continue
        holder, _, key = outside_name(name).rpartition(".")
        (nested.setdefault(holder, {}) if holder else nested)[key] = value
    return nested


def outside_name(fact: str) -> str:
    """A fact's name where a hyphen means minus."""
    return fact.replace("-", "_")


def _table(table: Table, domains: Mapping[str, tuple[Value, ...]]) -> OutsideTable:
    names = list(dict.fromkeys([*(name for name, _ in table.only_when), *table.inputs]))
    columns = _columns(names, domains)
    rows = [
        OutsideRow(
            row.id,
            _cells((*table.only_when, *row.when), columns),
            tuple(_answer(dict(row.then)[name]) for name, _ in table.outputs),
            _note(row),
        )
        for row in table.rows
    ]
    if table.otherwise:
        answers = tuple(_answer(dict(table.otherwise)[name]) for name, _ in table.outputs)
        rows.append(OutsideRow(f"{table.id}.otherwise", (FITS_ALL,) * len(columns), answers, "where it is not asked"))
    policy: Literal["FIRST", "UNIQUE", "COLLECT"] = "FIRST"
    if table.hit_policy == "collect":
        policy = "COLLECT"
    elif table.hit_policy == "unique" and not table.otherwise:
        policy = "UNIQUE"
    outputs = tuple((name, tuple(str(value) for value in values)) for name, values in table.outputs)
    return OutsideTable(table.id, table.title, policy, columns, outputs, tuple(rows))


def _items(name: str, items: Iterable[Item], domains: Mapping[str, tuple[Value, ...]]) -> OutsideTable:
    """Actions or warnings: each condition a row that answers with the item and the condition that fits."""
    listed = list(items)
    conditions = [(item, item.conditions[place]) for item in listed for place in speaking_order(item)]
    names = ["age_band", *dict.fromkeys(fact for _, held in conditions for fact, _ in held.when if fact != "age_band")]
    columns = _columns(names, domains)
    children = Cell(frozenset(domains["age_band"]) - {"adult"})
    rows = []
    for item, held in conditions:
        when = dict(held.when)
        if not item.for_adults:
            own = when.get("age_band")
            when["age_band"] = Cell(children.literals & own.literals) if own else children
        note = f"inferred: {held.inferred}" if held.inferred else ", ".join(held.sources or item.sources)
        cells = _cells(tuple(when.items()), columns)
        rows.append(OutsideRow(f"{item.id}.{held.id}", cells, (_text(item.id), _text(held.id)), note))
    ids = tuple(item.id for item in listed)
    outputs = ((name.rstrip("s"), ids), ("condition", tuple(dict.fromkeys(held.id for _, held in conditions))))
    title = f"Which {name} are due?"
    return OutsideTable(name, title, "COLLECT", columns, outputs, tuple(rows))


def _columns(names: Iterable[str], domains: Mapping[str, tuple[Value, ...]]) -> tuple[Column, ...]:
    columns: list[Column] = []
    for name in names:
        if name == AGE:
            columns += [Column(AGE_KNOWN, "string", ("yes", "no")), Column(AGE, "number")]
        else:
            columns.append(Column(outside_name(name), "string", tuple(str(value) for value in domains[name])))
    return tuple(columns)


def _cells(when: Iterable[tuple[str, Cell]], columns: tuple[Column, ...]) -> tuple[str, ...]:
    written = {outside_name(name): _feel(cell) for name, cell in when if name != AGE}
    for name, cell in when:
        if name == AGE:
            known, numbers = not cell.fits(NOT_KNOWN), Cell(cell.literals - {NOT_KNOWN}, cell.spans)
            if not known and (numbers.literals or numbers.spans):
                raise ValueError("a cell that takes an age and also an age not known cannot be told to other engines")
            written[AGE_KNOWN] = _text("yes" if known else "no")
            written[AGE] = _feel(numbers) if known else FITS_ALL
    return tuple(written.get(column.fact, FITS_ALL) for column in columns)


def _feel(cell: Cell) -> str:
    """A cell in FEEL, the cell language of DMN, kept to what every engine reads alike."""
    literals = [_text(value) if isinstance(value, str) else str(value) for value in sorted(cell.literals, key=str)]
    return ", ".join([*literals, *(_span(span) for span in cell.spans)])


def _span(span: Span) -> str:
    if span.low is None:
        return f"{'<=' if span.high_closed else '<'} {span.high:g}"
    if span.high is None:
        return f"{'>=' if span.low_closed else '>'} {span.low:g}"
    return f"[{span.low:g}..{span.high:g}]"


def _text(value: object) -> str:
    return f'"{value}"'


def _answer(value: Value | SameAs) -> str:
    return value.fact if isinstance(value, SameAs) else _text(value)


def _note(row: Row) -> str:
    """On what the row rests, as the note that other tools show beside it."""
    parts = [", ".join(row.sources), f"inferred: {row.inferred}" if row.inferred else ""]
    return "; ".join(part for part in parts if part)
