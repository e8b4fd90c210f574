"""The whole guidance in one place: pages, documents, contacts, notes, terms; checked together, set page by page."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from build_scripts.inputs.dates import today
from build_scripts.inputs.problems import Problem
from build_scripts.inputs.references import Reference, read_references
from build_scripts.pages import (
    blank_forms,
    citations,
    contacts,
    editors_notes,
    glossary,
    page_checks,
    page_signs,
    paragraphs,
    reader_texts,
    register,
)
from build_scripts.pages import changes_for_staff as practice_changes
from build_scripts.pages.changes_for_staff import Change
from build_scripts.pages.contacts import Area
from build_scripts.pages.editors_notes import Note
from build_scripts.pages.glossary import Term
from build_scripts.pages.page_files import PageFile, duplicate_titles, read_page
from build_scripts.pages.paragraphs import Sources
from build_scripts.pages.register import Place

GLOSSARY = "about/glossary.md"


@dataclass
class Guidance:
    """What the pages are made of, and what is wrong with it."""

    root: Path
    pages: dict[str, PageFile]
    sources: Sources
    areas: tuple[Area, ...]
    notes: dict[str, Note]
    references: dict[str, Reference]
    terms: tuple[Term, ...]
    changes: tuple[Change, ...]
    places: dict[str, Place]
    rules: dict[str, list[str]]
    problems: list[Problem] = field(default_factory=list)

    @property
    def published(self) -> dict[str, str]:
        """The address of the page that publishes each paragraph."""
        return {paragraph: place.url for paragraph, place in self.places.items()}

    @property
    def not_published(self) -> list[str]:
        """The paragraphs that no page publishes yet."""
        return page_checks.not_published(self.places, self.sources)

    def from_page(self, page_url: str, target: str) -> str:
        """The address of another page, given by its path in docs/, as seen from a page."""
        page = self.pages.get(target)
        return citations.relative(page_url, page.url) if page else target

    def set_markdown(self, path: str, markdown: str) -> str:
        """A page's Markdown with notes, contacts, terms, changes, anchors and citations in place."""
        url = self.pages[path].url
        text = editors_notes.set_notes(markdown, self.notes, self.references)
        text = contacts.AREAS_TOKEN.sub(lambda _: contacts.contacts_of_areas(self.areas, self.references), text)
        text = glossary.TOKEN.sub(lambda _: glossary.render(self.terms), text)
        text = practice_changes.TOKEN.sub(lambda _: self._changes(path), text)
        text = blank_forms.set_blanks(text)
        text = contacts.set_contacts(text, self.from_page(url, "contacts.md"), contacts.national(self.areas))
        text = paragraphs.set_anchors(text, self.sources)
        return citations.set_citations(text, url, self.published, self.sources)

    def _changes(self, path: str) -> str:
        titles = {page.path: page.title for page in self.pages.values()}
        notes = {
            note: (page.path, self.notes[note].title)
            for page in self.pages.values()
            for note, _ in editors_notes.placed_in(page.body)
            if note in self.notes
        }
        return practice_changes.render(self.changes, titles, notes, self.references, "../" * path.count("/"))

    def set_html(self, path: str, page: str) -> str:
        """A page's HTML with headings' paragraph links, tips on terms, boxes around tables and the register."""
        url = self.pages[path].url
        if "<p>{register}</p>" in page:
            page = page.replace("<p>{register}</p>", register.render(self.sources, self.places, self.rules, url))
        page = plain_tables(paragraphs.finish_headings(page, self.sources))
        if path != GLOSSARY and GLOSSARY in self.pages:
            page = glossary.mark_first_uses(page, self.terms, self.from_page(url, GLOSSARY))
        return page

    def changes_of(self, path: str) -> list[Change]:
        """What changed on a page, newest first."""
        return [change for change in self.changes if path in change.pages]


def plain_tables(page: str) -> str:
    """Tables as the style sheet and the security policy want them: no inline style, each in a box that scrolls."""
    page = re.sub(r'<(t[hd]) style="text-align: (right|center);">', _aligned, page)
    page = re.sub(r'<(t[hd]) style="text-align: left;">', r"<\1>", page)
    return re.sub(r"<table>.*?</table>", _boxed, page, flags=re.DOTALL)


