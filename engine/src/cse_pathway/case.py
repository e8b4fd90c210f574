"""Reading a case: every problem found in one pass, and what is left is safe to decide.

A case is plain JSON data. Which answers there are, and their values, stands in the rule book; the shape of dates and
ages, and what may not go together, stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .age import OLDEST, age_on
from .form import DAY, MOMENT, day_of, moment_of, printable
from .problems import BadCase, Problem, did_you_mean, shown
from .rulebook import NOT_KNOWN, Input, RuleBook

__all__ = ["SEEN", "WHEN", "Case", "Sign", "read_case"]

SEEN = ("evidence", "suspected", "not_seen", NOT_KNOWN)
"""What may be recorded of a sign."""
WHEN = ("recent", "older", NOT_KNOWN)
"""How long ago a sign was seen."""
_ADULT = 18
_HINTS = 100
_TOOL_STARTS = 12


@dataclass(frozen=True, slots=True)
class Sign:
    """A published sign as recorded: never counted into an outcome (R10.2)."""

    id: str
    seen: str
    when: str
    note: str

    @property
    def is_seen(self) -> bool:
        """Whether there is evidence or suspicion of the sign."""
        return self.seen in ("evidence", "suspected")


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was read without problems.

    `answers` holds each input of the rule book by path, missing ones as not_known, "no", "" or None by their kind.
    `age` is in whole years on `as_of`, 0 to 120, or None where it is not known. `meeting_held_on` is None for a meeting
    that is only planned, after the day of `as_of`.
    """

    as_of: datetime
    age: int | None
    answers: Mapping[str, str]
    made_at: datetime | None
    meeting_held_on: date | None
    signs: tuple[Sign, ...]

    @property
    def area(self) -> str:
        """The area's id, or not_known."""
        return self.answers["area"]


@dataclass(slots=True)
class _Reader:
    """Collects problems while one case is read."""

    rules: RuleBook
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: str, found: object, wanted: str, mend: str, code: str) -> None:
        self.problems.append(Problem(path, shown(found), wanted, mend, code))

    def hint(self, found: str, known: Iterable[str]) -> str:
        """A nearest known word, for as many problems as a person reads; looking is slow and junk may hold thousands."""
        return did_you_mean(found, known) if len(self.problems) < _HINTS else ""

    def mapping(self, path: str, value: object) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.wrong(path, value, "an object", "Give an object in braces, or leave the key out.", "not-an-object")
        return {}

    def unknown_keys(self, path: str, value: Mapping[str, Any], known: list[str]) -> None:
        for key in value:
            if key not in known:
                full = f"{path}.{key}" if path else key
                self.problems.append(
                    Problem(
                        printable(full),
                        "an unknown key",
                        f"one of {', '.join(known)}" if len(known) <= 16 else "a key of the case format",
                        f"Take the key out, or correct its name.{self.hint(key, known)}",
                        "unknown-key",
                    )
                )

    def one_of(self, path: str, value: object, wanted: tuple[str, ...], missing: str) -> str:
        if isinstance(value, str) and value in wanted:
            return value
        hint = self.hint(value, wanted) if isinstance(value, str) else ""
        mend = f"Give one of these, or leave the key out.{hint}"
        self.wrong(path, value, f"one of {', '.join(wanted)}", mend, "unknown-value")
        return missing

    def text(self, path: str, value: object) -> str:
        if isinstance(value, str):
            return value
        self.wrong(path, value, "text", "Put the words in quotation marks, or leave the key out.", "not-text")
        return ""

    def moment(self, path: str, value: object) -> datetime | None:
        found = moment_of(value)
        if found is None:
            self.wrong(path, value, MOMENT.wanted, MOMENT.mend, "not-moment")
        return found

    def day(self, path: str, value: object) -> date | None:
        found = day_of(value)
        if found is None:
            self.wrong(path, value, DAY.wanted, DAY.mend, "not-day")
        return found


