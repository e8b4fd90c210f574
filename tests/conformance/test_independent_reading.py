"""The engine against a second reading of the decision model: random cases, whole answer spaces and bad cases."""

from __future__ import annotations

import itertools
import json
import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from agreement import disagreements, engine_decision, hold_against_the_reading
from bad_cases import many_faults, no_faults, single_faults
from cases import (
    AGED_12_TO_17_OUTCOMES,
    AREAS,
    CATEGORIES,
    NOW,
    UNDER_12,
    UNDER_12_OUTCOMES,
    age_of,
    base_case,
    random_case,
)
from independent_errors import errors, problems
from independent_outcome import ROUTES
from independent_plan import ACTIONS
from independent_reading import WARNINGS, read

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
    """Random cases are worth nothing unless they are valid and reach each route, outcome, action and warning often."""
    reached: Counter[tuple[str, str | None]] = Counter()
    for case in _random_cases(SEED, CASES, indicator_ids):
        assert errors(case, indicator_ids) == [], case
        reading = read(case)
        reached["route", reading["route"]] += 1
        reached["final", reading["outcome"]["final"]] += 1
        reached.update(("action", action["id"]) for action in reading["actions"])
        reached.update(("warning", warning["id"]) for warning in reading["warnings"])
    wanted = {*(("route", route) for route in ROUTES), *(("action", action) for action in ACTIONS),
              *(("warning", warning) for warning in WARNINGS),
              *(("final", final) for final in [None, *UNDER_12_OUTCOMES, *AGED_12_TO_17_OUTCOMES])}
    assert set(reached) == wanted
    assert [what for what in wanted if reached[what] < 10] == []


def test_the_generator_visits_what_version_2_brought(indicator_ids: list[str]) -> None:
    """The child's own worker, the sign that decides under 13, meetings planned, kept answers: each often enough."""
    visited: Counter[str] = Counter()
    for case in _random_cases(SEED, CASES, indicator_ids):
        age = age_of(case)
        years = "no age" if age is None else "under 12" if age < 12 else "12 to 17" if age <= 17 else "adult"
        own = case.get("child", {}).get("status") in ["known_to_childrens_services", "looked_after"]
        if own and case.get("setting") == "social_care" and case.get("allocated_worker"):
            visited[f"own worker, {years}"] += 1
        seen = case.get("indicators", {}).get("sexual-health", {}).get("seen")
        if seen in ["evidence", "suspected"]:
            visited[f"sign {seen}, {'no age' if age is None else 'under 13' if age < 13 else '13 and over'}"] += 1
        meeting = case.get("referral", {}).get("meeting_held_on")
        if meeting:
            visited["meeting planned" if meeting > case["as_of"][:10] else "meeting held"] += 1
        tools = [tool for tool in ["under_12", "aged_12_to_17"] if set(case.get(tool, {}).values()) - {"not_known"}]
        if age is None and tools:
            visited[f"no age, {' and '.join(tools)} kept"] += 1
        if age is None and "outcome" in case.get("judgement", {}):
            visited["no age, judgement kept"] += 1
        if (age is not None and age >= 12 and "under_12" in case) or (years == "under 12" and "aged_12_to_17" in case):
            visited["tool of another age, unanswered"] += 1
        decision = read(case)
        warned = [warning["id"] for warning in decision["warnings"]]
        if "reason-missing" in warned:
            visited[f"reason missing, {decision['route']}"] += 1
    wanted = [*(f"own worker, {years}" for years in ["no age", "under 12", "12 to 17", "adult"]),
              *(f"sign {seen}, {years}" for seen in ["evidence", "suspected"]
                for years in ["no age", "under 13", "13 and over"]),
              "meeting planned", "meeting held", "no age, under_12 kept", "no age, aged_12_to_17 kept",
              "no age, under_12 and aged_12_to_17 kept", "no age, judgement kept", "tool of another age, unanswered",
              *(f"reason missing, {route}" for route in ["ask_reason", "refer", "assess", "refer_now", "emergency"])]
    assert [what for what in wanted if visited[what] < (100 if what.startswith("sign") else 10)] == [], visited


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


@pytest.mark.parametrize("age", [0, 11, 12, 13, 17, 18, None])
def test_the_sign_that_decides_by_itself_under_13(age: int | None) -> None:
    """Tables 1 and 6: `sexual-health` in each of its four answers, with urgent answers, judgements and who asks."""
    def space() -> Iterator[dict[str, Any]]:
        scale = [] if age == 18 else UNDER_12_OUTCOMES if age in {0, 11} else AGED_12_TO_17_OUTCOMES
        for seen, immediate, harm, outcome, words, own in itertools.product(
                ["not_seen", "not_known", "suspected", "evidence"], ["no", "not_known", "yes"],
                ["no", "not_known", "yes"], [None, *scale], WORDS[::3], [False, True]):
            case = base_case(age)
            case["now"].update(immediate_risk=immediate, significant_harm=harm)
            case["indicators"] = {"sexual-health": {"seen": seen}}
            case["judgement"] = dict(words) if outcome is None else {"outcome": outcome, **words}
            if own:
                case.setdefault("child", {})["status"] = "known_to_childrens_services"
                case.update(setting="social_care", allocated_worker=True)
            yield case
    hold_against_the_reading(space())


