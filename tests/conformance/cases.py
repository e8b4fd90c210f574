# ruff: noqa: C901 - long, but only lists of answers and faults
"""Made-up cases for the conformance tests: random valid ones that visit the edges, and bad ones with their errors."""

from __future__ import annotations

import calendar
import copy
import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

AREAS = ["birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton"]
SETTINGS = ["education", "health", "police", "social_care", "youth_justice", "housing", "voluntary", "community",
            "other"]
NOW = ["immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"]
CONTEXT = ["moved_for_exploitation", "other_children", "children_of_other_authorities", "perpetrator_information",
           "parents_implicated", "several_agencies_needed", "court_case", "premises_of_concern",
           "confidential_investigation"]
UNDER_12 = {"amber": ["none", "few", "significant", "not_known"], "red": ["none", "one", "several", "not_known"],
            "alert": ["no", "yes", "not_known"]}
CATEGORIES = ["category_1", "category_2", "category_3"]
UNDER_12_OUTCOMES = ["universal", "potentially_vulnerable", "vulnerable"]
AGED_12_TO_17_OUTCOMES = ["no_risk_identified", "category_1", "category_2", "category_3"]
# What looks empty and what does not; the last two hide characters that print nothing.
EMPTY_WORDS = ["", " ", "\t\n", "\u00a0\u2003", "\u3000"]
SOME_WORDS = ["made up", "x", " é ", "0", "日本", "\u202fmade\u200bup"]
# Days at which calendars go wrong: bank holidays, a moved one, year ends, years not held, the clocks' changes.
MOMENTS = ["2025-12-24T23:59", "2026-04-02T16:00", "2026-12-31T10:00", "2027-12-24T09:00", "2022-06-01T12:00",
           "2023-05-05T08:00", "2020-05-07T08:00", "2028-12-20T10:00", "2028-12-29T10:00", "2011-12-30T10:00",
           "2012-01-01T00:00", "2029-03-01T10:00", "2026-03-28T01:30", "2026-10-24T01:30", "2024-02-28T10:00",
           "2024-02-29T10:00", "2026-11-20T17:00", "2026-11-21T17:00", "2026-11-30T10:00", "9999-12-31T23:59",
           "1990-01-01T10:00", "2028-09-30T10:00", "2028-10-01T10:00"]


def _some(rng: random.Random, options: Sequence[str], weights: Sequence[int], holder: dict[str, Any], key: str) -> None:
    """Set `key` to one of the options, or leave it out one time in five: missing and not_known mean the same."""
    if rng.random() < 0.8:
        holder[key] = rng.choices(options, weights)[0]


def _birthday_case(rng: random.Random, as_of: date) -> date:
    """Pick a date of birth near a birthday that matters: the eve, the day, the day after; 29 February among them."""
    years = rng.choice([0, 1, 11, 12, 13, 14, 16, 17, 18, 19, 25, 119])
    year = max(1, as_of.year - years)
    if rng.random() < 0.15:
        year = min(as_of.year, max(year, as_of.year - 100))
        while not calendar.isleap(year):
            year = year - 1
        born = date(year, 2, 29)
    else:
        try:
            born = as_of.replace(year=year)
        except ValueError:
            born = date(year, 3, 1)
        if rng.random() < 0.6:
            born += timedelta(days=rng.choice([-1, 1, -30, 200]) if born.year < 9999 else -1)
    return min(born, as_of)


def _moment(rng: random.Random) -> datetime:
    """Pick a moment from the awkward ones or any minute of 2011 to 2030."""
    if rng.random() < 0.25:
        return datetime.fromisoformat(rng.choice(MOMENTS))
    if rng.random() < 0.1:
        leap = rng.choice([2020, 2024, 2025, 2026, 2027, 2028])
        day = datetime.fromisoformat(f"{leap}-{rng.choice(['02-28', '03-01'])}")
        return day + timedelta(minutes=rng.randrange(24 * 60))
    return datetime.fromisoformat("2011-01-01") + timedelta(minutes=rng.randrange(20 * 365 * 24 * 60))


