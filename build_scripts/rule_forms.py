"""The forms of the rule files: which keys each kind of entry has, and what each key holds.

One place for both who checks them: `rule_files` reads TOML by these forms, and `rule_schemas` makes JSON Schemas of
them for editors' tools.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

__all__ = ["FILES", "Check", "Form"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one key holds: in words, as a test, and as a JSON Schema."""

    wanted: str
    fits: Callable[[object], bool]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """The keys of one kind of entry, those it cannot do without, and the key that names it in messages."""

    keys: Mapping[str, Check]
    needed: tuple[str, ...]
    named_by: str = "id"
    says: Mapping[str, str] = field(default_factory=dict)


def _one_of(*values: str) -> Check:
    return Check(f"one of {', '.join(values)}", lambda value: value in values, {"enum": list(values)})


def _group(form: Form) -> Check:
    return Check("a group of keys with values", lambda value: isinstance(value, dict), schema_of(form))


def _entries(form: Form) -> Check:
    return Check("a list", lambda value: isinstance(value, list), {"type": "array", "items": schema_of(form)})


def schema_of(form: Form) -> dict[str, Any]:
    """A form as JSON Schema."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(form.needed),
        "properties": {
            key: {**check.schema, **({"description": form.says[key]} if key in form.says else {})}
            for key, check in form.keys.items()
        },
    }


_TEXT = Check(
    "text",
    lambda value: isinstance(value, str) and bool(value.strip()),
    {"type": "string", "pattern": "\\S"},
)
_ANY_TEXT = Check("text", lambda value: isinstance(value, str), {"type": "string"})
_TEXTS = Check(
    "a list of texts",
    lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    {"type": "array", "items": {"type": "string"}},
)
_YES_NO = Check("true or false", lambda value: isinstance(value, bool), {"type": "boolean"})
_DAY = Check(
    "a date such as 2026-11-22, without quotation marks",
    lambda value: isinstance(value, date),
    {"type": "string", "format": "date"},
)
_COUNT = Check(
    "a whole number above 0",
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
    {"type": "integer", "minimum": 1},
)
_LITERAL: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_CELLS = Check(
    "a group of keys with values",
    lambda value: isinstance(value, dict),
    {
        "type": "object",
        "additionalProperties": {"anyOf": [_LITERAL, {"type": "array", "items": _LITERAL, "minItems": 1}]},
    },
)
_ANSWERS = Check(
    "a group of keys with values",
    lambda value: isinstance(value, dict),
    {
        "type": "object",
        "additionalProperties": {
            "anyOf": [
                _LITERAL,
                {
                    "type": "object",
                    "required": ["same_as"],
                    "additionalProperties": False,
                    "properties": {"same_as": {"type": "string"}},
                },
            ]
        },
    },
)
_VALUES = Check(
    "a group of keys with values",
    lambda value: isinstance(value, dict),
    {"type": "object", "additionalProperties": {"type": "array", "items": _LITERAL, "minItems": 1}},
)
_SOURCES = "Paragraph ids of sources.toml, such as R12.4 or S6(9)."
_INFERRED = "Why the rule holds although the paragraphs do not say it outright. Leave it out where they do."
_WHEN = "Facts and the values they must have; a fact that is left out may be anything."

ROW = Form(
    {"id": _TEXT, "when": _CELLS, "then": _ANSWERS, "sources": _TEXTS, "inferred": _TEXT},
    ("id", "then", "sources"),
    says={"when": _WHEN, "then": "What the row answers.", "sources": _SOURCES, "inferred": _INFERRED},
)
TABLE = Form(
    {
        "id": _TEXT,
        "title": _TEXT,
        "hit_policy": _one_of("first", "unique", "collect"),
        "inputs": _TEXTS,
        "outputs": _VALUES,
        "only_when": _CELLS,
        "otherwise": _ANSWERS,
        "row": _entries(ROW),
    },
    ("id", "title", "hit_policy", "inputs", "outputs", "row"),
    says={
        "hit_policy": "first: the first row that fits; unique: exactly one fits; collect: every row that fits.",
        "outputs": "Each output with its values, the least protective first.",
        "only_when": "For which facts the table is asked at all.",
        "otherwise": "What holds where the table is not asked.",
    },
)
CONDITION = Form(
    {"id": _TEXT, "when": _CELLS, "inferred": _TEXT, "sources": _TEXTS, "who": _TEXT, "by_when": _TEXT},
    ("id", "when"),
    says={"when": f"{_WHEN} {{}} is always.", "sources": _SOURCES, "inferred": _INFERRED},
)
DUE = Form(
    {
        "start": _one_of("referral.made_at", "referral.meeting_held_on"),
        "count": _COUNT,
        "unit": _one_of("working_days", "hours", "months"),
    },
    ("start", "count", "unit"),
)
ACTION = Form(
    {
        "id": _TEXT,
        "what": _TEXT,
        "what_out_of_hours": _TEXT,
        "who": _TEXT,
        "by_when": _ANY_TEXT,
        "contact": _TEXT,
        "contact_out_of_hours": _TEXT,
        "sources": _TEXTS,
        "for_adults": _YES_NO,
        "due": _group(DUE),
        "condition": _entries(CONDITION),
    },
    ("id", "what", "who", "by_when", "sources", "condition"),
    says={
        "for_adults": "Also for a person of 18 or over.",
        "due": "The clock, where there is one.",
        "sources": _SOURCES,
    },
)
WARNING = Form(
    {"id": _TEXT, "text": _TEXT, "sources": _TEXTS, "for_adults": _YES_NO, "condition": _entries(CONDITION)},
    ("id", "text", "sources", "condition"),
    says={"sources": _SOURCES},
)
INPUT = Form(
    {
        "path": _TEXT,
        "kind": _one_of("answer", "choice", "flag", "text", "moment", "day"),
        "values": _TEXTS,
        "worse": _TEXTS,
        "sources": _TEXTS,
        "record_only": _TEXT,
    },
    ("path", "kind", "sources"),
    named_by="path",
    says={"worse": "The values from the least to the most worrying.", "record_only": "Why no rule reads the answer."},
)
INDICATOR = Form(
    {"id": _TEXT, "label": _TEXT, "hint": _TEXT, "group": _TEXT, "sources": _TEXTS},
    ("id", "label", "group", "sources"),
)
SECTION = Form({"id": _TEXT, "title": _TEXT, "paragraphs": _TEXTS}, ("id", "title", "paragraphs"))
DOCUMENT = Form(
    {"key": _TEXT, "title": _TEXT, "note": _TEXT, "area": _TEXT, "section": _entries(SECTION)},
    ("key", "title", "note", "section"),
    named_by="key",
)
NUMBER = Form(
    {"number": _TEXT, "sources": _TEXTS, "said_by": _TEXT, "checked": _DAY, "disputed": _TEXT},
    ("number", "sources", "said_by", "checked"),
    named_by="number",
)
HOURS = Form(
    {"days": _TEXTS, "from": _TEXT, "to": _TEXT, "sources": _TEXTS}, ("days", "from", "to", "sources"), named_by="from"
)
CONTACT = Form(
    {
        "key": _TEXT,
        "label": _TEXT,
        "use": _one_of("daytime", "out_of_hours", "any"),
        "note": _TEXT,
        "number": _entries(NUMBER),
        "hours": _entries(HOURS),
    },
    ("key", "label", "use"),
    named_by="key",
)
UNKNOWN = Form({"says": _TEXT, "do": _TEXTS, "sources": _TEXTS}, ("says", "do"))
AREA = Form(
    {
        "id": _TEXT,
        "name": _TEXT,
        "under_12_tool": _TEXT,
        "under_12_tool_source": _TEXTS,
        "contact": _entries(CONTACT),
        "unknown": _group(UNKNOWN),
    },
    ("id", "name", "contact", "unknown"),
)
VERSION = Form({"version": _TEXT, "published": _DAY}, ("version", "published"))

FILES: Mapping[str, Form] = {
    "table": TABLE,
    "actions": Form({"action": _entries(ACTION)}, ("action",)),
    "warnings": Form({"warning": _entries(WARNING)}, ("warning",)),
    "case": Form({"input": _entries(INPUT)}, ("input",)),
    "indicators": Form({"indicator": _entries(INDICATOR)}, ("indicator",)),
    "sources": Form({"document": _entries(DOCUMENT)}, ("document",)),
    "area": AREA,
    "version": VERSION,
}
"""The form of each kind of file."""
