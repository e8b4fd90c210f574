"""Inferred means inferred: what pages and rules add to the paragraphs is marked on both sides, by one list of steps."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_scripts.rules.compile import built_rulebook
from build_scripts.rules.files import read_rule_files

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LIST = Path(__file__).with_name("inferred_steps.toml")
ABOUT_US = ("about", "rules")
"""Folders that tell of the site and its rules; what they say of "inferred" marks no step."""
MARK = "inferred"


@dataclass(frozen=True)
class Step:
    """One step of the list."""

    id: str
    pattern: str = ""
    rules: tuple[str, ...] = ()
    not_said_by: tuple[str, ...] = ()

    def told_in(self, line: str) -> bool:
        """Whether a line of a page tells this step."""
        return bool(self.pattern) and re.search(self.pattern, line, re.IGNORECASE) is not None


@dataclass(frozen=True)
class Line:
    """One line of a page: a paragraph, a list item or a row of a table."""

    place: str
    text: str

    @property
    def is_marked(self) -> bool:
        """Whether the line says that something in it is inferred."""
        return MARK in self.text


STEPS = [Step(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
         for entry in tomllib.loads(LIST.read_text("utf-8"))["step"]]  # fmt: skip


def _lines() -> Iterator[Line]:
    for page in sorted(DOCS.rglob("*.md")):
        name = page.relative_to(DOCS)
        if name.parts[0] in ABOUT_US:
            continue
        _, _, body = page.read_text("utf-8").partition("\n---\n")
        for text in body.splitlines():
            if text.strip() and not text.startswith("#"):
                yield Line(name.as_posix(), text)


LINES = list(_lines())


def _marked_rules() -> dict[str, bool]:
    """Every row and condition by its id, and whether it is marked: by `inferred`, or by the word in what it says."""
    rules = built_rulebook()
    found = {row.id: row.inferred is not None for table in rules.tables for row in table.rows}
    for item in (*rules.actions, *rules.warnings):
        for held in item.conditions:
            said = (item.text, item.who, item.by_when, held.text, held.who, held.by_when)
            found[f"{item.id}.{held.id}"] = held.inferred is not None or any(MARK in (text or "") for text in said)
    return found


def _named(name: str, rules: dict[str, bool]) -> list[str]:
    """The rules that a name of the list means: the rule itself, or all that begin with it."""
    return [rule for rule in rules if rule == name or rule.startswith((f"{name}.", f"{name}-"))]


@pytest.mark.parametrize("step", [step for step in STEPS if step.pattern], ids=lambda step: step.id)
def test_a_step_is_marked_wherever_a_page_tells_it(step: Step) -> None:
    """A reader must see, wherever a step is told, that no paragraph says it outright."""
    told = [line for line in LINES if step.told_in(line.text)]
    assert told, f"no page tells {step.id} as the list has it: correct its pattern"
    assert [f"{line.place}: {line.text[:160]}" for line in told if not line.is_marked] == []


@pytest.mark.parametrize("step", [step for step in STEPS if step.rules], ids=lambda step: step.id)
def test_a_step_is_marked_in_every_rule_that_decides_it(step: Step) -> None:
    """What a page calls inferred the wizard's result calls inferred too."""
    rules = _marked_rules()
    for name in step.rules:
        meant = _named(name, rules)
        assert meant, f"{name} is no rule"
        assert any(rules[rule] for rule in meant), f"{name} is inferred, and no rule of that name says so"
        if meant == [name]:
            assert rules[name], name


def test_every_mark_on_a_page_is_a_step_of_the_list() -> None:
    """A step that a page marks is looked for in the rules: so a mark that nobody listed is told."""
    unknown = [line for line in LINES if line.is_marked and not any(step.told_in(line.text) for step in STEPS)]
    assert [f"{line.place}: {line.text[:200]}" for line in unknown] == []


def test_every_mark_in_the_rules_is_a_step_of_the_list() -> None:
    """A rule that is marked belongs to a step, so that the pages that tell the step are held to it."""
    rules = _marked_rules()
    listed = {rule for step in STEPS for name in step.rules for rule in _named(name, rules)}
    assert [rule for rule, marked in rules.items() if marked and rule not in listed] == []


def test_the_list_names_each_step_once_and_real_paragraphs() -> None:
    """A slip in the list would hold nothing."""
    assert len({step.id for step in STEPS}) == len(STEPS)
    assert all(step.pattern or step.rules for step in STEPS)
    assert {paragraph for step in STEPS for paragraph in step.not_said_by} <= read_rule_files().paragraphs
