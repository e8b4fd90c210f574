"""The mutation run: does any slip in the rules go unseen? Every mutant must fail a check; what survives is told.

`python -m build_scripts.mutation.run` makes every mutant of every rule, holds each against the checks in the order of
their cost (see mutation_checks.py), and writes the score to docs/_data/mutation.json with the SHA-256 of the rules it
holds for. It works on every processor at low priority, and says how far it is.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from build_scripts import ROOT
from build_scripts.mutation.checks import CHECKS, Checks, Verdict
from build_scripts.mutation.mutants import Mutant, mutants
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook

__all__ = ["SCORE", "Score", "run"]

SCORE = ROOT / "docs" / "_data" / "mutation.json"
_NICE = 15
_EVERY = 200


@dataclass(slots=True)
class Score:
    """What a run found: by kind of slip how many mutants and how many were caught, and by which check; who was not."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    by_check: Counter[str] = field(default_factory=Counter)
    equivalent: dict[str, list[str]] = field(default_factory=dict)
    survived: list[str] = field(default_factory=list)

    def add(self, mutant: Mutant, verdict: Verdict) -> None:
        """Count one mutant. An equivalent one is told with the reason but does not count: no check could catch it."""
        if verdict.equivalent_because:
            self.equivalent.setdefault(verdict.equivalent_because, []).append(mutant.told)
            return
        self.made[mutant.kind] += 1
        if not verdict.check:
            self.survived.append(mutant.told)
            return
        self.caught[mutant.kind] += 1
        self.by_check[verdict.check] += 1

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
        score.add(mutant, checks.of(mutant))
    return score


_shared: tuple[Checks, list[Mutant]] | None = None
"""What the processes of a run share: they are forked off when it is there, since a mutant cannot be sent."""


def _verdict(number: int) -> Verdict:
    if _shared is None:
        raise RuntimeError("the run has not begun: call main()")
    checks, chosen = _shared
    return checks.of(chosen[number])


def _verdicts(checks: Checks, chosen: list[Mutant]) -> Iterator[Verdict]:
    """The verdict on each mutant, in their order, worked out by as many processes as there are processors."""
    global _shared
    _shared = checks, chosen
    with multiprocessing.get_context("fork").Pool(initializer=os.nice, initargs=(_NICE,)) as pool:
        yield from pool.imap(_verdict, range(len(chosen)), chunksize=10)


def main() -> int:
    """Run every mutant and write the score; gives 0 only where none survived."""
    started = time.monotonic()
    checks = Checks()
    chosen = list(mutants(checks.files, all_domains(checks.rules)))
    score = Score()
    for done, (mutant, verdict) in enumerate(zip(chosen, _verdicts(checks, chosen), strict=True), start=1):
        score.add(mutant, verdict)
        if done % _EVERY == 0:
            print(f"{done} of {len(chosen)}, {time.monotonic() - started:.0f} s", flush=True)
    SCORE.write_text(json.dumps(score.as_json(checks.rules), indent=1) + "\n", "utf-8")
    equivalent = sum(len(told) for told in score.equivalent.values())
    print(f"{score.caught.total()} of {score.made.total()} mutants caught, {equivalent} equivalent")
    print(f"in {time.monotonic() - started:.0f} s, by {dict(score.by_check)}")
    for told in score.survived:
        print(f"survived  {told}", file=sys.stderr)
    return 1 if score.survived else 0


if __name__ == "__main__":
    sys.exit(main())