def _boxed(match: re.Match[str]) -> str:
    """A table in its box, which a keyboard can reach and scroll, named by its columns."""
    table = match.group().replace("<th></th>", "<td></td>").replace("<th>", '<th scope="col">')
    heads = [
        re.sub(r"<[^>]+>", "", head).strip()
        for head in re.findall(r"<th[^>]*>(.*?)</th>", table.partition("</thead>")[0])
    ]
    label = html.escape(html.unescape(", ".join(head for head in heads if head)))
    return f'<div class="cse-scroll" role="group" aria-label="Table: {label}" tabindex="0">{table}</div>'


def _aligned(match: re.Match[str]) -> str:
    return f'<{match[1]} class="{"right" if match[2] == "right" else "centre"}">'


def read_guidance(root: Path, files: Iterable[tuple[str, str, str]], *, complete: bool) -> Guidance:
    """Everything the pages are made of, from a repository at `root`.

    `files` gives path in docs/, address on the site and text of each page; `complete` whether every paragraph must be
    published (else what is missing is only listed). All that is wrong is in `problems` of the result.
    """
    data = root / "docs" / "_data"
    problems: list[Problem] = []
    pages: dict[str, PageFile] = {}
    for path, url, text in files:
        page, wrong = read_page(path, url, text)
        pages[path] = page
        problems += wrong
    listed = list(pages.values())
    sources = paragraphs.read_sources(root / "engine" / "rules" / "sources.toml")
    areas, wrong_areas = contacts.read_areas(root, sources.ids)
    references, wrong_references = read_references(data / "references.toml", root)
    notes, wrong_notes = editors_notes.read_notes(data / "editors_notes", root)
    terms, wrong_terms = glossary.read_glossary(data / "glossary.toml", root)
    changes, wrong_changes = practice_changes.read_changes(
        data / "practice_changes.toml", root, pages, notes, references, today()
    )
    rules, wrong_rules = register.rules_citing(root / "engine" / "rules", sources, root)
    tokens, wrong_tokens = page_checks.check_paragraphs(listed, sources)
    places = {paragraph: Place(page.url, page.title, token.kind) for paragraph, (page, token) in tokens.items()}
    problems += wrong_areas + wrong_references + wrong_notes + wrong_terms + wrong_changes + wrong_rules + wrong_tokens
    problems += duplicate_titles(listed)
    problems += _wrong_signs(root, listed, sources)
    problems += page_checks.check_citations(listed, places, sources, complete=complete)
    if not wrong_areas:  # else every page that names a contact would be told of as well
        problems += page_checks.check_contacts(listed, {c.key for area in areas for c in area.contacts})
    problems += page_checks.check_notes(listed, notes, references)
    problems += _citations_beside_pages(notes, terms, rules, places, sources, complete=complete)
    if complete:
        problems += [
            Problem(
                "engine/rules/sources.toml",
                0,
                f"{paragraph} is published nowhere",
                "every paragraph once on the site",
                f"publish it on the page of its section with {{#{paragraph} kind}}",
            )
            for paragraph in page_checks.not_published(places, sources)
        ]
    return Guidance(root, pages, sources, areas, notes, references, terms, changes, places, rules, problems)


def _wrong_signs(root: Path, pages: list[PageFile], sources: Sources) -> list[Problem]:
    """Misspelt signs on the pages and in the texts of notes, terms, changes and the like."""
    texts = [(page.body, page.file, page.body_line) for page in pages]
    with contextlib.suppress(ValueError):  # a TOML file that cannot be read is told by whoever uses it
        texts += [(held.text, held.file, held.line) for held in reader_texts.data_texts(root / "docs" / "_data", root)]
    return [problem for text in texts for problem in page_signs.wrong_signs(*text, sources.ids)]


def _citations_beside_pages(
    notes: dict[str, Note],
    terms: tuple[Term, ...],
    rules: dict[str, list[str]],
    places: dict[str, Place],
    sources: Sources,
    *,
    complete: bool,
) -> list[Problem]:
    """Citations in notes, terms and rules that cannot be followed."""
    cited = [(paragraph, note.file) for note in notes.values() for paragraph in note.paragraphs]
    cited += [
        (citation.id, note.file)
        for note in notes.values()
        for text in (note.says, note.today)
        for citation in citations.cited_in(text)
    ]
    cited += [(s, "docs/_data/glossary.toml") for term in terms for s in term.sources if re.match(r"[RS]\d", s)]
    cited += [(paragraph, file) for paragraph, files in rules.items() for file in files]
    return [
        problem
        for paragraph, file in cited
        for problem in page_checks.wrong_citation(paragraph, file, 0, places, sources, complete=complete)
    ]
