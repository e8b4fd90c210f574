"""Two records of one child side by side: what changed between an earlier screening and a later one.

Answers, outcome, route, actions and warnings, and whether the rules changed in between. Where the outcome or the route
fell, it asks for the reasons, the other agencies' view, and whether the abuse has stopped. It judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .exchange import answered, parse
from .problems import BadCase, Problem
from .record import Record, read_record
from .rulebook import NOT_KNOWN, RuleBook, load
from .what_if import settled_routes

__all__ = ["compare", "compare_json", "compare_texts"]

_ASKS: tuple[dict[str, Any], ...] = (
    {
        "id": "give-reasons",
        "text": "Write down why it is lower than last time: what has changed for the child, and how you know.",
        "sources": ["R8.4"],
        "inferred": True,
        "reason": "the paragraph asks for records of decisions; that a lower outcome needs its reasons is inferred",
        "editors_note": False,
        "references": [],
    },
    {
        "id": "ask-other-agencies",
        "text": "Ask the other agencies what they know now. One agency's view alone may leave out the worst.",
        "sources": ["R8.2"],
        "inferred": True,
        "reason": "the paragraph says this of category 1; that it is asked of every fall is inferred",
        "editors_note": False,
        "references": [],
    },
    {
        "id": "has-it-stopped",
        "text": "Has the abuse stopped, and how do you know? Harm in the past still counts. A public inquiry found "
        "children taken off lists too early and moved from high to low too fast.",
        "sources": [],
        "inferred": False,
        "editors_note": True,
        "references": ["n111", "n112"],
    },
)
"""What a fall asks. `references` name sources of the editor's notes, by their id on the site."""


def compare(old: Record, new: Record, rules: RuleBook) -> dict[str, Any]:
    """Compare an earlier record with a later one of the same child; plain JSON data.

    Each change has `old` and `new`; `direction` is `up`, `down`, `same`, or null where the two cannot be set in order
    (outcomes of two scales, unless the later leads to less, or a route that today's rules do not have). `asks` is
    empty unless something fell.
    Raises BadCase where the later record was made before the earlier one: a rise would be told as a fall.
    """
    if new.made_at < old.made_at:
        found, wanted = (record.made_at.isoformat(timespec="minutes") for record in (new, old))
        mend = "Give the earlier record first."
        raise BadCase([Problem("new.made_at", found, f"{wanted} or later", mend, "records-in-the-wrong-order")])
    then, now = old.decision, new.decision
    route = _direction(_route_place(then, rules), _route_place(now, rules))
    outcome = _outcome_direction(then["outcome"]["final"], now["outcome"]["final"], rules)
    return {
        "made_at": _pair(old.made_at.isoformat(timespec="minutes"), new.made_at.isoformat(timespec="minutes")),
        "as_of": _pair(old.case_data.get("as_of"), new.case_data.get("as_of")),
        "rules": {**_pair(old.rules.as_json(), new.rules.as_json()), "changed": old.rules != new.rules},
        "answers": list(_answers(old.case_data, new.case_data)),
        "outcome": {
            **{name: _pair(then["outcome"][name], now["outcome"][name]) for name in ("indicated", "judged", "final")},
            "direction": outcome,
        },
        "route": {**_pair(then["route"], now["route"]), "direction": route},
        "actions": _items(then["actions"], now["actions"]),
        "warnings": _items(then["warnings"], now["warnings"]),
        "asks": list(_ASKS) if "down" in (outcome, route) else [],
    }


def _pair(old: object, new: object) -> dict[str, object]:
    return {"old": old, "new": new}


def _answers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """Every answer that differs; leaving an answer out is the same as not known, empty, false or null."""
    before, after = dict(_flat(old)), dict(_flat(new))
    for path in (*before, *(path for path in after if path not in before)):
        was, is_now = before.get(path), after.get(path)
        if was != is_now and not (_says_nothing(was) and _says_nothing(is_now)):
            yield {"path": path, "old": was, "new": is_now}


