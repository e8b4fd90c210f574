"""The whole answer space, held small enough to walk: for proofs over every case instead of a sample.

Every answer is a fact with a known few values, and facts that no table has yet brought together are independent. So the
space is kept as several small relations. A table joins those it reads; whatever no later rule reads is projected away,
and values that no later rule tells apart are merged. Tables that nobody's question hangs on are not asked at all. Each
step is exact: what remains stands for every case there is, and keeps one case as its witness. Ages that no rule tells
apart are one class, and each class is walked by itself, so that the tool of another age never multiplies the space.

A value is held once per *world*. One world is a case; two worlds are a case before and after one answer changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

from cse_pathway.decide import TOOL_BAND
from cse_pathway.facts import domains_of
from cse_pathway.rulebook import NOT_KNOWN, RuleBook
from cse_pathway.table import Cell, Row, SameAs, Table, Value

__all__ = ["Exploration", "Reader", "Worlds", "as_case", "explore", "facts_read", "single", "stepping", "to_the_letter"]

Worlds = tuple[Value, ...]
Reader = tuple[str, Cell | None]
"""Somebody who reads a fact: by a cell, or (None) to the letter."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A case that shows a combination: answers of its own, and those of the witnesses it was joined from."""

    answers: tuple[tuple[str, Worlds], ...] = ()
    parts: tuple[Witness, ...] = ()

    def case(self, world: int = 0) -> dict[str, Value]:
        """The answers in one world, by path."""
        found = {name: worlds[world] for name, worlds in self.answers}
        for part in self.parts:
            found.update(part.case(world))
        return found


@dataclass(slots=True)
class Relation:
    """Facts that hang together: every combination of values they can have, each with one case that shows it."""

    names: tuple[str, ...]
    rows: dict[tuple[Worlds, ...], Witness]


@dataclass(slots=True)
class AnswerSpace:
    """What is left of the space of one age class when the tables have spoken."""

    relations: list[Relation]
    age: Witness

    def join(self, names: Iterable[str]) -> Iterator[tuple[dict[str, Worlds], Witness]]:
        """Every combination of values of these facts, with a case that shows it."""
        wanted = set(names)
        parts = [relation for relation in self.relations if wanted & set(relation.names)]
        missing = wanted - {name for part in parts for name in part.names}
        if missing:
            raise KeyError(f"no rule gives {', '.join(sorted(missing))}")
        for chosen in product(*(part.rows.items() for part in parts)):
            values: dict[str, Worlds] = {}
            for part, (row, _) in zip(parts, chosen, strict=True):
                values.update(zip(part.names, row, strict=True))
            yield values, Witness(parts=(self.age, *(witness for _, witness in chosen)))


@dataclass(slots=True)
class Exploration:
    """The spaces of all age classes, and for every row that ever fired a case that shows it."""

    spaces: list[AnswerSpace]
    fired: dict[str, dict[str, Value]]

    def join(self, names: Iterable[str]) -> Iterator[tuple[dict[str, Worlds], Witness]]:
        """Every combination of values of these facts, whatever the age, with a case that shows it."""
        wanted = list(names)
        for space in self.spaces:
            yield from space.join(wanted)


def single(rules: RuleBook) -> dict[str, list[Worlds]]:
    """The answer space of one case: each fact with its values, what nobody answered first.

    So the cases that come first, as counter-examples do, say no more than they must.
    """
    return {name: [(value,) for value in _unsaid_first(domain)] for name, domain in domains_of(rules).items()}


def stepping(rules: RuleBook, path: str) -> dict[str, list[Worlds]]:
    """The space of pairs of cases that differ in one answer, the second one step worse than the first."""
    space: dict[str, list[Worlds]] = {
        name: [(value, value) for value in _unsaid_first(domain)] for name, domain in domains_of(rules).items()
    }
    space[path] = list(pairwise(rules.inputs[path].worse))
    return space


def _unsaid_first(domain: Iterable[Value]) -> list[Value]:
    return sorted(domain, key=lambda value: value not in (NOT_KNOWN, "missing"))


def to_the_letter(names: Iterable[str]) -> list[Reader]:
    """Readers that tell every value of these facts apart."""
    return [(name, None) for name in names]


def explore(
    domains: Mapping[str, Sequence[Worlds]], rules: RuleBook, readers: Iterable[Reader], until: int | None = None
) -> Exploration:
    """Let the tables speak over the whole space, as far as the readers' facts hang on them.

    `domains` gives the values of each fact of a case, `readers` what must be told apart at the end; `until` is the
    place of the first table that is not asked any more.
    """
    end_readers = list(readers)
    wanted = {name for name, _ in end_readers}
    return explore_tables(domains, rules, _feeding(rules.tables[:until], wanted), end_readers)


