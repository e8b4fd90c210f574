# ruff: noqa: C901 - long, but only lists of answers
"""Made-up valid cases for the conformance tests: random ones that visit the edges of the decision model."""

from __future__ import annotations

import calendar
import random
from collections.abc import Sequence
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


def _scale(age: int | None) -> list[str]:
    """List the outcomes that may be judged at this age: of both scales where it is not known, none for an adult."""
    if age is None:
        return UNDER_12_OUTCOMES + AGED_12_TO_17_OUTCOMES
    if age < 12:
        return UNDER_12_OUTCOMES
    return AGED_12_TO_17_OUTCOMES if age <= 17 else []


def _near(rng: random.Random, day: date, days: Sequence[int]) -> date:
    """Pick a day so many days from `day`, or `day` itself where the calendar ends."""
    try:
        return day + timedelta(days=rng.choice(days))
    except OverflowError:
        return day


def _referral(rng: random.Random, as_of: datetime) -> dict[str, Any]:
    """Make a referral: made long ago, lately or a little after `as_of`; a meeting held, held today or only planned."""
    referral: dict[str, Any] = {}
    made_on = None
    if rng.random() < 0.6:
        made_at = _moment(rng)
        if rng.random() < 0.6:
            made_at = datetime.combine(_near(rng, as_of.date(), [-100, -30, -7, -1, 0, 0, 1]), made_at.time())
        made_on = made_at.date()
        referral["made_at"] = made_at.isoformat(timespec="minutes")
    _some(rng, ["no", "yes", "not_known"], [8, 1, 1], referral, "strategy_discussion")
    _some(rng, ["no", "yes", "not_known"], [3, 1, 1], referral, "assessed_as_exploited")
    if rng.random() < 0.35:
        meeting = _near(rng, as_of.date(), [-90, -21, -1, 0, 1, 14, 400])
        if made_on is not None and meeting < made_on:
            meeting = _near(rng, made_on, [0, 1, 21])
        referral["meeting_held_on"] = meeting.isoformat()
    elif rng.random() < 0.4:
        referral["meeting_held_on"] = None
    return referral


def _judgement(rng: random.Random, scale: Sequence[str]) -> dict[str, Any]:
    """Make a judgement: mostly with an outcome, often the lowest, with all words, some or none that count."""
    judgement: dict[str, Any] = {}
    if scale and rng.random() < 0.85:
        judgement["outcome"] = rng.choice([*scale, scale[0], scale[0]])
    words = rng.choice(["all", "some", "none"])
    for key in ["reason", "consulted"]:
        if words == "all" or (words == "some" and rng.random() < 0.5):
            judgement[key] = rng.choice(SOME_WORDS)
        elif rng.random() < 0.4:
            judgement[key] = rng.choice(EMPTY_WORDS)
    return judgement


def _signs(rng: random.Random, indicator_ids: Sequence[str], age: int | None) -> dict[str, Any]:
    """Make some signs; `sexual-health`, which decides by itself under 13, comes often where that matters."""
    signs: dict[str, Any] = {}
    seen_weights = rng.choice([[1, 1, 4, 2], [0, 0, 1, 1]])
    names = rng.sample(list(indicator_ids), rng.randrange(min(5, len(indicator_ids)) + 1))
    if "sexual-health" in indicator_ids and (age is None or 10 <= age <= 14) and rng.random() < 0.4:
        names = [name for name in names if name != "sexual-health"]
        signs["sexual-health"] = {"seen": rng.choice(["evidence", "suspected", "not_seen", "not_known"])}
    for name in names:
        sign: dict[str, Any] = {}
        _some(rng, ["evidence", "suspected", "not_seen", "not_known"], seen_weights, sign, "seen")
        _some(rng, ["recent", "older", "not_known"], [1, 1, 1], sign, "when")
        if rng.random() < 0.3:
            sign["note"] = rng.choice([*EMPTY_WORDS, *SOME_WORDS])
        signs[name] = sign
    return signs


