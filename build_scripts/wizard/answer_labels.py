"""What answers, routes and outcomes are called, by path: the words with which a script tells of a record.

The scripts in assets/records/ take these as their `labels`; the words are those of the questions and of wording.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build_scripts.inputs.references import Reference
from build_scripts.wizard.questions import Option, Questionnaire

__all__ = ["answer_labels"]


def answer_labels(questionnaire: Questionnaire, references: Mapping[str, Reference]) -> dict[str, dict[str, Any]]:
    """Give for each path of a case its short name (`short`) and what its values are called (`values`); plain JSON data.

    A sign stands under `indicators.<id>`; what its parts are called, for all signs alike, under `seen`, `when` and
    `note`. `route`, `outcome` and `instrument` hold the words for a decision, `references` the titles of the
    references that a comparison names.
    """
    labels: dict[str, dict[str, Any]] = {
        question.path: _label(question.short, question.options) for question in questionnaire.questions()
    }
    for page in questionnaire.pages:
        labels |= {f"indicators.{sign.id}": {"short": sign.label, "values": {}} for sign in page.signs}
    words = questionnaire.wording
    labels |= {
        "seen": _label("Seen", questionnaire.seen),
        "when": _label("When", questionnaire.when),
        "note": {"short": "Note", "values": {}},
        "route": {
            "short": "Decision",
            "values": {entry["id"]: entry["headline"] for entry in words.get("route", ())},
        },
        "outcome": {
            "short": "Outcome that stands",
            "values": {entry["id"]: entry["label"] for entry in words.get("outcome", ())},
        },
        "instrument": {
            "short": "Screening tool",
            "values": {entry["id"]: entry["label"] for entry in words.get("instrument", ())},
        },
        "references": {
            "short": "References",
            "values": {id_: references[id_].title for id_ in COMPARISON_REFERENCES if id_ in references},
        },
    }
    return labels


COMPARISON_REFERENCES = ("n111", "n112")
"""The references that compare.py names; a test holds the two together."""


def _label(short: str, options: tuple[Option, ...]) -> dict[str, Any]:
    return {"short": short, "values": {option.value: option.label for option in options}}
