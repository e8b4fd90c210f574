"""Opening records in the page, on a site whose rules have changed since: the rules of a record's day are still there.

The site of these tests is the built one with the rules of a later version (tests/changed_rules.py); today's rules, by
which the test makes its records, are published there as the older ones.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from build_scripts.bundle.assemble import lay_out_published
from build_scripts.bundle.publish_engine import publish
from build_scripts.bundle.published_engines import read_published
from build_scripts.bundle.wheel import EngineWheel, build_wheel
from build_scripts.workshop.serve import start_server
from cse_pathway import load, record_json
from cse_pathway.record import FORMAT
from tests.browser.tool_steps import ROOT, Tool, for_everyone, kept_open
from tests.browser.watching import Watch
from tests.changed_rules import VERSION, changed_wheel

RULES = load()
NO_DANGER = dict.fromkeys((path.removeprefix("now.") for path in RULES.inputs if path.startswith("now.")), "no")
EARLIER: dict[str, Any] = {
    "as_of": "2026-09-21T10:30",
    "area": "solihull",
    "child": {"age": 14},
    "now": NO_DANGER,
    "aged_12_to_17": {"category_1": "evidence", "category_2": "suspected", "category_3": "none"},
    "judgement": {"outcome": "category_2", "reason": "Gifts from\nan adult", "consulted": "Safeguarding lead"},
    "indicators": {"missing-from-home": {"seen": "evidence", "when": "recent", "note": "three nights"}},
}
LATER = {
    **EARLIER,
    "as_of": "2026-11-23T10:30",
    "aged_12_to_17": {"category_1": "evidence", "category_2": "none", "category_3": "none"},
    "judgement": {"outcome": "category_1", "reason": "", "consulted": ""},
}
NEEDED_NOW = "Refer the child to Children's Services (MASH) and send the completed screening tool with the referral."
MAKE = "import sys; sys.path.insert(0, sys.argv[1]); from cse_pathway import record_json as r; print(r(*sys.argv[2:]))"


def a_record(answers: dict[str, Any], /, **changes: Any) -> str:
    """A record as the wizard saves it under today's rules; `changes` replace parts of it."""
    made = record_json(json.dumps(answers), '{"name": "", "role": "teacher"}', answers["as_of"])
    return json.dumps({**json.loads(made), **changes})


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> EngineWheel:
    """The engine with the rules of the later version."""
    wheel = build_wheel(tmp_path_factory.mktemp("wheel"))
    return changed_wheel(wheel.path, tmp_path_factory.mktemp("later"))


@pytest.fixture(scope="module")
def later_site(site: Path, later: EngineWheel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after the rules have changed: the later engine runs, today's is published."""
    made = tmp_path_factory.mktemp("site") / "later"
    shutil.copytree(site, made)
    folder = made / "assets" / "engine"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    published = tmp_path_factory.mktemp("published")
    publish(build_wheel(tmp_path_factory.mktemp("today")), published)
    shutil.rmtree(folder / "published", ignore_errors=True)
    manifest["published"] = {}
    lay_out_published(folder, manifest, read_published(published)[0], published)
    shutil.copyfile(later.path, folder / manifest["engine"]["wheel"])
    manifest["engine"]["sha256"] = later.sha256
    (folder / "manifest.mjs").write_text(f"export const MANIFEST = {json.dumps(manifest)};", "utf-8")
    return made


@pytest.fixture(scope="module")
def address(later_site: Path) -> Iterator[str]:
    """Where that site is served."""
    server = start_server(later_site, under="/procedures/")
    yield server.address
    server.shutdown()
    server.server_close()


class Records(Tool):
    """The page that opens records."""

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        super().__init__(page, address, "tools/records")
        self.folder = folder

    def choose(self, text: str, slot: str = "first") -> None:
        """Choose a file with this text."""
        file = self.folder / f"{sha256(text.encode()).hexdigest()[:12]}.json"
        file.write_text(text, "utf-8")
        self.page.locator(f"#{slot}-record").set_input_files(file)

    def opened(self, text: str, slot: str = "first") -> str:
        """Choose a record and wait for it; gives how it was checked."""
        self.choose(text, slot)
        expect(self.page.locator(f"#{slot}-said .rec-is-open")).to_be_visible()
        return self.page.locator("[data-checked]").first.get_attribute("data-checked") or ""


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Records, Watch]]:
    """One page for the tests that leave it clean: Python starts once."""
    folder = tmp_path_factory.mktemp("files")
    with kept_open(browser, address, lambda page: Records(page, address, folder)) as opened:
        yield opened


@pytest.fixture
def records(shared: tuple[Records, Watch]) -> Records:
    """The shared page, with nothing open."""
    tool, _ = shared
    tool.page.emulate_media(media="screen")
    tool.page.evaluate("sessionStorage.clear()")
    tool.clear()
    expect(tool.page.locator("#records")).to_be_hidden()
    return tool


