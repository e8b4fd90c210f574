"""The checks that a slip in the rules must get past unseen to survive, from the quickest to the dearest.

A mutant is caught by the first of: the compiler; the proofs of the tables; the witness cases, each with the rows that
decide it and its decision by the second reading of the model; the second listing of what rules rest on; the proofs of
the whole. One that says the same on every combination that any case brings is equivalent: no case could ever show it.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from build_scripts import ROOT
from build_scripts.mutation.basis import BASIS, differs
from build_scripts.mutation.mutants import Mutant
from build_scripts.mutation.witness_cases import WitnessCase, read_witness_cases
from build_scripts.proofs.answer_space import Heard, explore, facts_read, single, to_the_letter
from build_scripts.proofs.reach import NOT_DUE, as_table, prove_reach
from build_scripts.proofs.safety import properties
from build_scripts.proofs.tables import prove_table
from build_scripts.rules.compile import compile_rules
from build_scripts.rules.files import BadRules, RuleFiles, read_rule_files
from cse_pathway.case import Case, read_case
from cse_pathway.decide import decide
from cse_pathway.facts import all_domains, facts_of
from cse_pathway.rulebook import RuleBook, read_rulebook
from cse_pathway.table import Facts, Table, Value

__all__ = ["CHECKS", "Checks", "Verdict"]

CONFORMANCE = ROOT / "tests" / "conformance"
CHECKS = ("compiler", "table proofs", "witness cases", "second listing", "whole proofs")
_BASIS = ("source", "inferred", "contact", "protection")
_IN_A_TABLE = frozenset(
    {"drop row", "swap rows", "drop cell", "narrow cell", "widen cell", "change cell", "change answer"}
    | {"drop condition", "adults"}
)
"""Kinds of slip that show in what a table (an action or warning taken as one) says of the facts of a case."""

_SAME_FIT = "the same rows fit every combination that any case brings here"
_EARLIER = "where it fits otherwise, a row further up decides"
_SAME_ORDER = "no case that gets to the two rows fits both"
_UNREAD = "whatever reads the other answer says the same all the same"
_NEVER_DUE = "to those whom it lets in it is never due"

_SHOWN = {"route", "instrument", "indicated", "judged", "final", "fixed", "provisional"}
"""Facts that a decision shows as they are."""

Said = tuple[Mapping[str, Value], tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which check caught a mutant. None did where `check` is empty: it survived, or is equivalent because ..."""

    check: str = ""
    equivalent_because: str = ""


