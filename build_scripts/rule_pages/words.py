"""What facts and their values are called on the pages about the rules: the words of the questions and of the results.

Nothing is named here twice: a fact that people answer is called as its question is, any other as wording.toml calls it,
and what neither names keeps its own name, its underscores turned into spaces.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cse_pathway.table import Cell, SameAs, Value

__all__ = ["RuleWords", "read_rule_words"]

_PLAIN = {"not_known": "not known", "12_to_17": "12 to 17", "under_12": "under 12", "missing": "not given"}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The name of each fact, and the words for its values."""

    facts: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    outcomes: Mapping[str, str]

    def fact(self, name: str) -> str:
        """What a fact is called."""
        return self.facts.get(name) or name.rpartition(".")[2].replace("_", " ")

    def value(self, name: str, value: Value) -> str:
        """What a value of a fact is called."""
        text = str(value)
        known = self.values.get(name, {}).get(text) or self.outcomes.get(text) or _PLAIN.get(text)
        return known or text.replace("_", " ")

    def cell(self, name: str, cell: Cell, domain: tuple[Value, ...]) -> str:
        """A cell in words: its values in the order in which they are asked for, or the ages it takes."""
        spans = []
        for span in cell.spans:
            if span.low is None:
                spans.append(f"under {span.high:g}" if not span.high_closed else f"{span.high:g} or under")
            elif span.high is None:
                spans.append(f"{span.low:g} or over" if span.low_closed else f"over {span.low:g}")
            else:
                spans.append(f"{span.low:g} to {span.high:g}")
        listed = [self.value(name, value) for value in domain if value in cell.literals]
        return " or ".join([*spans, *listed])

    def answer(self, name: str, value: Value | SameAs) -> str:
        """What a row answers: a value, or the same as another fact."""
        return f"the same as {self.fact(value.fact)}" if isinstance(value, SameAs) else self.value(name, value)


def read_rule_words(rules: Path) -> RuleWords:
    """Read the words from questions.toml and wording.toml of a folder of rules."""
    questions = tomllib.loads((rules / "questions.toml").read_text("utf-8"))
    wording = tomllib.loads((rules / "wording.toml").read_text("utf-8"))
    facts: dict[str, str] = {entry["id"]: entry["label"] for entry in wording["fact"]}
    values: dict[str, dict[str, str]] = {}
    for page in questions["page"]:
        for question in page.get("question", []):
            path = question["path"]
            facts[path] = question.get("short") or question["question"]
            options: Any = question.get("options", [])
            listed = questions["options"][options] if isinstance(options, str) else options
            values[path] = {_as_fact(entry["value"]): entry["label"].lower() for entry in listed}
    outcomes = {entry["id"]: entry["label"] for entry in wording["outcome"]}
    values["route"] = {entry["id"]: entry["headline"] for entry in wording["route"]}
    values["instrument"] = {entry["id"]: entry["label"] for entry in wording["instrument"]}
    return RuleWords(facts, values, outcomes)


def _as_fact(value: str) -> str:
    """A yes-or-no of a form, which the tables see as yes and no."""
    return {"true": "yes", "false": "no"}.get(value, value)
