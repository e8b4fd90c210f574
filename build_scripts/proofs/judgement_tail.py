"""The part of the engine that hangs on the professional's judgement, by itself: outcome, route, referring.

Proofs ask of it "what if this case were judged otherwise", thousands of times, without walking the whole engine again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_scripts.proofs.answer_space import Heard, facts_read
from cse_pathway.rulebook import NOT_KNOWN, Item, RuleBook
from cse_pathway.table import Facts, Table, Value

__all__ = ["ROUTES", "JudgementTail", "Standing", "items_read", "opened_by"]

ROUTES = ("no_cse_action", "early_help", "assess", "refer", "refer_now", "emergency")
"""The routes from the least to the most protective. Apart from the rules on purpose: a proof keeps its own order."""

_JUDGEMENT = {"judged", "reasoned"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands: its route, the route's place in the order (see `rank`), and whether the child is referred.

    The place of `ask_age` hangs on each age the child may have: None here.
    """

    route: str
    rank: int | None
    referred: bool


class JudgementTail:
    """The tables that follow from the judgement.

    `core` names the facts that they read and do not give themselves, `names` all that they read or give; `stands_on`
    names the core facts and those that the referring actions read beside them. `heard` keeps what tables said.
    """

    def __init__(self, rules: RuleBook) -> None:
        self.rules = rules
        self._tables = _after_judgement(rules)
        given = {name for table in self._tables for name, _ in table.outputs}
        read = {name for table in self._tables for name in facts_read(table)}
        self.core = tuple(sorted((read | _JUDGEMENT | {"age_band"}) - given))
        self.names = frozenset({*self.core, *given})
        self.items: dict[str, Item] = {item.id: item for item in rules.actions}
        self.referring = tuple(item.id for item in rules.actions if item.refers)
        referring = {name for action in self.referring for name in items_read(self.items[action])}
        self.stands_on = (*self.core, *sorted(referring - self.names))
        self.heard = Heard()
        self._known: dict[tuple[Value, ...], dict[str, Value]] = {}
        self._standings: dict[tuple[Value, ...], Standing] = {}

    def facts(self, core: Facts) -> dict[str, Value]:
        """The core facts and all that follows from them."""
        return self.following(tuple([core[name] for name in self.core]))

    def following(self, values: tuple[Value, ...]) -> dict[str, Value]:
        """The same, given the values of the core facts in their order."""
        if values not in self._known:
            facts: dict[str, Value] = dict(zip(self.core, values, strict=True))
            for table in self._tables:
                facts.update(table.decide(facts)[0])
            self._known[values] = facts
        return self._known[values]

    def due(self, action: str, facts: Facts) -> bool:
        """Whether an action is due; `facts` must hold all that its conditions read. An action gone is never due."""
        item = self.items.get(action)
        if item is None or (facts["age_band"] == "adult" and not item.for_adults):
            return False
        return any(condition.holds(facts) for condition in item.conditions)

    def referred(self, facts: Facts) -> bool:
        """Whether any action refers the child to Children's Services."""
        return any(self.due(action, facts) for action in self.referring)

    def rank(self, core: Facts) -> int:
        """Where the route stands in the order, from 0; -1 for an adult. The age is known.

        An `ask_` route counts as the least that completing the case can still give.
        """
        route = str(self.facts(core)["route"])
        match route:
            case "ask_reason":
                return self.rank({**core, "reasoned": "yes"})
            case "ask_judgement":
                return self._least(core, str(core["age_band"]))
            case "adult":
                return -1
        return ROUTES.index(route)

    def standing(self, values: tuple[Value, ...]) -> Standing:
        """How a case stands, given the values of the facts that `stands_on` names, in that order."""
        if values not in self._standings:
            held = dict(zip(self.stands_on, values, strict=True))
            facts = {**held, **self.facts(held)}
            route = str(facts["route"])
            rank = None if route == "ask_age" else self.rank(held)
            self._standings[values] = Standing(route, rank, self.referred(facts))
        return self._standings[values]

    def _least(self, core: Facts, band: str) -> int:
        judged = ({**core, "judged": outcome, "reasoned": "yes"} for outcome in self.rules.scales[band])
        return min(self.rank(facts) for facts in judged)


def items_read(item: Item) -> set[str]:
    """Every fact that decides whether an action or warning is due."""
    return {name for condition in item.conditions for name, _ in condition.when} | {"age_band"}


def _after_judgement(rules: RuleBook) -> list[Table]:
    """The tables that hang on what is judged, and on whether it is reasoned, however far back; in order."""
    hangs = set(_JUDGEMENT)
    found = []
    for table in rules.tables:
        if table.hit_policy != "collect" and hangs & facts_read(table):
            found.append(table)
            hangs |= {name for name, _ in table.outputs}
    return found


def opened_by(rules: RuleBook) -> Mapping[str, tuple[str, ...]]:
    """Which tables read the judgement as it was typed, by answer: the proofs lean on there being one door to each.

    Tables that are asked only where the age is not known are left out: there a judgement is kept, and judges nothing.
    """
    known = [table for table in rules.tables if not _without_age(table)]
    return {
        path: tuple(table.id for table in known if path in facts_read(table))
        for path in rules.inputs
        if path.startswith("judgement.")
    }


def _without_age(table: Table) -> bool:
    cells = dict(table.only_when)
    return "age_band" in cells and cells["age_band"].literals == {NOT_KNOWN}
