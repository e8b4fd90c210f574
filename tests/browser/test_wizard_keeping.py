"""Nothing is lost, nothing is left behind: history, reload, changes, clearing, leaving, and an engine that fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.wizard_steps import CHILD_OF_14, NO_DANGER, Wizard, born

STORAGE = (
    "() => { try { return JSON.stringify({ ...sessionStorage, ...localStorage }); } catch { return 'forbidden'; } }"
)
NO_STORAGE = """
for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });
"""
FULL_STORAGE = 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };'


@pytest.fixture
def wizard(page: Page, address: str) -> Wizard:
    """The wizard, not waiting for Python: what is tested here does not need it."""
    return Wizard(page, address).open(ready=False)


def test_back_and_forward_go_page_by_page_and_show_the_answers_as_they_were(wizard: Wizard):
    """Each page of the journey is one entry in the browser's history."""
    wizard.walk(NO_DANGER, until="area")
    wizard.page.go_back()
    assert wizard.at == "behind-it"
    expect(wizard.control("now.parent_encouraging", "no")).to_be_checked()
    wizard.page.go_back()
    assert wizard.at == "harm"
    wizard.page.go_forward()
    wizard.page.go_forward()
    assert wizard.at == "area"
    wizard.page.get_by_role("link", name="Back").click()
    wizard.page.locator("#wizard[data-page=behind-it]").wait_for()
    assert wizard.page.url.endswith("#behind-it")


def test_a_link_leads_straight_to_a_question(page: Page, address: str):
    """/screening/#area opens the question; Back in the page leads to the one before it in the journey."""
    wizard = Wizard(page, address).open("#area", ready=False)
    assert wizard.at == "area"
    expect(page.get_by_role("heading", name="Which council area does the child live in?")).to_be_focused()
    page.get_by_role("link", name="Back", exact=True).click()
    page.locator("#wizard[data-page=behind-it]").wait_for()


def test_a_link_to_a_question_for_another_age_says_so_and_asks_the_age(page: Page, address: str):
    """A page that does not apply is never shown half: the age is asked first."""
    wizard = Wizard(page, address).open("#under-12", ready=False)
    assert wizard.at == "age"
    expect(page.locator("#wizard-notice")).to_contain_text("depends on the age")


def test_a_link_to_the_decision_without_answers_starts_at_the_beginning(page: Page, address: str):
    """No decision is shown for a case of which nothing is known."""
    wizard = Wizard(page, address).open("#decision", ready=False)
    assert wizard.at == "danger"
    expect(page.locator("#wizard-notice")).to_contain_text("No question is answered yet")


def test_a_reload_of_the_tab_brings_the_answers_back_and_says_so(wizard: Wizard):
    """Answers outlive a reload of the same tab, and no longer."""
    wizard.walk(NO_DANGER, until="area")
    wizard.answer("area", "dudley")
    wizard.page.reload()
    wizard.page.locator("#wizard[data-wizard=on]").wait_for()
    assert wizard.at == "area"
    expect(wizard.control("area", "dudley")).to_be_checked()
    expect(wizard.page.locator("#wizard-notice")).to_contain_text("are back")
    stranger = wizard.page.context.new_page()
    other = Wizard(stranger, wizard.address.removesuffix("screening/")).open(ready=False)
    assert stranger.evaluate(STORAGE) == "{}"
    assert other.page.locator("input:checked").count() == 0


