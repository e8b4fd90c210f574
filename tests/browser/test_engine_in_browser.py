"""The engine in the page: Python in a worker, installed by micropip from the site's own files; and when that fails.

The engine is tried on a page with nothing else on it, below a path, under the strictest policy it must work with.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route

from build_scripts.bundle.runtime.profile_cases import PROFILE_CASES
from build_scripts.workshop.serve import start_server
from cse_pathway import __version__, decide_json

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data:"
)
HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Engine</title><link rel="icon" href="data:,"></head>
<body><script type="module" src="page.mjs"></script></body></html>
"""
SCRIPT = """import { createEngine } from "./assets/engine/client.mjs";
const seconds = (name, usual) => Number(new URLSearchParams(location.search).get(name) ?? usual);
const engine = createEngine({ loadSeconds: seconds("load", 180), callSeconds: seconds("call", 60) });
const heard = [];
engine.onState((state, failure) => {
  heard.push({ state, reason: failure?.reason ?? null, message: failure?.message ?? "" });
});
Object.assign(window, { engine, heard });
"""
CASE = PROFILE_CASES[0]
ASK = """async (text) => {
  try { return { decision: await engine.decide(text) }; }
  catch (failure) { return { reason: failure.reason ?? null, message: failure.message }; }
}"""


@pytest.fixture
def alone(site: Path, tmp_path: Path) -> Path:
    """A copy of the site's engine with a bare page, for the test to damage."""
    shutil.copytree(site / "assets" / "engine", tmp_path / "assets" / "engine")
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    (tmp_path / "page.mjs").write_text(SCRIPT, "utf-8")
    return tmp_path


@pytest.fixture
def address(alone: Path) -> Iterator[str]:
    """Where the bare page is served: below a path, under the strict policy."""
    server = start_server(alone, under="/any/path/", headers={"Content-Security-Policy": POLICY})
    yield server.address
    server.shutdown()
    server.server_close()


def _manifest(alone: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((alone / "assets" / "engine" / "manifest.json").read_text("utf-8"))
    return manifest


def _change_manifest(alone: Path, manifest: dict[str, Any]) -> None:
    (alone / "assets" / "engine" / "manifest.mjs").write_text(
        f"export const MANIFEST = {json.dumps(manifest)};", "utf-8"
    )


def _wait_for(page: Page, state: str) -> dict[str, Any]:
    page.wait_for_function("(state) => window.engine?.state === state", arg=state)
    heard: dict[str, Any] = page.evaluate("heard.at(-1)")
    return heard


def test_the_browser_decides_byte_for_byte_as_the_command_line_does(page: Page, address: str) -> None:
    """Same case, same rules, same bytes, wherever the engine runs; for cases that cannot be read as well."""
    page.goto(address)
    texts = [*PROFILE_CASES, '{"as_of": "2026-11-23T10:30", "area": "Żółw \U0001f422"}', "\x00", "null", "9" * 5000]
    in_the_browser = [page.evaluate("(text) => engine.decide(text)", text) for text in texts]
    assert in_the_browser == [decide_json(text) for text in texts]


def test_the_profile_cases_take_every_route() -> None:
    """What the trimmed library holds is what these cases import, so they must miss none of the nine routes."""
    nine = "emergency adult refer_now ask_age refer ask_reason ask_judgement early_help no_cse_action"
    routes = {json.loads(decide_json(text)).get("route", "errors") for text in PROFILE_CASES}
    assert routes == {*nine.split(), "errors"}


def test_micropip_installs_the_engine_from_the_sites_own_wheel(page: Page, address: str, alone: Path) -> None:
    """The installed package is on record as micropip's work, from the wheel that lies on the site."""
    page.goto(address)
    about = json.loads(page.evaluate("engine.call('about')"))
    assert about["installed_by"] == "micropip"
    assert about["engine"] == __version__ == page.evaluate("engine.version")
    assert about["installed_from"] == address + "assets/engine/" + _manifest(alone)["engine"]["wheel"]


def test_nothing_is_asked_for_once_the_engine_is_ready_and_the_full_library_never(page: Page, address: str) -> None:
    """Answers about a child leave no trace on any server: after the start there is no request at all."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    _wait_for(page, "ready")
    before = len(asked)
    for text in PROFILE_CASES:
        page.evaluate(ASK, text)
    page.wait_for_timeout(500)
    assert asked[before:] == []
    assert [url for url in asked if url.endswith("python_stdlib.zip")] == []
    assert len(asked) == len(set(asked)), "nothing is fetched twice"


def test_a_call_that_the_engine_does_not_know_is_refused_and_the_engine_goes_on(page: Page, address: str) -> None:
    """Only the door's own table of calls can be reached from the page."""
    page.goto(address)
    refused = page.evaluate("engine.call('__import__', 'os').catch((reason) => reason.message)")
    assert "the engine has no call named '__import__'" in refused
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}


def test_rules_that_are_not_published_are_told_before_anything_is_fetched_for_them(page: Page, address: str) -> None:
    """An engine for unknown rules fails at once, and today's goes on; nobody waits for Python to hear it."""
    page.goto(address)
    refused = page.evaluate(
        """async () => {
          const { createEngine } = await import("./assets/engine/client.mjs");
          const failure = await createEngine({ rules: "0".repeat(64) }).ready.catch((reason) => reason);
          return [failure.reason, failure.message];
        }"""
    )
    assert refused == ["not-published", "The rules asked for are not kept on this site."]
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}


