"""Decision tables: cells, rows, hit policies and the trace of what matched.

A table takes facts (name -> value) and gives outputs (name -> value). Cells hold literal values, sets of them,
comparisons and ranges; an input without a cell fits anything. There is no negation, no null and no code.

>>> cell = Cell.read("12..17", "number")
>>> cell.fits(12), cell.fits(18), cell.fits("not_known")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Cell", "CellError", "Facts", "Hit", "HitPolicy", "Row", "SameAs", "Table", "Value"]

HitPolicy = Literal["first", "unique", "collect"]
"""Which of the rows that fit are the answer. None adds up or counts: no outcome is ever a score (R10.2)."""
Value = str | int | float | bool
Facts = Mapping[str, Value]

_COMPARISON = re.compile(r"^(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$")
_RANGE = re.compile(r"^(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)$")


_FORMS: Mapping[type, str] = {dict: "a group of keys", list: "a list in a list"}


class CellError(ValueError):
    """A cell of a rule file that is not of the cell language."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of numbers, each end open or closed; None is no bound."""

    low: float | None
    low_closed: bool
    high: float | None
    high_closed: bool

    def holds(self, value: Value) -> bool:
        """Whether a number lies in the stretch; anything but a number does not."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        if self.low is not None and (value < self.low or (value == self.low and not self.low_closed)):
            return False
        return not (self.high is not None and (value > self.high or (value == self.high and not self.high_closed)))


@dataclass(frozen=True, slots=True)
class Cell:
    """What one input must be for a row to fit: one of `literals`, or within one of `spans`."""

    literals: frozenset[Value]
    spans: tuple[Span, ...] = ()

    def fits(self, value: Value) -> bool:
        """Whether a value fits the cell. Python's `True == 1` does not count as equal here."""
        if isinstance(value, str):  # most are, and no span holds a text
            return value in self.literals
        for literal in self.literals:
            if literal == value and isinstance(literal, bool) == isinstance(value, bool):
                return True
        return any(span.holds(value) for span in self.spans)

    @classmethod
    def read(cls, written: object, kind: str = "choice") -> Cell:
        """Read a cell as written in a rule file.

        `written` is one value or a list of values; where `kind` is "number" a text may also be a comparison
        (`"< 12"`, `">= 18"`) or a range with both ends in it (`"12..17"`).
        Raises CellError where the cell is empty or holds anything else.
        """
        items = written if isinstance(written, list) else [written]
        if not items:
            raise CellError("an empty list fits nothing; leave the input out if any value will do")
        literals: set[Value] = set()
        spans: list[Span] = []
        for item in items:
            if not isinstance(item, (str, int, float, bool)):
                raise CellError(
                    f"a cell holds text, numbers or true/false, not {_FORMS.get(type(item), 'anything else')}"
                )
            span = _read_span(item) if kind == "number" and isinstance(item, str) else None
            if span is not None:
                spans.append(span)
            else:
                literals.add(item)
        return cls(frozenset(literals), tuple(spans))


def _read_span(text: str) -> Span | None:
    if match := _COMPARISON.match(text):
        sign, number = match[1], float(match[2])
        if sign.startswith("<"):
            return Span(None, False, number, sign == "<=")
        return Span(number, sign == ">=", None, False)
    if match := _RANGE.match(text):
        low, high = float(match[1]), float(match[2])
        if low > high:
            raise CellError(f"the range {text} runs backwards")
        return Span(low, True, high, True)
    return None


