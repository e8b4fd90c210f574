"""What would change the route: the smallest changes of answers, and which unknown answers matter most to find out.

Exact over every one- and two-answer change; nothing is sampled. It tells what the rules would have said had an answer
been another one. It is never advice to change an answer: answers say what is known, and the professional decides
(S4(3), R12.3).

Judgement, reason and consultation are never changed, nor is a known age, a date, or who answers and where. An age that
is not known is tried as under 12, 12 to 17 and adult, each by its youngest age, since the younger child is the better
protected one; what belongs to another age is set aside then, as it is while the age is not known.

A route is higher by the published order, where an `ask_` route counts as the least that completing the case can still
give. Of two routes that stand level so, the one with more in force meanwhile is the higher: until a reason is given,
the referral stands.

>>> import json
>>> json.loads(what_if_json('{"as_of": "2026-11-23T10:30", "child": {"age": 19}}'))["find_out"]
[{'path': 'now.immediate_risk', 'routes': {'yes': 'emergency', 'no': 'adult'}}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from typing import Any

from .age import OLDEST
from .case import Case
from .decide import TOOL_BAND
from .exchange import answered, case_from_text
from .facts import facts_of
from .rulebook import NOT_KNOWN, RuleBook, load
from .table import Facts, SameAs, Table, Value

__all__ = ["Alternative", "Change", "OpenAnswer", "WhatIf", "settled_routes", "what_if", "what_if_json"]

AGE = "child.age"
_ASKS = "ask_"
Level = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer as it is and as it might have been; of an unknown age, the age group."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """The route that the rules would have given with one or two answers changed."""

    changes: tuple[Change, ...]
    route: str


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer not known, and the route that each possible answer would give: at least two different ones."""

    path: str
    routes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would raise or lower the route, and what matters most to find out, most first."""

    raising: tuple[Alternative, ...]
    lowering: tuple[Alternative, ...]
    find_out: tuple[OpenAnswer, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON data."""
        return {
            "raise": [_alternative_json(alternative) for alternative in self.raising],
            "lower": [_alternative_json(alternative) for alternative in self.lowering],
            "find_out": [{"path": item.path, "routes": dict(item.routes)} for item in self.find_out],
        }


def _alternative_json(alternative: Alternative) -> dict[str, Any]:
    return {
        "changes": [{"path": change.path, "from": change.before, "to": change.after} for change in alternative.changes],
        "route": alternative.route,
    }


def settled_routes(rules: RuleBook) -> tuple[str, ...]:
    """The routes that ask for nothing more, in the published order: the most protective last."""
    routes = next(dict(table.outputs)["route"] for table in rules.tables if "route" in dict(table.outputs))
    return tuple(str(route) for route in routes if not str(route).startswith(_ASKS))


