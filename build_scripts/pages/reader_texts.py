"""Everything that readers read, with the place where an editor finds it: pages, texts in TOML, templates, scripts.

For checks of words. What no reader sees (code, comments, ids, addresses) is blanked out or left aside, and every text
keeps its lines, so that a find can be told with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_scripts.pages.page_files import split
from build_scripts.pages.paragraphs import without_code

__all__ = ["ReaderText", "data_texts", "reader_texts"]

_FRONT_MATTER = re.compile(r"^(?:title|description): *(?P<text>.+)$", re.MULTILINE)
_NOT_READ = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_READ_ALOUD = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
_SCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)", re.DOTALL
)
_FOR_PROGRAMS = {"when", "then", "only_when", "sources", "references", "notes", "pages", "id", "key", "address"}
_NOT_PROSE = {"wording_habits.toml", "search_words.toml"}
"""Lists for programs: patterns, and words that people type."""


@dataclass(frozen=True)
class ReaderText:
    """A text and its place: `file` from the repository's root, `line` where the text begins, 0 where not known."""

    file: str
    line: int
    text: str


def reader_texts(root: Path) -> Iterator[ReaderText]:
    """All texts of a repository that readers meet on the site."""
    for path in sorted((root / "docs").rglob("*.md")):
        yield from _page(path, root)
    for folder in ("docs/_data", "engine/rules"):
        yield from data_texts(root / folder, root)
    for path in sorted((root / "site_overrides").glob("*.html")):
        yield from _template(path, root)
    for path in sorted((root / "site_overrides" / "assets").rglob("*.mjs")):
        yield from _script(path, root)


def _page(path: Path, root: Path) -> Iterator[ReaderText]:
    text = path.read_text("utf-8")
    file = path.relative_to(root).as_posix()
    head, body, line = split(text)
    for match in _FRONT_MATTER.finditer(head):
        yield ReaderText(file, head.count("\n", 0, match.start()) + 2, match["text"].strip("\"'"))
    yield ReaderText(file, line, without_code(body))


def data_texts(folder: Path, root: Path) -> Iterator[ReaderText]:
    """Every text of the TOML files below a folder, but for what only programs read."""
    for path in sorted(folder.rglob("*.toml")):
        if path.name in _NOT_PROSE:
            continue
        raw = path.read_text("utf-8")
        file = path.relative_to(root).as_posix()
        at = 0
        for text in _strings(tomllib.loads(raw)):
            first = text.strip().partition("\n")[0]
            found = max(raw.find(written, at) for written in (first, first.replace('"', '\\"')))
            at = max(at, found)
            yield ReaderText(file, raw.count("\n", 0, found) + 1 if found >= 0 else 0, text.strip())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _FOR_PROGRAMS:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str) and value.strip():
        yield value


def _template(path: Path, root: Path) -> Iterator[ReaderText]:
    text = path.read_text("utf-8")
    file = path.relative_to(root).as_posix()
    for match in _READ_ALOUD.finditer(text):
        yield ReaderText(file, text.count("\n", 0, match.start()) + 1, match[1])
    yield ReaderText(file, 1, _TAG.sub(_blank, _NOT_READ.sub(_blank, text)))


def _script(path: Path, root: Path) -> Iterator[ReaderText]:
    text = path.read_text("utf-8")
    file = path.relative_to(root).as_posix()
    for match in _SCRIPT.finditer(text):
        if match["text"] and " " in match["text"]:
            yield ReaderText(file, text.count("\n", 0, match.start()) + 1, match["text"][1:-1])


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