def test_every_way_to_a_meeting_of_every_kind_of_child() -> None:
    """R14 to R18: discussion, meeting and review with their dates, held, planned or open, for each child and worker."""
    def space() -> Iterator[dict[str, Any]]:
        for status, leaving, own, assessed, strategy, made_at, meeting, category in itertools.product(
                ["not_known_to_services", "known_to_childrens_services", "looked_after", "not_known"], [False, True],
                [False, True], ["no", "not_known", "yes"], ["no", "yes"], [None, "2026-11-20T16:00"],
                [None, "2026-11-20", "2026-11-22", "2026-11-23", "2026-11-24", "2027-02-01"],
                ["none", "suspected", "evidence"]):
            case = base_case(14)
            case["child"].update(status=status, leaving_care_team=leaving)
            if own:
                case.update(setting="social_care", allocated_worker=True)
            case["aged_12_to_17"] = {"category_1": "none", "category_2": category, "category_3": "none"}
            case["referral"] = {"assessed_as_exploited": assessed, "strategy_discussion": strategy,
                                "meeting_held_on": meeting}
            if made_at is not None:
                case["referral"]["made_at"] = made_at
            yield case
    hold_against_the_reading(space())


def test_every_kept_answer_while_the_age_is_not_known() -> None:
    """Answers to either tool, or a judgement of either scale, refer where they refer at the age they belong to."""
    def space() -> Iterator[dict[str, Any]]:
        answers: list[dict[str, Any]] = [{}]
        answers += [{"under_12": dict(zip(UNDER_12, held, strict=True))}
                    for held in itertools.product(*UNDER_12.values())]
        answers += [{"aged_12_to_17": dict(zip(CATEGORIES, held, strict=True))}
                    for held in itertools.product(["none", "not_known", "suspected", "evidence"], repeat=3)]
        outcomes = [None, *UNDER_12_OUTCOMES, *AGED_12_TO_17_OUTCOMES]
        for kept, outcome, words, implicated, immediate in itertools.product(
                answers, outcomes, WORDS[::3], ["no", "not_known", "yes"], ["no", "yes"]):
            case = base_case(None)
            case.update(kept)
            case["now"]["immediate_risk"] = immediate
            case["judgement"] = dict(words) if outcome is None else {"outcome": outcome, **words}
            case["context"] = {"parents_implicated": implicated}
            yield case
    hold_against_the_reading(space())


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("age", [8, 12, 14])
def test_every_ground_to_refer_whatever_the_outcome(age: int, known: bool) -> None:
    """Table 6, at least refer: each ground with each judgement, the child's own worker among those who answer."""
    grounds = [{}, *({"context": {"moved_for_exploitation": moved}} for moved in ["yes", "suspected", "not_known"]),
               {"context": {"parents_implicated": "yes"}}, {"context": {"other_children": "yes"}},
               {"context": {"other_children": "yes", "children_of_other_authorities": "no"}},
               {"referral": {"assessed_as_exploited": "yes"}}, {"referral": {"strategy_discussion": "yes"}},
               {"referral": {"meeting_held_on": "2026-11-02"}}, {"referral": {"meeting_held_on": "2026-12-02"}}]

    def space() -> Iterator[dict[str, Any]]:
        scale = UNDER_12_OUTCOMES if age < 12 else AGED_12_TO_17_OUTCOMES
        tools: list[dict[str, Any]] = [{}, {"amber": "none", "red": "none", "alert": "no"}, {"amber": "significant"}]
        if age >= 12:
            tools = [{}, *({"category_1": low, "category_2": high, "category_3": "none"}
                           for low in ["none", "evidence"] for high in ["none", "suspected"])]
        for ground, tool, outcome, words, own, sign in itertools.product(
                grounds, tools, [None, *scale], WORDS[::3], [False, True], [False, True]):
            case = {**base_case(age), **ground, ("under_12" if age < 12 else "aged_12_to_17"): tool}
            case["judgement"] = dict(words) if outcome is None else {"outcome": outcome, **words}
            if known:
                case["child"]["status"] = "looked_after"
            if own:
                case.update(setting="social_care", allocated_worker=True)
            if sign:
                case["indicators"] = {"missing-from-home": {"seen": "suspected"}}
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
            assert set(error) == {"path", "code", "found", "wanted", "mend"}, error
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


def test_what_looks_at_fault_and_is_not_is_decided(indicator_ids: list[str]) -> None:
    """Unanswered tools of another age, a reason without an outcome, a meeting only planned: no errors."""
    for case, what in no_faults():
        assert errors(case, indicator_ids) == [], what
    hold_against_the_reading(case for case, _ in no_faults())


def test_every_kind_of_fault_has_one_stable_code(indicator_ids: list[str]) -> None:
    """Each problem carries a code in lower case with hyphens; one kind of fault has one code wherever it stands."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    rng = random.Random(SEED + 6)  # noqa: S311 - made-up cases are no secret
    bad = [case for case, _, _ in single_faults(indicator_ids)]
    bad += [many_faults(rng, indicator_ids)[0] for _ in range(500)]
    for case in bad:
        kinds = problems(case, indicator_ids)
        for error in engine_decision(case)["errors"]:
            assert re.fullmatch("[a-z]+(-[a-z]+)*", error["code"]), error
            if len(kinds[error["path"]]) == 1:
                codes[next(iter(kinds[error["path"]]))].add(error["code"])
    assert {kind: held for kind, held in codes.items() if len(held) != 1} == {}
    # What a program would mend in different ways it must be able to tell apart.
    apart = ["an unknown key", "an unknown value", "both a date of birth and an age", "a meeting before the referral",
             "an answer to the tool of another age"]
    assert len(set.union(*(codes[kind] for kind in apart))) == len(apart), codes
