"""Proving the rules: every table, then the whole engine. A gap, a conflict or an unsafe rule fails the build.

`python -m build_scripts.prove_rules` prints what was proved; every fault comes with the smallest case that shows it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from build_scripts.compile_rules import built_rulebook
from build_scripts.rule_files import BadRules
from build_scripts.safety_proofs import SafetyProof, prove_safety
from build_scripts.table_proofs import TableProof, all_domains, prove_table
from cse_pathway.rulebook import RuleBook

__all__ = ["Proof", "main", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was proved of a rule book."""

    tables: tuple[TableProof, ...]
    safety: tuple[SafetyProof, ...]

    @property
    def holds(self) -> bool:
        """Whether every proof holds."""
        return all(proof.holds for proof in (*self.tables, *self.safety))

    def faults(self) -> list[str]:
        """Every fault, told with an example."""
        told = [fault for proof in self.tables for fault in proof.faults()]
        return told + [proof.fault() for proof in self.safety if not proof.holds]


def prove(rules: RuleBook) -> Proof:
    """Prove a rule book. Where a table alone fails, the whole is not walked: its answers would mean nothing."""
    domains = all_domains(rules)
    tables = tuple(prove_table(table, domains) for table in rules.tables)
    safety = tuple(prove_safety(rules)) if all(not proof.gaps and not proof.conflicts for proof in tables) else ()
    return Proof(tables, safety)


def main() -> int:
    """Prove the project's rules; gives 0, or 1 with every fault on standard error."""
    try:
        proof = prove(built_rulebook())
    except BadRules as bad:
        print(bad, file=sys.stderr)
        return 1
    for table in proof.tables:
        overlaps = f", {len(table.overlaps)} first-hit overlaps" if table.overlaps else ""
        print(f"{'proved' if table.holds else 'FAILED'}  {table.table}: {table.rows} rows over {table.combinations} combinations{overlaps}")
    for safety in proof.safety:
        print(f"{'proved' if safety.holds else 'FAILED'}  {safety.says} ({safety.checked} combinations)")
    for fault in proof.faults():
        print(fault, file=sys.stderr)
    return 0 if proof.holds else 1


if __name__ == "__main__":
    sys.exit(main())
