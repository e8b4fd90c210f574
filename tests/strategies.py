"""Hypothesis strategies of what the engine reads: cases, records, starts of time limits. Each new feature joins here.

The rule book says which answers there are and their values; so a new answer is drawn here from the day it exists.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from cse_pathway import load, record_json
from cse_pathway.rulebook import Input

RULES = load()
AGES = (0, 8, 11, 12, 13, 15, 16, 17, 18, 40)
"""Ages on both sides of every bound that a rule knows."""
DAYS = st.dates(date(2012, 1, 1), date(2028, 9, 30))
MOMENTS = st.datetimes(datetime(2012, 1, 1), datetime(2028, 9, 30, 23, 59)).map(  # noqa: DTZ001 - local time
    lambda moment: moment.isoformat(timespec="minutes")
)
WORDS = st.sampled_from(["", " ", "made up", 'é, ü; \\ "quoted"', "日本語", "line\nbreak"])


def _answer(entry: Input) -> st.SearchStrategy[Any]:
    match entry.kind:
        case "flag":
            return st.booleans()
        case "text":
            return WORDS
        case "moment":
            return MOMENTS
        case "day":
            return st.one_of(st.none(), DAYS.map(date.isoformat))
        case _:
            return st.sampled_from(entry.values)


@st.composite
def cases(draw: st.DrawFn, ages: tuple[int | None, ...] = (*AGES, None)) -> dict[str, Any]:
    """A valid case: any answers, given or left out, that may stand together at its age."""
    age = draw(st.sampled_from(ages))
    case: dict[str, Any] = {"as_of": draw(MOMENTS)}
    if age is not None:
        case["child"] = {"age": age}
    for path, entry in RULES.inputs.items():
        holder, _, key = path.rpartition(".")
        if entry.kind == "sign":
            continue  # drawn with the other signs
        if not draw(st.booleans()) or not _belongs(holder, age):
            continue
        # Calm more often than not: a plan has many branches that an emergency would hide.
        value = "no" if holder == "now" and draw(st.booleans()) else draw(_answer(entry))
        (case.setdefault(holder, {}) if holder else case)[key] = value
    _mend(case, age)
    deciding = [path.rpartition(".")[2] for path, entry in RULES.inputs.items() if entry.kind == "sign"]
    signs = st.one_of(st.sampled_from(deciding), st.sampled_from(RULES.indicators))
    for name in draw(st.lists(signs, max_size=3, unique=True)):
        seen = draw(st.sampled_from(["evidence", "suspected", "not_seen", "not_known"]))
        case.setdefault("indicators", {})[name] = {"seen": seen, "note": draw(WORDS)}
    return case


def _belongs(holder: str, age: int | None) -> bool:
    """Whether a part of the case may stand at this age."""
    if age is None:
        return True
    return {"under_12": age < 12, "aged_12_to_17": 12 <= age < 18, "judgement": age < 18}.get(holder, True)


def _mend(case: dict[str, Any], age: int | None) -> None:
    """Take out what may not stand together: outcomes off the scale of the age, a meeting before the referral."""
    judged = case.get("judgement", {})
    if age is not None and judged.get("outcome") not in RULES.scales.get("under_12" if age < 12 else "12_to_17", ()):
        judged.pop("outcome", None)
    referral = case.get("referral", {})
    if (referral.get("meeting_held_on") or "9999") < referral.get("made_at", "")[:10]:
        del referral["meeting_held_on"]


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record of a valid case, made under today's rules."""
    judged_by = {"name": draw(WORDS), "role": draw(WORDS)}
    made = json.loads(record_json(json.dumps(draw(cases())), json.dumps(judged_by), draw(MOMENTS)))
    assert "errors" not in made, made["errors"]
    return dict(made)


@st.composite
def starts(draw: st.DrawFn) -> dict[str, Any]:
    """When the clocks of the time limits began: at least a referral or a meeting."""
    given: dict[str, Any] = {"made_at": draw(MOMENTS), "early_help_meeting_held_on": draw(DAYS).isoformat()}
    meeting = draw(DAYS).isoformat()
    if meeting >= given["made_at"][:10]:
        given["mase_meeting_held_on"] = meeting
    kept = draw(st.lists(st.sampled_from(sorted(given)), min_size=1, unique=True))
    return {key: value for key, value in given.items() if key in kept}
