"""What the pages promise each other, checked before anything is built: paragraphs, citations, contacts, notes."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable

from build_scripts.inputs.problems import Problem
from build_scripts.pages import citations, contacts, editors_notes
from build_scripts.pages.editors_notes import Note
from build_scripts.pages.page_files import PageFile
from build_scripts.pages.paragraphs import KINDS, Publication, Sources, published_in, root


def check_paragraphs(
    pages: list[PageFile], sources: Sources
) -> tuple[dict[str, tuple[PageFile, Publication]], list[Problem]]:
    """Where each paragraph is published, and every wrong token, double and false `carries`."""
    problems: list[Problem] = []
    places: dict[str, tuple[PageFile, Publication]] = {}
    for page in pages:
        found = list(published_in(page.body))
        for token in found:
            line = page.body_line + token.line - 1
            problems += _wrong_token(page, token, line, sources)
            if token.id in places:
                other, earlier = places[token.id]
                where = f"{other.file}:{other.body_line + earlier.line - 1}"
                mend = f"publish it in one place and cite it as [{token.id}] in the other"
                problems.append(
                    Problem(
                        page.file,
                        line,
                        f"{token.id} is published a second time, first at {where}",
                        "each id once",
                        mend,
                    )
                )
            elif token.id in sources.section_of:
                places[token.id] = (page, token)
        problems += _wrong_carries(page, found)
    return places, problems


def _wrong_token(page: PageFile, token: Publication, line: int, sources: Sources) -> list[Problem]:
    problems = []
    if token.id not in sources.section_of:
        mend = f"did you mean {_nearest(token.id, sources.ids)}? All ids are in engine/rules/sources.toml"
        problems.append(Problem(page.file, line, f"unknown paragraph {token.id}", "an id of the documents", mend))
    if token.kind not in KINDS:
        found = f"{token.id} as kind {token.kind!r}"
        problems.append(
            Problem(page.file, line, found, " or ".join(KINDS), f"write {{#{token.id} duty}}, or another kind")
        )
    if not token.at_start:
        wanted = "the token at the very start of a paragraph, list item or heading"
        mend = "put an empty line before it, or move it to the start of the block"
        problems.append(Problem(page.file, line, f"the token of {token.id} inside a block", wanted, mend))
    return problems


def _wrong_carries(page: PageFile, found: list[Publication]) -> list[Problem]:
    said = {root(str(paragraph)) for paragraph in page.meta.get("carries") or []}
    does = {root(token.id) for token in found}
    problems = []
    for paragraph in sorted(said - does):
        mend = f"publish it with {{#{paragraph} kind}}, or take it out of carries"
        problems.append(
            Problem(page.file, 0, f"carries {paragraph}, but no block publishes it", "carries as the page does", mend)
        )
    for paragraph in sorted(does - said):
        problems.append(
            Problem(
                page.file,
                0,
                f"{paragraph} is published but not in carries",
                "carries as the page does",
                "add it to carries",
            )
        )
    return problems


def check_citations(
    pages: list[PageFile], published: Collection[str], sources: Sources, *, complete: bool
) -> list[Problem]:
    """Citations of ids that do not exist or, where the pages are `complete`, that no page publishes."""
    problems = []
    for page in pages:
        for citation in citations.cited_in(page.body):
            line = page.body_line + citation.line - 1
            problems += wrong_citation(citation.id, page.file, line, published, sources, complete=complete)
    return problems


def wrong_citation(
    paragraph: str, file: str, line: int, published: Collection[str], sources: Sources, *, complete: bool
) -> list[Problem]:
    """What is wrong with citing a paragraph from a page, a note, a term or a rule; empty where it can be followed."""
    if paragraph not in sources.section_of:
        mend = f"did you mean {_nearest(paragraph, sources.ids)}? All ids are in engine/rules/sources.toml"
        return [Problem(file, line, f"cites {paragraph}", "an id of the documents", mend)]
    if complete and paragraph not in published:
        mend = f"publish it on its page with {{#{paragraph} kind}}"
        return [
            Problem(file, line, f"cites {paragraph}, which no page publishes", "a paragraph that can be followed", mend)
        ]
    return []


def check_contacts(pages: list[PageFile], keys: Collection[str]) -> list[Problem]:
    """Contacts named on a page that no area file has."""
    return [
        Problem(
            page.file,
            page.body_line + line - 1,
            f"contact {key!r}",
            "a contact that the area files have",
            f"did you mean {_nearest(key, keys)}? Contacts are in engine/rules/areas/",
        )
        for page in pages
        for key, line in contacts.named_in(page.body)
        if key not in keys
    ]


def check_notes(pages: list[PageFile], notes: dict[str, Note], references: Collection[str]) -> list[Problem]:
    """Notes placed that do not exist, placed twice or never, and notes that cite a reference nobody listed."""
    problems: list[Problem] = []
    placed: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for name, offset in editors_notes.placed_in(page.body):
            line = page.body_line + offset - 1
            if name not in notes:
                mend = f"did you mean {_nearest(name, notes)}? Notes are in docs/_data/editors_notes/"
                problems.append(Problem(page.file, line, f"note {name!r}", "a note that exists", mend))
            elif placed[name]:
                found, mend = f"note {name!r} again, first at {placed[name][0]}", f"link to it as #note-{name}"
                problems.append(Problem(page.file, line, found, "each note in one place", mend))
            placed[name].append(f"{page.file}:{line}")
    for note in notes.values():
        if note.id not in placed:
            mend = f"place it with {{note: {note.id}}} after its paragraph, or delete it"
            problems.append(Problem(note.file, 0, f"note {note.id!r} is placed nowhere", "each note on a page", mend))
        for reference in note.references:
            if reference not in references:
                mend = f"did you mean {_nearest(reference, references)}? References are in docs/_data/references.toml"
                problems.append(
                    Problem(note.file, 0, f"note {note.id!r} cites {reference!r}", "a reference that is listed", mend)
                )
    return problems


def not_published(published: Collection[str], sources: Sources) -> list[str]:
    """The ids that no page publishes yet, in the order of the documents."""
    return [paragraph for paragraph in sources.ids if paragraph not in published]


def _nearest(wanted: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0)
    return near[0] if near else "another"
