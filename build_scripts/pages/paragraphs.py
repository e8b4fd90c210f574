"""The paragraphs of the two published documents: their ids, their anchors, and the tokens that publish them on a page.

A page publishes a paragraph with a token at the very start of a block, `{#R13.1 duty}`. The block then carries the
anchor `#r13-1` and the id in the margin as a link to itself. Every id is published exactly once on the whole site.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = {"duty": "Duty", "advice": "Advice", "context": "Background"}
"""What a paragraph is to the reader: something that must or should be done, good practice, or background."""

TOKEN = re.compile(r"\{#(?P<id>[A-Z][^\s}]*)(?P<kind>[^}]*)\}[ \t]*")
_BLOCK_START = re.compile(r"^(?:[ \t]|>[ \t]?|(?:[-*+]|\d+[.)])[ \t]+|#{1,6}[ \t]+)*$")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+" + TOKEN.pattern + r"(?P<text>.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A section of a document with the ids of its paragraphs and list items, in the document's order."""

    id: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One of the published documents; `key` is the letter that its ids begin with."""

    key: str
    title: str
    note: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Publication:
    """A paragraph published on a page: `line` in the page's file, from 1; `at_start`: the token opens its block."""

    id: str
    kind: str
    line: int
    at_start: bool


class Sources:
    """The published documents and every paragraph id in them."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = documents
        self.section_of = {p: s for d in documents for s in d.sections for p in s.paragraphs}
        self.document_of = {p: d for d in documents for s in d.sections for p in s.paragraphs}

    @property
    def ids(self) -> tuple[str, ...]:
        """Every paragraph id, in the order of the documents."""
        return tuple(self.section_of)

    def name(self, paragraph: str) -> str:
        """A paragraph named in full, for link titles: `S6(9)` is "Solihull schools page, item 6(9)"."""
        number = paragraph[1:]
        return (
            f"Solihull schools page, item {number}"
            if paragraph[0] == "S"
            else f"Regional procedures, paragraph {number}"
        )


def read_sources(path: Path) -> Sources:
    """The documents listed in `engine/rules/sources.toml`.

    Raises `OSError`, `tomllib.TOMLDecodeError` or `KeyError` for a bad file.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    return Sources(
        tuple(
            Document(
                entry["key"],
                entry["title"],
                entry["note"],
                tuple(Section(s["id"], s["title"], tuple(s["paragraphs"])) for s in entry["section"]),
            )
            for entry in data["document"]
        )
    )


def anchor(paragraph: str) -> str:
    """The anchor of a paragraph: `R26.2(iii)` gives `r26-2-iii`, `S7(5a)` gives `s7-5a`."""
    return re.sub(r"[^a-z0-9]+", "-", paragraph.lower()).strip("-")


def root(paragraph: str) -> str:
    """The paragraph that a list item belongs to: `R26.2(iii)` gives `R26.2`; any other id gives itself."""
    return paragraph.partition("(")[0]


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied to everything but code: fenced blocks and code spans stay as they are."""
    out, position = [], 0
    for fence in _FENCE.finditer(text):
        out += [change(text[position : fence.start()]), fence.group()]
        position = fence.end()
    return "".join([*out, change(text[position:])])


def without_code(text: str) -> str:
    """The text with code blanked out, every other character at its old place."""
    return _FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def published_in(markdown: str) -> Iterator[Publication]:
    """Every paragraph token in a page's Markdown, in order. Unknown ids and kinds are handed on as they stand."""
    text = without_code(markdown)
    for token in TOKEN.finditer(text):
        before = text[text.rfind("\n", 0, token.start()) + 1 : token.start()]
        previous = text[: token.start()].split("\n")[-2:-1]
        opens = bool(_BLOCK_START.match(before)) and (bool(before.strip()) or not previous or _ends_block(previous[0]))
        yield Publication(token["id"], token["kind"].strip(), text.count("\n", 0, token.start()) + 1, opens)


def _ends_block(line: str) -> bool:
    """Whether a block may begin on the line after this one."""
    return not line.strip() or line.lstrip().startswith(("#", "!!!", "???"))


def set_anchors(markdown: str, sources: Sources) -> str:
    """The Markdown with each token turned into the anchor and link of its paragraph.

    A token in a heading becomes the heading's own id and a mark that `finish_headings` turns into the link, so that the
    paragraph's number does not get into the table of contents.
    """

    def heading(match: re.Match[str]) -> str:
        marks = f'data-paragraph="{match["id"]}" data-kind="{match["kind"].strip()}"'
        return f"{match['marks']} {match['text']} {{: #{anchor(match['id'])} {marks} }}"

    def block(match: re.Match[str]) -> str:
        return link(match["id"], match["kind"].strip(), sources, with_id=True)

    return outside_code(markdown, lambda text: TOKEN.sub(block, _HEADING.sub(heading, text)))


def link(paragraph: str, kind: str, sources: Sources, *, with_id: bool) -> str:
    """The link in the margin, with the paragraph's id as its text; `with_id` makes it the anchor as well."""
    here = anchor(paragraph)
    own = f' id="{here}"' if with_id else ""
    title = html.escape(f"{KINDS.get(kind, kind)}. {sources.name(paragraph)}")
    return f'<a class="para para--{kind}"{own} href="#{here}" title="{title}">{paragraph}</a> '


def finish_headings(page: str, sources: Sources) -> str:
    """The page's HTML with the paragraph link put into each heading that `set_anchors` marked."""

    def mend(match: re.Match[str]) -> str:
        attributes = match["attributes"]
        paragraph = re.search(r' data-paragraph="([^"]*)"', attributes)
        kind = re.search(r' data-kind="([^"]*)"', attributes)
        if not paragraph or not kind:
            return match.group()
        rest = attributes.replace(paragraph.group(), "").replace(kind.group(), "")
        return f"<{match['tag']}{rest}>{link(paragraph[1], kind[1], sources, with_id=False)}"

    return re.sub(r"<(?P<tag>h[1-6])(?P<attributes>[^>]* data-paragraph=[^>]*)>", mend, page)
