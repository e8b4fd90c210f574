"""Each proof, held against rules broken on purpose: it must fail, and tell a case."""

from __future__ import annotations

import pytest
from altered import (
    Change,
    altered,
    item,
    row,
    set_then,
    set_when,
    table,
    with_row,
    without_action,
    without_row,
)

from build_scripts.proofs.prove import Proof, prove
from build_scripts.proofs.reach import prove_reach
from build_scripts.proofs.safety import SafetyProof, properties
from build_scripts.proofs.tables import prove_table
from cse_pathway.case import read_case
from cse_pathway.decide import decide
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook


def _faults(*changes: Change) -> list[str]:
    proof = prove(altered(*changes))
    assert not proof.holds
    return proof.faults()


def _failed(name: str, *changes: Change) -> tuple[SafetyProof, RuleBook]:
    rules = altered(*changes)
    domains = all_domains(rules)
    for held in rules.tables:
        shape = prove_table(held, domains)
        assert not shape.gaps, "the whole is walked only where no table has a gap"
        assert not shape.conflicts
    shown = properties(rules, lambda: prove_reach(rules))[name]()
    assert not shown.holds, f"{name} still holds"
    return shown, rules


def _counter_example(name: str, *changes: Change) -> tuple[dict[str, object], RuleBook]:
    shown, rules = _failed(name, *changes)
    assert shown.counter_example
    assert str(shown.counter_example) in shown.fault()
    return dict(shown.counter_example), rules


def _decided(case: dict[str, object], rules: RuleBook) -> tuple[str, list[str]]:
    decision = decide(read_case(case, rules), rules)
    return decision.route, [action.id for action in decision.actions]


def test_a_gap_is_told_by_its_inputs_and_by_the_smallest_case() -> None:
    """A table without a row for some answers (S4(3) taken away) fails, and shows who would get no answer."""
    told = _faults(without_row("urgency.screen"))
    assert told[0].startswith("table urgency: no row fits now.immediate_risk = no, ")
    assert told[0].endswith("Add a row for it.")
    assert told[-1] == (
        "table urgency: the smallest case that it cannot decide is "
        "{'as_of': '2026-11-23T10:30', 'now': {'immediate_risk': 'no'}}."
    )


def test_two_rows_that_both_fit_in_a_unique_table_are_a_conflict() -> None:
    """Under the hit policy unique no two rows may fit the same child (R17.1)."""
    told = _faults(set_when("known-child.no", {"child.status": ["looked_after", "not_known_to_services", "not_known"]}))
    conflict = "table known-child: rows known-child.yes and known-child.no both fit child.status = looked_after."
    assert told[0] == f"{conflict} Narrow one of them."
    assert "{'as_of': '2026-11-23T10:30', 'child': {'status': 'looked_after'}}" in told[-1]


def test_a_row_that_earlier_rows_take_wholly_is_shadowed() -> None:
    """A row that can never speak is a rule that somebody believes in and nobody follows."""
    told = _faults(with_row("urgency", 8, {"now.significant_harm": "not_known"}, {"urgency": "refer_now"}))
    assert told[0] == "table urgency: row made.up is never reached: earlier rows take all. Move it up or delete it."


def test_an_input_that_no_row_reads_is_told() -> None:
    """An input that changes nothing is asked in vain."""
    told = _faults(lambda files: table(files, "reasoned")["inputs"].append("area"))
    assert told == ["table reasoned: no row reads the input area. Take it out of the inputs."]


def test_a_value_that_no_row_gives_is_told() -> None:
    """An outcome that nothing leads to is a promise that no rule keeps."""
    told = _faults(lambda files: table(files, "reasoned")["outputs"]["reasoned"].append("perhaps"))
    assert "table reasoned: no row answers reasoned = perhaps." in told[0]


def test_a_row_that_no_case_reaches_is_told_even_where_its_table_could() -> None:
    """No child of 12 to 17 has the outcome universal: a row for one is idle, though the table alone cannot see it."""
    made = with_row("route", 11, {"final": "universal", "age_band": "12_to_17"}, {"route": "refer"})
    shown, _ = _failed("every-row-fires", made)
    assert shown.counter_example == {"never reached": ["made.up"]}