def test_a_record_opens_under_its_own_rules_beside_todays(records: Records, shared: tuple[Records, Watch]):
    """The engine of its day decides it as it was; what today's rules say otherwise stands beside it; nothing leaves.

    The site asks for the published wheel, and for nothing but its own files; nothing is stored.
    """
    loaded = len(shared[1].requests)
    assert records.opened(a_record(EARLIER)) == "own"
    shown = records.page.locator("#records-body")
    expect(shown).to_contain_text(f"Made under rules {RULES.version}, and opened under them")
    expect(shown).to_contain_text(f"Today’s rules are {VERSION}.")
    expect(shown.locator(".rec-summary")).to_contain_text("Refer to Children's Services")
    expect(shown.locator(".rec-summary")).to_contain_text("Category 2: significant risk of harm")
    expect(shown.locator(".rec-plan")).to_contain_text(NEEDED_NOW)
    expect(shown.locator(".rec-removed")).to_contain_text(NEEDED_NOW)
    expect(shown.locator("h4", has_text="Only under its own rules")).to_be_visible()
    expect(shown.locator(".rec-answers")).to_contain_text("three nights")
    expect(shown.locator(".rec-answers")).to_contain_text("Gifts from\nan adult", use_inner_text=True)
    assert any(f"/published/{RULES.version}/" in asked for asked in shared[1].requests[loaded:])
    assert not [asked for asked in shared[1].requests if asked.endswith("python_stdlib.zip")], (
        "the trimmed library serves"
    )
    assert records.kept() == [0, 0, ""]
    for_everyone(records.page)


def test_a_record_of_todays_rules_needs_no_second_engine(
    records: Records, shared: tuple[Records, Watch], later: EngineWheel
):
    """Where the rules have not changed since, the record is checked at once and nothing more is asked for."""
    loaded = len(shared[1].requests)
    arguments = (str(later.path), json.dumps(EARLIER), "", "2031-02-01T09:00")
    made = subprocess.run([sys.executable, "-c", MAKE, *arguments], capture_output=True, text=True, check=True).stdout
    assert records.opened(made) == "today"
    assert shared[1].requests[loaded:] == []
    expect(records.page.locator("#records-body")).to_contain_text("Nobody is named")
    expect(records.page.locator("#records-body")).not_to_contain_text("The same answers under today’s rules")


def test_a_record_whose_rules_are_not_kept_is_still_read_and_that_is_said(records: Records):
    """What can be read is shown as it stands; it is said that nobody could check it, and what today's rules miss."""
    rules = {"version": "2020.1.1", "sha256": "0" * 64}
    decision = {**json.loads(a_record(EARLIER))["decision"], "rules": rules}
    case = {**EARLIER, "old_question": "yes", "toString": "constructor", "list": ["a_b", None]}
    assert records.opened(a_record(EARLIER, rules=rules, decision=decision, case=case)) == "not-published"
    shown = records.page.locator("#records-body")
    expect(shown.locator(".rec-checked")).to_contain_text("which this site does not keep")
    expect(shown.locator(".rec-plan")).to_contain_text(NEEDED_NOW)
    expect(shown).to_contain_text("Today’s rules cannot decide these answers:")
    expect(shown.locator(".rec-answers")).to_contain_text("Old question")
    records.opened(a_record(LATER), "second")
    expect(shown.locator(":scope > .cse-panel--warning")).to_contain_text("The earlier record is not checked")


def test_two_records_are_compared_whichever_was_chosen_first(records: Records):
    """Their dates tell the earlier one. A fall asks for reasons, other agencies' view, and whether it stopped."""
    records.opened(a_record(LATER))
    records.opened(a_record(EARLIER), "second")
    shown = records.page.locator(".rec-comparison")
    expect(shown).to_contain_text(
        "Earlier: Monday 21 September 2026 at 10:30. Later: Monday 23 November 2026 at 10:30."
    )
    asks = shown.locator("[data-ask]")
    assert asks.evaluate_all("all => all.map((one) => one.dataset.ask)") == [
        "give-reasons", "ask-other-agencies", "has-it-stopped",
    ]  # fmt: skip
    expect(asks.last).to_contain_text("IICSA Organised networks")
    expect(shown.locator(".rec-pairs").first).to_contain_text("Lower than last time")
    changed = shown.locator(".rec-pairs").nth(1).locator("> div").all_inner_texts()
    assert [one.split("\n")[1:3] for one in changed if one.startswith("Category 2")] == [
        ["Earlier: Suspected", "Later: No"]
    ]
    expect(shown.locator(".rec-removed").first).to_contain_text(NEEDED_NOW)
    for_everyone(records.page)
    records.page.emulate_media(media="print")
    expect(shown.locator(".rec-line")).to_have_count(9)
    expect(shown.locator(".rec-line").first).to_be_visible()
    expect(records.page.locator("#tool-form")).to_be_hidden()
    expect(records.page.locator("[data-screen-again]")).to_be_hidden()
    records.page.emulate_media(media="screen")


def test_the_same_record_twice_and_records_of_two_children_are_told(records: Records):
    """Comparing a record with itself says nothing; two dates of birth are hardly one child."""
    records.opened(a_record(EARLIER))
    records.opened(a_record(EARLIER), "second")
    expect(records.page.locator("#records-body")).to_contain_text("Both files hold the same record.")
    records.opened(a_record({**LATER, "child": {"age": 13}}), "second")
    expect(records.page.locator("#records-body")).to_contain_text("The later record gives a lower age.")


