"""Practice cases: what learners are told is what the engine decides, and a case that differs stops the build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from build_scripts.pages.paragraphs import Sources, read_sources
from build_scripts.wizard.rehearsals import FILE, for_wizard, read_practice_cases
from cse_pathway import load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """The paragraphs that may be cited."""
    return read_sources(ROOT / "engine" / "rules" / "sources.toml")


@pytest.fixture
def changed(tmp_path: Path):
    """A copy of the practice cases in which one text is replaced; gives its root."""

    def change(old: str, new: str) -> Path:
        copy = tmp_path / FILE
        copy.parent.mkdir(parents=True)
        shutil.copy(ROOT / FILE, copy)
        text = copy.read_text("utf-8")
        assert old in text
        copy.write_text(text.replace(old, new, 1), "utf-8")
        return tmp_path

    return change


def test_ten_practice_cases_expect_what_the_engine_decides(sources: Sources):
    """Every expected route, outcome and action is the engine's own; ten cases, no two by one name."""
    cases, problems = read_practice_cases(ROOT, sources, load())
    assert problems == []
    assert len({case.id for case in cases}) == 10


def test_the_ten_cases_teach_every_way_a_screening_can_go(sources: Sources):
    """Emergency, refer now, refer, early help and no action; under 12 and over; a lowered outcome and a fixed one."""
    cases, _ = read_practice_cases(ROOT, sources, load())
    routes = {case.decision["route"] for case in cases}
    assert routes == {"emergency", "refer_now", "refer", "early_help", "no_cse_action"}
    assert {case.decision["instrument"] for case in cases} == {"petch", "regional_12_17"}
    assert any(case.decision["outcome"]["fixed"] for case in cases)
    assert "lowered-by-judgement" in {warning["id"] for case in cases for warning in case.decision["warnings"]}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('route = "emergency"', 'route = "refer"', "route = 'refer', the engine gives 'emergency'"),
        ('final = "vulnerable"', 'final = "universal"', "final = 'universal', the engine gives 'vulnerable'"),
        ('"call-999", ', '"adult-safeguarding", ', "action 'adult-safeguarding', which the engine does not plan"),
        ('immediate_risk = "yes"', 'immediate_risk = "maybe"', "the engine refuses its answers"),
        ("[S5(2)]", "[S5(99)]", "cites S5(99)"),
        ('id = "no-answer"', 'id = "car"', "case car twice"),
        ('title = "A call from a car"', 'titel = "A call from a car"', "unknown key titel"),
    ],
)
def test_a_case_that_does_not_hold_is_told(changed, sources: Sources, old: str, new: str, found: str):
    """The build fails for a wrong expectation, refused answers, a wrong citation, a name used twice, a misspelt key."""
    cases, problems = read_practice_cases(changed(old, new), sources, load())
    assert found in "\n".join(problem.found for problem in problems)
    assert all(problem.mend for problem in problems)
    assert len(cases) == 9


def test_the_wizard_gets_every_case_with_its_expected_decision(sources: Sources):
    """What practice mode reads: answers by path as text, and the engine's route, outcome and plan."""
    cases, _ = read_practice_cases(ROOT, sources, load())
    given = {case["id"]: case for case in json.loads(for_wizard(cases))}
    assert given["car"]["answers"]["now.immediate_risk"] == "yes"
    assert given["car"]["answers"]["child.age"] == "14"
    assert given["car"]["route"] == "emergency"
    assert given["car"]["actions"][0]["id"] == "call-999"