def age_of(case: dict[str, Any]) -> int | None:
    """Count the age a generated case gives, in whole years, or None; plain counting of birthdays passed."""
    child = case.get("child", {})
    if "age" in child:
        return int(child["age"])
    if "date_of_birth" not in child:
        return None
    born, today = child["date_of_birth"], case["as_of"][:10]
    return int(today[:4]) - int(born[:4]) - (1 if today[5:] < born[5:] else 0)


def random_case(rng: random.Random, indicator_ids: Sequence[str]) -> dict[str, Any]:
    """Make one valid case: keys in any order or missing, every answer fairly weighted, urgent answers mostly calm."""
    as_of = _moment(rng)
    case: dict[str, Any] = {"as_of": as_of.isoformat(timespec="minutes")}
    if rng.random() < 0.8:
        case["area"] = rng.choice([*AREAS, "solihull", "solihull", "solihull"])
    if rng.random() < 0.7:
        case["setting"] = rng.choice([*SETTINGS, "social_care", "social_care", "social_care"])
    if rng.random() < 0.5:
        case["allocated_worker"] = rng.random() < 0.6

    child: dict[str, Any] = {}
    how = rng.random()
    if how < 0.45:
        child["date_of_birth"] = _birthday_case(rng, as_of.date()).isoformat()
    elif how < 0.85:
        child["age"] = rng.choice([0, 5, 9, 10, 11, 11, 12, 12, 13, 14, 15, 16, 17, 17, 18, 18, 30, 120])
    _some(rng, ["not_known_to_services", "known_to_childrens_services", "looked_after", "not_known"], [3, 2, 2, 1],
          child, "status")
    if rng.random() < 0.4:
        child["leaving_care_team"] = rng.random() < 0.5
    _some(rng, ["no", "yes", "not_known"], [3, 1, 1], child, "placed_out_of_area")
    if child or rng.random() < 0.5:
        case["child"] = child

    calm = rng.random()
    weights = [1, 0, 0] if calm < 0.5 else [8, 1, 1] if calm < 0.85 else [1, 1, 1]
    if rng.random() < 0.92:
        now: dict[str, Any] = {}
        for key in NOW:
            if calm < 0.45 or rng.random() < 0.95:
                now[key] = rng.choices(["no", "yes", "not_known"], weights)[0]
        case["now"] = now

    age = age_of(case)
    if (age is None or age < 12) and rng.random() < (0.9 if age is not None else 0.2):
        case["under_12"] = {}
        for key, options in UNDER_12.items():
            _some(rng, options, [3, 2, 1, 1] if len(options) == 4 else [5, 1, 1], case["under_12"], key)
    if (age is None or 12 <= age <= 17) and rng.random() < (0.9 if age is not None else 0.2):
        case["aged_12_to_17"] = {}
        for key in CATEGORIES:
            low = [4, 2, 2, 1] if key == "category_1" else [8, 1, 1, 1]
            _some(rng, ["none", "suspected", "evidence", "not_known"], low, case["aged_12_to_17"], key)
    if (age is None or age <= 17) and rng.random() < 0.7:
        judgement: dict[str, Any] = {}
        scale = UNDER_12_OUTCOMES + AGED_12_TO_17_OUTCOMES if age is None else (
            UNDER_12_OUTCOMES if age < 12 else AGED_12_TO_17_OUTCOMES)
        if rng.random() < 0.85:
            judgement["outcome"] = rng.choice([*scale, scale[0], scale[0]])
        for key in ["reason", "consulted"]:
            if rng.random() < 0.7:
                judgement[key] = rng.choice(EMPTY_WORDS if rng.random() < 0.25 else SOME_WORDS)
        case["judgement"] = judgement

    if indicator_ids and rng.random() < 0.6:
        case["indicators"] = {}
        seen_weights = rng.choice([[1, 1, 4, 2], [0, 0, 1, 1]])
        for name in rng.sample(list(indicator_ids), rng.randrange(min(5, len(indicator_ids)) + 1)):
            sign: dict[str, Any] = {}
            _some(rng, ["evidence", "suspected", "not_seen", "not_known"], seen_weights, sign, "seen")
            _some(rng, ["recent", "older", "not_known"], [1, 1, 1], sign, "when")
            if rng.random() < 0.3:
                sign["note"] = rng.choice([*EMPTY_WORDS, *SOME_WORDS])
            case["indicators"][name] = sign

    if rng.random() < 0.85:
        context: dict[str, Any] = {}
        quiet = rng.random() < 0.5
        for key in CONTEXT:
            if key == "moved_for_exploitation":
                weights = [20, 1, 1, 4] if quiet else [2, 1, 1, 1]
                _some(rng, ["no", "suspected", "yes", "not_known"], weights, context, key)
            elif key == "several_agencies_needed":
                _some(rng, ["no", "yes", "not_known"], [1, 2, 1], context, key)
            else:
                _some(rng, ["no", "yes", "not_known"], [20, 2, 6] if quiet else [2, 1, 1], context, key)
        case["context"] = context

    if rng.random() < 0.6:
        referral: dict[str, Any] = {}
        made_at = None
        if rng.random() < 0.7:
            made_at = _moment(rng)
            referral["made_at"] = made_at.isoformat(timespec="minutes")
        _some(rng, ["no", "yes", "not_known"], [4, 1, 1], referral, "strategy_discussion")
        _some(rng, ["no", "yes", "not_known"], [4, 1, 1], referral, "assessed_as_exploited")
        if rng.random() < 0.4:
            start = (made_at or _moment(rng)).date()
            days = rng.choice([0, 1, 14, 21, 90])
            referral["meeting_held_on"] = (start if start.year == 9999 else start + timedelta(days=days)).isoformat()
        elif rng.random() < 0.4:
            referral["meeting_held_on"] = None
        case["referral"] = referral
    keys = list(case)
    rng.shuffle(keys)
    return {key: case[key] for key in keys}


