"""What the search looks through: every built page cut into paragraphs, notes and headings, and the field's word list.

Made from the finished HTML, so that what is found is what stands on the page, under the anchor that the hit links to.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.page_files import PageFile

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "dd",
    "td",
    "th",
    "caption",
    "summary",
    "div",
    "table",
    "ul",
    "ol",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WEIGHTS = {"practice": 0.4, "about": 0.5, "forms": 0.45, "tools": 0.45, "start": 0.45, "rules": 0.3}
"""What a hit weighs by its page's folder, beside 1: pages that publish paragraphs come before those that lead there."""
BY_TITLE = ("rules/", "about/decisions/", "about/editors/", "practice/")
"""Folders whose pages are found by title, description and keywords only: the rules say again what the guidance says,
a made-up case must not be found as if it were guidance, and nor must an editor's example."""
_UNSEEN = {"dialog", "script", "template"}
"""What stands in a page without being read there: questions not yet asked, and the scripts' data."""
_HIDDEN = {"register", "cites", "dates", "toc", "print-head", "note-foot", "contact-source"}


@dataclass
class Part:
    """A part of a page that a hit can link to; `label` is the paragraph's id, "" where the part is no paragraph."""

    anchor: str
    label: str
    heading: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The part's words as they read, white space put right."""
        text = re.sub(r"\s+", " ", "".join(self.words))
        return re.sub(r" ([.,;:)])", r"\1", text).strip()


class _Cutter(HTMLParser):
    """Cuts an article's HTML into parts. Text belongs to the innermost paragraph or note, else to the last heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self.in_article = False
        self._open: list[tuple[str, bool, Part | None]] = []  # tag, whether hidden, the part that it opened
        self._section = Part("", "", "")
        self._heading: Part | None = None
        self._heading_tag = ""
        self._labelled: Part | None = None  # the part whose margin number is being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        classes = set(named.get("class", "").split())
        if tag == "article":
            self.in_article = True
        if not self.in_article:
            return
        if tag in _VOID:
            self._text(" ")
            return
        hidden = tag in _UNSEEN or bool(classes & _HIDDEN) or "hidden" in named
        hidden = hidden or (bool(self._open) and self._open[-1][1])
        part = None
        if not hidden:
            if tag == "a" and "para" in classes:
                self._labelled = self._paragraph(named)
            elif tag in _HEADINGS or "note-title" in classes:
                self._begin_heading(tag, named)
            elif tag in {"div", "section"} and "id" in named:
                part = self._new(Part(named["id"], "", self._section.heading))
        self._open.append((tag, hidden, part))
        if tag in _BLOCKS:
            self._text(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.in_article = False
        if tag == "a":
            self._labelled = None
        if not self.in_article:
            return
        if self._heading and tag == self._heading_tag:
            self._heading.heading = self._heading.text.removeprefix("Editor’s note ")
            self._heading.words.clear()
            self._heading = None
        while self._open:
            if self._open.pop()[0] == tag:
                break
        if tag in _BLOCKS:
            self._text(" ")

    def handle_data(self, data: str) -> None:
        if self._labelled:
            self._labelled.label += data.strip()
        elif self.in_article:
            self._text(data)

    def _begin_heading(self, tag: str, named: dict[str, str]) -> None:
        """A heading begins a section, or names the note or card that it stands in."""
        self._heading_tag = tag
        self._heading = next((part for _, _, part in reversed(self._open) if part), None)
        if self._heading is None:
            self._section = self._heading = self._new(Part(named.get("id", ""), "", ""))

    def _paragraph(self, named: dict[str, str]) -> Part:
        """A paragraph's margin number makes the block around it a part, or gives the heading around it its label."""
        anchor = named.get("href", "").removeprefix("#")
        if self._heading:
            return self._heading
        part = self._new(Part(anchor, "", self._section.heading))
        for i in range(len(self._open) - 1, -1, -1):
            tag, hidden, _ = self._open[i]
            if tag == "p" and i and self._open[i - 1][0] == "li" and self._open[i - 1][2] is None:
                continue  # the item holds more than its first paragraph
            if tag in {"p", "li", "td", "dd", "dt", "div"}:
                self._open[i] = (tag, hidden, part)
                break
        return part

    def _new(self, part: Part) -> Part:
        self.parts.append(part)
        return part

    def _text(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            return
        if self._heading:
            self._heading.words.append(data)
            return
        for _, _, part in reversed(self._open):
            if part:
                part.words.append(data)
                return
        self._section.words.append(data)


def cut(page: str) -> list[Part]:
    """The parts of a built page, in order; parts with neither text nor heading are left out."""
    cutter = _Cutter()
    cutter.feed(page)
    return [part for part in cutter.parts if part.text or part.heading]


def read_words(path: Path, root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The word list of the field (docs/_data/search_words.toml), and what is wrong with it."""
    data, problems = read_toml(path, root)
    file = path.relative_to(root).as_posix()
    for i, entry in enumerate(data.get("same", []), 1):
        problems += wrong_keys(entry, file, f"same number {i}", {"words": list})
    for i, entry in enumerate(data.get("lay", []), 1):
        problems += wrong_keys(entry, file, f"lay number {i}", {"say": list, "means": list})
    for i, entry in enumerate(data.get("ring", []), 1):
        problems += wrong_keys(entry, file, f"ring number {i}", {"words": list})
    for i, entry in enumerate(data.get("asks", []), 1):
        problems += wrong_keys(entry, file, f"asks number {i}", {"words": list, "under": str})
    return data, problems


def build_index(site: Path, pages: list[PageFile], words: dict[str, Any]) -> dict[str, Any]:
    """The search's data: pages with what they are about, their parts, and the word list. `site` holds the built pages.

    Keys are short since the file goes to the reader: pages have `u`rl, `t`itle, `d`escription, `k`eywords, `s`ections,
    `w`eight; parts are lists of page number, anchor, label, heading, text.
    """
    listed: list[dict[str, Any]] = []
    parts: list[list[Any]] = []
    for page in pages:
        if page.meta.get("template") == "search.html" or page.path == "all-pages.md":
            continue
        number = len(listed)
        sections = sorted({re.split(r"[.(]", str(p))[0] for p in page.meta.get("carries") or []})
        listed.append(
            {
                "u": page.url,
                "t": page.title,
                "d": str(page.meta.get("description", "")),
                "k": [str(word) for word in page.meta.get("keywords") or []],
                "s": sections,
                "w": 1 if sections else WEIGHTS.get(page.path.partition("/")[0], 1),
            }
        )
        cuts = [] if page.path.startswith(BY_TITLE) else cut((site / page.url / "index.html").read_text("utf-8"))
        for part in cuts or [Part("", "", page.title)]:
            parts.append([number, part.anchor, part.label, part.heading, part.text])
    return {
        "pages": listed,
        "parts": parts,
        "same": [entry["words"] for entry in words.get("same", [])],
        "lay": [[entry["say"], entry["means"]] for entry in words.get("lay", [])],
        "ring": [entry["words"] for entry in words.get("ring", [])],
        "asks": [[entry["words"], entry["under"]] for entry in words.get("asks", [])],
        "suggest": words.get("suggest", []),
    }


def write_index(index: dict[str, Any], path: Path) -> None:
    """Write the index as compact JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")
