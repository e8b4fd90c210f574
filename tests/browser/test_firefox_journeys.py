"""The main journeys in Firefox, the browser that is no relative of the one in which all other tests run."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from build_scripts.workshop.browsers import find_firefox
from tests.browser.firefox import Firefox, started
from tests.browser.paper import sheets
from tests.browser.watching import TAKES_PRESSES
from tests.browser.wizard_steps import CHILD_OF_14, COMMAND, NO_DANGER

LACKING = """() => {
  const page = document.getElementById(document.getElementById("wizard").dataset.page);
  const seen = (selector) => [...page.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const asked = seen("input[name], textarea[name]").map((one) => one.name);
  const lacking = seen("[data-required]").filter((one) => !one.querySelector("input:checked"));
  return [page.id, [...new Set(asked)], lacking.map((one) => one.dataset.question)];
}"""
SHOWN = """() => ({
  route: document.getElementById("decision").dataset.route,
  case: document.getElementById("record-case").textContent,
  decision: document.getElementById("record-decision").textContent,
  actions: [...document.querySelectorAll("#decision [data-action]")].map((one) => one.dataset.action),
  warnings: [...document.querySelectorAll("#decision [data-warning]")].map((one) => one.dataset.warning),
})"""
JOURNEYS = {
    "emergency": ({"now.immediate_risk": "yes"}, "emergency"),
    "under 12 with an alert indicator": (
        {**CHILD_OF_14, "child.date_of_birth": "", "child.age": "9", "under_12.alert": "yes"},
        "refer",
    ),
    "category 1": (
        {**CHILD_OF_14, "aged_12_to_17.category_1": "evidence", "judgement.outcome": "category_1"},
        "early_help",
    ),
    "category 3 with movement": (
        {
            **CHILD_OF_14,
            "aged_12_to_17.category_3": "evidence",
            "context.moved_for_exploitation": "yes",
            "judgement.outcome": "category_3",
        },
        "refer",
    ),
    "lowering without a reason": (
        {**CHILD_OF_14, "aged_12_to_17.category_3": "evidence", "judgement.outcome": "category_1"},
        "ask_reason",
    ),
}


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[Firefox]:
    """One Firefox for all journeys; it may ask nothing of others, and its console must stay clean."""
    program = find_firefox()
    if program is None:
        pytest.fail("No Firefox is on this machine: 'make test' installs one, or says how to get it")
    own = "{0.scheme}://{0.netloc}/".format(urlsplit(address))
    with started(program, tmp_path_factory.mktemp("firefox")) as running:
        yield running
    asked = [url for url in running.requests if not url.startswith((own, "about:", "data:", "blob:"))]
    assert asked == [], "Firefox asked other origins than the site's own"
    assert running.errors == [], "the pages wrote errors to Firefox's console"


@pytest.fixture(scope="module")
def wizard(firefox: Firefox, address: str) -> Firefox:
    """The wizard, with the engine ready."""
    firefox.goto(f"{address}screening/")
    firefox.wait("() => document.documentElement.dataset.engine === 'ready'")
    return firefox


def _take(firefox: Firefox, journey: str) -> str:
    """Take a journey from its beginning until its decision is shown; gives the route."""
    answers, route = JOURNEYS[journey]
    if firefox.evaluate("() => !document.querySelector('[data-clear]').hidden"):
        firefox.click("[data-clear]")
        firefox.click("[data-clear-yes]")
    _walk(firefox, {**NO_DANGER, **answers})
    firefox.wait("route => document.getElementById('decision').dataset.route === route", route)
    return route


def _walk(firefox: Firefox, answers: dict[str, str]) -> None:
    """Answer what each page shows and continue, until the decision."""
    passed: list[str] = []
    while True:
        at, asked, _ = firefox.evaluate(LACKING)
        if at == "decision":
            return
        assert at not in passed, f"the journey comes back to {at}"
        passed.append(at)
        given: set[str] = set()
        while names := [name for name in asked if answers.get(name) and name not in given]:
            for name in names:  # an answer may bring up another question
                _answer(firefox, name, answers[name])
            given.update(names)
            _, asked, _ = firefox.evaluate(LACKING)
        for name in firefox.evaluate(LACKING)[2]:
            firefox.click(f'[name="{name}"][value="not_known"]')
        if at == "danger" and answers["now.immediate_risk"] == "yes":
            firefox.click("#ring-999 [data-go=decision]")
        else:
            firefox.click("#wizard-continue button")


def _answer(firefox: Firefox, name: str, value: str) -> None:
    if firefox.evaluate("name => document.getElementsByName(name)[0].type", name) in ("radio", "checkbox"):
        firefox.click(f'[name="{name}"][value="{value}"]')
    else:
        firefox.click(f'[name="{name}"]')
        firefox.type(value)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_in_firefox_ends_in_the_command_lines_decision(wizard: Firefox, journey: str):
    """The same answers, the same case, the same bytes; nothing is sent from the first answer to the decision."""
    before = len(wizard.requests)
    route = _take(wizard, journey)
    shown = wizard.evaluate(SHOWN)
    decided = subprocess.run(
        [str(COMMAND), "decide", "-"], input=shown["case"], capture_output=True, text=True, check=True
    )
    assert shown["decision"] == decided.stdout.removesuffix("\n")
    decision = json.loads(shown["decision"])
    assert decision["route"] == shown["route"] == route
    assert shown["actions"] == [action["id"] for action in decision["actions"]]
    assert shown["warnings"] == [warning["id"] for warning in decision["warnings"]]
    assert wizard.requests[before:] == []


def test_firefox_prints_the_plan_and_the_answers_and_no_buttons(wizard: Firefox):
    """On paper stand the plan, the answers and lines to sign on; what is for the screen alone does not."""
    _take(wizard, "category 1")
    wizard.wait("() => document.querySelector('#what-if[data-state=told]') !== null")  # it comes after the decision
    printed = sheets(wizard.print())
    text = " ".join(printed)
    assert 1 <= len(printed) <= 6
    for wanted in ("Record of a screening", "Signature", "Safeguarding lead", "Risk of significant harm"):
        assert wanted in text
    for screen_only in ("Clear everything", "Exit this page", "Print this record"):
        assert screen_only not in text


@pytest.mark.parametrize("gap", [50, 300])
def test_two_clicks_in_firefox_open_one_page_and_answer_nothing(wizard: Firefox, gap: int):
    """Continue and Back, pressed twice within so many milliseconds."""
    if wizard.evaluate("() => !document.querySelector('[data-clear]').hidden"):
        wizard.click("[data-clear]")
        wizard.click("[data-clear-yes]")
    wizard.click('[name="now.immediate_risk"][value="no"]')
    held = "() => [document.getElementById('wizard').dataset.page, document.querySelectorAll('input:checked').length]"
    wizard.click("#wizard-continue button", again=gap)
    assert wizard.evaluate(held) == ["harm", 1]
    wizard.click(".wizard-back a", again=gap)
    wizard.wait(f"() => ({held})()[0] === 'danger'")
    wizard.wait(TAKES_PRESSES)
    assert wizard.evaluate(held) == ["danger", 1]


def test_firefox_finds_a_page_by_the_search_box(firefox: Firefox, address: str):
    """Words typed into the box of a page bring the right section first."""
    firefox.goto(f"{address}respond/early-help/")
    firefox.click("input[type=search]")
    firefox.type("trafficking")
    first = "() => document.querySelector('[role=region][aria-label=\"Search results\"] li a')?.textContent"
    firefox.wait(f"() => ({first})()?.toLowerCase().includes('traffick')")


def test_no_page_scrolls_sideways_in_firefox_at_320_pixels(firefox: Firefox, address: str):
    """A page of each kind."""
    firefox.do("browsingContext.setViewport", context=firefox.tab, viewport={"width": 320, "height": 640})
    for page in ("", "act-now/", "respond/mase-meetings/", "screening/", "tools/time-limits/"):
        firefox.goto(f"{address}{page}")
        over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert firefox.evaluate(over) <= 0, page
        if page in ("screening/", "tools/time-limits/"):  # left while it loads, Python is an error in the console
            firefox.wait("() => document.documentElement.dataset.engine === 'ready'")
    firefox.do("browsingContext.setViewport", context=firefox.tab, viewport=None)


def test_firefox_has_the_clock_of_the_tests(firefox: Firefox, address: str):
    """Also where the tests run on another day than today (make test-anywhere)."""
    firefox.goto(f"{address}act-now/")
    assert abs(firefox.evaluate("() => new Date().getTime()") / 1000 - time.time()) < 60
    assert firefox.evaluate("() => [new Date(2030, 0, 2).getDate(), new Date() instanceof Date]") == [2, True]


def test_the_firefox_that_is_driven_is_the_machines_own(firefox: Firefox):
    """It says so itself, so that no other browser passes for it."""
    assert "Firefox/" in firefox.evaluate("() => navigator.userAgent")
    assert Path(find_firefox() or "").name.startswith("firefox")
