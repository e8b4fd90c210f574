"""Days as people write them, read by the pages' own script in Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = """const { readDay, shortYear } = await import(process.argv[1]);
console.log(JSON.stringify(JSON.parse(process.argv[2]).map((text) => [readDay(text), shortYear(text)])));"""
THE_DAY = "2012-03-27"
READABLE = (
    "27 3 2012", "27/3/2012", "27/03/2012", "27.03.2012", "27-03-2012", "27, 3, 2012", "27 March 2012", "27 mar 2012",
    "27th March 2012", "27th of March 2012", "27 of March 2012", "27March2012", "27Mar2012", "27-Mar-2012",
    "Tuesday, 27 March 2012", "Tuesday 27th of March 2012", "Tue 27/3/2012", "2012-03-27", "2012/03/27", "2012.3.27",
    "  27 3 2012 ", "27\u00a0March\u00a02012",
)  # fmt: skip
SHORT = (
    "27/3/12",
    "27 3 12",
    "27.03.12",
    "27 March 12",
    "27 March \u201912",
    "27Mar12",
    "27th of March '99",
    "29/2/12",
)
NO_DAY = (
    "", "soon", "12", "2012", "31 2 2012", "30/2/12", "27/13/2012", "27 of 3 2012", "2732012", "2012-03/27",
    "Wednesday, 27 March 2012", "Someday 27 March 2012", "27 Marvel 2012",
)  # fmt: skip


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[str | None, bool]]:
    """What the script makes of each text: the day, and whether only the year is short."""
    texts = [*READABLE, *SHORT, *NO_DAY]
    script = (ROOT / "site_overrides" / "assets" / "wizard" / "dates.mjs").as_uri()
    command = ["node", "--input-type=module", "--eval", READ, script, json.dumps(texts)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(zip(texts, map(tuple, json.loads(run.stdout)), strict=True))


@pytest.mark.parametrize("text", READABLE)
def test_a_day_is_read_as_people_write_it(read: dict[str, tuple[str | None, bool]], text: str):
    """Figures or names, with or without signs between, with the right weekday or none; the day before the month."""
    assert read[text] == (THE_DAY, False)


@pytest.mark.parametrize("text", SHORT)
def test_a_year_of_two_figures_is_not_guessed_but_told_apart(read: dict[str, tuple[str | None, bool]], text: str):
    """12 may be 1912 or 2012: the page says that the year is what is missing."""
    assert read[text] == (None, True)


@pytest.mark.parametrize("text", NO_DAY)
def test_what_is_no_day_is_not_read(read: dict[str, tuple[str | None, bool]], text: str):
    """No day of the calendar, no month of that name, another day's weekday."""
    assert read[text] == (None, False)