def explore_tables(
    domains: Mapping[str, Sequence[Worlds]], rules: RuleBook, tables: Sequence[Table], readers: Sequence[Reader]
) -> Exploration:
    """Let these tables speak over the whole space, in order; they must hold all that feeds them."""
    end_readers = list(readers)
    # Which answers a case may hold hangs on its age band, so ages are told apart at least by that.
    age_table = _age_table(rules)
    everybody = [*end_readers, *_readers_of(age_table), *(reader for table in tables for reader in _readers_of(table))]
    fired: dict[str, dict[str, Value]] = {}
    merge_age = _Merger("age", everybody)
    ages = dict.fromkeys(tuple(merge_age(value) for value in worlds) for worlds in domains["age"])
    spaces = []
    for age in ages:
        allowed = _allowed(rules, age_table, {**domains, "age": [age]})
        if all(allowed.values()):
            spaces.append(_explore_one(allowed, tables, end_readers, fired))
    return Exploration(spaces, fired)


def facts_read(table: Table) -> set[str]:
    """Every fact that decides what a table answers."""
    return {name for name, _ in _readers_of(table)}


def _feeding(tables: Sequence[Table], wanted: set[str]) -> list[Table]:
    """The tables that some wanted fact hangs on, however far back."""
    found: list[Table] = []
    for table in reversed(tables):
        if table.hit_policy != "collect" and wanted & {name for name, _ in table.outputs}:
            found.append(table)
            wanted = wanted | facts_read(table)
    return found[::-1]


def _age_table(rules: RuleBook) -> Table:
    return next(table for table in rules.tables if "age_band" in dict(table.outputs))


def _allowed(rules: RuleBook, age_table: Table, domains: Mapping[str, Sequence[Worlds]]) -> dict[str, Sequence[Worlds]]:
    """Leave out what a case of this age may not hold: the other age's tool, and outcomes off the scale."""
    band = str(age_table.decide({"age": domains["age"][0][0]})[0]["age_band"])
    if band == NOT_KNOWN:
        return dict(domains)
    allowed = dict(domains)
    for name, values in domains.items():
        holder = name.partition(".")[0]
        if holder in TOOL_BAND and TOOL_BAND[holder] != band:
            wanted: frozenset[Value] = frozenset({NOT_KNOWN})
        elif name == "judgement.outcome":
            wanted = frozenset({NOT_KNOWN, *rules.scales.get(band, ())})
        elif holder == "judgement" and band not in rules.scales:
            wanted = frozenset({"missing"})
        else:
            continue
        allowed[name] = [worlds for worlds in values if wanted.issuperset(worlds)]
    return allowed


def _explore_one(
    domains: Mapping[str, Sequence[Worlds]],
    tables: Sequence[Table],
    end_readers: list[Reader],
    fired: dict[str, dict[str, Value]],
) -> AnswerSpace:
    constants = {name: values[0][0] for name, values in domains.items() if len(set(values)) == len(set(values[0])) == 1}
    tables = [_narrowed(table, constants) for table in tables]
    after: list[list[Reader]] = [end_readers]
    for table in reversed(tables):
        after.append([*after[-1], *_readers_of(table)])
    after.reverse()  # after[i]: who reads from table i on
    age = Witness((("age", domains["age"][0]),))
    read = {name for name, _ in after[0]}
    relations = []
    for name, values in domains.items():
        if name not in read:
            continue
        merge = _Merger(name, after[0])
        rows: dict[tuple[Worlds, ...], Witness] = {}
        for worlds in values:
            rows.setdefault((tuple(merge(value) for value in worlds),), Witness(((name, worlds),)))
        relations.append(Relation((name,), rows))
    for number, table in enumerate(tables):
        relations = _apply(table, AnswerSpace(relations, age), after[number + 1], fired)
    return AnswerSpace(relations, age)


def _narrowed(table: Table, constants: dict[str, Value]) -> Table:
    """The table where some facts are settled: rows that cannot fit fall away; settled outputs are noted."""

    def possible(cells: Iterable[tuple[str, Cell]]) -> bool:
        return all(name not in constants or cell.fits(constants[name]) for name, cell in cells)

    if not possible(table.only_when):
        constants.update(table.otherwise)
        return replace(table, inputs=(), rows=(), only_when=_NEVER)
    rows: list[Row] = []
    for row in table.rows:
        if possible(row.when):
            open_cells = tuple((name, cell) for name, cell in row.when if name not in constants)
            rows.append(replace(row, when=open_cells))
            if not open_cells and table.hit_policy == "first":
                break
    only_when = tuple((name, cell) for name, cell in table.only_when if name not in constants)
    for name, _ in table.outputs:
        constants.pop(name, None)
    if len(rows) == 1 and not rows[0].when and not only_when and table.hit_policy != "collect":
        constants.update({name: value for name, value in rows[0].then if not isinstance(value, SameAs)})
    return replace(table, inputs=(), rows=tuple(rows), only_when=only_when)


_NEVER = (("age", Cell(frozenset())),)
"""A condition that no case meets: the table is not asked at this age."""


def _readers_of(table: Table) -> list[Reader]:
    if table.only_when == _NEVER:
        return []
    found: list[Reader] = [(name, cell) for name, cell in table.only_when]
    for row in table.rows:
        found += [(name, cell) for name, cell in row.when]
        found += [(value.fact, None) for _, value in row.then if isinstance(value, SameAs)]
    return found


