"""What every browser test stands on: the built site, a server for it, a Chromium, and a page that must keep clean.

- `site`: the folder of the built site: the one named by SITE_DIR, else built once for the run
- `address`: where that site is served, below a path of its own (/procedures/), as a host may serve it
- `browser`: one Chromium for the run
- `page`: a new page in a context of its own. The test fails when the page asks any other origin for anything, and when
  it writes an error to its console or throws one (unless marked `expects_errors`)
- `watch`: what `page` asked for and complained of so far
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from build_scripts.workshop.browsers import FLAGS, find_chromium
from build_scripts.workshop.serve import start_server
from tests.browser.watching import Watch, watched

SLOW_MACHINE = 60_000
"""Milliseconds: starting Python in the page takes its time where several tests share two cores."""


@pytest.fixture(scope="session")
def site(built_site: Path) -> Path:
    """The built site (tests/conftest.py)."""
    return built_site


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, with a slash at the end."""
    server = start_server(site, under="/procedures/")
    yield server.address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run."""
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("No Chromium is on this machine: 'make test' installs one, or says how to get it")
    expect.set_options(timeout=SLOW_MACHINE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A context of its own: nothing kept from another test."""
    made = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    made.set_default_timeout(SLOW_MACHINE)
    yield made
    made.close()


@pytest.fixture
def watch(context: BrowserContext, address: str, request: pytest.FixtureRequest) -> Iterator[Watch]:
    """Watches every page of the test's context, and fails the test for what must not happen."""
    seen = watched(context, address)
    yield seen
    assert seen.elsewhere() == [], "the page asked other origins than the site's own"
    if request.node.get_closest_marker("expects_errors") is None:
        assert seen.errors == [], "the page wrote errors to its console"


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:  # noqa: ARG001 (watching is the point)
    """A new page, watched."""
    return context.new_page()
