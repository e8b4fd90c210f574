"""Practice mode: ten made-up cases, marked on screen and paper, filled in by the learner alone, compared at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tool_steps import AXE, faults
from tests.browser.watching import Watch
from tests.browser.wizard_steps import Wizard


@pytest.fixture(scope="module")
def cases(site: Path) -> dict[str, dict[str, Any]]:
    """The practice cases as the wizard reads them, by id."""
    found = json.loads((site / "assets" / "practice" / "cases.json").read_text("utf-8"))
    return {case["id"]: case for case in found}


def practise(page: Page, address: str, case: str) -> Wizard:
    """Open a case in the wizard and wait until it can decide."""
    wizard = Wizard(page, address).open(f"?practice={case}")
    page.locator("#practice details").wait_for()
    return wizard


def test_the_page_tells_ten_stories_and_leads_to_each_in_the_wizard(page: Page, address: str, cases: dict[str, Any]):
    """Ten cases, each marked as practice, each with its way into the wizard and its expected answer."""
    page.add_init_script(path=AXE)
    page.goto(f"{address}practice/")
    assert len(cases) == 10
    for id_, case in cases.items():
        part = page.locator(f"#{id_}")
        expect(part).to_contain_text("Practice")
        expect(part).to_contain_text(case["story"][0][:60])
        assert part.locator("a.cse-button").get_attribute("href") == f"../screening/?practice={id_}"
    assert faults(page) == []
    page.goto(f"{address}practice/answers/")
    for id_ in cases:
        expect(page.locator(f"#{id_} h3")).to_have_text("Why")
        assert page.locator(f"#{id_} a.cite").count() > 0
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_practice_case_fills_nothing_in_and_is_marked_on_every_page(page: Page, address: str, watch: Watch):
    """PRACTICE on screen, in the title and on paper; the story at hand; no answer given; no request once ready."""
    page.add_init_script(path=AXE)
    wizard = practise(page, address, "category-1")
    assert page.locator("#wizard-form input:checked").count() == 0
    loaded = len(watch.requests)
    for _ in range(2):
        expect(page.locator("#practice .practice-mark")).to_be_visible()
        expect(page.locator("#practice")).to_contain_text("Ruby is 13")
        assert "PRACTICE" in page.title()
        assert faults(page) == []
        wizard.walk({"now.immediate_risk": "no"}, until="harm")
    page.emulate_media(media="print")
    expect(page.locator("#practice .practice-mark")).to_be_visible()
    assert watch.requests[loaded:] == []


@pytest.mark.parametrize(
    "id_",
    [
        "car", "no-answer", "coach", "ten-years-old", "category-1",
        "looked-after", "friends", "two-streets", "lowered", "no-risk",
    ],
)  # fmt: skip
def test_the_expected_answers_lead_to_the_expected_decision(page: Page, address: str, cases: dict[str, Any], id_: str):
    """The story's answers, given by hand, get the expected decision and plan; the comparison finds no difference."""
    case = cases[id_]
    wizard = practise(page, address, id_)
    wizard.dash(case["answers"])
    decided = wizard.decision(case["route"])
    box = page.locator("#practice-compared")
    expect(box).to_have_attribute("data-same", "true")
    expect(box).to_contain_text("You answered as we did.")
    assert decided.ids("action") == [action["id"] for action in case["actions"]]
    assert box.locator("a.cite").count() > 0


def test_another_answer_is_set_beside_the_expected_one(page: Page, address: str, cases: dict[str, Any]):
    """Where the learner decides otherwise: both decisions, the answers that differ, what the plans have and lack."""
    page.add_init_script(path=AXE)
    case = cases["two-streets"]
    wizard = practise(page, address, "two-streets")
    other = {"now.significant_harm": "yes", "context.moved_for_exploitation": "no", "context.court_case": "no"}
    wizard.dash({**case["answers"], **other})
    wizard.decision("refer_now")
    box = page.locator("#practice-compared")
    expect(box).to_have_attribute("data-same", "false")
    text = box.inner_text()
    assert "Moved for exploitation" in text
    assert "Answers that differ" in text
    assert "the story does not say" in text  # the court case
    assert "In our plan, not in yours" in text
    expect(box).to_contain_text("Report")
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_practice_and_real_answers_never_mix(page: Page, address: str):
    """A real case in the same tab neither shows up in practice nor takes over its answers."""
    wizard = Wizard(page, address).open()
    wizard.answer("now.immediate_risk", "yes")
    practised = practise(page, address, "no-risk")
    assert page.locator("#wizard-form input:checked").count() == 0
    practised.answer("now.immediate_risk", "no")
    wizard.open()
    assert wizard.control("now.immediate_risk", "yes").is_checked()
    assert page.locator("#practice").count() == 0


def test_an_unknown_practice_case_says_so_and_stays_marked(page: Page, address: str):
    """A wrong address is never taken for a real screening."""
    Wizard(page, address).open("?practice=nobody")
    expect(page.locator("#practice")).to_contain_text("no practice case of this name")
    expect(page.locator("#practice .practice-mark")).to_be_visible()