# --- bad cases ---------------------------------------------------------------------------------------------------

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


def base_case(age: int | None = 14) -> dict[str, Any]:
    """Make a valid, dull case of a given age, which one fault turns bad."""
    case: dict[str, Any] = {"as_of": "2026-11-23T10:30", "area": "solihull", "now": dict.fromkeys(NOW, "no")}
    if age is not None:
        case["child"] = {"age": age}
    return case


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
    # The keys of the wrong age are errors even when empty.
    for age in [12, 15, 17, 18, 60]:
        faults.append((age, _fault("under_12", {})))
        faults.append((age, _fault("under_12.alert", "yes", "under_12")))
    for age in [0, 11, 18, 60]:
        faults.append((age, _fault("aged_12_to_17", {})))
        faults.append((age, _fault("aged_12_to_17.category_3", "evidence", "aged_12_to_17")))
    for age in [18, 60, 120]:
        faults.append((age, _fault("judgement", {})))
        faults.append((age, _fault("judgement.reason", "made up", "judgement")))
        faults.append((age, _fault("judgement.outcome", "category_1", "judgement")))
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
    for section, born in [("under_12", "2014-11-23"), ("aged_12_to_17", "2014-11-24"), ("aged_12_to_17", "2008-11-23"),
                          ("judgement", "2008-11-23")]:
        case = base_case(None)
        case["child"] = {"date_of_birth": born}
        case[section] = {}
        bad.append((case, [section], f"{section} for a birth on {born}"))
    for today, born, section in [("2027-02-28T23:59", "2015-02-28", "under_12"),
                                 ("2024-02-29T00:00", "2012-02-29", "under_12"),
                                 ("2028-02-29T10:00", "2016-02-29", "under_12"),
                                 ("2027-03-01T00:00", "2015-03-01", "under_12"),
                                 ("2026-02-28T23:59", "2014-03-01", "aged_12_to_17"),
                                 ("2027-02-28T10:00", "2016-02-29", "aged_12_to_17"),
                                 ("2026-03-01T10:00", "2008-02-29", "aged_12_to_17")]:
        case = base_case(None)
        case["as_of"], case["child"] = today, {"date_of_birth": born}
        case[section] = {}
        bad.append((case, [section], f"{section} on {today} for a birth on {born}"))
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
        _fault("referral.strategy_discussion", []), _fault("under_12", {}), _fault("extra", None),
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
