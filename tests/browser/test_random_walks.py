"""Three hundred random walks through the wizard lose no answer, show no decision but the engine's, send nothing.

A walk is known by its number and can be taken alone again: WALKS=17,230 pytest tests/browser/test_random_walks.py
"""

import copy
import json
import os
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cse_pathway import decide_json
from tests.browser.watching import Watch, watched

WALKER = Path(__file__).with_name("walker.js")
WALKS = 300
BATCHES = 6
MOVES = {
    "answer": 10, "some": 2, "go_on": 2, "page_back": 2, "back": 2, "forward": 2, "check": 1, "change": 3, "link": 2,
    "decision": 1,
}  # fmt: skip
"""The moves within a loaded page (walker.js) and how often each is made."""
LOADS_ANEW = 25
LOADS = ("reload", "reload", "leave and come back", "close the tab")
"""Moves that load the page anew, which starts another engine: dear, so one walk in LOADS_ANEW makes one."""
REOPENS = 10
"""One walk in so many saves its record, clears everything, opens the record and goes on with its answers."""


class Wanderer:
    """The tab that all walks of a batch share, with one engine for as long as nothing loads the page anew."""

    def __init__(self, page: Page, address: str, watch: Watch) -> None:
        self.page = page
        self.address = address
        self.watch = watch
        page.goto(f"{address}screening/")
        self.settle()
        self.first_load = sorted(watch.requests)
        self.asked_for = len(watch.requests)
        self.reopened = 0
        self.questions: dict[str, dict[str, str]] = page.evaluate("walker.questions()")

    def settle(self) -> None:
        """Wait until the engine has nothing left to decide."""
        self.page.locator("#wizard[data-wizard=on]").wait_for()
        self.page.evaluate("walker.settled()")

    def walk(self, number: int) -> list[str]:
        """Take one walk; what was wrong with it."""
        dice = random.Random(number)  # noqa: S311 (a walk must be repeatable)
        names = dice.choices(list(MOVES), list(MOVES.values()), k=dice.randint(5, 12))
        first = ["stride"] if number % 3 == 0 else []
        moves = [(name, dice.getrandbits(31)) for name in [*first, *names, "answer", "decision"]]
        state = self.page.evaluate("walker.begin()")
        if number % LOADS_ANEW == 0:
            half = dice.randint(1, len(moves) - 1)
            state = self.step(moves[:half], state)
            state = self.load_anew(dice.choice(LOADS), state)
            moves = moves[half:]
        if number % REOPENS == 3:
            state = self.reopen(self.step(moves, state))
            moves = moves[-2:]
        state = self.step(moves, state)
        faults: list[str] = state["faults"] or [
            fault for shown in state["decisions"] for fault in self.faults_of(shown)
        ]
        if not state["decisions"] and any(text.strip() for text in state["typed"].values()):
            faults.append("the walk reached no decision")
        return [f"{fault}\n    after {'; '.join(state['moves'][-8:])}" for fault in faults + self.sent()]

    def step(self, moves: list[tuple[str, int]], state: dict[str, Any]) -> dict[str, Any]:
        """Take some moves in the page as it is loaded."""
        walked: dict[str, Any] = self.page.evaluate("([moves, state]) => walker.walk(moves, state)", [moves, state])
        return walked

    def load_anew(self, how: str, state: dict[str, Any]) -> dict[str, Any]:
        """Load the page anew; a closed tab forgets everything."""
        before = self.sent()
        self.settle()  # an engine that still starts would ask for its files across the border
        self.asked_for = len(self.watch.requests)
        if how == "reload":
            self.page.reload()
        elif how == "leave and come back":
            self.page.goto(f"{self.address}contacts/", wait_until="networkidle")
            self.asked_for = len(self.watch.requests)
            self.page.go_back()
        else:
            closed = self.page
            self.page = closed.context.new_page()
            closed.close()
            self.page.goto(f"{self.address}screening/")
            state = {**state, "typed": {}, "pages": ["danger"], "here": 0, "ahead": 0, "base": 0}
        self.settle()
        asked = sorted(self.watch.requests[self.asked_for :])
        self.asked_for = len(self.watch.requests)
        state["moves"].append(how)
        state = self.page.evaluate("([state, how]) => walker.returned(state, how)", [state, how])
        if asked != self.first_load:
            before.append(f"{how} asks for other files than the first load: {set(asked) ^ set(self.first_load)}")
        state["faults"] += before
        return state

    def reopen(self, state: dict[str, Any]) -> dict[str, Any]:
        """Save the record of the decision shown, clear everything, open the record: its whole case is taken on."""
        take = self.page.locator("[data-take=save]")
        if state["faults"] or not take.is_visible():
            return state  # the engine refuses the case: there is no record
        with self.page.expect_download() as saving:
            take.click()
        record = json.loads(saving.value.path().read_text("utf-8"))
        cleared = self.page.evaluate("walker.begin()")
        self.page.locator("#open-record").set_input_files(saving.value.path())
        self.page.locator("#open-dialog [data-opened=go-on]").click()
        self.page.evaluate("walker.settled()")
        taken = self.page.evaluate("state => walker.taken(state)", cleared)
        self.reopened += 1
        faults = self.lost(taken["typed"], record["case"], "")
        last = state["decisions"][-1]
        if record["case"] != json.loads(last["case"]) | {"as_of": record["case"]["as_of"]}:
            faults.append(f"the record holds another case than was shown: {record['case']}")
        decisions, moves = state["decisions"], [*state["moves"], "open the record"]
        return {**taken, "faults": faults, "decisions": decisions, "moves": moves}

    def sent(self) -> list[str]:
        """What was asked of any server since the engine was ready: a fault each."""
        asked = self.watch.requests[self.asked_for :]
        self.asked_for = len(self.watch.requests)
        return [f"a request was sent: {url}" for url in asked]

    def faults_of(self, shown: dict[str, Any]) -> list[str]:
        """What is wrong with a decision page: its case against what was typed, its decision against the case."""
        expected = decide_json(shown["case"])
        decision = json.loads(expected)
        if "errors" in decision:
            if shown["route"] or shown["decision"]:
                return [f"a decision is shown for a case that the engine refuses: {shown['case']}"]
        elif shown["decision"] != expected:
            return [f"the page shows another decision than the command line's for {shown['case']}"]
        elif (
            shown["route"] != decision["route"]
            or shown["actions"] != [action["id"] for action in decision["actions"]]
            or shown["warnings"] != [warning["id"] for warning in decision["warnings"]]
        ):
            return [f"the page shows route, actions or warnings that the decision does not have: {shown['case']}"]
        return self.lost(shown["typed"], json.loads(shown["case"]), shown["aside"])

    def lost(self, typed: dict[str, str], case: dict[str, Any], aside: str) -> list[str]:
        """Every typed answer is in the case as typed, or set aside and named; the case has nothing else."""
        case = copy.deepcopy(case)
        case.pop("as_of")
        told = aside.partition("Set aside")[2]
        faults = []
        for path, question in self.questions.items():
            group, _, key = path.partition(".")
            held = (case.get(group, {}) if key else case).pop(key or group, None)
            wanted = _wanted(path, question["kind"], typed)
            if held == wanted:
                continue
            if held is not None or question["short"] not in told:
                faults.append(f"{path}: typed {wanted!r}, in the case {held!r}, and not said to be set aside")
        left = {key: value for key, value in case.items() if value != {}}
        return faults + ([f"the case holds what nobody typed: {left}"] if left else [])


