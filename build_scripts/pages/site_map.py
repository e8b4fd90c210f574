"""The map of the site: the compact menu of each page, the contents of a long page, and the list of all pages."""

from __future__ import annotations

import difflib
import html
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from build_scripts.inputs.problems import Problem
from build_scripts.pages.citations import relative
from build_scripts.pages.page_files import PageFile

if TYPE_CHECKING:
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink


@dataclass(frozen=True)
class MenuEntry:
    """A line of the menu: `url` from the site's root, `open` where the page is within, `here` where this is it."""

    title: str
    url: str
    open: bool
    here: bool
    pages: tuple[MenuEntry, ...] = ()


@dataclass(frozen=True)
class WithoutMissing:
    """A menu with only the pages that exist, and the paths that were left out."""

    nav: list[Any]
    left_out: tuple[str, ...]


def without_missing(nav: Iterable[Any], docs: Path) -> WithoutMissing:
    """The `nav` of mkdocs.yml without pages that are not in `docs` yet, nor groups with no page left."""
    kept: list[Any] = []
    left_out: list[str] = []
    for entry in nav:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(target, list):
            inner = without_missing(target, docs)
            left_out += inner.left_out
            if inner.nav:
                kept.append({title: inner.nav})
        elif (docs / target).is_file():
            kept.append(entry)
        else:
            left_out.append(target)
    return WithoutMissing(kept, tuple(left_out))


def wrong_lines(nav: Iterable[Any], pages: Collection[str], config: str) -> list[Problem]:
    """Each line of the `nav` that names no page; `config` is the text of mkdocs.yml, where the line is looked up."""
    problems = []
    for target in _targets(nav):
        if target in pages:
            continue
        line = next((n for n, text in enumerate(config.splitlines(), start=1) if target in text), 0)
        near = difflib.get_close_matches(target, list(pages), n=1)
        mend = f"did you mean {near[0]}? " if near else ""
        mend += "If the page was deleted or is not there yet, take the line out; else bring the page back"
        found = f"the menu (nav) names {target}, and docs/ has no such page"
        problems.append(Problem("mkdocs.yml", line, found, "a page in docs/, by its path", mend))
    return problems


def _targets(nav: Iterable[Any]) -> Iterator[str]:
    for entry in nav:
        for target in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(target, list):
                yield from _targets(target)
            else:
                yield str(target)


def menu(nav: Navigation, page: Page | None) -> list[MenuEntry]:
    """Every group of the site, and the pages of the group that the page is in: the menu does not grow with the site.

    No page (as on the page for wrong addresses) opens no group.
    """
    entries = []
    for item in nav.items:
        if item.is_page:
            here = item is page
            entries.append(MenuEntry(str(item.title), item.url, here, here))
        elif first := _first_page(item):
            inside = _holds(item, page)
            entries.append(MenuEntry(str(item.title), first.url, inside, False, _group(item, page) if inside else ()))
    return entries


def _group(section: Any, page: Page | None) -> tuple[MenuEntry, ...]:
    entries = []
    for child in section.children:
        if child.is_page:
            entries.append(MenuEntry(str(child.title), child.url, child is page, child is page))
        elif first := _first_page(child):
            inside = _holds(child, page)
            entries.append(MenuEntry(str(child.title), first.url, inside, False, _group(child, page) if inside else ()))
    return tuple(entries)


def _first_page(section: Any) -> Any:
    for child in section.children:
        found = child if child.is_page else _first_page(child) if child.is_section else None
        if found is not None:
            return found
    return None


def _holds(section: Any, page: Page | None) -> bool:
    return any(child is page or (child.is_section and _holds(child, page)) for child in section.children)


def contents(page: Page) -> list[dict[str, str]]:
    """The main headings of a page long enough to need them listed (four or more), else nothing."""
    items: Iterable[AnchorLink] = page.toc
    second = [inner for item in items for inner in (item.children if item.level == 1 else [item]) if inner.level == 2]
    return [{"title": item.title, "id": item.id} for item in second] if len(second) > 3 else []


def render(nav: Navigation, pages: Mapping[str, PageFile], here: str) -> str:
    """All pages by group, as HTML, with what each is about, seen from the page at address `here`.

    Pages that the menu leaves out, as their folder's index page lists them, stand below that index page.
    """
    in_menu = {page.file.src_uri for page in nav.pages}
    below: dict[str, list[PageFile]] = {}
    for path, page in sorted(pages.items(), key=lambda entry: entry[1].title):
        if path not in in_menu:
            below.setdefault(f"{path.rpartition('/')[0]}/index.md", []).append(page)
    pages_by_group = _Listing(pages, below, here)
    alone = [item for item in nav.items if item.is_page]
    groups = [item for item in nav.items if item.is_section]
    return pages_by_group.rows(alone) + "".join(pages_by_group.section(group, 2) for group in groups)


@dataclass(frozen=True)
class _Listing:
    """How pages are listed: with those `below` an index page, seen from the address `here`."""

    pages: Mapping[str, PageFile]
    below: Mapping[str, list[PageFile]]
    here: str

    def section(self, section: Any, level: int) -> str:
        inner = self.rows([child for child in section.children if child.is_page])
        deeper = "".join(self.section(child, level + 1) for child in section.children if child.is_section)
        name = html.escape(str(section.title))
        anchor = "".join(c if c.isalnum() else "-" for c in name.lower())
        return f'<h{level} id="{anchor}">{name}</h{level}>{inner}{deeper}'

    def rows(self, items: list[Any]) -> str:
        rows = []
        for item in items:
            rows.append(self._row(self.pages[item.file.src_uri]))
            rows += [self._row(page) for page in self.below.get(item.file.src_uri, [])]
        return f'<ul class="all-pages">{"".join(rows)}</ul>' if rows else ""

    def _row(self, page: PageFile) -> str:
        about = html.escape(str(page.meta.get("description", "")))
        url = relative(self.here, page.url) or "./"
        return f'<li><a href="{url}">{html.escape(page.title)}</a><br>{about}</li>'
