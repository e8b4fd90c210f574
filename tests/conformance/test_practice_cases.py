"""The practice cases, one test each: what a practitioner would expect, held against the engine and the reading."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from agreement import disagreements, engine_decision
from cases import NOW
from independent_errors import errors
from independent_outcome import ROUTES
from independent_plan import ACTIONS
from independent_reading import WARNINGS, read

PRACTICE_CASES = tomllib.loads((Path(__file__).parent / "practice_cases.toml").read_text(encoding="utf-8"))["case"]


def answers_of(practice_case: dict[str, Any]) -> dict[str, Any]:
    """Write the case as the engine takes it: `nothing_urgent` written out as five times no."""
    case = dict(practice_case["answers"])
    if case.pop("nothing_urgent", False):
        case["now"] = dict.fromkeys(NOW, "no")
    return case


def _hold(decision: dict[str, Any], wanted: dict[str, Any], dues: dict[str, str | None]) -> None:
    actions = [action["id"] for action in decision["actions"]]
    warnings = [warning["id"] for warning in decision["warnings"]]
    assert decision["route"] == wanted["route"], wanted["because"]
    assert decision["outcome"]["final"] == (None if wanted["final"] == "none" else wanted["final"]), wanted["because"]
    assert [name for name in wanted["must"] if name not in actions] == [], wanted["because"]
    assert [name for name in wanted["must_not"] if name in actions] == [], wanted["because"]
    assert [name for name in wanted.get("warned", []) if name not in warnings] == [], wanted["because"]
    assert [name for name in wanted.get("not_warned", []) if name in warnings] == [], wanted["because"]
    for name, due in wanted.get("due", {}).items():
        assert dues[name] == due, wanted["because"]


@pytest.mark.parametrize("wanted", PRACTICE_CASES, ids=lambda wanted: wanted["title"])
def test_the_reading_says_what_a_practitioner_expects(wanted: dict[str, Any], indicator_ids: list[str]) -> None:
    """The case is valid, and the independent reading gives what is expected of it."""
    case = answers_of(wanted)
    assert errors(case, indicator_ids) == []
    reading = read(case)
    _hold(reading, wanted, {action["id"]: action["due"] for action in reading["actions"]})


@pytest.mark.parametrize("wanted", PRACTICE_CASES, ids=lambda wanted: wanted["title"])
def test_the_engine_says_what_a_practitioner_expects(wanted: dict[str, Any]) -> None:
    """The engine gives what is expected of the case, and agrees with the reading on all the rest."""
    decision = engine_decision(answers_of(wanted))
    _hold(decision, wanted, {action["id"]: action["when"]["due"] for action in decision["actions"]})
    assert disagreements(decision, read(answers_of(wanted))) == []


def test_every_practice_case_gives_its_reason_with_paragraphs_that_exist(paragraph_ids: set[str]) -> None:
    """A practice case says why, and what it cites stands in the sources."""
    for wanted in PRACTICE_CASES:
        groups = re.findall(r"\[([RS][^\]]*)\]", wanted["because"])
        cited = [one.strip() for group in groups for one in group.split(",")]
        assert cited, wanted["title"]
        assert set(cited) <= paragraph_ids, (wanted["title"], cited)


def test_the_practice_cases_name_known_actions_and_each_differs() -> None:
    """A misspelt action in must_not would always pass: every id named must be one that the reading can give."""
    for wanted in PRACTICE_CASES:
        named = [*wanted["must"], *wanted["must_not"], *wanted.get("due", {})]
        assert set(named) <= set(ACTIONS), (wanted["title"], set(named) - set(ACTIONS))
        warned = [*wanted.get("warned", []), *wanted.get("not_warned", [])]
        assert set(warned) <= set(WARNINGS), (wanted["title"], set(warned) - set(WARNINGS))
    titles = [wanted["title"] for wanted in PRACTICE_CASES]
    assert len(titles) == len(set(titles)) >= 40
    routes = {wanted["route"] for wanted in PRACTICE_CASES}
    assert routes == set(ROUTES), "each route has a practice case"
