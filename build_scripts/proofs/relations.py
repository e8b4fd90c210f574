"""Relations: facts that hang together with every combination of values they can have, each with a case that shows it.

What the walk over the answer space joins, projects and merges; nothing here knows of tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from cse_pathway.table import Cell, Value

__all__ = ["Combined", "Merger", "Reader", "Relation", "Witness", "Worlds", "joined", "picker", "projected"]

Worlds = tuple[Value, ...]
Reader = tuple[str, Cell | None]
"""Somebody who reads a fact: by a cell, or (None) to the letter."""
Combined = tuple[Worlds, ...]
"""One combination: a value of each fact, in the order of their names."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A case that shows a combination: answers of its own, and those of the witnesses it was joined from."""

    answers: tuple[tuple[str, Worlds], ...] = ()
    parts: tuple[Witness, ...] = ()

    def case(self, world: int = 0) -> dict[str, Value]:
        """The answers in one world, by path."""
        found = {name: worlds[world] for name, worlds in self.answers}
        for part in self.parts:
            found.update(part.case(world))
        return found


@dataclass(slots=True)
class Relation:
    """Facts that hang together: every combination of values they can have, each with one case that shows it."""

    names: tuple[str, ...]
    rows: dict[Combined, Witness]


def joined(parts: Sequence[Relation]) -> list[tuple[Combined, tuple[Witness, ...]]]:
    """Every combination of the rows of these relations, end to end, each with the witnesses that it was joined from."""
    found: list[tuple[Combined, tuple[Witness, ...]]] = [((), ())]
    for part in parts:
        found = [(row + more, (*held, one)) for row, held in found for more, one in part.rows.items()]
    return found


def picker(places: Sequence[int]) -> Callable[[Combined], Combined]:
    """Picks the values at these places out of a row."""
    if len(places) == 1:
        (place,) = places
        return lambda row: (row[place],)
    return itemgetter(*places) if places else lambda _: ()


class Merger(dict[Worlds, Worlds]):
    """Gives one value for all that nobody tells apart, world by world: the first that was met."""

    def __init__(self, name: str, readers: Iterable[Reader]) -> None:
        super().__init__()
        cells = dict.fromkeys(cell for fact, cell in readers if fact == name)
        self._exact = None in cells
        self._cells = [cell for cell in cells if cell is not None]
        self._first: dict[tuple[bool, ...], Value] = {}

    def __missing__(self, worlds: Worlds) -> Worlds:
        merged = worlds if self._exact else tuple([self._one(value) for value in worlds])
        self[worlds] = merged
        return merged

    def _one(self, value: Value) -> Value:
        return self._first.setdefault(tuple([cell.fits(value) for cell in self._cells]), value)


def projected(part: Relation, readers: Iterable[Reader]) -> Relation:
    """What is left of a relation when only some of its facts are still read."""
    listed = list(readers)
    read = {name for name, _ in listed}
    kept = [(place, Merger(name, listed)) for place, name in enumerate(part.names) if name in read]
    rows: dict[Combined, Witness] = {}
    for row, witness in part.rows.items():
        rows.setdefault(tuple([merge[row[place]] for place, merge in kept]), witness)
    return Relation(tuple(part.names[place] for place, _ in kept), rows)
