"""The decision engine of the West Midlands child sexual exploitation procedures.

A case goes in, a decision comes out; the tool advises, the professional decides (S4(3), R12.3, R10.2).

>>> from cse_pathway import decide
>>> decide({"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes"}}).route
'emergency'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .case import Case, read_case
from .decide import Decision
from .exchange import decide, decide_json
from .problems import BadCase, Problem
from .rulebook import RuleBook, load

if TYPE_CHECKING:
    from .calendar_file import calendar_text, time_limits_calendar_text
    from .compare import compare_json
    from .record import open_record_json, record_json
    from .time_limits import time_limits_json
    from .what_if import what_if_json

__version__ = "1.0.0"
__all__ = [
    "BadCase",
    "Case",
    "Decision",
    "Problem",
    "RuleBook",
    "__version__",
    "calendar_text",
    "compare_json",
    "decide",
    "decide_json",
    "load",
    "open_record_json",
    "read_case",
    "record_json",
    "time_limits_calendar_text",
    "time_limits_json",
    "what_if_json",
]

_MODULE_OF = {
    "calendar_text": "calendar_file",
    "compare_json": "compare",
    "open_record_json": "record",
    "record_json": "record",
    "time_limits_calendar_text": "calendar_file",
    "time_limits_json": "time_limits",
    "what_if_json": "what_if",
}


def __getattr__(name: str) -> object:
    """Import what deciding does not need only when it is first asked for: a phone decides sooner."""
    if name in _MODULE_OF:
        return getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, those included that are only imported when they are asked for."""
    return sorted(__all__)
