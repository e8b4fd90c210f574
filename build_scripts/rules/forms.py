"""The forms of the rule files: which keys each kind of entry has, and what each key holds.

One place for both who checks them: `rule_files` reads TOML by these forms, and `rule_schemas` makes JSON Schemas of
them for editors' tools.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from build_scripts.rules.contact_kinds import DAYS, GENERIC, USES

__all__ = ["FILES", "Check", "Form"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one key holds: in words, as a test, and as a JSON Schema."""

    wanted: str
    fits: Callable[[object], bool]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """The keys of one kind of entry, those it cannot do without, and the key that names it in messages.

    `belongs`: where a key belongs that is often written here by mistake.
    """

    keys: Mapping[str, Check]
    needed: tuple[str, ...]
    named_by: str = "id"
    says: Mapping[str, str] = field(default_factory=dict)
    belongs: Mapping[str, str] = field(default_factory=dict)


def _one_of(*values: str) -> Check:
    return Check(f"one of {', '.join(values)}", lambda value: value in values, {"enum": list(values)})


def _group(form: Form) -> Check:
    return Check("a group of keys with values", lambda value: isinstance(value, dict), schema_of(form))


def _entries(form: Form, wanted: str = "a list") -> Check:
    return Check(wanted, lambda value: isinstance(value, list), {"type": "array", "items": schema_of(form)})


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
    lambda value: type(value) is date,  # a date with a time is a date to Python
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
    {"id": _TEXT, "when": _CELLS, "inferred": _TEXT, "sources": _TEXTS},
    ("id", "when"),
    says={"when": f"{_WHEN} {{}} is always.", "sources": _SOURCES, "inferred": _INFERRED},
)
ACTION_CONDITION = Form(
    {**CONDITION.keys, "what": _TEXT, "who": _TEXT, "by_when": _TEXT, "contact_where_known": _TEXT},
    CONDITION.needed,
    says={
        **CONDITION.says,
        "contact_where_known": "Whom to ring instead, in an area that has a number for it.",
    },
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
        "due_if_strategy": _group(DUE),
        "same_clock_as": _TEXT,
        "protects": _YES_NO,
        "refers": _YES_NO,
        "condition": _entries(ACTION_CONDITION),
    },
    ("id", "what", "who", "by_when", "sources", "condition"),
    says={
        "for_adults": "Also for a person of 18 or over.",
        "due": "The clock, where there is one.",
        "due_if_strategy": "The clock of a discussion that is held as a strategy discussion.",
        "same_clock_as": "The action whose clock this one shares; the list of time limits names that one alone.",
        "protects": "Somebody who can protect the child is told, or acts: no judgement without a reason takes it away.",
        "refers": "The child is referred to Children's Services.",
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
        "kind": _one_of("answer", "choice", "flag", "text", "moment", "day", "sign"),
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
_SOME_TEXTS = Check(
    "a list of at least one text",
    lambda value: isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value),
    {"type": "array", "items": {"type": "string"}, "minItems": 1},
)
_WEEKDAYS = Check(
    f"a list of {', '.join(DAYS)}, each once at most",
    lambda value: isinstance(value, list) and bool(value) and len(set(map(str, value)) & set(DAYS)) == len(value),
    {"type": "array", "items": {"enum": list(DAYS)}, "minItems": 1, "uniqueItems": True},
)
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
_TIME = Check(
    'a time from "00:00" to "23:59", such as "08:45"',
    lambda value: isinstance(value, str) and re.fullmatch(_CLOCK, value) is not None,
    {"type": "string", "pattern": _CLOCK},
)
NUMBER = Form(
    {
        "number": _TEXT,
        "sources": _SOME_TEXTS,
        "said_by": _TEXT,
        "checked": _DAY,
        "rung": _DAY,
        "disputed": _TEXT,
    },
    ("number", "sources", "said_by", "checked"),
    named_by="number",
    says={
        "number": "As one dials it: digits, with single spaces between groups.",
        "sources": "Paragraph ids such as S8(3), or ids of docs/_data/references.toml.",
        "checked": "The day on which the source was read.",
        "rung": "The day on which somebody rang it and the right people answered. Leave it out where nobody has.",
        "disputed": "What is in doubt; readers see it beside the number.",
    },
)
HOURS = Form(
    {"days": _WEEKDAYS, "from": _TIME, "to": _TIME, "sources": _SOME_TEXTS},
    ("days", "from", "to", "sources"),
    named_by="from",
)
_A_NUMBER = "blocks [[contact.number]], each with number, sources, said_by and checked"
CONTACT = Form(
    {
        "key": _one_of(*GENERIC),
        "label": _TEXT,
        "use": _one_of(*USES),
        "note": _TEXT,
        "number": _entries(NUMBER, _A_NUMBER),
        "hours": _entries(HOURS, "blocks [[contact.hours]], each with days, from, to and sources"),
    },
    ("key", "label", "use"),
    named_by="key",
    belongs=dict.fromkeys(NUMBER.keys, "Write it under [[contact.number]].")
    | dict.fromkeys(("days", "from", "to"), "Write it under [[contact.hours]]."),
)
UNKNOWN = Form(
    {"says": _TEXT, "do": _TEXTS, "sources": _TEXTS},
    ("do",),
    says={
        "says": "What else is not known or not sure. The build itself says which contacts have no number.",
        "do": "What to do in this area. What holds in every area stands in national.toml.",
    },
)
AREA = Form(
    {
        "id": _TEXT,
        "name": _TEXT,
        "own_page": _SOME_TEXTS,
        "under_12_tool": _TEXT,
        "under_12_tool_source": _TEXTS,
        "contact": _entries(CONTACT),
        "unknown": _group(UNKNOWN),
    },
    ("id", "name", "own_page", "contact", "unknown"),
    says={"own_page": "Where the partnership or the council tells whom to ring: ids of docs/_data/references.toml."},
)
NATIONAL = Form(
    {"contact": _entries(CONTACT), "do": _SOME_TEXTS},
    ("contact", "do"),
    says={"do": "What to do in any area if nobody can be reached."},
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
    "national": NATIONAL,
    "version": VERSION,
}
"""The form of each kind of file."""
