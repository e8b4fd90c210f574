"""Dates as readers see them, and the day of the build."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_words(day: date) -> str:
    """A day in full, in English whatever the machine's language: "22 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def build_day() -> date:
    """The day that the build goes by: the one of SOURCE_DATE_EPOCH (seconds, UTC) where that is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()  # noqa: DTZ011 - the machine's day
