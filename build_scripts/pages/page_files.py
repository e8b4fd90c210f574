"""The pages as they stand in docs/: front matter and Markdown, read and checked before anything is built from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from build_scripts.inputs.dates import in_words
from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import wrong_keys

AUDIENCES = {
    "everyone": "Everyone",
    "education": "Schools and education",
    "health": "Health",
    "police": "Police",
    "social-care": "Children’s social care",
    "residential-foster": "Residential and foster care",
    "youth-justice": "Youth justice",
    "housing-licensing": "Housing and licensing",
    "voluntary": "Voluntary and community groups",
    "chairs": "People who chair meetings",
    "supervisors": "People who supervise staff",
}
WARN_BEFORE = timedelta(days=30)
_TYPES: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "description": str,
    "carries": list,
    "audience": list,
    "keywords": list,
    "reviewed": date,
    "review_due": date,
}
_ALSO: dict[str, type | tuple[type, ...]] = {
    "template": str,
    "hide": list,
    "scripts": list,
    "styles": list,
    "wide": bool,
}


@dataclass(frozen=True)
class PageFile:
    """A page's file.

    `path` is from docs/, `url` the page's address from the site's root ("" the start page), `body_line` the line on
    which its Markdown begins, from 1.
    """

    path: str
    url: str
    meta: dict[str, Any]
    body: str
    body_line: int

    @property
    def title(self) -> str:
        """The title of the front matter, "" where it has none."""
        return str(self.meta.get("title", ""))

    @property
    def file(self) -> str:
        """The file's path from the repository's root, as problems name it."""
        return f"docs/{self.path}"


def read_text(file: Path, path: str) -> tuple[str, list[Problem]]:
    """The text of a page's file, `path` from docs/; "" and the problem where it is not UTF-8."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"a character that is not UTF-8 (byte 0x{content[error.start]:02x})"
        mend = "save the page again with the encoding UTF-8, and look at the characters with accents and the quotes"
        return "", [Problem(f"docs/{path}", line, found, "text in UTF-8", mend)]


def read_page(path: str, url: str, text: str) -> tuple[PageFile, list[Problem]]:
    """A page from its text, and what is wrong with its front matter."""
    head, body, line = split(text)
    try:
        meta = yaml.safe_load(head) if head else {}
    except yaml.YAMLError as error:
        mend = 'quote values that hold a colon, and ids that hold a bracket: "S6(1)"'
        return PageFile(path, url, {}, body, line), [
            Problem(f"docs/{path}", 1, f"front matter is not YAML: {error}", "YAML", mend)
        ]
    page = PageFile(path, url, meta if isinstance(meta, dict) else {}, body, line)
    return page, _wrong_front_matter(page)


def split(text: str) -> tuple[str, str, int]:
    """Front matter, Markdown and the line the Markdown begins on; no front matter gives "" and 1."""
    if text.startswith("---\n") and (end := text.find("\n---", 4)) > 0:
        head = text[4:end]
        rest = text[end + 4 :].partition("\n")[2]
        return head, rest, head.count("\n") + 4
    return "", text, 1


def _wrong_front_matter(page: PageFile) -> list[Problem]:
    problems = wrong_keys(page.meta, page.file, "the front matter", _TYPES | _ALSO, optional=_ALSO)
    for audience in page.meta.get("audience") or []:
        if audience not in AUDIENCES:
            problems.append(
                Problem(
                    page.file, 0, f"audience {audience!r}", f"one of {', '.join(AUDIENCES)}", "use a known audience"
                )
            )
    reviewed, due = page.meta.get("reviewed"), page.meta.get("review_due")
    if isinstance(reviewed, date) and isinstance(due, date) and due <= reviewed:
        problems.append(
            Problem(
                page.file, 0, f"review_due {due}", f"a day after {reviewed}", "say when the page is next due for review"
            )
        )
    return problems


def duplicate_titles(pages: list[PageFile]) -> list[Problem]:
    """Pages with a title that an earlier page has: readers could not tell them apart in search results."""
    first: dict[str, PageFile] = {}
    problems = []
    for page in pages:
        if page.title and (other := first.setdefault(page.title, page)) is not page:
            found = f"title {page.title!r}, as in {other.file}"
            problems.append(
                Problem(page.file, 0, found, "a title of its own", "say in the title what sets the page apart")
            )
    return problems


def due_soon(pages: list[PageFile], today: date) -> list[str]:
    """A line for each page whose review is overdue or due within 30 days, soonest first."""
    lines = []
    for page in sorted(pages, key=lambda p: str(p.meta.get("review_due"))):
        due = page.meta.get("review_due")
        if isinstance(due, date) and due <= today + WARN_BEFORE:
            state = "was due for review on" if due < today else "is due for review on"
            lines.append(
                f"{page.file} {state} {in_words(due)}: read it against its sources, then set reviewed and review_due"
            )
    return lines


def overdue(meta: Mapping[str, Any], today: date) -> bool:
    """Whether readers are to be warned that the page's review is overdue."""
    due = meta.get("review_due")
    return isinstance(due, date) and due < today
