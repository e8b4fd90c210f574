# ruff: noqa: C901, SIM114 - the model's sentences one after the other, on purpose not made clever
"""The decision model read as far as the route: the case, the age and tables 1 to 6, in the model's order.

OPEN marks a place where the words bear two readings; both are given and the more protective is taken.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from working_calendar import age_on

NOW = ["immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"]
ROUTES = ["emergency", "adult", "refer_now", "ask_age", "refer", "assess", "ask_reason", "ask_judgement", "early_help",
          "no_cse_action"]
LOWEST = ["universal", "no_risk_identified"]
ABOVE_THE_LOWEST = ["potentially_vulnerable", "vulnerable", "category_1", "category_2", "category_3"]
REFERRING_OUTCOMES = ["potentially_vulnerable", "vulnerable", "category_2", "category_3"]
FROM_LOW_TO_HIGH = [["universal", "potentially_vulnerable", "vulnerable"],
                    ["no_risk_identified", "category_1", "category_2", "category_3"]]


def _given(words: str) -> bool:
    """Whether a reason or a name is there: white space alone is empty.

    OPEN: a zero-width space is white space to the eye, though not to Unicode's list. More protective: what prints
    nothing is no reason, so separators, controls and format characters alone count as empty.
    """
    return any(unicodedata.category(character)[0] not in "ZC" for character in words)


def _lower(one: str, other: str) -> bool:
    """Whether outcome `one` stands below `other` on the scale that holds both."""
    for scale in FROM_LOW_TO_HIGH:
        if one in scale and other in scale:
            return scale.index(one) < scale.index(other)
    return False


def read_the_answers(case: dict[str, Any]) -> SimpleNamespace:
    """Read "The case" and "Age": every answer with what a missing one means, and the age."""
    it = SimpleNamespace()
    it.today = datetime.fromisoformat(case["as_of"]).date()
    it.area = case.get("area")
    it.child = case.get("child", {})
    it.status = it.child.get("status", "not_known")
    it.known_child = it.status == "known_to_childrens_services" or it.status == "looked_after"
    it.leaving_care = it.child.get("leaving_care_team", False)
    it.placed_out_of_area = it.child.get("placed_out_of_area", "not_known")
    it.now = {key: case.get("now", {}).get(key, "not_known") for key in NOW}
    it.context = case.get("context", {})
    it.implicated = it.context.get("parents_implicated", "not_known")
    it.moved = it.context.get("moved_for_exploitation", "not_known")
    it.other_children = it.context.get("other_children", "not_known")
    it.amber = case.get("under_12", {}).get("amber", "not_known")
    it.red = case.get("under_12", {}).get("red", "not_known")
    it.alert = case.get("under_12", {}).get("alert", "not_known")
    it.category_1 = case.get("aged_12_to_17", {}).get("category_1", "not_known")
    it.category_2 = case.get("aged_12_to_17", {}).get("category_2", "not_known")
    it.category_3 = case.get("aged_12_to_17", {}).get("category_3", "not_known")
    it.judgement = case.get("judgement", {})

    it.any_sign_seen = False
    for sign in case.get("indicators", {}).values():
        if sign.get("seen") == "evidence" or sign.get("seen") == "suspected":
            it.any_sign_seen = True
    it.sexual_health = case.get("indicators", {}).get("sexual-health", {}).get("seen", "not_known")

    referral = case.get("referral", {})
    it.assessed = referral.get("assessed_as_exploited", "not_known")
    it.strategy_discussion = referral.get("strategy_discussion", "not_known")
    it.made_at = datetime.fromisoformat(referral["made_at"]) if "made_at" in referral else None
    it.meeting: date | None = None
    if referral.get("meeting_held_on") is not None:
        it.meeting = date.fromisoformat(referral["meeting_held_on"])
        # "After the date of as_of it is planned, not held": on that date it is held.
        if it.meeting > it.today:
            it.meeting = None

    it.says_allocated_worker = case.get("allocated_worker", False)
    it.allocated_worker = it.says_allocated_worker and case.get("setting") == "social_care" and it.known_child
    it.plan_child = it.known_child or it.leaving_care

    it.age = it.child.get("age")
    if "date_of_birth" in it.child:
        it.age = age_on(date.fromisoformat(it.child["date_of_birth"]), it.today)
    it.under_12 = it.age is not None and it.age < 12
    it.under_13 = it.age is not None and it.age < 13
    it.aged_12_to_17 = it.age is not None and 12 <= it.age <= 17
    it.adult = it.age is not None and it.age >= 18
    return it


def read_tables_1_to_4(it: SimpleNamespace) -> None:
    """Add urgency, the section 47 threshold, the instrument and the indicated outcome to what is known."""
    # 1. Urgency
    if it.now["immediate_risk"] == "yes":
        it.urgency = "emergency"
    elif it.now["significant_harm"] == "yes" or it.now["abuse_disclosed_or_seen"] == "yes":
        it.urgency = "refer_now"
    elif it.now["parent_encouraging"] == "yes" or it.now["trusted_adult_involved"] == "yes":
        it.urgency = "refer_now"
    elif it.under_13 and it.sexual_health == "evidence":
        it.urgency = "refer_now"
    elif it.now["immediate_risk"] == "not_known":
        it.urgency = "refer_now"
    else:
        it.urgency = "screen"

    it.grounds = []
    if not it.adult:
        for key in ["immediate_risk", "parent_encouraging", "trusted_adult_involved"]:
            if it.now[key] == "yes":
                it.grounds.append(key)
    it.section_47 = len(it.grounds) > 0

    # 2. Instrument
    if it.under_12:
        if it.area == "solihull":
            it.instrument = "petch"
        else:
            it.instrument = "none_for_under_12"
    elif it.aged_12_to_17:
        it.instrument = "regional_12_17"
    elif it.adult:
        it.instrument = "none_for_adult"
    else:
        it.instrument = "unknown"

    # 3. Indicated outcome, under 12
    it.indicated = None
    it.fixed = False
    if it.under_12:
        if it.alert == "yes":
            it.indicated = "vulnerable"
            it.fixed = True
        elif it.red == "several" and (it.amber == "few" or it.amber == "significant"):
            it.indicated = "potentially_vulnerable"
            it.fixed = True
        elif it.red == "one" or it.red == "several":
            it.indicated = "potentially_vulnerable"
        elif (it.red == "none" or it.red == "not_known") and it.amber == "significant":
            it.indicated = "potentially_vulnerable"
        elif it.alert == "no" and it.red == "none" and it.amber == "none":
            it.indicated = "universal"
        else:
            it.indicated = None

    # 4. Indicated outcome, 12 to 17
    if it.aged_12_to_17:
        if it.category_3 == "evidence" or it.category_3 == "suspected":
            it.indicated = "category_3"
        elif it.category_2 == "evidence" or it.category_2 == "suspected":
            it.indicated = "category_2"
        elif it.category_1 == "evidence" or it.category_1 == "suspected":
            it.indicated = "category_1"
        elif it.category_1 == "none" and it.category_2 == "none" and it.category_3 == "none":
            it.indicated = "no_risk_identified"
        else:
            it.indicated = None


def read_table_5(it: SimpleNamespace) -> None:
    """Add the final outcome, and what table 5 puts in its last column."""
    reasoned = _given(it.judgement.get("reason", "")) and _given(it.judgement.get("consulted", ""))
    unsure = "not_known" in it.now.values()
    it.judged = None
    it.final = None
    it.provisional = False
    it.ask_reason = False
    it.ask_judgement = False
    it.warn_provisional = False
    it.cannot_be_lowered = False
    it.lowered_by_judgement = False
    if it.under_12 or it.aged_12_to_17:
        it.judged = it.judgement.get("outcome")
        if it.judged is None and it.indicated is None:
            it.final = None
            it.ask_judgement = True
        elif it.judged is None and it.indicated in LOWEST:
            it.final = it.indicated
            it.provisional = True
            it.ask_judgement = True
        elif it.judged is None:
            it.final = it.indicated
            it.provisional = True
            it.warn_provisional = True
        elif it.indicated is not None and _lower(it.judged, it.indicated) and it.fixed:
            it.final = it.indicated
            it.cannot_be_lowered = True
        elif it.indicated is not None and _lower(it.judged, it.indicated) and reasoned:
            it.final = it.judged
            it.lowered_by_judgement = True
        elif it.indicated is not None and _lower(it.judged, it.indicated):
            it.final = it.indicated
            it.ask_reason = True
        elif it.judged in LOWEST and (it.indicated is None or (it.indicated in LOWEST and unsure)):
            # The semicolon of "nothing; or lowest and unsure": nothing alone is enough, sure or not.
            if reasoned:
                it.final = it.judged
                it.lowered_by_judgement = True
            else:
                it.final = None
                it.ask_reason = True
        else:
            it.final = it.judged
    it.reason_missing = it.ask_reason


def read_the_route(it: SimpleNamespace) -> None:
    """Add "at least refer", the route, and the terms that tables 7 and 8 speak in."""
    it.at_least_refer = False
    if it.implicated == "yes" or it.moved == "yes" or it.moved == "suspected" or it.assessed == "yes":
        it.at_least_refer = True
    if it.other_children == "yes" or it.strategy_discussion == "yes" or it.meeting is not None:
        it.at_least_refer = True
    if it.under_13 and it.sexual_health == "suspected":
        it.at_least_refer = True
    if it.age is None:
        if it.alert == "yes" or it.red == "one" or it.red == "several" or it.amber == "significant":
            it.at_least_refer = True
        if it.category_2 in ["evidence", "suspected"] or it.category_3 in ["evidence", "suspected"]:
            it.at_least_refer = True
        if it.sexual_health == "evidence" or it.sexual_health == "suspected":
            it.at_least_refer = True
        if it.judgement.get("outcome") in REFERRING_OUTCOMES:
            it.at_least_refer = True

    if it.urgency == "emergency":
        it.route = "emergency"
    elif it.adult:
        it.route = "adult"
    elif it.urgency == "refer_now":
        it.route = "refer_now"
    elif it.age is None:
        it.route = "ask_age"
    elif it.at_least_refer:
        it.route = "refer"
    elif it.ask_reason:
        it.route = "ask_reason"
    elif it.ask_judgement:
        it.route = "ask_judgement"
    elif it.final in REFERRING_OUTCOMES:
        it.route = "refer"
    elif it.final == "category_1":
        it.route = "early_help"
    else:
        it.route = "no_cse_action"

    # The child's own worker. "Every refer above is assess instead": the route of that name; refer_now is another.
    own_worker = it.allocated_worker and it.aged_12_to_17
    if own_worker and it.route == "refer":
        it.route = "assess"
    referring_outcome = it.final in REFERRING_OUTCOMES and (it.route == "refer" or it.route == "ask_reason")
    it.referring = (referring_outcome or it.route == "refer") and not own_worker
    it.assessing = own_worker and (it.route == "assess" or (
        it.route == "ask_reason" and (it.final == "category_2" or it.final == "category_3")))
    it.early_helping = it.route == "early_help" or (it.route == "ask_reason" and it.final == "category_1")
