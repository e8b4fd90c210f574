"""The wizard's questions are held against the rules: nothing unasked, nothing asked twice, nothing without words."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from build_scripts.wizard.questions import Questionnaire, read_questionnaire
from cse_pathway import decide_json

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "engine" / "rules"
AS_OF = "2026-11-23T10:30"


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    """All that the wizard asks."""
    found, problems = read_questionnaire(RULES, ROOT)
    assert [str(problem) for problem in problems] == []
    return found


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the rules, to be broken."""
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules"


def broken(rules: Path, file: str, old: str, new: str) -> str:
    """The problems that a change to one rule file gives, as one text."""
    path = rules / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    _, problems = read_questionnaire(rules, rules.parent)
    return "\n".join(str(problem) for problem in problems)


def put(case: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A case with one answer at its path."""
    group, _, key = path.rpartition(".")
    (case.setdefault(group, {}) if group else case)[key] = value
    return case


def test_the_first_page_asks_for_danger_and_the_next_two_for_harm(questionnaire: Questionnaire):
    """Danger first, then harm, before anything else (S4(1), S4(2), R14.5)."""
    first = [question.path for page in questionnaire.pages[:3] for question in page.questions]
    assert first == [
        "now.immediate_risk", "now.significant_harm", "now.abuse_disclosed_or_seen", "now.parent_encouraging",
        "now.trusted_adult_involved",
    ]  # fmt: skip
    assert [len(page.questions) for page in questionnaire.pages[:1]] == [1]


def test_every_answer_can_be_not_known(questionnaire: Questionnaire):
    """Every question can be answered not known; nothing is chosen beforehand."""
    for question in questionnaire.questions():
        if question.options:
            assert question.options[-1].value == "not_known", question.path
    assert questionnaire.seen[-1].value == "not_known"
    ages = next(page for page in questionnaire.pages if page.id == "age")
    assert ages.either_or_not_known


def test_the_engine_takes_every_answer_that_is_offered(questionnaire: Questionnaire):
    """Each option, sent as the page sends it, makes a case that the engine reads without error."""
    for question in questionnaire.questions():
        for option in question.options:
            value: object = option.value
            if option.value == "not_known" and question.kind != "answer":
                continue  # the page leaves it out
            if question.kind == "flag":
                value = option.value == "true"
            young = "under_12" in (*option.ages, *question.ages) or question.path.startswith("under_12.")
            case = put({"as_of": AS_OF, "child": {"age": 9 if young else 14}}, question.path, value)
            assert "errors" not in json.loads(decide_json(json.dumps(case))), (question.path, option.value)


def test_the_age_bands_are_those_of_the_engine(questionnaire: Questionnaire):
    """The pages for an age are shown at exactly the ages at which the engine uses that age's tool (S6(1), S7(1))."""
    instruments = {"petch": "under_12", "regional_12_17": "12_to_17", "none_for_adult": "adult"}
    for age in range(121):
        case = {"as_of": AS_OF, "area": "solihull", "child": {"age": age}}
        instrument = json.loads(decide_json(json.dumps(case)))["instrument"]
        band = next(id_ for id_, to, _ in questionnaire.bands if to is None or age <= to)
        assert band == instruments[instrument], age


def test_each_published_sign_is_asked_once():
    """Every item of R10.5 and S2 belongs to exactly one sign; no circumstance of R10.4 is taken for a sign."""
    signs = tomllib.loads((RULES / "indicators.toml").read_text("utf-8"))["indicator"]
    sources = [source for sign in signs for source in sign["sources"]]
    listed = [f"R10.5({number})" for number in range(1, 15)] + [f"S2({number})" for number in range(1, 13)]
    assert sorted(sources) == sorted(listed)


def test_a_question_says_why_it_is_asked_with_a_paragraph(questionnaire: Questionnaire):
    """Why a question is asked stands beside it, and rests on a paragraph."""
    for question in questionnaire.questions():
        if question.options:
            assert "[" in question.why, question.path
        assert question.sources, question.path


def test_an_answer_that_no_question_asks_for_stops_the_build(changed: Path):
    """Each answer of the case is asked for."""
    found = broken(changed, "questions.toml", 'path = "context.court_case"', 'path = "context.other_children"')
    assert "context.court_case asked 0 times" in found
    assert "context.other_children asked 2 times" in found


def test_a_question_without_not_known_stops_the_build(changed: Path):
    """Not known is among the answers of each question."""
    found = broken(changed, "questions.toml", '  { value = "not_known", label = "Not known" },\n', "")
    assert "question now.immediate_risk offers yes, no" in found


def test_a_paragraph_that_does_not_exist_stops_the_build(changed: Path):
    """A wrong paragraph in the words of a page is found."""
    assert "page judgement names R99.1" in broken(
        changed, "questions.toml", "you decide [S4(3)] [R12.3]", "you decide [R99.1]"
    )


def test_an_age_or_answer_that_does_not_exist_stops_the_build(changed: Path):
    """What a question depends on must be an age band or an answer of the case."""
    found = broken(
        changed, "questions.toml", 'only_when = { setting = ["social_care"] }', 'only_when = { setting = ["care"] }'
    )
    assert "depends on setting = care" in found
    assert "ages holds 'teens'" in broken(changed, "questions.toml", 'ages = ["under_12"]\n', 'ages = ["teens"]\n')


def test_a_sign_in_no_group_stops_the_build(changed: Path):
    """A sign that no page asks for would be lost."""
    assert "missing-from-home (group house) asked 0 times" in broken(
        changed, "indicators.toml", 'group = "home"', 'group = "house"'
    )


def test_a_result_without_words_stops_the_build(changed: Path):
    """Each route and outcome that the tables give is named for the reader."""
    found = broken(changed, "wording.toml", 'id = "early_help"', 'id = "early"')
    assert "no [[route]] for early_help" in found
    assert "the row urgency.danger" in broken(
        changed, "wording.toml", 'row = "urgency.immediate-risk"', 'row = "urgency.danger"'
    )


def test_a_misspelt_key_stops_the_build(changed: Path):
    """A key nobody reads is a mistake, never ignored."""
    assert "unknown key hnt" in broken(changed, "questions.toml", "hint = ", "hnt = ")


def test_all_problems_come_at_once(changed: Path):
    """A person mends the files once, not again and again."""
    broken(changed, "questions.toml", "you decide [S4(3)] [R12.3]", "you decide [R99.1]")
    found = broken(changed, "wording.toml", 'id = "early_help"', 'id = "early"')
    assert "R99.1" in found
    assert "early_help" in found
