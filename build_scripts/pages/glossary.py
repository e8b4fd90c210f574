"""The glossary: the terms of the field in plain words, as a page and as a tip on a term's first use on other pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.paragraphs import anchor

TOKEN = re.compile(r"^\{glossary\}[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
_LEAVE = {
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "code",
    "pre",
    "abbr",
    "summary",
    "th",
    "dt",
    "button",
    "label",
    "script",
    "style",
    "svg",
}


@dataclass(frozen=True)
class Term:
    """A term: what its letters stand for ("" where it is no abbreviation), what it means, and by which sources."""

    term: str
    expansion: str
    meaning: str
    sources: tuple[str, ...]

    @property
    def tip(self) -> str:
        """What the tip says."""
        return f"{self.expansion[0].upper()}{self.expansion[1:]}. {self.meaning}" if self.expansion else self.meaning

    @property
    def anchor(self) -> str:
        """The term's anchor on the glossary page."""
        return f"term-{anchor(self.term)}"


def read_glossary(path: Path, root: Path) -> tuple[tuple[Term, ...], list[Problem]]:
    """The terms in alphabetical order, and what is wrong with the file."""
    data, problems = read_toml(path, root)
    file = path.relative_to(root).as_posix()
    terms: dict[str, Term] = {}
    for entry in data.get("term", []):
        what = f"term {entry.get('term', '?')}"
        kinds: dict[str, type | tuple[type, ...]] = {"term": str, "expansion": str, "meaning": str, "sources": list}
        wrong = wrong_keys(entry, file, what, kinds, optional=("expansion", "sources"))
        if str(entry.get("term")).lower() in terms:
            wrong.append(Problem(file, 0, f"{what} twice", "each term once", "join the two"))
        problems += wrong
        if not wrong:
            new = Term(entry["term"], entry.get("expansion", ""), entry["meaning"], tuple(entry.get("sources", ())))
            terms[new.term.lower()] = new
    return tuple(terms[key] for key in sorted(terms)), problems


def render(terms: tuple[Term, ...]) -> str:
    """All terms as a description list, each with its own anchor; sources stand as citations, to be set later."""
    rows = []
    for term in terms:
        cited = [source for source in term.sources if re.match(r"[RS]\d", source)]
        source = f" [{', '.join(cited)}]" if cited else ""
        expansion = f"<b>{html.escape(term.expansion)}.</b> " if term.expansion else ""
        rows.append(
            f'<div id="{term.anchor}"><dt>{html.escape(term.term)}</dt>'
            f"<dd>{expansion}{html.escape(term.meaning)}{source}</dd></div>"
        )
    return f'<dl class="glossary">{"".join(rows)}</dl>'


def mark_first_uses(page: str, terms: tuple[Term, ...], to_glossary: str) -> str:
    """The page's HTML with the first use of each term, outside headings, links and code, as a link with a tip."""
    pattern = _any_of(terms)
    marked: set[str] = set()

    def link(match: re.Match[str]) -> str:
        term = terms[int(str(match.lastgroup)[1:])]
        if term.term in marked:
            return match.group()
        marked.add(term.term)
        tip = html.escape(term.tip)
        return f'<a class="term" href="{to_glossary}#{term.anchor}" data-tip="{tip}">{match.group()}</a>'

    parts = _TAG.split(page)
    within: list[str] = []
    for i, part in enumerate(parts):
        if i % 2:
            _step(within, part)
        elif not within and part.strip():
            parts[i] = pattern.sub(link, part)
    return "".join(parts)


def _step(within: list[str], tag: str) -> None:
    """Keep the list of open elements in which no term is marked."""
    name = re.match(r"</?([a-z0-9]+)", tag)
    if not name or name[1] not in _LEAVE:
        return
    if not tag.startswith("</"):
        within.append(name[1])
    elif name[1] in within:
        del within[len(within) - 1 - within[::-1].index(name[1]) :]


@lru_cache
def _any_of(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Any of the terms as a whole word, the longest first; the group's name says which."""
    longest = sorted(range(len(terms)), key=lambda i: len(terms[i].term), reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(f"(?P<t{i}>{_spelling(terms[i].term)})" for i in longest) + r")(?![\w-])"
    )


def _spelling(term: str) -> str:
    """How a term may be written: an abbreviation as it stands, a phrase with a small or capital first letter."""
    escaped = re.escape(html.escape(term, quote=False))
    if term[:1].isalpha() and not (term[1:2].isupper() or term.isupper()):
        return f"[{term[0].lower()}{term[0].upper()}]{escaped[1:]}"
    return escaped
