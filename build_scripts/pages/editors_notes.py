"""Editor's notes: what the source says, what holds today, since when, by which source. Placed with `{note: id}`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.inputs.dates import in_words
from build_scripts.inputs.problems import Problem
from build_scripts.inputs.references import Reference
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.paragraphs import without_code

TOKEN = re.compile(r"^(?P<indent>[ \t]*)\{note:\s*(?P<id>[^}]*?)\s*\}[ \t]*$", re.MULTILINE)
CONFIDENCE = {
    "high": "We are sure of this.",
    "medium": "We are fairly sure of this.",
    "low": "We are not sure of this.",
    "not verified": "We have not been able to check this.",
}


@dataclass(frozen=True)
class Note:
    """One note. `says` and `today` are Markdown; `since` is words, "" where not known; `file` is where it stands."""

    id: str
    paragraphs: tuple[str, ...]
    title: str
    says: str
    today: str
    since: str
    references: tuple[str, ...]
    confidence: str
    written: date
    file: str


def read_notes(folder: Path, root: Path) -> tuple[dict[str, Note], list[Problem]]:
    """Every note in the folder's TOML files by id, and what is wrong in them."""
    notes: dict[str, Note] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        data, found = read_toml(path, root)
        problems += found
        file = path.relative_to(root).as_posix()
        for entry in data.get("note", []):
            wrong = _wrong(entry, file, notes)
            problems += wrong
            if not wrong:
                values: dict[str, Any] = {
                    key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
                }
                notes[entry["id"]] = Note(**values, file=file)
    return notes, problems


def _wrong(entry: dict[str, Any], file: str, notes: Mapping[str, Note]) -> list[Problem]:
    what = f"note {entry.get('id', '?')}"
    text = ("id", "title", "says", "today", "since", "confidence")
    kinds: dict[str, type | tuple[type, ...]] = dict.fromkeys(text, str)
    problems = wrong_keys(entry, file, what, kinds | {"paragraphs": list, "references": list, "written": date})
    if entry.get("id") in notes:
        problems.append(
            Problem(file, 0, f"{what} twice", "each note's id once on the site", "give one of the two a new id")
        )
    if not problems and entry["confidence"] not in CONFIDENCE:
        found = f"{what}: confidence = {entry['confidence']!r}"
        problems.append(Problem(file, 0, found, " or ".join(CONFIDENCE), "say how sure the note is"))
    return problems


def placed_in(markdown: str) -> Iterator[tuple[str, int]]:
    """Every note placed on a page, with its line."""
    text = without_code(markdown)
    for match in TOKEN.finditer(text):
        yield match["id"], text.count("\n", 0, match.start("id")) + 1


def set_notes(markdown: str, notes: Mapping[str, Note], references: Mapping[str, Reference]) -> str:
    """The Markdown with each `{note: id}` as the note itself; an unknown id is left out (the checks report it)."""

    def note(match: re.Match[str]) -> str:
        found = notes.get(match["id"])
        lines = render(found, references).split("\n") if found else []
        return "\n".join(match["indent"] + line if line else "" for line in lines)

    return TOKEN.sub(note, markdown)


def render(note: Note, references: Mapping[str, Reference]) -> str:
    """A note as Markdown inside an HTML block that says what it is, to the eye and to a screen reader."""
    cited = [references[key] for key in note.references if key in references]
    shown = "; ".join(f"[{_plain(r.title)}]({r.address})" if r.address else _plain(r.title) for r in cited)
    since = f"Since when: {_stop(_plain(note.since))} " if note.since else ""
    foot = f"{CONFIDENCE[note.confidence]} {since}Written {in_words(note.written)}." + (
        f" Sources: {shown}." if shown else ""
    )
    about = f" [{', '.join(note.paragraphs)}]" if note.paragraphs else ""
    return "\n".join(
        [
            f'<div class="note" role="note" id="note-{note.id}" aria-labelledby="note-{note.id}-title" markdown="1">',
            "",
            f'<p class="note-title" id="note-{note.id}-title">'
            f'<span class="note-tag">Editor’s note</span> {html.escape(note.title)}</p>',
            "",
            f"**The source says{about}:** {note.says.strip()}",
            "",
            _leading("**Today:**", note.today.strip()),
            "",
            f"{foot}\n{{: .note-foot }}",
            "",
            "</div>",
            "",
        ]
    )


def _leading(words: str, markdown: str) -> str:
    """The words put before a text: in its first paragraph, or above it where it begins with a list."""
    return f"{words}\n\n{markdown}" if re.match(r"([-*+]|\d+\.)[ \t]", markdown) else f"{words} {markdown}"


def _plain(text: str) -> str:
    return re.sub(r"([\[\]*_])", r"\\\1", text)


def _stop(text: str) -> str:
    return text if text.endswith(".") else text + "."
