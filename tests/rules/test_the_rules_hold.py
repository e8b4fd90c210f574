"""The project's own rules: every proof holds, and every witness is borne out by the engine itself."""

from __future__ import annotations

import json

import pytest

from build_scripts.proofs.counter_example import as_case
from build_scripts.proofs.prove import Proof
from build_scripts.rules.compile import built_rulebook, compile_rules
from build_scripts.rules.files import read_rule_files
from cse_pathway import decide_json
from cse_pathway.case import read_case
from cse_pathway.decide import decide
from cse_pathway.rulebook import RuleBook

TABLES = [table.id for table in built_rulebook().tables]
PROPERTIES = [
    "every-row-fires", "every-condition-speaks", "judgement-by-one-door", "danger-first", "fixed-is-never-lowered",
    "under-12-is-referred", "no-action-needs-a-judgement", "not-knowing-needs-a-reason", "grounds-are-referred",
    "grounds-without-an-age-are-referred", "sexual-activity-under-13-is-urgent", "own-worker-assesses",
    "assess-is-for-the-own-worker", "reason-first",
]  # fmt: skip
ORDERED = [path for path, entry in built_rulebook().inputs.items() if entry.worse]


@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_complete_free_of_conflict_and_wholly_used(proof: Proof, name: str) -> None:
    """Every combination of its inputs has its answer, no two rows disagree, every row, input and value is used."""
    shown = next(table for table in proof.tables if table.table == name)
    assert list(shown.faults()) == []
    assert shown.combinations > 0
    assert shown.rows > 0


@pytest.mark.parametrize("name", PROPERTIES)
def test_the_property_holds_of_every_case(proof: Proof, name: str) -> None:
    """What decision-model.md wants proved: danger first (S4(1)), nothing fixed lowered (S6(8), S6(9)), and so on."""
    shown = next(safety for safety in proof.safety if safety.id == name)
    assert shown.holds, shown.fault()


@pytest.mark.parametrize("path", ORDERED)
def test_a_worse_answer_never_gives_less(proof: Proof, path: str) -> None:
    """No answer made one step worse lowers the route or takes the last referral away, whatever else is answered."""
    shown = next(safety for safety in proof.safety if safety.id == f"worse-is-never-less:{path}")
    assert shown.holds, shown.fault()


def test_every_answer_that_can_worsen_has_its_order() -> None:
    """Urgent answers, both tools and the context are ordered; who and where a child is are not."""
    inputs = built_rulebook().inputs
    unordered = {path for path, entry in inputs.items() if entry.kind in ("answer", "choice") and not entry.worse}
    assert unordered == {"area", "setting", "child.status", "child.placed_out_of_area", "judgement.outcome"}


def test_nothing_is_proved_beside_these_and_nothing_less(proof: Proof) -> None:
    """A property that vanished from the proofs would vanish from this list too: it is written out."""
    assert [safety.id for safety in proof.safety] == [*PROPERTIES, *(f"worse-is-never-less:{path}" for path in ORDERED)]
    assert proof.holds
    assert proof.faults() == []


def test_each_witness_decided_by_the_engine_shows_its_row(proof: Proof, rules: RuleBook) -> None:
    """The case that is said to reach a row or a condition does: the engine names it in the decision's `why`."""
    wanted = [*proof.reach.rows, *proof.reach.conditions]
    assert len(wanted) == len(set(wanted)) > 150
    for name in wanted:
        case = as_case(proof.reach.witnesses[name], rules)
        decision = decide(read_case(case, rules), rules)
        assert name in [ground.row for ground in decision.why], (name, case)


def test_witnesses_are_cases_that_the_door_of_the_engine_takes(proof: Proof, rules: RuleBook) -> None:
    """A witness is a case as anybody may send it, not one that only the prover could make."""
    for name, witness in proof.reach.witnesses.items():
        answer = json.loads(decide_json(json.dumps(as_case(witness, rules))))
        assert "errors" not in answer, (name, answer)


def test_compiling_twice_gives_the_same_bytes() -> None:
    """The SHA-256 names a rule set: the same files give the same compiled rules, in order and in content."""
    one, two = (json.dumps(compile_rules(read_rule_files())) for _ in range(2))
    assert one == two
