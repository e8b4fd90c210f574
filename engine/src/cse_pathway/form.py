"""The form of JSON data: which keys there are and what each holds, checked with every departure told at once.

A form is a `Leaf`, a list of something, something or null, or a `Group` of keys. Cases have a form of their own, made
of the rule book's inputs (see `case`); records and other small inputs are described by these.

>>> problems_in({"name": 5}, Group({"name": TEXT, "role": TEXT}), "judged_by")[0].path
'judged_by.name'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .problems import Problem, did_you_mean, shown

__all__ = [
    "DAY",
    "FLAG",
    "MOMENT",
    "SCALAR",
    "SHA256",
    "TEXT",
    "Form",
    "Group",
    "Leaf",
    "ListOf",
    "MapOf",
    "OrNull",
    "day_of",
    "moment_of",
    "printable",
    "problems_in",
]

_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOMENT = re.compile(
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z"
)  # newer Pythons read 24:00, older ones do not
_SHA256 = re.compile(r"^[0-9a-f]{64}\Z")
_TOLD = 200


def moment_of(value: object) -> datetime | None:
    """A day and time written YYYY-MM-DDTHH:MM, or None for anything else."""
    if isinstance(value, str) and _MOMENT.match(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    return None


def day_of(value: object) -> date | None:
    """A day of the calendar written YYYY-MM-DD, or None for anything else."""
    if isinstance(value, str) and _DAY.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return None


def printable(path: str) -> str:
    """A path safe to print: other people's keys may hold anything, at any length."""
    text = path.encode("ascii", "backslashreplace").decode("ascii")
    text = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)
    return text if len(text) <= 120 else f"{text[:120]}..."


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value: its kind, what is wanted in words, how to mend it, and the test."""

    kind: str
    wanted: str
    mend: str
    fits: Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list with every item of one form."""

    item: Form


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with any keys, every value of one form."""

    value: Form


@dataclass(frozen=True, slots=True)
class OrNull:
    """Something, or null."""

    form: Form


@dataclass(frozen=True, slots=True)
class Group:
    """An object with just these keys, each needed but for those in `optional`."""

    keys: Mapping[str, Form]
    optional: frozenset[str] = field(default_factory=frozenset)


Form = Leaf | ListOf | MapOf | OrNull | Group

TEXT = Leaf("text", "text", "Put the words in quotation marks.", lambda value: isinstance(value, str))
FLAG = Leaf("flag", "true or false", "Write true or false, no quotation marks.", lambda value: isinstance(value, bool))
SCALAR = Leaf(
    "scalar",
    "text, a number, true or false",
    "Give a single value.",
    lambda value: isinstance(value, (str, int, float)),
)
MOMENT = Leaf(
    "moment",
    "a day and time as YYYY-MM-DDTHH:MM",
    "Give local time in England, as 2026-11-23T10:30.",
    lambda value: moment_of(value) is not None,
)
DAY = Leaf(
    "day",
    "a day as YYYY-MM-DD",
    "Give a day of the calendar, as 2026-11-23.",
    lambda value: day_of(value) is not None,
)
SHA256 = Leaf(
    "sha256",
    "64 hexadecimal digits",
    "Copy the hash whole.",
    lambda value: isinstance(value, str) and bool(_SHA256.match(value)),
)


def problems_in(value: object, form: Form, path: str = "") -> list[Problem]:
    """Every way in which JSON data departs from its form: the first 200 of them, since junk may hold millions."""
    found: list[Problem] = []
    for problem in _problems(value, form, path):
        found.append(problem)
        if len(found) == _TOLD:
            break
    return found


def _problems(value: object, form: Form, path: str) -> Iterator[Problem]:
    match form:
        case Leaf():
            if not form.fits(value):
                yield Problem(printable(path), shown(value), form.wanted, form.mend, f"not-{form.kind}")
        case OrNull():
            if value is not None:
                yield from _problems(value, form.form, path)
        case ListOf():
            yield from _list_problems(value, form, path)
        case MapOf() | Group():
            if not isinstance(value, dict):
                yield Problem(printable(path), shown(value), "an object", "Give an object in braces.", "not-an-object")
            elif isinstance(form, Group):
                yield from _group_problems(value, form, path)
            else:
                for key, item in value.items():
                    yield from _problems(item, form.value, f"{path}.{key}")


def _list_problems(value: object, form: ListOf, path: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(printable(path), shown(value), "a list", "Give a list in square brackets.", "not-a-list")
        return
    for place, item in enumerate(value):
        yield from _problems(item, form.item, f"{path}[{place}]")


def _group_problems(value: Mapping[str, object], form: Group, path: str) -> Iterator[Problem]:
    before = f"{path}." if path else ""
    for key in value:
        if key not in form.keys:
            known = ", ".join(form.keys)
            mend = f"Take the key out, or correct its name.{did_you_mean(key, form.keys)}"
            yield Problem(printable(f"{before}{key}"), "an unknown key", f"one of {known}", mend, "unknown-key")
    for key, inner in form.keys.items():
        if key in value:
            yield from _problems(value[key], inner, f"{before}{key}")
        elif key not in form.optional:
            wanted = inner.wanted if isinstance(inner, Leaf) else "this key"
            yield Problem(f"{before}{key}", "nothing", wanted, f"Give {key}.", "missing")
