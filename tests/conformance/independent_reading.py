# ruff: noqa: C901, SIM905 - the model's sentences one after the other, on purpose not made clever
"""A second reading of the decision model, version 2, written from its words alone, to hold the engine against.

It shares nothing with the engine: no tables, no rules as data, only the model's sentences as if and elif in the model's
order: tables 1 to 6 in `independent_outcome`, table 7 in `independent_plan`, table 8 and the decision as a whole here.
OPEN marks a place where the words bear two readings; both are given and the more protective is taken.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from independent_outcome import (
    ABOVE_THE_LOWEST,
    LOWEST,
    NOW,
    REFERRING_OUTCOMES,
    read_table_5,
    read_tables_1_to_4,
    read_the_answers,
    read_the_route,
)
from independent_plan import read_table_7

WARNINGS = """
not-proof no-risk-is-not-safety sixteen-is-still-a-child younger-child signs-without-risk category-1-may-be-incomplete
provisional cannot-be-lowered lowered-by-judgement not-the-allocated-worker age-first children-still-at-risk
sexual-activity-under-13 answers-do-not-fit fall-below-referral reason-missing
""".split()


def read_table_8(it: SimpleNamespace) -> list[dict[str, Any]]:
    """List the warnings in the model's order: id, inferred, and the sources where the model names them (else None)."""
    warnings: list[dict[str, Any]] = []

    def warn(name: str, sources: list[str] | None = None, inferred: bool = False) -> None:
        # "None but children-still-at-risk for an adult."
        if not it.adult or name == "children-still-at-risk":
            warnings.append({"id": name, "inferred": inferred, "sources": None if sources is None else set(sources)})

    if it.urgency == "screen" and it.final is not None:
        warn("not-proof", ["R10.2"])
    if it.route == "no_cse_action":
        warn("no-risk-is-not-safety", ["R10.1"])
    if it.age == 16 or it.age == 17:
        warn("sixteen-is-still-a-child", ["R11.1"])
    if it.under_13 and (it.final in ABOVE_THE_LOWEST or it.any_sign_seen):
        warn("younger-child", ["R14.6", "R3.4"], inferred=True)
    if it.final in LOWEST and it.any_sign_seen:
        warn("signs-without-risk")
    if it.final == "category_1":
        warn("category-1-may-be-incomplete", ["R8.2"])
    if it.warn_provisional:
        warn("provisional")
    if it.cannot_be_lowered:
        # OPEN: the warning has no source of its own; the first principle gives S6(8) and S6(9), Solihull's alone, so it
        # is inferred elsewhere. Other readings: warnings are no "row, action or age bound"; or it is inferred in
        # Solihull too after several red and some amber, since that this is fixed is inferred.
        warn("cannot-be-lowered", inferred=it.area != "solihull")
    if it.lowered_by_judgement:
        # OPEN: "that a reason and a consultation are needed: inferred" stands at the warning in the first row, plain
        # "inferred" in the second: marked in both. The other reading: in the first it marks the need, not the warning.
        warn("lowered-by-judgement", inferred=True)
    if it.says_allocated_worker and not it.allocated_worker:
        warn("not-the-allocated-worker")
    if it.age is None:
        tool_answers = [it.amber, it.red, it.alert, it.category_1, it.category_2, it.category_3]
        if any(answer != "not_known" for answer in tool_answers) or "outcome" in it.judgement:
            warn("age-first")
    if it.adult and it.other_children == "yes":
        warn("children-still-at-risk", ["R19.1"], inferred=True)
    if it.under_13 and (it.sexual_health == "evidence" or it.sexual_health == "suspected"):
        warn("sexual-activity-under-13", ["R3.4", "R10.5(5)", "S2(6)"], inferred=True)
    if it.urgency == "screen":
        do_not_fit = it.moved == "yes" or it.assessed == "yes" or it.other_children == "yes"
        if it.age is not None:
            if it.category_2 == "evidence" or it.alert == "yes":
                do_not_fit = True
            if it.category_3 == "evidence" or it.category_3 == "suspected":
                do_not_fit = True
        if do_not_fit:
            warn("answers-do-not-fit", ["S4(2)", "R3.4", "R12.2(2)", "R12.2(3)", "S6(9)", "R20.3", "R14.4", "R19.1"],
                 inferred=True)
    if it.lowered_by_judgement and it.indicated in REFERRING_OUTCOMES and it.final not in REFERRING_OUTCOMES:
        warn("fall-below-referral", ["R8.2", "R12.5", "S6(10)"], inferred=True)
    if it.reason_missing:
        warn("reason-missing", inferred=True)
    return warnings


def read_still_to_find_out(it: SimpleNamespace) -> list[str]:
    """List the paths not known, in the order in which the model names them."""
    still = [f"now.{key}" for key in NOW if it.now[key] == "not_known"]
    # OPEN: "the tool of the age": by age alone, or only where the area has that tool. By age alone is taken, since the
    # answers are read in every area.
    if it.under_12:
        still += [f"under_12.{key}" for key, answer in [("amber", it.amber), ("red", it.red), ("alert", it.alert)]
                  if answer == "not_known"]
    if it.aged_12_to_17:
        still += [f"aged_12_to_17.{key}" for key, answer in [
            ("category_1", it.category_1), ("category_2", it.category_2), ("category_3", it.category_3)]
                  if answer == "not_known"]
    if it.age is None:
        still.append("child.age")
    if it.area is None:
        still.append("area")
    for path, answer in [("child.status", it.status), ("context.parents_implicated", it.implicated),
                         ("context.moved_for_exploitation", it.moved), ("context.other_children", it.other_children)]:
        if answer == "not_known":
            still.append(path)
    return still


def read(case: dict[str, Any]) -> dict[str, Any]:
    """Decide a valid case as the model says: all of the decision but its wording, with sources as sets."""
    it = read_the_answers(case)
    read_tables_1_to_4(it)
    read_table_5(it)
    read_the_route(it)
    return {
        "route": it.route,
        "instrument": it.instrument,
        "outcome": {"indicated": it.indicated, "judged": it.judged, "final": it.final, "fixed": it.fixed,
                    "provisional": it.provisional},
        "section_47": {"threshold_met": it.section_47, "grounds": it.grounds},
        "actions": read_table_7(it),
        "warnings": read_table_8(it),
        "still_to_find_out": read_still_to_find_out(it),
    }
