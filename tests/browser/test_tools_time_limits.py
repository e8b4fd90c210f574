"""Time limits: starts in, the engine's dates out, with rule and paragraph, for print and calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cse_pathway import time_limits_calendar_text, time_limits_json
from tests.browser.tool_steps import ROOT, Tool, for_everyone, kept_open
from tests.browser.watching import Watch

STARTS = {
    "made_at": "2026-12-22T15:30",
    "mase_meeting_held_on": "2027-01-12",
    "early_help_meeting_held_on": "2026-11-30",
}


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[tuple[Tool, Watch]]:
    """The tool, its engine ready, for all tests here that leave it clean."""
    with kept_open(browser, address, lambda page: Tool(page, address, "tools/time-limits")) as opened:
        yield opened


@pytest.fixture
def limits(shared: tuple[Tool, Watch]) -> Tool:
    """The tool, nothing given."""
    tool, _ = shared
    tool.page.emulate_media(media="screen")
    tool.clear()
    return tool


def work_out(tool: Tool, **starts: str) -> None:
    """Give the starts and ask for the dates."""
    for name, value in starts.items():
        tool.field(name).fill(value)
    tool.page.get_by_role("button", name="Work out the dates").click()


def of_engine(starts: dict[str, str]) -> list[dict[str, Any]]:
    """The limits as the engine gives them on this machine."""
    found: list[dict[str, Any]] = json.loads(time_limits_json(json.dumps(starts)))["limits"]
    return found


def test_every_date_is_the_engine_s_with_weekday_rule_and_paragraph(limits: Tool, shared: tuple[Tool, Watch]):
    """Discussion and strategy discussion (R14.2), MASE (R15.1), its review (R15.9), early help review (R13.4).

    The nearest comes first. Nothing is asked for, nothing kept.
    """
    watch = shared[1]
    loaded = len(watch.requests)
    work_out(limits, **STARTS)
    items = limits.page.locator("[data-limit]")
    expect(items).to_have_count(5)
    for limit in of_engine(STARTS):
        item = limits.page.locator(f"[data-limit={limit['id']}]")
        assert item.locator("time").get_attribute("datetime") == limit["when"]["due"], limit["id"]
        expect(item).to_contain_text(limit["when"]["rule"])
        links = item.locator("a.cite")
        assert set(limit["sources"]) <= set(links.all_inner_texts())
        assert (links.first.get_attribute("href") or "").startswith("../../respond/")
    expect(limits.page.locator("[data-limit=hold-mase]")).to_contain_text("Friday 15 January 2027")
    strategy = limits.page.locator("[data-limit=hold-strategy-discussion]")
    expect(strategy).to_contain_text("Wednesday 23 December 2026 at 15:30")
    shown = items.locator("time").evaluate_all("all => all.map((one) => one.dateTime)")
    assert shown == sorted(shown)
    assert watch.requests[loaded:] == []
    assert limits.kept() == [0, 0, ""]


def test_each_limit_of_the_engine_says_when_it_applies(limits: Tool):
    """A date alone misleads: beside each stands in which case it holds, with the paragraph."""
    ids = {limit["id"] for limit in of_engine(STARTS)}
    told = limits.page.locator("template[data-applies]")
    assert {one.get_attribute("data-applies") for one in told.all()} == ids


def test_what_is_not_given_has_no_date_and_says_what_it_waits_for(limits: Tool):
    """Only the dates that follow: no meeting, no review date, and the page says which date is wanted."""
    work_out(limits, made_at="2026-11-23T11:00")
    expect(limits.page.locator("[data-limit]")).to_have_count(3)
    waiting = limits.page.locator("#limits-body").inner_text()
    assert "Wanted for it: first MASE meeting" in waiting
    assert "Wanted for it: first early help meeting" in waiting


def test_a_year_without_bank_holidays_gets_no_date_but_the_reason(limits: Tool):
    """Never a guessed date: the engine's reason stands in its place; the 24 hours run all the same."""
    work_out(limits, made_at="2099-06-01T09:00")
    held = limits.page.locator("[data-limit=hold-discussion]")
    expect(held).to_contain_text("No date can be given")
    reason = next(limit for limit in of_engine({"made_at": "2099-06-01T09:00"}) if limit["id"] == "hold-discussion")
    expect(held).to_contain_text(reason["when"]["reason"])
    strategy = limits.page.locator("[data-limit=hold-strategy-discussion] time")
    expect(strategy).to_have_attribute("datetime", "2099-06-02T09:00")


