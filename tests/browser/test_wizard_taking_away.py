"""What a person takes away from the result, what would change it, and what it says for the call; Python starts once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cse_pathway import calendar_text, open_record_json, what_if_json
from tests.browser.conftest import SLOW_MACHINE
from tests.browser.watching import watched
from tests.browser.wizard_steps import CHILD_OF_14, NO_DANGER, Wizard, first_number

CHILD = {**CHILD_OF_14, "child.date_of_birth": "4 5 2012"}  # 14 by the clock of the page
REFERRED = {
    **CHILD,
    "aged_12_to_17.category_2": "evidence",
    "judgement.outcome": "category_2",
    "referral.made_at": "2026-11-20T16:00",
}

NO_CLIPBOARD = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }"

NO_WHAT_IF = """() => {
  window.usual = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.function === 'what_if') message.function = 'none of the engine';
    return window.usual.call(this, message, ...rest);
  };
}"""


@pytest.fixture(scope="module")
def context_of_all(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """One context for the module, whose pages ask no other origin for anything and complain of nothing."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", accept_downloads=True)
    context.set_default_timeout(SLOW_MACHINE)
    watch = watched(context, address)
    yield context
    context.close()
    assert watch.elsewhere() == []
    assert watch.errors == []


@pytest.fixture(scope="module")
def shared(context_of_all: BrowserContext, address: str) -> Wizard:
    """One page for all; its clock stands on a Sunday night."""
    page = context_of_all.new_page()
    page.clock.install(time="2026-11-22T21:40:00Z")
    page.clock.resume()
    return Wizard(page, address).open()


@pytest.fixture
def wizard(shared: Wizard) -> Wizard:
    """The wizard without an answer."""
    return shared.clear()


def taken(page: Page, way: str, folder: Path) -> tuple[str, str]:
    """Press a button that saves a file: its name and its text."""
    with page.expect_download() as saving:
        page.locator(f"[data-take={way}]").click()
    path = folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return path.name, path.read_bytes().decode("utf-8")


def test_a_record_is_saved_whole_and_opens_again(wizard: Wizard, tmp_path: Path):
    """The file is the engine's record: case, decision, rules, date in its name; who judged only where it was typed."""
    wizard.dash(REFERRED)
    decided = wizard.decision("refer")
    name, text = taken(wizard.page, "save", tmp_path)
    assert name == "screening-record-2026-11-22-2140.json"
    opened = json.loads(open_record_json(text))
    assert opened["case"] == decided.case
    assert opened["decision_then"] == decided.data
    assert opened["judged_by"] == {"name": "", "role": ""}
    wizard.page.locator("summary", has_text="your own name").click()
    wizard.page.get_by_label("Your role").fill("Designated safeguarding lead")
    expect(wizard.page.get_by_label("Your role")).to_be_focused()  # typing there is no answer: nothing is shown anew
    _, named = taken(wizard.page, "save", tmp_path)
    assert json.loads(named)["judged_by"] == {"name": "", "role": "Designated safeguarding lead"}
    expect(wizard.page.locator(".wizard-said")).to_contain_text("is saved as")


def test_the_dates_become_a_calendar_file_only_where_there_are_dates(wizard: Wizard, tmp_path: Path):
    """The engine's calendar, byte for byte; without a date in the plan no such button stands there."""
    wizard.dash(REFERRED)
    decided = wizard.decision("refer")
    name, text = taken(wizard.page, "calendar", tmp_path)
    assert name == "screening-dates-2026-11-22-2140.ics"
    assert text == calendar_text(decided.case_text)
    wizard.clear().dash(NO_DANGER)
    wizard.decision("ask_age")
    assert wizard.page.locator("[data-take=calendar]").count() == 0


