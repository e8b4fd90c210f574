"""Dates as readers see them, and the day of the build."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from build_scripts.inputs.problems import Problem

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class NoBuildDayError(ValueError):
    """SOURCE_DATE_EPOCH is set and names no day; the message says how to mend it."""


def in_words(day: date) -> str:
    """A day in full, in English whatever the machine's language: "22 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def today() -> date:
    """The machine's day."""
    return date.today()  # noqa: DTZ011


def build_day() -> date:
    """The day that the build goes by: the one of SOURCE_DATE_EPOCH (seconds, UTC) where that is set, else today.

    Raises NoBuildDayError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        wanted = "whole seconds since 1 January 1970, such as 1795737600"
        mend = "unset it to build as of today, or set it: SOURCE_DATE_EPOCH=$(date --date=2026-11-27 +%s) make site"
        problem = Problem("SOURCE_DATE_EPOCH, a variable of the environment", 0, repr(epoch), wanted, mend)
        raise NoBuildDayError(str(problem)) from error
