"""Supervision: the four questions of R22.4, each with its message, as a private worksheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tool_steps import Tool


@pytest.fixture
def sheet(page: Page, address: str) -> Tool:
    """The worksheet, open."""
    return Tool(page, address, "tools/supervision").open()


def test_the_four_questions_and_their_messages_are_there_on_screen_and_on_paper(sheet: Tool):
    """R22.4(1) to (4): four questions, each with the message for the supervisor, in order."""
    for shown in (sheet.page.locator("#tool-form").inner_text(), sheet.paper()):
        places = [shown.index(f"R22.4({number})") for number in range(1, 5)]
        assert places == sorted(places)
        for question in ("behaviour telling me?", "Do I know enough?", "stressful", "back me"):
            assert question in shown
        assert shown.count("For the supervisor:") == 4


def test_a_session_is_written_copied_and_printed(sheet: Tool):
    """Notes, what was agreed with who and when, and the next date go into text and paper."""
    sheet.fill(stress__notes="Hard week.\nSlept badly.", next__day="4 12 2026")
    sheet.fill(agreed__1__what="Talk each Friday", agreed__1__who="Both")
    assert "Notes: stress: Hard week.\n  Slept badly." in sheet.text
    assert "- Talk each Friday; Who: Both" in sheet.text
    printed = sheet.paper()
    for word in ("Hard week.", "Slept badly.", "Talk each Friday", "Friday 4 December 2026"):
        assert word in printed


def test_wellbeing_is_signposted_only_as_the_sources_do(sheet: Tool):
    """R22.2: supervision and support; no helpline, since no source names one."""
    article = sheet.page.locator("article")
    expect(article).to_contain_text("R22.2")
    assert article.locator("a[href^='tel:']").count() == 0
    assert article.locator("a[href^='http']").count() == 0
