"""Habits of wording that editors have listed with the better words, looked for in every text that readers see.

The list is docs/_data/wording_habits.toml. Each entry tries itself: its bad example must be found, its good one not.
Run as `python -m build_scripts.pages.wording_habits` to see what is found.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts import ROOT
from build_scripts.inputs.problems import Problem, report
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.reader_texts import ReaderText, reader_texts

__all__ = ["LIST", "Habit", "found_in", "read_habits"]

LIST = Path("docs/_data/wording_habits.toml")
_KEYS: dict[str, type | tuple[type, ...]] = dict.fromkeys(("id", "pattern", "better", "bad", "good"), str)
_LISTS: dict[str, type | tuple[type, ...]] = dict.fromkeys(("keeps", "not_in"), list)
_AROUND = 40
"""How many characters are shown on either side of what was found."""


@dataclass(frozen=True)
class Habit:
    """A habit and the better words; `keeps` are phrases, `not_in` files or folders, that are right all the same."""

    id: str
    pattern: re.Pattern[str]
    better: str
    keeps: tuple[str, ...]
    not_in: tuple[str, ...]

    def found_at(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in a text, but for those within a phrase that is kept."""
        kept = [match.span() for phrase in self.keeps for match in _pattern(re.escape(phrase)).finditer(text)]
        for match in self.pattern.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in kept):
                yield match


def read_habits(root: Path) -> tuple[tuple[Habit, ...], list[Problem]]:
    """The habits of a repository's list, and what is wrong with the list."""
    data, problems = read_toml(root / LIST, root)
    habits: dict[str, Habit] = {}
    for entry in data.get("habit", []):
        habit, wrong = _read(entry)
        if habit and habit.id in habits:
            wrong.append(Problem(LIST.as_posix(), 0, f"habit {habit.id} twice", "each id once", "give one a new id"))
        problems += wrong
        if habit and not wrong:
            habits[habit.id] = habit
    return tuple(habits.values()), problems


def _read(entry: dict[str, Any]) -> tuple[Habit | None, list[Problem]]:
    file, what = LIST.as_posix(), f"habit {entry.get('id', '?')}"
    if wrong := wrong_keys(entry, file, what, _KEYS | _LISTS, optional=_LISTS):
        return None, wrong
    try:
        pattern = _pattern(entry["pattern"])
    except re.error as error:
        mend = "correct it, or write the plain words"
        return None, [Problem(file, 0, f"{what}: pattern cannot be read: {error}", "a regular expression", mend)]
    lists = {key: tuple(entry.get(key, ())) for key in _LISTS}
    habit = Habit(entry["id"], pattern, entry["better"], **lists)
    if not list(habit.found_at(entry["bad"])):
        found, mend = f"{what}: nothing in its bad example", "widen the pattern, or correct the example"
        wrong.append(Problem(file, 0, found, "a pattern that finds the bad example", mend))
    for match in habit.found_at(entry["good"]):
        found, mend = f"{what}: {match.group()!r} in its good example", "narrow the pattern, or correct the example"
        wrong.append(Problem(file, 0, found, "a pattern that finds nothing in the good example", mend))
    for phrase in habit.keeps:
        if not pattern.search(phrase):
            found = f"{what} keeps {phrase!r}, which the pattern does not find"
            wrong.append(Problem(file, 0, found, "phrases that would be found", "take the phrase out"))
    return habit, wrong


def _pattern(words: str) -> re.Pattern[str]:
    """The pattern with each space as any white space, since texts break their lines anywhere.

    In a look-behind, which must have one width, a space stays a space.
    """
    spaces = re.sub(r"(\(\?<[!=][^)]*\))|\\? ", lambda match: match[1] or r"\s+", words)
    return re.compile(spaces, re.IGNORECASE | re.MULTILINE)


def found_in(texts: Iterable[ReaderText], habits: Iterable[Habit]) -> list[Problem]:
    """Every habit in the texts, with its place and the better words."""
    listed = tuple(habits)
    problems = []
    for held in texts:
        for habit in listed:
            if held.file.startswith(habit.not_in or "\n"):
                continue
            for match in habit.found_at(held.text):
                line = held.line and held.line + held.text.count("\n", 0, match.start())
                mend = f"write it so; if it is right as it is, add it to `keeps` of {habit.id} in {LIST.as_posix()}"
                problems.append(Problem(held.file, line, _shown(held.text, match), habit.better, mend))
    return sorted(problems)


def _shown(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    around = f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
    return " ".join(around.split())


def main() -> int:
    """Print what is found; answer 1 where there is anything."""
    habits, problems = read_habits(ROOT)
    told = report(problems or found_in(reader_texts(ROOT), habits), "Wording")
    print(told or f"{len(habits)} habits, none found")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