def test_the_plain_text_holds_plan_reasons_numbers_answers_and_rules(wizard: Wizard, context_of_all: BrowserContext):
    """Ready for a case system; where the clipboard is refused the text stands selected in a box."""
    wizard.dash(REFERRED)
    decided = wizard.decision("refer")
    context_of_all.grant_permissions(["clipboard-read", "clipboard-write"])
    wizard.page.locator("[data-take=copy]").click()
    expect(wizard.page.locator(".wizard-said")).to_contain_text("Copied")
    text = wizard.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    for action in decided.data["actions"]:
        assert action["what"] in text
    number = first_number("solihull", "emergency-duty-team")
    for said in ("Wednesday 25 November 2026", number, "S7(4), R12.5, R14.1", decided.data["rules"]["sha256"],
                 "- Category 2 fits: Yes, there is evidence", "Area: Solihull"):  # fmt: skip
        assert said in text, said
    wizard.page.evaluate(NO_CLIPBOARD)
    wizard.page.locator("[data-take=copy]").press("Enter")  # a second click so soon would count as a double-click
    box = wizard.page.locator("#plain-text")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == text


def test_at_night_every_action_that_names_the_mash_has_the_open_number_first(wizard: Wizard):
    """Closed now, by the area's hours (S8(3)): the emergency duty team comes first, and the page says why."""
    wizard.dash(REFERRED)
    wizard.decision("refer")
    for action in ("refer-to-mash-with-tool", "ask-for-outcome-of-referral"):
        shown = wizard.page.locator(f"[data-action={action}]")
        expect(shown.locator(".wizard-closed")).to_contain_text("Closed now: Multi-Agency Safeguarding Hub")
        numbers = [number.get_attribute("href") for number in shown.locator(".cse-phone").all()]
        assert numbers[0] == f"tel:{first_number('solihull', 'emergency-duty-team').replace(' ', '')}", numbers
    assert wizard.page.locator("[data-action=notify-coordinator] .wizard-closed").count() == 0


def test_the_result_says_what_to_have_ready_what_to_say_and_what_follows(wizard: Wizard):
    """Before and in the call, what comes next by when, what to do if told no further action; each with its ground."""
    wizard.dash(REFERRED)
    wizard.decision("refer")
    assert wizard.page.locator("#decision details[open]").count() == 0  # nothing unfolds by itself
    parts = wizard.page.locator("#decision .wizard-result-part")
    assert parts.evaluate_all("all => all.map(one => one.dataset.part)") == [
        "have-ready", "say", "next", "no-further-action",
    ]  # fmt: skip
    for item in parts.locator("li").all():
        assert item.locator(".cite, .wizard-inferred").count() > 0, item.inner_text()
    expect(parts.nth(2)).to_contain_text("within 3 working days")
    prompts = wizard.page.locator("#decision .wizard-bear summary").all_inner_texts()
    assert prompts == [
        "Boys and young men", "Disability and additional needs", "Culture, faith and family honour", "Harm online",
        "Other children",
    ]  # fmt: skip
    wizard.clear().dash({**CHILD, "aged_12_to_17.category_1": "evidence", "judgement.outcome": "category_1"})
    wizard.decision("early_help")
    assert parts.evaluate_all("all => all.map(one => one.dataset.part)") == ["next-early-help"]
    own_worker = {
        "setting": "social_care", "child.status": "known_to_childrens_services", "allocated_worker": "true",
        "aged_12_to_17.category_3": "evidence", "judgement.outcome": "category_3",
    }  # fmt: skip
    wizard.clear().dash({**CHILD, **own_worker})
    wizard.decision("assess")
    assert parts.evaluate_all("all => all.map(one => one.dataset.part)") == ["police-discussion", "updated-assessment"]