def read_case(data: object, rules: RuleBook) -> Case:
    """Read a case from JSON data.

    Takes the parsed JSON and the rule book whose answers count. Gives the case, complete and checked.
    Raises BadCase with every problem: unknown keys, ids, values or types; null anywhere but `meeting_held_on`; both a
    date of birth and an age; a birth after `as_of`; an age beyond 0 to 120; answers of a tool, or a judged outcome,
    that do not belong to the age; a meeting, held or planned, before the date of the referral.
    """
    reader = _Reader(rules)
    if not isinstance(data, dict):
        mend = 'Give a case such as {"as_of": "2026-11-23T10:30"}.'
        reader.wrong("", data, "an object with the key as_of", mend, "not-an-object")
        raise BadCase(reader.problems)
    groups = _groups(rules)
    reader.unknown_keys("", data, ["as_of", *groups, "indicators"])
    parts = {name: reader.mapping(name, data[name]) for name, members in groups.items() if members and name in data}
    for name, part in parts.items():
        reader.unknown_keys(name, part, [*(["date_of_birth", "age"] if name == "child" else []), *groups[name]])

    as_of = reader.moment("as_of", data["as_of"]) if "as_of" in data else None
    if "as_of" not in data:
        reader.problems.append(
            Problem(
                "as_of",
                "nothing",
                "a day and time as YYYY-MM-DDTHH:MM",
                "Say when the case is decided, as 2026-11-23T10:30.",
                "missing",
            )
        )
    answers: dict[str, str] = {}
    moments: dict[str, datetime | None] = {}
    days: dict[str, date | None] = {}
    for path, entry in rules.inputs.items():
        holder, _, key = path.rpartition(".")
        within: Mapping[str, Any] = parts.get(holder, {}) if holder else data
        given = key in within
        value = within.get(key)
        if entry.kind == "sign":
            continue  # read with the other signs
        if entry.kind == "moment":
            moments[path] = reader.moment(path, value) if given else None
        elif entry.kind == "day":
            days[path] = reader.day(path, value) if given and value is not None else None
        else:
            answers[path] = _answer(reader, entry, value) if given else _MISSING[entry.kind]
    age = _age(reader, parts.get("child", {}), as_of)
    _check_age_belongs(reader, age, answers)
    made_at, met = moments["referral.made_at"], days["referral.meeting_held_on"]
    if made_at and met and met < made_at.date():
        reader.wrong(
            "referral.meeting_held_on",
            met.isoformat(),
            f"a day on or after the referral ({made_at.date().isoformat()})",
            "Correct the day of the meeting or of the referral. An early help meeting does not count here.",
            "meeting-before-referral",
        )
    signs = _signs(reader, data.get("indicators", {}))
    if reader.problems or as_of is None:
        raise BadCase(reader.problems)
    held = met if met and met <= as_of.date() else None
    return Case(as_of, age, answers, made_at, held, signs)


_MISSING = {"answer": NOT_KNOWN, "choice": NOT_KNOWN, "flag": "no", "text": ""}


def _groups(rules: RuleBook) -> dict[str, list[str]]:
    """The keys of a case in the rule book's order, each with its members; a lone answer has none."""
    groups: dict[str, list[str]] = {}
    for path, entry in rules.inputs.items():
        holder, _, key = path.rpartition(".")
        if entry.kind == "sign":
            continue
        if holder:
            groups.setdefault(holder, []).append(key)
        else:
            groups[key] = []
    return groups


def _answer(reader: _Reader, entry: Input, value: object) -> str:
    if entry.kind == "flag":
        if isinstance(value, bool):
            return "yes" if value else "no"
        mend = "Write true or false without quotation marks, or leave the key out."
        reader.wrong(entry.path, value, "true or false", mend, "not-flag")
        return "no"
    if entry.kind == "text":
        return reader.text(entry.path, value)
    return reader.one_of(entry.path, value, entry.values, NOT_KNOWN)


