"""Proofs that nothing in the rules is idle: every row decides some case, every condition speaks for some case.

Each comes with a witness: one case in which the row or condition shows in the decision's `why`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_scripts.proofs.answer_space import explore_tables, single
from cse_pathway.rulebook import Item, RuleBook
from cse_pathway.table import Cell, Row, Table, Value

__all__ = ["NOT_DUE", "Reach", "as_table", "prove_reach", "speaking_order"]

NOT_DUE = ": not due"
"""How the row of an action or warning ends that stands for "none of its conditions fits"."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Every row and condition that has to be reached, and for each that is a case (answers by path) that shows it."""

    rows: tuple[str, ...]
    conditions: tuple[str, ...]
    witnesses: Mapping[str, Mapping[str, Value]]

    @property
    def never(self) -> tuple[str, ...]:
        """What no case reaches."""
        return tuple(name for name in (*self.rows, *self.conditions) if name not in self.witnesses)


def prove_reach(rules: RuleBook) -> Reach:
    """Walk the whole answer space and see which rows decide and which conditions speak."""
    items = [*((item, "actions") for item in rules.actions), *((item, "warnings") for item in rules.warnings)]
    spoken = [as_table(item, kind, rules) for item, kind in items]
    fired = explore_tables(single(rules), rules, _interleaved(rules, spoken), ()).fired
    rows = tuple(row.id for table in rules.tables for row in table.rows)
    conditions = tuple(f"{item.id}.{condition.id}" for item, _ in items for condition in item.conditions)
    named = {f"{kind}:{item.id}.{condition.id}" for item, kind in items for condition in item.conditions}
    witnesses = {row: fired[row] for row in rows if row in fired}
    witnesses |= {name.partition(":")[2]: fired[name] for name in named if name in fired}
    return Reach(rows, conditions, witnesses)


def speaking_order(item: Item) -> list[int]:
    """The places of an item's conditions in the order in which they may speak: the inferred ones come last."""
    return sorted(range(len(item.conditions)), key=lambda place: item.conditions[place].inferred is not None)


def as_table(item: Item, kind: str, rules: RuleBook) -> Table:
    """An action or warning as a table: the condition that speaks for it is the first row that fits.

    Rows are named `kind:item.condition`; where none of them fits, the last row does, which stands for "not due".
    """
    conditions = [item.conditions[place] for place in speaking_order(item)]
    rows = [Row(f"{kind}:{item.id}.{condition.id}", condition.when, ()) for condition in conditions]
    bands = next(dict(table.outputs)["age_band"] for table in rules.tables if "age_band" in dict(table.outputs))
    children = (("age_band", Cell(frozenset(bands) - {"adult"})),)
    return Table(
        id=f"{kind}:{item.id}",
        title=item.text,
        hit_policy="first",
        inputs=tuple(sorted({name for condition in conditions for name, _ in condition.when})),
        outputs=(),
        rows=(*rows, Row(f"{kind}:{item.id}{NOT_DUE}", (), ())),
        only_when=() if item.for_adults else children,
    )


def _interleaved(rules: RuleBook, items: list[Table]) -> list[Table]:
    """Each item right after the last table that it reads, so that its facts need not be carried any further."""
    last = {name: place for place, table in enumerate(rules.tables) for name, _ in table.outputs}
    slots: dict[int, list[Table]] = {}
    for item in items:
        reads = {*item.inputs, *(name for name, _ in item.only_when)}
        slots.setdefault(max((last.get(name, 0) for name in reads), default=0), []).append(item)
    ordered: list[Table] = []
    for place, table in enumerate(rules.tables):
        ordered += [table, *slots.get(place, [])]
    return ordered