@dataclass(frozen=True, slots=True)
class SameAs:
    """An output that takes the value of another fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: where every cell fits, the outputs hold.

    `sources` are paragraph ids; `inferred` is the reason where the paragraphs do not say it outright, else None.
    """

    id: str
    when: tuple[tuple[str, Cell], ...]
    then: tuple[tuple[str, Value | SameAs], ...]
    sources: tuple[str, ...] = ()
    inferred: str | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether every cell fits the facts. Raises KeyError where a fact is missing."""
        return all(cell.fits(facts[name]) for name, cell in self.when)

    def outputs(self, facts: Facts) -> dict[str, Value]:
        """The row's outputs, those that copy another fact filled in."""
        return {name: facts[value.fact] if isinstance(value, SameAs) else value for name, value in self.then}


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that fitted, with the facts it read."""

    table: str
    row: Row
    because: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table under its hit policy.

    Hit policies: first (the first row that fits), unique (exactly one row may fit), collect (every row that fits).
    `only_when` says for which facts the table is asked at all; where it is not, `otherwise` holds.
    `outputs` gives each output's values, from the least to the most protective where they have an order.
    """

    id: str
    title: str
    hit_policy: HitPolicy
    inputs: tuple[str, ...]
    outputs: tuple[tuple[str, tuple[Value, ...]], ...]
    rows: tuple[Row, ...]
    only_when: tuple[tuple[str, Cell], ...] = ()
    otherwise: tuple[tuple[str, Value], ...] = ()

    def asked(self, facts: Facts) -> bool:
        """Whether the table applies to these facts."""
        return all(cell.fits(facts[name]) for name, cell in self.only_when)

    def decide(self, facts: Facts) -> tuple[dict[str, Value], list[Hit]]:
        """Apply the table: its outputs and the rows that gave them.

        A table that collects gives no outputs of its own: its hits are its answer.
        Raises LookupError where no row fits, or several do under the hit policy `unique`: rules that were proved
        complete and free of conflict never do.
        """
        if not self.asked(facts):
            return dict(self.otherwise), []
        fitting = self._fitting(facts)
        hits = [self._hit(row, facts) for row in fitting]
        if self.hit_policy == "collect":
            return {}, hits
        if len(fitting) != 1:
            read = {name: facts[name] for name in self.inputs}
            raise LookupError(f"table {self.id}: {len(fitting)} rows fit {read}; run the proofs on the rules")
        return fitting[0].outputs(facts), hits

    def _fitting(self, facts: Facts) -> list[Row]:
        if self.hit_policy != "first":
            return [row for row in self.rows if row.fits(facts)]
        first = next((row for row in self.rows if row.fits(facts)), None)
        return [] if first is None else [first]

    def _hit(self, row: Row, facts: Facts) -> Hit:
        # A row without cells ("otherwise") was reached because every other row failed: it read all the inputs.
        read: Iterable[str] = (name for name, _ in row.when) if row.when else self.inputs
        return Hit(self.id, row, tuple((name, facts[name]) for name in read))


def read_table(data: Mapping[str, Any], kinds: Mapping[str, str]) -> Table:
    """Make a table from its compiled form.

    `kinds` says for each fact whether it is a "choice" or a "number". Raises CellError on a bad cell.
    """
    rows = tuple(
        Row(
            id=row["id"],
            when=read_cells(row["when"], kinds),
            then=tuple(
                (name, SameAs(value["same_as"]) if isinstance(value, dict) else value)
                for name, value in row["then"].items()
            ),
            sources=tuple(row["sources"]),
            inferred=row.get("inferred"),
        )
        for row in data["rows"]
    )
    return Table(
        id=data["id"],
        title=data["title"],
        hit_policy=data["hit_policy"],
        inputs=tuple(data["inputs"]),
        outputs=tuple((name, tuple(values)) for name, values in data["outputs"].items()),
        rows=rows,
        only_when=read_cells(data.get("only_when", {}), kinds),
        otherwise=tuple(data.get("otherwise", {}).items()),
    )


def read_cells(written: Mapping[str, Any], kinds: Mapping[str, str]) -> tuple[tuple[str, Cell], ...]:
    """Read the cells of one row: fact name -> cell. Raises CellError on a bad cell."""
    return tuple((name, Cell.read(cell, kinds.get(name, "choice"))) for name, cell in written.items())
