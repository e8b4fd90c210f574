# ruff: noqa: C901, SIM102, SIM108, SIM114 - the model's sentences one after the other, on purpose not made clever
"""A second reading of the decision model, written from its words alone, to hold the engine against.

It shares nothing with the engine: no tables, no rules as data, only the model's sentences as if and elif in the
model's order. OPEN marks a place where the words bear two readings; both are given and the more protective is taken.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

from working_calendar import age_on, same_time_next_day, three_months_after, working_days_after

NOW = ["immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"]
LOWEST = ["universal", "no_risk_identified"]
ABOVE_THE_LOWEST = ["potentially_vulnerable", "vulnerable", "category_1", "category_2", "category_3"]
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


def read(case: dict[str, Any]) -> dict[str, Any]:
    """Decide a valid case as the model says: all of the decision but its wording, with sources as sets."""
    today = datetime.fromisoformat(case["as_of"]).date()
    area = case.get("area")
    child = case.get("child", {})
    status = child.get("status", "not_known")
    known_child = status == "known_to_childrens_services" or status == "looked_after"
    leaving_care = child.get("leaving_care_team", False)
    now = {key: case.get("now", {}).get(key, "not_known") for key in NOW}
    context = case.get("context", {})
    implicated = context.get("parents_implicated", "not_known")
    moved = context.get("moved_for_exploitation", "not_known")
    other_children = context.get("other_children", "not_known")
    other_authorities = context.get("children_of_other_authorities", "not_known")
    referral = case.get("referral", {})
    assessed = referral.get("assessed_as_exploited", "not_known")
    any_sign_seen = False
    for sign in case.get("indicators", {}).values():
        if sign.get("seen") == "evidence" or sign.get("seen") == "suspected":
            any_sign_seen = True

    says_allocated_worker = case.get("allocated_worker", False)
    allocated_worker = says_allocated_worker and case.get("setting") == "social_care" and known_child

    # Age
    age: int | None = child.get("age")
    if "date_of_birth" in child:
        age = age_on(date.fromisoformat(child["date_of_birth"]), today)
    under_12 = age is not None and age < 12
    aged_12_to_17 = age is not None and 12 <= age <= 17
    adult = age is not None and age >= 18

    # 1. Urgency
    if now["immediate_risk"] == "yes":
        urgency = "emergency"
    elif now["significant_harm"] == "yes" or now["abuse_disclosed_or_seen"] == "yes":
        urgency = "refer_now"
    elif now["parent_encouraging"] == "yes" or now["trusted_adult_involved"] == "yes":
        urgency = "refer_now"
    elif now["immediate_risk"] == "not_known":
        urgency = "refer_now"
    else:
        urgency = "screen"

    grounds: list[str] = []
    if not adult:
        for key in ["immediate_risk", "parent_encouraging", "trusted_adult_involved"]:
            if now[key] == "yes":
                grounds.append(key)
    section_47 = len(grounds) > 0

    # 2. Instrument
    if under_12:
        if area == "solihull":
            instrument = "petch"
        else:
            instrument = "none_for_under_12"
    elif aged_12_to_17:
        instrument = "regional_12_17"
    elif adult:
        instrument = "none_for_adult"
    else:
        instrument = "unknown"

    # 3. Indicated outcome, under 12
    amber = case.get("under_12", {}).get("amber", "not_known")
    red = case.get("under_12", {}).get("red", "not_known")
    alert = case.get("under_12", {}).get("alert", "not_known")
    category_1 = case.get("aged_12_to_17", {}).get("category_1", "not_known")
    category_2 = case.get("aged_12_to_17", {}).get("category_2", "not_known")
    category_3 = case.get("aged_12_to_17", {}).get("category_3", "not_known")
    indicated: str | None = None
    fixed = False
    if under_12:
        if alert == "yes":
            indicated = "vulnerable"
            fixed = True
        elif red == "several" and (amber == "few" or amber == "significant"):
            indicated = "potentially_vulnerable"
            fixed = True
        elif red == "one" or red == "several":
            indicated = "potentially_vulnerable"
        elif (red == "none" or red == "not_known") and amber == "significant":
            indicated = "potentially_vulnerable"
        elif alert == "no" and red == "none" and amber == "none":
            indicated = "universal"
        else:
            indicated = None

    # 4. Indicated outcome, 12 to 17
    if aged_12_to_17:
        if category_3 == "evidence" or category_3 == "suspected":
            indicated = "category_3"
        elif category_2 == "evidence" or category_2 == "suspected":
            indicated = "category_2"
        elif category_1 == "evidence" or category_1 == "suspected":
            indicated = "category_1"
        elif category_1 == "none" and category_2 == "none" and category_3 == "none":
            indicated = "no_risk_identified"
        else:
            indicated = None

    # 5. Final outcome
    judgement = case.get("judgement", {})
    reasoned = _given(judgement.get("reason", "")) and _given(judgement.get("consulted", ""))
    unsure = "not_known" in now.values()
    judged: str | None = None
    final: str | None = None
    provisional = False
    ask_reason = False
    ask_judgement = False
    warn_provisional = warn_cannot_be_lowered = warn_lowered = warn_lowered_is_inferred = False
    if under_12 or aged_12_to_17:
        judged = judgement.get("outcome")
        if judged is None and indicated is None:
            final = None
            ask_judgement = True
        elif judged is None and indicated in LOWEST:
            final = indicated
            provisional = True
            ask_judgement = True
        elif judged is None:
            final = indicated
            provisional = True
            warn_provisional = True
        elif indicated is not None and _lower(judged, indicated) and fixed:
            final = indicated
            warn_cannot_be_lowered = True
        elif indicated is not None and _lower(judged, indicated) and reasoned:
            final = judged
            warn_lowered = True
        elif indicated is not None and _lower(judged, indicated):
            # OPEN: provisional is written in rows two and three only, though this outcome may change: taken as written.
            final = indicated
            ask_reason = True
        elif judged in LOWEST and (indicated is None or (indicated in LOWEST and unsure)):
            # "nothing, or lowest and unsure": nothing alone is enough. The other reading (nothing or lowest, and in
            # either case unsure) would let a whole tool not known pass without a reason.
            if reasoned:
                final = judged
                warn_lowered = True
                warn_lowered_is_inferred = True
            else:
                final = None
                ask_reason = True
        else:
            final = judged

    # 6. Route
    at_least_refer = implicated == "yes" or moved == "yes" or moved == "suspected" or assessed == "yes"
    if urgency == "emergency":
        route = "emergency"
    elif adult:
        route = "adult"
    elif urgency == "refer_now":
        route = "refer_now"
    elif age is None:
        route = "ask_age"
    elif at_least_refer:
        route = "refer"
    elif ask_reason:
        route = "ask_reason"
    elif ask_judgement:
        route = "ask_judgement"
    elif final in ["potentially_vulnerable", "vulnerable", "category_2", "category_3"]:
        route = "refer"
    elif final == "category_1":
        route = "early_help"
    else:
        route = "no_cse_action"
    referring_outcome = (final in ["potentially_vulnerable", "vulnerable", "category_2", "category_3"]
                         and (route == "refer" or route == "ask_reason"))
    referring = referring_outcome or route == "refer"

    # 7. Actions. A condition such as emergency, early_help or ask_judgement names the route.
    # OPEN: an action reached only through an inferred row further up (refer now because immediate risk is not known)
    # could itself be called inferred. Taken as written: the condition that fired is the one in the action's own row.
    actions: list[dict[str, Any]] = []

    def act(name: str, sources: list[str], inferred: bool = False, due: str | None = None) -> None:
        solihull_only = len(sources) > 0 and all(source.startswith("S") for source in sources)
        actions.append({"id": name, "due": due, "inferred": inferred or (solihull_only and area != "solihull"),
                        "sources": set(sources)})

    made_at = None
    if "made_at" in referral:
        made_at = datetime.fromisoformat(referral["made_at"])
    meeting = referral.get("meeting_held_on")

    if route == "emergency":
        act("call-999", ["S4(1)", "S8(5)"])
    if adult:
        act("adult-safeguarding", [], inferred=True)
    if not adult and (route == "emergency" or route == "refer_now" or (route == "ask_age" and at_least_refer)):
        act("refer-to-mash-now", ["S4(1)", "S4(2)", "S8(3)"])
    if not adult and (route == "emergency" or route == "refer_now"):
        act("do-not-wait-for-form", ["S5(2)"])
    if referring and aged_12_to_17 and not allocated_worker:
        act("refer-to-mash-with-tool", ["S7(4)", "R12.5", "R14.1"])
    if referring and under_12:
        act("refer-to-mash-under-12", ["S6(10)", "S6(11)"])
    if not adult and (route == "emergency" or route == "refer_now" or referring):
        act("ask-for-outcome-of-referral", ["R14.3(3)"])
    if not adult and not allocated_worker:
        if known_child or (leaving_care and (final == "category_2" or final == "category_3")):
            act("tell-allocated-worker", ["R17.1", "R18.1", "R18.4"])
    act("discuss-with-safeguarding-lead", ["R12.1"])
    if not adult and (route == "emergency" or route == "refer_now" or route == "refer"
                      or indicated in ABOVE_THE_LOWEST or final in ABOVE_THE_LOWEST or known_child):
        act("notify-coordinator", ["R12.6", "R17.1", "R18.1", "S7(5)"])
    # OPEN: ask_judgement as the route, or as table 5's "then" (which a refer route can hide). The route is taken: with
    # a referral going in, a form does not stand in the way.
    if route == "ask_judgement":
        act("get-help-with-tool", ["S8(1)"])
    if judged is not None and final is not None:
        if instrument == "petch" and (amber != "not_known" or red != "not_known" or alert != "not_known"):
            act("submit-tool", ["S8(2)"])
        if instrument == "regional_12_17" and (category_1 != "not_known" or category_2 != "not_known"
                                               or category_3 != "not_known"):
            act("submit-tool", ["S8(2)"])
    # OPEN: an unreasoned judgement below category 1 turns early_help into ask_reason. By the letter the early help
    # actions then wait for the reason; by "a judgement without a reason never removes an action that protects" they
    # would stay. The letter is taken here, since the model extends only the referral to ask_reason.
    if route == "early_help":
        if not known_child and context.get("several_agencies_needed", "not_known") != "yes":
            act("early-help-single-agency", ["R12.4", "R13.1", "S7(5a)"])
        if not known_child and context.get("several_agencies_needed", "not_known") == "yes":
            act("early-help-multi-agency", ["R13.1", "R13.2", "R13.3", "R13.4"])
        if known_child:
            act("add-to-existing-plan", ["R17.2", "R18.2"])
        act("ask-other-agencies", ["R8.1", "R8.2"])
        act("tell-cse-team-of-changes", ["S7(5b)"])
        act("re-screen", ["S7(5c)"])
    if route == "no_cse_action" and any_sign_seen:
        act("re-screen", ["S7(5c)"], inferred=True)
    if known_child or leaving_care:
        if final == "category_2" or final == "category_3":
            act("update-assessment", ["R17.3", "R18.3", "R18.4"])
        elif final == "potentially_vulnerable" or final == "vulnerable":
            act("update-assessment", ["R17.3", "R18.3", "R18.4"], inferred=True)
    if route == "no_cse_action":
        act("follow-up-other-concerns", ["S7(6)"])
    act("record-decision", ["R8.4"])
    strategy = not adult and (section_47 or referral.get("strategy_discussion", "not_known") == "yes"
                              or implicated == "yes")
    if not adult and not strategy and (route == "emergency" or route == "refer_now" or referring):
        day = None if made_at is None else working_days_after(made_at.date(), 3)
        act("hold-discussion", ["R14.2"], due=None if day is None else day.isoformat())
    if strategy:
        moment = None if made_at is None else same_time_next_day(made_at)
        act("hold-strategy-discussion", ["R14.2", "R14.3", "R14.5", "R21.4"],
            due=None if moment is None else moment.isoformat(timespec="minutes"))
    if not adult and assessed == "yes":
        act("contact-gp", ["R15.4"])
    if not adult and assessed == "yes" and meeting is None:
        day = None if made_at is None else working_days_after(made_at.date(), 15)
        act("hold-mase", ["R14.4", "R15.1", "R17.3", "R18.3"], due=None if day is None else day.isoformat())
    if not adult and meeting is not None:
        day = three_months_after(date.fromisoformat(meeting))
        act("review-mase", ["R15.9"], due=None if day is None else day.isoformat())
    confidential = context.get("confidential_investigation", "not_known")
    if not adult and (confidential == "yes" or implicated == "yes" or now["parent_encouraging"] == "yes"):
        act("decide-who-attends", ["R15.3"])
    if moved == "yes" or moved == "suspected":
        act("report-trafficking", ["R20.3", "R20.4"])
        act("consider-nrm", ["R20.4", "R15.5(6)"])
    if other_children == "yes":
        act("plan-for-several-children", ["R19.1"])
    if not adult:
        if child.get("placed_out_of_area", "not_known") == "yes" or other_authorities == "yes":
            act("contact-other-authority", ["R19.2"])
        elif other_children == "yes" and other_authorities == "not_known":
            act("contact-other-authority", ["R19.2"], inferred=True)
    if not adult and implicated != "yes" and now["parent_encouraging"] != "yes" and confidential != "yes":
        act("work-with-parents", ["R21.1", "R21.3"])
    if not adult and (implicated == "yes" or now["parent_encouraging"] == "yes"):
        act("do-not-involve-implicated-parents", ["R21.2", "R21.4"])
    premises = context.get("premises_of_concern", "not_known")
    police_information = context.get("perpetrator_information", "not_known") == "yes" or premises == "yes"
    if police_information:
        act("share-information-with-police", ["R25.2", "R25.4", "R25.5", "R24.1", "R27.4"])
    if not adult and not police_information:
        if route == "emergency" or route == "refer_now" or final in ABOVE_THE_LOWEST:
            act("consider-police-intelligence-form", ["S10(3)", "R13.2"])
    if police_information:
        act("consider-disruption", ["R26.2"])
    if premises == "yes":
        act("consider-licence-review", ["R28.1", "R28.2"])
    if context.get("court_case", "not_known") == "yes":
        act("support-witness", ["R23.2", "R23.5", "R23.6"])
    act("use-own-supervision", ["R22.2"])

    # 8. Warnings. All but the last not for an adult.
    warnings: list[dict[str, Any]] = []

    def warn(name: str, inferred: bool = False) -> None:
        warnings.append({"id": name, "inferred": inferred})

    if not adult:
        if urgency == "screen" and final is not None:
            warn("not-proof")
        if route == "no_cse_action":
            warn("no-risk-is-not-safety")
        if age == 16 or age == 17:
            warn("sixteen-is-still-a-child")
        if age is not None and age < 13 and final in ABOVE_THE_LOWEST:
            warn("younger-child", inferred=True)
        if final in LOWEST and any_sign_seen:
            warn("signs-without-risk")
        if final == "category_1":
            warn("category-1-may-be-incomplete")
        if warn_provisional:
            warn("provisional")
        if warn_cannot_be_lowered:
            # OPEN: the warning carries no source of its own; the first principle gives S6(8) and S6(9), Solihull's
            # alone, so the row is inferred elsewhere. The other reading: warnings are no "row, action or age bound".
            warn("cannot-be-lowered", inferred=area != "solihull")
        if warn_lowered:
            # The mark (inferred) stands at the row for nothing indicated, or the lowest and unsure; not at the other.
            warn("lowered-by-judgement", inferred=warn_lowered_is_inferred)
        if says_allocated_worker and not allocated_worker:
            warn("not-the-allocated-worker")
        if age is None:
            tool_answers = [amber, red, alert, category_1, category_2, category_3]
            judgement_given = ("outcome" in judgement or _given(judgement.get("reason", ""))
                               or _given(judgement.get("consulted", "")))
            if any(answer != "not_known" for answer in tool_answers) or judgement_given:
                warn("age-first")
    if adult and other_children == "yes":
        warn("children-still-at-risk", inferred=True)

    # What is still to find out, in the order the model names it
    still = [f"now.{key}" for key in NOW if now[key] == "not_known"]
    # OPEN: "the tool of the age": by age alone, or only where the area has that tool. By age alone is taken, since
    # the answers are read in every area.
    if under_12:
        still += [f"under_12.{key}" for key, answer in [("amber", amber), ("red", red), ("alert", alert)]
                  if answer == "not_known"]
    if aged_12_to_17:
        still += [f"aged_12_to_17.{key}" for key, answer in [("category_1", category_1), ("category_2", category_2),
                                                             ("category_3", category_3)] if answer == "not_known"]
    if age is None:
        still.append("child.age")
    if area is None:
        still.append("area")
    for path, answer in [("child.status", status), ("context.parents_implicated", implicated),
                         ("context.moved_for_exploitation", moved), ("context.other_children", other_children)]:
        if answer == "not_known":
            still.append(path)

    return {
        "route": route,
        "instrument": instrument,
        "outcome": {"indicated": indicated, "judged": judged, "final": final, "fixed": fixed,
                    "provisional": provisional},
        "section_47": {"threshold_met": section_47, "grounds": grounds},
        "actions": actions,
        "warnings": warnings,
        "still_to_find_out": still,
    }
