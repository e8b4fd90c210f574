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
from dataclasses import dataclass, field, replace
from itertools import pairwise

from build_scripts.proofs.relations import (
    Combined,
    Merger,
    Reader,
    Relation,
    Witness,
    Worlds,
    joined,
    picker,
    projected,
)
from cse_pathway.age import OLDEST
from cse_pathway.decide import TOOL_BAND
from cse_pathway.facts import domains_of
from cse_pathway.rulebook import NOT_KNOWN, RuleBook
from cse_pathway.table import Cell, Row, SameAs, Table, Value

__all__ = [
    "Exploration",
    "Heard",
    "child_ages",
    "explore",
    "explore_tables",
    "facts_read",
    "single",
    "stepping",
    "stepping_without_age",
    "to_the_letter",
]

Said = dict[tuple[Value, ...], dict[str, Value]]


@dataclass(slots=True)
class AnswerSpace:
    """What is left of the space of one age class when the tables have spoken."""

    relations: list[Relation]
    age: Witness

    def rows(self, names: Sequence[str]) -> Iterator[tuple[Combined, Witness]]:
        """Every combination of values of these facts, in the order of their names, with a case that shows it.

        Raises KeyError where no rule gives one of the facts.
        """
        wanted = set(names)
        parts = [part for part in self.relations if wanted & set(part.names)]
        listed = [name for part in parts for name in part.names]
        if missing := wanted - set(listed):
            raise KeyError(f"no rule gives {', '.join(sorted(missing))}")
        pick = picker([listed.index(name) for name in names])
        for row, witnesses in joined(parts):
            yield pick(row), Witness(parts=(self.age, *witnesses))


@dataclass(slots=True)
class Heard:
    """What the tables of one rule book said, kept from walk to walk, and a case for every row that ever fired."""

    said: dict[object, Said] = field(default_factory=dict)
    fired: dict[str, dict[str, Value]] = field(default_factory=dict)


@dataclass(slots=True)
class Exploration:
    """The spaces of all age classes, and for every row that ever fired a case that shows it."""

    spaces: list[AnswerSpace]
    fired: dict[str, dict[str, Value]]

    def rows(self, names: Sequence[str]) -> Iterator[tuple[Combined, Witness]]:
        """Every combination of values of these facts, in the order of their names, whatever the age.

        Each comes with a case that shows it. Raises KeyError where no rule gives one of the facts.
        """
        for space in self.spaces:
            yield from space.rows(names)

    def join(self, names: Iterable[str]) -> Iterator[tuple[dict[str, Worlds], Witness]]:
        """The same, each combination as values by fact."""
        wanted = list(names)
        for row, witness in self.rows(wanted):
            yield dict(zip(wanted, row, strict=True)), witness


def single(rules: RuleBook) -> dict[str, list[Worlds]]:
    """The answer space of one case: each fact with its values, what nobody answered first.

    So the cases that come first, as counter-examples do, say no more than they must.
    """
    return {name: [(value,) for value in _unsaid_first(domain)] for name, domain in domains_of(rules).items()}


def stepping(rules: RuleBook, path: str) -> dict[str, list[Worlds]]:
    """The space of pairs of cases of known age that differ in one answer, the second one step worse than the first."""
    space = _pairs(rules, path)
    space["age"] = [worlds for worlds in space["age"] if worlds[0] != NOT_KNOWN]
    return space


def stepping_without_age(rules: RuleBook, path: str, ages: Sequence[int]) -> dict[str, list[Worlds]]:
    """The same pairs where the age is not known, and beside each pair what it comes to at each of these ages.

    The first two worlds are the pair; two more follow for each age, with what belongs to another age left out.
    """
    bands = {age: str(_age_table(rules).decide({"age": age})[0]["age_band"]) for age in ages}
    space: dict[str, list[Worlds]] = {}
    for name, pairs in _pairs(rules, path).items():
        holder = name.partition(".")[0]

        def at(age: int, value: Value, name: str = name, holder: str = holder) -> Value:
            left_out = TOOL_BAND.get(holder, bands[age]) != bands[age] or (
                name == "judgement.outcome" and value not in rules.scales[bands[age]]
            )
            return NOT_KNOWN if left_out else value

        space[name] = [(*pair, *(at(age, value) for age in ages for value in pair)) for pair in pairs]
    space["age"] = [(NOT_KNOWN, NOT_KNOWN, *(age for age in ages for _ in range(2)))]
    return space


def child_ages(rules: RuleBook) -> tuple[int, ...]:
    """One age from 0 to 17 for all that no rule tells apart."""
    readers = [reader for table in rules.tables for reader in _readers_of(table)]
    merge = Merger("age", readers)
    scales = (age for age in range(OLDEST + 1) if _age_table(rules).decide({"age": age})[0]["age_band"] in rules.scales)
    return tuple(dict.fromkeys(int(merge[(age,)][0]) for age in scales))


def _pairs(rules: RuleBook, path: str) -> dict[str, list[Worlds]]:
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
    domains: Mapping[str, Sequence[Worlds]],
    rules: RuleBook,
    readers: Iterable[Reader],
    until: int | None = None,
    heard: Heard | None = None,
) -> Exploration:
    """Let the tables speak over the whole space, as far as the readers' facts hang on them.

    `domains` gives the values of each fact of a case, `readers` what must be told apart at the end; `until` is the
    place of the first table that is not asked any more. `heard` spares what earlier walks of the same rules asked.
    """
    end_readers = list(readers)
    wanted = {name for name, _ in end_readers}
    return explore_tables(domains, rules, _feeding(rules.tables[:until], wanted), end_readers, heard)


