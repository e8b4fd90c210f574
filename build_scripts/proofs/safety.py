"""Proofs of the whole engine over every case there is: what must always happen, and what must never.

The order of routes and the list of properties come from the decision model; the rules under proof come from the TOML
files. A property that fails is told with one case that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, product
from typing import Any

from build_scripts.proofs.answer_space import (
    child_ages,
    explore,
    facts_read,
    single,
    stepping,
    stepping_without_age,
    to_the_letter,
)
from build_scripts.proofs.counter_example import as_case
from build_scripts.proofs.judgement_tail import JudgementTail, Standing, items_read, opened_by
from build_scripts.proofs.reach import Reach
from build_scripts.proofs.relations import Reader, Witness
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook
from cse_pathway.table import Cell, Facts, Value

__all__ = ["SafetyProof", "properties", "prove_safety"]

_EARLY_HELP = "early_helping"


@dataclass(frozen=True, slots=True)
class SafetyProof:
    """One property: what it says, over how many combinations it was checked (after merging), and what breaks it."""

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
        if self.counter_example is None:
            return f"{self.id}: {self.says} No case at all is concerned, so nothing is proved. Mend the rules."
        if "as_of" not in self.counter_example:
            told = "; ".join(f"{key}: {', '.join(values)}" for key, values in self.counter_example.items())
            return f"{self.id}: {self.says} Not so: {told}. Mend or delete them."
        return f"{self.id}: {self.says} Broken by the case {self.counter_example}{self.detail}."


@dataclass(frozen=True, slots=True)
class _Always:
    """What must hold of each case that it concerns. Both are told the core facts, `also`, and what follows.

    Of a fact in `also` only as much is told as its reader tells apart.
    """

    id: str
    says: str
    also: tuple[Reader, ...]
    concerns: Callable[[Facts, JudgementTail], bool]
    holds: Callable[[Facts, JudgementTail], bool]


def prove_safety(rules: RuleBook, reach: Reach) -> list[SafetyProof]:
    """Prove every property over the whole answer space. The caller looks at `holds`."""
    return [prove() for prove in properties(rules, lambda: reach).values()]


def properties(rules: RuleBook, reach: Callable[[], Reach]) -> dict[str, Callable[[], SafetyProof]]:
    """Every property by its id, each with what proves it; nothing is walked until that is called."""
    tail = JudgementTail(rules)
    return {
        "every-row-fires": lambda: _none_idle("every-row-fires", reach(), reach().rows),
        "every-condition-speaks": lambda: _none_idle("every-condition-speaks", reach(), reach().conditions),
        "judgement-by-one-door": lambda: _one_door(rules),
        **{always.id: partial(_prove, rules, tail, always) for always in _ALWAYS},
        "reason-first": lambda: _reason_first(rules, tail),
        **{
            f"worse-is-never-less:{path}": partial(_monotone, rules, tail, path)
            for path, entry in rules.inputs.items()
            if entry.worse
        },
    }


_NONE_IDLE = {
    "every-row-fires": "Every row of every table decides at least one case.",
    "every-condition-speaks": "Every condition of every action and warning speaks for at least one case.",
}


def _none_idle(name: str, reach: Reach, wanted: tuple[str, ...]) -> SafetyProof:
    idle = [entry for entry in wanted if entry in reach.never]
    return SafetyProof(name, _NONE_IDLE[name], len(wanted), {"never reached": idle} if idle else None)


def _one_door(rules: RuleBook) -> SafetyProof:
    doors = opened_by(rules)
    wrong = {path: list(tables) for path, tables in doors.items() if len(tables) != 1}
    says = "Each part of the judgement is read by one table, so that judging otherwise changes nothing beside it."
    return SafetyProof("judgement-by-one-door", says, len(doors), wrong or None)


def _fixed_stands(facts: Facts, tail: JudgementTail) -> bool:
    scale = tail.rules.scales[str(facts["age_band"])]
    return facts["final"] in scale and scale.index(str(facts["final"])) >= scale.index(str(facts["indicated"]))


_YES = Cell.read("yes")
_GROUNDS: Mapping[str, Cell] = {
    "context.parents_implicated": _YES,
    "context.moved_for_exploitation": Cell.read(["yes", "suspected"]),
    "context.other_children": _YES,
    "referral.assessed_as_exploited": _YES,
    "referral.strategy_discussion": _YES,
    "referral.meeting_held_on": Cell.read("given"),
}
_UNDER_13 = Cell.read("< 13", "number")
_SEXUAL_HEALTH = "indicators.sexual-health"


def _has_ground(facts: Facts, _: JudgementTail) -> bool:
    return facts["age_band"] in ("under_12", "12_to_17") and (
        any(cell.fits(facts[name]) for name, cell in _GROUNDS.items())
        or (_UNDER_13.fits(facts["age"]) and facts[_SEXUAL_HEALTH] == "suspected")
    )


def _own_worker_of_12_to_17(facts: Facts) -> bool:
    return facts["own_worker"] == "yes" and facts["age_band"] == "12_to_17"


def _assesses(facts: Facts, tail: JudgementTail) -> bool:
    """The child's own worker assesses just where anyone else would refer, and refers nobody."""
    anyone = tail.facts({**facts, "own_worker": "no"})
    in_place = facts["assessing"] == anyone["referring"]
    told = facts["assessing"] == "no" or tail.due("update-assessment", facts)
    return in_place and told and facts["referring"] == "no" and facts["route"] != "refer"