def test_a_condition_that_never_speaks_is_told() -> None:
    """A ground for an action that no case can meet protects nobody."""
    extra = {"id": "made-up", "when": {"route": "emergency", "urgency": "screen"}}
    shown, _ = _failed("every-condition-speaks", lambda files: item(files, "call-999")["conditions"].append(extra))
    assert shown.counter_example == {"never reached": ["call-999.made-up"]}


def test_immediate_risk_without_999_breaks_danger_first() -> None:
    """S4(1): whenever the immediate risk is yes the plan says to ring 999."""
    case, rules = _counter_example("danger-first", set_when("call-999", {"route": "refer_now"}, "emergency"))
    assert case["now"] == {"immediate_risk": "yes"}
    assert "call-999" not in _decided(case, rules)[1]


def test_a_plan_without_the_action_999_breaks_danger_first() -> None:
    """An action that was deleted is never due: the proof fails with a case, not with an accident."""
    _counter_example("danger-first", without_action("call-999"))


def test_a_fixed_outcome_that_judgement_lowers_is_told() -> None:
    """S6(8), S6(9): what the tool fixes, judgement may raise and never lower."""
    case, rules = _counter_example("fixed-is-never-lowered", set_then("final.fixed", final={"same_as": "judged"}))
    decision = decide(read_case(case, rules), rules)
    assert decision.fixed
    assert decision.final == decision.judged != decision.indicated


def test_an_under_12_beyond_universal_without_a_referral_is_told() -> None:
    """S6(10): any outcome beyond universal is referred."""
    case, rules = _counter_example("under-12-is-referred", without_action("refer-to-mash-under-12"))
    assert not [action for action in _decided(case, rules)[1] if action.startswith("refer-to-mash")]


def test_no_action_without_a_judgement_is_told() -> None:
    """The lowest outcome is never reached without a judgement (S4(3), R12.3)."""
    case, rules = _counter_example(
        "no-action-needs-a-judgement", set_then("final.lowest-waits-for-judgement", ask="nothing")
    )
    assert "judgement" not in case
    assert _decided(case, rules)[0] == "no_cse_action"


def test_no_action_on_an_unknown_urgent_answer_without_a_reason_is_told() -> None:
    """Not known is never no: the lowest outcome then needs its reason (R8.4)."""
    broken = set_then("final.lowest-while-unsure-without-reason", final={"same_as": "judged"}, ask="nothing")
    case, rules = _counter_example("not-knowing-needs-a-reason", broken)
    assert _decided(case, rules)[0] == "no_cse_action"


@pytest.mark.parametrize(
    "ground", ["parents-implicated", "moved-for-exploitation", "assessed-as-exploited", "other-children",
               "strategy-discussion", "meeting-held", "sexual-activity-under-13-suspected"],
)  # fmt: skip
def test_a_ground_that_gets_less_than_a_referral_is_told(ground: str) -> None:
    """R21.4, R20.3, R14.4, R19.1, R14.2, R3.4: these are at least referred, whatever the outcome."""
    case, rules = _counter_example("grounds-are-referred", set_then(f"ground-to-refer.{ground}", ground_to_refer="no"))
    assert _decided(case, rules)[0] not in ("refer", "refer_now", "emergency")


def test_a_ground_without_an_age_that_rings_nobody_is_told() -> None:
    """S6(10), R12.5: not knowing the age is not answered with less than the ages that it may be."""
    broken = set_when("refer-to-mash-now", {"route": "adult"}, "age-not-known")
    case, rules = _counter_example("grounds-without-an-age-are-referred", broken)
    assert "refer-to-mash-now" not in _decided(case, rules)[1]


def test_sexual_activity_under_13_that_waits_for_a_form_is_told() -> None:
    """R3.4: evidence of it counts as abuse seen."""
    broken = set_then("urgency.sexual-activity-under-13", urgency="screen")
    case, rules = _counter_example("sexual-activity-under-13-is-urgent", broken)
    assert case["indicators"] == {"sexual-health": {"seen": "evidence"}}
    assert _decided(case, rules)[0] not in ("refer_now", "emergency")