def explore_tables(
    domains: Mapping[str, Sequence[Worlds]],
    rules: RuleBook,
    tables: Sequence[Table],
    readers: Sequence[Reader],
    heard: Heard | None = None,
) -> Exploration:
    """Let these tables speak over the whole space, in order; they must hold all that feeds them."""
    end_readers = list(readers)
    # Which answers a case may hold hangs on its age band, so ages are told apart at least by that.
    age_table = _age_table(rules)
    everybody = [*end_readers, *_readers_of(age_table), *(reader for table in tables for reader in _readers_of(table))]
    heard = heard or Heard()
    merge_age = Merger("age", everybody)
    ages = dict.fromkeys(merge_age[worlds] for worlds in domains["age"])
    spaces = []
    for age in ages:
        allowed = _allowed(rules, age_table, {**domains, "age": [age]})
        if all(allowed.values()):
            spaces.append(_explore_one(allowed, tables, end_readers, heard))
    return Exploration(spaces, heard.fired)


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
    heard: Heard,
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
        merge = Merger(name, after[0])
        rows: dict[Combined, Witness] = {}
        for worlds in values:
            rows.setdefault((merge[worlds],), Witness(((name, worlds),)))
        relations.append(Relation((name,), rows))
    for number, table in enumerate(tables):
        relations = _apply(table, AnswerSpace(relations, age), after[number + 1], heard)
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


def _apply(table: Table, space: AnswerSpace, readers: Sequence[Reader], heard: Heard) -> list[Relation]:
    """Join what the table reads, let it speak in every world, and forget what nobody reads any more."""
    gives = set() if table.hit_policy == "collect" else {name for name, _ in table.outputs}
    if table.only_when == _NEVER and not table.otherwise:
        return space.relations
    reads = facts_read(table)
    touched = [part for part in space.relations if (reads | gives) & set(part.names)]
    others = [part for part in space.relations if part not in touched]
    if not gives:  # It brings no facts together: each relation stays by itself.
        narrow = [projected(part, [(name, None) for name in reads]) for part in touched]
        voice = _Voice(table, [name for part in narrow for name in part.names], (), heard)
        for row, witnesses in joined(narrow):
            voice.answers(row, witnesses, space.age)
        return [*others, *(projected(part, readers) for part in touched)]
    read_later = {name for name, _ in readers}
    before = [name for part in touched for name in part.names]
    # What has only one combination left brings nothing together: it stays by itself, and is not carried along.
    settled = [part for part in touched if len(part.rows) == 1]
    kept = [(name, cell) for name, cell in readers if name not in gives]
    alone = [part for part in (projected(part, kept) for part in settled) if part.names]
    moving = [name for part in touched if part not in settled for name in part.names]
    carried = [name for name in moving if name not in gives and name in read_later]
    given = sorted(gives & read_later)
    merged = [(before.index(name), Merger(name, readers)) for name in carried]
    voice = _Voice(table, before, [(name, Merger(name, readers)) for name in given], heard)
    rows: dict[Combined, Witness] = {}
    for row, witnesses in joined(touched):
        after = (*[merge[row[place]] for place, merge in merged], *voice.answers(row, witnesses, space.age))
        if after not in rows:
            rows[after] = Witness(parts=(space.age, *witnesses))
    return [*others, *alone, Relation((*carried, *given), rows)]


class _Voice:
    """A table that speaks over the rows of a relation; it remembers what it said, and notes which of its rows fired."""

    def __init__(self, table: Table, names: Sequence[str], given: Sequence[tuple[str, Merger]], heard: Heard) -> None:
        self._table = table
        self._given = given
        self._fired = heard.fired
        # Where the table is not asked, what an earlier one answered stands: so that is read as well.
        read = facts_read(table) | {name for name, _ in given}
        self._reads = sorted(name for name in names if name in read)
        self._pick = picker([names.index(name) for name in self._reads])
        self._answers: dict[Combined, Combined] = {}
        # Where the same rows read the same facts it is the same question, whichever walk asks it.
        asks = tuple((row.id, *(name for name, _ in row.when)) for row in table.rows)
        only_when = tuple(name for name, _ in table.only_when)
        self._said = heard.said.setdefault((table.id, only_when, asks, *self._reads), {})

    def answers(self, row: Combined, witnesses: tuple[Witness, ...], age: Witness) -> Combined:
        """What the table gives on a row, in each world; `witnesses` and `age` show a case of the row."""
        key = self._pick(row)
        if key not in self._answers:
            shown = Witness(parts=(age, *witnesses))
            worlds = range(len(age.answers[0][1]))
            told = [self._in(world, tuple([values[world] for values in key]), shown) for world in worlds]
            self._answers[key] = tuple([merge[tuple([facts[name] for facts in told])] for name, merge in self._given])
        return self._answers[key]

    def _in(self, world: int, values: tuple[Value, ...], witness: Witness) -> dict[str, Value]:
        """The facts of one world, with what the table says of them."""
        if values not in self._said:
            facts = dict(zip(self._reads, values, strict=True))
            outputs, hits = self._table.decide({"age": "", **facts})
            for hit in hits:
                if hit.row.id not in self._fired:
                    self._fired[hit.row.id] = witness.case(world)
            self._said[values] = {**facts, **outputs}
        return self._said[values]