def _wanted(path: str, kind: str, typed: dict[str, str]) -> Any:
    """What the case must hold of an answer, None for nothing; written apart from the page's own reading."""
    if kind == "sign":
        seen = typed.get(f"{path}.seen", "")
        if not seen:
            return None
        said = {key: typed.get(f"{path}.{key}", "") for key in ("when", "note")}
        return {"seen": seen} | {
            key: text for key, text in said.items() if text.strip() and seen in ("evidence", "suspected")
        }
    text = typed.get(path, "")
    if not text.strip() or (kind in ("choice", "flag") and text == "not_known"):
        return None
    if kind == "flag":
        return text == "true"
    if kind == "age":
        return int(text) if re.fullmatch(r"\d{1,3}", text) else None
    if kind in ("birth", "day"):
        for form in ("%d %m %Y", "%d %B %Y"):  # as typed, or as a record fills it in
            with suppress(ValueError):
                return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        return None
    return text


@pytest.fixture(scope="module")
def wanderer(browser: Browser, address: str) -> Iterator[Wanderer]:
    """One tab for all walks."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(60_000)
    context.add_init_script(path=WALKER)
    watch = watched(context, address)
    yield Wanderer(context.new_page(), address, watch)
    context.close()
    assert watch.elsewhere() == []
    assert watch.errors == []


def _numbers(batch: int) -> list[int]:
    named = os.environ.get("WALKS")
    chosen = [int(number) for number in named.split(",")] if named else range(1, WALKS + 1)
    return [number for number in chosen if number % BATCHES == batch]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_walk_loses_an_answer_shows_another_decision_or_sends_anything(wanderer: Wanderer, batch: int):
    """Answers, Continue, Back, Forward, Change, links, reloads, leaving, a closed tab and a record opened again."""
    faults = {}
    for number in _numbers(batch):
        if found := wanderer.walk(number):
            faults[number] = found
        if len(faults) >= 3:
            break
    assert not faults, "\n".join(
        f"Walk {number} (alone: WALKS={number} pytest {Path(__file__).name}):\n  " + "\n  ".join(found)
        for number, found in faults.items()
    )


def test_some_walks_opened_a_record(wanderer: Wanderer):
    """A move that is never made holds nothing: most of those that try it come to a case that can be recorded."""
    tried = [number for batch in range(BATCHES) for number in _numbers(batch) if number % REOPENS == 3]
    assert wanderer.reopened >= len(tried) / 2
