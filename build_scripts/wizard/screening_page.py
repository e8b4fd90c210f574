"""What the template of the screening page needs: questions, panels and contacts as HTML, and the words for the script.

The script that runs in the page holds no rule and no text of the procedures: what it shows comes from the decision,
from the page itself, or from the data made here.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from build_scripts import ROOT
from build_scripts.inputs.references import Reference, linked
from build_scripts.pages.citations import relative, set_citations
from build_scripts.pages.contacts import Area, Contact, lacking, national, provenance, telephone, when_open
from build_scripts.pages.guidance import Guidance
from build_scripts.pages.paragraphs import Sources
from build_scripts.rules.contact_kinds import GENERIC, USES
from build_scripts.wizard.answer_labels import COMPARISON_REFERENCES
from build_scripts.wizard.questions import Option, Page, Question, Questionnaire
from build_scripts.wizard.result_texts import Item, ResultTexts

__all__ = ["screening_context"]

SCRIPTS = ROOT / "site_overrides" / "assets" / "wizard"
OF_RECORDS = ("comparison.mjs", "record_file.mjs", "words.mjs")
"""The scripts in assets/records/ that the wizard uses as well."""


def screening_context(
    questionnaire: Questionnaire,
    result: ResultTexts,
    guidance: Guidance,
    page_url: str,
) -> dict[str, Any]:
    """Give the variable `screening` of screening.html.

    `guidance` gives the areas, the references and where each paragraph is published; `page_url` is the address of the
    page being built. All texts in the result are HTML, ready to be set into the page.
    """
    areas, references, published, sources = guidance.areas, guidance.references, guidance.published, guidance.sources
    texts = _Texts(references, published, sources, page_url)
    numbers = national(areas)
    return {
        "pages": [texts.page(page) for page in questionnaire.pages],
        "seen": _options(questionnaire.seen),
        "when": _options(questionnaire.when),
        "areas": [
            {
                "id": area.id,
                "name": html.escape(area.name),
                "contacts": [texts.contact(contact) for contact in area.contacts],
                "unknown": html.escape(" ".join(filter(None, (lacking(area), area.unknown_says)))),
                "do": [html.escape(step) for step in (*area.unknown_do, *area.do_anywhere)],
                "own_page": linked(area.own_page, references),
            }
            for area in areas
        ],
        "no_area": [texts.contact_without_area(key, numbers) for key in GENERIC],
        "parts": [
            {
                "id": part.id,
                "title": html.escape(part.title),
                "lead": texts.cited(part.lead),
                "with_actions": " ".join(part.with_actions),
                "items": [texts.item(item) for item in part.items],
            }
            for part in result.parts
        ],
        "modules": [
            "guard.mjs",
            *(f"wizard/{path.name}" for path in sorted(SCRIPTS.glob("*.mjs"))),
            *(f"records/{name}" for name in OF_RECORDS),
        ],
        "not_proof": texts.cited("[R10.2]"),
        "data": _data(questionnaire, result, areas, references, published, page_url),
    }


class _Texts:
    """Turns the questionnaire's texts into HTML as seen from one page."""

    def __init__(
        self, references: Mapping[str, Reference], published: Mapping[str, str], sources: Sources, page_url: str
    ) -> None:
        self.references, self.published, self.sources, self.page_url = references, published, sources, page_url

    def cited(self, text: str) -> str:
        """Plain text with citations, as HTML."""
        return set_citations(html.escape(text, quote=False), self.page_url, self.published, self.sources)

    def page(self, page: Page) -> dict[str, Any]:
        return {
            "id": page.id,
            "section": html.escape(page.section),
            "title": html.escape(page.title),
            "heading": html.escape(page.heading),
            "lead": self.cited(page.lead),
            "ages": " ".join(page.ages),
            "either": html.escape(page.either_or_not_known),
            "questions": [self.question(question) for question in page.questions],
            "signs": [
                {
                    "id": sign.id,
                    "label": html.escape(sign.label),
                    "hint": html.escape(sign.hint),
                    "cites": self.cited(f"[{', '.join(sign.sources)}]"),
                }
                for sign in page.signs
            ],
            "panels": [
                {
                    "id": panel.id,
                    "kind": panel.kind,
                    "title": html.escape(panel.title),
                    "text": self.cited(panel.text),
                    "inferred": self.cited(panel.inferred),
                    "contacts": panel.contacts,
                }
                for panel in page.panels
            ],
            "prompts": [
                {
                    "title": html.escape(prompt.title),
                    "text": self.cited(prompt.text),
                    "items": [self.cited(item) for item in prompt.items],
                    "editors_note": prompt.editors_note,
                    "references": linked(prompt.references, self.references),
                }
                for prompt in page.prompts
            ],
        }

    def question(self, question: Question) -> dict[str, Any]:
        return {
            "path": question.path,
            "key": question.path.replace(".", "-"),
            "kind": question.kind,
            "asked_as": question.asked_as,
            "question": html.escape(question.question),
            "short": html.escape(question.short),
            "hint": self.cited(question.hint),
            "why": self.cited(question.why),
            "options": _options(question.options),
            "required": question.required,
            "ages": " ".join(question.ages),
            "only_when": json.dumps(dict(question.only_when), sort_keys=True) if question.only_when else "",
        }

    def item(self, item: Item) -> dict[str, Any]:
        return {
            "says": self.cited(item.says),
            "inferred": self.cited(item.inferred),
            "references": linked(item.references, self.references),
        }

    def contact(self, contact: Contact) -> dict[str, Any]:
        when = ": ".join(part for part in (USES[contact.use], when_open(contact.hours)) if part)
        return {
            "key": contact.key,
            "label": html.escape(contact.label),
            "when": when,
            "note": html.escape(contact.note),
            "numbers": [telephone(number.number) for number in contact.numbers],
            "about": [
                {
                    "number": number.number,
                    "said_by": html.escape(provenance(contact, number)),
                    "disputed": html.escape(number.disputed),
                }
                for number in contact.numbers
            ],
        }

    def contact_without_area(self, key: str, numbers: Mapping[str, str]) -> dict[str, Any]:
        label = GENERIC[key]
        return {
            "key": key,
            "label": html.escape(label[0].upper() + label[1:]),
            "when": "",
            "note": "" if key in numbers else "The number depends on the council area, and no area is chosen.",
            "numbers": [telephone(numbers[key])] if key in numbers else [],
            "about": [],
        }


