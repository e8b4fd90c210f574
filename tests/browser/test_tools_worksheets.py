"""What every worksheet does: nothing kept, nothing sent, cleared and left at will, printed whole, for everyone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.tool_steps import Tool, for_everyone
from tests.browser.watching import Watch, takes_presses

WORKSHEETS = {
    "tools/information-for-the-police": "facts.1.point",
    "tools/meeting-pack": "first-agenda.share",
    "tools/supervision": "stress.notes",
}
"""Each worksheet with one of its fields for several lines."""


@pytest.fixture(params=WORKSHEETS, ids=lambda name: name.removeprefix("tools/"))
def sheet(request: pytest.FixtureRequest, page: Page, address: str) -> Tool:
    """Each worksheet in turn, open."""
    return Tool(page, address, request.param).open()


@pytest.fixture
def some_field(request: pytest.FixtureRequest) -> str:
    """The name of a field of the worksheet for several lines."""
    return WORKSHEETS[request.node.callspec.params["sheet"]]


def test_nothing_that_is_typed_is_sent_or_kept(sheet: Tool, some_field: str, watch: Watch):
    """After the page has loaded it asks for nothing more, stores nothing, and a new page of it is empty."""
    loaded = len(watch.requests)
    sheet.field(some_field).fill("The car waited outside.")
    assert "The car waited outside." in sheet.text
    sheet.page.locator("#tool-read summary").click()
    assert watch.requests[loaded:] == []
    assert sheet.kept() == [0, 0, ""]
    sheet.page.once("dialog", lambda dialog: dialog.accept())
    sheet.page.reload()
    sheet.page.locator("html[data-tool=on]").wait_for()
    assert sheet.field(some_field).input_value() == ""
    assert "waited" not in sheet.text


def test_leaving_with_something_typed_is_warned_of_and_an_empty_page_is_left_freely(sheet: Tool, some_field: str):
    """What would be lost is asked about first; where there is nothing to lose, nothing is asked."""
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    sheet.page.on("dialog", stay)
    sheet.page.reload()
    sheet.page.locator("html[data-tool=on]").wait_for()
    assert asked == []
    sheet.field(some_field).click()  # a browser asks only where the person did something
    sheet.page.keyboard.type("x")
    sheet.page.reload()
    assert asked == ["beforeunload"]


def test_clear_everything_asks_first_and_then_forgets_all(sheet: Tool, some_field: str):
    """A visible Clear everything, with a question before; fields, added entries, text and paper are empty after it."""
    clear = sheet.page.locator("#tool [data-clear]")
    expect(clear).to_be_hidden()
    sheet.field(some_field).fill("Something")
    for add in sheet.page.locator("[data-add]:visible").all():
        add.click()
        sheet.page.keyboard.type("An added entry")
    clear.click()
    sheet.page.get_by_role("button", name="Keep it").click()
    assert "Something" in sheet.text
    clear.click()
    sheet.page.get_by_role("dialog").get_by_role("button", name="Clear everything").click()
    assert sheet.page.evaluate("document.activeElement.closest('#tool-form') !== null"), "the focus is lost"
    assert sheet.field(some_field).input_value() == ""
    assert "Something" not in sheet.text + sheet.paper()
    assert "An added entry" not in sheet.text + sheet.paper()
    expect(clear).to_be_hidden()
    expect(sheet.page.locator("#tool-status")).to_have_text("Everything is cleared.")


def test_exit_this_page_leaves_an_empty_page_and_nothing_behind(sheet: Tool, some_field: str):
    """Exit needs one press, asks nothing, and going back finds nothing that was typed."""
    sheet.field(some_field).click()
    sheet.page.keyboard.type("Something")
    sheet.page.locator("[data-exit]").click()
    sheet.page.wait_for_url("about:blank")


def test_the_paper_holds_all_that_was_typed_and_none_of_the_controls(sheet: Tool):
    """Print text contains every value: each field that is shown gets its own word, and each is found on paper."""
    typed = []
    fields = sheet.page.locator("#tool-form [data-section]:not([hidden]) :is([type=text], textarea)")
    for index, field in enumerate(fields.all()):
        typed.append(f"word{index}word")
        field.fill(typed[-1])
    printed = sheet.paper()
    assert [word for word in typed if word not in printed] == []
    assert len(typed) > 8
    text = sheet.text
    assert [word for word in typed if word not in text] == []


def test_ticks_show_on_paper_and_in_the_text(sheet: Tool):
    """A box that was ticked is told from one that was not, in black and white and read aloud."""
    ticks = sheet.page.locator("#tool-form [data-section]:not([hidden]) [data-kind=tick] input")
    if ticks.count() == 0:
        assert "supervision" in sheet.address
        return
    ticks.first.check()
    sheet.page.emulate_media(media="print")
    assert sheet.page.locator("#tool-paper .tick").first.inner_text() == "✓"
    assert sheet.page.locator("#tool-paper .tick").nth(1).inner_text() == ""


def test_entries_are_added_and_removed_by_keyboard_alone(sheet: Tool):
    """Adding moves the focus into the new entry, removing back to Add; each is said; the last entry stays."""
    page = sheet.page
    add = page.locator("[data-add]:visible").first
    entries = add.locator("xpath=preceding-sibling::*[@data-entries]").locator("[data-entry]")
    expect(entries.first.locator("[data-remove]")).to_be_hidden()
    add.focus()
    page.keyboard.press("Enter")
    expect(entries).to_have_count(2)
    page.keyboard.type("second entry")
    assert entries.nth(1).locator("input, textarea").first.input_value() == "second entry"
    expect(page.locator("#tool-status")).to_contain_text("2 added.")
    ids = page.evaluate("() => [...document.querySelectorAll('#tool-form [id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids)), "an id twice: labels would name the wrong field"
    takes_presses(page)
    entries.nth(1).locator("[data-remove]").focus()
    page.keyboard.press("Enter")
    expect(entries).to_have_count(1)
    expect(add).to_be_focused()
    assert "second entry" not in sheet.text


def test_the_text_is_copied_whole(sheet: Tool, some_field: str, context: BrowserContext):
    """Copy puts on the clipboard the very text that can be read on the page, and says so."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.field(some_field).fill("One line\nand another")
    sheet.page.get_by_role("button", name="Copy as plain text").click()
    expect(sheet.page.locator("#tool-status")).to_have_text("Copied.")
    copied = sheet.page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == sheet.text
    assert "One line\n  and another" in copied


