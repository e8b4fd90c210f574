# ruff: noqa: C901 - long, but only lists of faults
"""Made-up bad cases for the conformance tests, each with the paths that must be complained of."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

from cases import CATEGORIES, CONTEXT, NOW, base_case

Fault = tuple[str, Callable[[dict[str, Any]], None], list[str]]

NOT_A_MOMENT = ["",
                "2026-11-23", "2026-11-23 10:30", "2026-11-23T10:30:00", "2026-11-23T10:30Z", "2026-11-23T10:30+00:00",
                "2026-11-23T24:00", "2026-11-23T23:60", "2026-02-30T10:00", "2026-02-29T10:00", "2026-13-01T10:00",
                "2026-00-10T10:00", "2026-11-00T10:00", "0000-01-01T10:00", "2026-11-23T10:30\n", " 2026-11-23T10:30",
                "2026-11-23T10:30 ", "2026-11-23T10:30x", "20261123T1030", "2026-W48-1T10:30", "2026-327T10:30",
                "２０２６-１１-２３T１０:３０",
                "٢٠٢٦-11-23T10:30", "2026-11-23t10:30", "26-11-23T10:30", "2026-1-3T1:30",
                "+2026-11-23T10:30", "12026-11-23T10:30", "2026-11-23T10", "2026/11/23T10:30", "now", 20261123, 1.5,
                True, None, [], {}]
NOT_A_DAY = ["", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-01-01T00:00",
             "20260101", "2026-W01-1",
             "2026-001", "2026-01-01\n", " 2026-01-01", "2026-01-01x", "01/01/2026", "2026-1-1",
             "２０２６-０１-０１", "2026‐01‐01", 20260101, 2026.0, False, [], {}]
NOT_YES_NO = ["Yes", "YES", "true", "", " yes", "maybe", True, False, 1, 0, None, [], {}, ["yes"]]


def _put(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Make a change that sets the value at a dotted path, making the objects on the way."""
    def change(case: dict[str, Any]) -> None:
        *way, last = path.split(".")
        for step in way:
            case = case.setdefault(step, {})
        case[last] = copy.deepcopy(value)
    return change


def _fault(path: str, value: object, expected: str | None = None) -> Fault:
    return (f"{path} = {value!r}", _put(path, value), [path if expected is None else expected])


def no_faults() -> list[tuple[dict[str, Any], str]]:
    """Cases that look at fault and are not: each with what was done to it."""
    sound: list[tuple[int | None, Fault]] = []
    for age in [12, 17, 18, 60]:
        sound += [(age, _fault("under_12", {})), (age, _fault("under_12", {"red": "not_known"}))]
    for age in [0, 11, 18, 60]:
        for tool in [{}, dict.fromkeys(CATEGORIES, "not_known")]:
            sound.append((age, _fault("aged_12_to_17", tool)))
    for age in [18, 60]:
        sound += [(age, _fault("judgement", {})), (age, _fault("judgement.reason", "made up"))]
    for outcome in ["universal", "vulnerable", "no_risk_identified", "category_3"]:
        sound.append((None, _fault("judgement.outcome", outcome)))
    sound += [(8, _fault("under_12", {"alert": "yes", "red": "none"})), (14, _fault("judgement.outcome", "category_1")),
              (14, _fault("referral.meeting_held_on", None)), (14, _fault("referral.meeting_held_on", "2027-01-04")),
              (14, _fault("referral", {"made_at": "2026-11-23T23:59", "meeting_held_on": "2026-11-23"})),
              (14, _fault("referral", {"made_at": "2026-11-24T09:00", "meeting_held_on": "2026-11-24"})),
              (14, _fault("allocated_worker", True))]
    cases: list[tuple[dict[str, Any], str]] = []
    for given_age, (what, change, _) in sound:
        case = base_case(given_age)
        change(case)
        cases.append((case, f"{what} at age {given_age}"))
    return cases


