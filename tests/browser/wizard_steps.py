"""Taking the screening wizard as a person would: answer what the page shows, press Continue, read the decision."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from build_scripts.pages.contacts import Area, read_areas
from build_scripts.pages.paragraphs import read_sources
from tests.browser.watching import takes_presses

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "cse-pathway"

NO_DANGER = {
    "now.immediate_risk": "no",
    "now.significant_harm": "no",
    "now.abuse_disclosed_or_seen": "no",
    "now.parent_encouraging": "no",
    "now.trusted_adult_involved": "no",
}
NOTHING_ELSE = {
    "context.moved_for_exploitation": "no",
    "context.other_children": "no",
    "context.children_of_other_authorities": "no",
    "context.perpetrator_information": "no",
    "context.premises_of_concern": "no",
    "context.confidential_investigation": "no",
    "context.court_case": "no",
    "context.parents_implicated": "no",
    "context.several_agencies_needed": "no",
}


def areas() -> dict[str, Area]:
    """The areas of today's files, by id: no test holds a number of its own."""
    found, problems = read_areas(ROOT, read_sources(ROOT / "engine/rules/sources.toml").ids)
    assert problems == []
    return {area.id: area for area in found}


def first_number(area: str, key: str) -> str:
    """The number that stands first with a contact of an area."""
    return next(contact.numbers[0].number for contact in areas()[area].contacts if contact.key == key)


def born(years: int) -> str:
    """When somebody was born, as people write it, who is so old today, half-way between two birthdays."""
    day = datetime.now(UTC) - timedelta(days=round(365.25 * (years + 0.5)))
    return f"{day.day} {day.month} {day.year}"


CHILD_OF_14 = {
    **NO_DANGER,
    "area": "solihull",
    "setting": "education",
    "child.date_of_birth": born(14),
    "child.status": "not_known_to_services",
    "child.leaving_care_team": "false",
    **NOTHING_ELSE,
}
"""14 years old today. Where a test sets the page's clock, it says when the child was born."""

ANSWER = """(answers) => {
  const page = document.querySelector('#wizard').dataset.page;
  const section = document.getElementById(page);
  const given = new Set();
  const seen = control => control.closest('label, .cse-group').checkVisibility();
  const give = (name, value) => {
    const controls = [...section.querySelectorAll(`[name="${name}"]`)];
    const choice = controls.find(one => ['radio', 'checkbox'].includes(one.type) && one.value === value);
    given.add(name);
    if (choice) return choice.checked || choice.click();
    controls[0].value = value;
    controls[0].dispatchEvent(new Event('input', { bubbles: true }));
  };
  const wanted = () => [...section.querySelectorAll('input, textarea')]
    .find(one => one.name in answers && !given.has(one.name) && seen(one));
  for (let next = wanted(); next; next = wanted()) give(next.name, answers[next.name]);
  const held = group => [...group.querySelectorAll('input:checked')].some(seen);
  for (const one of section.querySelectorAll('[data-required]')) {
    if (one.checkVisibility() && !held(one)) give(one.dataset.question, 'not_known');
  }
  if (page === 'age' && !given.size) give('age.not_known', 'not_known');
}"""
"""Answers the open page by its own controls, in one go; what it asks for and nobody answered gets "not known"."""
DASH = f"""answers => {{
  const passed = [];
  const at = () => document.querySelector('#wizard').dataset.page;
  for (let page = at(); page !== 'decision'; page = at()) {{
    if (passed.includes(page)) throw new Error(`the journey comes back to ${{page}}`);
    passed.push(page);
    ({ANSWER})(answers);
    document.querySelector('#wizard-continue button').click();
    if (at() === page) throw new Error(`${{page}}: ${{document.querySelector('.cse-errors')?.textContent}}`);
  }}
  return passed;
}}"""
"""The walk in one go, by the page's own controls and buttons: for tests that look at what comes after it."""


