"""How old a child is on a day.

>>> from datetime import date
>>> age_on(date(2012, 2, 29), date(2025, 2, 28)), age_on(date(2012, 2, 29), date(2025, 3, 1))
(12, 13)
"""

from __future__ import annotations

from datetime import date

__all__ = ["OLDEST", "age_on"]

OLDEST = 120
"""The greatest age in whole years that a case may give."""


def age_on(born: date, day: date) -> int:
    """Whole years from birth to a day; negative where the day comes before the birth.

    A child born on 29 February turns a year older on 1 March in a common year. The bounds that matter lie on the
    birthdays: under 12 to the day before the 12th (S6(1), S7(1)), an adult from the 18th (R3.1).
    """
    # (month, day) of 1 March is the first pair after 29 February, so the common year needs no special case.
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - before_birthday