def test_where_copying_is_forbidden_the_text_is_opened_and_selected(sheet: Tool):
    """Without a clipboard the page says so and the text lies ready to be copied by hand."""
    sheet.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    sheet.page.get_by_role("button", name="Copy as plain text").click()
    expect(sheet.page.locator("#tool-text")).to_be_visible()
    expect(sheet.page.locator("#tool-status")).to_contain_text("selected")
    assert sheet.page.evaluate("String(getSelection())").strip() == sheet.text.strip()


def test_every_worksheet_is_clean_for_everyone(sheet: Tool, some_field: str):
    """WCAG 2.2 AA as far as axe sees it, in light, dark and forced colours; 320 pixels; targets of 44 pixels."""
    sheet.field(some_field).fill("Something")
    for add in sheet.page.locator("[data-add]:visible").all():
        add.click()
    sheet.page.locator("#tool-read summary").click()
    for_everyone(sheet.page)
    sheet.page.locator("#tool [data-clear]").click()
    for_everyone(sheet.page)


@pytest.fixture(params=WORKSHEETS, ids=lambda name: name.removeprefix("tools/"))
def plain(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{request.param}/")
    yield page
    context.close()


def test_without_a_script_the_form_can_be_filled_in_and_the_blank_one_is_named(plain: Page):
    """Nothing waits for a script: the fields stand in the page, what needs one does not, the paper form is linked."""
    field = plain.locator("#tool-form textarea:visible").first
    field.fill("Typed without a script")
    expect(plain.locator("#tool button:visible")).to_have_count(0)
    assert plain.get_by_text("On paper instead").locator("a").count() >= 1
    plain.emulate_media(media="print")
    expect(field).to_be_visible()
