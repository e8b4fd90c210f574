"""The record of a decision: what was answered, decided, judged and when, under which rules; and opening it again.

A record holds no name unless one was typed, and no time but what the caller gives: nothing here asks a clock. It is not
signed; but a decision that does not follow from its case under its own rules is told, since the engine can decide anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .case import Case, read_case
from .decide import decide
from .exchange import answered, parse
from .form import (
    FLAG,
    MOMENT,
    SCALAR,
    SHA256,
    TEXT,
    Form,
    Group,
    Leaf,
    ListOf,
    MapOf,
    OrNull,
    moment_of,
    printable,
    problems_in,
)
from .problems import BadCase, Problem, shown
from .rulebook import RuleBook, load

__all__ = [
    "DECISION",
    "FORMAT",
    "RECORD",
    "Record",
    "RuleSet",
    "make_record",
    "open_record_json",
    "opened",
    "read_record",
    "record_json",
]

FORMAT = 1
"""The format that records are written in, and the only one there has been."""
_BASIS: dict[str, Form] = {"sources": ListOf(TEXT), "inferred": FLAG, "reason": TEXT}
_REASON = frozenset({"reason"})
_RULES = Group({"version": TEXT, "sha256": SHA256})
_OUTCOMES = ("indicated", "judged", "final")
DECISION = Group(
    {
        "rules": _RULES,
        "route": TEXT,
        "instrument": TEXT,
        "outcome": Group({**dict.fromkeys(_OUTCOMES, OrNull(TEXT)), "fixed": FLAG, "provisional": FLAG}),
        "section_47": Group({"threshold_met": FLAG, "grounds": ListOf(TEXT)}),
        "actions": ListOf(
            Group(
                {
                    "id": TEXT,
                    "what": TEXT,
                    "who": TEXT,
                    "when": Group(
                        {"rule": TEXT, "due": OrNull(TEXT), "due_if_strategy": OrNull(TEXT), "reason": TEXT},
                        _REASON | {"due_if_strategy"},
                    ),
                    "contact": OrNull(TEXT),
                    **_BASIS,
                },
                _REASON,
            )
        ),
        "warnings": ListOf(Group({"id": TEXT, "text": TEXT, **_BASIS}, _REASON)),
        "still_to_find_out": ListOf(TEXT),
        "why": ListOf(Group({"table": TEXT, "row": TEXT, "because": MapOf(SCALAR), **_BASIS}, _REASON)),
    }
)
"""The form of a decision, as `Decision.as_json` writes it."""
_JUDGED_BY: dict[str, Form] = {"name": TEXT, "role": TEXT}
RECORD = Group(
    {
        "format": Leaf("format", "a whole number", "Give the format's number.", lambda value: isinstance(value, int)),
        "rules": _RULES,
        "case": Leaf("case", "the case that was decided", "Give an object.", lambda value: isinstance(value, dict)),
        "decision": DECISION,
        "judged_by": Group(_JUDGED_BY),
        "made_at": MOMENT,
    }
)
"""The form of a record of today's format; the rules check its case."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Which rules decided: their version and the SHA-256 of their compiled form."""

    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{printable(self.version)} ({self.sha256[:12]})"

    def as_json(self) -> dict[str, str]:
        """The same as plain JSON data."""
        return {"version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Record:
    """A record read without problems.

    `case_data` and `decision` are plain JSON data, as recorded. `case` is the same case as today's rules read it, None
    where they cannot; `case_problems` says why.
    """

    rules: RuleSet
    case_data: Mapping[str, Any]
    decision: Mapping[str, Any]
    judged_by_name: str
    judged_by_role: str
    made_at: datetime
    case: Case | None
    case_problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The record as plain JSON data of today's format, its keys in the published order."""
        return {
            "format": FORMAT,
            "rules": self.rules.as_json(),
            "case": self.case_data,
            "decision": self.decision,
            "judged_by": {"name": self.judged_by_name, "role": self.judged_by_role},
            "made_at": self.made_at.isoformat(timespec="minutes"),
        }


def make_record(case_data: object, judged_by: object, made_at: object, rules: RuleBook) -> Record:
    """Decide a case and record it.

    `case_data` is the parsed case; `judged_by` an object with the texts `name` and `role`, which may be missing;
    `made_at` local time in England as YYYY-MM-DDTHH:MM. Raises BadCase with every problem, the case's under `case.`.
    """
    case, problems = _read_case(case_data, rules)
    problems += problems_in(judged_by, Group(_JUDGED_BY, frozenset(_JUDGED_BY)), "judged_by") + problems_in(
        made_at, MOMENT, "made_at"
    )
    moment = moment_of(made_at)
    if problems or case is None or moment is None or not isinstance(judged_by, dict) or not isinstance(case_data, dict):
        raise BadCase(problems)
    return Record(
        rules=RuleSet(rules.version, rules.sha256),
        case_data=case_data,
        decision=decide(case, rules).as_json(),
        judged_by_name=judged_by.get("name", ""),
        judged_by_role=judged_by.get("role", ""),
        made_at=moment,
        case=case,
    )


def read_record(data: object, rules: RuleBook) -> Record:
    """Read a record from JSON data, beside today's rules.

    Raises BadCase with every problem: no record at all, a format not known, keys or values that do not fit, and a
    record that was altered. Under today's rules its case must be sound and give its decision. Under other rules, which
    are not here to decide anew, its case is read as far as today's can.
    """
    record = _of_known_format(data)
    problems = problems_in(record, RECORD)
    rule_set = record.get("rules")
    other_rules = (
        not problems_in(rule_set, _RULES) and isinstance(rule_set, dict) and rule_set["sha256"] != rules.sha256
    )
    case: Case | None = None
    case_problems: list[Problem] = []
    if isinstance(record.get("case"), dict):
        case, case_problems = _read_case(record["case"], rules)
    if not other_rules:
        problems += case_problems
    if not any(problem.path.startswith(("rules", "case", "decision")) for problem in problems):
        problems += _altered(record, None if other_rules else case, rules)
    if problems:
        raise BadCase(problems)
    return Record(
        rules=RuleSet(**record["rules"]),
        case_data=record["case"],
        decision=record["decision"],
        judged_by_name=record["judged_by"]["name"],
        judged_by_role=record["judged_by"]["role"],
        made_at=datetime.fromisoformat(record["made_at"]),
        case=case,
        case_problems=tuple(case_problems),
    )


def _of_known_format(data: object) -> dict[str, Any]:
    """Data that names the format of a record. Raises BadCase where it is none of a known format."""
    wanted = f"a record of format {FORMAT}"
    mend = "Open a record file that was saved here."
    if not isinstance(data, dict):
        raise BadCase([Problem("", shown(data), wanted, mend, "not-a-record")])
    if "format" not in data:
        if "as_of" in data:
            mend = "This looks like a case: decide it, or open the record that was saved after it was decided."
        raise BadCase([Problem("format", "nothing", wanted, mend, "not-a-record")])
    found = data["format"]
    if not isinstance(found, int) or isinstance(found, bool) or found < FORMAT:
        raise BadCase([Problem("format", shown(found), wanted, mend, "unknown-format")])
    if found > FORMAT:
        mend = "It was saved by a newer edition: open it there."
        raise BadCase([Problem("format", shown(found), wanted, mend, "newer-format")])
    return data


def _read_case(data: object, rules: RuleBook) -> tuple[Case | None, list[Problem]]:
    try:
        return read_case(data, rules), []
    except BadCase as bad:
        return None, [one.within("case") for one in bad.problems]


def _altered(record: Mapping[str, Any], case: Case | None, rules: RuleBook) -> list[Problem]:
    """What shows that a record is not as it was made. `case` is given where today's rules are those of the record."""
    mend = "The record was altered after it was made. Open an untouched copy, or screen again."
    found, inside = RuleSet(**record["rules"]), RuleSet(**record["decision"]["rules"])
    if found != inside:
        return [Problem("rules", f"rules {found}", f"those of its decision, {inside}", mend, "altered")]
    if case is not None and decide(case, rules).as_json() != record["decision"]:
        return [
            Problem(
                "decision",
                "a decision that does not follow from the case under its rules",
                f"what rules {found} give for this case",
                mend,
                "altered",
            )
        ]
    return []


def record_json(case_text: str, judged_by_text: str, made_at: str) -> str:
    """Make a record: the case and who judged as JSON texts, the moment as text; one line of JSON text out.

    An empty `judged_by_text` names nobody. Problems come as `{"errors": [...]}`. Never raises.
    """

    def made() -> object:
        judged_by = parse(judged_by_text) if judged_by_text else {}
        return make_record(parse(case_text), judged_by, made_at, load()).as_json()

    return answered(made)


def open_record_json(text: str) -> str:
    """Open a record: JSON text in; one line of JSON text out, with what was decided then and what is decided now.

    Problems come as `{"errors": [...]}`. Never raises.
    """
    return answered(lambda: opened(read_record(parse(text), load()), load()))


def opened(record: Record, rules: RuleBook) -> dict[str, Any]:
    """A record beside today's rules, as plain JSON data.

    `decision_now` is null where today's rules cannot decide the case; `case_problems` says why. `warnings` tell
    other rules with both versions, and a case that today's rules decide in another way.
    """
    now = decide(record.case, rules).as_json() if record.case else None
    today = RuleSet(rules.version, rules.sha256)
    same = record.rules == today
    warnings = []
    if not same:
        warnings.append(("other-rules", f"This record was made under rules {record.rules}. Today's are {today}."))
    if now is None:
        warnings.append(("not-decided-now", "Today's rules cannot decide this case. What was decided then is shown."))
    elif not same and _without_rules(now) != _without_rules(record.decision):
        warnings.append(("decided-otherwise", "Today's rules decide this case in another way."))
    return {
        "format": FORMAT,
        "rules": {"then": record.rules.as_json(), "now": today.as_json()},
        "same_rules": same,
        "made_at": record.made_at.isoformat(timespec="minutes"),
        "judged_by": {"name": record.judged_by_name, "role": record.judged_by_role},
        "case": record.case_data,
        "case_problems": [problem.as_json() for problem in record.case_problems],
        "decision_then": record.decision,
        "decision_now": now,
        "warnings": [{"id": name, "text": words} for name, words in warnings],
    }


def _without_rules(decision: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in decision.items() if key != "rules"}