class _Routes:
    """Routes of cases that differ in few answers: a table is asked only where a fact it reads differs."""

    def __init__(self, rules: RuleBook) -> None:
        self.settled = settled_routes(rules)
        self._lowest = self.settled.index("no_cse_action")
        self.lowest: Level = self._lowest, self._lowest
        self._steps: list[_Step] = []
        reads = {"route"}
        for table in reversed(rules.tables):
            if reads & {name for name, _ in table.outputs}:
                of_table = _read_by(table)
                reads.update(of_table)
                # A later table that writes the same fact must speak again after this one.
                self._steps = [
                    replace(step, woken_by=step.woken_by.union(of_table)) if step.shares_outputs(table) else step
                    for step in self._steps
                ]
                self._steps.insert(0, _Step(table, of_table, frozenset(of_table), {}))
        self.reads = frozenset(reads)
        """Every fact that a route can hang on; no other answer can change one."""
        self._age_table = next(table for table in rules.tables if "age_band" in dict(table.outputs))
        self._scales = rules.scales
        tables = [step.table for step in self._steps]
        cells = [cell for table in tables for row in table.rows for name, cell in row.when if name == "age"]
        classes = {tuple(cell.fits(age) for cell in cells): age for age in reversed(range(OLDEST + 1))}
        self._ages = sorted(classes.values())  # one age for all that no table tells apart

    def known(self, facts: Facts) -> dict[str, Value]:
        """The facts with the outputs of all tables up to the route."""
        known = dict(facts)
        for step in self._steps:
            known.update(step.outputs(known))
        return known

    def changed(self, known: Facts, changes: Facts) -> tuple[dict[str, Value], set[str]]:
        """What `known` comes to with some facts changed, and the names of all that changed."""
        after = {**known, **changes}
        moved = set(changes)
        for step in self._steps:
            if not moved.isdisjoint(step.woken_by):
                for name, value in step.outputs(after).items():
                    if after[name] != value:
                        after[name] = value
                        moved.add(name)
        return after, moved

    def of_age(self, known: Facts, age: int) -> tuple[str, Facts]:
        """The age group of an age, and what an age not known comes to as that: a judgement of another scale is left."""
        band = str(self._age_table.decide({"age": age})[0]["age_band"])
        judged = known["judgement.outcome"]
        return band, {"age": age, "judgement.outcome": judged if judged in self._scales.get(band, ()) else NOT_KNOWN}

    def age_groups(self, known: Facts) -> Iterator[tuple[str, Facts]]:
        """Each age group, by its youngest age that some table tells apart."""
        found: dict[str, Facts] = {}
        for age in self._ages:
            band, facts = self.of_age(known, age)
            found.setdefault(band, facts)
        yield from found.items()

    def _least_of_ages(self, known: Facts) -> int:
        """Where the least route stands that a child's age can still give."""
        children = (self.of_age(known, age) for age in self._ages)
        return min(
            self.level(self.changed(known, facts)[0])[0] for band, facts in children if band in self._scales
        )

    def read_beside(self, names: Facts) -> frozenset[str]:
        """Every fact that some table reads together with one of these."""
        return frozenset(
            chain.from_iterable(step.woken_by for step in self._steps if not step.woken_by.isdisjoint(names))
        )

    def level(self, known: Facts) -> Level:
        """Where a route stands: by the least that it can still become, then by what is in force meanwhile."""
        route = str(known["route"])
        if route in self.settled:
            place = self.settled.index(route)
            return place, place
        if route == "ask_age":
            # In force meanwhile: a call to Children's Services where there is a ground to refer.
            meanwhile_place = self.settled.index("refer") if known["at_least_refer"] == "yes" else self._lowest
            return self._least_of_ages(known), meanwhile_place
        if route == "ask_judgement":
            return self.lowest
        reasoned, _ = self.changed(known, {"judgement.reason": "given", "judgement.consulted": "given"})
        meanwhile = str(self.changed(known, {"ask": "nothing"})[0]["route"])
        return (
            self.level(reasoned)[0],
            self.settled.index(meanwhile) if meanwhile in self.settled else self._lowest,
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """A table on the way to the route, with the facts it reads and what it has said so far."""

    table: Table
    reads: tuple[str, ...]
    woken_by: frozenset[str]
    told: dict[tuple[Value, ...], dict[str, Value]]

    def shares_outputs(self, table: Table) -> bool:
        return not {name for name, _ in self.table.outputs}.isdisjoint(name for name, _ in table.outputs)

    def outputs(self, known: Facts) -> dict[str, Value]:
        key = tuple([known[name] for name in self.reads])
        if key not in self.told:
            self.told[key] = self.table.decide(known)[0]
        return self.told[key]


def _read_by(table: Table) -> tuple[str, ...]:
    """Every fact that a table's answer can hang on."""
    copied = (value.fact for row in table.rows for _, value in row.then if isinstance(value, SameAs))
    return tuple(dict.fromkeys(chain(table.inputs, (name for name, _ in table.only_when), copied)))


@dataclass(frozen=True, slots=True)
class _Tried:
    """Answers changed, the facts changed by that, what the tables say then, and every fact that differs."""

    changes: tuple[Change, ...]
    facts: Facts
    after: Facts
    moved: set[str]
    read_beside: frozenset[str] = frozenset()

    def is_idle_beside(self, other: _Tried) -> bool:
        """Whether this change adds nothing to another: no table answers it, nor reads it with what the other moves."""
        return self.moved == self.facts.keys() and self.read_beside.isdisjoint(other.moved)


def what_if(case: Case, rules: RuleBook) -> WhatIf:
    """Say what would change the route of a case that was read without problems.

    Takes the case and the rule book. Gives every single change of an answer that would raise the route, and every one
    that would lower it; where no single one does, every pair that does. Also the answers of `still_to_find_out` that
    may lead to different routes: by the highest route they can lead to, then in the published order. Never fails under
    rules that were proved.
    """
    routes = _Routes(rules)
    known = routes.known({name: value for name, value in facts_of(case, rules).items() if name in routes.reads})
    singles = [
        [_single(Change(path, now, value), facts, known, routes) for value, facts in others]
        for path, now, others in _answers(known, routes, rules)
    ]
    lowering, raising = _sorted_out(chain.from_iterable(singles), known, routes)
    # Nothing is below no action for a child; an age not known has fallen to adult by one change already.
    if (not raising and known["route"] != routes.settled[-1]) or (not lowering and routes.level(known) > routes.lowest):
        lowering_by_two, raising_by_two = _sorted_out(_pairs(singles, known, routes), known, routes)
        lowering, raising = lowering or lowering_by_two, raising or raising_by_two
    return WhatIf(raising, lowering, _find_out(singles, routes, rules))


def _answers(known: Facts, routes: _Routes, rules: RuleBook) -> list[tuple[str, str, list[tuple[str, Facts]]]]:
    """The answers that a route can hang on, in the published order: path, value, each other value with its facts."""
    band = str(known["age_band"])
    answers = []
    for path, entry in rules.inputs.items():
        holder = path.rpartition(".")[0]
        if not holder or entry.kind in ("text", "moment", "day"):
            continue  # who answers and where is no answer about the child; a text or a date has no other values
        if path in routes.reads and holder != "judgement" and band in (TOOL_BAND.get(holder, band), NOT_KNOWN):
            now = str(known[path])
            others: list[tuple[str, Facts]] = [(value, {path: value}) for value in entry.domain]
            answers.append((path, now, [other for other in others if other[0] != now]))
    if known["age"] == NOT_KNOWN:
        answers.append((AGE, NOT_KNOWN, list(routes.age_groups(known))))
    published = rules.find_out
    return sorted(answers, key=lambda found: published.index(found[0]) if found[0] in published else len(published))


def _single(change: Change, facts: Facts, known: Facts, routes: _Routes) -> _Tried:
    return _Tried((change,), facts, *routes.changed(known, facts), routes.read_beside(facts))


def _pairs(singles: list[list[_Tried]], known: Facts, routes: _Routes) -> Iterator[_Tried]:
    """Every two changes of two answers that may come to more than one of them alone."""
    for first, second in chain.from_iterable(product(*pair) for pair in combinations(singles, 2)):
        if not first.is_idle_beside(second) and not second.is_idle_beside(first):
            facts = {**first.facts, **second.facts}
            yield _Tried((*first.changes, *second.changes), facts, *routes.changed(known, facts))


def _sorted_out(tried: Iterable[_Tried], known: Facts, routes: _Routes) -> tuple[tuple[Alternative, ...], ...]:
    """Of the changes tried, those that lead to a lower and those that lead to a higher route."""
    level = routes.level(known)
    lowering: list[Alternative] = []
    raising: list[Alternative] = []
    for one in tried:
        if one.after["route"] != known["route"] and (its_level := routes.level(one.after)) != level:
            (lowering if its_level < level else raising).append(Alternative(one.changes, str(one.after["route"])))
    return tuple(lowering), tuple(raising)


def _find_out(singles: list[list[_Tried]], routes: _Routes, rules: RuleBook) -> tuple[OpenAnswer, ...]:
    found: list[tuple[Level, OpenAnswer]] = []
    for ways in singles:
        answer = ways[0].changes[0]
        by_value = tuple((way.changes[0].after, str(way.after["route"])) for way in ways)
        if answer.before == NOT_KNOWN and answer.path in rules.find_out and len({route for _, route in by_value}) > 1:
            found.append((max(routes.level(way.after) for way in ways), OpenAnswer(answer.path, by_value)))
    found.sort(key=lambda item: item[0], reverse=True)  # stable: the published order stays within a level
    return tuple(item for _, item in found)


def what_if_json(text: str) -> str:
    """What would change a case's route: case JSON in, one line of JSON out (`raise`, `lower`, `find_out`).

    Problems of the case come as `{"errors": [...]}`. Never raises.
    """
    rules = load()
    return answered(lambda: what_if(case_from_text(text, rules), rules).as_json())