def _says_nothing(value: object) -> bool:
    return value is None or value is False or value == "" or value == NOT_KNOWN


def _flat(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        elif before or key != "as_of":
            yield f"{before}{key}", value


def _items(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Actions or warnings that came, went, or have another day; each as its decision tells it."""
    before = {item["id"]: item for item in old}
    after = {item["id"]: item for item in new}
    return {
        "added": [item for name, item in after.items() if name not in before],
        "removed": [item for name, item in before.items() if name not in after],
        "due_changed": [
            {"id": name, "what": item["what"], "old": before[name]["when"]["due"], "new": item["when"]["due"]}
            for name, item in after.items()
            if name in before and "when" in item and before[name]["when"]["due"] != item["when"]["due"]
        ],
    }


def _direction(old: int | None, new: int | None) -> str | None:
    if old is None or new is None:
        return None
    return "same" if old == new else "up" if new > old else "down"


def _outcome_direction(old: str | None, new: str | None, rules: RuleBook) -> str | None:
    """Where the outcome went. One that stood above the lowest and is not settled now fell: nothing holds it up.

    Outcomes of the two scales (a child who turned 12) have no order of their own. It fell where the new one leads
    to less by itself; no rise is made up.
    """
    if old == new:
        return "same"
    for scale in rules.scales.values():
        if old in scale and new in scale:
            return _direction(scale.index(old), scale.index(new))
        if old in scale and new is None and old != scale[0]:
            return "down"
    if old is None or new is None:
        return None
    led, leads = _leads_to(old, rules), _leads_to(new, rules)
    return "down" if led is not None and leads is not None and leads < led else None


def _leads_to(final: str, rules: RuleBook) -> int | None:
    """Where the route that an outcome leads to by itself stands in the order; None for an outcome of other rules."""
    settled = settled_routes(rules)
    table = next(table for table in rules.tables if "route" in dict(table.outputs))
    facts = {
        "urgency": "screen",
        "age_band": "12_to_17",
        "at_least_refer": "no",
        "own_worker": "no",
        "ask": "nothing",
        "final": final,
    }
    try:
        route = str(table.decide(facts)[0]["route"])
    except LookupError:
        return None
    return settled.index(route) if route in settled else settled.index("no_cse_action")


def _route_place(decision: Mapping[str, Any], rules: RuleBook) -> int | None:
    """Where a route stands in the published order: an `ask_` route by what is in force until it is answered."""
    settled = settled_routes(rules)
    route = decision["route"]
    if route in settled:
        return settled.index(route)
    if not route.startswith("ask_"):
        return None
    referring = {action.id for action in rules.actions if action.refers}
    referred = any(action["id"] in referring for action in decision["actions"])
    final = decision["outcome"]["final"]
    if referred and final is None:
        return settled.index("refer")
    place = _leads_to(final or "nothing", rules)
    # What leads to a referral, and yet refers nobody, waits with the child's own worker: the assessment is in force.
    return settled.index("assess") if place == settled.index("refer") and not referred else place


def compare_texts(old: str, new: str, rules: RuleBook) -> dict[str, Any]:
    """Compare two records given as JSON texts, the earlier one first.

    Raises BadCase with the problems of both, their paths under `old.` and `new.`, and as `compare` does.
    """
    earlier, earlier_wrong = _read(old, "old", rules)
    later, later_wrong = _read(new, "new", rules)
    if earlier is None or later is None:
        raise BadCase([*earlier_wrong, *later_wrong])
    return compare(earlier, later, rules)


def _read(text: str, name: str, rules: RuleBook) -> tuple[Record | None, list[Problem]]:
    try:
        return read_record(parse(text), rules), []
    except BadCase as bad:
        return None, [one.within(name) for one in bad.problems]


def compare_json(old: str, new: str) -> str:
    """Compare two records: JSON texts in, the earlier one first; one line of JSON text out.

    Problems come as `{"errors": [...]}`, with paths under `old.` and `new.`. Never raises.
    """
    return answered(lambda: compare_texts(old, new, load()))
