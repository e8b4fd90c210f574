"""The wizard's questions: reads engine/rules/questions.toml and wording.toml and holds them against the rules.

Every answer of case.toml is asked once, with its own values and no others; every paragraph named exists; every
result the tables can give has its words. All problems come at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys

__all__ = ["Option", "Page", "Panel", "Prompt", "Question", "Questionnaire", "Sign", "read_questionnaire"]

NOT_KNOWN = "not_known"
CHILD_AGE = {"child.date_of_birth": "birth", "child.age": "age"}
"""The two ways to give the age; case.toml leaves them to the engine, which reads them apart from the other answers."""

KINDS = {
    "radios": ("answer", "choice", "flag"),
    "date": ("day", "birth"),
    "moment": ("moment",),
    "number": ("age",),
    "words": ("text",),
}
"""What may ask for which kind of answer."""

SIGN_GROUPS = ("home", "school", "health", "online", "people")
_CITED = re.compile(r"\[([RS]\d[^\]\[]*)\](?!\()")


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen; `ages` names the age bands it is for, () for all."""

    value: str
    label: str
    hint: str = ""
    ages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One answer of the case as it is asked. `kind` is that of case.toml, or birth or age."""

    path: str
    kind: str
    asked_as: str
    question: str
    short: str
    hint: str
    why: str
    sources: tuple[str, ...]
    options: tuple[Option, ...]
    required: bool
    ages: tuple[str, ...]
    only_when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Panel:
    """What stands at once under an answer, with no script; `when`: the answers that bring it up."""

    id: str
    kind: str
    when: Mapping[str, tuple[str, ...]]
    title: str
    text: str
    contacts: tuple[str, ...]
    inferred: str


@dataclass(frozen=True)
class Prompt:
    """Something to bear in mind; no rule. `editors_note` marks what the sources do not say, with its references."""

    title: str
    text: str
    items: tuple[str, ...]
    editors_note: bool
    references: tuple[str, ...]


@dataclass(frozen=True)
class Sign:
    """A published sign as it is asked."""

    id: str
    label: str
    hint: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page of the journey; without `heading` the first question is the heading."""

    id: str
    section: str
    title: str
    heading: str
    lead: str
    ages: tuple[str, ...]
    either_or_not_known: str
    questions: tuple[Question, ...]
    panels: tuple[Panel, ...]
    prompts: tuple[Prompt, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Questionnaire:
    """All that the screening page asks and says. `bands`: id, last age (None for no end) and label, by rising age."""

    pages: tuple[Page, ...] = ()
    bands: tuple[tuple[str, int | None, str], ...] = ()
    seen: tuple[Option, ...] = ()
    when: tuple[Option, ...] = ()
    wording: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    table_titles: Mapping[str, str] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for page in self.pages:
            yield from page.questions


def read_questionnaire(rules: Path, root: Path) -> tuple[Questionnaire, list[Problem]]:
    """Read and check the questions and words of a folder of rule files.

    `rules` is the folder (engine/rules), `root` what the files are named from. Gives the questionnaire and every
    problem found; with problems the questionnaire holds what could be read.
    """
    reader = _Reader(rules, root)
    data = reader.toml("questions.toml")
    wording = reader.toml("wording.toml")
    signs = reader.toml("indicators.toml").get("indicator", [])
    tables = [reader.toml(file.relative_to(rules).as_posix()) for file in sorted((rules / "tables").glob("*.toml"))]
    inputs = {entry["path"]: entry for entry in reader.toml("case.toml").get("input", [])}
    reader.paragraphs = frozenset(
        paragraph
        for document in reader.toml("sources.toml").get("document", [])
        for section in document["section"]
        for paragraph in section["paragraphs"]
    )
    sets = {name: reader.options(name, entries) for name, entries in data.get("options", {}).items()}
    bands = tuple((band["id"], band.get("to"), band["label"]) for band in data.get("age_band", []))
    reader.bands = (*(band[0] for band in bands), NOT_KNOWN)
    pages = tuple(reader.page(entry, sets, inputs, signs) for entry in data.get("page", []))
    found = Questionnaire(
        pages, bands, sets.get("seen", ()), sets.get("when", ()), wording,
        {table["id"]: table["title"] for table in tables if "id" in table},
    )  # fmt: skip
    reader.check_asked_once(found, inputs)
    reader.check_signs(pages, signs)
    reader.check_words(wording, tables)
    return found, reader.problems


class _Reader:
    """Collects problems while the files are read."""

    def __init__(self, rules: Path, root: Path) -> None:
        self.rules, self.root = rules, root
        self.problems: list[Problem] = []
        self.paragraphs: frozenset[str] = frozenset()
        self.bands: tuple[str, ...] = ()
        self.file = (rules / "questions.toml").relative_to(root).as_posix()

    def toml(self, name: str) -> dict[str, Any]:
        data, problems = read_toml(self.rules / name, self.root)
        self.problems += problems
        return data

    def wrong(self, found: str, wanted: str, mend: str, file: str = "") -> None:
        self.problems.append(Problem(file or self.file, 0, found, wanted, mend))

    def keys(self, entry: Mapping[str, Any], what: str, kinds: dict[str, Any], optional: tuple[str, ...]) -> bool:
        found = wrong_keys(dict(entry), self.file, what, kinds, optional=optional)
        self.problems += found
        return not found

    def cited(self, what: str, texts: Iterable[str], ids: Iterable[str] = ()) -> None:
        named = [part.strip() for text in texts for match in _CITED.findall(text) for part in re.split("[,;]", match)]
        for paragraph in dict.fromkeys([*named, *ids]):
            if paragraph not in self.paragraphs:
                self.wrong(
                    f"{what} names {paragraph}", "a paragraph of sources.toml", "Correct the id, or take it out."
                )

    def ages(self, what: str, ages: Iterable[str]) -> tuple[str, ...]:
        given = tuple(ages)
        for age in given:
            if age not in self.bands:
                self.wrong(
                    f"{what}: ages holds {age!r}", f"one of {', '.join(self.bands)}", "Name an age band of this file."
                )
        return given

    def options(self, what: str, entries: Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
        kinds = {"value": str, "label": str, "hint": str, "ages": list}
        return tuple(
            Option(entry["value"], entry["label"], entry.get("hint", ""), tuple(entry.get("ages", ())))
            for entry in entries
            if self.keys(entry, f"an answer of {what}", kinds, ("hint", "ages"))
        )

    def page(
        self,
        entry: dict[str, Any],
        sets: Mapping[str, tuple[Option, ...]],
        inputs: Mapping[str, Any],
        signs: list[dict[str, Any]],
    ) -> Page:
        what = f"page {entry.get('id', '?')}"
        kinds = {
            "id": str, "section": str, "title": str, "heading": str, "lead": str, "ages": list, "signs": str,
            "either_or_not_known": str, "question": list, "panel": list, "prompt": list,
        }  # fmt: skip
        self.keys(
            entry,
            what,
            kinds,
            ("heading", "lead", "ages", "signs", "either_or_not_known", "question", "panel", "prompt"),
        )
        if not entry.get("question") and not entry.get("signs"):
            self.wrong(f"{what} asks nothing", "a question or a group of signs", "Add one, or take the page out.")
        if not entry.get("heading") and not entry.get("question"):
            self.wrong(f"{what} has no heading", "a heading or a question", "Add a heading.")
        self.cited(what, [entry.get("lead", "")])
        return Page(
            id=entry.get("id", ""),
            section=entry.get("section", ""),
            title=entry.get("title", ""),
            heading=entry.get("heading", ""),
            lead=entry.get("lead", ""),
            ages=self.ages(what, entry.get("ages", ())),
            either_or_not_known=entry.get("either_or_not_known", ""),
            questions=tuple(q for q in (self.question(e, sets, inputs) for e in entry.get("question", ())) if q),
            panels=tuple(p for p in (self.panel(e) for e in entry.get("panel", ())) if p),
            prompts=tuple(p for p in (self.prompt(e) for e in entry.get("prompt", ())) if p),
            signs=tuple(
                Sign(sign["id"], sign["label"], sign.get("hint", ""), tuple(sign["sources"]))
                for sign in signs
                if sign.get("group") == entry.get("signs")
            ),
        )

    def question(
        self, entry: dict[str, Any], sets: Mapping[str, tuple[Option, ...]], inputs: Mapping[str, Any]
    ) -> Question | None:
        path = entry.get("path", "?")
        what = f"question {path}"
        kinds = {
            "path": str, "asked_as": str, "question": str, "short": str, "hint": str, "why": str, "sources": list,
            "options": (str, list), "required": bool, "ages": list, "only_when": dict,
        }  # fmt: skip
        if not self.keys(entry, what, kinds, ("hint", "why", "options", "required", "ages", "only_when")):
            return None
        kind = CHILD_AGE.get(path) or inputs.get(path, {}).get("kind", "")
        if not kind:
            self.wrong(f"{what}", "a path of case.toml", "Correct the path.")
            return None
        if kind not in KINDS.get(entry["asked_as"], ()):
            self.wrong(f"{what} is asked as {entry['asked_as']}", f"what asks for the kind {kind}", "Correct asked_as.")
        given = entry.get("options", ())
        options = sets.get(given, ()) if isinstance(given, str) else self.options(what, given)
        if kind in ("answer", "choice", "flag"):
            self.check_options(what, kind, options, inputs[path])
        self.cited(what, [entry.get("why", ""), entry.get("hint", "")], entry["sources"])
        return Question(
            path, kind, entry["asked_as"], entry["question"], entry["short"], entry.get("hint", ""),
            entry.get("why", ""),
            tuple(entry["sources"]), options, entry.get("required", False), self.ages(what, entry.get("ages", ())),
            self.answers_named(what, entry.get("only_when", {}), inputs),
        )  # fmt: skip

    def check_options(self, what: str, kind: str, options: tuple[Option, ...], entry: Mapping[str, Any]) -> None:
        wanted = {"true", "false"} if kind == "flag" else set(entry["values"])
        given = [option.value for option in options]
        if set(given) != wanted | {NOT_KNOWN} or len(given) != len(set(given)):
            self.wrong(
                f"{what} offers {', '.join(given) or 'nothing'}",
                f"each of {', '.join(sorted(wanted | {NOT_KNOWN}))} once",
                "Offer what case.toml takes, and not_known.",
            )  # fmt: skip
        for option in options:
            self.ages(f"{what}, answer {option.value}", option.ages)

    def answers_named(
        self, what: str, when: Mapping[str, Any], inputs: Mapping[str, Any]
    ) -> dict[str, tuple[str, ...]]:
        named = {path: tuple(values) for path, values in when.items()}
        for path, values in named.items():
            known = {*inputs.get(path, {}).get("values", ()), NOT_KNOWN} if path in inputs else set()
            for value in values:
                if value not in known:
                    self.wrong(
                        f"{what} depends on {path} = {value}",
                        "a path of case.toml and one of its values",
                        "Correct it.",
                    )
        return named

    def panel(self, entry: dict[str, Any]) -> Panel | None:
        what = f"panel {entry.get('id', '?')}"
        kinds = {"id": str, "kind": str, "when": dict, "title": str, "text": str, "contacts": list, "inferred": str}
        if not self.keys(entry, what, kinds, ("inferred",)):
            return None
        self.cited(what, [entry["text"], entry.get("inferred", "")])
        when = {path: tuple(values) for path, values in entry["when"].items()}
        return Panel(
            entry["id"],
            entry["kind"],
            when,
            entry["title"],
            entry["text"],
            tuple(entry["contacts"]),
            entry.get("inferred", ""),
        )

    def prompt(self, entry: dict[str, Any]) -> Prompt | None:
        what = f"prompt {entry.get('title', '?')}"
        kinds = {"title": str, "text": str, "items": list, "sources": list, "editors_note": bool, "references": list}
        if not self.keys(entry, what, kinds, ("items", "editors_note", "references")):
            return None
        items = tuple(entry.get("items", ()))
        self.cited(what, [entry["text"], *items], entry["sources"])
        if entry.get("editors_note", False) != bool(entry.get("references")):
            self.wrong(
                f"{what}: editors_note and references do not go together",
                "both or neither",
                "Say what the note rests on.",
            )
        return Prompt(
            entry["title"], entry["text"], items, entry.get("editors_note", False), tuple(entry.get("references", ()))
        )

    def check_asked_once(self, found: Questionnaire, inputs: Mapping[str, Any]) -> None:
        asked = Counter(question.path for question in found.questions())
        of_signs = {path for path, entry in inputs.items() if entry.get("kind") == "sign"}  # asked with the signs
        for path in [*CHILD_AGE, *(path for path in inputs if path not in of_signs)]:
            if asked[path] != 1:
                self.wrong(
                    f"{path} asked {asked[path]} times",
                    "each answer of a case asked once",
                    "Add or take out a question.",
                )
        pages = Counter([*(page.id for page in found.pages), "check", "decision"])
        for page, count in pages.items():
            if count > 1:
                self.wrong(f"the page id {page} {count} times", "each id once", "Choose another id.")

    def check_signs(self, pages: tuple[Page, ...], signs: list[dict[str, Any]]) -> None:
        asked = Counter(sign.id for page in pages for sign in page.signs)
        for sign in signs:
            if asked[sign["id"]] != 1:
                self.wrong(
                    f"the sign {sign['id']} (group {sign['group']}) asked {asked[sign['id']]} times",
                    "each sign asked once",
                    f"Give it one of the groups {', '.join(SIGN_GROUPS)}, each asked on one page.",
                )  # fmt: skip

    def check_words(self, wording: Mapping[str, Any], tables: list[dict[str, Any]]) -> None:
        file = (self.rules / "wording.toml").relative_to(self.root).as_posix()
        given = {kind: {entry.get("id") for entry in entries} for kind, entries in wording.items() if kind != "because"}
        outputs = {name: values for table in tables for name, values in table.get("outputs", {}).items()}
        for kind, output in (
            ("route", "route"),
            ("outcome", "final"),
            ("instrument", "instrument"),
            ("ground", "ground"),
        ):
            for value in outputs.get(output, ()):
                if value != "nothing" and value not in given.get(kind, ()):
                    self.wrong(f"no [[{kind}]] for {value}", f"words for every {output}", "Add them.", file)
        rows = {row["id"] for table in tables for row in table.get("row", ())}
        for entry in wording.get("because", ()):
            if entry["row"] not in rows:
                self.wrong(
                    f"[[because]] for the row {entry['row']}",
                    "a row of a table",
                    "Correct the id, or take it out.",
                    file,
                )
        facts = {name for table in tables for name in table.get("inputs", ()) if "." not in name}
        for name in sorted(facts - given.get("fact", set()) - {"area", "setting", "allocated_worker"}):
            self.wrong(
                f"no [[fact]] for {name}", "a name for every input of a table that is no answer", "Add it.", file
            )