def test_clear_everything_asks_once_and_then_leaves_nothing(wizard: Wizard):
    """Clear everything empties form, storage and decision; Keep my answers keeps them."""
    expect(wizard.page.get_by_role("button", name="Clear everything")).to_be_hidden()
    wizard.walk(NO_DANGER, until="area")
    wizard.ready()
    wizard.page.locator("#decision[data-route]").wait_for(state="attached")
    wizard.page.get_by_role("button", name="Clear everything").first.click()
    wizard.page.get_by_role("button", name="Keep my answers").click()
    assert "now.immediate_risk" in wizard.page.evaluate(STORAGE)
    wizard.page.get_by_role("button", name="Clear everything").first.click()
    wizard.page.get_by_role("dialog").get_by_role("button", name="Clear everything").click()
    assert wizard.at == "danger"
    assert wizard.page.evaluate(STORAGE) == "{}"
    assert wizard.page.locator("input:checked").count() == 0
    assert wizard.page.locator("#decision[data-route]").count() == 0
    expect(wizard.page.locator("#wizard-notice")).to_contain_text("cleared")
    wizard.page.go_back()
    assert wizard.page.locator("input:checked").count() == 0


def test_exit_this_page_clears_and_leaves_an_empty_page(wizard: Wizard):
    """Leaving in a hurry leaves no answer behind, also when somebody presses Back."""
    wizard.walk(NO_DANGER, until="area")
    wizard.page.get_by_role("link", name="Exit this page").click()
    wizard.page.wait_for_url("about:blank")
    wizard.page.go_back()
    wizard.page.locator("#wizard[data-wizard=on]").wait_for()
    assert wizard.page.evaluate(STORAGE) == "{}"
    assert wizard.page.locator("input:checked").count() == 0


@pytest.mark.parametrize("storage", [NO_STORAGE, FULL_STORAGE], ids=["forbidden", "full"])
def test_the_wizard_works_where_storage_is(page: Page, address: str, storage: str):
    """Without storage the answers live in the page, and leaving it is warned of."""
    page.add_init_script(storage)
    wizard = Wizard(page, address).open(ready=False)
    wizard.walk(NO_DANGER, until="area")
    page.go_back()
    expect(wizard.control("now.parent_encouraging", "no")).to_be_checked()
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.reload()
    assert warned == ["beforeunload"]


def test_a_change_returns_to_the_check_page_and_asks_only_what_became_needed(wizard: Wizard):
    """Change leads back to the check page; a change that makes other questions necessary asks those alone."""
    wizard.walk({**CHILD_OF_14, "judgement.outcome": "category_1"}, until="check")
    wizard.page.locator("#check [data-go=area]").click()
    wizard.answer("area", "walsall")
    wizard.go_on()
    assert wizard.at == "check"
    wizard.page.locator("#check [data-go=age]").click()
    wizard.answer("child.date_of_birth", born(10))
    wizard.go_on()
    assert wizard.at == "under-12"
    notice = wizard.page.locator("#wizard-notice")
    expect(notice).to_contain_text("Set aside")
    expect(notice).to_contain_text("Category 2 fits")
    wizard.answer_page({})
    wizard.go_on()
    assert wizard.at == "judgement"  # its outcome was one for 12 to 17
    assert wizard.lacking() == ["judgement.outcome"]
    wizard.page.get_by_role("link", name="Check your answers").click()
    expect(wizard.page.locator("#check-answers")).to_contain_text("Set aside")
    wizard.page.locator("#check [data-go=age]").click()
    wizard.answer("child.date_of_birth", born(14))
    wizard.go_on()
    assert wizard.at == "check"
    expect(notice).to_contain_text("Brought back")
    expect(wizard.page.locator("#check-answers")).to_contain_text("Category 1: at risk of harm")
    expect(wizard.page.locator("#check-answers h3", has_text="Set aside")).to_be_visible()  # now the under-12 tool's


def test_a_change_does_not_ask_what_was_passed_over_before(wizard: Wizard):
    """Whoever goes to the check page early is not led through the whole journey for one change."""
    wizard.walk(NO_DANGER, until="setting")
    wizard.page.get_by_role("link", name="Check your answers").click()
    wizard.page.locator("#check [data-go=area]").click()
    wizard.answer("area", "walsall")
    wizard.go_on()
    assert wizard.at == "check"


