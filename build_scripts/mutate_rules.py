"""The mutation run: does any slip in the rules go unseen? Every mutant must fail a check; what survives is told.

`python -m build_scripts.mutate_rules` makes every mutant of every rule, holds each against the checks in the order of
their cost, and writes the score to docs/_data/mutation.json with the SHA-256 of the rules it holds for. A mutant is
caught by the first of: the compiler; the proofs of the tables; the witness cases, each with the rows that decide it and
its decision by the second reading of the model; the second listing of what rules rest on; the proofs of the whole.
One that decides every reachable combination as before is equivalent: no case could ever show it.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_scripts.answer_space import facts_read
from build_scripts.compile_rules import compile_rules
from build_scripts.reach_proofs import as_table, prove_reach
from build_scripts.rule_basis import BASIS, basis_of
from build_scripts.rule_files import BadRules, RuleFiles, read_rule_files
from build_scripts.rule_mutants import Mutant, mutants
from build_scripts.safety_proofs import properties
from build_scripts.table_proofs import all_domains, prove_table
from build_scripts.witness_cases import WitnessCase, combinations, read_witness_cases
from cse_pathway.case import read_case
from cse_pathway.decide import decide
from cse_pathway.rulebook import RuleBook, read_rulebook
from cse_pathway.table import Facts, Table, Value

__all__ = ["SCORE", "Checks", "Score", "run"]

ROOT = Path(__file__).resolve().parent.parent
SCORE = ROOT / "docs" / "_data" / "mutation.json"
CHECKS = ("compiler", "table proofs", "witness cases", "second listing", "whole proofs")
_BASIS = ("source", "inferred", "contact")
EQUIVALENT, SURVIVED = "equivalent", "survived"


@dataclass(slots=True)
class Checks:
    """The checks that a mutant must get past, with what they need worked out once."""

    files: RuleFiles = field(default_factory=read_rule_files)
    cases: list[WitnessCase] = field(default_factory=read_witness_cases)
    rules: RuleBook = field(init=False)
    readings: list[dict[str, Any]] = field(init=False)
    basis: Mapping[str, Any] = field(init=False)
    _reachable: dict[str, list[Any]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        sys.path.insert(0, str(ROOT / "tests" / "conformance"))
        read = importlib.import_module("independent_reading").read
        self.rules = read_rulebook(compile_rules(self.files))
        self.readings = [read(held.case) for held in self.cases]
        self.basis = json.loads(BASIS.read_text("utf-8"))

    def caught_by(self, mutant: Mutant) -> str:
        """The name of the first check that fails on a mutant; "equivalent" or "survived" where none does."""
        try:
            rules = read_rulebook(compile_rules(mutant.of(self.files)))
        except BadRules:
            return CHECKS[0]
        domains = all_domains(rules)
        if not all(prove_table(table, domains).holds for table in rules.tables):
            return CHECKS[1]
        if mutant.kind in _BASIS and basis_of(rules) != self.basis:
            return CHECKS[3]  # what a rule rests on shows in no answer: the cases need not be asked
        if self.case_that_tells(rules, mutant) is not None:
            return CHECKS[2]
        if basis_of(rules) != self.basis:
            return CHECKS[3]
        if self._same_everywhere(rules):
            return EQUIVALENT
        return SURVIVED if _whole_holds(rules) else CHECKS[4]

    def case_that_tells(self, rules: RuleBook, mutant: Mutant | None = None) -> WitnessCase | None:
        """The first witness case that these rules decide otherwise; those close to the mutant are asked first."""
        agreement = importlib.import_module("agreement")
        table, where = (mutant.table, mutant.where.partition(".")[0]) if mutant else ("", "")

        def distance(place: int) -> tuple[bool, bool]:
            held = self.cases[place]
            return held.table != table, not any(row.startswith(where) for row in held.rows)

        order = sorted(range(len(self.cases)), key=distance)
        for place in order:
            held = self.cases[place]
            decision = decide(read_case(held.case, rules), rules)
            groups = {ground.table for ground in decision.why}
            fired = {ground.row for ground in decision.why if ground.table == held.table}
            if held.rows and (held.table not in groups or not fired.issuperset(held.rows)):
                return held
            if agreement.disagreements(decision.as_json(), self.readings[place]):
                return held
        return None

    def _same_everywhere(self, rules: RuleBook) -> bool:
        """Whether every table, action and warning does the same on each combination that any case brings it."""
        for one, two in zip(_tables(self.rules), _tables(rules), strict=False):
            if one == two:
                continue
            if one.id != two.id or one.only_when != two.only_when or one.otherwise != two.otherwise:
                return False
            if one.id not in self._reachable:
                self._reachable[one.id] = list(combinations(one, self.rules))
            for held in self._reachable[one.id]:
                if not facts_read(two) <= set(held.facts) or _said(one, held.facts) != _said(two, held.facts):
                    return False
        return len(_tables(self.rules)) == len(_tables(rules))


def _said(table: Table, facts: Facts) -> tuple[dict[str, Value], list[str]]:
    outputs, hits = table.decide(facts)
    return outputs, [hit.row.id for hit in hits]


def _tables(rules: RuleBook) -> list[Table]:
    items = [(item, "actions") for item in rules.actions] + [(item, "warnings") for item in rules.warnings]
    return [*rules.tables, *(as_table(item, kind, rules) for item, kind in items)]


def _whole_holds(rules: RuleBook) -> bool:
    reach = prove_reach(rules)
    return all(prove().holds for prove in properties(rules, lambda: reach).values())


@dataclass(slots=True)
class Score:
    """What a run found: by kind of slip how many mutants and how many were caught, and by which check; who was not."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    by_check: Counter[str] = field(default_factory=Counter)
    equivalent: list[str] = field(default_factory=list)
    survived: list[str] = field(default_factory=list)

    def add(self, mutant: Mutant, verdict: str) -> None:
        """Count one mutant. An equivalent one is told but does not count: no check could catch it."""
        told = f"{mutant.kind}: {mutant.where}: {mutant.says}"
        if verdict == EQUIVALENT:
            self.equivalent.append(told)
            return
        self.made[mutant.kind] += 1
        if verdict == SURVIVED:
            self.survived.append(told)
            return
        self.caught[mutant.kind] += 1
        self.by_check[verdict] += 1

    def as_json(self, rules: RuleBook) -> dict[str, Any]:
        """The score as it is published, with the rules that it holds for."""
        return {
            "rules": {"version": rules.version, "sha256": rules.sha256},
            "mutants": self.made.total(),
            "caught": self.caught.total(),
            "by_kind": {kind: {"mutants": self.made[kind], "caught": self.caught[kind]} for kind in sorted(self.made)},
            "by_check": {check: self.by_check[check] for check in CHECKS},
            "equivalent": self.equivalent,
            "survived": self.survived,
        }


def run(checks: Checks, chosen: Iterable[Mutant]) -> Score:
    """Hold each mutant against the checks."""
    score = Score()
    for mutant in chosen:
        score.add(mutant, checks.caught_by(mutant))
    return score


def main() -> int:
    """Run every mutant and write the score; gives 0 only where none survived."""
    started = time.monotonic()
    checks = Checks()
    score = run(checks, mutants(checks.files, all_domains(checks.rules)))
    SCORE.write_text(json.dumps(score.as_json(checks.rules), indent=1) + "\n", "utf-8")
    print(f"{score.caught.total()} of {score.made.total()} mutants caught, {len(score.equivalent)} equivalent")
    print(f"in {time.monotonic() - started:.0f} s, by {dict(score.by_check)}")
    for told in score.survived:
        print(f"survived  {told}", file=sys.stderr)
    return 1 if score.survived else 0


if __name__ == "__main__":
    sys.exit(main())
