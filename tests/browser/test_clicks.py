"""One click answers one question: a double-click, a held key or an early tap does nothing on what comes up.

The engine's WebAssembly is never answered where no decision is needed: the wizard asks its questions without it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.watching import takes_presses
from tests.browser.wizard_steps import ANSWER, CHILD_OF_14, DASH, NO_DANGER, Wizard, born

GAPS = (0.05, 0.2, 0.3, 0.5)
"""Seconds between the two clicks of a double-click, from quick to slow."""
PAUSE = 0.6
"""Seconds after which no browser counts the next press to the ones before."""
WINDOWS = ((1280, 720), (390, 844), (360, 740))
HELD = "() => Object.fromEntries(new FormData(document.getElementById('wizard-form')))"
LISTEN = """document.addEventListener("click", (event) => {
  if (event.isTrusted && event.detail > 0) (window.reached ??= []).push(event.target.outerHTML.slice(0, 80));
});"""
"""Notes each click that reached the page; a label's own click on its control counts too."""
RINGS = """document.addEventListener("click", (event) => {
  if (!event.target.closest("[href^='tel:']") || event.defaultPrevented) return;
  window.rung = true;
  event.preventDefault();
});"""
"""Notes that a number would be rung, and rings none."""
DASH_TO_SIGNS = DASH.replace("'decision'", "'signs-people'")
"""The walk in one go, as far as the page before the tools."""
CLOCK = "() => (performance.timeOrigin + performance.now()) / 1000"
"""Seconds since 1970 by the clock that gives events their time."""
REACHED = "() => (window.reached ?? []).splice(0)"


class Hand:
    """A mouse or a finger on one page. Presses where something stands, and again where it stood."""

    def __init__(self, page: Page, by: str) -> None:
        self.page = page
        self.by = by
        self.x = self.y = self.pressed = self.at = 0.0
        self.cdp = page.context.new_cdp_session(page)

    def over(self, target: Locator) -> Hand:
        """Wait until the page takes presses, and aim at the middle of something."""
        takes_presses(self.page)
        time.sleep(max(0.0, self.pressed + PAUSE - time.monotonic()))
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box, f"{target} cannot be seen"
        self.x, self.y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        return self

    def press(self, when: float | None = None) -> None:
        """Press once, where the hand is, at a moment of the page's own clock (seconds; else now).

        The moment is told to the browser: on a busy machine a press arrives late, and is still as quick as it was.
        Neither speaks of a double-click: the page has to know.
        """
        self.at = when if when is not None else self.page.evaluate(CLOCK)
        self.pressed = time.monotonic()
        where = {"x": self.x, "y": self.y}
        if self.by == "touch":
            self._send("TouchEvent", type="touchStart", touchPoints=[where])
            self._send("TouchEvent", type="touchEnd", touchPoints=[])
        else:
            self._send("MouseEvent", type="mouseMoved", **where)
            for kind in ("mousePressed", "mouseReleased"):
                self._send("MouseEvent", type=kind, button="left", clickCount=1, **where)

    def press_again(self, gap: float) -> None:
        """Press once more, so long after the press before: a system counts from press to press."""
        time.sleep(max(0.0, self.pressed + gap - time.monotonic()))
        self.press(self.at + gap)

    def _send(self, event: str, **told: Any) -> None:
        self.cdp.send(f"Input.dispatch{event}", {**told, "timestamp": self.at})