class Wizard:
    """The wizard in one browser page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = f"{address}screening/"

    def open(self, hash_: str = "", *, ready: bool = True) -> Wizard:
        """Open the wizard; with `ready`, wait until the engine can decide."""
        self.page.goto(self.address + hash_)
        self.page.locator("#wizard[data-wizard=on]").wait_for()
        if ready:
            self.ready()
        return self

    def ready(self) -> None:
        """Wait until the engine can decide."""
        self.page.locator("html[data-engine=ready]").wait_for()

    @property
    def at(self) -> str:
        """The page of the journey that is open."""
        return self.page.locator("#wizard").get_attribute("data-page") or ""

    @property
    def section(self) -> Locator:
        """The section of the page that is open."""
        return self.page.locator(f"#{self.at}")

    def control(self, name: str, value: str) -> Locator:
        """The radio button or checkbox of an answer."""
        return self.page.locator(f'[name="{name}"][value="{value}"]')

    def answer(self, name: str, value: str) -> None:
        """Give one answer, by choosing or typing."""
        controls = self.page.locator(f'[name="{name}"]')
        if controls.first.get_attribute("type") in ("radio", "checkbox"):
            self.control(name, value).check()
        else:
            controls.fill(value)

    def asked(self) -> list[str]:
        """The names of the controls that the open page shows, each once, in order."""
        names: list[str] = self.section.evaluate(
            "page => [...page.querySelectorAll('input, textarea')]"
            ".filter(one => one.checkVisibility()).map(one => one.name)"
        )
        return list(dict.fromkeys(names))

    def lacking(self) -> list[str]:
        """The names of the answers that Continue asks for on the open page and that are not given yet."""
        names: list[str] = self.section.evaluate(
            "page => [...page.querySelectorAll('[data-required]')]"
            ".filter(one => one.checkVisibility()"
            " && ![...one.querySelectorAll('input:checked')].some(chosen => chosen.checkVisibility()))"
            ".map(one => one.dataset.question)"
        )
        return names

    def go_on(self) -> None:
        """Press Continue."""
        takes_presses(self.page)
        self.page.get_by_role("button", name="Continue").click()

    def walk(self, answers: Mapping[str, str], until: str = "decision") -> list[str]:
        """Answer and continue until a page is open; required questions without an answer get "not known".

        Gives the pages that were passed, in order.
        """
        passed = []
        while self.at != until:
            assert self.at not in passed, f"the journey comes back to {self.at}"
            passed.append(self.at)
            self.answer_page(answers)
            self.go_on()
            assert self.at != passed[-1], f"{self.at}: {self.page.locator('.cse-errors').all_inner_texts()}"
        return passed

    def dash(self, answers: Mapping[str, str]) -> list[str]:
        """Walk to the decision like `walk`, within the page and so in no time. Gives the pages that were passed."""
        passed: list[str] = self.page.evaluate(DASH, dict(answers))
        return passed

    def clear(self) -> Wizard:
        """Clear everything, as a person does, where there is anything."""
        if (button := self.page.locator(".wizard-tools [data-clear]")).is_visible():
            button.click()
            self.page.locator("#clear-dialog [data-clear-yes]").click()
        return self

    def answer_page(self, answers: Mapping[str, str]) -> None:
        """Answer the open page; required questions without an answer get "not known"."""
        self.page.evaluate(ANSWER, dict(answers))

    def decision(self, route: str) -> Decided:
        """Wait for a decision by this route on the decision page."""
        self.page.locator(f'#decision[data-route="{route}"]').wait_for()
        return Decided(self.page)


class Decided:
    """The decision as the page shows it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.case_text = page.locator("#record-case").text_content() or ""
        self.text = page.locator("#record-decision").text_content() or ""
        self.case: dict[str, Any] = json.loads(self.case_text)
        self.data: dict[str, Any] = json.loads(self.text)

    def ids(self, kind: str) -> list[str]:
        """The actions or warnings shown, in order; `kind`: action or warning."""
        return [
            found.get_attribute(f"data-{kind}") or "" for found in self.page.locator(f"#decision [data-{kind}]").all()
        ]

    def holds_by_command_line(self) -> None:
        """The command line decides the same case to the same bytes, and the page shows all of it."""
        decided = subprocess.run(
            [str(COMMAND), "decide", "-"], input=self.case_text, capture_output=True, text=True, check=True
        )
        assert self.text == decided.stdout.removesuffix("\n")
        assert self.ids("action") == [action["id"] for action in self.data["actions"]]
        assert self.ids("warning") == [warning["id"] for warning in self.data["warnings"]]