def test_an_own_worker_who_is_told_to_refer_is_told() -> None:
    """R17.3, R18.3: the child's own worker is Children's Services, and updates the assessment."""
    case, rules = _counter_example("own-worker-assesses", set_then("route.at-least-assess", route="refer"))
    assert case["allocated_worker"] is True
    assert _decided(case, rules)[0] == "refer"


def test_an_assessment_instead_of_a_referral_by_anyone_else_is_told() -> None:
    """R12.5: whoever is not the child's own worker refers."""
    broken = set_then("route.refer-12-to-17", route="assess")
    case, rules = _counter_example("assess-is-for-the-own-worker", broken)
    assert _decided(case, rules)[0] == "assess"


def test_early_help_that_goes_away_while_a_reason_is_missing_is_told() -> None:
    """R12.4: a judgement that does not count yet takes nothing away."""
    broken = set_when("re-screen", {"route": "adult"}, "until-the-reason-is-there")
    shown, _ = _failed("reason-first", broken)
    assert shown.detail == ": judged no_risk_identified, re-screen goes away"


def test_a_kept_answer_made_worse_that_gives_less_is_told() -> None:
    """With the age not known a category 3 must not do less than a category 3 not known."""
    broken = with_row(
        "kept-12-to-17", 0,
        {"aged_12_to_17.category_3": "evidence", "aged_12_to_17.category_2": "evidence"},
        {"kept_12_to_17_refers": "no"},
    )  # fmt: skip
    case, rules = _counter_example("worse-is-never-less:aged_12_to_17.category_3", broken)
    assert "child" not in case
    assert "refer-to-mash-now" in _decided(case, rules)[1]


def test_a_judgement_without_a_reason_that_takes_protection_away_is_told() -> None:
    """Lowering needs a reason: until it is there, what protects stays (S4(3), R12.3)."""
    broken = set_then("final.lowered-without-reason", final={"same_as": "judged"}, ask="nothing")
    shown, _ = _failed("reason-first", broken)
    assert " goes away" in shown.fault()
    assert "judged" in shown.fault()


def test_a_second_table_that_reads_the_judgement_is_told() -> None:
    """The proofs ask what another judgement would change: a second door would let it in unseen."""

    def broken(files: object) -> None:
        table(files, "own-worker")["inputs"].append("judgement.reason")  # type: ignore[arg-type]
        row(files, "own-worker.yes")["when"]["judgement.reason"] = "given"  # type: ignore[arg-type]

    shown, _ = _failed("judgement-by-one-door", broken)
    assert shown.counter_example == {"judgement.reason": ["reasoned", "own-worker"]}


def test_not_knowing_that_lowers_the_route_is_told() -> None:
    """S6(7): red not known instead of none must not turn a referral into a question."""
    case, rules = _counter_example(
        "worse-is-never-less:under_12.red", without_row("under-12.significant-amber-red-not-known")
    )
    assert case["under_12"] == {"amber": "significant", "red": "none"}
    worse = {**case, "under_12": {"amber": "significant", "red": "not_known"}}
    assert _decided(case, rules)[0] == "refer"
    assert _decided(worse, rules)[0] == "ask_judgement"


def test_a_worse_answer_that_takes_the_last_referral_away_is_told() -> None:
    """S4(1): ringing 999 does not replace the referral to Children's Services."""
    broken = set_when("refer-to-mash-now", {"route": "refer_now"}, "urgent")
    shown, _ = _failed("worse-is-never-less:now.immediate_risk", broken)
    assert shown.detail == ": made worse in now.immediate_risk it gives emergency instead of refer_now"


def test_a_property_of_no_case_at_all_is_not_proved() -> None:
    """Where nothing is ever fixed, "nothing fixed is lowered" says nothing, and must not count as shown."""
    shown, _ = _failed(
        "fixed-is-never-lowered",
        set_then("under-12.alert", fixed="no"),
        set_then("under-12.several-red-with-amber", fixed="no"),
    )
    assert shown.checked == 0
    assert "No case at all is concerned" in shown.fault()


def test_an_empty_proof_does_not_hold() -> None:
    """No table and no property is no proof."""
    assert not Proof((), ()).holds
