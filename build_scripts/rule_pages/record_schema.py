"""The JSON Schema of a record: made of the form by which the engine reads records, and of the answers of today's rules.

A record under today's rules must hold a case of today's rules; the case of one under other rules is left to them. What
no schema can say, the engine alone checks: that days are days of the calendar, and that the decision follows.
"""

from __future__ import annotations

from typing import Any

from cse_pathway.age import OLDEST
from cse_pathway.case import SEEN, WHEN
from cse_pathway.form import Form, Group, Leaf, ListOf, MapOf, OrNull
from cse_pathway.record import FORMAT, RECORD
from cse_pathway.rulebook import Input, RuleBook

__all__ = ["ADDRESS", "record_schema"]

ADDRESS = "about/record.schema.json"
"""Where on the site it stands."""
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "flag": {"type": "boolean"},
    "scalar": {"type": ["string", "number", "boolean"]},
    "moment": {"type": "string", "pattern": f"^{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "day": {"type": "string", "pattern": f"^{_DAY}$"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "format": {"const": FORMAT},
    "case": {"type": "object"},
}


def record_schema(rules: RuleBook) -> dict[str, Any]:
    """Give the schema of a record of today's format, with the case of `rules`; plain JSON data, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of a screening",
        "description": "What was answered, decided and judged, under which rules. Moments are local time in England.",
        **_of(RECORD),
        "if": {"properties": {"rules": {"properties": {"sha256": {"const": rules.sha256}}}}},
        "then": {"properties": {"rules": {"properties": {"version": {"const": rules.version}}}, "case": _case(rules)}},
    }


def _of(form: Form) -> dict[str, Any]:
    """The schema of a form of the engine."""
    match form:
        case Leaf():
            return _KINDS[form.kind]
        case OrNull():
            return {"anyOf": [_of(form.form), {"type": "null"}]}
        case ListOf():
            return {"type": "array", "items": _of(form.item)}
        case MapOf():
            return {"type": "object", "additionalProperties": _of(form.value)}
        case Group():
            return _object(
                {name: _of(inner) for name, inner in form.keys.items()},
                [name for name in form.keys if name not in form.optional],
            )


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _case(rules: RuleBook) -> dict[str, Any]:
    """The schema of a case: its answers stand in the rule book, its shape in the engine's `case`."""
    parts: dict[str, Any] = {"as_of": _KINDS["moment"]}
    groups: dict[str, dict[str, Any]] = {
        "child": {"date_of_birth": _KINDS["day"], "age": {"type": "integer", "minimum": 0, "maximum": OLDEST}}
    }
    for path, entry in rules.inputs.items():
        holder, _, key = path.rpartition(".")
        if entry.kind == "sign":
            continue  # its form is that of every sign
        if holder:
            groups.setdefault(holder, {})[key] = _answer(entry)
        else:
            parts[key] = _answer(entry)
    parts |= {name: _object(members, []) for name, members in groups.items()}
    parts["child"]["not"] = {"required": ["date_of_birth", "age"]}
    sign = _object({"seen": {"enum": list(SEEN)}, "when": {"enum": list(WHEN)}, "note": {"type": "string"}}, [])
    parts["indicators"] = _object(dict.fromkeys(rules.indicators, sign), [])
    return _object(parts, ["as_of"])


def _answer(entry: Input) -> dict[str, Any]:
    match entry.kind:
        case "answer" | "choice":
            return {"enum": list(entry.values)}
        case "day":
            return {"anyOf": [_KINDS["day"], {"type": "null"}]}
        case kind:
            return _KINDS[kind]
