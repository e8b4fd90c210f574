"""The engine against a second reading of the decision model: random cases, whole answer spaces and bad cases."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from agreement import disagreements, engine_decision, hold_against_the_reading
from cases import (
    AGED_12_TO_17_OUTCOMES,
    AREAS,
    CATEGORIES,
    NOW,
    UNDER_12,
    UNDER_12_OUTCOMES,
    base_case,
    many_faults,
    random_case,
    single_faults,
)
from independent_errors import errors
from independent_reading import read

from cse_pathway import decide_json

CASES = 20_000
SEED = 20261122
WORDS = [{}, {"reason": "made up"}, {"consulted": "made up"}, {"reason": "made up", "consulted": "made up"},
         {"reason": " ", "consulted": "\u00a0"}]


def _random_cases(seed: int, count: int, indicator_ids: list[str]) -> Iterator[dict[str, Any]]:
    rng = random.Random(seed)  # noqa: S311 - made-up cases are no secret
    for _ in range(count):
        yield random_case(rng, indicator_ids)


def test_the_generator_makes_valid_cases_of_every_route(indicator_ids: list[str]) -> None:
    """Random cases are worth nothing unless they are valid and reach every route, outcome, action and warning."""
    routes: set[str] = set()
    finals: set[str | None] = set()
    actions: set[str] = set()
    warnings: set[str] = set()
    for case in _random_cases(SEED, 5_000, indicator_ids):
        assert errors(case, indicator_ids) == [], case
        reading = read(case)
        routes.add(reading["route"])
        finals.add(reading["outcome"]["final"])
        actions.update(action["id"] for action in reading["actions"])
        warnings.update(warning["id"] for warning in reading["warnings"])
    assert routes == {"emergency", "adult", "refer_now", "ask_age", "refer", "ask_reason", "ask_judgement",
                      "early_help", "no_cse_action"}
    assert finals == {None, *UNDER_12_OUTCOMES, *AGED_12_TO_17_OUTCOMES}
    assert len(actions) == 39
    assert len(warnings) == 12


def test_the_engine_decides_random_cases_as_the_reading_does(indicator_ids: list[str]) -> None:
    """Route, instrument, outcome, section 47, actions with dates and sources, warnings, what is still to find out."""
    hold_against_the_reading(_random_cases(SEED, CASES, indicator_ids))


def test_the_command_line_decides_as_the_reading_does(indicator_ids: list[str], command: str) -> None:
    """`decide --lines` answers each line with one decision, in the order asked: the same engine, the same answers."""
    cases = list(_random_cases(SEED + 1, 500, indicator_ids))
    done = subprocess.run([command, "decide", "--lines"], input="".join(json.dumps(case) + "\n" for case in cases),
                          capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    answers = done.stdout.splitlines()
    assert len(answers) == len(cases)
    for case, answer in zip(cases, answers, strict=True):
        assert disagreements(json.loads(answer), read(case)) == [], case
        assert answer == decide_json(json.dumps(case)).strip()


@pytest.mark.parametrize("age", [8, 12, 14, 16, 18, None])
def test_every_combination_of_urgent_answers_in_every_area(age: int | None) -> None:
    """Table 1: all 243 combinations of the five urgent answers, in every area and without one (S4, S5, R14.5)."""
    def space() -> Iterator[dict[str, Any]]:
        for area in [*AREAS, None]:
            for answers in itertools.product(["no", "not_known", "yes"], repeat=5):
                case = base_case(age)
                case["now"] = dict(zip(NOW, answers, strict=True))
                del case["area"]
                if area is not None:
                    case["area"] = area
                yield case
    hold_against_the_reading(space())


@pytest.mark.parametrize("unsure", [False, True])
@pytest.mark.parametrize("area", ["solihull", "dudley", None])
def test_every_under_12_answer_with_every_judgement_and_reason(area: str | None, unsure: bool) -> None:
    """Tables 3 and 5: all 48 combinations by colour, each judgement or none, each way of reasoning (S6(5) to S6(9))."""
    def space() -> Iterator[dict[str, Any]]:
        for answers in itertools.product(*UNDER_12.values()):
            for outcome in [None, *UNDER_12_OUTCOMES]:
                for words in WORDS:
                    case = base_case(8)
                    case["under_12"] = dict(zip(UNDER_12, answers, strict=True))
                    case["judgement"] = dict(words) if outcome is None else {"outcome": outcome, **words}
                    del case["area"]
                    if area is not None:
                        case["area"] = area
                    if unsure:
                        del case["now"]["trusted_adult_involved"]
                    yield case
    hold_against_the_reading(space())


@pytest.mark.parametrize("unsure", [False, True])
@pytest.mark.parametrize("allocated_worker", [False, True])
def test_every_category_answer_with_every_judgement_and_reason(allocated_worker: bool, unsure: bool) -> None:
    """Tables 4 and 5: all 64 combinations of R12.2, each judgement or none, each way of reasoning, as worker or not."""
    def space() -> Iterator[dict[str, Any]]:
        for answers in itertools.product(["none", "not_known", "suspected", "evidence"], repeat=3):
            for outcome in [None, *AGED_12_TO_17_OUTCOMES]:
                for words in WORDS:
                    case = base_case(14)
                    if allocated_worker:
                        case["child"]["status"] = "looked_after"
                        case["setting"] = "social_care"
                        case["allocated_worker"] = True
                    case["aged_12_to_17"] = dict(zip(CATEGORIES, answers, strict=True))
                    case["judgement"] = dict(words) if outcome is None else {"outcome": outcome, **words}
                    if unsure:
                        case["now"]["significant_harm"] = "not_known"
                    yield case
    hold_against_the_reading(space())


def test_the_order_of_keys_never_changes_a_decision(indicator_ids: list[str]) -> None:
    """The same case gives the same bytes, whatever the order of its keys."""
    for case in _random_cases(SEED + 2, 1_000, indicator_ids):
        turned = {key: dict(reversed(value.items())) if isinstance(value, dict) else value
                  for key, value in reversed(case.items())}
        assert decide_json(json.dumps(case)) == decide_json(json.dumps(turned)), case


def test_a_missing_answer_and_not_known_give_the_same_decision(indicator_ids: list[str]) -> None:
    """A missing answer is not_known: writing it out changes nothing, and neither does leaving it out."""
    for case in _random_cases(SEED + 3, 1_000, indicator_ids):
        spare = {key: ({name: answer for name, answer in value.items() if answer != "not_known"}
                       if isinstance(value, dict) else value) for key, value in case.items()}
        full = dict(case, now={**dict.fromkeys(NOW, "not_known"), **case.get("now", {})})
        assert engine_decision(spare) == engine_decision(case) == engine_decision(full), case


def test_every_paragraph_a_decision_cites_exists(indicator_ids: list[str], paragraph_ids: set[str]) -> None:
    """Nothing is cited that the two sources do not hold: not by an action, a warning or a row that decided."""
    for case in _random_cases(SEED + 4, 2_000, indicator_ids):
        decision = engine_decision(case)
        for entry in [*decision["actions"], *decision["warnings"], *decision["why"]]:
            assert set(entry["sources"]) <= paragraph_ids, entry
            assert entry["sources"] or entry["inferred"] or "text" in entry, entry


def test_the_reading_finds_the_expected_errors(indicator_ids: list[str]) -> None:
    """The reading of the errors itself is held against paths written by hand."""
    for case, expected, what in single_faults(indicator_ids):
        assert errors(case, indicator_ids) == expected, what


def test_the_engine_finds_the_one_fault_in_each_bad_case(indicator_ids: list[str]) -> None:
    """Each fault the model lists is refused, with its path, what was found and what was wanted; and nothing besides."""
    wrong: list[str] = []
    for case, expected, what in single_faults(indicator_ids):
        answer = engine_decision(case)
        paths = sorted({error["path"] for error in answer.get("errors", [])})
        if paths != expected:
            wrong.append(f"{what}: engine {paths}, wanted {expected}")
        for error in answer.get("errors", []):
            assert set(error) == {"path", "found", "wanted", "mend"}, error
            assert all(isinstance(error[key], str) for key in error), error
            assert error["wanted"].strip(), error
    assert not wrong, f"{len(wrong)} bad cases:\n" + "\n".join(wrong[:60])


def test_the_engine_reports_all_faults_at_once(indicator_ids: list[str]) -> None:
    """A case with several faults names every one of them in a single answer."""
    rng = random.Random(SEED + 5)  # noqa: S311 - made-up cases are no secret
    for _ in range(2_000):
        case, expected = many_faults(rng, indicator_ids)
        paths = sorted({error["path"] for error in engine_decision(case).get("errors", [])})
        assert paths == expected == errors(case, indicator_ids), case
