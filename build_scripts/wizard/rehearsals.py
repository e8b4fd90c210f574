"""The practice cases: read, held against the engine, and made ready for their pages and for the wizard.

What a practitioner expects of a case stands in docs/_data/practice_cases.toml; the build fails where the engine decides
otherwise, so that nobody learns what the wizard does not say.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.citations import cited_in, set_citations
from build_scripts.pages.paragraphs import Sources
from build_scripts.wizard.questions import Questionnaire
from cse_pathway.case import read_case
from cse_pathway.decide import decide
from cse_pathway.problems import BadCase
from cse_pathway.rulebook import RuleBook

__all__ = ["FILE", "PracticeCase", "for_wizard", "practice_context", "read_practice_cases"]

FILE = Path("docs") / "_data" / "practice_cases.toml"
AS_OF = "2026-11-23T10:30"
"""When the practice cases are decided: any working day would do, since none of them holds a date."""
URGENT = (
    "immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved",
)  # fmt: skip
_KEYS = {
    "id": str, "title": str, "story": list, "answers": dict, "route": str, "final": str, "actions": list, "why": list,
}  # fmt: skip


@dataclass(frozen=True)
class PracticeCase:
    """A made-up case: its story, its answers by path in the case, and what the engine decides (JSON, read)."""

    id: str
    title: str
    story: tuple[str, ...]
    why: tuple[str, ...]
    answers: Mapping[str, str]
    decision: Mapping[str, Any]


def read_practice_cases(
    root: Path, sources: Sources, rules: RuleBook
) -> tuple[tuple[PracticeCase, ...], list[Problem]]:
    """Read the practice cases of a repository at `root` and decide each by `rules`.

    Gives the cases that hold, in order, and every problem: wrong keys, answers that the engine refuses, a route,
    outcome or action that it does not give, a citation of no paragraph.
    """
    data, problems = read_toml(root / FILE, root)
    cases: list[PracticeCase] = []
    for entry in data.get("case", []):
        what = f"case {entry.get('id', '?')}"
        wrong = wrong_keys(entry, FILE.as_posix(), what, dict(_KEYS))
        if entry.get("id") in {case.id for case in cases}:
            wrong.append(_wrong(f"{what} twice", "each id once", "Choose another id."))
        if not wrong:
            answers = _written_out(entry["answers"])
            decision = _decided({**answers, "as_of": AS_OF}, rules)
            wrong = [*_not_cited(entry, what, sources), *_differs(entry, what, decision)]
        if not wrong:
            flat = dict(_flat(answers))
            cases.append(
                PracticeCase(entry["id"], entry["title"], tuple(entry["story"]), tuple(entry["why"]), flat, decision)
            )
        problems += wrong
    return tuple(cases), problems


def _decided(case: Mapping[str, Any], rules: RuleBook) -> dict[str, Any]:
    try:
        return decide(read_case(case, rules), rules).as_json()
    except BadCase as bad:
        return {"errors": [problem.as_json() for problem in bad.problems]}


def _wrong(found: str, wanted: str, mend: str) -> Problem:
    return Problem(FILE.as_posix(), 0, found, wanted, mend)


def _written_out(answers: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in answers.items() if key != "nothing_urgent"}
    if answers.get("nothing_urgent"):
        given["now"] = dict.fromkeys(URGENT, "no")
    return given


def _flat(answers: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """The answers by their path: child.age = "14"."""
    found: list[tuple[str, str]] = []
    for key, value in answers.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{key}.")
        else:
            found.append((before + key, json.dumps(value) if isinstance(value, bool) else str(value)))
    return found


def _not_cited(entry: Mapping[str, Any], what: str, sources: Sources) -> list[Problem]:
    cited = [citation.id for reason in entry["why"] for citation in cited_in(reason)]
    unknown = [id_ for id_ in cited if id_ not in sources.ids]
    if not cited:
        return [_wrong(f"{what} cites no paragraph", "reasons with their paragraphs", "Say what the answer rests on.")]
    return [_wrong(f"{what} cites {id_}", "a paragraph of sources.toml", "Correct the id.") for id_ in unknown]


def _differs(entry: Mapping[str, Any], what: str, decision: Mapping[str, Any]) -> list[Problem]:
    """Where the engine decides otherwise than the case expects."""
    if "errors" in decision:
        said = "; ".join(f"{error['path']}: {error['found']}" for error in decision["errors"])
        return [_wrong(f"{what}: the engine refuses its answers ({said})", "a valid case", "Correct the answers.")]
    mend = "If the engine is right, mend the case and its reasons; if the case is, mend the rules."
    given = {"route": decision["route"], "final": decision["outcome"]["final"] or "none"}
    found = [
        _wrong(f"{what}: {key} = {entry[key]!r}, the engine gives {value!r}", "the engine's own answer", mend)
        for key, value in given.items()
        if entry[key] != value
    ]
    planned = [action["id"] for action in decision["actions"]]
    return found + [
        _wrong(f"{what}: action {id_!r}, which the engine does not plan", "actions of the engine's plan", mend)
        for id_ in entry["actions"]
        if id_ not in planned
    ]


def practice_context(
    cases: tuple[PracticeCase, ...],
    questionnaire: Questionnaire,
    page_url: str,
    published: Mapping[str, str],
    sources: Sources,
) -> list[dict[str, Any]]:
    """Give the template's `tool.cases`: each case with its story, expected answers, plan and reasons as HTML."""
    routes = {entry["id"]: entry["headline"] for entry in questionnaire.wording.get("route", ())}
    outcomes = {entry["id"]: entry["label"] for entry in questionnaire.wording.get("outcome", ())}

    def cited(text: str) -> str:
        return set_citations(html.escape(text, quote=False), page_url, published, sources)

    return [
        {
            "id": case.id,
            "title": html.escape(case.title),
            "story": [html.escape(part) for part in case.story],
            "headline": html.escape(routes.get(case.decision["route"], case.decision["route"])),
            "outcome": html.escape(outcomes.get(case.decision["outcome"]["final"] or "", "None yet")),
            "answers": [(html.escape(name), html.escape(value)) for name, value in _in_words(case, questionnaire)],
            "actions": [
                f"{html.escape(action['what'])} {cited('[' + ', '.join(action['sources']) + ']')}"
                for action in case.decision["actions"]
            ],
            "why": [cited(reason) for reason in case.why],
        }
        for case in cases
    ]


def _in_words(case: PracticeCase, questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """The answers as the wizard asks them, in its order; signs by their label."""
    found = []
    for page in questionnaire.pages:
        for question in page.questions:
            if question.path in case.answers:
                value = case.answers[question.path]
                labels = {option.value: option.label for option in question.options}
                found.append((question.short, labels.get(value, value)))
        for sign in page.signs:
            seen = case.answers.get(f"indicators.{sign.id}.seen")
            if seen:
                labels = {option.value: option.label for option in questionnaire.seen}
                found.append((f"Sign: {sign.label}", labels.get(seen, seen)))
    return found


def for_wizard(cases: tuple[PracticeCase, ...]) -> str:
    """Give what the wizard reads in practice mode, as JSON: stories, answers by path, and what the engine decides."""
    return json.dumps(
        [
            {
                "id": case.id,
                "title": case.title,
                "story": case.story,
                "why": case.why,
                "answers": dict(case.answers),
                "route": case.decision["route"],
                "final": case.decision["outcome"]["final"],
                "actions": [{"id": action["id"], "what": action["what"]} for action in case.decision["actions"]],
            }
            for case in cases
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
