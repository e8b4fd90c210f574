"""Counting working days and months, held against a bank holiday library that the build does not use."""

from datetime import date, datetime, timedelta

import holidays
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cse_pathway.rulebook import load
from cse_pathway.working_days import YearNotHeld, hours_after

HELD = load().bank_holidays
FIRST, LAST = min(HELD.years), max(HELD.years)
OTHERS = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST, LAST + 1))


def plainly_working(day: date) -> bool:
    """The other library's word on a day."""
    return day.weekday() < 5 and day not in OTHERS


def test_the_held_bank_holidays_are_those_of_a_second_library():
    """Every weekday of every held year is a working day for both or for neither."""
    day = date(FIRST, 1, 1)
    different = []
    while day.year <= LAST:
        if HELD.is_working_day(day) != plainly_working(day):
            different.append(day)
        day += timedelta(days=1)
    assert different == []


@given(st.dates(date(FIRST, 1, 1), date(LAST - 1, 12, 31)), st.sampled_from([1, 3, 15]))
def test_working_days_are_counted_from_the_day_after_the_referral(start, count):
    """R14.2, R15.1: the day of the referral is day 0, and the due day is itself a working day."""
    due = HELD.working_days_after(start, count)
    between = [start + timedelta(days=number) for number in range(1, (due - start).days + 1)]
    assert sum(plainly_working(day) for day in between) == count
    assert plainly_working(due)


def test_three_working_days_over_christmas():
    """R14.2: a referral on Wednesday 23 December 2026 is discussed by Wednesday 30 December."""
    assert HELD.working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 23), date(2027, 2, 23)),  # an ordinary working day
        (date(2026, 11, 30), date(2027, 2, 26)),  # 28 February is a Sunday: the Friday before
        (date(2027, 9, 27), date(2027, 12, 24)),  # 27 December is a bank holiday in place of the 25th
        (date(2027, 11, 30), date(2028, 2, 29)),  # a leap year has the 29th, a Tuesday
    ],
)
def test_three_months_is_the_same_day_or_the_working_day_before(start, due):
    """R15.9, R13.4: a latest date is never moved later."""
    assert HELD.months_after(start, 3) == due


@given(st.dates(date(FIRST, 1, 1), date(LAST - 1, 9, 30)))
def test_a_review_date_is_a_working_day_within_three_months(start):
    """R15.9: no later than three months, and never earlier than the last working day before that."""
    due, latest = HELD.months_after(start, 3), start + relativedelta(months=3)
    assert plainly_working(due)
    assert due <= latest
    assert not any(plainly_working(due + timedelta(days=number)) for number in range(1, (latest - due).days + 1))


@pytest.mark.parametrize("start", [date(FIRST - 1, 12, 30), date(LAST, 12, 28), date(LAST + 1, 1, 1), date.max])
def test_a_count_that_touches_a_year_not_held_is_refused(start):
    """Nothing is guessed beyond the published bank holidays."""
    with pytest.raises(YearNotHeld, match="are not held"):
        HELD.working_days_after(start, 3)


def test_a_review_that_lands_beyond_the_held_years_is_refused_even_where_it_would_be_moved_back():
    """Whether 1 January of an unheld year is a working day is not known, so the date stays open."""
    with pytest.raises(YearNotHeld):
        HELD.months_after(date(LAST, 10, 1), 3)


def test_24_hours_is_the_same_clock_time_on_the_next_day_also_when_the_clocks_change():
    """R14.2: local time in England, 24 to 25 October 2026, is an hour longer; the clock time stays."""
    start = datetime(2026, 10, 24, 16, 30)  # noqa: DTZ001 - local clock time
    assert hours_after(start, 24) == datetime(2026, 10, 25, 16, 30)  # noqa: DTZ001
    assert hours_after(start, 48) == datetime(2026, 10, 26, 16, 30)  # noqa: DTZ001
    with pytest.raises(YearNotHeld):
        hours_after(datetime(9999, 12, 31, 0, 0), 24)  # noqa: DTZ001
