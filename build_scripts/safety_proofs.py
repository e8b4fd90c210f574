"""Proofs of the whole engine, over every case there is: each row and action reached, and what must never happen.

The order of routes and the list of properties come from the decision model; the rules under proof come from the TOML files.
A property that fails is told with one case that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from build_scripts.answer_space import Exploration, Reader, as_case, explore, single, stepping
from build_scripts.table_proofs import all_domains
from cse_pathway.rulebook import Item, RuleBook
from cse_pathway.table import Value

__all__ = ["ROUTES", "SafetyProof", "prove_safety"]

ROUTES = ("no_cse_action", "early_help", "refer", "refer_now", "emergency")
"""The routes from the least to the most protective."""

PROTECTING = (
    "call-999", "refer-to-mash-now", "do-not-wait-for-form", "refer-to-mash-with-tool", "refer-to-mash-under-12",
    "ask-for-outcome-of-referral", "tell-allocated-worker", "notify-coordinator", "update-assessment", "hold-discussion",
    "hold-strategy-discussion", "consider-police-intelligence-form",
)  # fmt: skip
"""The actions by which somebody who can protect the child is told or acts. (Early help gives way to a referral.)"""

_REFERRING = ("refer-to-mash-now", "refer-to-mash-with-tool", "refer-to-mash-under-12")
_BEYOND_UNIVERSAL = ("potentially_vulnerable", "vulnerable")
_CORE = ("age_band", "urgency", "unsure", "at_least_refer", "indicated", "fixed", "judged", "reasoned")
"""All that the route and the outcome hang on: whatever else a case holds reaches them only through these."""

Facts = dict[str, Value]


@dataclass(frozen=True, slots=True)
class SafetyProof:
    """One property: what it says, how many combinations it was checked over (after merging), and what breaks it."""

    id: str
    says: str
    checked: int
    counter_example: Mapping[str, Any] | None
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it, of something: a property of no case at all is not proved."""
        return self.counter_example is None and self.checked > 0

    def fault(self) -> str:
        """The counter-example, told as a case."""
        return f"{self.id}: {self.says} Broken by the case {self.counter_example}{self.detail}."


def prove_safety(rules: RuleBook) -> list[SafetyProof]:
    """Prove every property over the whole answer space. The caller looks at `holds`."""
    tail = _Tail(rules)
    readers: list[Reader] = [
        (name, cell) for item in (*rules.actions, *rules.warnings) for condition in item.conditions for name, cell in condition.when
    ]
    everything = explore(rules, single(rules), readers)
    core = explore(rules, single(rules), [(name, None) for name in _CORE])
    return [
        *_reached(rules, everything),
        *(_never(rules, tail, *never) for never in _NEVERS),
        _unreasoned_judgement(rules, core, tail),
        *_monotone(rules, tail),
    ]


class _Tail:
    """The part of the engine that follows from the core facts: outcome, route, referring; and which items are due."""

    def __init__(self, rules: RuleBook) -> None:
        self.rules = rules
        self._items: dict[str, Item] = {item.id: item for item in rules.actions}
        self._known: dict[tuple[Value, ...], Facts] = {}

    def facts(self, core: Mapping[str, Value]) -> Facts:
        """Run the tables that need nothing but core facts and one another."""
        key = tuple(core[name] for name in _CORE)
        if key not in self._known:
            facts: Facts = dict(zip(_CORE, key, strict=True))
            for table in self.rules.tables:
                reads = {*table.inputs, *(name for name, _ in table.only_when)}
                if reads <= set(facts) and not {name for name, _ in table.outputs} & set(_CORE):
                    facts.update(table.decide(facts)[0])
            self._known[key] = facts
        return self._known[key]

    def due(self, action: str, facts: Mapping[str, Value]) -> bool:
        """Whether an action is due; `facts` must hold all that its conditions read."""
        item = self._items[action]
        if facts["age_band"] == "adult" and not item.for_adults:
            return False
        return any(condition.holds(facts) for condition in item.conditions)

    def rank(self, core: Mapping[str, Value]) -> int:
        """Where the route stands in the order; an `ask_` route counts as the least that completing the case can give."""
        route = str(self.facts(core)["route"])
        match route:
            case "ask_reason":
                return self.rank({**core, "reasoned": "yes"})
            case "ask_judgement":
                scale = self.rules.scales[str(core["age_band"])]
                return min(self.rank({**core, "judged": outcome, "reasoned": "yes"}) for outcome in scale)
            case "ask_age":
                return ROUTES.index("refer" if core["at_least_refer"] == "yes" else "no_cse_action")
            case "adult":
                return -1
        return ROUTES.index(route)