def _tool_of_another_age(rng: random.Random, keys: Sequence[str]) -> dict[str, str]:
    """Make the tool of another age as a wizard may leave it: empty, or all not known; no error."""
    return {} if rng.random() < 0.5 else {key: "not_known" for key in keys if rng.random() < 0.7}


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
    if how < 0.4:
        child["date_of_birth"] = _birthday_case(rng, as_of.date()).isoformat()
    elif how < 0.82:
        child["age"] = rng.choice([0, 5, 9, 10, 11, 11, 12, 12, 13, 14, 15, 16, 17, 17, 18, 18, 30, 120])
    _some(rng, ["not_known_to_services", "known_to_childrens_services", "looked_after", "not_known"], [3, 2, 2, 1],
          child, "status")
    if rng.random() < 0.4:
        child["leaving_care_team"] = rng.random() < 0.5
    _some(rng, ["no", "yes", "not_known"], [3, 1, 1], child, "placed_out_of_area")
    if rng.random() < 0.15:
        # The child's own worker, of whom chance alone would show too few.
        case["setting"], case["allocated_worker"] = "social_care", True
        child["status"] = rng.choice(["known_to_childrens_services", "looked_after"])
    if child or rng.random() < 0.5:
        case["child"] = child

    calm = rng.random()
    weights = [1, 0, 0] if calm < 0.5 else [8, 1, 1] if calm < 0.85 else [1, 1, 1]
    if rng.random() < 0.92:
        now: dict[str, Any] = {}
        for key in NOW:
            if calm < 0.5 or rng.random() < 0.95:
                now[key] = rng.choices(["no", "yes", "not_known"], weights)[0]
        case["now"] = now

    age = age_of(case)
    if (age is None or age < 12) and rng.random() < (0.9 if age is not None else 0.45):
        case["under_12"] = {}
        for key, options in UNDER_12.items():
            _some(rng, options, [3, 2, 1, 1] if len(options) == 4 else [5, 1, 1], case["under_12"], key)
    elif age is not None and age >= 12 and rng.random() < 0.15:
        case["under_12"] = _tool_of_another_age(rng, list(UNDER_12))
    if (age is None or 12 <= age <= 17) and rng.random() < (0.9 if age is not None else 0.45):
        case["aged_12_to_17"] = {}
        for key in CATEGORIES:
            low = [4, 2, 2, 1] if key == "category_1" else [8, 1, 1, 1]
            _some(rng, ["none", "suspected", "evidence", "not_known"], low, case["aged_12_to_17"], key)
    elif age is not None and not 12 <= age <= 17 and rng.random() < 0.15:
        case["aged_12_to_17"] = _tool_of_another_age(rng, CATEGORIES)
    if rng.random() < (0.7 if age is None or age <= 17 else 0.1):
        case["judgement"] = _judgement(rng, _scale(age))

    if indicator_ids and rng.random() < 0.6:
        case["indicators"] = _signs(rng, indicator_ids, age)

    if rng.random() < 0.85:
        context: dict[str, Any] = {}
        quiet = rng.random() < 0.7
        for key in CONTEXT:
            if key == "moved_for_exploitation":
                weights = [40, 1, 1, 8] if quiet else [2, 1, 1, 1]
                _some(rng, ["no", "suspected", "yes", "not_known"], weights, context, key)
            elif key == "several_agencies_needed":
                _some(rng, ["no", "yes", "not_known"], [1, 2, 1], context, key)
            else:
                _some(rng, ["no", "yes", "not_known"], [40, 1, 12] if quiet else [2, 1, 1], context, key)
        case["context"] = context

    if rng.random() < 0.4:
        case["referral"] = _referral(rng, as_of)
    keys = list(case)
    rng.shuffle(keys)
    return {key: case[key] for key in keys}


def base_case(age: int | None = 14) -> dict[str, Any]:
    """Make a valid, dull case of a given age, which one fault turns bad."""
    case: dict[str, Any] = {"as_of": "2026-11-23T10:30", "area": "solihull", "now": dict.fromkeys(NOW, "no")}
    if age is not None:
        case["child"] = {"age": age}
    return case
