"""Rules with one thing changed, for tests that break them: the project's own rule files, altered in memory."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

from build_scripts.rules.compile import compile_rules
from build_scripts.rules.files import RuleFiles, read_rule_files
from cse_pathway.rulebook import RuleBook, read_rulebook

Change = Callable[[RuleFiles], None]


@cache
def _as_they_stand() -> RuleFiles:
    return read_rule_files()


def altered(*changes: Change) -> RuleBook:
    """Compile the project's rules with these changes made. Raises BadRules as compiling does."""
    files = copy.deepcopy(_as_they_stand())
    for change in changes:
        change(files)
    return read_rulebook(compile_rules(files))


def table(files: RuleFiles, name: str) -> dict[str, Any]:
    """One table of the rule files, by its id."""
    return next(table for table in files.tables if table["id"] == name)


def row(files: RuleFiles, name: str) -> dict[str, Any]:
    """One row of a table of the rule files, by its id."""
    return next(row for table in files.tables for row in table["rows"] if row["id"] == name)


def item(files: RuleFiles, name: str) -> dict[str, Any]:
    """One action or warning, by its id."""
    return next(item for item in (*files.actions, *files.warnings) if item["id"] == name)


def without_row(name: str) -> Change:
    """Delete a row."""

    def change(files: RuleFiles) -> None:
        for held in files.tables:
            held["rows"] = [entry for entry in held["rows"] if entry["id"] != name]

    return change


def without_action(name: str) -> Change:
    """Delete an action."""

    def change(files: RuleFiles) -> None:
        files.actions = [entry for entry in files.actions if entry["id"] != name]

    return change


def set_when(name: str, when: dict[str, Any], condition: str | None = None) -> Change:
    """Give a row, or a condition of an action or warning, other cells."""

    def change(files: RuleFiles) -> None:
        if condition is None:
            row(files, name)["when"] = when
        else:
            next(entry for entry in item(files, name)["conditions"] if entry["id"] == condition)["when"] = when

    return change


def set_then(name: str, **then: Any) -> Change:
    """Give a row other answers."""
    return lambda files: row(files, name)["then"].update(then)


def with_row(name: str, place: int, when: dict[str, Any], then: dict[str, Any], row_id: str = "made.up") -> Change:
    """Put a row into a table at a place (from 0)."""
    made = {"id": row_id, "when": when, "then": then, "sources": ["R12.4"]}
    return lambda files: table(files, name)["rows"].insert(place, made)
