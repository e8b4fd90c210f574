"""The wizard before Python and without any script: questions as HTML, danger answered at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from build_scripts.pages.contacts import lacking
from build_scripts.wizard.questions import Questionnaire, read_questionnaire
from cse_pathway import decide_json
from tests.browser.wizard_steps import NO_DANGER, ROOT, Wizard, areas

PANEL_ROUTES = {"emergency": "emergency", "warning": "refer_now"}


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    """All that the wizard asks."""
    found, problems = read_questionnaire(ROOT / "engine" / "rules", ROOT)
    assert problems == []
    return found


@pytest.fixture
def plain(browser: Browser, address: str) -> Any:
    """The page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}screening/")
    yield page
    context.close()


def test_danger_answered_yes_shows_999_and_the_numbers_without_any_script(plain: Page):
    """The danger questions and their answer need no script: 999, then Children's Services of the area (S4(1))."""
    expect(plain.locator("#ring-999")).to_be_hidden()
    plain.locator('[name="now.immediate_risk"][value="yes"]').check()
    expect(plain.locator("#ring-999")).to_be_visible()
    expect(plain.locator("#ring-999 a[href='tel:999']").first).to_be_visible()
    for area in areas().values():
        plain.locator("#ring-999 summary", has_text=area.name).click()
        block = plain.locator(f"#ring-999 [data-area={area.id}]")
        contacts = [contact for contact in area.contacts if contact.key in ("mash", "emergency-duty-team")]
        dialled = [link.get_attribute("href") for link in block.locator("a[href^=tel]").all()]
        assert dialled == [f"tel:{n.number.replace(' ', '')}" for contact in contacts for n in contact.numbers]
        if not all(contact.numbers for contact in contacts):
            expect(block).to_contain_text(lacking(area))
            expect(block).to_contain_text(area.unknown_do[0])


def test_every_question_stands_in_the_page_without_any_script(plain: Page, questionnaire: Questionnaire):
    """All questions are HTML made at build, named by their path in the case, visible and ready to be answered."""
    for question in questionnaire.questions():
        control = plain.locator(f'[name="{question.path}"]').first
        assert control.count() == 1, question.path
        expect(control).to_be_visible()
    for page in questionnaire.pages:
        for sign in page.signs:
            expect(plain.locator(f'[name="indicators.{sign.id}.seen"]').first).to_be_visible()
    expect(plain.get_by_role("button", name="Continue")).to_be_hidden()
    expect(plain.locator("#paper")).to_be_visible()


def test_each_danger_answer_brings_up_its_panel_and_the_engine_agrees(plain: Page, questionnaire: Questionnaire):
    """A panel under an answer says no less than the engine decides for that answer alone (table 1)."""
    panels = [panel for page in questionnaire.pages for panel in page.panels]
    assert [panel.id for panel in panels] == ["ring-999", "ring-for-advice", "refer-harm", "refer-behind-it"]
    for panel in panels:
        for path, values in panel.when.items():
            for value in values:
                plain.reload()
                expect(plain.locator(f"#{panel.id}")).to_be_hidden()
                plain.locator(f'[name="{path}"][value="{value}"]').check()
                expect(plain.locator(f"#{panel.id}")).to_be_visible()
                now = {key.removeprefix("now."): "no" for key in NO_DANGER}
                case = {
                    "as_of": "2026-11-23T10:30",
                    "child": {"age": 14},
                    "now": {**now, path.removeprefix("now."): value},
                }
                assert json.loads(decide_json(json.dumps(case)))["route"] == PANEL_ROUTES[panel.kind]


def test_each_urgent_answer_that_the_engine_acts_on_has_a_panel(questionnaire: Questionnaire):
    """No urgent answer that leads to more than screening goes without its panel."""
    shown = {
        (path, value)
        for page in questionnaire.pages
        for panel in page.panels
        for path, values in panel.when.items()
        for value in values
    }
    for path in NO_DANGER:
        for value in ("yes", "not_known"):
            now = {key.removeprefix("now."): "no" for key in NO_DANGER}
            case = {"as_of": "2026-11-23T10:30", "child": {"age": 14}, "now": {**now, path.removeprefix("now."): value}}
            urgent = json.loads(decide_json(json.dumps(case)))["route"] in PANEL_ROUTES.values()
            assert urgent == ((path, value) in shown), (path, value)


def test_danger_is_answered_while_python_is_still_loading(page: Page, address: str):
    """999 and the numbers do not wait for Python; neither does the way through the questions."""
    page.route("**/*.wasm", lambda _: None)  # never answered: loading goes on and on
    wizard = Wizard(page, address).open(ready=False)
    assert page.locator("html").get_attribute("data-engine") == "loading"
    wizard.answer("now.immediate_risk", "yes")
    expect(page.locator("#ring-999 a[href='tel:999']").first).to_be_visible()
    wizard.go_on()
    assert wizard.at == "harm"
    expect(page.locator(".wizard-so-far")).to_contain_text("Ring 999 now")


@pytest.mark.expects_errors
def test_a_wizard_that_cannot_start_says_so_why_nothing_is_decided_and_what_to_do(page: Page, address: str):
    """A host or a filter may refuse one of its modules: here it sends a page in the module's place."""
    page.route("**/wizard/journey.mjs", lambda route: route.fulfill(body="<p>Sign in</p>", content_type="text/html"))
    page.goto(f"{address}screening/")
    said = page.locator(".wizard-not-started")
    expect(said).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # as after eight seconds
    expect(said).to_be_visible()
    for part in ("could not start", "no decision comes", "paper route below", "safeguarding lead"):
        expect(said).to_contain_text(part)
    expect(page.locator("#paper")).to_be_visible()


def test_only_a_wizard_that_did_not_start_says_so(page: Page, address: str, plain: Page):
    """At once where no script runs; never where the wizard is at work."""
    expect(plain.locator(".wizard-not-started")).to_be_visible()
    page.route("**/*.wasm", lambda _: None)
    Wizard(page, address).open(ready=False)
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    expect(page.locator(".wizard-not-started")).to_be_hidden()


def test_the_style_sheet_knows_every_panel(questionnaire: Questionnaire):
    """Panels come up by CSS: each answer of each panel stands in wizard.css."""
    css = (ROOT / "site_overrides" / "assets" / "wizard" / "wizard.css").read_text("utf-8")
    for page in questionnaire.pages:
        for panel in page.panels:
            for path, values in panel.when.items():
                for value in values:
                    assert f'[name="{path}"][value="{value}"]:checked) #{panel.id}' in css


def test_without_has_the_panels_stand_open():
    """A browser too old for :has shows every panel rather than none."""
    css = Path(ROOT / "site_overrides" / "assets" / "wizard" / "wizard.css").read_text("utf-8")
    before, _, inside = css.partition("@supports selector(:has(*)) {")
    assert ".wizard-panel { display: none; }" in inside
    assert ".wizard-panel { display: none; }" not in before
