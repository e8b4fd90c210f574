"""JSON in, JSON out: the one door to the engine, for the command line and the browser alike.

>>> import json
>>> json.loads(decide_json('{"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes"}}'))["route"]
'emergency'
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from .case import Case, read_case
from .decide import Decision
from .decide import decide as decide_case
from .problems import BadCase, Problem
from .rulebook import RuleBook, load

__all__ = [
    "answered",
    "as_text",
    "case_from_bytes",
    "case_from_text",
    "decide",
    "decide_json",
    "parse",
    "problems_json",
    "text_of",
]

_DEEPEST = 20
_NESTING = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
_MEND_JSON = "Check brackets, commas and quotation marks at that place."


def as_text(data: object) -> str:
    """JSON data as one line of text. The same data always gives the same text."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def problems_json(bad: BadCase) -> dict[str, Any]:
    """The answer to a bad case: every problem under `errors`."""
    return {"errors": [problem.as_json() for problem in bad.problems]}


def case_from_text(text: str, rules: RuleBook) -> Case:
    """Read a case from JSON text. Raises BadCase for any text that is not one case, read without doubt."""
    return read_case(parse(text), rules)


def case_from_bytes(data: bytes, rules: RuleBook) -> Case:
    """Read a case from the bytes of a file. Raises BadCase as `case_from_text` does, and where they are not UTF-8."""
    return case_from_text(text_of(data), rules)


def text_of(data: bytes) -> str:
    """The text of a file. Raises BadCase where its bytes are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _unreadable(
            f"bytes that are not UTF-8, at byte {wrong.start + 1}", "text in UTF-8", "Save the file as UTF-8."
        ) from None


def decide(case: Case | Mapping[str, Any] | str, rules: RuleBook | None = None) -> Decision:
    """Decide a case by the rules that travel with this package, or by others.

    `case` is a Case, its data as a mapping, or JSON text. Raises BadCase with every problem of a case that cannot be
    decided, and TypeError for anything that is none of the three.

    >>> decide({"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes"}}).route
    'emergency'
    """
    book = rules or load()
    if isinstance(case, str):
        return decide_case(case_from_text(case, book), book)
    if isinstance(case, Mapping):
        return decide_case(read_case(dict(case), book), book)
    if not isinstance(case, Case):
        raise TypeError(f"decide takes a Case, a mapping or JSON text; found {type(case).__name__}")
    return decide_case(case, book)


def decide_json(text: str) -> str:
    """Decide a case: JSON text in, one line of JSON text out, the decision or `{"errors": [...]}`. Never raises."""
    rules = load()
    return answered(lambda: decide(text, rules).as_json())


def answered(answer: Callable[[], object]) -> str:
    """What a function gives, as one line of JSON text; where it raises BadCase, `{"errors": [...]}`."""
    try:
        return as_text(answer())
    except BadCase as bad:
        return as_text(problems_json(bad))


def _check_depth(text: str) -> None:
    """Refuse deep nesting before parsing: how deep a parser goes differs between the computer and the browser."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth += 1 if match[0] in "[{" else -1 if match[0] in "]}" else 0
        if depth > _DEEPEST:
            raise _unreadable("brackets nested very deep", "a case", "Send one case as described on the site.")


def parse(text: str) -> object:
    """JSON data from text. Raises BadCase for text that is not JSON, or that programs read in different ways."""
    _check_depth(text)
    twice: list[Problem] = []

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        seen: dict[str, object] = {}
        for key, value in members:
            if key in seen:
                name = key[:80].encode("ascii", "backslashreplace").decode("ascii")
                mend = "Keep the right one of the two."
                twice.append(Problem(name, "the key twice in one object", "each key once", mend, "key-twice"))
            seen[key] = value
        return seen

    def constant(name: str) -> object:
        raise _unreadable(name, "a number JSON allows", "Leave the value out where it is not known.")

    try:
        data: object = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except BadCase:
        raise
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, character {wrong.colno}"
        raise _unreadable(f"text that is not JSON ({place})", "one JSON object", _MEND_JSON) from None
    except (ValueError, RecursionError):
        raise _unreadable("a number too long to read", "a case", "Ages are whole years such as 14.") from None
    if twice:
        raise BadCase(twice)
    return data


def _unreadable(found: str, wanted: str, mend: str) -> BadCase:
    return BadCase([Problem("", found, wanted, mend, "unreadable")])
