"""Engine, wheel, runtime or storage fail: a plain message, every answer kept, and a retry that works."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.wizard_steps import CHILD_OF_14, Wizard

ANSWERS = {**CHILD_OF_14, "child.age": "14", "now.significant_harm": "yes"}
del ANSWERS["child.date_of_birth"]
HELD = "() => Object.fromEntries(new FormData(document.getElementById('wizard-form')))"
STORAGE = """
const usual = Storage.prototype.setItem;
Storage.prototype.setItem = function (...args) {
  if (!window.roomAgain) throw new DOMException("no room", "QuotaExceededError");
  usual.apply(this, args);
};
"""
NO_STORAGE = """
for (const name of ["sessionStorage", "localStorage"]) {
  const usual = [window, Window.prototype].map((one) => Object.getOwnPropertyDescriptor(one, name)).find(Boolean);
  Object.defineProperty(window, name, { configurable: true, get() {
    if (!window.roomAgain) throw new DOMException("forbidden", "SecurityError");
    return usual.get.call(window);
  } });
}
"""


def failed(wizard: Wizard, reason: str) -> None:
    """The failure is said in plain words, with whom to ring and the way on paper; every answer given is held."""
    panel = wizard.page.locator("#wizard-engine")
    expect(panel).to_contain_text(reason)
    expect(panel).to_contain_text("Every answer you gave is kept")
    expect(panel.get_by_role("button", name="Print the questions")).to_be_visible()
    expect(wizard.page.locator("#paper")).to_be_visible()
    assert wizard.page.locator("#decision[data-route]").count() == 0, "a decision is shown by an engine that failed"
    held = wizard.page.evaluate(HELD)
    assert ANSWERS.items() <= held.items()


def tried_again(wizard: Wizard) -> None:
    """Trying again decides the case that waited, as the command line does."""
    before = wizard.page.evaluate(HELD)
    wizard.page.locator("#wizard-engine").get_by_role("button", name="Try again").click()
    wizard.decision("refer_now").holds_by_command_line()
    expect(wizard.page.locator("#wizard-engine")).to_be_hidden()
    assert wizard.page.evaluate(HELD) == before


@pytest.mark.expects_errors
def test_a_worker_that_dies_in_mid_decision_loses_no_answer(page: Page, address: str):
    """The case was with the worker when it was killed: the page notices, says so, and the next worker decides it."""
    wizard = Wizard(page, address).open()
    page.workers[0].evaluate("self.onmessage = () => {}")  # it takes the case and never answers
    wizard.dash(ANSWERS)
    expect(page.locator("#decision")).to_contain_text("Working out the decision")
    page.workers[0].evaluate("self.close()")
    failed(wizard, "The wizard's engine stopped working.")
    tried_again(wizard)


def _damaged(route: Route) -> None:
    answer = route.fetch()
    body = bytearray(answer.body())
    body[len(body) // 2] ^= 1
    route.fulfill(response=answer, body=bytes(body))


@pytest.mark.expects_errors
@pytest.mark.parametrize(
    ("files", "fault", "reason"),
    [
        ("**/*.whl", _damaged, "The wizard's engine arrived damaged, so it was not used."),
        ("**/*.wasm", Route.abort, "The wizard's engine could not be loaded."),
    ],
    ids=["a corrupt wheel", "a blocked runtime"],
)
def test_an_engine_that_cannot_start_loses_no_answer(
    page: Page, context: BrowserContext, address: str, files: str, fault: Callable[[Route], None], reason: str
):
    """All questions can be answered without the engine; mended, it decides what was answered meanwhile."""

    def broken(route: Route) -> None:
        fault(route)

    context.route(files, broken)
    wizard = Wizard(page, address).open(ready=False)
    page.locator("html[data-engine=failed]").wait_for()
    wizard.dash(ANSWERS)
    failed(wizard, reason)
    context.unroute(files, broken)
    tried_again(wizard)


@pytest.mark.parametrize("storage", [STORAGE, NO_STORAGE], ids=["full", "forbidden"])
def test_where_the_browser_keeps_nothing_the_page_says_so_and_holds_every_answer(
    page: Page, address: str, storage: str
):
    """The answers live in the page, the decision is made all the same; once there is room again they are kept."""
    page.add_init_script(storage)
    wizard = Wizard(page, address).open()
    said = page.locator("#wizard-unkept")
    expect(said).to_have_count(0)
    wizard.dash(ANSWERS)
    expect(said).to_contain_text("This browser keeps nothing for this page")
    expect(said).to_contain_text("safe while it stays open")
    wizard.decision("refer_now").holds_by_command_line()
    page.go_back()
    assert wizard.at == "check"
    assert ANSWERS.items() <= page.evaluate(HELD).items()
    page.evaluate("window.roomAgain = true")
    page.locator("#check [data-go=area]").click()
    wizard.answer("area", "dudley")
    expect(said).to_have_count(0)
    page.reload()
    page.locator("#wizard[data-wizard=on]").wait_for()
    page.evaluate("window.roomAgain = true")
    kept = "() => JSON.parse(sessionStorage.getItem('screening-answers'))"
    assert {**ANSWERS, "area": "dudley"}.items() <= page.evaluate(kept).items()
