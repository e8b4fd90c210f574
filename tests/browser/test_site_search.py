"""Searching: nothing is loaded before it is wanted; by keyboard, by address, without a script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.tool_steps import AXE, faults
from tests.browser.watching import Watch


def test_nothing_of_the_search_is_loaded_until_the_box_is_used(page: Page, address: str, watch: Watch):
    """A reader who does not search pays nothing for it."""
    page.goto(address + "respond/early-help/")
    assert sorted(url.rpartition("/")[2] for url in watch.requests) == ["", "page.mjs", "style.css"]
    page.get_by_label("Search the procedures").focus()
    expect(page.get_by_role("region", name="Search results")).to_contain_text("Danger now: 999")
    assert any(url.endswith("search-index.json") for url in watch.requests)


def test_results_appear_while_typing_and_lead_to_the_paragraph(page: Page, address: str):
    """A hit names its page and paragraph; Enter on it goes there."""
    page.goto(address)
    page.get_by_label("Search the procedures").fill("strategy discussion 24 hours")
    first = page.get_by_role("region", name="Search results").get_by_role("listitem").first.get_by_role("link")
    expect(first).to_contain_text(re.compile("R14|strategy discussion", re.IGNORECASE))
    first.press("Enter")
    expect(page).to_have_url(re.compile(r"/procedures/[a-z-]+/[a-z0-9-]+/#[a-z0-9-]+$"))
    expect(page.locator(":target")).to_be_visible()


def test_the_results_are_walked_with_the_arrow_keys_and_put_away_with_escape(page: Page, address: str):
    """Down goes from the box into the results, up comes back, Escape closes them and leaves the words."""
    page.goto(address)
    box = page.get_by_label("Search the procedures")
    results = page.get_by_role("region", name="Search results")
    box.fill("trafficking")
    expect(results.get_by_role("link").first).to_be_visible()
    box.press("ArrowDown")
    expect(results.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(results).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("trafficking")


def test_how_a_misspelt_word_was_read_is_said_aloud(page: Page, address: str):
    """The number of results and the reading stand in a status line, which screen readers speak."""
    page.goto(address)
    page.get_by_label("Search the procedures").fill("traffiking")
    status = page.get_by_role("region", name="Search results").get_by_role("status")
    expect(status).to_have_text(re.compile(r"^Searched “trafficking” for “traffiking”\. The best 8 results\.$"))


def test_who_to_ring_comes_before_everything_that_was_found(page: Page, address: str):
    """999 can be tapped; the contacts page is next to it."""
    page.goto(address)
    page.get_by_label("Search the procedures").fill("who do i ring")
    links = page.get_by_role("region", name="Search results").get_by_role("link")
    expect(links.nth(0)).to_have_attribute("href", "tel:999")
    expect(links.nth(1)).to_have_attribute("href", re.compile(r"/procedures/contacts/$"))


def test_a_search_has_an_address_and_the_back_button_works(page: Page, address: str):
    """A search can be sent to a colleague; Back shows the one before."""
    page.goto(address + "search/?q=MASE+meeting")
    expect(page.locator("#search-count")).to_have_text(re.compile(r"\d+ results\.$"))
    words = page.get_by_label("What are you looking for?")
    expect(words).to_have_value("MASE meeting")
    words.fill("nonsenseword zzz")
    words.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=nonsenseword%20zzz$"))
    page.go_back()
    expect(words).to_have_value("MASE meeting")
    expect(page.locator("#search-hits").get_by_role("listitem").first).to_contain_text("MASE")


def test_nothing_found_says_so_and_still_says_whom_to_ring(page: Page, address: str):
    """The empty state helps: who to ring, and the list of all pages below."""
    page.goto(address + "search/?q=qqqqqqqq")
    expect(page.locator("#search-count")).to_have_text("Nothing found for “qqqqqqqq”. Try fewer or other words.")
    expect(page.locator("#search-hits").get_by_role("link", name="999")).to_be_visible()
    expect(page.get_by_role("link", name="Act now").last).to_be_visible()


def test_what_is_typed_is_shown_as_text_and_never_as_markup(page: Page, address: str):
    """A search sent by somebody else cannot put anything into the page."""
    page.goto(address + "search/?q=%3Cqqqqqqqq%3E")
    expect(page.locator("#search-count")).to_contain_text("Nothing found for “<qqqqqqqq>”.")
    assert page.locator("qqqqqqqq").count() == 0


def test_without_a_script_the_search_page_lists_all_pages(browser: Browser, address: str):
    """The box is an ordinary form: it leads to a page that says so and lists every page by topic."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "respond/early-help/")
    page.get_by_label("Search the procedures").fill("trafficking")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(address + "search/?q=trafficking")
    # Chromium shows no <noscript> where a test turns scripts off, so its words are read in the page as sent.
    assert "<noscript><p" in page.content()
    assert "Searching needs JavaScript" in page.content()
    expect(page.get_by_role("link", name="Trafficking").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("query", ["", "trafficking", "zzzzqqq"])
def test_the_open_search_box_is_valid_for_assistive_technology(page: Page, address: str, query: str):
    """With suggestions, with hits, with none: axe finds nothing, and no state is claimed that the box does not have."""
    page.add_init_script(path=AXE)
    page.goto(address)
    box = page.get_by_label("Search the procedures")
    box.fill(query)
    box.focus()
    results = page.get_by_role("region", name="Search results")
    expect(results.get_by_role("link").first).to_be_visible()
    assert faults(page) == []
    assert box.get_attribute("aria-expanded") is None, "a search field has no such state"
    controlled = box.get_attribute("aria-controls")
    assert controlled == results.get_attribute("id")
