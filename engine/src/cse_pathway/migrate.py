"""Older formats of the record, brought up to today's: one function for each step.

Format 1 is today's (see `record`). Format 0, the first files, had no `rules` of its own, only those inside the
decision, and `judged_by` was one text: the role.

>>> brought_up({"format": 0, "decision": {"rules": {"version": "1"}}, "judged_by": "teacher"})["judged_by"]
{'name': '', 'role': 'teacher'}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["FORMAT", "OLDEST_FORMAT", "brought_up", "from_0_to_1"]

FORMAT = 1
"""The format that records are written in."""
OLDEST_FORMAT = 0

_Step = Callable[[Mapping[str, Any]], dict[str, Any]]


def from_0_to_1(record: Mapping[str, Any]) -> dict[str, Any]:
    """The rules come out of the decision to the top; the role of whoever judged gets a name, left empty, beside it."""
    newer = {**record, "format": 1}
    decision = record.get("decision")
    if isinstance(decision, dict) and "rules" in decision:
        newer["rules"] = decision["rules"]
    if isinstance(record.get("judged_by"), str):
        newer["judged_by"] = {"name": "", "role": record["judged_by"]}
    return newer


_STEPS: Mapping[int, _Step] = {0: from_0_to_1}


def brought_up(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of any known format as one of today's, step by step; what is wrong in it stays for the reader to tell.

    `record["format"]` is a whole number from OLDEST_FORMAT to FORMAT.
    """
    newest = dict(record)
    while newest["format"] != FORMAT:
        newest = _STEPS[newest["format"]](newest)
    return newest
