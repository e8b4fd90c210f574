"""What a page asked for and complained of."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page


@dataclass
class Watch:
    """What the pages of a context asked for and complained of."""

    origin: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def elsewhere(self) -> list[str]:
        """Every address asked for that is not the site's own."""
        asked = [url for url in self.requests if urlsplit(url).scheme not in ("data", "blob")]
        return [url for url in asked if not url.startswith(self.origin)]


def watched(context: BrowserContext, address: str) -> Watch:
    """Watch every page of a context from now on."""
    watch = Watch("{0.scheme}://{0.netloc}/".format(urlsplit(address)))

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            watch.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    context.on("request", lambda asked: watch.requests.append(asked.url))
    context.on("console", console)
    context.on("weberror", lambda thrown: watch.errors.append(f"thrown: {thrown.error}"))
    return watch


TAKES_PRESSES = """() => !("held" in document.documentElement.dataset)
  && getComputedStyle(document.body).pointerEvents !== 'none'
"""


def takes_presses(page: Page) -> None:
    """Wait as a person does: what just came up takes no press for a moment (guard.mjs; html[data-held]).

    Playwright's own clicks wait for that; keys, and a mouse that is moved by hand, do not.
    """
    page.wait_for_function(TAKES_PRESSES)