_ALWAYS = (
    _Always(
        "danger-first",
        "Whenever a child or adult is at immediate risk, the plan says to ring 999.",
        (("now.immediate_risk", None),),
        lambda facts, _: facts["now.immediate_risk"] == "yes",
        lambda facts, tail: tail.due("call-999", facts),
    ),
    _Always(
        "fixed-is-never-lowered",
        "No fixed outcome is ever lowered.",
        (),
        lambda facts, _: facts["fixed"] == "yes",
        _fixed_stands,
    ),
    _Always(
        "under-12-is-referred",
        "No child under 12 with an outcome beyond universal goes without a referral.",
        (),
        lambda facts, _: facts["age_band"] == "under_12" and facts["final"] in ("potentially_vulnerable", "vulnerable"),
        lambda facts, tail: tail.referred(facts),
    ),
    _Always(
        "no-action-needs-a-judgement",
        "No case without a judgement ends in no action for exploitation.",
        (),
        lambda facts, _: facts["judged"] == "nothing",
        lambda facts, _: facts["route"] != "no_cse_action",
    ),
    _Always(
        "not-knowing-needs-a-reason",
        "With an urgent answer or the whole tool not known, no case ends in no action without a reason.",
        (("tool_answered", None),),
        lambda facts, _: facts["reasoned"] == "no" and (facts["unsure"] == "yes" or facts["tool_answered"] == "no"),
        lambda facts, _: facts["route"] != "no_cse_action",
    ),
    _Always(
        "grounds-are-referred",
        "A ground to refer whatever the outcome never gets a child less than a referral, nor, from the child's own "
        "worker at 12 to 17, less than an updated assessment.",
        (*_GROUNDS.items(), (_SEXUAL_HEALTH, Cell.read("suspected")), ("age", _UNDER_13)),
        _has_ground,
        lambda facts, _: (
            facts["route"] in ("refer", "refer_now", "emergency")
            or (facts["route"] == "assess" and _own_worker_of_12_to_17(facts))
        ),
    ),
    _Always(
        "grounds-without-an-age-are-referred",
        "Where the age is not known and there is a ground to refer, the plan says to ring Children's Services now.",
        (),
        lambda facts, _: facts["age_band"] == "not_known" and facts["at_least_refer"] == "yes",
        lambda facts, tail: tail.due("refer-to-mash-now", facts),
    ),
    _Always(
        "sexual-activity-under-13-is-urgent",
        "Evidence of sexual activity with a child under 13 never waits for a screening tool.",
        ((_SEXUAL_HEALTH, Cell.read("evidence")), ("age", _UNDER_13)),
        lambda facts, _: _UNDER_13.fits(facts["age"]) and facts[_SEXUAL_HEALTH] == "evidence",
        lambda facts, _: facts["route"] in ("refer_now", "emergency"),
    ),
    _Always(
        "own-worker-assesses",
        "The child's own worker, at 12 to 17, updates the assessment just where anyone else would refer.",
        (("plan_child", None),),
        # Whose own case it is, is known to Children's Services: so the child has a plan.
        lambda facts, _: _own_worker_of_12_to_17(facts) and facts["plan_child"] == "yes",
        _assesses,
    ),
    _Always(
        "assess-is-for-the-own-worker",
        "Nobody but the child's own worker, at 12 to 17, is sent to an assessment instead of a referral.",
        (),
        lambda facts, _: facts["assessing"] == "yes",
        lambda facts, _: _own_worker_of_12_to_17(facts),
    ),
)


def _prove(rules: RuleBook, tail: JudgementTail, always: _Always) -> SafetyProof:
    checked = 0
    names = (*tail.core, *(name for name, _ in always.also))
    readers = [*to_the_letter(tail.core), *always.also]
    for row, witness in explore(single(rules), rules, readers, heard=tail.heard).rows(names):
        values = [worlds[0] for worlds in row]
        beside = zip(names[len(tail.core) :], values[len(tail.core) :], strict=True)
        facts = {**tail.following(tuple(values[: len(tail.core)])), **dict(beside)}
        if not always.concerns(facts, tail):
            continue
        checked += 1
        if not always.holds(facts, tail):
            return SafetyProof(always.id, always.says, checked, as_case(witness.case(), rules))
    return SafetyProof(always.id, always.says, checked, None)