def _options(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [
        {
            "value": option.value,
            "label": html.escape(option.label),
            "hint": html.escape(option.hint),
            "ages": " ".join(option.ages),
        }
        for option in options
    ]


def _data(
    questionnaire: Questionnaire,
    result: ResultTexts,
    areas: tuple[Area, ...],
    references: Mapping[str, Reference],
    published: Mapping[str, str],
    page_url: str,
) -> str:
    """Give the words and addresses that the script needs, as JSON that is safe inside a script element."""
    pages: dict[str, list[str]] = {}
    for paragraph, url in published.items():
        pages.setdefault(relative(page_url, url), []).append(paragraph)
    words = questionnaire.wording
    data = {
        "bands": [{"id": id_, "to": to, "label": label} for id_, to, label in questionnaire.bands],
        "panels": [
            {"id": panel.id, "page": page.id, "kind": panel.kind, "title": panel.title, "when": dict(panel.when)}
            for page in questionnaire.pages
            for panel in page.panels
        ],
        "routes": {entry["id"]: _without(entry, "id") for entry in words.get("route", ())},
        "outcomes": {entry["id"]: entry["label"] for entry in words.get("outcome", ())},
        "instruments": {entry["id"]: entry["label"] for entry in words.get("instrument", ())},
        "grounds": {entry["id"]: _without(entry, "id") for entry in words.get("ground", ())},
        "because": {entry["row"]: entry["says"] for entry in words.get("because", ())},
        "facts": {entry["id"]: entry["label"] for entry in words.get("fact", ())},
        "tables": dict(questionnaire.table_titles),
        "areas": {area.id: area.name for area in areas},
        "prompts": result.prompts,
        "references": {id_: references[id_].title for id_ in COMPARISON_REFERENCES},
        "paragraphs": pages,
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _without(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != key}
