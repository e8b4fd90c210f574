"""Driving the machine's own Firefox by WebDriver BiDi, the protocol that a released Firefox speaks by itself.

Playwright drives only a Firefox of its own making, which would have to be downloaded. This has the few commands that
our journeys need; clicks and keys go through the browser as a person's would.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.paper import AS_WIDE_AS_ARIAL
from tests.browser.watching import TAKES_PRESSES

SECONDS = 60
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.region.update.enabled": False,
    "intl.locale.requested": "en-GB",
}
"""What keeps Firefox from asking anything of the network for itself."""
CLOCK = """() => {
  const Machine = Date;
  const now = () => Machine.now() + AHEAD;
  globalThis.Date = class Date extends Machine {
    constructor(...given) { given.length ? super(...given) : super(now()); }
    static now() { return now(); }
  };
}"""
"""Sets a page's clock ahead of the machine's by so many milliseconds."""


@dataclass
class Firefox:
    """A Firefox with one tab."""

    socket: ClientConnection
    tab: str = ""
    last: int = 0
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def do(self, method: str, **params: Any) -> Any:
        """Give a command and wait for its result, noting the events that come meanwhile."""
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=SECONDS))
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message["id"] == self.last:
                assert message["type"] == "success", f"{method}: {message['error']}: {message['message']}"
                return message["result"]

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])
        elif params["level"] == "error":
            self.errors.append(params["text"])

    def goto(self, address: str) -> None:
        """Open an address in the tab."""
        self.do("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a function of the page gives, as JSON carries it; a promise is waited for."""
        result = self.do(
            "script.callFunction",
            functionDeclaration=f"async (text) => JSON.stringify(await ({function})(...JSON.parse(text)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert result["type"] == "success", result.get("exceptionDetails", {}).get("text")
        return json.loads(result["result"]["value"])

    def keep_our_time(self) -> None:
        """Give every page the clock of this Python, which may run under faketime; Firefox under faketime hangs."""
        ahead = round(time.time() * 1000) - int(self.evaluate("() => Date.now()"))
        if abs(ahead) > SECONDS * 1000:
            self.do("script.addPreloadScript", functionDeclaration=CLOCK.replace("AHEAD", str(ahead)))

    def wait(self, function: str, *arguments: Any) -> Any:
        """Wait until a function of the page gives something true, and give it."""
        until = time.monotonic() + SECONDS
        while not (found := self.evaluate(function, *arguments)):
            assert time.monotonic() < until, f"still not true after {SECONDS} s: {function} {arguments}"
            time.sleep(0.05)
        return found

    def click(self, selector: str, *, again: int | None = None) -> None:
        """Click the middle of the first element that a selector finds and that is to be seen.

        `again`: and once more after so many milliseconds.
        """
        self.wait(TAKES_PRESSES)
        seen = "one => [...document.querySelectorAll(one)].findIndex((found) => found.checkVisibility()) + 1"
        place = self.wait(seen, selector) - 1
        scroll = "(one, at, how) => document.querySelectorAll(one)[at].scrollIntoView(how)"
        self.evaluate(scroll, selector, place, {"block": "center", "behavior": "instant"})
        found = self.do("browsingContext.locateNodes", context=self.tab, locator={"type": "css", "value": selector})
        origin = {"type": "element", "element": {"sharedId": found["nodes"][place]["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        press: list[dict[str, Any]] = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        if again is not None:
            press += [{"type": "pause", "duration": again}, *press]
        mouse = {"type": "pointer", "id": "mouse", "actions": [move, *press]}
        self.do("input.performActions", context=self.tab, actions=[mouse])

    def type(self, text: str) -> None:
        """Type where the focus is."""
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self.do("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def print(self) -> bytes:
        """The page on A4, as PDF."""
        page = {"width": 21.0, "height": 29.7}
        size = {"scale": self.evaluate(AS_WIDE_AS_ARIAL), "shrinkToFit": False}  # which would be another scale
        printed = self.do("browsingContext.print", context=self.tab, page=page, background=False, **size)
        return base64.b64decode(printed["data"])


@contextmanager
def started(program: Path, profile: Path) -> Iterator[Firefox]:
    """Start Firefox without a window, in a profile of its own, and end it."""
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    profile.joinpath("user.js").write_text("\n".join(lines), "utf-8")
    command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
    environment = {name: value for name, value in os.environ.items() if "libfaketime" not in value}
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True
    ) as process:
        try:
            with connect(f"{_address(process)}/session", max_size=None) as socket:
                firefox = Firefox(socket)
                firefox.do("session.new", capabilities={})
                firefox.do("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
                # A tab of our own: the one that Firefox starts with never gets the focus.
                firefox.tab = firefox.do("browsingContext.create", type="tab")["context"]
                firefox.keep_our_time()
                yield firefox
                firefox.do("browser.close")
            process.communicate(timeout=SECONDS)
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    """Where Firefox listens, which it says when it does."""
    assert process.stderr is not None
    for line in process.stderr:
        if "WebDriver BiDi listening on " in line:
            return line.rsplit(" ", 1)[1].strip()
    raise RuntimeError(f"Firefox ended before it listened (exit code {process.wait()})")