def _age(reader: _Reader, child: Mapping[str, Any], as_of: datetime | None) -> int | None:
    """The age on `as_of`; None where it is not known or could not be read."""
    born = reader.day("child.date_of_birth", child["date_of_birth"]) if "date_of_birth" in child else None
    age: int | None = None
    if "age" in child:
        given = child["age"]
        if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= OLDEST:
            age = given
        else:
            mend = "Give a number such as 14, or leave the key out."
            reader.wrong("child.age", given, f"whole years from 0 to {OLDEST}", mend, "not-an-age")
    if "age" in child and "date_of_birth" in child:
        reader.problems.append(
            Problem(
                "child.age",
                "an age beside a date of birth",
                "one of the two",
                "Keep the date of birth and take the age out; keep the age only where the date is not known.",
                "age-and-date-of-birth",
            )
        )
        return None
    if born is None or as_of is None:
        return age
    age = age_on(born, as_of.date())
    if born > as_of.date():
        reader.wrong(
            "child.date_of_birth",
            born.isoformat(),
            f"a day on or before as_of ({as_of.date().isoformat()})",
            "Correct the date of birth, or the day the case is decided.",
            "born-after-as-of",
        )
        return None
    if age > OLDEST:
        reader.wrong(
            "child.date_of_birth",
            born.isoformat(),
            f"a date that gives an age of 0 to {OLDEST}",
            "Correct the year of birth.",
            "born-too-early",
        )
        return None
    return age


def _check_age_belongs(reader: _Reader, age: int | None, answers: Mapping[str, str]) -> None:
    """The tool's answers and the judged outcome must be those of the age, where the age is known."""
    if age is None:
        return
    aged = f"the child is {age}" if age < _ADULT else f"the person is {age}"
    for tool, title, belongs, wanted in (
        ("under_12", "the tool for under-12s", age < _TOOL_STARTS, "an age under 12"),
        ("aged_12_to_17", "the tool for 12 to 17", _TOOL_STARTS <= age < _ADULT, "an age from 12 to 17"),
    ):
        for path, answer in answers.items():
            if path.startswith(f"{tool}.") and answer != NOT_KNOWN and not belongs:
                found, mend = f"an answer of {title}, and {aged}", f"Take {tool} out, or correct the age."
                reader.problems.append(Problem(path, found, wanted, mend, "tool-of-another-age"))
    outcome = answers["judgement.outcome"]
    if outcome == NOT_KNOWN:
        return
    if age >= _ADULT:
        mend = "Take the outcome out: no screening tool is for adults."
        found = f"a judged outcome, and {aged}"
        reader.problems.append(Problem("judgement.outcome", found, "an age under 18", mend, "judgement-of-another-age"))
        return
    scale = reader.rules.scales["under_12" if age < _TOOL_STARTS else "12_to_17"]
    if outcome not in scale:
        reader.wrong(
            "judgement.outcome",
            outcome,
            f"one of {', '.join(scale)} ({aged})",
            "Choose an outcome of the scale for this age, or correct the age.",
            "judgement-of-another-age",
        )


def _signs(reader: _Reader, value: object) -> tuple[Sign, ...]:
    signs = []
    known = reader.rules.indicators
    for name, entry in reader.mapping("indicators", value).items():
        path = printable(f"indicators.{name}")
        if name not in known:
            reader.problems.append(
                Problem(
                    path,
                    "an unknown sign",
                    "the id of a published sign",
                    f"Correct the id.{reader.hint(name, known)}",
                    "unknown-sign",
                )
            )
            continue
        sign = reader.mapping(path, entry)
        reader.unknown_keys(path, sign, ["seen", "when", "note"])
        seen = reader.one_of(f"{path}.seen", sign.get("seen", NOT_KNOWN), SEEN, NOT_KNOWN)
        when = reader.one_of(f"{path}.when", sign.get("when", NOT_KNOWN), WHEN, NOT_KNOWN)
        signs.append(Sign(name, seen, when, reader.text(f"{path}.note", sign.get("note", ""))))
    return tuple(sorted(signs, key=lambda sign: known.index(sign.id)))
