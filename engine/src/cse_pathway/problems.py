"""What is wrong with a case, told so that it can be mended: path, what was found, what was wanted, how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches

__all__ = ["BadCase", "Problem", "did_you_mean", "shown"]

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a case. `path` is the key's path with dots, or "" for the case as a whole.

    `code` names the kind of fault for programs: lower-case words with hyphens, never renamed.
    """

    path: str
    found: str
    wanted: str
    mend: str
    code: str

    def __str__(self) -> str:
        return f"{self.path or 'the case'}: found {self.found}; wanted {self.wanted}. {self.mend}"

    def as_json(self) -> dict[str, str]:
        """The problem as plain JSON data."""
        return asdict(self)

    def within(self, path: str) -> Problem:
        """The same problem where the case itself stands under `path`."""
        return replace(self, path=f"{path}.{self.path}" if self.path else path)


class BadCase(ValueError):
    """A case that cannot be decided, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(value: object) -> str:
    """A value as it may stand in a message: as JSON writes it, in printable ASCII, cut after 80 characters."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, str):
        # Cut first: a text of ten million characters need not be escaped to be told.
        text = json.dumps(value[:_LONGEST_SHOWN])
        return text if len(value) <= _LONGEST_SHOWN else f'{text[:-1]}..." ({len(value)} characters)'
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_LONGEST_SHOWN:
        return "a number of more than 80 digits"
    return json.dumps(value)


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or ""."""
    if len(found) > _LONGEST_SHOWN:
        return ""
    close = get_close_matches(found, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""
