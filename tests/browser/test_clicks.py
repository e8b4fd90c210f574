"""One click answers one question: a double-click, a held key or an early tap does nothing on what comes up.

The engine's WebAssembly is never answered where no decision is needed: the wizard asks its questions without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.tool_steps import Tool
from tests.browser.watching import takes_presses
from tests.browser.wizard_steps import ANSWER, CHILD_OF_14, NO_DANGER, Wizard

GAPS = (0.05, 0.2, 0.3, 0.5)
"""Seconds between the two clicks of a double-click, from quick to slow."""
WINDOWS = ((1280, 720), (390, 844), (360, 740))
HELD = "() => Object.fromEntries(new FormData(document.getElementById('wizard-form')))"
LISTEN = """document.addEventListener("click", (event) => {
  if (event.isTrusted && event.detail > 0) (window.reached ??= []).push(event.target.outerHTML.slice(0, 80));
});"""
"""Notes each click that reached the page; a label's own click on its control counts too."""
REACHED = "() => (window.reached ?? []).splice(0)"


class Hand:
    """A mouse or a finger on one page. Presses where something stands, and again where it stood."""

    def __init__(self, page: Page, by: str) -> None:
        self.page = page
        self.by = by
        self.x = self.y = self.pressed = 0.0

    def over(self, target: Locator) -> Hand:
        """Wait until the page takes presses, and aim at the middle of something."""
        takes_presses(self.page)
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box, f"{target} cannot be seen"
        self.x, self.y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        return self

    def press(self) -> None:
        """Press once, where the hand is. A mouse says that this is no double-click, so the page has to know by itself."""
        self.pressed = time.monotonic()
        if self.by == "touch":
            self.page.touchscreen.tap(self.x, self.y)
        else:
            self.page.mouse.click(self.x, self.y)

    def press_again(self, gap: float) -> None:
        """Press once more, so long after the press before: a system counts from press to press."""
        time.sleep(max(0.0, self.pressed + gap - time.monotonic()))
        self.press()


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
    """This page of the journey is open in every window, in the wizard's own document, and no dialog is."""
    for one in hands:
        found = one.page.evaluate("[document.getElementById('wizard')?.dataset.page, !!document.querySelector('dialog[open]')]")
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
    by_touch = hands[0].by == "touch"
    wizards = [Wizard(one.page, address).open(ready=False) for one in hands]
    journey = [*wizards[0].dash(CHILD_OF_14), "decision"]
    wizards[0].clear()
    for number, (page, after) in enumerate(zip(journey, journey[1:], strict=False)):
        at(hands, page)
        held = answered(hands, CHILD_OF_14)
        press_twice(hands, CONTINUE, GAPS[(number + by_touch) % 4])
        at(hands, after)
        assert [one.page.evaluate(HELD) for one in hands] == held, f"a second click on {page} answered {after}"
    for number, before in enumerate(reversed(journey[:-1])):
        press_twice(hands, BACK, GAPS[(number + by_touch + 2) % 4])
        at(hands, before)
    assert [one.page.evaluate(HELD) for one in hands] == held