@pytest.mark.expects_errors
def test_a_damaged_wheel_is_not_used_and_a_retry_takes_the_mended_one(page: Page, address: str, alone: Path) -> None:
    """A wheel that does not hash to what the build wrote down is never installed: no decision beats a wrong one."""
    wheel = alone / "assets" / "engine" / _manifest(alone)["engine"]["wheel"]
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    page.goto(address)
    assert page.evaluate(ASK, CASE) == {"reason": "wheel-corrupt", "message": page.evaluate("heard.at(-1).message")}
    assert _wait_for(page, "failed") == {
        "state": "failed",
        "reason": "wheel-corrupt",
        "message": "The wizard's engine arrived damaged, so it was not used.",
    }
    wheel.write_bytes(whole)
    page.evaluate("engine.retry()")
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}
    assert page.evaluate("heard.map(({ state }) => state)") == ["loading", "failed", "loading", "ready"]


@pytest.mark.expects_errors
def test_damaged_compiled_modules_are_not_used(page: Page, address: str, alone: Path) -> None:
    """The compiled modules stand in for the wheel's sources, so they are checked as strictly."""
    compiled = alone / "assets" / "engine" / _manifest(alone)["engine"]["compiled"]
    compiled.write_bytes(compiled.read_bytes()[:-1] + b"\x01")
    page.goto(address)
    assert _wait_for(page, "failed")["reason"] == "wheel-corrupt"


@pytest.mark.expects_errors
@pytest.mark.parametrize(
    "what", ["worker.mjs", "manifest.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_trimmed.zip"]
)
def test_a_blocked_runtime_is_told_plainly_and_a_retry_works(page: Page, address: str, alone: Path, what: str) -> None:
    """Whatever part of the runtime cannot be had, the page hears of it at once, and can try again."""
    part = next((alone / "assets" / "engine").rglob(what))
    part.rename(part.with_suffix(".gone"))
    page.goto(address)
    assert page.evaluate(ASK, CASE)["reason"] == "runtime-blocked"
    failed = _wait_for(page, "failed")
    assert failed["message"] == (
        "The wizard's engine could not be loaded. The connection may be down, or this device may block it."
    )
    part.with_suffix(".gone").rename(part)
    page.evaluate("engine.retry()")
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}


@pytest.mark.expects_errors
def test_a_runtime_that_never_comes_times_out_and_a_retry_works(
    page: Page, context: BrowserContext, address: str
) -> None:
    """A connection that hangs must not leave the person waiting for ever."""
    hanging: list[Route] = []
    context.route("**/*.wasm", lambda route: hanging.append(route))
    page.goto(address + "?load=2")
    assert page.evaluate(ASK, CASE)["reason"] == "time-out"
    assert _wait_for(page, "failed")["message"] == "The wizard's engine took too long to answer."
    assert hanging, "the hanging request was the test's own"
    context.unroute("**/*.wasm")
    page.goto(address)
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}


@pytest.mark.expects_errors
@pytest.mark.parametrize(("query", "reason"), [("", "worker-died"), ("?call=1", "time-out")])
def test_a_killed_worker_rejects_what_waits_for_it_and_a_retry_works(
    page: Page, address: str, query: str, reason: str
) -> None:
    """A worker that dies says nothing: the page notices, rejects every waiting call, and can start a new one."""
    page.goto(address + query)
    _wait_for(page, "ready")
    page.workers[0].evaluate("self.onmessage = () => {}")  # from here on it answers nothing
    page.evaluate(
        "() => { window.waiting = [1, 2].map(() => engine.decide('{}').catch((failure) => failure.reason)); }"
    )
    if reason == "worker-died":
        page.workers[0].evaluate("self.close()")
    assert page.evaluate("Promise.all(waiting)") == [reason, reason]
    assert _wait_for(page, "failed")["reason"] == reason
    page.evaluate("engine.retry()")
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}


def test_an_import_beyond_the_trimmed_library_is_met_from_the_full_one(page: Page, address: str, alone: Path) -> None:
    """What the trimmed library leaves out still works, also in a package that it holds in part, for one request."""
    manifest = _manifest(alone)
    folder = alone / "assets" / "engine"
    wheel = folder / manifest["engine"]["wheel"]
    with zipfile.ZipFile(wheel) as built:
        files = {name: built.read(name) for name in built.namelist()}
    files["cse_pathway/__init__.py"] += b"\nimport colorsys\nimport email.mime.text\nassert email.mime.text.MIMEText\n"
    for path, content in ((wheel, files), (folder / manifest["engine"]["compiled"], {})):
        with zipfile.ZipFile(path, "w") as changed:
            for name, data in content.items():
                changed.writestr(name, data)
    manifest["engine"]["sha256"] = sha256(wheel.read_bytes()).hexdigest()
    manifest["engine"]["compiled_sha256"] = sha256((folder / manifest["engine"]["compiled"]).read_bytes()).hexdigest()
    _change_manifest(alone, manifest)
    asked: list[Request] = []
    page.context.on("request", lambda request: asked.append(request))
    page.goto(address)
    assert page.evaluate(ASK, CASE) == {"decision": decide_json(CASE)}
    assert [urlsplit(request.url).path.split("/")[-1] for request in asked].count("python_stdlib.zip") == 1
