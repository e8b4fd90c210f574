"""Monitoring counts from a folder of records: by month, area, age group, outcome and route, small numbers hidden.

For the coordinator's and the partnership's own monitoring (R12.6, R29.1, R31.1). What is counted are screenings, not
children: a child who was screened twice counts twice. Only the five counted facts leave a record; no name does.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .exchange import parse, text_of
from .facts import facts_of
from .problems import BadCase, Problem
from .record import Record, read_record
from .rulebook import NOT_KNOWN, RuleBook
from .small_numbers import Key, Line, hidden

__all__ = ["ALL", "BadFile", "Collation", "Counted", "Dataset", "as_csv", "collate", "count"]

ALL = "all"
NO_OUTCOME = "none"
HIDDEN = "hidden"
DIMENSIONS = ("area", "age_band", "outcome", "route")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of one screening: its month (YYYY-MM) and a value for each of DIMENSIONS."""

    month: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that was left out, and why."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Collation:
    """What a folder held: the screenings, the files left out, and the names of files that were copies of others."""

    screenings: tuple[Counted, ...]
    bad: tuple[BadFile, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The counts by (month, dimension, value), each also with "all"; `hidden` are those that must not be shown."""

    months: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    counts: Mapping[Key, int]
    hidden: frozenset[Key]

    def shown(self, key: Key) -> int | None:
        """A count as it may be shown, None where it is hidden."""
        return None if key in self.hidden else self.counts[key]


def collate(folder: Path, rules: RuleBook) -> Collation:
    """Read every record (*.json) in a folder and the folders in it, in the order of their names.

    A file that is a copy of another, byte for byte, counts once. Raises BadCase where there is no such folder or no
    record file in it.
    """
    files = sorted(path for path in folder.rglob("*.json") if path.is_file()) if folder.is_dir() else []
    if not files:
        found = "no file named *.json" if folder.is_dir() else "no folder of this name"
        mend = "Check the name of the folder."
        raise BadCase([Problem(str(folder), found, "a folder of record files", mend, "file")])
    screenings: list[Counted] = []
    bad: list[BadFile] = []
    copies: list[str] = []
    read: set[bytes] = set()
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            data = _bytes_of(path)
            if data in read:
                copies.append(name)
                continue
            read.add(data)
            screenings.append(_counted(read_record(parse(text_of(data)), rules), rules))
        except BadCase as wrong:
            bad.append(BadFile(name, wrong.problems))
    return Collation(tuple(screenings), tuple(bad), tuple(copies))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise BadCase(
            [Problem("", f"a file that cannot be read ({wrong.strerror})", "a record file", "Check the file.", "file")]
        ) from None


def _counted(record: Record, rules: RuleBook) -> Counted:
    """Raises BadCase where today's rules cannot read the case, or do not have its route or outcome."""
    if record.case is None:
        raise BadCase(record.case_problems)
    band = next(table for table in rules.tables if "age_band" in dict(table.outputs))
    age_band = str(band.decide(facts_of(record.case, rules))[0]["age_band"])
    outcome = record.decision["outcome"]["final"] or NO_OUTCOME
    counted = (record.case.area, age_band, outcome, record.decision["route"])
    known = values_of(rules)
    wrong = [
        Problem(f"decision.{name}", "a value that today's rules do not have", f"one of {', '.join(known[name])}",
                "It was made under other rules: count it with the engine of that time.", "other-rules")
        for name, value in zip(DIMENSIONS, counted, strict=True)
        if value not in known[name]
    ]  # fmt: skip
    if wrong:
        raise BadCase(wrong)
    return Counted(record.case.as_of.isoformat()[:7], counted)


def values_of(rules: RuleBook) -> dict[str, tuple[str, ...]]:
    """Every value that each dimension can have, in the order of the rules."""
    outputs = {name: tuple(map(str, values)) for table in rules.tables for name, values in table.outputs}
    outcomes = (value for scale in rules.scales.values() for value in scale)
    return {
        "area": (*rules.areas, NOT_KNOWN),
        "age_band": outputs["age_band"],
        "outcome": (*outcomes, NO_OUTCOME),
        "route": outputs["route"],
    }


def count(screenings: Iterable[Counted], rules: RuleBook) -> Dataset:
    """Count screenings by month and dimension, and hide what would let a child be picked out."""
    counted: Counter[Key] = Counter()
    months: set[str] = set()
    for screening in screenings:
        months.add(screening.month)
        for month in (screening.month, ALL):
            counted[month, ALL, ALL] += 1
            for dimension, value in zip(DIMENSIONS, screening.values, strict=True):
                counted[month, dimension, value] += 1
    values = values_of(rules)
    rows = (*sorted(months), ALL)
    counts = {
        (month, dimension, value): counted[month, dimension, value]
        for month in rows
        for dimension, of_dimension in ((ALL, (ALL,)), *values.items())
        for value in of_dimension
    }
    return Dataset(rows[:-1], values, counts, hidden(counts, list(_lines(rows[:-1], values))))


def _lines(months: Sequence[str], values: Mapping[str, tuple[str, ...]]) -> Iterator[Line]:
    yield Line(tuple((month, ALL, ALL) for month in months), (ALL, ALL, ALL))
    for dimension, of_dimension in values.items():
        for month in (*months, ALL):
            yield Line(tuple((month, dimension, value) for value in of_dimension), (month, ALL, ALL))
        for value in of_dimension:
            yield Line(tuple((month, dimension, value) for month in months), (ALL, dimension, value))


def as_csv(dataset: Dataset) -> str:
    """The dataset as CSV: one count a line, `hidden` in the place of those that must not be shown."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("month", "by", "value", "screenings"))
    for key in dataset.counts:
        shown = dataset.shown(key)
        writer.writerow((*key, HIDDEN if shown is None else shown))
    return text.getvalue()
