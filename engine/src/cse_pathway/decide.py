"""Deciding a case: the tables in order, then the plan. Pure: the same case and rules give the same decision.

Nothing here knows what a table is about; the rules say that. What is fixed here is the shape of the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .case import Case
from .facts import facts_of
from .plan import Action, Ground, PlanWarning, actions_of, reason_of, warnings_of
from .rulebook import NOT_KNOWN, RuleBook
from .table import Facts, Hit, Value

__all__ = ["TOOL_BAND", "Decision", "apply_tables", "decide"]

_NOTHING = "nothing"
TOOL_BAND = {"under_12": "under_12", "aged_12_to_17": "12_to_17"}
"""The age band that each tool's answers belong to."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules say of a case. Outcomes are None where there is none (yet)."""

    rules_version: str
    rules_sha256: str
    route: str
    instrument: str
    indicated: str | None
    judged: str | None
    final: str | None
    fixed: bool
    provisional: bool
    section_47_grounds: tuple[str, ...]
    actions: tuple[Action, ...]
    warnings: tuple[PlanWarning, ...]
    still_to_find_out: tuple[str, ...]
    why: tuple[Ground, ...]

    def as_json(self) -> dict[str, Any]:
        """The decision as plain JSON data, its keys in the published order."""
        return {
            "rules": {"version": self.rules_version, "sha256": self.rules_sha256},
            "route": self.route,
            "instrument": self.instrument,
            "outcome": {
                "indicated": self.indicated,
                "judged": self.judged,
                "final": self.final,
                "fixed": self.fixed,
                "provisional": self.provisional,
            },
            "section_47": {"threshold_met": bool(self.section_47_grounds), "grounds": list(self.section_47_grounds)},
            "actions": [_action_json(action) for action in self.actions],
            "warnings": [
                {"id": warning.id, "text": warning.text, **_basis_json(warning.ground)} for warning in self.warnings
            ],
            "still_to_find_out": list(self.still_to_find_out),
            "why": [
                {"table": ground.table, "row": ground.row, "because": dict(ground.because), **_basis_json(ground)}
                for ground in self.why
            ],
        }


def apply_tables(facts: Facts, rules: RuleBook) -> tuple[dict[str, Value], list[Hit]]:
    """Let every table speak in order: the facts with the tables' outputs added, and the rows that fired."""
    known: dict[str, Value] = dict(facts)
    trace: list[Hit] = []
    for table in rules.tables:
        outputs, hits = table.decide(known)
        known.update(outputs)
        trace.extend(hits)
    return known, trace


def decide(case: Case, rules: RuleBook) -> Decision:
    """Decide a case that was read without problems. Never fails under rules that were proved.

    Takes the case and the rule book; gives the decision. Depends on nothing else: no clock, no network, no order of
    keys. Signs are recorded, never counted (R10.2); what is not known never leads to less than no would.
    """
    facts, trace = apply_tables(facts_of(case, rules), rules)
    actions = actions_of(case, facts, rules)
    warnings = warnings_of(case, facts, rules)
    why = [Ground(hit.table, hit.row.id, hit.because, hit.row.sources, _reason(hit, case, rules)) for hit in trace]
    why += [action.ground for action in actions] + [warning.ground for warning in warnings]
    return Decision(
        rules_version=rules.version,
        rules_sha256=rules.sha256,
        route=str(facts["route"]),
        instrument=str(facts["instrument"]),
        indicated=_outcome(facts["indicated"]),
        judged=_outcome(facts["judged"]),
        final=_outcome(facts["final"]),
        fixed=facts["fixed"] == "yes",
        provisional=facts["provisional"] == "yes",
        section_47_grounds=tuple(str(dict(hit.row.then)["ground"]) for hit in trace if hit.table == "section-47"),
        actions=tuple(actions),
        warnings=tuple(warnings),
        still_to_find_out=_still_to_find_out(facts, rules),
        why=tuple(why),
    )


def _reason(hit: Hit, case: Case, rules: RuleBook) -> str | None:
    return reason_of(hit.row.inferred, hit.row.sources, case.area, rules.local_documents)


def _outcome(value: Value) -> str | None:
    return None if value == _NOTHING else str(value)


def _still_to_find_out(facts: Facts, rules: RuleBook) -> tuple[str, ...]:
    """The paths not known, in the published order; of the two tools only that of the age."""
    open_paths = []
    for path in rules.find_out:
        if facts["age_band"] != TOOL_BAND.get(path.partition(".")[0], facts["age_band"]):
            continue
        if facts["age" if path == "child.age" else path] == NOT_KNOWN:
            open_paths.append(path)
    return tuple(open_paths)


def _action_json(action: Action) -> dict[str, Any]:
    when: dict[str, Any] = {"rule": action.by_when, "due": action.due}
    if action.has_strategy_clock:
        when["due_if_strategy"] = action.due_if_strategy
    if action.open_because:
        when["reason"] = action.open_because
    return {
        "id": action.id,
        "what": action.what,
        "who": action.who,
        "when": when,
        "contact": action.contact,
        **_basis_json(action.ground),
    }


def _basis_json(ground: Ground) -> dict[str, Any]:
    """What a statement rests on; the reason stands only where it is inferred."""
    basis: dict[str, Any] = {"sources": list(ground.sources), "inferred": ground.inferred is not None}
    if ground.inferred is not None:
        basis["reason"] = ground.inferred
    return basis
