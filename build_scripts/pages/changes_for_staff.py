"""What changed for staff, for whom, from when and by which source: the page, the line on each page, and the feed."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.inputs.dates import MONTHS, in_words
from build_scripts.inputs.problems import Problem
from build_scripts.inputs.references import Reference
from build_scripts.inputs.toml_files import read_toml, wrong_keys
from build_scripts.pages.editors_notes import CONFIDENCE
from build_scripts.pages.page_files import AUDIENCES

TOKEN = re.compile(r"^\{changes\}[ \t]*$", re.MULTILINE)
_Day = date  # in `Change`, `date` is from when a change holds
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LISTS: dict[str, type | tuple[type, ...]] = dict.fromkeys(("who", "pages", "notes", "references"), list)
_TEXTS: dict[str, type | tuple[type, ...]] = dict.fromkeys(("id", "date", "title", "what", "confidence"), str)
_DAYS: dict[str, type | tuple[type, ...]] = {"published": date}


@dataclass(frozen=True)
class Change:
    """A change that readers should know of.

    `date`, from when it holds, is as exact as the source allows: YYYY, YYYY-MM or YYYY-MM-DD. `published` is the day
    on which this site first told it. `who` holds audiences, `pages` paths in docs/, `notes` and `references` ids.
    `what` is Markdown.
    """

    id: str
    date: str
    published: _Day
    title: str
    what: str
    who: tuple[str, ...]
    pages: tuple[str, ...]
    notes: tuple[str, ...]
    references: tuple[str, ...]
    confidence: str

    @property
    def when(self) -> str:
        """The date in words: "September 2026"."""
        year, *rest = (int(part) for part in self.date.split("-"))
        if len(rest) == 2:
            return in_words(date(year, rest[0], rest[1]))
        return f"{MONTHS[rest[0] - 1]} {year}" if rest else str(year)

    @property
    def first_day(self) -> str:
        """The first day that the date can mean, YYYY-MM-DD."""
        return (self.date + "-01-01")[:10]


def read_changes(
    path: Path, root: Path, pages: Collection[str], notes: Collection[str], references: Collection[str], today: date
) -> tuple[tuple[Change, ...], list[Problem]]:
    """The changes, newest first, and what is wrong with the file. The collections hold what an entry may name.

    No entry is published after `today`.
    """
    data, problems = read_toml(path, root)
    file = path.relative_to(root).as_posix()
    known = {"who": AUDIENCES, "pages": pages, "notes": notes, "references": references}
    changes: dict[str, Change] = {}
    for entry in data.get("change", []):
        wrong = _wrong(entry, file, known, today)
        if entry.get("id") in changes:
            found = f"change {entry['id']} twice"
            wrong.append(
                Problem(file, 0, found, "each id once: readers' feeds tell changes apart by it", "give one a new id")
            )
        problems += wrong
        if not wrong:
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
            changes[entry["id"]] = Change(**values)
    return tuple(sorted(changes.values(), key=lambda c: (c.first_day, c.id), reverse=True)), problems


def _wrong(entry: dict[str, Any], file: str, known: Mapping[str, Collection[str]], today: date) -> list[Problem]:
    what = f"change {entry.get('id', '?')}"
    problems = wrong_keys(entry, file, what, _TEXTS | _DAYS | _LISTS)
    if problems:
        return problems
    if not _is_date(entry["date"]):
        found = f"{what}: date = {entry['date']!r}"
        problems.append(
            Problem(file, 0, found, "YYYY, YYYY-MM or YYYY-MM-DD", "write as much of the date as the source gives")
        )
    if type(entry["published"]) is not date or entry["published"] > today:  # TOML has days with an hour, too
        found = f"{what}: published = {entry['published']}"
        mend = "write the day on which the entry goes out; from when the change holds is its date"
        problems.append(Problem(file, 0, found, f"a day that has come ({today} at the latest)", mend))
    if entry["confidence"] not in CONFIDENCE:
        found = f"{what}: confidence = {entry['confidence']!r}"
        problems.append(Problem(file, 0, found, " or ".join(CONFIDENCE), "say how sure the entry is"))
    for key, allowed in known.items():
        problems += [
            Problem(file, 0, f"{what}: {key} names {name!r}", "one that exists", "correct the spelling, or take it out")
            for name in entry[key]
            if name not in allowed
        ]
    return problems


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def render(
    changes: tuple[Change, ...],
    titles: Mapping[str, str],
    notes: Mapping[str, tuple[str, str]],
    references: Mapping[str, Reference],
    up: str,
) -> str:
    """All changes as Markdown.

    `titles` gives pages' titles by path, `notes` the page and title of each note, and `up` leads from the page that
    holds the changes to docs/ ("../").
    """
    blocks = []
    for change in changes:
        who = ", ".join(AUDIENCES[key] for key in change.who)
        links = [f"[{titles[page]}]({up}{page})" for page in change.pages]
        links += [f"[Note: {notes[n][1]}]({up}{notes[n][0]}#note-{n})" for n in change.notes if n in notes]
        cited = [references[key] for key in change.references if key in references]
        sources = "; ".join(f"[{r.title}]({r.address})" if r.address else r.title for r in cited)
        parts = [
            f"## {change.title} {{: #{change.id} }}",
            f"{change.when}. For: {who}.\n{{: .dates }}",
            change.what.strip(),
            f"{CONFIDENCE[change.confidence]}" + (f" Sources: {sources}." if sources else "") + "\n{: .note-foot }",
            "Read more: " + "; ".join(links) + "." if links else "",
        ]
        blocks.append("\n\n".join(part for part in parts if part))
    return "\n\n".join(blocks)


def atom(changes: tuple[Change, ...], site_name: str, site_url: str, changes_page: str) -> str:
    """The changes as an Atom feed (RFC 4287). Addresses are in full where `site_url` is known, else relative.

    Its dates are those of publication, so that a reader's program shows an entry on an old law as the news that it is.
    """
    page = f"{site_url}{changes_page}"
    newest_first = sorted(changes, key=lambda change: change.published, reverse=True)
    updated = newest_first[0].published if newest_first else date(2026, 11, 22)
    entries = "".join(
        f"<entry><id>tag:cse-procedures,2026:{change.id}</id><title>{html.escape(change.title)}</title>"
        f"<published>{change.published}T00:00:00Z</published><updated>{change.published}T00:00:00Z</updated>"
        f'<link href="{page}#{change.id}"/>'
        f"<summary>{html.escape(f'{change.when}: {_plain(change.what)}')}</summary></entry>\n"
        for change in newest_first
    )
    own = f'<link rel="self" href="{site_url}changes.xml"/>' if site_url else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">'
        f"<id>tag:cse-procedures,2026:changes</id><title>{html.escape(site_name)}: what has changed</title>"
        f"<updated>{updated}T00:00:00Z</updated><author><name>{html.escape(site_name)}</name></author>{own}"
        f'<link href="{page}"/>\n{entries}</feed>\n'
    )


def _plain(markdown: str) -> str:
    """Markdown as plain text, for readers of the feed."""
    return re.sub(
        r"\s+", " ", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown).replace("**", "").replace("*", "")
    ).strip()
