"""Whether a contact is closed: said only where the hours make it sure."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cse_pathway.plan import is_closed
from cse_pathway.rulebook import Area, OpenHours
from cse_pathway.working_days import BankHolidays

WEEK = frozenset({0, 1, 2, 3})
HELD = BankHolidays(frozenset({2026}), frozenset({date(2026, 12, 25)}))


def _closed(moment: str, *spans: OpenHours) -> bool:
    return is_closed(Area("x", "X", {"mash": spans}), "mash", datetime.fromisoformat(moment), HELD)


@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        ("2026-11-23T08:44", True),
        ("2026-11-23T08:45", False),
        ("2026-11-23T17:19", False),
        ("2026-11-23T17:20", True),
        ("2026-11-27T16:29", False),
        ("2026-11-27T16:30", True),
        ("2026-11-28T10:00", True),
        ("2026-12-25T10:00", True),
    ],
)
def test_a_contact_is_closed_outside_its_hours_and_on_bank_holidays(moment: str, closed: bool) -> None:
    """To the minute: open from the first, closed from the last; Friday has hours of its own."""
    assert _closed(moment, OpenHours(WEEK, "08:45", "17:20"), OpenHours(frozenset({4}), "08:45", "16:30")) is closed


@pytest.mark.parametrize(
    ("start", "end"),
    [("8:45", "17:20"), ("8.45am", "17:20"), ("08:45", "25:00"), ("17:20", "08:45"), ("", ""), ("08:45", "08:45")],
)
@pytest.mark.parametrize("moment", ["2026-11-23T07:00", "2026-11-23T10:30", "2026-11-28T10:00", "2026-12-25T10:00"])
def test_an_hour_that_cannot_be_read_never_says_closed(start: str, end: str, moment: str) -> None:
    """Not known is never no: not at any hour, nor on a day that another span does not name."""
    assert not _closed(moment, OpenHours(WEEK, start, end))
    assert not _closed(moment, OpenHours(frozenset({4}), "08:45", "16:30"), OpenHours(WEEK, start, end))


def test_without_hours_nothing_is_said() -> None:
    """Most areas' sources give no hours; and the area may not be known."""
    assert not _closed("2026-11-28T03:00")
    assert not is_closed(None, "mash", datetime.fromisoformat("2026-11-28T03:00"), HELD)


def test_after_the_last_year_held_the_days_of_the_week_alone_decide() -> None:
    """Whether 25 December 2029 is a bank holiday is not held: on a Tuesday nothing is claimed, on a Saturday it is."""
    span = OpenHours(WEEK, "08:45", "17:20")
    assert not _closed("2029-12-25T10:00", span)
    assert _closed("2029-12-29T10:00", span)