@dataclass(slots=True)
class Checks:
    """The checks, with what they need worked out once."""

    files: RuleFiles = field(default_factory=read_rule_files)
    held: list[WitnessCase] = field(default_factory=read_witness_cases)
    rules: RuleBook = field(init=False)
    readings: list[dict[str, Any]] = field(init=False)
    basis: Mapping[str, Any] = field(init=False)
    _tables: list[Table] = field(init=False)
    _cases: list[Case] = field(init=False)
    _facts: list[list[Facts]] = field(init=False)
    _said: dict[int, list[Said]] = field(init=False, default_factory=dict)
    _reached: dict[tuple[str, ...], list[Facts]] = field(init=False, default_factory=dict)
    _heard: Heard = field(init=False, default_factory=Heard)

    def __post_init__(self) -> None:
        sys.path.insert(0, str(CONFORMANCE))
        read = importlib.import_module("independent_reading").read
        self.rules = read_rulebook(compile_rules(self.files))
        self.readings = [read(held.case) for held in self.held]
        self.basis = json.loads(BASIS.read_text("utf-8"))
        self._tables = _all_tables(self.rules)
        self._cases = [read_case(held.case, self.rules) for held in self.held]
        self._facts = [list(_before_each_table(case, self.rules)) for case in self._cases]

    def of(self, mutant: Mutant) -> Verdict:
        """Hold one mutant against the checks."""
        try:
            rules = read_rulebook(compile_rules(mutant.of(self.files)))
        except BadRules:
            return Verdict(CHECKS[0])
        domains = all_domains(rules)
        untouched = {table.id: table for table in self.rules.tables}
        touched = (table for table in rules.tables if table != untouched.get(table.id))
        if not all(prove_table(table, domains).holds for table in touched):
            return Verdict(CHECKS[1])
        if mutant.kind in _BASIS and differs(rules, self.basis):
            return Verdict(CHECKS[3])  # what a rule rests on shows in no answer: the cases need not be asked
        if self.case_that_tells(rules, mutant) is not None:
            return Verdict(CHECKS[2])
        if differs(rules, self.basis):
            return Verdict(CHECKS[3])
        if because := self._same_everywhere(rules):
            return Verdict(equivalent_because=because)
        return Verdict() if _whole_holds(rules) else Verdict(CHECKS[4])

    def case_that_tells(self, rules: RuleBook, mutant: Mutant | None = None) -> WitnessCase | None:
        """The first witness case that these rules decide otherwise; those close to the mutant are asked first."""
        disagreements = importlib.import_module("agreement").disagreements
        table, where = (mutant.table, mutant.where.partition(".")[0]) if mutant else ("", "")

        def distance(place: int) -> tuple[bool, bool]:
            held = self.held[place]
            return held.table != table, not any(row.startswith(where) for row in held.rows)

        for place in sorted(self._places_that_may_tell(rules, mutant), key=distance):
            held = self.held[place]
            decision = decide(self._cases[place], rules)
            fired = {ground.row for ground in decision.why if ground.table == held.table}
            wanted = set(held.rows)
            if not wanted <= fired or (held.table not in ("actions", "warnings") and fired != wanted):
                return held
            if disagreements(decision.as_json(), self.readings[place]):
                return held
        return None

    def _places_that_may_tell(self, rules: RuleBook, mutant: Mutant | None) -> Iterable[int]:
        """The cases worth asking: those on whose facts a touched table says something else. Others decide as before."""
        everywhere = range(len(self.held))
        if mutant is None or mutant.kind not in _IN_A_TABLE:
            return everywhere
        touched = self._touched(rules)
        return [place for place in everywhere if any(self._says_otherwise(place, *two) for two in touched)]

    def _touched(self, rules: RuleBook) -> list[tuple[int, Table]]:
        """The place and the new form of each table, action or warning that is not as it was."""
        pairs = zip(self._tables, _all_tables(rules), strict=True)
        return [(number, two) for number, (one, two) in enumerate(pairs) if one != two]

    def _says_otherwise(self, place: int, number: int, table: Table) -> bool:
        """Whether this form of a table says something else than the table that stands, on a witness case."""
        step = min(number, len(self.rules.tables))
        if number not in self._said:
            self._said[number] = [_said(self._tables[number], facts[step]) for facts in self._facts]
        return _said(table, self._facts[place][step]) != self._said[number][place]

    def _same_everywhere(self, rules: RuleBook) -> str:
        """Why nothing could show a change: every table and item says the same to every case. Empty where not so."""
        if len(rules.actions) != len(self.rules.actions) or len(rules.warnings) != len(self.rules.warnings):
            return ""
        because = ""
        for number, two in self._touched(rules):
            one = self._tables[number]
            if one.id != two.id or one.otherwise != two.otherwise:
                return ""
            reached = self._combinations(number, facts_read(one) | facts_read(two))
            if all(_said(one, facts) == _said(two, facts) for facts in reached):
                because = _why_equivalent(one, two, reached)
            elif self._never_shows(number, two, reached):
                because = _UNREAD
            else:
                return ""
        return because

    def _never_shows(self, number: int, two: Table, reached: list[Facts]) -> bool:
        """Whether only an answer is another, and whatever reads it says the same all the same, in every case."""
        one = self._tables[number]
        if any(_said(one, facts)[1] != _said(two, facts)[1] for facts in reached):
            return False
        answers = [(_said(one, facts)[0], _said(two, facts)[0]) for facts in reached]
        given = {name for name, _ in one.outputs if any(was.get(name) != now.get(name) for was, now in answers)}
        later = range(number + 1, len(self._tables))
        settled = facts_read(one) | given
        if given & _SHOWN or any(settled & {name for name, _ in self._tables[place].outputs} for place in later):
            return False
        return all(self._heeds_not(place, one, two) for place in later if given & facts_read(self._tables[place]))

    def _heeds_not(self, place: int, one: Table, two: Table) -> bool:
        """Whether a later table, action or warning says the same when one table answers as the other."""
        reader = self._tables[place]
        reached = self._combinations(place, facts_read(one) | facts_read(reader))
        return all(_said(reader, facts) == _said(reader, {**facts, **two.decide(facts)[0]}) for facts in reached)

    def _combinations(self, number: int, names: set[str]) -> list[Facts]:
        """Every combination of these facts that any case brings to a table."""
        listed = sorted(names)
        key = (self._tables[number].id, *listed)
        if key not in self._reached:
            until = number if number < len(self.rules.tables) else None
            walked = explore(single(self.rules), self.rules, to_the_letter(listed), until, self._heard).rows(listed)
            found = dict.fromkeys(tuple(worlds[0] for worlds in row) for row, _ in walked)
            self._reached[key] = [dict(zip(listed, values, strict=True)) for values in found]
        return self._reached[key]


def _why_equivalent(one: Table, two: Table, reached: list[Facts]) -> str:
    if one.only_when != two.only_when:
        return _NEVER_DUE
    was, now = ({row.id: row for row in table.rows} for table in (one, two))
    if list(was) != list(now):
        return _SAME_ORDER
    same = all(row.fits(facts) == was[row.id].fits(facts) for row in now.values() for facts in reached)
    return _SAME_FIT if same else _EARLIER


def _before_each_table(case: Case, rules: RuleBook) -> Iterator[Facts]:
    """The facts of a case as each table meets them, and last as the actions and warnings do."""
    known: dict[str, Value] = dict(facts_of(case, rules))
    for table in rules.tables:
        yield dict(known)
        known.update(table.decide(known)[0])
    yield known


def _said(table: Table, facts: Facts) -> Said:
    """What a table gives, which rows speak, and the facts that they read: all that a decision could show of it."""
    outputs, hits = table.decide(facts)
    return outputs, tuple([(hit.row.id, hit.because) for hit in hits if not hit.row.id.endswith(NOT_DUE)])


def _all_tables(rules: RuleBook) -> list[Table]:
    items = [(item, "actions") for item in rules.actions] + [(item, "warnings") for item in rules.warnings]
    return [*rules.tables, *(as_table(item, kind, rules) for item, kind in items)]


def _whole_holds(rules: RuleBook) -> bool:
    reach = prove_reach(rules)
    return all(prove().holds for prove in properties(rules, lambda: reach).values())
