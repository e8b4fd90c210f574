"""What is wrong in the guidance, told so that a person can mend it: file, found, wanted, how to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `file` is a path from the repository's root; `line` counts from 1, 0 stands for none."""

    file: str
    line: int
    found: str
    wanted: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}\n    found:  {self.found}\n    wanted: {self.wanted}\n    mend:   {self.mend}"


def report(problems: Iterable[Problem], heading: str) -> str:
    """All problems as one text, ordered by file and line, each once; "" where there is none."""
    ordered = sorted(set(problems))
    if not ordered:
        return ""
    return "\n".join([f"{heading}: {len(ordered)} to mend", *(str(problem) for problem in ordered)])
