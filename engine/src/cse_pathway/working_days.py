"""Working days and latest dates: counting from a referral or a meeting.

Working days are Monday to Friday without the bank holidays of England and Wales. The day of the referral is day 0,
whatever its hour. Only years whose bank holidays are held are counted in; beyond them nothing is guessed.

>>> held = BankHolidays(frozenset({2026}), frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
>>> held.working_days_after(date(2026, 12, 23), 2)
datetime.date(2026, 12, 29)
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

__all__ = ["BankHolidays", "YearNotHeld", "hours_after"]

_SATURDAY = 5


class YearNotHeld(LookupError):
    """A count runs into a year whose bank holidays are not held."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the bank holidays of {year} are not held")
        self.year = year


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The bank holidays of England and Wales, for the years that are held in full."""

    years: frozenset[int]
    days: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Whether a day is a working day. Raises YearNotHeld where the year is not held."""
        if day.year not in self.years:
            raise YearNotHeld(day.year)
        return day.weekday() < _SATURDAY and day not in self.days

    def working_days_after(self, start: date, count: int) -> date:
        """The day that lies `count` (1 or more) working days after `start`, which is day 0 (R14.2, R14.4, R15.1).

        Raises YearNotHeld where any day from the start to the due day lies in a year that is not held.
        """
        self._check(start, start)
        day = start
        while count > 0:
            if day == date.max:
                raise YearNotHeld(day.year + 1)
            day += timedelta(days=1)
            if self.is_working_day(day):
                count -= 1
        return day

    def months_after(self, start: date, months: int) -> date:
        """The latest working day on or before the same day `months` (1 or more) later (R13.4, R15.9).

        Where the month has no such day its last day counts; where that is no working day, the working day before,
        since it is a latest date. Raises YearNotHeld as `working_days_after` does.
        """
        year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
        if year > date.max.year:
            raise YearNotHeld(year)
        month = month0 + 1
        day = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
        self._check(start, day)
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def _check(self, start: date, end: date) -> None:
        for year in range(start.year, end.year + 1):
            if year not in self.years:
                raise YearNotHeld(year)


def hours_after(start: datetime, hours: int) -> datetime:
    """The same clock time so many hours (24, 48 ...) later: "24 hours" of R14.2, also when the clocks change.

    Raises YearNotHeld only where the calendar itself ends (31 December 9999).
    """
    try:
        return start + timedelta(days=hours // 24)
    except OverflowError:
        raise YearNotHeld(date.max.year + 1) from None