def test_what_would_change_the_decision_is_the_engine_s_and_links_to_what_to_find_out(wizard: Wizard):
    """Unknown answers that matter most, each with a link; no advice to change an answer (R12.3)."""
    wizard.dash({**REFERRED, "aged_12_to_17.category_3": "not_known", "now.significant_harm": "not_known"})
    decided = wizard.decision("refer")
    section = wizard.page.locator("#what-if[data-state=told]")
    found = json.loads(what_if_json(decided.case_text))
    first = section.locator("#find-out-first li")
    assert first.count() == len(found["find_out"]) > 0
    expect(first.first).to_contain_text("Risk of significant harm")
    expect(first.first).to_contain_text("Yes: Ring Children's Services now.")
    assert section.locator("details").count() == bool(found["raise"]) + bool(found["lower"])
    expect(section).to_contain_text("whatever it leads to")
    first.first.get_by_role("link").first.click()
    assert wizard.at == "harm"
    wizard.page.evaluate("location.hash = 'check'")


def test_where_that_cannot_be_worked_out_the_page_says_so_and_the_decision_holds(wizard: Wizard):
    """What would change the decision is extra: its failure holds nothing up and takes nothing away."""
    wizard.page.evaluate(NO_WHAT_IF)
    wizard.dash(REFERRED)
    wizard.decision("refer")
    expect(wizard.page.locator("#what-if[data-state=failed]")).to_contain_text("could not be worked out just now")
    expect(wizard.page.locator("html")).to_have_attribute("data-engine", "ready")
    wizard.page.evaluate("() => { Worker.prototype.postMessage = window.usual; }")
    wizard.page.evaluate("location.hash = 'check'")
    wizard.page.locator("#wizard[data-page=check]").wait_for()
    wizard.go_on()
    wizard.page.locator("#what-if[data-state=told]").wait_for()


def test_leaving_with_answers_in_no_record_is_warned_of_and_after_saving_it_is_not(wizard: Wizard, tmp_path: Path):
    """The warning comes only where something would be lost; a link within the site loses nothing."""
    warned: list[str] = []
    page = wizard.page

    def accept(dialog: object) -> None:
        warned.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    page.on("dialog", accept)
    wizard.walk({"now.immediate_risk": "yes"}, until="harm")
    page.locator(".head .site-name").click()
    page.wait_for_url("**/procedures/")
    assert warned == []
    page.go_back()
    page.locator("#wizard[data-wizard=on]").wait_for()
    expect(wizard.control("now.immediate_risk", "yes")).to_be_checked()
    wizard.answer("now.significant_harm", "yes")
    page.reload()
    assert warned == ["beforeunload"]
    page.locator("#wizard[data-wizard=on]").wait_for()
    wizard.ready()
    page.evaluate("location.hash = 'decision'")
    wizard.decision("emergency")
    taken(page, "save", tmp_path)
    page.reload()
    assert warned == ["beforeunload"]
    page.remove_listener("dialog", accept)
    page.locator("#wizard[data-wizard=on]").wait_for()
    wizard.ready()


def test_what_is_taken_from_practice_says_so(context_of_all: BrowserContext, address: str, tmp_path: Path):
    """The mark stands in the record, in the text and in the calendar, whose events take the place of no real ones."""
    page = context_of_all.new_page()
    wizard = Wizard(page, address).open("?practice=category-1")
    wizard.dash(REFERRED)
    decided = wizard.decision("refer")
    name, text = taken(page, "save", tmp_path)
    assert name.startswith("practice-")
    assert "PRACTICE" in json.loads(text)["judged_by"]["name"]
    name, text = taken(page, "calendar", tmp_path)
    assert name.startswith("practice-")
    real = calendar_text(decided.case_text)
    events = real.count("BEGIN:VEVENT")
    assert events > 0
    assert text.count("SUMMARY:PRACTICE. NOT A REAL CASE.") == text.count("UID:practice-") == events
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    page.evaluate(NO_CLIPBOARD)
    page.locator("[data-take=copy]").click()
    expect(page.locator("#plain-text")).to_be_focused()
    assert page.locator("#plain-text").input_value().startswith("PRACTICE. NOT A REAL CASE.")
    assert page.locator("[data-open]:visible").count() == 0
    page.close()