def _first(values: Mapping[str, tuple[Value, ...]], world: int = 0) -> Facts:
    return {name: worlds[world] for name, worlds in values.items()}


def _reached(rules: RuleBook, everything: Exploration) -> Iterator[SafetyProof]:
    rows = [row.id for table in rules.tables for row in table.rows]
    missing = [row for row in rows if row not in everything.fired]
    yield SafetyProof(
        "every-row-fires", "Every row of every table decides at least one case.", len(rows),
        {"rows that never fire": missing} if missing else None,
    )  # fmt: skip
    idle = []
    count = 0
    for item in (*rules.actions, *rules.warnings):
        for condition in item.conditions:
            count += 1
            names = {name for name, _ in condition.when} | {"age_band"}
            if not any(
                condition.holds(facts) and (item.for_adults or facts["age_band"] != "adult")
                for facts in (_first(values) for values, _ in everything.join(names))
            ):
                idle.append(f"{item.id}.{condition.id}")
    yield SafetyProof(
        "every-condition-fires", "Every condition of every action and warning is met by at least one case.", count,
        {"conditions never met": idle} if idle else None,
    )  # fmt: skip


_GROUNDS = ("context.parents_implicated", "context.moved_for_exploitation", "referral.assessed_as_exploited")
_Never = tuple[str, str, tuple[str, ...], Callable[[Facts, _Tail], bool]]


def _fixed_is_lowered(facts: Facts, tail: _Tail) -> bool:
    if facts["fixed"] != "yes":
        return False
    scale = tail.rules.scales[str(facts["age_band"])]
    final = tail.facts(facts)["final"]
    return final not in scale or scale.index(str(final)) < scale.index(str(facts["indicated"]))


def _beyond_universal_without_referral(facts: Facts, tail: _Tail) -> bool:
    known = {**facts, **tail.facts(facts)}
    if facts["age_band"] != "under_12" or known["final"] not in _BEYOND_UNIVERSAL:
        return False
    return not any(tail.due(action, known) for action in _REFERRING)


def _no_action_without_ground(facts: Facts, tail: _Tail) -> bool:
    if tail.facts(facts)["route"] != "no_cse_action":
        return False
    unsure = facts["unsure"] == "yes" or facts["tool_answered"] == "no"
    return facts["judged"] == "nothing" or (unsure and facts["reasoned"] == "no")


def _ground_without_referral(facts: Facts, tail: _Tail) -> bool:
    ground = (
        facts["context.parents_implicated"] == "yes"
        or facts["context.moved_for_exploitation"] in ("yes", "suspected")
        or facts["referral.assessed_as_exploited"] == "yes"
    )
    child = facts["age_band"] in ("under_12", "12_to_17")
    return ground and child and tail.facts(facts)["route"] not in ("refer", "refer_now", "emergency")


def _danger_without_999(facts: Facts, tail: _Tail) -> bool:
    return facts["now.immediate_risk"] == "yes" and not tail.due("call-999", tail.facts(facts))


_NEVERS: tuple[_Never, ...] = (
    ("danger-first", "Whenever the immediate risk is yes, call-999 is due.", (*_CORE, "now.immediate_risk"), _danger_without_999),
    ("fixed-is-never-lowered", "No fixed outcome is ever lowered.", _CORE, _fixed_is_lowered),
    (
        "under-12-is-referred", "No child under 12 with an outcome beyond universal goes without a referral.",
        (*_CORE, "own_worker"), _beyond_universal_without_referral,
    ),
    (
        "no-action-needs-judgement",
        "No case ends in no_cse_action without a judgement, nor, with an urgent answer or the whole tool not known, without a reason.",
        (*_CORE, "tool_answered"), _no_action_without_ground,
    ),
    (
        "grounds-are-referred", "Parents implicated, movement or assessed exploitation never get less than a referral.",
        (*_CORE, *_GROUNDS), _ground_without_referral,
    ),
)  # fmt: skip