@contextmanager
def hand(browser: Browser, by: str, window: tuple[int, int], *, engine: bool = False) -> Iterator[Hand]:
    """A page of its own in a window of this size."""
    size: Any = {"width": window[0], "height": window[1]}
    context = browser.new_context(viewport=size, has_touch=by == "touch", reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(60_000)
    context.add_init_script(LISTEN)
    if not engine:
        context.route("**/*.wasm", lambda _: None)
    yield Hand(context.new_page(), by)
    context.close()


@pytest.fixture(params=["mouse", "touch"])
def hands(request: pytest.FixtureRequest, browser: Browser) -> Iterator[list[Hand]]:
    """Three windows side by side, to wait for all of them at once."""
    with (
        hand(browser, request.param, WINDOWS[0]) as one,
        hand(browser, request.param, WINDOWS[1]) as two,
        hand(browser, request.param, WINDOWS[2]) as three,
    ):
        yield [one, two, three]


def press_twice(hands: list[Hand], target: str, gap: float) -> None:
    """Press the same thing twice in every window; exactly one press reaches each page."""
    for one in hands:
        one.over(one.page.locator(target)).page.evaluate(REACHED)
    for one in hands:
        one.press()
    for one in hands:
        one.press_again(gap)
    for one in hands:
        takes_presses(one.page)
        reached = one.page.evaluate(REACHED)
        assert len(reached) == 1, f"{target}, twice in {gap} s in {one.page.viewport_size}: {reached}"


def at(hands: list[Hand], page: str) -> None:
    """Every window stands in the wizard, at a page of the journey and in no dialog."""
    where = "[document.getElementById('wizard')?.dataset.page, !!document.querySelector('dialog[open]')]"
    for one in hands:
        found = one.page.evaluate(where)
        assert found == [page, False], one.page.viewport_size


def answered(hands: list[Hand], answers: Mapping[str, str]) -> list[dict[str, str]]:
    """Answer the open page in every window, and give what each form then holds."""
    for one in hands:
        one.page.evaluate(ANSWER, dict(answers))
    return [one.page.evaluate(HELD) for one in hands]


BACK = ".wizard-back a"
CONTINUE = "#wizard-continue button"


def test_two_clicks_on_continue_or_back_open_the_very_next_page_and_answer_nothing(hands: list[Hand], address: str):
    """Every page of the journey, both ways, in three windows, by mouse and by touch, quick to slow."""
    by_touch = int(hands[0].by == "touch")
    wizards = [Wizard(one.page, address).open(ready=False) for one in hands]
    journey = [*wizards[0].dash(CHILD_OF_14), "decision"]
    wizards[0].clear()
    for number, (page, after) in enumerate(pairwise(journey)):
        at(hands, page)
        held = answered(hands, CHILD_OF_14)
        press_twice(hands, CONTINUE, GAPS[(number + by_touch) % 4])
        at(hands, after)
        assert [one.page.evaluate(HELD) for one in hands] == held, f"a second click on {page} answered {after}"
    for number, before in enumerate(reversed(journey[:-1])):
        press_twice(hands, BACK, GAPS[(number + by_touch + 2) % 4])
        at(hands, before)
    assert [one.page.evaluate(HELD) for one in hands] == held


def test_two_clicks_around_the_tool_for_under_12s_answer_nothing(hands: list[Hand], address: str):
    """The one page that only a younger child has, from the page before it to the page after it, and back."""
    child = {**CHILD_OF_14, "child.date_of_birth": born(10), "under_12.red": "one", "under_12.alert": "no"}
    for one in hands:
        Wizard(one.page, address).open(ready=False).page.evaluate(DASH_TO_SIGNS, child)
    for page, after, gap in (("signs-people", "under-12", 0.2), ("under-12", "movement-and-others", 0.05)):
        at(hands, page)
        held = answered(hands, child)
        press_twice(hands, CONTINUE, gap)
        at(hands, after)
        assert [one.page.evaluate(HELD) for one in hands] == held, f"a second click on {page} answered {after}"
    for before, gap in (("under-12", 0.3), ("signs-people", 0.5)):
        press_twice(hands, BACK, gap)
        at(hands, before)
    assert [one.page.evaluate(HELD) for one in hands] == held


def test_two_clicks_on_a_link_or_button_do_that_one_thing(hands: list[Hand], address: str):
    """Change, Check your answers, the dialog that clears, the way from danger to the plan, Exit."""
    for one in hands:
        Wizard(one.page, address).open(ready=False).dash({**CHILD_OF_14, "now.immediate_risk": "yes"})
    held = [one.page.evaluate(HELD) for one in hands]
    for target, gap, after in (
        (BACK, 0.3, "check"),
        ("#check [data-go=harm] >> nth=0", 0.2, "harm"),
        (".wizard-to-check", 0.05, "check"),
        ("#check [data-go=judgement] >> nth=0", 0.3, "judgement"),
        (CONTINUE, 0.2, "check"),
        ("#check [data-go=danger] >> nth=0", 0.5, "danger"),
        ("#ring-999 [data-go=decision]", 0.2, "decision"),
    ):
        press_twice(hands, target, gap)
        at(hands, after)
    press_twice(hands, ".wizard-tools [data-clear]", 0.3)
    for one in hands:
        expect(one.page.locator("#clear-dialog")).to_be_visible()
    press_twice(hands, "[data-clear-no]", 0.2)
    at(hands, "decision")
    assert [one.page.evaluate(HELD) for one in hands] == held
    for one in hands:
        one.over(one.page.locator("[data-exit]")).press()
        one.press_again(0.2)
        expect(one.page).to_have_url("about:blank")


def test_a_tap_that_lands_while_a_page_is_put_up_answers_nothing(hands: list[Hand], address: str):
    """Wherever it lands: here on the first answer of the next page, as soon as that stands there."""
    answer = '[name="now.significant_harm"]'
    for one in hands:
        wizard = Wizard(one.page, address).open("#harm", ready=False)
        there = one.over(one.page.locator(answer).first)
        x, y = there.x, there.y
        wizard.open(ready=False)
        one.page.evaluate(ANSWER, NO_DANGER)
        one.over(one.page.locator(CONTINUE)).press()
        one.x, one.y = x, y
        one.press_again(0.05)
        one.press_again(0.2)
        at([one], "harm")
        expect(one.page.locator(f"{answer}:checked")).to_have_count(0)
        takes_presses(one.page)
        one.press()
        expect(one.page.locator(f"{answer}:checked"), "the wait is over").to_have_count(1)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_held_down_opens_one_page_and_answers_nothing(browser: Browser, address: str, key: str):
    """The keyboard repeats it for as long as it is held, longer than the page waits for pointers."""
    with hand(browser, "mouse", WINDOWS[0]) as one:
        wizard = Wizard(one.page, address).open(ready=False)
        for target, after, said in ((CONTINUE, "harm", "no"), (BACK, "danger", "no"), ("[data-clear]", "danger", "no")):
            if key == "Space" and target == BACK:
                continue  # a link takes Enter alone
            wizard.answer("now.immediate_risk", said)
            takes_presses(one.page)
            one.page.locator(target).first.focus()
            for _ in range(30):
                one.page.keyboard.down(key)
                time.sleep(0.03)
            one.page.keyboard.up(key)
            assert wizard.at == after, target
            held = one.page.evaluate(HELD)
            assert {name: value for name, value in held.items() if value} == {"now.immediate_risk": said}, target
            if key == "Space" and target == CONTINUE:
                one.page.go_back()
        expect(one.page.locator("#clear-dialog")).to_be_visible()


def test_enter_held_down_on_remove_removes_one_entry_and_adds_none(browser: Browser, address: str):
    """The focus goes on to the button that adds one: without the guard each repeat would press that."""
    with hand(browser, "mouse", WINDOWS[0]) as one:
        one.page.goto(f"{address}tools/information-for-the-police/")
        one.page.locator("html[data-tool=on]").wait_for()
        entries = one.page.locator("[data-entries]").first.locator("[data-entry]")
        one.page.locator("[data-add]").first.click()
        expect(entries).to_have_count(2)
        takes_presses(one.page)
        one.page.locator("[data-remove]").first.focus()
        for _ in range(30):
            one.page.keyboard.down("Enter")
            time.sleep(0.03)
        one.page.keyboard.up("Enter")
        expect(one.page.locator("[data-add]").first).to_be_focused()
        expect(entries).to_have_count(1)


def test_a_second_press_of_enter_does_nothing_on_what_came_up(browser: Browser, address: str):
    """Even where the focus went to something that can be pressed; a moment later it is pressed."""
    with hand(browser, "mouse", WINDOWS[0]) as one:
        wizard = Wizard(one.page, address).open(ready=False)
        wizard.answer("now.immediate_risk", "no")
        takes_presses(one.page)
        one.page.locator(CONTINUE).press("Enter")
        assert wizard.at == "harm"
        for key in ("Enter", "Space"):
            one.page.locator("#wizard [data-clear]").press(key)
            expect(one.page.locator("#clear-dialog")).to_be_hidden()
        takes_presses(one.page)
        one.page.locator("#wizard [data-clear]").press("Enter")
        expect(one.page.locator("#clear-dialog")).to_be_visible()


def test_what_the_system_counts_as_a_double_click_is_one_click_however_slow(browser: Browser, address: str):
    """A system may be set to take 0.9 s for a double-click; then it says so with the second click."""
    with hand(browser, "mouse", WINDOWS[0]) as one:
        wizard = Wizard(one.page, address).open(ready=False)
        one.page.evaluate(ANSWER, NO_DANGER)
        one.over(one.page.locator(CONTINUE)).press()
        time.sleep(0.75)
        takes_presses(one.page)
        one.page.mouse.move(one.x, one.y)
        one.page.mouse.down(click_count=2)
        one.page.mouse.up(click_count=2)
        assert wizard.at == "harm"
        assert len(one.page.evaluate(REACHED)) == 1


def test_999_is_rung_by_one_press_after_the_wait(browser: Browser, address: str):
    """The guard holds nothing back that was meant."""
    with hand(browser, "touch", WINDOWS[1]) as one:
        one.page.add_init_script(RINGS)
        wizard = Wizard(one.page, address).open(ready=False)
        wizard.answer("now.immediate_risk", "yes")
        one.over(one.page.locator(".wizard-999")).press()
        assert one.page.evaluate("window.rung") is True


def test_a_page_that_has_no_script_yet_takes_no_press_for_a_moment(browser: Browser, address: str):
    """A link was double-clicked: the second click lands on a page that is just painted. Then it can be answered."""
    with hand(browser, "mouse", WINDOWS[1]) as one:
        one.page.context.route("**/*.mjs", lambda _: None)
        answer = one.page.locator('[name="now.immediate_risk"][value=no]')
        one.page.goto(f"{address}screening/", wait_until="commit")
        one.over(answer)
        one.page.reload(wait_until="commit")
        one.page.wait_for_function("() => performance.getEntriesByType('paint').length > 0")
        one.press()
        expect(answer).not_to_be_checked()
        takes_presses(one.page)
        one.press()
        expect(answer).to_be_checked()


@pytest.mark.parametrize("gap", GAPS)
def test_two_clicks_on_a_link_to_another_page_follow_and_answer_nothing_there(
    browser: Browser, address: str, gap: float
):
    """From a practice case into the wizard, and from the wizard to the contacts, with their numbers that ring."""
    with hand(browser, "mouse", WINDOWS[1]) as one:
        one.page.add_init_script(RINGS)
        for start, link, end in (
            ("practice/", "text=Try this case in the wizard >> nth=1", "/screening/?practice="),
            ("screening/", ".foot a >> text=Contacts", "/contacts/"),
        ):
            one.page.goto(f"{address}{start}")
            one.over(one.page.locator(link)).press()
            one.press_again(gap)
            one.page.wait_for_url(lambda url, end=end: end in url)
            one.page.wait_for_load_state("load")
            takes_presses(one.page)
            assert end in one.page.url
            assert one.page.locator("#wizard input:checked, dialog[open]").count() == 0
            assert one.page.evaluate("window.rung") is None


def test_two_clicks_in_a_tool_do_one_thing(browser: Browser, address: str):
    """A list of errors, the dialog that clears, an entry that is added and one that is removed."""
    with hand(browser, "mouse", WINDOWS[2]) as one:
        page = one.page
        page.goto(f"{address}tools/time-limits/")
        page.locator("html[data-tool=on]").wait_for()
        press_twice([one], "#tool-form [type=submit]", 0.2)
        expect(page.locator(".cse-errors")).to_be_focused()
        page.locator("#made-at").fill("2026-11-23T10:30")
        press_twice([one], "#tool [data-clear]", 0.3)
        expect(page.locator("#clear-dialog")).to_be_visible()
        expect(page.locator("#made-at")).to_have_value("2026-11-23T10:30")
        takes_presses(page)
        page.locator("[data-clear-yes]").click()
        page.goto(f"{address}tools/information-for-the-police/")
        page.locator("html[data-tool=on]").wait_for()
        entries = page.locator("[data-entries]").first.locator("[data-entry]")
        press_twice([one], "[data-add] >> nth=0", 0.2)
        expect(entries).to_have_count(2)
        press_twice([one], "[data-add] >> nth=0", 0.3)
        expect(entries).to_have_count(3)
        press_twice([one], "[data-remove] >> nth=0", 0.3)
        expect(entries).to_have_count(2)


def test_two_clicks_on_the_page_with_the_decision_do_one_thing(browser: Browser, address: str):
    """What stands beside a decision: here the engine is at work."""
    with hand(browser, "touch", WINDOWS[1], engine=True) as one:
        one.page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
        wizard = Wizard(one.page, address).open()
        wizard.dash({**CHILD_OF_14, "aged_12_to_17.category_1": "evidence", "judgement.outcome": "category_1"})
        wizard.decision("early_help")
        held = one.page.evaluate(HELD)
        press_twice([one], "#taking-away [data-print]", 0.2)
        assert one.page.evaluate("window.printed") == 1
        press_twice([one], "#taking-away [data-go=check]", 0.3)
        at([one], "check")
        assert one.page.evaluate(HELD) == held
