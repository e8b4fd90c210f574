"""What changed in the guidance, for whom, from when and by which source: the page, the note on each page, and the feed."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from build_scripts.data_files import read_toml, wrong_keys
from build_scripts.dates import in_words
from build_scripts.problems import Problem

TOKEN = re.compile(r"^\{changes\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Change:
    """A change that readers should know of. `pages` are paths in docs/; `source` is words; `who` says whom it touches."""

    id: str
    date: date
    title: str
    what: str
    who: str
    pages: tuple[str, ...]
    source: str


def read_changes(path: Path, root: Path, pages: Mapping[str, str]) -> tuple[tuple[Change, ...], list[Problem]]:
    """The changes, newest first, and what is wrong with the file. `pages` gives the title of each page by its path in docs/."""
    data, problems = read_toml(path, root)
    file = path.relative_to(root).as_posix()
    changes: dict[str, Change] = {}
    text: dict[str, type | tuple[type, ...]] = {key: str for key in ("id", "title", "what", "who", "source")}
    for entry in data.get("change", []):
        what = f"change {entry.get('id', '?')}"
        wrong = wrong_keys(entry, file, what, text | {"date": date, "pages": list})
        if entry.get("id") in changes:
            wrong.append(Problem(file, 0, f"{what} twice", "each id once: readers' feeds tell changes apart by it", "give one a new id"))
        wrong += [
            Problem(file, 0, f"{what}: page {page!r}", "a page in docs/", "correct the path, or take it out")
            for page in entry.get("pages", [])
            if page not in pages
        ]
        problems += wrong
        if not wrong:
            changes[entry["id"]] = Change(**{**entry, "pages": tuple(entry["pages"])})
    return tuple(sorted(changes.values(), key=lambda change: (change.date, change.id), reverse=True)), problems


def render(changes: tuple[Change, ...], titles: Mapping[str, str], up: str) -> str:
    """All changes as Markdown. `up` leads from the page that holds them to docs/ ("../")."""
    blocks = []
    for change in changes:
        pages = "".join(f"\n- [{titles[page]}]({up}{page})" for page in change.pages)
        blocks.append(
            f"## {change.title} {{: #{change.id} }}\n\n{in_words(change.date)}. For: {change.who}.\n\n{change.what}\n\n"
            f"Source: {change.source}\n" + (f"\nPages:\n{pages}\n" if pages else "")
        )
    return "\n\n".join(blocks)


def atom(changes: tuple[Change, ...], site_name: str, site_url: str, changes_page: str) -> str:
    """The changes as an Atom feed (RFC 4287). Addresses are in full where `site_url` is known, else relative to the feed."""
    page = f"{site_url}{changes_page}"
    updated = max((change.date for change in changes), default=date(2026, 11, 22))
    entries = "".join(
        f"<entry><id>tag:cse-procedures,2026:{change.id}</id><title>{html.escape(change.title)}</title>"
        f'<updated>{change.date}T00:00:00Z</updated><link href="{page}#{change.id}"/>'
        f"<summary>{html.escape(change.what.strip())} For: {html.escape(change.who)}. Source: {html.escape(change.source)}</summary></entry>\n"
        for change in changes
    )
    own = f'<link rel="self" href="{site_url}changes.xml"/>' if site_url else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">'
        f"<id>tag:cse-procedures,2026:changes</id><title>{html.escape(site_name)}: what changed</title>"
        f"<updated>{updated}T00:00:00Z</updated><author><name>{html.escape(site_name)}</name></author>{own}"
        f'<link href="{page}"/>\n{entries}</feed>\n'
    )
