"""The time limits: the dates of R14.2, R15.1, R15.9 and R13.4, from the starts that are given."""

import json
from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings

from cse_pathway import time_limits_json
from tests import strategies

LONG_AGO = "2099-06-01T09:00"


def limits_of(starts):
    """The limits by id."""
    return {one["id"]: one for one in json.loads(time_limits_json(json.dumps(starts)))["limits"]}


def test_the_limits_and_the_paragraphs_that_set_them():
    """3 working days and 24 hours (R14.2), 15 working days (R15.1), 3 months (R15.9, R13.4), in this order."""
    limits = limits_of(
        {
            "made_at": "2026-11-20T15:30",
            "mase_meeting_held_on": "2026-12-08",
            "early_help_meeting_held_on": "2026-11-27",
        }
    )
    assert {name: one["when"]["due"] for name, one in limits.items()} == {
        "hold-discussion": "2026-11-25",
        "hold-strategy-discussion": "2026-11-21T15:30",
        "hold-mase": "2026-12-11",
        "review-mase": "2027-03-08",
        "review-early-help": "2027-02-26",
    }
    for name, paragraph in {
        "hold-discussion": "R14.2", "hold-strategy-discussion": "R14.2", "hold-mase": "R15.1",
        "review-mase": "R15.9", "review-early-help": "R13.4",
    }.items():  # fmt: skip
        assert paragraph in limits[name]["sources"]


@settings(max_examples=100, deadline=None)
@given(strategies.starts())
def test_each_date_follows_from_its_own_start_alone(starts):
    """24 hours by the clock; three months at the latest by another library's months; no start, no date."""
    for one in limits_of(starts).values():
        due, start = one["when"]["due"], starts.get(one["when"]["from"])
        assert due is None or start is not None
        if one["id"] == "hold-strategy-discussion" and start:
            assert datetime.fromisoformat(due) - datetime.fromisoformat(start) == timedelta(hours=24)
        if one["id"].startswith("review") and due:
            latest = date.fromisoformat(start) + relativedelta(months=3)
            assert latest - timedelta(days=6) < date.fromisoformat(due) <= latest
            assert date.fromisoformat(due).weekday() < 5
        if start is None:
            assert "reason" not in one["when"]


def test_a_year_without_known_bank_holidays_stays_open_and_says_so():
    """A wrong date is worse than none: the 24 hours need no calendar, the working days do."""
    limits = limits_of({"made_at": LONG_AGO})
    assert limits["hold-strategy-discussion"]["when"]["due"] == "2099-06-02T09:00"
    assert limits["hold-discussion"]["when"]["due"] is None
    assert "bank holidays" in limits["hold-discussion"]["when"]["reason"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", [""]),
        ("[]", [""]),
        ("{}", [""]),
        ('{"made_at": null}', [""]),
        ('{"made_at": "2026-11-23", "mase_meeting_held_on": "2026-02-30"}', ["made_at", "mase_meeting_held_on"]),
        ('{"made": "2026-11-23T10:00"}', ["made"]),
        ('{"made_at": "2026-11-23T10:00", "mase_meeting_held_on": "2026-11-22"}', ["mase_meeting_held_on"]),
    ],
)
def test_what_is_no_start_is_told_all_at_once(text, paths):
    """Found, wanted, how to mend; a meeting before its referral is a slip in one of the two."""
    errors = json.loads(time_limits_json(text))["errors"]
    assert [error["path"] for error in errors] == paths
    assert all(error["found"] and error["wanted"] and error["mend"] for error in errors)
