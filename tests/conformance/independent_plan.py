# ruff: noqa: C901, SIM114, SIM905 - the model's table 7 row by row, on purpose not made clever
"""The decision model's table 7 read row by row: which actions, due when, resting on what, inferred or not.

"An action's `inferred` is that of the condition that fired." Read so, throughout:
- a remark (*inferred*) on one ground of the "when" column, or in the definition of a term that stands there (referring,
  early helping, at least refer), marks that ground; where another ground holds too, the one not inferred speaks;
- a remark on who, when or how marks nothing, but one on the very deed that the action asks for marks it whole;
- a route that stands there is taken as it is: the inferred rows of the tables above it are told in `why`.
OPEN marks each place where the words bear another reading.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from independent_outcome import ABOVE_THE_LOWEST
from working_calendar import same_time_next_day, three_months_after, working_days_after

ACTIONS = """
call-999 adult-safeguarding refer-to-mash-now do-not-wait-for-form refer-to-mash-with-tool refer-to-mash-under-12
update-assessment ask-for-outcome-of-referral tell-allocated-worker discuss-with-safeguarding-lead
complete-screening-tool notify-coordinator get-help-with-tool submit-tool early-help-single-agency
early-help-multi-agency add-to-existing-plan ask-other-agencies tell-cse-team-of-changes re-screen
follow-up-other-concerns record-decision discuss-with-police hold-discussion hold-strategy-discussion contact-gp
hold-mase hold-multi-agency-meeting review-mase review-childs-plan decide-who-attends report-trafficking consider-nrm
plan-for-several-children contact-other-authority work-with-parents do-not-involve-implicated-parents
share-information-with-police consider-police-intelligence-form consider-disruption consider-licence-review
support-witness use-own-supervision
""".split()
FOR_ADULTS_TOO = """
call-999 adult-safeguarding discuss-with-safeguarding-lead record-decision report-trafficking consider-nrm
plan-for-several-children share-information-with-police consider-disruption consider-licence-review support-witness
use-own-supervision
""".split()


def read_table_7(it: SimpleNamespace) -> list[dict[str, Any]]:
    """List the actions in the table's order: id, due, inferred, sources; `hold-discussion` with `due_if_strategy`."""
    actions: list[dict[str, Any]] = []

    def act(name: str, sources: list[str], inferred: bool = False, **dates: str | None) -> None:
        if it.adult and name not in FOR_ADULTS_TOO:
            return
        solihull_only = len(sources) > 0 and all(source.startswith("S") for source in sources)
        actions.append({"id": name, "due": None, "inferred": inferred or (solihull_only and it.area != "solihull"),
                        "sources": set(sources), **dates})

    urgent = it.route == "emergency" or it.route == "refer_now"
    ask_age_refer = it.route == "ask_age" and it.at_least_refer
    category_2_or_3 = it.final == "category_2" or it.final == "category_3"
    implicated = it.implicated == "yes"
    parent_encouraging = it.now["parent_encouraging"] == "yes"
    confidential = it.context.get("confidential_investigation", "not_known") == "yes"
    other_authorities = it.context.get("children_of_other_authorities", "not_known")
    premises = it.context.get("premises_of_concern", "not_known") == "yes"
    perpetrator = it.context.get("perpetrator_information", "not_known") == "yes"
    several_agencies = it.context.get("several_agencies_needed", "not_known")

    if it.route == "emergency":
        act("call-999", ["S4(1)", "S8(5)"])
    if it.adult:
        act("adult-safeguarding", [], inferred=True)
    # OPEN: "ask_age with at least refer": at least refer is defined with "that it is a referral: inferred", so this
    # ground is inferred. The other reading: the row itself has no such remark, so it is not.
    if urgent or ask_age_refer:
        act("refer-to-mash-now", ["S4(1)", "S4(2)", "S8(3)"], inferred=not urgent)
        act("do-not-wait-for-form", ["S5(2)"], inferred=not urgent)
    # OPEN: "that early help, and above a referral, stand until the reason is there: inferred" stands where the terms
    # early helping and referring are defined: reached by ask_reason, the actions are inferred. The other reading: the
    # remark belongs to the terms alone, and the rows of table 7 that use them have none.
    standing = it.route == "ask_reason"
    if it.referring and it.aged_12_to_17:
        act("refer-to-mash-with-tool", ["S7(4)", "R12.5", "R14.1"], inferred=standing)
    if it.referring and it.under_12:
        act("refer-to-mash-under-12", ["S6(10)", "S6(11)"], inferred=standing)
    # OPEN: "now (inferred)": when, not marked; the two grounds that follow have a remark of their own.
    if it.plan_child and category_2_or_3:
        act("update-assessment", ["R17.3", "R18.3", "R18.4"])
    elif it.plan_child and it.under_12 and it.final in ABOVE_THE_LOWEST:
        act("update-assessment", ["R17.3", "R18.3", "R18.4"], inferred=True)
    elif it.assessing:
        act("update-assessment", ["R17.3", "R18.3", "R18.4"], inferred=True)
    if urgent or it.referring or ask_age_refer:
        # OPEN: "to ask: inferred" names the deed, so the action is inferred. The other reading: it stands in the column
        # "who" and says only that the professional asks for what Children's Services must tell.
        act("ask-for-outcome-of-referral", ["R14.3(3)"], inferred=True)
    if (it.known_child or (it.leaving_care and category_2_or_3)) and not it.allocated_worker:
        # OPEN: "to tell, and when: inferred" names the deed. The other reading: it stands in the column "by when".
        act("tell-allocated-worker", ["R17.1", "R18.1", "R18.4"], inferred=True)
    act("discuss-with-safeguarding-lead", ["R12.1"])
    if it.urgency == "screen" and (it.under_12 or it.aged_12_to_17):
        # OPEN: the whole of the bracket on none_for_under_12 is inferred, or only "else the regional tool": the case
        # does not say whether an area has a tool of its own, so both mark the same cases.
        act("complete-screening-tool", ["R12.1", "S4(3)", "S6(1)", "S7(1)", "S7(3)", "S7(4)", "R17.1", "R18.1"],
            inferred=it.instrument == "none_for_under_12")
    to_coordinator = (urgent or it.route == "refer" or it.route == "assess" or it.indicated in ABOVE_THE_LOWEST
                      or it.final in ABOVE_THE_LOWEST or it.known_child)
    if to_coordinator or ask_age_refer:
        # OPEN: that the CSE team is asked for a number is inferred: how, not marked. For ask_age see refer-to-mash-now.
        act("notify-coordinator", ["R12.6", "R17.1", "R18.1", "S7(5)"], inferred=not to_coordinator)
    if it.route == "ask_judgement":
        act("get-help-with-tool", ["S8(1)"])
    if it.judged is not None and it.final is not None:
        if it.instrument == "petch" and (it.amber != "not_known" or it.red != "not_known" or it.alert != "not_known"):
            act("submit-tool", ["S8(2)"])
        if it.instrument == "regional_12_17" and (
                it.category_1 != "not_known" or it.category_2 != "not_known" or it.category_3 != "not_known"):
            act("submit-tool", ["S8(2)"])
    if it.early_helping and not it.known_child and several_agencies != "yes":
        act("early-help-single-agency", ["R12.4", "R13.1", "S7(5a)"], inferred=standing)
    if it.early_helping and not it.known_child and several_agencies == "yes":
        act("early-help-multi-agency", ["R13.1", "R13.2", "R13.3", "R13.4"], inferred=standing)
    if it.early_helping and it.known_child:
        act("add-to-existing-plan", ["R17.2", "R18.2"], inferred=standing)
    nothing_final = it.route == "ask_reason" and it.final is None
    # OPEN: "(inferred)" before "no_cse_action ..." marks all that follows it, or no_cse_action alone, leaving
    # ask_judgement and ask_reason unmarked. All is taken: R8.1 and R8.2 speak of none of them. "When: inferred" marks
    # nothing.
    # "With any indicator seen" closes both ask_judgement and ask_reason with final null.
    if it.early_helping:
        act("ask-other-agencies", ["R8.1", "R8.2"], inferred=standing)
    elif it.route == "no_cse_action" and (it.lowered_by_judgement or it.any_sign_seen):
        act("ask-other-agencies", ["R8.1", "R8.2"], inferred=True)
    elif (it.route == "ask_judgement" or nothing_final) and it.any_sign_seen:
        act("ask-other-agencies", ["R8.1", "R8.2"], inferred=True)
    if it.early_helping:
        act("tell-cse-team-of-changes", ["S7(5b)"], inferred=standing)
    # OPEN: "(inferred)" before "no_cse_action with any indicator seen", as above: all after it is taken.
    if it.early_helping:
        act("re-screen", ["S7(5c)"], inferred=standing)
    elif it.route == "no_cse_action" and (it.any_sign_seen or it.lowered_by_judgement):
        act("re-screen", ["S7(5c)"], inferred=True)
    elif nothing_final and it.any_sign_seen:
        act("re-screen", ["S7(5c)"], inferred=True)
    if it.route == "no_cse_action" or nothing_final:
        act("follow-up-other-concerns", ["S7(6)"], inferred=nothing_final)
    act("record-decision", ["R8.4"])

    strategy = not it.adult and (it.section_47 or it.strategy_discussion == "yes" or implicated)
    if it.assessing and it.made_at is None and not strategy:
        # OPEN: "inferred: R17.3 names no discussion" says that there is a discussion at all is inferred. The other
        # reading: it stands at "as soon as possible" and marks the time only.
        act("discuss-with-police", ["R14.2", "R24.1"], inferred=True)
    by_the_tables = urgent or it.route == "refer" or (it.assessing and it.made_at is not None)
    if (by_the_tables or it.referring or ask_age_refer) and not strategy:
        day = None if it.made_at is None else working_days_after(it.made_at.date(), 3)
        moment = None if it.made_at is None else same_time_next_day(it.made_at)
        act("hold-discussion", ["R14.2"], inferred=not by_the_tables, due=None if day is None else day.isoformat(),
            due_if_strategy=None if moment is None else moment.isoformat(timespec="minutes"))
    if strategy:
        moment = None if it.made_at is None else same_time_next_day(it.made_at)
        # That the section 47 threshold makes it one is inferred. OPEN: of implicated parents only the 24 hours are said
        # to be inferred, a remark on when: not marked. The other reading: their ground is marked too.
        act("hold-strategy-discussion", ["R14.2", "R14.3", "R14.5", "R21.4"],
            inferred=not (it.strategy_discussion == "yes" or implicated),
            due=None if moment is None else moment.isoformat(timespec="minutes"))
    if it.assessed == "yes":
        # OPEN: "(plan child: inferred)" marks the action for a plan child, R15.4 being on MASE. The other reading: it
        # stands in the column "by when" and marks only the time before or after the meeting.
        act("contact-gp", ["R15.4"], inferred=it.plan_child)
    if it.assessed == "yes" and it.meeting is None:
        day = None if it.made_at is None else working_days_after(it.made_at.date(), 15)
        due = None if day is None else day.isoformat()
        if not it.plan_child:
            act("hold-mase", ["R14.4", "R15.1"], due=due)
        else:
            # OPEN: the 15 working days are inferred (R15.1): a remark on when, not marked.
            act("hold-multi-agency-meeting", ["R17.3", "R18.3", "R18.4"], due=due)
    if it.meeting is not None:
        day = three_months_after(it.meeting)
        due = None if day is None else day.isoformat()
        if not it.plan_child:
            # OPEN: "chair of the first meeting (inferred)": who, not marked.
            act("review-mase", ["R15.9"], due=due)
        else:
            # OPEN: "3 months at the latest (inferred: R15.9)": when, not marked.
            act("review-childs-plan", ["R17.4", "R18.3"], due=due)
    if confidential or implicated or parent_encouraging:
        # OPEN: "(plan child: inferred)", as for contact-gp.
        act("decide-who-attends", ["R15.3"], inferred=it.plan_child)
    if it.moved == "yes" or it.moved == "suspected":
        # OPEN: "at once" and "through a first responder" are inferred: when and who, not marked.
        act("report-trafficking", ["R20.3", "R20.4"])
        act("consider-nrm", ["R20.4", "R15.5(6)"])
    if it.other_children == "yes":
        act("plan-for-several-children", ["R19.1"])
    if it.placed_out_of_area == "yes" or other_authorities == "yes":
        act("contact-other-authority", ["R19.2"])
    elif it.other_children == "yes" and other_authorities == "not_known":
        act("contact-other-authority", ["R19.2"], inferred=True)
    if not implicated and not parent_encouraging and not confidential:
        # OPEN: the check beforehand is "inferred for families that R5.3 and R21.2 do not name": how, and of no fact
        # that the case holds; not marked. The other reading: marked for all, since they are not told apart.
        act("work-with-parents", ["R21.1", "R21.3", "R5.3", "R21.2"])
    if implicated or parent_encouraging:
        # OPEN: "who waits, and when: inferred", "before any contact (inferred)": who and when, not marked. The other
        # reading: that everyone waits is the deed itself.
        act("do-not-involve-implicated-parents", ["R21.2", "R21.4"])
    if perpetrator or premises:
        act("share-information-with-police", ["R25.2", "R25.4", "R25.5", "R24.1", "R27.4"])
    elif urgent or it.final in ABOVE_THE_LOWEST:
        act("consider-police-intelligence-form", ["S10(3)", "R13.2"])
    if premises or perpetrator:
        act("consider-disruption", ["R26.2"])
    if premises:
        act("consider-licence-review", ["R28.1", "R28.2"])
    if it.context.get("court_case", "not_known") == "yes":
        # OPEN: "the lead professional (inferred)": who, not marked.
        act("support-witness", ["R23.2", "R23.5", "R23.6"])
    act("use-own-supervision", ["R22.2"])
    return actions
