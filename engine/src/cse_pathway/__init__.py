"""The decision engine of the West Midlands child sexual exploitation procedures.

A case goes in, a decision comes out; the tool advises, the professional decides (S4(3), R12.3, R10.2).

>>> from cse_pathway import decide_json
>>> '"route":"emergency"' in decide_json('{"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes"}}')
True
"""

from .case import Case, read_case
from .decide import Decision, decide
from .exchange import decide_json
from .problems import BadCase, Problem
from .rulebook import RuleBook, load

__version__ = "1.0.0"
__all__ = [
    "BadCase",
    "Case",
    "Decision",
    "Problem",
    "RuleBook",
    "__version__",
    "decide",
    "decide_json",
    "load",
    "read_case",
]
