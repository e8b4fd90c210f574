"""Calendar files: read back by the icalendar library, every date and nothing of the case in them."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cse_pathway import calendar_text, decide_json, load, time_limits_calendar_text, time_limits_json
from cse_pathway.calendar_file import Event, calendar_of, in_utc
from tests import strategies

LONDON = ZoneInfo("Europe/London")
STARTS = {
    "made_at": "2026-11-20T15:30",
    "mase_meeting_held_on": "2026-12-08",
    "early_help_meeting_held_on": "2026-11-27",
}
CASE = {
    "as_of": "2026-11-23T10:30",
    "area": "solihull",
    "child": {"age": 15},
    "now": {"significant_harm": "yes"},
    "referral": {"made_at": "2026-11-23T11:00", "assessed_as_exploited": "yes"},
    "indicators": {load().indicators[0]: {"seen": "evidence", "note": "Kylie was seen in Grimsby"}},
}


def events_in(text):
    """The events of a calendar file, as the library reads them."""
    calendar = Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    return list(calendar.walk("VEVENT"))


def lines_hold(text):
    """Every line ends with CR and LF and holds at most 75 octets, none of them half a character."""
    assert text.endswith("\r\n")
    lines = text.encode("utf-8").split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")


@settings(max_examples=60, deadline=None)
@given(strategies.starts())
def test_every_date_of_the_time_limits_is_an_all_day_event(starts):
    """Same days, same words, same paragraphs; what has no date is no event and is told where there is an event."""
    limits = json.loads(time_limits_json(json.dumps(starts)))["limits"]
    dated = [limit for limit in limits if limit["when"]["due"]]
    assume(dated)
    text = time_limits_calendar_text(json.dumps(starts))
    lines_hold(text)
    events = events_in(text)
    assert len(events) == len(dated)
    for event, limit in zip(events, dated, strict=True):
        due = limit["when"]["due"]
        day = date.fromisoformat(due[:10])
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (day, day + timedelta(days=1))
        told = str(event["DESCRIPTION"]).split("\n")
        assert told[0] == limit["what"]
        assert told[1] == f"Who: {limit['who']}"
        assert told[2] == f"{limit['when']['rule']} [{', '.join(limit['sources'])}]"
        assert str(event["SUMMARY"]).startswith(f"By {due[11:]}: " if due[11:] else "Latest day: ")
        assert str(event["CLASS"]) == "PRIVATE"
        assert (f"Latest time: {due[11:]}, local time in England" in told) is bool(due[11:])
    for limit in limits:
        if "reason" in limit["when"]:
            assert limit["when"]["reason"] in str(events[0]["DESCRIPTION"])


@settings(max_examples=40, deadline=None)
@given(strategies.cases())
def test_every_dated_action_of_a_plan_is_an_event_or_there_is_no_file(case):
    """The plan's dates, all of them; a plan without a date gives the reason in place of an empty calendar."""
    due = [action["when"]["due"] for action in json.loads(decide_json(json.dumps(case)))["actions"]]
    days = [date.fromisoformat(one[:10]) for one in due if one]
    text = calendar_text(json.dumps(case))
    if not days:
        assert json.loads(text)["errors"]
        return
    lines_hold(text)
    assert [event["DTSTART"].dt for event in events_in(text)] == days


def test_a_calendar_says_nothing_of_the_case():
    """Others may see a calendar: no note, no area, no age, no answer."""
    text = calendar_text(json.dumps(CASE)).replace("\r\n ", "")
    assert events_in(text)
    for word in ("Kylie", "Grimsby", "solihull", "Solihull", "15:", load().indicators[0]):
        assert word not in text


def test_the_same_dates_replace_each_other_and_other_dates_do_not():
    """A file saved twice must not fill a calendar twice; a date that moved is a new event. UIDs tell nothing."""
    uids = [str(event["UID"]) for event in events_in(time_limits_calendar_text(json.dumps(STARTS)))]
    assert len(set(uids)) == len(uids) == 5
    assert uids == [str(event["UID"]) for event in events_in(time_limits_calendar_text(json.dumps(STARTS)))]
    moved = time_limits_calendar_text(json.dumps({**STARTS, "made_at": "2026-11-23T15:30"}))
    assert len(set(uids) & {str(event["UID"]) for event in events_in(moved)}) == 2, "the two reviews stay"
    assert all(uid.removesuffix("@cse-pathway").isalnum() for uid in uids)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_words_come_back_whole(words):
    """Commas, semicolons, backslashes, line breaks, any script: folded and escaped, then read as they were."""
    what = f"Hold it, now; {words}\\n\nand again"
    event = Event("one", "2026-11-23", "2026-11-24", what, words, "Soon", ("R14.2",))
    text = calendar_of([event], [], datetime(2026, 11, 23, 11, 0))  # noqa: DTZ001 - local time
    lines_hold(text)
    (read,) = events_in(text)
    assert str(read["DESCRIPTION"]).startswith(f"{what}\nWho: {words}\nSoon [R14.2]\n")


@settings(max_examples=200, deadline=None)
@given(st.datetimes(datetime(1997, 1, 1), datetime(2036, 12, 31)))  # noqa: DTZ001 - local time
def test_the_stamp_is_in_utc_as_the_time_zone_data_have_it(local):
    """Summer time begins and ends as in the zone's own data."""
    local = local.replace(second=0, microsecond=0)
    there_and_back = local.replace(tzinfo=LONDON).astimezone(ZoneInfo("UTC")).astimezone(LONDON).replace(tzinfo=None)
    assume(there_and_back == local)  # the hour that is left out in spring
    assert in_utc(local) == local.replace(tzinfo=LONDON).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("text", "path"),
    [("", ""), ("{}", ""), ('{"made_at": "soon"}', "made_at"), ('{"made_on": "2026-11-23"}', "made_on")],
)
def test_what_gives_no_date_gives_the_reason_in_place_of_a_calendar(text, path):
    """Never an empty file that a calendar would take for 'nothing to do'."""
    assert json.loads(time_limits_calendar_text(text))["errors"][0]["path"] == path
