"""Printing in browsers that come back at once, and in those that print no closed details."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.paper import sheets
from tests.browser.wizard_steps import CHILD_OF_14, Wizard

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = "window.print = () => { window.printed = (window.printed ?? 0) + 1; }"
MARK = "() => document.documentElement.dataset.print ?? null"
FOLDED = "() => [...document.querySelectorAll('details')].map((one) => [one.open, one.getAttribute('name')])"
PRINTS = "(when) => dispatchEvent(new Event(when))"


def without_details_content(route: Route) -> None:
    """The style sheet as a browser reads it that does not know ::details-content, and so leaves that rule out."""
    answer = route.fetch()
    changed, rules = re.subn(r"[^{}]*::details-content[^{}]*\{[^}]*\}", "", answer.text())
    assert rules >= 1
    route.fulfill(response=answer, body=changed)


@pytest.mark.expects_errors
def test_the_questions_are_still_meant_when_a_telephone_lays_out_the_paper(page: Page, address: str):
    """There print() returns at once; the mark stays until the printing is over."""
    page.add_init_script(AT_ONCE)
    page.route("**/*.wasm", lambda route: route.abort())
    Wizard(page, address).open("#area", ready=False)
    page.get_by_role("button", name="Print the questions").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    for path in ("now.immediate_risk", "area", "context.court_case"):
        expect(page.locator(f'[name="{path}"]').first).to_be_visible()
    page.evaluate(PRINTS, "beforeprint")
    assert page.evaluate(MARK) == "form"
    page.evaluate(PRINTS, "afterprint")
    assert page.evaluate(MARK) is None


@pytest.mark.expects_errors
def test_printing_by_the_browsers_menu_prints_the_page_as_it_stands(page: Page, address: str):
    """Also after a button whose printing never told that it was over."""
    page.add_init_script(AT_ONCE)
    page.route("**/*.wasm", lambda route: route.abort())
    Wizard(page, address).open("#area", ready=False)
    page.get_by_role("button", name="Print the questions").click()
    page.evaluate(PRINTS, "beforeprint")
    page.evaluate(PRINTS, "beforeprint")
    assert page.evaluate(MARK) is None


@pytest.mark.parametrize("place", ["forms/mase-review/", "tools/supervision/"])
def test_every_button_that_prints_prints_once(page: Page, address: str, place: str):
    """On the blank forms and in the tools."""
    page.add_init_script(AT_ONCE)
    page.goto(f"{address}{place}")
    page.locator("button[data-print]").click()
    assert page.evaluate("window.printed") == 1


@pytest.mark.parametrize("place", ["contacts/", "practice/answers/", "screening/"])
def test_what_is_folded_is_unfolded_for_the_paper_and_folded_again(page: Page, address: str, place: str):
    """Of a group in which only one stands open, too; what stood open stands open after."""
    page.route("**/*.wasm", lambda _: None)
    page.goto(f"{address}{place}")
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('main details')[2].open = true")
    before: list[Any] = page.evaluate(FOLDED)
    assert len(before) > 5
    for _ in range(2):
        page.evaluate(PRINTS, "beforeprint")
        assert all(is_open for is_open, _ in page.evaluate(FOLDED))
        page.evaluate(PRINTS, "afterprint")
        assert page.evaluate(FOLDED) == before


def test_the_record_on_paper_has_the_answers_in_a_browser_that_prints_nothing_folded(page: Page, address: str):
    """Safari before 18.4 and Firefox before 143 are among the browsers that the site is built for."""
    page.route("**/style.css", without_details_content)
    wizard = Wizard(page, address).open()
    wizard.dash({**CHILD_OF_14, "aged_12_to_17.category_1": "evidence", "judgement.outcome": "category_1"})
    wizard.decision("early_help")
    text = " ".join(sheets(page.pdf(prefer_css_page_size=True)))
    answers = text.partition("Your answers")[2]
    for question in ("Risk of significant harm", "Council area", "Solihull"):
        assert question in answers
    expect(page.locator(".wizard-answers")).not_to_have_attribute("open", "")