def _reason_first(rules: RuleBook, tail: JudgementTail) -> SafetyProof:
    """Compare each case without a judgement with the same case judged, but without a reason.

    A raise is free: there a referral or an updated assessment may take the place of early help. Facts that are no core
    facts are taken in every combination, also in those that no case has: that can only make the proof harder.
    """
    name = "reason-first"
    says = "A judgement without a reason never removes what protects; only a raise may put a referral for early help."
    others = _beside_the_core(rules, tail)
    checked = 0
    for row, witness in explore(single(rules), rules, to_the_letter(tail.core), heard=tail.heard).rows(tail.core):
        before = {name: worlds[0] for name, worlds in zip(tail.core, row, strict=True)}
        if before["judged"] != "nothing" or before["reasoned"] == "yes" or before["age_band"] not in rules.scales:
            continue
        one = tail.facts(before)
        for outcome in rules.scales[str(before["age_band"])]:
            two = tail.facts({**before, "judged": outcome})
            raised = two["ask"] != "reason" and "yes" in (two["referring"], two["assessing"])
            for action, combinations in others.items():
                if raised and _EARLY_HELP in items_read(tail.items[action]):
                    continue
                for rest in combinations:
                    checked += 1
                    if tail.due(action, {**one, **rest}) and not tail.due(action, {**two, **rest}):
                        case = as_case({**witness.case(), **_answers(rest, rules)}, rules)
                        return SafetyProof(name, says, checked, case, f": judged {outcome}, {action} goes away")
    return SafetyProof(name, says, checked, None)


def _beside_the_core(rules: RuleBook, tail: JudgementTail) -> dict[str, list[dict[str, Value]]]:
    """For each action that protects: every combination of what it reads beside core facts and what follows of them."""
    domains = all_domains(rules)
    found = {}
    for item in (item for item in rules.actions if item.protects):
        names = sorted(items_read(item) - tail.names)
        chosen = product(*(domains[name] for name in names))
        found[item.id] = [dict(zip(names, values, strict=True)) for values in chosen]
    return found


def _answers(facts: Facts, rules: RuleBook) -> dict[str, Value]:
    return {name: value for name, value in facts.items() if name in rules.inputs}


def _monotone(rules: RuleBook, tail: JudgementTail, path: str) -> SafetyProof:
    """One step worse in one answer never lowers the route, nor takes the last referral away."""
    worse = rules.inputs[path].worse
    name, order = f"worse-is-never-less:{path}", " < ".join(worse)
    says = f"A worse answer to {path} ({order}) never lowers the route nor takes the last referral away."
    if path not in _feeding(rules, {"route", *tail.stands_on}):
        says += " (Nothing that decides the route or a referral reads it.)"
        return SafetyProof(name, says, len(worse) - 1, None)
    checked = 0
    for before, after, case in chain(_at_known_ages(rules, tail, path), _at_no_age(rules, tail, path)):
        checked += 1
        if after.rank < before.rank or (before.referred and not after.referred):
            detail = f": made worse in {path} it gives {after.route} instead of {before.route}"
            return SafetyProof(name, says, checked, as_case(case.case(0), rules), detail)
    return SafetyProof(name, says, checked, None)


@dataclass(frozen=True, slots=True)
class _Placed:
    route: str
    rank: int
    referred: bool


_Step = tuple[_Placed, _Placed, Witness]


def _at_known_ages(rules: RuleBook, tail: JudgementTail, path: str) -> Iterator[_Step]:
    """Each pair of cases of known age that stand otherwise, the second a step worse."""
    walked = explore(stepping(rules, path), rules, to_the_letter(tail.stands_on), heard=tail.heard)
    for row, witness in walked.rows(tail.stands_on):
        worlds = list(zip(*row, strict=True))
        if worlds[0] != worlds[1]:
            before, after = map(tail.standing, worlds)
            yield _placed(before), _placed(after), witness


def _at_no_age(rules: RuleBook, tail: JudgementTail, path: str) -> Iterator[_Step]:
    """Each pair where the age is not known: an `ask_age` counts as the least that any age of a child can still give."""
    walked = explore(
        stepping_without_age(rules, path, child_ages(rules)), rules, to_the_letter(tail.stands_on), heard=tail.heard
    )
    for row, witness in walked.rows(tail.stands_on):
        worlds = list(zip(*row, strict=True))
        if worlds[::2] != worlds[1::2]:
            before, after, *aged = map(tail.standing, worlds)
            yield _placed(before, aged[::2]), _placed(after, aged[1::2]), witness


def _placed(standing: Standing, aged: Iterable[Standing] = ()) -> _Placed:
    """Where a case stands in the order; `aged` is what it comes to at each age it may have."""
    rank = min(_placed(one).rank for one in aged) if standing.rank is None else standing.rank
    return _Placed(standing.route, rank, standing.referred)


def _feeding(rules: RuleBook, wanted: set[str]) -> set[str]:
    """Every fact that some wanted fact hangs on, however far back."""
    for table in reversed(rules.tables):
        if wanted & {name for name, _ in table.outputs}:
            wanted = wanted | {*table.inputs, *facts_read(table)}
    return wanted
