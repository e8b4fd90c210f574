"""A compact set of cases that between them show every row, every condition and every value of every cell at work.

For each value in a cell there is a case in which its row decides by that value; for each value left out of a cell, a
case in which the row would decide if the value were let in; for each two rows that both fit, a case in which the
earlier speaks; for each action and warning the same of an adult, whether it is due or not.

`python -m build_scripts.mutation.witness_cases` writes them anew to tests/conformance/witness_cases.json, to be read
over like any change of the rules: what each case decides is held against the second reading of the model.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts import ROOT
from build_scripts.proofs.answer_space import explore, facts_read, single, to_the_letter
from build_scripts.proofs.counter_example import as_case
from build_scripts.proofs.reach import NOT_DUE, as_table
from build_scripts.rules.compile import built_rulebook
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import NOT_KNOWN, RuleBook
from cse_pathway.table import Cell, Facts, Row, SameAs, Table, Value

__all__ = ["CASES", "Combination", "WitnessCase", "combinations", "read_witness_cases", "witness_cases"]

CASES = ROOT / "tests" / "conformance" / "witness_cases.json"
AGES = (0, 11, 12, 13, 15, 16, 17, 18, 120)
_WITH_THE_REGIONAL_TOOL = range(14, 18)
_PLAIN = ("now.", "no")
"""Urgent answers that a case does not need are no: else every case were urgent, and nothing below would show."""


@dataclass(frozen=True, slots=True)
class WitnessCase:
    """A case, the table (or `actions`, `warnings`) that it is there for, and the rows that decide it there.

    Of a table these are all that fire, none where it is not asked; of actions or warnings they are some.
    """

    table: str
    rows: tuple[str, ...]
    case: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Combination:
    """One reachable combination of what a table reads, the rows that fire on it, and a case that shows it."""

    facts: Facts
    fires: tuple[str, ...]
    witness: Mapping[str, Value]


def witness_cases(rules: RuleBook) -> list[WitnessCase]:
    """The cases, table by table, then action by action, then the ages on either side of each bound."""
    found: list[WitnessCase] = []
    domains = all_domains(rules)
    items = [*((item, "actions") for item in rules.actions), *((item, "warnings") for item in rules.warnings)]
    for table in (*rules.tables, *(as_table(item, kind, rules) for item, kind in items)):
        also = () if table in rules.tables else ("age_band",)
        for calm in (True, False):  # what an emergency hides shows in a calm case, and the other way round
            reached = list(combinations(table, rules, also, calm=calm))
            chosen = _cover(list(_wanted(table, domains, reached)), reached)
            told = (_told(table, combination, rules) for combination in chosen)
            found += [one for one in told if one not in found]
    for age in AGES:
        case = {**_plain(rules), "age": age, "context.other_children": "yes", "child.status": "looked_after"}
        bands = next(table for table in rules.tables if table.id == "age-band")
        fires = tuple(hit.row.id for hit in bands.decide({"age": age})[1])
        found.append(WitnessCase("age-band", fires, as_case(case, rules)))
    return found


def combinations(
    table: Table, rules: RuleBook, also: Iterable[str] = (), *, calm: bool = True
) -> Iterator[Combination]:
    """Every combination of what a table reads (and of other facts) that any case brings it, with the rows that fire.

    Where it can be, the case that shows one is in no immediate risk (`calm`), or nobody knows whether it is.
    """
    until = rules.tables.index(table) if table in rules.tables else None
    names = sorted(facts_read(table) | set(also))
    space = single(rules)
    # A child with a tool of its own first: in other cases much of what follows does not show.
    space["age"].sort(key=lambda worlds: worlds[0] not in _WITH_THE_REGIONAL_TOOL)
    if calm:
        space["now.immediate_risk"].sort(key=lambda worlds: worlds[0] != "no")
    seen = set()
    for values, witness in explore(space, rules, to_the_letter(names), until).join(names):
        facts = {name: values[name][0] for name in names}
        key = tuple(facts.items())
        if key not in seen:
            seen.add(key)
            hits = table.decide(facts)[1]
            yield Combination(facts, tuple(hit.row.id for hit in hits), witness.case())


_Wanted = frozenset[int]
"""The places of the combinations any one of which will do."""


def _wanted(table: Table, domains: Mapping[str, Any], reached: list[Combination]) -> Iterator[_Wanted]:
    for name, _ in table.only_when:
        for value in domains[name]:
            yield frozenset(number for number, held in enumerate(reached) if held.facts[name] == value)
    for place, row in enumerate(table.rows):
        fires = {number for number, held in enumerate(reached) if row.id in held.fires}
        yield frozenset(fires)
        yield from _of_adults(row, reached)
        for copied in {value.fact for _, value in row.then if isinstance(value, SameAs)}:
            for value in domains[copied]:
                yield frozenset(number for number in fires if reached[number].facts[copied] == value)
        earlier = table.rows[:place] if table.hit_policy == "first" else ()
        for name, cell in row.when:
            others = tuple((other, held) for other, held in row.when if other != name)
            for value in _telling(cell, domains[name]):
                if cell.fits(value):
                    yield frozenset(number for number in fires if reached[number].facts[name] == value)
                    continue
                widened = Row(row.id, others, ())
                yield frozenset(
                    number
                    for number, held in enumerate(reached)
                    if held.facts[name] == value
                    and table.asked(held.facts)
                    and widened.fits(held.facts)
                    and not any(other.fits(held.facts) for other in earlier)
                )
        for other in table.rows[place + 1 :] if table.hit_policy == "first" else ():
            yield frozenset(number for number in fires if other.when and other.fits(reached[number].facts))


def _of_adults(row: Row, reached: list[Combination]) -> Iterator[_Wanted]:
    """An adult whom a row fits, where it is known who is one: whether the row speaks for adults as well."""
    if row.when:
        yield frozenset(
            number
            for number, held in enumerate(reached)
            if held.facts.get("age_band") == "adult" and row.fits(held.facts)
        )


def _telling(cell: Cell, domain: list[Value]) -> list[Value]:
    """The values that tell a cell from one that is a little different: all, or of numbers those beside its bounds."""
    numbers = [value for value in domain if isinstance(value, int) and not isinstance(value, bool)]
    if not numbers:
        return list(domain)
    beside = [value for value in numbers if any(cell.fits(value) != cell.fits(near) for near in (value - 1, value + 1))]
    return [*beside, NOT_KNOWN]


def _cover(wanted: list[_Wanted], reached: list[Combination]) -> list[Combination]:
    """Few reached that meet every want that any combination meets: the most useful first."""
    open_wants = {number: want for number, want in enumerate(wanted) if want}
    meets: dict[int, set[int]] = {}
    for number, want in open_wants.items():
        for place in want:
            meets.setdefault(place, set()).add(number)
    chosen = []
    while open_wants:
        best = max(sorted(meets), key=lambda place: len(meets[place]))
        chosen.append(best)
        done = set(meets[best])
        for number in done:
            for place in open_wants.pop(number):
                meets[place].discard(number)
    return [reached[place] for place in sorted(chosen)]


def _told(table: Table, combination: Combination, rules: RuleBook) -> WitnessCase:
    kind, _, item = table.id.rpartition(":")
    rows = tuple(name.partition(":")[2] if kind else name for name in combination.fires)
    shown = tuple(name for name in rows if not name.endswith(NOT_DUE))
    case = as_case({**_plain(rules), **combination.witness}, rules)
    return WitnessCase(kind or item, shown, case)


def _plain(rules: RuleBook) -> dict[str, Value]:
    prefix, value = _PLAIN
    return {**{path: value for path in rules.inputs if path.startswith(prefix)}, "referral.made_at": "given"}


def read_witness_cases(path: Path = CASES) -> list[WitnessCase]:
    """The cases as they were last written and read over."""
    entries = json.loads(path.read_text("utf-8"))["cases"]
    return [WitnessCase(entry["table"], tuple(entry["rows"]), entry["case"]) for entry in entries]


def main() -> int:
    """Write the cases of the rules as they stand."""
    lines = [
        json.dumps({"table": held.table, "rows": held.rows, "case": held.case}, separators=(",", ":"))
        for held in witness_cases(built_rulebook())
    ]
    CASES.write_text('{"cases": [\n' + ",\n".join(lines) + "\n]}\n", "utf-8")
    print(f"{len(lines)} cases written to {CASES.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
