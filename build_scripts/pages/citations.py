"""Citations of paragraphs in running text: `[R12.4]` becomes a quiet link to where the paragraph is published."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_scripts.pages.paragraphs import Sources, anchor, outside_code, without_code

_ID = r"[A-Z]\d+(?:\.\d+)?(?:\([0-9a-z]+\))?"
CITATION = re.compile(rf"\[(?P<ids>{_ID}(?:\s*[,;]\s*{_ID})*)\](?![\[(])")


@dataclass(frozen=True)
class Citation:
    """A paragraph cited on a page; `line` counts from 1."""

    id: str
    line: int


def cited_in(markdown: str) -> Iterator[Citation]:
    """Every citation in a page's Markdown, in order, whether the id exists or not."""
    text = without_code(markdown)
    for match in CITATION.finditer(text):
        for paragraph in split(match["ids"]):
            yield Citation(paragraph, text.count("\n", 0, match.start()) + 1)


def split(ids: str) -> list[str]:
    """The ids in one pair of brackets: "R12.4, S7(5)" gives both."""
    return [part.strip() for part in re.split("[,;]", ids)]


def relative(from_url: str, to_url: str) -> str:
    """The address of one page as seen from another; both from the site's root, `respond/early-help/`, "" the start."""
    if from_url == to_url:
        return ""
    base = from_url if from_url.endswith("/") else posixpath.dirname(from_url)
    path = posixpath.relpath(to_url or ".", base or ".")
    return "./" if path == "." else path + ("/" if to_url.endswith("/") or not to_url else "")


def cite(paragraph: str, page_url: str, published: Mapping[str, str], sources: Sources) -> str:
    """A link to a paragraph as seen from a page. `published` gives each id's page; an id not in it stays plain text."""
    if paragraph not in published:
        return paragraph
    address = f"{relative(page_url, published[paragraph])}#{anchor(paragraph)}"
    return f'<a class="cite" href="{address}" title="{html.escape(sources.name(paragraph))}">{paragraph}</a>'


def set_citations(text: str, page_url: str, published: Mapping[str, str], sources: Sources) -> str:
    """The text (Markdown or HTML) with each citation turned into links."""

    def links(match: re.Match[str]) -> str:
        inner = ", ".join(cite(paragraph, page_url, published, sources) for paragraph in split(match["ids"]))
        space = "\N{NO-BREAK SPACE}" if match["space"] else ""  # a citation never stands alone at the start of a line
        return f'{space}<small class="cites">[{inner}]</small>'

    return outside_code(text, lambda part: re.sub(rf"(?P<space>(?<=\S)[ ])?{CITATION.pattern}", links, part))
