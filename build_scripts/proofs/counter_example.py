"""A counter-example told as a case that can be pasted into the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cse_pathway.rulebook import NOT_KNOWN, RuleBook
from cse_pathway.table import Value

__all__ = ["as_case"]


def as_case(witness: Mapping[str, Value], rules: RuleBook) -> dict[str, Any]:
    """A case as people write it, from the answers of a witness: the counter-example to tell."""
    case: dict[str, Any] = {"as_of": "2026-11-23T10:30"}
    for path, value in sorted(witness.items()):
        if value in (NOT_KNOWN, "missing") or (path == "other_signs_seen" and value == "no"):
            continue
        if path == "other_signs_seen":
            another = next(sign for sign in rules.indicators if f"indicators.{sign}" not in rules.inputs)
            case.setdefault("indicators", {})[another] = {"seen": "evidence"}
            continue
        if path in rules.inputs and rules.inputs[path].kind == "sign":
            case.setdefault("indicators", {})[path.rpartition(".")[2]] = {"seen": value}
            continue
        flag = path in rules.inputs and rules.inputs[path].kind == "flag"
        if flag and value == "no":
            continue
        told: object = value == "yes" if flag else value
        if value == "given":
            told = {"referral.made_at": "2026-11-23T11:00", "referral.meeting_held_on": "2026-11-23"}.get(path, "given")
        holder, _, key = ("child.age" if path == "age" else path).rpartition(".")
        (case.setdefault(holder, {}) if holder else case)[key] = told
    return case
