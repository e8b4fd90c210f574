"""Hit policies: which of the rows that fit a case are the table's answer. As the DMN standard has them.

Our rules use first, unique and collect. Nothing here adds up or counts: no outcome is ever a score (R10.2).

>>> chosen("first", [{"route": "refer"}, {"route": "early_help"}], {})
[0]
>>> chosen("output_order", [{"route": "early_help"}, {"route": "refer"}], {"route": ["refer", "early_help"]})
[1, 0]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

__all__ = ["HIT_POLICIES", "LISTING", "HitPolicy", "chosen"]

HitPolicy = Literal["first", "unique", "any", "priority", "collect", "rule_order", "output_order"]
HIT_POLICIES: tuple[str, ...] = get_args(HitPolicy)
LISTING = ("collect", "rule_order", "output_order")
"""The policies under which a table answers with a list of rows, which may be empty."""


def chosen(policy: HitPolicy, answers: Sequence[Mapping[str, Any]], order: Mapping[str, Sequence[Any]]) -> list[int]:
    """The places of the rows that count, in the order in which they do.

    `answers` are the outputs of the rows that fit, in the table's order; `order` gives for each output its values, the
    one that goes first at the head (an output without values has no order). Raises LookupError where no row fits a
    table that must answer, where several fit under `unique`, or where they differ under `any`.
    """
    places = list(range(len(answers)))
    if policy in ("priority", "output_order"):
        ranks = {name: {value: rank for rank, value in enumerate(values)} for name, values in order.items() if values}
        places.sort(key=lambda place: [held.get(answers[place].get(name), len(held)) for name, held in ranks.items()])
    if policy in LISTING:
        return places
    alike = policy == "any" and all(answer == answers[0] for answer in answers)
    if not places or (policy in ("unique", "any") and len(places) > 1 and not alike):
        raise LookupError(f"{len(places)} rows fit")
    return places[:1]