def _never(
    rules: RuleBook, tail: _Tail, name: str, says: str, reads: tuple[str, ...], broken: Callable[[Facts, _Tail], bool]
) -> SafetyProof:
    checked = 0
    for values, witness in explore(rules, single(rules), [(fact, None) for fact in reads]).join(reads):
        checked += 1
        if broken(_first(values), tail):
            return SafetyProof(name, says, checked, as_case(witness.case()))
    return SafetyProof(name, says, checked, None)


def _unreasoned_judgement(rules: RuleBook, core: Exploration, tail: _Tail) -> SafetyProof:
    """Compare each case without a judgement with the same case judged, but without a reason."""
    says = "A judgement without a reason never removes an action that protects."
    domains = all_domains(rules)
    checked = 0
    for values, witness in core.join(_CORE):
        before = _first(values)
        if before["judged"] != "nothing" or before["reasoned"] == "yes" or before["age_band"] not in rules.scales:
            continue
        for outcome in rules.scales[str(before["age_band"])]:
            one = tail.facts(before)
            two = tail.facts({**before, "judged": outcome})
            for action in PROTECTING:
                item = next(item for item in rules.actions if item.id == action)
                others = sorted({name for condition in item.conditions for name, _ in condition.when} - set(one))
                for chosen in product(*(domains[name] for name in others)):
                    checked += 1
                    rest = dict(zip(others, chosen, strict=True))
                    if tail.due(action, {**one, **rest}) and not tail.due(action, {**two, **rest}):
                        case = as_case({**witness.case(), **{key: value for key, value in rest.items() if "." in key}})
                        return SafetyProof("reason-first", says, checked, case, f": judged {outcome}, {action} goes away")
    return SafetyProof("reason-first", says, checked, None)


def _monotone(rules: RuleBook, tail: _Tail) -> Iterator[SafetyProof]:
    """For each ordered answer: one step worse never lowers the route, nor takes the last referral away."""
    readers: list[Reader] = [(name, None) for name in (*_CORE, "own_worker")]
    for path, entry in rules.inputs.items():
        if not entry.worse:
            continue
        says = f"A worse answer to {path} ({' < '.join(entry.worse)}) never lowers the route nor takes the last referral away."
        if path not in _feeding(rules):
            yield SafetyProof(f"worse-is-never-less:{path}", f"{says} (Nothing that decides the route or a referral reads it.)", 1, None)
            continue
        checked, broken, detail = 0, None, ""
        for values, witness in explore(rules, stepping(rules, path), readers).join((*_CORE, "own_worker")):
            checked += 1
            before, after = _first(values, 0), _first(values, 1)
            referred = [
                any(tail.due(action, {**side, **tail.facts(side)}) for action in _REFERRING) for side in (before, after)
            ]
            if tail.rank(after) < tail.rank(before) or (referred[0] and not referred[1]):
                broken = as_case(witness.case(0))
                detail = f": made worse in {path} it gives {tail.facts(after)['route']} instead of {tail.facts(before)['route']}"
                break
        yield SafetyProof(f"worse-is-never-less:{path}", says, checked, broken, detail)


def _feeding(rules: RuleBook) -> frozenset[str]:
    """Every fact that the route or a referral hangs on, however far back."""
    wanted = {"route"}
    for item in rules.actions:
        if item.id in _REFERRING:
            wanted |= {name for condition in item.conditions for name, _ in condition.when}
    for table in reversed(rules.tables):
        if wanted & {name for name, _ in table.outputs}:
            wanted |= {*table.inputs, *(name for name, _ in table.only_when)}
    return frozenset(wanted)
