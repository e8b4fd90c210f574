"""Ages on a day, at the bounds where the tool changes."""

from datetime import date

import pytest

from cse_pathway.age import age_on


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2014, 11, 23), date(2026, 11, 22), 11),
        (date(2014, 11, 23), date(2026, 11, 23), 12),
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_a_child_is_a_year_older_on_the_birthday_and_not_before(born, day, age):
    """S6(1), S7(1): the day before the 12th birthday is still under 12."""
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 2, 28), 13), (date(2026, 3, 1), 14), (date(2024, 2, 28), 11), (date(2024, 2, 29), 12)],
)
def test_a_child_born_on_29_february_turns_older_on_1_march_in_a_common_year(day, age):
    """In a leap year the birthday itself counts; in a common year the day after 28 February does."""
    assert age_on(date(2012, 2, 29), day) == age


def test_a_birth_after_the_day_gives_a_negative_age():
    """So that the reader can tell a future birth from a newborn."""
    assert age_on(date(2026, 11, 24), date(2026, 11, 23)) < 0