def test_a_page_with_a_missing_answer_stops_continue_with_a_summary_that_takes_the_focus(wizard: Wizard):
    """The summary names what is missing, has the focus, and its links lead to the question."""
    wizard.go_on()
    assert wizard.at == "danger"
    expect(wizard.page.locator(".cse-errors")).to_be_focused()
    expect(wizard.page.locator(".cse-errors:not([role]) > [role=alert]"), "said once").to_contain_text("a problem")
    assert wizard.page.title().startswith("Error: ")
    message = "In danger now: choose an answer. If you do not know, choose Not known"
    expect(wizard.page.locator("#group-now-immediate_risk .cse-error")).to_contain_text(message)
    wizard.page.locator(".cse-errors a", has_text=message).click()
    expect(wizard.control("now.immediate_risk", "yes")).to_be_focused()
    wizard.answer("now.immediate_risk", "no")
    expect(wizard.page.locator(".cse-errors")).to_have_count(0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "tick the box if you know neither"),
        ({"child.date_of_birth": "31 2 2012"}, "give a day of the calendar"),
        ({"child.date_of_birth": "27/3/12"}, "give the year in four figures, such as 2012"),
        ({"child.age": "fourteen"}, "give whole years"),
        ({"child.date_of_birth": "4 5 2012", "child.age": "14"}, "not both"),
        ({"child.age": "14", "age.not_known": "not_known"}, "Untick the box"),
    ],
    ids=["nothing", "no such day", "a short year", "words", "both", "ticked too"],
)
def test_the_age_is_given_in_one_way(page: Page, address: str, given: dict[str, str], message: str):
    """A date of birth, an age, or not known: one of the three, in a form that can be read."""
    wizard = Wizard(page, address).open("#age", ready=False)
    for name, value in given.items():
        wizard.answer(name, value)
    wizard.go_on()
    assert wizard.at == "age"
    expect(page.locator(".cse-errors")).to_contain_text(message)


@pytest.mark.expects_errors
@pytest.mark.parametrize("file", ["client.mjs", "worker.mjs"])
def test_an_engine_that_does_not_load_keeps_every_answer_and_can_be_tried_again(page: Page, address: str, file: str):
    """The failure is said plainly, with the paper route and whom to ring; a retry decides the case that waited."""

    def broken(route: Route) -> None:
        route.abort()

    page.route(f"**/{file}*", broken)
    wizard = Wizard(page, address).open(ready=False)
    page.locator("html[data-engine=failed]").wait_for()
    panel = page.locator("#wizard-engine")
    expect(panel).to_contain_text("Every answer you gave is kept")
    expect(page.locator("#paper")).to_be_visible()
    wizard.walk({**NO_DANGER, "now.significant_harm": "yes", "area": "solihull"})
    expect(page.locator("#decision")).to_contain_text("cannot be worked out just now")
    assert page.locator("#decision[data-route]").count() == 0
    page.unroute(f"**/{file}*", broken)
    panel.get_by_role("button", name="Try again").click()
    wizard.ready()
    decided = wizard.decision("refer_now")
    decided.holds_by_command_line()
    expect(panel).to_be_hidden()
    expect(page.locator("#paper")).to_be_hidden()


def test_an_answer_that_the_engine_refuses_is_named_and_nothing_is_lost(page: Page, address: str):
    """A day in the future is the engine's to refuse: the page names the question and links to it."""
    wizard = Wizard(page, address).open("#age")
    wizard.answer("child.date_of_birth", "1 1 2999")
    page.goto(f"{wizard.address}#decision")
    page.locator("#decision[data-errors]").wait_for()
    link = page.locator("#decision-body").get_by_role("link", name="Date of birth")
    link.click()
    assert wizard.at == "age"
    expect(page.locator('[name="child.date_of_birth"]')).to_have_value("1 1 2999")


def test_nothing_is_asked_of_any_server_once_the_engine_is_ready(page: Page, address: str):
    """No request at all after ready, from the first answer to the decision."""
    wizard = Wizard(page, address).open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wizard.walk({**CHILD_OF_14, "aged_12_to_17.category_1": "evidence"})
    wizard.decision("early_help")
    assert asked == []
