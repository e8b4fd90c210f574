"""Information for the police: the report of R25.2, by the good-report rules, danger and the referral first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tool_steps import Tool

POLICE = "tools/information-for-the-police"


@pytest.fixture
def report(page: Page, address: str) -> Tool:
    """The report, open and empty."""
    return Tool(page, address, POLICE).open()


def write_a_good_report(report: Tool) -> None:
    """Write a report that keeps every rule."""
    report.fill(
        sender__name="Nadia Example, teacher, Example School",
        sender__day="23 11 2026",
        subject__name="Martin Example",
        subject__birth="27 3 1990",
        subject__nickname="Marty",
        vehicles__1__plate="AB12 CDE",
        vehicles__1__model="Ford, silver",
        facts__1__point="The car waited outside the gate. A pupil got in.",
        facts__1__when="20 November 2026, 15:40, Example Road",
        told__1__point="He buys them food every Friday.",
        told__1__who="Joan Example, lunchtime supervisor",
        places__1__where="The flat above the shop, Example Street",
    )


def test_a_report_keeps_facts_and_hearsay_apart_and_names_who_said_it(report: Tool):
    """The six kinds of R25.2; a fact is never among the hearsay; who said a thing stands beside it."""
    write_a_good_report(report)
    assert report.text == (
        "INFORMATION FOR THE POLICE\n"
        "This is information, not a referral to children's social care.\n"
        "\n"
        "WRITTEN BY\n"
        "Name, role and agency: Nadia Example, teacher, Example School\n"
        "Date of this report: Monday 23 November 2026\n"
        "\n"
        "WHO THIS REPORT IS ABOUT\n"
        "Full name: Martin Example\n"
        "Date of birth: Tuesday 27 March 1990\n"
        "Nicknames and other names: Marty\n"
        "\n"
        "VEHICLES\n"
        "- AB12 CDE; Make, model and colour: Ford, silver\n"
        "\n"
        "FACTS: SEEN OR KNOWN AT FIRST HAND\n"
        "- The car waited outside the gate. A pupil got in.; When and where: 20 November 2026, 15:40, Example Road\n"
        "\n"
        "TOLD BY OTHERS: NOT SEEN AT FIRST HAND\n"
        "- He buys them food every Friday.; Who said it (full name, and who they are): Joan Example, lunchtime "
        "supervisor\n"
        "\n"
        "WHERE THE CHILD MAY HAVE BEEN TAKEN\n"
        "- The flat above the shop, Example Street\n"
    )
    assert report.reminders() == []


def test_every_kind_of_information_of_25_2_has_its_place(report: Tool):
    """R25.2(1) to (6): vehicles, people, callers, phone numbers, addresses, places, each cited where it is asked."""
    asked = report.page.locator("#tool-form").inner_text()
    for item in range(1, 7):
        assert f"R25.2({item})" in asked


def test_danger_and_the_referral_come_before_the_form_and_nothing_offers_to_send(report: Tool):
    """999 first (S4(1)); it is no referral (R25.4); a secure route (R25.5); the page has no way to send anything."""
    page = report.page
    box = page.locator(".admonition.danger")
    expect(box.locator("a[href='tel:999']")).to_be_visible()
    expect(box).to_contain_text("R25.4")
    follows = "([box, tool]) => (box.compareDocumentPosition(tool) & Node.DOCUMENT_POSITION_FOLLOWING) > 0"
    assert page.evaluate(follows, [box.element_handle(), page.locator("#tool").element_handle()])
    expect(page.locator("article")).to_contain_text("by a secure route")
    assert page.locator("#tool-form").get_attribute("action") is None
    page.locator("#subject-name").fill("Martin Example")
    address = page.url
    page.keyboard.press("Enter")
    assert page.url == address
    assert page.locator("#subject-name").input_value() == "Martin Example"


@pytest.mark.parametrize(
    ("values", "reminder"),
    [
        ({"subject__name": "J. Smith"}, "initials"),
        ({"subject__name": "JS"}, "initials"),
        ({"subject__name": "Tom S"}, "initials"),
        ({"subject__name": "Marty"}, "full name"),
        ({"facts__1__point": "I saw J.S. at the gate"}, "initials"),
        ({"subject__name": "Martin Example"}, "no date of birth"),
        ({"subject__name": "Martin Example", "subject__birth": "spring 1990"}, "cannot be read as a date"),
        ({"told__1__point": "He has a gun"}, "who said it"),
        ({"others__1__name": "Ann Example", "others__1__birth": "1 1 1990"}, "one person in each report"),
        ({"facts__1__point": "word " * 51}, "two short points"),
    ],
)
def test_each_rule_reminds_and_links_to_its_field(report: Tool, values: dict[str, str], reminder: str):
    """The good-report rules: full names, dates of birth, no initials, one person, hearsay with a name, short points."""
    assert report.reminders() == ["Nothing is written yet."]
    report.fill(**values)
    found = [line for line in report.reminders() if reminder in line]
    assert len(found) == 1, report.reminders()
    report.page.locator("#tool-reminders a", has_text=found[0]).click()
    assert report.page.evaluate("document.activeElement.matches('#tool-form input, #tool-form textarea')")
    for key in values:
        report.fill(**{key: ""})
    assert report.reminders() == ["Nothing is written yet."]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject__name", "Mary-Jane O'Example"),
        ("facts__1__point", "I saw a red car. At 4 I left. It came from the A 45 near Platform 2."),
        ("facts__1__point", "The man wore a T-shirt and took the M6."),
        ("told__1__who", "Joan Example, PE teacher"),
    ],
)
def test_plain_words_are_not_taken_for_initials(report: Tool, field: str, value: str):
    """A reminder that cries wolf is not read: "I", "A", roads and words of capitals are no initials."""
    report.fill(**{field: value})
    assert [line for line in report.reminders() if "initials" in line] == []


def test_reminders_never_hold_back_the_report(report: Tool):
    """The reminders only remind: with several of them open the text is whole, and copying and printing are there."""
    report.fill(subject__name="JS", told__1__point="He has two phones")
    assert len(report.reminders()) > 2
    assert "JS" in report.text
    assert "He has two phones" in report.paper()
    expect(report.page.get_by_role("button", name="Copy as plain text")).to_be_enabled()
    expect(report.page.get_by_role("button", name="Print")).to_be_visible()


def test_a_reminder_is_read_aloud_when_the_field_is_left(report: Tool):
    """Not at each letter: the status speaks once the person goes on, and only of what is still so."""
    status = report.page.locator("#tool-status")
    report.field("subject.name").focus()
    report.page.keyboard.type("J. Smith")
    expect(status).to_have_text("")
    report.page.keyboard.press("Tab")
    expect(status).to_contain_text("looks like initials")


def test_what_is_for_the_sender_alone_is_printed_but_not_copied(report: Tool):
    """The ticks before sending are a check for the writer: on the paper, not in what goes to the police."""
    report.fill(subject__name="Martin Example")
    report.page.get_by_label("Nothing here was already reported as a crime").check()
    assert "already reported" not in report.text
    assert "Nothing here was already reported as a crime" in report.paper()
