"""Whole journeys through the wizard, each decided by the command line too, to the same bytes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wizard_steps import CHILD_OF_14, NO_DANGER, NOTHING_ELSE, Wizard


@pytest.fixture
def wizard(page: Page, address: str) -> Wizard:
    """The wizard, ready to decide."""
    return Wizard(page, address).open()


def test_an_emergency_says_999_first_and_then_the_children_s_services_of_the_area(wizard: Wizard):
    """A child in danger: police on 999, then a referral without delay (S4(1)); no form stands in the way (S5(2))."""
    wizard.answer("now.immediate_risk", "yes")
    expect(wizard.page.locator("#ring-999")).to_be_visible()
    wizard.walk({"now.immediate_risk": "yes", "area": "solihull", "child.age": "15"})
    decided = wizard.decision("emergency")
    decided.holds_by_command_line()
    assert decided.ids("action")[:2] == ["call-999", "refer-to-mash-now"]
    assert "do-not-wait-for-form" in decided.ids("action")
    first = wizard.page.locator("[data-action=call-999]")
    expect(first.locator("a[href='tel:999']")).to_be_visible()
    second = wizard.page.locator("[data-action=refer-to-mash-now]")
    expect(second.locator("a[href^='tel:']").first).to_be_visible()
    expect(wizard.page.locator(".wizard-headline")).to_contain_text("section 47")


def test_an_alert_indicator_under_12_means_vulnerable_and_a_referral(wizard: Wizard):
    """Clear evidence for one alert indicator: always vulnerable (S6(9)), always referred (S6(10)), never lowered."""
    passed = wizard.walk(
        {
            **NO_DANGER, **NOTHING_ELSE, "area": "solihull", "setting": "education", "child.age": "10",
            "under_12.alert": "yes", "under_12.red": "one", "under_12.amber": "none", "judgement.outcome": "universal",
        }
    )  # fmt: skip
    assert "under-12" in passed
    assert "aged-12-to-17" not in passed
    decided = wizard.decision("refer")
    decided.holds_by_command_line()
    assert decided.data["outcome"] == {
        "indicated": "vulnerable", "judged": "universal", "final": "vulnerable", "fixed": True, "provisional": False,
    }  # fmt: skip
    assert "refer-to-mash-under-12" in decided.ids("action")
    assert "cannot-be-lowered" in decided.ids("warning")


def test_category_1_plans_early_help_and_tells_the_coordinator(wizard: Wizard):
    """Level 1: early help, the CSE team told, screening again (S7(5), R12.4, R13.1)."""
    passed = wizard.walk(
        {
            **CHILD_OF_14, "aged_12_to_17.category_1": "suspected", "aged_12_to_17.category_2": "none",
            "aged_12_to_17.category_3": "none", "judgement.outcome": "category_1",
            "indicators.missing-from-home.seen": "evidence", "indicators.missing-from-home.when": "recent",
            "indicators.missing-from-home.note": "Seen: back after midnight on 20 November.",
        }
    )  # fmt: skip
    assert passed[:3] == ["danger", "harm", "behind-it"]
    assert "under-12" not in passed
    decided = wizard.decision("early_help")
    decided.holds_by_command_line()
    assert {"notify-coordinator", "early-help-single-agency", "re-screen"} <= set(decided.ids("action"))
    assert decided.case["indicators"] == {
        "missing-from-home": {"seen": "evidence", "when": "recent", "note": "Seen: back after midnight on 20 November."}
    }


def test_category_3_with_movement_goes_to_the_police_too_and_dates_follow_the_referral(wizard: Wizard):
    """Movement is trafficking at any distance (R20.2), reported to the police (R20.3); the clocks of R14.2 run."""
    wizard.walk(
        {
            **CHILD_OF_14, "aged_12_to_17.category_3": "evidence", "context.moved_for_exploitation": "yes",
            "judgement.outcome": "category_3", "referral.made_at": "2026-11-20T16:00",
        }
    )  # fmt: skip
    decided = wizard.decision("refer")
    decided.holds_by_command_line()
    assert {"report-trafficking", "consider-nrm", "refer-to-mash-with-tool"} <= set(decided.ids("action"))
    held = wizard.page.locator("[data-action=hold-discussion]")
    expect(held).to_contain_text("Wednesday 25 November 2026")  # Friday's referral: three working days
    links = wizard.page.locator("[data-action=report-trafficking] a.cite")
    assert links.first.get_attribute("href", timeout=1000) == "../respond/trafficking/#r20-3"


def test_lowering_without_a_reason_keeps_the_referral_and_asks_for_the_reason(wizard: Wizard):
    """Below what the answers point to only with reason and consultation; till then the referral stands (table 5)."""
    wizard.walk(
        {**CHILD_OF_14, "aged_12_to_17.category_2": "evidence", "aged_12_to_17.category_3": "none"}, until="judgement"
    )
    expect(wizard.page.locator("#judgement-basis")).to_contain_text("Category 2")
    wizard.answer("judgement.outcome", "category_1")
    expect(wizard.page.locator("#judgement-basis")).to_contain_text("does not count yet")
    wizard.walk({})
    decided = wizard.decision("ask_reason")
    decided.holds_by_command_line()
    assert decided.data["outcome"]["final"] == "category_2"
    assert "refer-to-mash-with-tool" in decided.ids("action")
    wizard.page.go_back()
    wizard.page.go_back()
    assert wizard.at == "judgement"
    wizard.answer("judgement.reason", "The other agencies were asked; one contact, long ago.")
    wizard.answer("judgement.consulted", "Designated safeguarding lead, today")
    wizard.walk({})
    lowered = wizard.decision("early_help")
    lowered.holds_by_command_line()
    assert "lowered-by-judgement" in lowered.ids("warning")


def test_a_person_of_18_is_asked_for_no_screening_tool(wizard: Wizard):
    """The tools are for children under 18 (S7(3)); the answers that still serve an adult are asked."""
    passed = wizard.walk(
        {**NO_DANGER, **NOTHING_ELSE, "area": "solihull", "child.age": "18", "context.other_children": "yes"}
    )
    assert not {"under-12", "aged-12-to-17", "signs-home", "judgement"} & set(passed)
    decided = wizard.decision("adult")
    decided.holds_by_command_line()
    assert "children-still-at-risk" in decided.ids("warning")


def test_with_the_age_not_known_the_tool_s_answers_wait_and_the_decision_says_so(wizard: Wizard):
    """Answers to the tool are kept while the age is not known (warning age-first), and count again with the age."""
    wizard.walk({**CHILD_OF_14, "aged_12_to_17.category_2": "evidence"}, until="check")
    wizard.page.locator("#check [data-go=age]").first.click()
    wizard.answer("child.date_of_birth", "")
    wizard.answer("age.not_known", "not_known")
    wizard.go_on()
    assert wizard.at == "check"
    expect(wizard.page.locator("#check-answers")).to_contain_text("Waiting for the age")
    wizard.go_on()
    decided = wizard.decision("ask_age")
    decided.holds_by_command_line()
    assert "age-first" in decided.ids("warning")
    assert decided.case["aged_12_to_17"]["category_2"] == "evidence"


def test_the_parts_of_a_result_are_listed_after_its_first_action_and_lead_there(wizard: Wizard):
    """On a phone a plan with its reasons is many screens long; a jump moves the focus and leaves the history alone."""
    wizard.dash({**CHILD_OF_14, "aged_12_to_17.category_2": "evidence", "judgement.outcome": "category_2"})
    listed = wizard.page.locator(".wizard-first + .wizard-jumps button")
    expect(listed.last).to_have_text("To take away")
    parts = wizard.page.locator("#decision-body h3:visible").all_inner_texts()
    assert listed.all_inner_texts() == parts[1:]
    before = wizard.page.evaluate("[history.length, location.hash]")
    listed.last.click()
    expect(wizard.page.locator("#taking-away-title")).to_be_focused()
    assert wizard.page.evaluate("[history.length, location.hash]") == before