def test_screening_again_hands_the_later_record_to_the_wizard_in_this_tab(records: Records):
    """The text goes letter by letter into the tab's own storage, and nowhere else, when the button is pressed."""
    text = a_record(LATER)
    records.opened(a_record(EARLIER))
    records.opened(text, "second")
    blank = "<!doctype html><html lang=en><title>Wizard</title></html>"
    records.page.route("**/screening/", lambda route: route.fulfill(body=blank, content_type="text/html"))
    records.page.get_by_role("button", name="Screen this child again").click()
    records.page.wait_for_url("**/screening/#rescreen")
    assert records.page.evaluate("[...Object.entries(sessionStorage)]") == [["cse-rescreen", text]]
    assert records.page.evaluate("localStorage.length") == 0
    records.page.unroute("**/screening/")
    records.open()


REFUSED = {
    "no JSON": ("not JSON", "cannot be read as a record"),
    "a case": (json.dumps(EARLIER), "holds no decision of the wizard"),
    "newer": (a_record(EARLIER, format=FORMAT + 1), "saved by a newer edition"),
    "altered": (
        a_record(EARLIER, decision={**json.loads(a_record(EARLIER))["decision"], "route": "early_help"}),
        "altered after it was made",
    ),
    "not whole": (a_record(EARLIER, judged_by=5), "missing or not as they were written"),
    "too big": (" " * 2_000_001, "too large"),
}


def test_what_is_no_record_is_refused_in_plain_words(records: Records):
    """Why a file is not opened, and what to do; the other record stays open; a good file then takes its place.

    The altered one is seen by its own rules alone: today's cannot know what those decided.
    """
    records.opened(a_record(EARLIER), "second")
    for name, (text, says) in REFUSED.items():
        records.choose(text)
        expect(records.page.locator("#first-said .cse-error"), name).to_contain_text(says)
        expect(records.page.locator("#first-record")).to_have_attribute("aria-invalid", "true")
        expect(records.page.locator(".rec-opened")).to_have_count(1)
    records.opened(a_record(LATER))
    expect(records.page.locator("#first-said .cse-error")).to_have_count(0)
    expect(records.page.locator(".rec-comparison")).to_be_visible()


@pytest.mark.expects_errors
def test_a_damaged_engine_of_older_rules_is_not_used_and_a_retry_takes_the_mended_one(
    page: Page, context: BrowserContext, address: str, tmp_path: Path
):
    """A wheel that does not hash to what the build wrote down checks nothing; the record is shown as not checked."""
    context.route("**/published/**/*.whl", lambda route: route.fulfill(body=b"damaged"))
    records = Records(page, address, tmp_path)
    records.open()
    assert records.opened(a_record(EARLIER)) == "failed"
    expect(page.locator(".rec-checked")).to_contain_text("arrived damaged")
    expect(page.locator(".rec-plan")).to_contain_text(NEEDED_NOW)
    context.unroute("**/published/**/*.whl")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-checked=own]")).to_be_visible()


@pytest.mark.expects_errors
def test_a_blocked_runtime_keeps_the_chosen_file_and_a_retry_opens_it(
    page: Page, context: BrowserContext, address: str, tmp_path: Path
):
    """What was chosen need not be chosen again when the connection is back."""
    context.route("**/*.wasm", lambda route: route.abort())
    records = Records(page, address, tmp_path)
    records.open()
    records.choose(a_record(EARLIER))
    expect(page.locator("#tool-engine")).to_contain_text("Records cannot be opened just now")
    expect(page.locator("#records")).to_be_hidden()
    context.unroute("**/*.wasm")
    page.locator("#tool-engine").get_by_role("button", name="Try again").click()
    expect(page.locator("[data-checked=own]")).to_be_visible()
    expect(page.locator("#tool-engine")).to_be_hidden()


def test_without_javascript_the_page_says_what_serves_instead(browser: Browser, address: str):
    """No control that does nothing: the form is not there; the printed record and screening again are named."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{address}tools/records/")
    expect(page.locator(".tool-without")).to_contain_text("Opening a record needs JavaScript")
    expect(page.locator("#tool-form")).to_be_hidden()
    expect(page.locator("[data-exit]")).to_be_hidden()
    context.close()


def test_the_page_reads_the_newest_format_of_the_engine():
    """The page and the engine agree on which format is the newest: else good records would be refused as newer."""
    script = (ROOT / "site_overrides" / "assets" / "records" / "record_file.mjs").read_text("utf-8")
    assert f"NEWEST_FORMAT = {FORMAT};" in script


def test_the_references_of_a_comparison_have_their_titles_on_the_page():
    """What the comparison names by id is shown by its title."""
    from build_scripts.wizard.answer_labels import COMPARISON_REFERENCES
    from cse_pathway.compare import _ASKS

    assert {name for ask in _ASKS for name in ask["references"]} == set(COMPARISON_REFERENCES)
