"""Opening a record: screening again beside it, going on with it, and files that are none. Python starts once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cse_pathway import record_json
from tests.browser.conftest import SLOW_MACHINE
from tests.browser.watching import watched
from tests.browser.wizard_steps import CHILD_OF_14, NO_DANGER, Wizard

URGENT = dict.fromkeys((name.removeprefix("now.") for name in NO_DANGER), "no")
CASE: dict[str, Any] = {
    "as_of": "2026-09-21T10:00",
    "area": "solihull",
    "setting": "education",
    "child": {"date_of_birth": "2012-05-04", "status": "not_known_to_services"},
    "now": URGENT,
    "aged_12_to_17": {"category_1": "none", "category_2": "suspected", "category_3": "none"},
    "indicators": {"missing-from-home": {"seen": "evidence", "when": "recent", "note": "Back at 2 am."}},
    "judgement": {"outcome": "category_2"},
}
LATER = {
    **CHILD_OF_14,
    "child.date_of_birth": "4 5 2012",
    "aged_12_to_17.category_1": "suspected",
    "aged_12_to_17.category_2": "none",
    "aged_12_to_17.category_3": "none",
    "judgement.outcome": "category_1",
}


def record(made_at: str, role: str = "") -> str:
    """A record of the earlier screening, made at this moment."""
    return record_json(json.dumps(CASE), json.dumps({"role": role}), made_at)


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Wizard]:
    """One page for all; its clock stands on 23 November 2026."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(SLOW_MACHINE)
    watch = watched(context, address)
    page = context.new_page()
    page.clock.install(time="2026-11-23T10:30:00Z")
    page.clock.resume()
    yield Wizard(page, address).open()
    context.close()
    assert watch.elsewhere() == []
    assert watch.errors == []


@pytest.fixture
def wizard(shared: Wizard) -> Wizard:
    """The wizard without an answer."""
    return shared.clear()


def choose(page: Page, text: str) -> None:
    """Choose a file with this text."""
    page.locator("#open-record").set_input_files(
        {"name": "record.json", "mimeType": "application/json", "buffer": text.encode()}
    )


def test_screening_again_shows_each_old_answer_and_gives_none_of_them_but_the_date_of_birth(wizard: Wizard):
    """An old "no" is never today's: only what no time changes is filled in; the end sets both side by side (R8.2)."""
    page = wizard.page
    page.get_by_role("button", name="Open a record").first.click(trial=True)
    choose(page, record("2026-09-21T10:05"))
    dialog = page.locator("#open-dialog")
    expect(dialog).to_contain_text("Monday 21 September 2026 at 10:05")
    expect(dialog).to_contain_text("Refer to Children's Services")
    assert dialog.locator("[data-opened=go-on]").count() == 0  # of an earlier day
    dialog.locator("[data-opened=again]").click()
    assert wizard.at == "danger"
    expect(page.locator("#danger .wizard-heading")).to_be_focused()
    assert page.locator("#wizard-form input:checked").count() == 0
    expect(page.locator('[name="child.date_of_birth"]')).to_have_value("4 May 2012")
    last = page.locator("#group-now-immediate_risk .wizard-last")
    expect(last).to_have_text("Last time (21 September 2026): No")
    questions = page.locator("[data-question], [data-sign]").count()
    assert page.locator("#wizard-form .wizard-last").count() == questions
    expect(page.locator("#group-missing-from-home > .wizard-last")).to_contain_text("Back at 2 am.")
    page.reload()
    page.locator("#wizard[data-wizard=on]").wait_for()
    expect(last).to_have_text("Last time (21 September 2026): No")  # a reload of the tab loses nothing
    wizard.ready()
    wizard.dash(LATER)
    wizard.decision("early_help")
    compared = page.locator("#compared [data-comparison=fell]")
    expect(compared).to_contain_text("Lower than last time")
    assert compared.locator("[data-ask]").evaluate_all("all => all.map(one => one.dataset.ask)") == [
        "give-reasons", "ask-other-agencies", "has-it-stopped",
    ]  # fmt: skip
    assert page.locator("[data-take=save]").is_visible()
    wizard.clear()
    assert page.locator("#wizard-form .wizard-last").count() == 0
    assert page.evaluate("sessionStorage.length") == 0


def test_a_record_of_today_can_be_gone_on_with_and_asks_before_it_replaces_answers(wizard: Wizard):
    """Opening asks first; Cancel changes nothing; Continue brings every answer of the case back as it was."""
    page = wizard.page
    wizard.answer("now.immediate_risk", "yes")
    choose(page, record("2026-11-23T09:00"))
    dialog = page.locator("#open-dialog")
    expect(dialog).to_contain_text("Your answers on this page are deleted first")
    dialog.locator("[data-opened=close]").click()
    expect(wizard.control("now.immediate_risk", "yes")).to_be_checked()
    choose(page, record("2026-11-23T09:00"))
    dialog.locator("[data-opened=go-on]").click()
    assert wizard.at == "check"
    expect(wizard.page.locator("#check-answers")).to_contain_text("Back at 2 am.")
    page.evaluate("location.hash = 'decision'")
    decided = wizard.decision("refer")
    assert {**decided.case, "as_of": CASE["as_of"]} == CASE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no record at all", "cannot be read as a record"),
        ("{}", "holds no decision of the wizard"),
        (record("2026-09-21T10:05").replace('"route":"refer"', '"route":"early_help"'), "was altered"),
        (record("2026-09-21T10:05", "PRACTICE. NOT A REAL CASE."), ""),
    ],
    ids=["no JSON", "no record", "altered", "practice"],
)
def test_a_file_that_is_no_sound_record_is_refused_in_plain_words(wizard: Wizard, text: str, said: str):
    """What is wrong is said, another file can be chosen, and nothing on the page has changed."""
    page = wizard.page
    wizard.answer("now.immediate_risk", "no")
    choose(page, text)
    dialog = page.locator("#open-dialog")
    expect(dialog.locator("[role=alert]")).to_contain_text(said or "from practice")
    dialog.locator("[data-opened=close]").click()
    expect(wizard.control("now.immediate_risk", "no")).to_be_checked()
    assert wizard.at == "danger"


def test_a_record_handed_over_by_the_records_tool_is_read_once(wizard: Wizard):
    """Arriving at /screening/#rescreen opens what the tab's storage holds, and takes it out of there."""
    page = wizard.page
    page.evaluate("text => sessionStorage.setItem('cse-rescreen', text)", record("2026-09-21T10:05"))
    page.evaluate("location.hash = 'rescreen'")
    page.reload()
    page.locator("#open-dialog [data-opened=again]").click()
    assert page.evaluate("sessionStorage.getItem('cse-rescreen')") is None
    assert page.url.endswith("#danger")
    expect(page.locator("#wizard-notice")).to_contain_text("Screening again")
    wizard.ready()