def single_faults(indicator_ids: Sequence[str]) -> list[tuple[dict[str, Any], list[str], str]]:
    """Bad cases with one fault each: the case, the paths that must be complained of, and what was done to it."""
    faults: list[tuple[int | None, Fault]] = []
    for value in NOT_A_MOMENT:
        faults.append((14, _fault("as_of", value)))
        faults.append((14, _fault("referral.made_at", value)))
    for value in [*NOT_A_DAY, None]:
        faults.append((None, _fault("child.date_of_birth", value)))
    for value in NOT_A_DAY:
        faults.append((14, _fault("referral.meeting_held_on", value)))
    for value in ["2026-11-24", "2027-01-01", "9999-12-31"]:
        faults.append((None, _fault("child.date_of_birth", value)))
    faults.append((None, _fault("child.date_of_birth", "1905-11-23")))
    for value in [True, False, -1, 121, 1000, 12.5, "12", "", None, [], {}, 10**30, -(10**30), 1e300]:
        faults.append((None, _fault("child.age", value)))
    for key in NOW:
        for value in NOT_YES_NO:
            faults.append((14, _fault(f"now.{key}", value)))
    for key in CONTEXT:
        for value in [*NOT_YES_NO, *([] if key == "moved_for_exploitation" else ["suspected"])]:
            faults.append((14, _fault(f"context.{key}", value)))
    for path in ["child.placed_out_of_area", "referral.strategy_discussion", "referral.assessed_as_exploited"]:
        for value in [*NOT_YES_NO, "suspected"]:
            faults.append((14, _fault(path, value)))
    for path in ["allocated_worker", "child.leaving_care_team"]:
        for value in ["yes", "no", "true", "", 0, 1, None, [], {}, "not_known"]:
            faults.append((14, _fault(path, value)))
    lists: dict[str, list[object]] = {
        "area": ["Solihull", "", "warwickshire", "not_known", None, 1, [], {}, True],
        "setting": ["school", "", "Education", "not_known", None, 1, [], {}],
        "child.status": ["known", "", "yes", None, 1, [], {}, True],
        "judgement.outcome": ["universal", "vulnerable", "low", "", "Category_1", "not_known", None, 1, [], {}],
        "judgement.reason": [None, 1, True, [], {}],
        "judgement.consulted": [None, 1, False, [], {}],
    }
    for path, values in lists.items():
        for value in values:
            faults.append((14, _fault(path, value)))
    for value in ["no_risk_identified", "category_3", "low", None]:
        faults.append((8, _fault("judgement.outcome", value)))
    for value in ["low", "", "not_known", None]:
        faults.append((None, _fault("judgement.outcome", value)))
    for key in ["amber", "red", "alert"]:
        for value in ["some", "", "NONE", "suspected", "evidence", None, 0, True, [], {}]:
            faults.append((8, _fault(f"under_12.{key}", value)))
    for path, value in [("under_12.amber", "one"), ("under_12.amber", "several"), ("under_12.amber", "yes"),
                        ("under_12.red", "few"), ("under_12.red", "significant"), ("under_12.red", "no"),
                        ("under_12.alert", "none"), ("under_12.alert", "one")]:
        faults.append((8, _fault(path, value)))
    for key in CATEGORIES:
        for value in ["yes", "no", "", "Evidence", "few", None, 0, True, [], {}]:
            faults.append((14, _fault(f"aged_12_to_17.{key}", value)))
    for name in indicator_ids[:2]:
        of_a_sign: dict[str, list[object]] = {"seen": ["yes", "no", "none", "", None, True, []],
                                              "when": ["now", "", "no", None, 6, {}], "note": [None, 1, True, [], {}]}
        for key, values in of_a_sign.items():
            for value in values:
                faults.append((14, _fault(f"indicators.{name}.{key}", value)))
        for value in [None, "evidence", True, [], 1]:
            faults.append((14, _fault(f"indicators.{name}", value)))
        faults.append((14, _fault(f"indicators.{name}.count", 3)))
    for name in ["made-up-sign", "", "Made-Up-Sign", "r10-5-1"]:
        faults.append((14, _fault(f"indicators.{name}", {"seen": "evidence"})))
    for section in ["child", "now", "aged_12_to_17", "indicators", "judgement", "context", "referral"]:
        for value in [None, [], "", "no", 1, True, [{}]]:
            faults.append((None, _fault(section, value)))
        if section != "indicators":
            faults.append((14, _fault(f"{section}.made_up", "no")))
    for key in ["made_up", "As_of", "now ", "Now", "__class__", "outcome", "route", "name", ""]:
        faults.append((14, _fault(key, "x")))
    for value in [None, [], "", 1, True]:
        faults.append((8, _fault("under_12", value)))
    # Answers to the tool of another age are errors, the lowest of them too.
    for age in [12, 15, 17, 18, 60]:
        for path, value in [("amber", "none"), ("red", "several"), ("alert", "yes"), ("alert", "no")]:
            faults.append((age, _fault(f"under_12.{path}", value)))
    for age in [0, 11, 18, 60]:
        for path, value in [("category_1", "none"), ("category_2", "suspected"), ("category_3", "evidence")]:
            faults.append((age, _fault(f"aged_12_to_17.{path}", value)))
    for age in [18, 60, 120]:
        for value in ["category_1", "no_risk_identified", "universal", "vulnerable"]:
            faults.append((age, _fault("judgement.outcome", value)))
    bad: list[tuple[dict[str, Any], list[str], str]] = []
    for given_age, (what, change, expected) in faults:
        case = base_case(given_age)
        change(case)
        bad.append((case, expected, what))
    bad += _pairs_that_disagree()
    return bad


