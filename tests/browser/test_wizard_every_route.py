"""Every route and every warning of the decision model is reached in the page, and decided as the engine decides it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from cse_pathway import decide_json
from tests.browser.conftest import SLOW_MACHINE
from tests.browser.watching import watched
from tests.browser.wizard_steps import NO_DANGER, NOTHING_ELSE, ROOT, Wizard

CHILD = {
    **NO_DANGER,
    **NOTHING_ELSE,
    "area": "solihull",
    "setting": "education",
    "child.age": "14",
    "child.status": "not_known_to_services",
    "child.leaving_care_team": "false",
}
NONE_FITS = {f"aged_12_to_17.category_{level}": "none" for level in (1, 2, 3)}
WHY = {"judgement.reason": "All agencies were asked.", "judgement.consulted": "The safeguarding lead"}

CASES: dict[str, tuple[dict[str, str], str, set[str]]] = {
    "danger at 16": (
        {**CHILD, "now.immediate_risk": "yes", "child.age": "16"}, "emergency", {"sixteen-is-still-a-child"},
    ),
    "harm": ({**CHILD, "now.significant_harm": "yes"}, "refer_now", set()),
    "category 2, by no worker of hers": (
        {
            **CHILD, "aged_12_to_17.category_2": "evidence", "setting": "social_care", "allocated_worker": "true",
            "judgement.outcome": "category_2",
        },
        "refer",
        {"not-proof", "not-the-allocated-worker"},
    ),
    "category 3 at 12, not judged": (
        {**CHILD, "child.age": "12", "aged_12_to_17.category_3": "suspected", "judgement.outcome": "not_known"},
        "refer",
        {"provisional", "younger-child", "answers-do-not-fit"},
    ),
    "under 12, fixed": (
        {**CHILD, "child.age": "10", "under_12.alert": "yes", "under_12.red": "one", "judgement.outcome": "universal"},
        "refer",
        {"cannot-be-lowered", "younger-child"},
    ),
    "category 1": (
        {**CHILD, "aged_12_to_17.category_1": "suspected", "judgement.outcome": "category_1"},
        "early_help",
        {"category-1-may-be-incomplete"},
    ),
    "lowered with a reason": (
        {**CHILD, "aged_12_to_17.category_2": "suspected", "judgement.outcome": "category_1", **WHY},
        "early_help",
        {"lowered-by-judgement", "fall-below-referral"},
    ),
    "lowered without": (
        {**CHILD, "aged_12_to_17.category_2": "suspected", "judgement.outcome": "category_1"},
        "ask_reason",
        {"reason-missing"},
    ),
    "category 2, by the child's own worker": (
        {
            **CHILD, "aged_12_to_17.category_2": "suspected", "setting": "social_care", "allocated_worker": "true",
            "child.status": "looked_after", "judgement.outcome": "category_2",
        },
        "assess",
        {"not-proof"},
    ),
    "under 13, sexual activity suspected": (
        {**CHILD, **NONE_FITS, "child.age": "12", "indicators.sexual-health.seen": "suspected"},
        "refer",
        {"sexual-activity-under-13", "younger-child"},
    ),
    "nothing fits, a sign seen": (
        {
            **CHILD, **NONE_FITS, "indicators.missing-from-home.seen": "suspected",
            "judgement.outcome": "no_risk_identified",
        },
        "no_cse_action",
        {"no-risk-is-not-safety", "signs-without-risk"},
    ),
    "not judged": ({**CHILD, **NONE_FITS, "judgement.outcome": "not_known"}, "ask_judgement", set()),
    "no age": (
        {name: value for name, value in CHILD.items() if name != "child.age"}, "ask_age", set(),
    ),
    "18, other children": (
        {**CHILD, "child.age": "18", "context.other_children": "yes"}, "adult", {"children-still-at-risk"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Wizard]:
    """One page for all walks: Python starts once."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(SLOW_MACHINE)
    watch = watched(context, address)
    yield Wizard(context.new_page(), address).open()
    context.close()
    assert watch.elsewhere() == []
    assert watch.errors == []


@pytest.fixture
def wizard(shared: Wizard) -> Wizard:
    """The wizard without an answer."""
    return shared.clear()


@pytest.mark.parametrize("name", CASES)
def test_each_walk_ends_on_its_route_with_its_warnings_as_the_engine_decides(wizard: Wizard, name: str):
    """The page shows what the engine decides for the case, byte for byte, with every action and warning in order."""
    answers, route, warnings = CASES[name]
    wizard.dash(answers)
    decided = wizard.decision(route)
    assert decided.text == decide_json(decided.case_text)
    assert decided.ids("action") == [action["id"] for action in decided.data["actions"]]
    assert decided.ids("warning") == [warning["id"] for warning in decided.data["warnings"]]
    assert warnings <= set(decided.ids("warning"))


def test_with_the_age_taken_back_the_tool_s_answers_wait_and_a_warning_says_so(wizard: Wizard):
    """Answers of a tool are kept, unused, while the age is not known (warning age-first)."""
    wizard.dash({**CHILD, "aged_12_to_17.category_2": "evidence"})
    wizard.page.evaluate("location.hash = 'age'")
    wizard.page.locator("#wizard[data-page=age]").wait_for()
    wizard.answer("child.age", "")
    wizard.answer("age.not_known", "not_known")
    wizard.page.evaluate("location.hash = 'decision'")
    decided = wizard.decision("ask_age")
    assert decided.text == decide_json(decided.case_text)
    assert "age-first" in decided.ids("warning")


def test_these_walks_reach_every_route_and_every_warning():
    """The walks above, together, leave out no route of the rules and no warning."""
    rules = ROOT / "engine" / "rules"
    warnings = {entry["id"] for entry in tomllib.loads((rules / "warnings.toml").read_text("utf-8"))["warning"]}
    routes = {entry["id"] for entry in tomllib.loads((rules / "wording.toml").read_text("utf-8"))["route"]}
    assert {route for _, route, _ in CASES.values()} == routes
    assert set().union(*(said for _, _, said in CASES.values())) | {"age-first"} == warnings