class _Merger:
    """Gives one value for all that nobody tells apart: the first that was met."""

    def __init__(self, name: str, readers: Iterable[Reader]) -> None:
        cells = dict.fromkeys(cell for fact, cell in readers if fact == name)
        self._exact = None in cells
        self._cells = [cell for cell in cells if cell is not None]
        self._first: dict[tuple[bool, ...], Value] = {}
        self._merged: dict[Value, Value] = {}

    def __call__(self, value: Value) -> Value:
        if self._exact:
            return value
        if value not in self._merged:
            fits = tuple(cell.fits(value) for cell in self._cells)
            self._merged[value] = self._first.setdefault(fits, value)
        return self._merged[value]


def _apply(
    table: Table, space: AnswerSpace, readers: Sequence[Reader], fired: dict[str, dict[str, Value]]
) -> list[Relation]:
    """Join what the table reads, let it speak in every world, and forget what nobody reads any more."""
    gives = set() if table.hit_policy == "collect" else {name for name, _ in table.outputs}
    if table.only_when == _NEVER and not table.otherwise:
        return space.relations
    reads = facts_read(table)
    touched = [part for part in space.relations if (reads | gives) & set(part.names)]
    others = [part for part in space.relations if part not in touched]
    voice = _Voice(table, fired)
    if not gives:  # It brings no facts together: each relation stays by itself.
        narrow = [_projected(part, [(name, None) for name in reads]) for part in touched]
        for values, witness in AnswerSpace(narrow, space.age).join(name for part in narrow for name in part.names):
            voice.in_every_world(values, witness, space.age)
        return [*others, *(_projected(part, readers) for part in touched)]
    read_later = {name for name, _ in readers}
    before = [name for part in touched for name in part.names]
    kept = [name for name in [*(name for name in before if name not in gives), *sorted(gives)] if name in read_later]
    mergers = [(name, _Merger(name, readers)) for name in kept]
    rows: dict[tuple[Worlds, ...], Witness] = {}
    for values, witness in AnswerSpace(touched, space.age).join(before):
        outcomes = voice.in_every_world(values, witness, space.age)
        row = tuple(tuple([merge(outcome[name]) for outcome in outcomes]) for name, merge in mergers)
        if row not in rows:
            rows[row] = witness
    return [*others, Relation(tuple(kept), rows)]


def _projected(part: Relation, readers: Iterable[Reader]) -> Relation:
    """What is left of a relation when only some of its facts are still read."""
    listed = list(readers)
    read = {name for name, _ in listed}
    kept = [(place, _Merger(name, listed)) for place, name in enumerate(part.names) if name in read]
    rows: dict[tuple[Worlds, ...], Witness] = {}
    for row, witness in part.rows.items():
        rows.setdefault(tuple(tuple([merge(value) for value in row[place]]) for place, merge in kept), witness)
    return Relation(tuple(part.names[place] for place, _ in kept), rows)


class _Voice:
    """A table that speaks over one relation after another; it remembers what it said, and notes which rows fired."""

    def __init__(self, table: Table, fired: dict[str, dict[str, Value]]) -> None:
        self._table = table
        self._reads = sorted(facts_read(table))
        self._said: dict[tuple[Value, ...], dict[str, Value]] = {}
        self._fired = fired

    def in_every_world(self, values: Mapping[str, Worlds], witness: Witness, age: Witness) -> list[dict[str, Value]]:
        """The facts in each world, with what the table says there."""
        outcomes = []
        for world in range(len(age.answers[0][1])):
            facts = {name: worlds[world] for name, worlds in values.items()}
            key = tuple([facts[name] for name in self._reads])
            if key not in self._said:
                self._said[key], hits = self._table.decide({**facts, "age": facts.get("age", "")})
                for hit in hits:
                    if hit.row.id not in self._fired:
                        self._fired[hit.row.id] = witness.case(world)
            facts.update(self._said[key])
            outcomes.append(facts)
        return outcomes


def as_case(witness: Mapping[str, Value], rules: RuleBook) -> dict[str, Any]:
    """A case as people write it, from the answers of a witness: the counter-example to tell."""
    case: dict[str, Any] = {"as_of": "2026-11-23T10:30"}
    for path, value in sorted(witness.items()):
        if value in (NOT_KNOWN, "missing") or (path == "signs_seen" and value == "no"):
            continue
        if path == "signs_seen":
            case["indicators"] = {rules.indicators[0]: {"seen": "evidence"}}
            continue
        flag = path in rules.inputs and rules.inputs[path].kind == "flag"
        if flag and value == "no":
            continue
        told: object = value == "yes" if flag else value
        if value == "given":
            told = {"referral.made_at": "2026-11-23T11:00", "referral.meeting_held_on": "2026-12-01"}.get(path, "given")
        holder, _, key = ("child.age" if path == "age" else path).rpartition(".")
        (case.setdefault(holder, {}) if holder else case)[key] = told
    return case
