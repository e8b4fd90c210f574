"""Using the tools beside the wizard as a person would, and holding a page against what everybody needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.watching import Watch, takes_presses, watched

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STORED = "() => [localStorage.length, sessionStorage.length, document.cookie]"
BROADER_THAN_THE_WINDOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll(
    '#tool button, #tool .cse-choice, #tool summary, #tool .cse-input, #tool .cse-textarea, #tool [type=file]')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)"""

T = TypeVar("T", bound="Tool")


class Tool:
    """One tool in a browser page."""

    def __init__(self, page: Page, address: str, name: str) -> None:
        self.page = page
        self.address = f"{address}{name}/"

    def open(self) -> Tool:
        """Open the tool and wait until its script is at work."""
        self.page.add_init_script(path=AXE)
        self.page.goto(self.address)
        self.page.locator("html[data-tool=on]").wait_for()
        self.page.wait_for_load_state("load")
        return self

    def field(self, name: str) -> Locator:
        """The control of a field: section.field, or section.1.field in a list of entries."""
        return self.page.locator(f'[name="{name}"]')

    def fill(self, **values: str) -> None:
        """Type into fields; `__` in a key stands for the full stop of its name."""
        for key, value in values.items():
            self.field(key.replace("__", ".").replace("_", "-")).fill(value)

    @property
    def text(self) -> str:
        """The plain text as it would be copied."""
        return self.page.locator("#tool-text").text_content() or ""

    def paper(self) -> str:
        """What stands on paper, and nothing of the controls."""
        self.page.emulate_media(media="print")
        expect(self.page.locator("#tool-form")).to_be_hidden()
        expect(self.page.locator("#tool-paper")).to_be_visible()
        printed = self.page.locator("#tool-paper").inner_text()
        self.page.emulate_media(media="screen")
        return printed

    def clear(self) -> None:
        """Clear everything, where there is something to clear."""
        button = self.page.locator("#tool [data-clear]")
        if button.is_visible():
            button.click()
            self.page.locator("[data-clear-yes]").click()
            expect(button).to_be_hidden()
            takes_presses(self.page)

    def reminders(self) -> list[str]:
        """The reminders that are shown."""
        return self.page.locator("#tool-reminders li").all_inner_texts()

    def kept(self) -> list[Any]:
        """How much the browser keeps: local storage, session storage, cookies."""
        found: list[Any] = self.page.evaluate(STORED)
        return found


@contextmanager
def kept_open(browser: Browser, address: str, make: Callable[[Page], T]) -> Iterator[tuple[T, Watch]]:
    """One page of a tool for several tests that leave it clean, since starting Python takes its time.

    Gives the tool and what its page asked for so far; fails as the fixture `watch` does.
    """
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(60_000)
    watch = watched(context, address)
    tool = make(context.new_page())
    tool.open()
    tool.page.locator("html[data-engine=ready]").wait_for()
    yield tool, watch
    context.close()
    assert watch.elsewhere() == [], "the page asked other origins than the site's own"
    assert watch.errors == [], "the page wrote errors to its console"


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with the page as it stands; `rules`: only these."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def for_everyone(page: Page) -> None:
    """Axe finds nothing in light, dark and forced colours; no sideways scrolling at 320 pixels; targets 44 high."""
    before = page.viewport_size
    assert faults(page) == []
    for media in ({"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}):
        page.emulate_media(**media)  # type: ignore[arg-type]
        assert faults(page, "color-contrast") == [], media
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(BROADER_THAN_THE_WINDOW) <= 0, "the page scrolls sideways at 320 pixels"
    assert page.evaluate(SMALL_TARGETS) == []
    if before:
        page.set_viewport_size(before)
