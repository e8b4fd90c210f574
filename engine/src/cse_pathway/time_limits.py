"""The latest dates that follow from a referral and from the meetings held: each with its rule and paragraph.

The clocks are those of the rule book's actions. The review of early help has none there, since no case holds the first
early help meeting; its three months stand here (R13.4).

>>> import json
>>> limits = json.loads(time_limits_json('{"made_at": "2026-11-23T11:00"}'))["limits"]
>>> [limit["when"]["due"] for limit in limits]
['2026-11-26', '2026-11-24T11:00', '2026-12-14', None, None]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from .exchange import answered, parse
from .form import DAY, MOMENT, Group, OrNull, day_of, moment_of, problems_in
from .plan import due_from
from .problems import BadCase, Problem
from .rulebook import Due, Item, RuleBook, load

__all__ = ["Starts", "TimeLimit", "read_starts", "time_limits", "time_limits_data", "time_limits_json"]

REFERRAL, MASE, EARLY_HELP = "made_at", "mase_meeting_held_on", "early_help_meeting_held_on"
_START_OF = {"referral.made_at": REFERRAL, "referral.meeting_held_on": MASE}
_FORM = Group(
    {REFERRAL: OrNull(MOMENT), MASE: OrNull(DAY), EARLY_HELP: OrNull(DAY)}, frozenset({REFERRAL, MASE, EARLY_HELP})
)
_EARLY_HELP_PLAN = "early-help-multi-agency"
_EARLY_HELP_REVIEW = "Review the multi-agency early help plan."


@dataclass(frozen=True, slots=True)
class Starts:
    """When the clocks began, None where not given: referral, first MASE meeting, first early help meeting."""

    made_at: datetime | None = None
    mase_meeting_held_on: date | None = None
    early_help_meeting_held_on: date | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A latest date. `due` is a day (YYYY-MM-DD) or a moment (YYYY-MM-DDTHH:MM).

    It is None where the start is not given, or where `open_because` says why it stays open. `counted_from` names the
    start, as in `Starts`; `start` is that day or moment.
    """

    id: str
    what: str
    who: str
    by_when: str
    counted_from: str
    start: datetime | date | None
    due: str | None
    open_because: str | None
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The limit as plain JSON data, its `when` like that of an action, with where it is counted from."""
        when: dict[str, Any] = {"rule": self.by_when, "from": self.counted_from, "due": self.due}
        if self.open_because:
            when["reason"] = self.open_because
        return {"id": self.id, "what": self.what, "who": self.who, "when": when, "sources": list(self.sources)}


def read_starts(data: object) -> Starts:
    """Read the starts from JSON data: the keys are those of `Starts`, missing or null where not given.

    Raises BadCase with every problem: unknown keys, what is no day or moment, no start at all, a MASE meeting before
    the day of the referral.
    """
    problems = problems_in(data, _FORM)
    if problems or not isinstance(data, dict):
        raise BadCase(problems)
    starts = Starts(moment_of(data.get(REFERRAL)), day_of(data.get(MASE)), day_of(data.get(EARLY_HELP)))
    if starts == Starts():
        raise BadCase(
            [
                Problem(
                    "",
                    "no date",
                    f"one of {', '.join(_FORM.keys)}",
                    "Give the day and time of the referral.",
                    "missing",
                )
            ]
        )
    met = starts.mase_meeting_held_on
    if starts.made_at and met and met < starts.made_at.date():
        wanted = f"a day on or after the referral ({starts.made_at.date().isoformat()})"
        mend = "Correct the day of the meeting or of the referral."
        raise BadCase([Problem(MASE, met.isoformat(), wanted, mend, "meeting-before-referral")])
    return starts


def time_limits(starts: Starts, rules: RuleBook) -> tuple[TimeLimit, ...]:
    """Every time limit in the order of the plan: discussion, strategy discussion, MASE meeting, and the two reviews.

    Where a count runs into a year whose bank holidays are not held, the date stays open and says so.
    """
    return tuple(_limits(starts, rules))


def _limits(starts: Starts, rules: RuleBook) -> Iterator[TimeLimit]:
    for action in rules.actions:
        if action.due and not action.same_clock_as:
            yield _limit(action, action.due, _START_OF[action.due.start], starts, rules)
    plan = next(action for action in rules.actions if action.id == _EARLY_HELP_PLAN)
    review = replace(plan, id="review-early-help", text=_EARLY_HELP_REVIEW, sources=("R13.4",))
    yield _limit(review, Due(EARLY_HELP, 3, "months"), EARLY_HELP, starts, rules)


def _limit(item: Item, due: Due, counted_from: str, starts: Starts, rules: RuleBook) -> TimeLimit:
    start: datetime | date | None = getattr(starts, counted_from)
    day, open_because = due_from(due, start, rules.bank_holidays)
    return TimeLimit(item.id, item.text, item.who, item.by_when, counted_from, start, day, open_because, item.sources)


def time_limits_data(starts: Starts, rules: RuleBook) -> dict[str, Any]:
    """The time limits as plain JSON data: `rules`, and the `limits` in order."""
    return {
        "rules": {"version": rules.version, "sha256": rules.sha256},
        "limits": [limit.as_json() for limit in time_limits(starts, rules)],
    }


def time_limits_json(text: str) -> str:
    """The time limits: the starts as JSON text in (see `read_starts`), one line of JSON text out.

    Problems come as `{"errors": [...]}`. Never raises.
    """
    return answered(lambda: time_limits_data(read_starts(parse(text)), load()))
