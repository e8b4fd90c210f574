"""Hiding small numbers in published counts, so that no child can be picked out of a table.

Counts from 1 to 4 are hidden. Then others are hidden, the smallest first, until nothing hidden can be worked out again
from what is shown: not from one total, not from all totals together, and not as a remainder that is small itself. What
tables tell of each other by their meaning alone is not looked at: a person should, before counts leave the partnership.

>>> a, b, c, total = ("a", "", ""), ("b", "", ""), ("c", "", ""), ("all", "", "")
>>> hidden({a: 3, b: 20, c: 40, total: 63}, [Line((a, b, c), total)]) == {a, b}
True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["LEAST_SHOWN", "Key", "Line", "hidden"]

LEAST_SHOWN = 5
"""The least number, besides 0, that is shown."""
_PRIME = (1 << 61) - 1

Key = tuple[str, str, str]
"""Names one count of a set of tables."""


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up to a total."""

    parts: tuple[Key, ...]
    total: Key

    @property
    def keys(self) -> tuple[Key, ...]:
        """The parts and the total."""
        return (*self.parts, self.total)


def hidden(counts: Mapping[Key, int], lines: Sequence[Line]) -> frozenset[Key]:
    """The counts that must not be shown.

    `lines` are all the sums that a reader knows to hold; a count may be part of one and total of another.
    """
    totals = {line.total for line in lines}
    # The smallest part first; a zero only after those, since it gives little cover; totals last, the greatest of all.
    order = sorted(counts, key=lambda key: (key in totals, counts[key] == 0, counts[key], key))
    found = {key for key, count in counts.items() if 0 < count < LEAST_SHOWN}
    while exposed := _exposed(lines, counts, found):
        uncovered = [key for key in order if key not in found]
        found.add(next((key for key in uncovered if key in exposed), uncovered[0]))
    return frozenset(found)


def _exposed(lines: Sequence[Line], counts: Mapping[Key, int], found: set[Key]) -> set[Key]:
    """The counts among which one more must be hidden; none where nothing hidden can be worked out."""
    for line in lines:
        if _gives_away(line, counts, found):
            return set(line.keys)
    told = _worked_out(lines, found)
    return {key for line in lines if not told.isdisjoint(line.keys) for key in line.keys}


def _gives_away(line: Line, counts: Mapping[Key, int], found: set[Key]) -> bool:
    """Whether a line alone tells a hidden count, or that those hidden come to a small number together."""
    covered = [key for key in line.keys if key in found]
    if not covered or len(covered) == len(line.keys):
        return False
    if len(covered) == 1:
        return True
    together = sum(counts[key] for key in covered)
    return line.total not in found and (together < LEAST_SHOWN or together <= len(covered))


def _worked_out(lines: Sequence[Line], found: set[Key]) -> set[Key]:
    """The hidden counts that all lines together leave only one value for.

    Elimination over a large prime field: the hidden counts are the unknowns, each line an equation. A count is worked
    out exactly where a combination of the lines holds it alone.
    """
    rows: dict[Key, dict[Key, int]] = {}
    for line in lines:
        row = {key: 1 for key in line.parts if key in found}
        if line.total in found:
            row[line.total] = _PRIME - 1
        for pivot, known in rows.items():
            if pivot in row:
                _subtract(row, known, row[pivot])
        if not row:
            continue
        pivot = min(row)
        inverse = pow(row[pivot], -1, _PRIME)
        row = {key: value * inverse % _PRIME for key, value in row.items()}
        for known in rows.values():
            if pivot in known:
                _subtract(known, row, known[pivot])
        rows[pivot] = row
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _subtract(row: dict[Key, int], other: Mapping[Key, int], times: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - value * times) % _PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)
