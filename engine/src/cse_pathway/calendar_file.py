"""The plan's dates as a calendar file (iCalendar, RFC 5545): all-day events without a word about the child.

Others may see a calendar, so an event tells the step, its rule and paragraph, and nothing of the case. The 24-hour
strategy discussion is an all-day event as well, with its clock time in the text: calendars disagree about time zones,
and a wrong hour would be worse than a day that is read.

An event's UID follows from where its clock started, the step and when it falls due: the same plan saved again replaces
its events, and a new date is a new event. Nothing asks a clock: an event is stamped with the moment of the decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .case import Case
from .decide import decide
from .exchange import as_text, case_from_text, parse, problems_json
from .problems import BadCase, Problem
from .rulebook import RuleBook, load
from .time_limits import Starts, read_starts, time_limits

__all__ = [
    "Event",
    "calendar_of",
    "calendar_of_case",
    "calendar_of_limits",
    "calendar_text",
    "events_of_limits",
    "events_of_plan",
    "in_utc",
    "time_limits_calendar_text",
]

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Event:
    """One dated step: its id, where its clock started, when it is due (a day, or a moment), and what the rule says."""

    id: str
    start: str
    due: str
    what: str
    who: str
    by_when: str
    sources: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day it falls due."""
        return date.fromisoformat(self.due[:10])

    @property
    def clock(self) -> str:
        """The clock time HH:MM of what is due at a moment, else empty."""
        return self.due[11:]

    @property
    def uid(self) -> str:
        """The name by which calendars know the event again; nothing can be read from it."""
        seed = f"{self.id}|{self.start}|{self.due}"
        return f"{hashlib.sha256(seed.encode('utf-8')).hexdigest()[:32]}@cse-pathway"


def events_of_plan(case: Case, rules: RuleBook) -> tuple[list[Event], list[str]]:
    """The dated actions of a case's plan, in its order; and in words each whose date must be worked out by hand."""
    starts = {"referral.made_at": case.made_at, "referral.meeting_held_on": case.meeting_held_on}
    clocks = {item.id: item.due for item in rules.actions}
    events, by_hand = [], []
    for action in decide(case, rules).actions:
        clock = clocks[action.id]
        start = starts[clock.start] if clock else None
        if action.due and start:
            events.append(
                Event(
                    action.id,
                    _written(start),
                    action.due,
                    action.what,
                    action.who,
                    action.by_when,
                    action.ground.sources,
                )
            )
        elif action.open_because:
            by_hand.append(f"{action.what.rstrip('.')} ({action.open_because})")
    return events, by_hand


def events_of_limits(starts: Starts, rules: RuleBook) -> tuple[list[Event], list[str]]:
    """The time limits as events, as `events_of_plan` gives those of a plan."""
    events, by_hand = [], []
    for limit in time_limits(starts, rules):
        if limit.due and limit.start:
            events.append(
                Event(limit.id, _written(limit.start), limit.due, limit.what, limit.who, limit.by_when, limit.sources)
            )
        elif limit.open_because:
            by_hand.append(f"{limit.what.rstrip('.')} ({limit.open_because})")
    return events, by_hand


def _written(start: datetime | date) -> str:
    return start.isoformat(timespec="minutes") if isinstance(start, datetime) else start.isoformat()


def calendar_of(events: Sequence[Event], by_hand: Sequence[str], made: datetime) -> str:
    """A calendar file with these events, its lines ended by CR and LF and none over 75 octets.

    `made` is local time in England. `by_hand` is told in every event: no date is left out in silence.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cse-pathway//plan//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _event(event, by_hand, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, by_hand: Sequence[str], made: datetime) -> Iterator[str]:
    title = event.what.split(". ")[0].rstrip(".")
    told = [event.what, f"Who: {event.who}", f"{event.by_when} [{', '.join(event.sources)}]"]
    if event.clock:
        told.append(f"Latest time: {event.clock}, local time in England")
    told.append("A latest date: act sooner where the child needs it.")
    told += [f"No date: {words}" for words in by_hand]
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_digits(in_utc(made).isoformat(timespec='seconds'))}Z"
    yield f"DTSTART;VALUE=DATE:{_digits(event.day.isoformat())}"
    if event.day != date.max:
        yield f"DTEND;VALUE=DATE:{_digits((event.day + timedelta(days=1)).isoformat())}"
    yield f"SUMMARY:{_escaped(f'By {event.clock}: {title}' if event.clock else f'Latest day: {title}')}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(told))}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _digits(written: str) -> str:
    return written.replace("-", "").replace(":", "")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each after the first begun by a space; no character is cut in two."""
    pieces, room = [""], _OCTETS
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            pieces.append(" ")
            room = _OCTETS - 1
        pieces[-1] += character
        room -= size
    return "\r\n".join(pieces)


def in_utc(local: datetime) -> datetime:
    """Local time in England as UTC, by the rule since 1996: an hour ahead from the last Sunday of March to October's.

    Both change at 01:00 UTC. An hour that comes twice is read as its first, an hour that is left out as if it were not.
    """
    begins, ends = (_last_sunday(local.year, month) for month in (3, 10))
    in_summer = begins + timedelta(hours=2) <= local < ends + timedelta(hours=2)
    return local - timedelta(hours=1) if in_summer else local


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31)  # noqa: DTZ001 - local time, as everywhere here
    return last - timedelta(days=(last.weekday() + 1) % 7)


def calendar_of_case(case: Case, rules: RuleBook) -> str:
    """The dated actions of a case's plan as a calendar file. Raises BadCase where the plan has no date."""
    return _file(*events_of_plan(case, rules), case.as_of, "referral.made_at")


def calendar_of_limits(starts: Starts, rules: RuleBook) -> str:
    """The time limits as a calendar file. Raises BadCase where not one has a date."""
    given = starts.made_at or starts.mase_meeting_held_on or starts.early_help_meeting_held_on or date.min
    made = given if isinstance(given, datetime) else datetime.combine(given, datetime.min.time())
    return _file(*events_of_limits(starts, rules), made, "made_at")


def _file(events: Sequence[Event], by_hand: Sequence[str], made: datetime, path: str) -> str:
    if not events:
        mend = "Give the day and time of the referral, or the day of the meeting."
        if by_hand:
            mend = " ".join(f"No date: {words}." for words in by_hand)
        raise BadCase([Problem(path, "no step with a date", "a plan with at least one date", mend, "no-date")])
    return calendar_of(events, by_hand, made)


def calendar_text(case_text: str) -> str:
    """The dated actions of a case's plan: case JSON in, the text of an .ics file out.

    Problems, a plan without any date among them, come as `{"errors": [...]}` instead. Never raises.
    """
    try:
        return calendar_of_case(case_from_text(case_text, load()), load())
    except BadCase as bad:
        return as_text(problems_json(bad))


def time_limits_calendar_text(text: str) -> str:
    """The time limits as the text of an .ics file, from the same JSON text as `time_limits_json`; errors likewise."""
    try:
        return calendar_of_limits(read_starts(parse(text)), load())
    except BadCase as bad:
        return as_text(problems_json(bad))