def test_dates_shown_go_away_when_what_is_given_changes(limits: Tool):
    """No old date beside a new start."""
    work_out(limits, made_at="2026-11-23T11:00")
    expect(limits.page.locator("#limits")).to_be_visible()
    expect(limits.page.locator("#limits-title")).to_be_focused()
    limits.field("made_at").fill("2026-11-24T11:00")
    expect(limits.page.locator("#limits")).to_be_hidden()
    assert limits.page.locator("[data-limit]").count() == 0


def test_nothing_given_and_a_meeting_before_the_referral_are_told_in_a_summary(limits: Tool):
    """The summary takes the focus, and leads to the field, which names its error to a screen reader."""
    page = limits.page
    work_out(limits)
    summary = page.locator(".cse-errors")
    expect(summary).to_be_focused()
    expect(page.locator(".cse-errors:not([role]) > [role=alert]"), "said once").to_contain_text("a problem")
    work_out(limits, made_at="2026-11-23T11:00", mase_meeting_held_on="2026-11-20")
    expect(summary).to_contain_text("First MASE meeting")
    for_everyone(page)
    page.locator(".cse-errors a").click()
    field = limits.field("mase_meeting_held_on")
    expect(field).to_be_focused()
    described = (field.get_attribute("aria-describedby") or "").split()
    assert (page.locator(f"#{described[0]}").text_content() or "").startswith("Error:")
    work_out(limits, mase_meeting_held_on="2026-12-01")
    expect(summary).to_have_count(0)
    expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_the_calendar_file_is_the_engine_s_to_the_byte(limits: Tool):
    """Save to calendar hands over what the engine wrote, under a name that a calendar opens."""
    work_out(limits, **STARTS)
    with limits.page.expect_download() as started:
        limits.page.get_by_role("button", name="Save to calendar").click()
    assert started.value.suggested_filename == "time-limits.ics"
    saved = Path(started.value.path()).read_bytes().decode("utf-8")
    assert saved == time_limits_calendar_text(json.dumps(STARTS))
    assert saved.count("BEGIN:VEVENT") == 5


def test_the_dates_print_with_how_they_are_counted_and_without_controls(limits: Tool):
    """On paper: what was given, each date with its rule and paragraph, and how days are counted."""
    work_out(limits, **STARTS)
    expect(limits.page.locator("#limits")).to_be_visible()
    limits.page.emulate_media(media="print")
    printed = limits.page.locator("article").inner_text()
    for word in ("Tuesday 22 December 2026 at 15:30", "Friday 15 January 2027", "R15.1", "R13.4", "bank holidays"):
        assert word in printed
    expect(limits.page.locator("#tool-form")).to_be_hidden()
    expect(limits.page.get_by_role("button", name="Save to calendar")).to_be_hidden()


def test_the_dates_are_worked_out_by_keyboard_alone_and_clean_for_everyone(limits: Tool):
    """Field, button, result: Tab and Enter reach them all; axe clean; Clear takes all of it away."""
    page = limits.page
    limits.field("early_help_meeting_held_on").fill("2026-11-30")
    button = page.get_by_role("button", name="Work out the dates")
    for _ in range(5):  # a date field has a part for the day, the month and the year, and its calendar
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("[data-limit=review-early-help]")).to_contain_text("Friday 26 February 2027")
    for_everyone(page)
    page.locator("#tool [data-clear]").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear everything").click()
    assert limits.field("early_help_meeting_held_on").input_value() == ""
    expect(page.locator("#limits")).to_be_hidden()


@pytest.mark.expects_errors
def test_a_blocked_engine_ends_in_a_plain_message_and_a_retry_that_works(page: Page, address: str):
    """What was given is kept; the rules for counting stand below; Try again works once the way is free."""
    page.route("**/*.wasm", lambda route: route.abort())
    tool = Tool(page, address, "tools/time-limits").open()
    page.locator("html[data-engine=failed]").wait_for()
    work_out(tool, made_at="2026-11-23T11:00")
    expect(page.locator("#tool-engine")).to_contain_text("cannot be worked out")
    page.unroute("**/*.wasm")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-limit=hold-mase] time")).to_have_attribute("datetime", "2026-12-14")
    expect(page.locator("#tool-engine")).to_be_hidden()


def test_the_script_holds_no_limit():
    """Dates come from the engine only: no count of days, weekday rule or bank holiday stands in the tool's scripts."""
    for name in ("time-limits.mjs", "limits_shown.mjs"):
        script = (ROOT / "site_overrides" / "assets" / "tools" / name).read_text("utf-8")
        for word in ("new Date", "setDate", "getDay", "86400", "holiday"):
            assert word not in script
