"""Cases that between them take the engine down every route.

What they import is what the trimmed standard library holds. They say nothing about what the decisions should be.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["PROFILE_CASES"]

_NO_DANGER = dict.fromkeys(
    ("immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"),
    "no",
)
_REASONED = {"reason": "Seen with the family; nothing supports it.", "consulted": "Safeguarding lead"}


def _case(age: int | None, **answers: Any) -> str:
    child = {} if age is None else {"age": age}
    return json.dumps({"as_of": "2026-11-23T10:30", "area": "solihull", "child": child, "now": _NO_DANGER, **answers})


PROFILE_CASES: tuple[str, ...] = (
    _case(
        14,
        now={**_NO_DANGER, "immediate_risk": "yes"},
        context={"moved_for_exploitation": "suspected", "other_children": "yes"},
    ),
    _case(19),
    _case(14, now={**_NO_DANGER, "significant_harm": "yes"}, referral={"made_at": "2026-11-23T11:00"}),
    _case(None),
    _case(
        15,
        aged_12_to_17={"category_1": "evidence", "category_2": "suspected", "category_3": "evidence"},
        judgement={"outcome": "category_3", "reason": "", "consulted": ""},
        context={
            "parents_implicated": "yes",
            "perpetrator_information": "yes",
            "premises_of_concern": "yes",
            "court_case": "yes",
        },
        referral={"made_at": "2026-11-23T11:00", "assessed_as_exploited": "yes", "meeting_held_on": "2026-12-01"},
    ),
    _case(
        15,
        aged_12_to_17=dict.fromkeys(("category_1", "category_2", "category_3"), "none"),
        judgement={"outcome": "no_risk_identified"},
    ),
    _case(
        15,
        aged_12_to_17={"category_1": "evidence", "category_2": "none", "category_3": "none"},
        judgement={"outcome": "no_risk_identified"},
    ),
    _case(
        15,
        aged_12_to_17={"category_1": "evidence", "category_2": "none", "category_3": "none"},
        judgement={"outcome": "category_1"},
        indicators={"missing-from-home": {"seen": "evidence", "when": "recent", "note": "é"}},
    ),
    _case(15, aged_12_to_17={"category_1": "none"}),
    _case(8, under_12={"amber": "few", "red": "one", "alert": "yes"}, judgement={"outcome": "vulnerable", **_REASONED}),
    _case(8, child={"date_of_birth": "2018-02-28"}, under_12={"amber": "none", "red": "none", "alert": "no"}),
    _case(15, referral={"made_at": "2031-11-23T11:00"}, colour="red"),
    '{"as_of": "2026-11-23T10:30", "now"',
    "[" * 60,
    "",
)
