"""Proving the rules: every table, then the whole engine. A gap, a conflict or an unsafe rule fails the build.

`python -m build_scripts.proofs.prove` compiles the rules, proves them and only then writes the rule book; `--list` also
prints every proof. Every fault comes with a case that shows it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from build_scripts.proofs.answer_space import explore, facts_read, single, to_the_letter
from build_scripts.proofs.counter_example import as_case
from build_scripts.proofs.reach import Reach, prove_reach
from build_scripts.proofs.safety import SafetyProof, prove_safety
from build_scripts.proofs.tables import TableProof, prove_table
from build_scripts.rules.compile import compile_rules, write_rulebook
from build_scripts.rules.files import BadRules, read_rule_files
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook, read_rulebook

__all__ = ["Proof", "known_proof", "main", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was proved of a rule book.

    `reach` holds a case for every row and condition; `undecided` tells, for each table that has a gap or a conflict,
    a case that it cannot decide.
    """

    tables: tuple[TableProof, ...]
    safety: tuple[SafetyProof, ...]
    reach: Reach = field(default_factory=lambda: Reach((), (), {}))
    undecided: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every proof holds, and there is one."""
        tables = all(proof.holds for proof in self.tables)
        return tables and bool(self.safety) and all(proof.holds for proof in self.safety)

    def faults(self) -> list[str]:
        """Every fault, told with an example."""
        told = [fault for proof in self.tables for fault in proof.faults()]
        return told + list(self.undecided) + [proof.fault() for proof in self.safety if not proof.holds]


def prove(rules: RuleBook) -> Proof:
    """Prove a rule book. Where a table alone fails, the whole is not walked: its answers would mean nothing."""
    domains = all_domains(rules)
    tables = tuple(prove_table(table, domains) for table in rules.tables)
    broken = [proof.table for proof in tables if proof.gaps or proof.conflicts]
    if broken:
        return Proof(tables, (), undecided=tuple(_undecided(rules, broken[0])))
    reach = prove_reach(rules)
    return Proof(tables, tuple(prove_safety(rules, reach)), reach)


_PROVED: dict[str, Proof] = {}


def known_proof(rules: RuleBook) -> Proof:
    """The proof of a rule book, worked out once while this program runs."""
    if rules.sha256 not in _PROVED:
        _PROVED[rules.sha256] = prove(rules)
    return _PROVED[rules.sha256]


def _undecided(rules: RuleBook, broken: str) -> Iterator[str]:
    """The smallest case that the first broken table cannot decide, where any case gets there."""
    place = next(place for place, table in enumerate(rules.tables) if table.id == broken)
    table = rules.tables[place]
    names = sorted(facts_read(table))
    found = []
    for values, witness in explore(single(rules), rules, to_the_letter(names), place).join(names):
        try:
            table.decide({name: worlds[0] for name, worlds in values.items()})
        except LookupError:
            found.append(as_case(witness.case(), rules))
    if found:
        smallest = min(found, key=lambda case: (len(str(case)), str(case)))
        yield f"table {broken}: the smallest case that it cannot decide is {smallest}."


def main(arguments: Sequence[str] = ()) -> int:
    """Compile and prove the project's rules, and write the rule book where every proof holds.

    Gives 0, or 1 with every fault on standard error. With `--list` every proof is printed.
    """
    started = time.monotonic()
    try:
        data = compile_rules(read_rule_files())
    except BadRules as bad:
        print(f"The rules cannot be compiled: {len(bad.problems)} to mend.", file=sys.stderr)
        print(bad, file=sys.stderr)
        return 1
    proof = prove(read_rulebook(data))
    if "--list" in arguments:
        _print(proof)
    for fault in proof.faults():
        print(fault, file=sys.stderr)
    if not proof.holds:
        print("The rules were not written: the engine keeps those it had.", file=sys.stderr)
        return 1
    write_rulebook(data)
    took = time.monotonic() - started
    print(f"proved: {len(proof.tables)} tables, {len(proof.safety)} properties of the whole engine, in {took:.1f} s")
    return 0


def _print(proof: Proof) -> None:
    for table in proof.tables:
        overlaps = f", {len(table.overlaps)} first-hit overlaps" if table.overlaps else ""
        says = f"{table.table}: {table.rows} rows over {table.combinations} combinations{overlaps}"
        print(f"{'proved' if table.holds else 'FAILED'}  {says}")
    for safety in proof.safety:
        print(f"{'proved' if safety.holds else 'FAILED'}  {safety.says} ({safety.checked} combinations)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
