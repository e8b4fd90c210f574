"""Proofs of single tables: complete, free of conflict, every row and every value reached. By box subtraction.

A row is a box: for each input the set of values that fit. What is left of the whole space when every row's box has been
cut away is what the table forgets. No case is sampled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cse_pathway.table import Cell, Row, SameAs, Table, Value

__all__ = ["Box", "TableProof", "prove_table"]

Box = Mapping[str, frozenset[Value]]


@dataclass(frozen=True, slots=True)
class TableProof:
    """What was shown of a table. Everything but `overlaps` must be empty for the proof to hold.

    `combinations` counts the combinations of input values that the proof covers; `overlaps` lists pairs of rows of a
    first-hit table that both fit somewhere (the earlier one speaks).
    """

    table: str
    hit_policy: str
    rows: int
    combinations: int
    gaps: tuple[Mapping[str, Value], ...]
    conflicts: tuple[tuple[str, str, Mapping[str, Value]], ...]
    shadowed: tuple[str, ...]
    overlaps: tuple[tuple[str, str], ...]
    idle_inputs: tuple[str, ...]
    unreached_values: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the table is proved."""
        return not (self.gaps or self.conflicts or self.shadowed or self.idle_inputs or self.unreached_values)

    def faults(self) -> Iterator[str]:
        """What is wrong, each with the smallest example and how to mend it."""
        for gap in self.gaps:
            yield f"table {self.table}: no row fits {_told(gap)}. Add a row for it."
        for one, two, example in self.conflicts:
            yield f"table {self.table}: rows {one} and {two} both fit {_told(example)}. Narrow one of them."
        for row in self.shadowed:
            yield f"table {self.table}: row {row} is never reached: earlier rows take all. Move it up or delete it."
        for name in self.idle_inputs:
            yield f"table {self.table}: no row reads the input {name}. Take it out of the inputs."
        for value in self.unreached_values:
            yield f"table {self.table}: no row answers {value}. Take the value out of the outputs, or add its row."


def prove_table(table: Table, domains: Mapping[str, Sequence[Value]]) -> TableProof:
    """Prove one table over every combination of its inputs.

    `domains` gives the values of each fact. A collect table needs no completeness: it may well collect nothing.
    """
    inputs = table.inputs
    whole = {name: frozenset(_classes(name, table, domains[name])) for name in inputs}
    boxes = [_box(row, whole) for row in table.rows]
    collects = table.hit_policy == "collect"
    left: list[Box] = [whole]
    shadowed, overlaps, conflicts = [], [], []
    for index, (row, box) in enumerate(zip(table.rows, boxes, strict=True)):
        reached = [piece for piece in left if _meet(piece, box)]
        if not all(box.values()) or (table.hit_policy == "first" and not reached):
            shadowed.append(row.id)
        for other, earlier in zip(table.rows[:index], boxes[:index], strict=True):
            common = _meet(earlier, box)
            if common and table.hit_policy == "unique":
                conflicts.append((other.id, row.id, _example(common)))
            elif common and table.hit_policy == "first":
                overlaps.append((other.id, row.id))
        left = [rest for piece in left for rest in _subtract(piece, box)]
    read = {name for row in table.rows for name, _ in row.when}
    combinations = 1
    for name in inputs:
        combinations *= len(domains[name])
    return TableProof(
        table=table.id,
        hit_policy=table.hit_policy,
        rows=len(table.rows),
        combinations=combinations,
        gaps=() if collects else tuple(_example(piece) for piece in left[:3]),
        conflicts=tuple(conflicts),
        shadowed=tuple(shadowed),
        overlaps=tuple(overlaps),
        idle_inputs=tuple(name for name in inputs if name not in read),
        unreached_values=tuple(_unreached(table, domains)),
    )


def _classes(name: str, table: Table, domain: Sequence[Value]) -> list[Value]:
    """One value for all that no cell of the table tells apart (all ages from 12 to 17, say)."""
    cells = [cell for row in table.rows for fact, cell in row.when if fact == name]
    seen: dict[tuple[bool, ...], Value] = {}
    for value in domain:
        seen.setdefault(tuple(cell.fits(value) for cell in cells), value)
    return list(seen.values())


def _box(row: Row, whole: Box) -> Box:
    cells: dict[str, Cell] = dict(row.when)
    return {
        name: frozenset(value for value in values if name not in cells or cells[name].fits(value))
        for name, values in whole.items()
    }


def _meet(one: Box, two: Box) -> Box | None:
    common = {name: values & two[name] for name, values in one.items()}
    return common if all(common.values()) else None


def _subtract(piece: Box, cut: Box) -> Iterator[Box]:
    """The parts of a box that lie outside another, as boxes without overlap."""
    if not _meet(piece, cut):
        yield piece
        return
    rest = dict(piece)
    for name in piece:
        outside = rest[name] - cut[name]
        if outside:
            yield {**rest, name: outside}
        rest[name] = rest[name] & cut[name]


def _example(box: Box) -> dict[str, Value]:
    return {name: min(values, key=str) for name, values in box.items()}


def _told(example: Mapping[str, Value]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in example.items())


def _unreached(table: Table, domains: Mapping[str, Sequence[Value]]) -> Iterator[str]:
    for name, values in table.outputs:
        given: set[Value] = {value for fact, value in table.otherwise if fact == name}
        for row in table.rows:
            value = dict(row.then)[name]
            given |= set(domains[value.fact]) if isinstance(value, SameAs) else {value}
        yield from (f"{name} = {value}" for value in values if value not in given)
