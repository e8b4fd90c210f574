"""The calendar of the independent reading: ages, working days and limits, from the decision model's words alone."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from govuk_bank_holidays.bank_holidays import BankHolidays

_PUBLISHED = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
BANK_HOLIDAYS: frozenset[date] = frozenset(holiday["date"] for holiday in _PUBLISHED)
# The model speaks of years "held" and leaves them to the project: here, the years of the published list.
HELD_YEARS = range(min(BANK_HOLIDAYS).year, max(BANK_HOLIDAYS).year + 1)


def age_on(birth: date, today: date) -> int:
    """Count the age in whole years on `today`; a child of 29 February turns on 1 March in a common year."""
    years = today.year - birth.year
    if (today.month, today.day) < (birth.month, birth.day):
        years = years - 1
    return years


def is_working_day(day: date) -> bool:
    """Say whether it is Monday to Friday and no bank holiday of England and Wales."""
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def working_days_after(start: date, count: int) -> date | None:
    """Find the `count`-th working day after `start` (day 0); None where a day on the way lies in a year not held."""
    if start.year not in HELD_YEARS:
        return None
    day = start
    while count > 0:
        day = day + timedelta(days=1)
        if day.year not in HELD_YEARS:
            return None
        if is_working_day(day):
            count = count - 1
    return day


def three_months_after(start: date) -> date | None:
    """Find the same day three months on (or the month's last), moved back to a working day; None for years not held."""
    if start.year not in HELD_YEARS:
        return None
    month = start.month + 3
    year = start.year
    if month > 12:
        month = month - 12
        year = year + 1
    # OPEN: "any day from start to due": due may be the day three months on, or the working day it is moved back to.
    # More protective: the first, for whether the day is a bank holiday cannot be known without its year.
    if year not in HELD_YEARS:
        return None
    day = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    while not is_working_day(day):
        day = day - timedelta(days=1)
    return day


def same_time_next_day(moment: datetime) -> datetime | None:
    """Count 24 hours as the model does: the clock time of `moment` a day later; None past the end of the year 9999."""
    try:
        return moment + timedelta(days=1)
    except OverflowError:
        return None