def _pairs_that_disagree() -> list[tuple[dict[str, Any], list[str], str]]:
    """Bad cases in which two sound answers do not go together, and the case without its one needful key."""
    bad: list[tuple[dict[str, Any], list[str], str]] = []
    for made_at, meeting in [("2026-11-23T00:00", "2026-11-22"), ("2026-11-23T23:59", "2026-11-22"),
                             ("2027-01-01T00:00", "2026-12-31"), ("2024-03-01T10:00", "2024-02-29")]:
        case = base_case()
        case["referral"] = {"made_at": made_at, "meeting_held_on": meeting}
        bad.append((case, ["referral.meeting_held_on"], f"meeting {meeting} before the referral of {made_at}"))
    for today, made_at, meeting in [("2026-11-23T10:30", "2026-12-24T09:00", "2026-12-23"),
                                    ("2026-11-23T10:30", "2026-11-24T00:00", "2026-11-23")]:
        case = base_case()
        case["as_of"], case["referral"] = today, {"made_at": made_at, "meeting_held_on": meeting}
        bad.append((case, ["referral.meeting_held_on"], f"meeting planned for {meeting}, referral of {made_at}"))
    alert, category = ("under_12", "alert", "yes"), ("aged_12_to_17", "category_1", "none")
    outcome = ("judgement", "outcome")
    for today, born, (section, key, value) in [("2026-11-23T10:30", "2014-11-23", alert),
                                               ("2026-11-23T10:30", "2014-11-24", category),
                                               ("2026-11-23T10:30", "2008-11-23", category),
                                               ("2026-11-23T10:30", "2008-11-23", (*outcome, "category_3")),
                                               ("2026-11-23T10:30", "2014-11-23", (*outcome, "universal")),
                                               ("2027-02-28T23:59", "2015-02-28", alert),
                                               ("2024-02-29T00:00", "2012-02-29", alert),
                                               ("2028-02-29T10:00", "2016-02-29", alert),
                                               ("2027-03-01T00:00", "2015-03-01", alert),
                                               ("2026-02-28T23:59", "2014-03-01", category),
                                               ("2027-02-28T10:00", "2016-02-29", category),
                                               ("2026-03-01T10:00", "2008-02-29", category)]:
        case = base_case(None)
        case["as_of"], case["child"] = today, {"date_of_birth": born}
        case[section] = {key: value}
        bad.append((case, [f"{section}.{key}"], f"{section} on {today} for a birth on {born}"))
    for born in ["2012-05-04", "1980-01-01"]:
        case = base_case(14)
        case["child"]["date_of_birth"] = born
        bad.append((case, ["child.age"], "both a date of birth and an age"))
    case = base_case()
    del case["as_of"]
    bad.append((case, ["as_of"], "as_of missing"))
    bad.append(({}, ["as_of"], "an empty case"))
    return bad


def many_faults(rng: random.Random, indicator_ids: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Make a case of age 14 with two to twelve faults, and list every path that must be complained of at once."""
    pool: list[Fault] = [
        _fault("as_of", rng.choice(["2026-02-30T10:00", "yesterday", None, 5])),
        _fault("area", rng.choice(["", "warwickshire", None])), _fault("setting", rng.choice(["school", None, 3])),
        _fault("allocated_worker", rng.choice(["yes", None, 1])),
        _fault("child.status", rng.choice(["known", None])), _fault("child.leaving_care_team", "no"),
        _fault("child.placed_out_of_area", True), _fault("child.name", "x"), _fault("now.immediate_risk", "perhaps"),
        _fault("now.parent_encouraging", None), _fault("aged_12_to_17.category_2", "yes"), _fault("aged_12_to_17.x", 1),
        _fault("judgement.outcome", rng.choice(["universal", "low", None])), _fault("judgement.reason", 4),
        _fault("context.moved_for_exploitation", "perhaps"), _fault("context.court_case", False),
        _fault("referral.made_at", "2026-11-23T24:00"), _fault("referral.meeting_held_on", "2026-02-30"),
        _fault("referral.strategy_discussion", []), _fault("under_12.red", "one"), _fault("extra", None),
        _fault("indicators.made-up-sign", {}), _fault("indicators.made-up-sign-2", {}),
    ]
    if indicator_ids:
        pool.append(_fault(f"indicators.{indicator_ids[0]}.seen", "yes"))
    chosen = rng.sample(pool, rng.randrange(2, 13))
    case = base_case(14)
    expected: set[str] = set()
    for _, change, paths in chosen:
        change(case)
        expected.update(paths)
    return case, sorted(expected)
