"""A slip in any rule is seen: one mutant of every row, condition and item here, all of them in the mutation run."""

from __future__ import annotations

import json

import pytest

from build_scripts.mutation.checks import CHECKS, Checks
from build_scripts.mutation.mutants import Mutant, mutants
from build_scripts.mutation.run import SCORE, run
from build_scripts.mutation.witness_cases import combinations
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook

KINDS = {
    "drop row", "swap rows", "drop cell", "narrow cell", "widen cell", "change cell", "change answer", "source",
    "inferred", "drop item", "swap items", "drop condition", "adults", "clock", "contact", "protection",
}  # fmt: skip


@pytest.fixture(scope="module")
def checks() -> Checks:
    """The checks, with the witness cases and their readings worked out once."""
    return Checks()


@pytest.fixture(scope="module")
def all_mutants(checks: Checks) -> list[Mutant]:
    """Every mutant of the rules as they stand."""
    return list(mutants(checks.files, all_domains(checks.rules)))


def test_the_rules_themselves_pass_the_checks(checks: Checks) -> None:
    """Checks that fail on sound rules would catch every mutant and show nothing."""
    unchanged = Mutant("none", "nowhere", "nothing", "route", lambda files: files)
    assert checks.of(unchanged).check == ""


def test_one_slip_in_each_row_condition_and_item_is_caught(checks: Checks, all_mutants: list[Mutant]) -> None:
    """For every row, condition and item the first slip that changes anything fails a check."""
    known = {told for listed in json.loads(SCORE.read_text("utf-8"))["equivalent"].values() for told in listed}
    first: dict[str, Mutant] = {}
    for mutant in all_mutants:
        if mutant.told not in known and mutant.kind != "drop row":
            first.setdefault(f"{mutant.table} {mutant.where}", mutant)
    assert len(first) > 200
    score = run(checks, first.values())
    assert score.survived == []
    assert score.equivalent == {}


def test_every_kind_of_slip_is_made_in_every_place_that_has_one(all_mutants: list[Mutant], rules: RuleBook) -> None:
    """No row and no condition is left out of the run, and no kind of slip vanished from it."""
    assert {mutant.kind for mutant in all_mutants} == KINDS
    places = {mutant.where for mutant in all_mutants}
    rows = {row.id for table in rules.tables for row in table.rows} - {"area-tool.none-named"}
    conditions = {f"{item.id}.{held.id}" for item in (*rules.actions, *rules.warnings) for held in item.conditions}
    assert rows | conditions <= places
    assert len(all_mutants) > 3000


def test_a_mutant_leaves_the_rules_it_was_made_of_alone(checks: Checks, all_mutants: list[Mutant]) -> None:
    """Each slip is made in a copy: else the next one would be two slips."""
    before = json.dumps(checks.files.tables), json.dumps(checks.files.actions)
    for mutant in all_mutants[::100]:
        altered = mutant.of(checks.files)
        assert any(getattr(altered, name) != getattr(checks.files, name) for name in ("tables", "actions", "warnings"))
    assert (json.dumps(checks.files.tables), json.dumps(checks.files.actions)) == before


def test_the_published_score_adds_up() -> None:
    """The figure on the site comes from the file that the run wrote: all caught, or each survivor named."""
    score = json.loads(SCORE.read_text("utf-8"))
    assert sum(kind["mutants"] for kind in score["by_kind"].values()) == score["mutants"]
    assert sum(kind["caught"] for kind in score["by_kind"].values()) == score["caught"]
    assert sum(score["by_check"].values()) == score["caught"]
    assert list(score["by_check"]) == list(CHECKS)
    assert score["mutants"] - score["caught"] == len(score["survived"])
    assert set(score["by_kind"]) == KINDS


def test_the_published_score_is_of_the_rules_that_stand(rules: RuleBook, all_mutants: list[Mutant]) -> None:
    """After any change of the rules the run is made again: no figure stands for rules that it never saw."""
    score = json.loads(SCORE.read_text("utf-8"))
    mend = "the rules have changed: run `python -m build_scripts.mutation.run` and commit what it writes"
    assert score["rules"] == {"version": rules.version, "sha256": rules.sha256}, mend
    told = [one for listed in score["equivalent"].values() for one in listed]
    assert score["mutants"] + len(told) == len(all_mutants), mend
    assert set(told) <= {mutant.told for mutant in all_mutants}, mend


def test_a_slip_that_changes_no_decision_is_told_apart_from_one_that_survived(
    checks: Checks, all_mutants: list[Mutant]
) -> None:
    """Only what no case of any kind could show counts as equivalent, and says why: here one for each reason."""
    listed = json.loads(SCORE.read_text("utf-8"))["equivalent"]
    by_name = {mutant.told: mutant for mutant in all_mutants}
    for because, told in listed.items():
        assert checks.of(by_name[told[0]]).equivalent_because == because
    known = {one for told in listed.values() for one in told}
    harmful = next(mutant for mutant in all_mutants if mutant.kind == "change answer" and mutant.told not in known)
    assert checks.of(harmful).equivalent_because == ""


def test_every_row_and_condition_is_shown_by_a_committed_case(checks: Checks, rules: RuleBook) -> None:
    """The witness cases cover the rules as they stand; after a change of rules they are written anew and read over."""
    shown = {row for held in checks.held for row in held.rows}
    rows = {row.id for table in rules.tables for row in table.rows}
    conditions = {f"{item.id}.{held.id}" for item in (*rules.actions, *rules.warnings) for held in item.conditions}
    assert rows | conditions <= shown
    assert checks.case_that_tells(rules) is None


def test_every_combination_of_a_table_is_one_that_a_case_brings(rules: RuleBook) -> None:
    """What counts as equivalent is judged over these: the route table is brought far fewer than its inputs allow."""
    route = next(table for table in rules.tables if table.id == "route")
    reached = list(combinations(route, rules))
    assert 50 < len(reached) < 3 * 4 * 2 * 3 * 8
    assert {row for held in reached for row in held.fires} == {row.id for row in route.rows}
