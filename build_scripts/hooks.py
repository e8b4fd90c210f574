"""What MkDocs calls while it builds: thin steps that hand text to the modules beside this one and put the result on the page."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # MkDocs loads this file by its path, so its neighbours are not yet importable
    sys.path.insert(0, str(ROOT))

from mkdocs.exceptions import PluginError  # noqa: E402

from build_scripts import contacts, page_files, site_map  # noqa: E402
from build_scripts.dates import build_day, in_words  # noqa: E402
from build_scripts.guidance import Guidance, read_guidance  # noqa: E402
from build_scripts.practice_changes import atom  # noqa: E402
from build_scripts.problems import report  # noqa: E402
from build_scripts.questions import Questionnaire, read_questionnaire  # noqa: E402
from build_scripts.screening_page import screening_context  # noqa: E402
from build_scripts.search_index import build_index, read_words, write_index  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# Not MkDocs' own logger: what is said here is for people, and must not fail a strict build.
log = logging.getLogger("procedures")
log.addHandler(logging.StreamHandler())
log.propagate = False


@dataclass
class _Build:
    """What one build knows from the first hook to the last."""

    guidance: Guidance
    questionnaire: Questionnaire
    search_words: dict[str, Any]
    nav: Navigation | None = None


_build: _Build | None = None


def _current() -> Guidance:
    assert _build is not None, "MkDocs calls on_files before any page"
    return _build.guidance


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave pages that are not written yet out of the menu, until `paragraphs_complete` says that all of them are."""
    if not config.extra.get("paragraphs_complete"):
        missing = site_map.without_missing(config.nav or [], Path(config.docs_dir))
        config.nav = missing.nav
        if missing.left_out:
            log.warning("Not written yet, left out of the menu: %s", ", ".join(missing.left_out))
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Read all pages and check them together; leave the theme's own scripts and styles out of the site."""
    global _build
    for file in [f for f in files if f.src_uri.startswith(("assets/javascripts/", "assets/stylesheets/", "assets/images/"))]:
        if ROOT not in Path(file.abs_src_path or "").parents or ".venv" in Path(file.abs_src_path or "").parts:
            files.remove(file)
    pages = [(f.src_uri, "" if f.url == "./" else f.url, f.content_string) for f in files.documentation_pages()]
    complete = bool(config.extra.get("paragraphs_complete"))
    guidance = read_guidance(ROOT, pages, complete=complete)
    questionnaire, wrong = read_questionnaire(ROOT / "engine" / "rules", ROOT)
    words, wrong_words = read_words(ROOT / "docs" / "_data" / "search_words.toml", ROOT)
    if problems := guidance.problems + wrong + wrong_words:
        raise PluginError(report(problems, "The guidance does not hold together"))
    if guidance.not_published:
        log.warning("Published nowhere yet (%d): %s", len(guidance.not_published), ", ".join(guidance.not_published))
    for line in page_files.due_soon(list(guidance.pages.values()), build_day()):
        log.warning("Review: %s", line)
    _build = _Build(guidance, questionnaire, words)
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the menu for the page that lists all pages."""
    assert _build is not None
    _build.nav = nav
    return nav


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put notes, contacts, anchors and citations into the page's text."""
    return _current().set_markdown(page.file.src_uri, markdown)


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put what only the finished HTML can take: margin numbers of headings, tips on terms, tables, the register, the list of pages."""
    guidance = _current()
    html = guidance.set_html(page.file.src_uri, html, ROOT / "tests")
    if "<p>{all-pages}</p>" in html and _build and _build.nav:
        html = html.replace("<p>{all-pages}</p>", site_map.render(_build.nav, guidance.pages, page.url))
    return html


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give the template what it says about a page: dates, audience, changes, and the compact menu."""
    guidance = _current()
    meta = page.meta
    context["dates"] = {
        "reviewed": in_words(meta["reviewed"]),
        "due": in_words(meta["review_due"]),
        "due_iso": meta["review_due"].isoformat(),
        "overdue": page_files.overdue(meta, build_day()),
    }
    context["audience"] = [page_files.AUDIENCES[key] for key in meta["audience"] if key != "everyone"]
    context["changes"] = [{"id": c.id, "title": c.title, "date": c.when} for c in guidance.changes_of(page.file.src_uri)]
    context["menu"] = site_map.menu(nav, page)
    context["contents"] = [] if page.is_homepage else site_map.contents(page)
    if meta.get("template") == "screening.html" and _build:
        context["screening"] = screening_context(
            _build.questionnaire, guidance.areas, guidance.references, guidance.published, guidance.sources, page.url
        )
    return context


def on_template_context(context: dict[str, Any], *, template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Give the page for wrong addresses its menu and its list of pages."""
    if _build and _build.nav:
        context["menu"] = site_map.menu(_build.nav, None)
    return context


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write what no page holds: the feed of changes, the search's index, the numbers that the contacts script reads."""
    assert _build is not None
    guidance = _build.guidance
    site = Path(config.site_dir)
    page = guidance.pages.get("about/changes.md")
    feed = atom(guidance.changes, config.site_name, config.site_url or "", page.url if page else "")
    (site / "changes.xml").write_text(feed, "utf-8")
    areas = json.dumps(contacts.for_browser(guidance.areas), ensure_ascii=False, separators=(",", ":"))
    (site / "assets" / "areas.json").write_text(areas, "utf-8")
    write_index(build_index(site, list(guidance.pages.values()), _build.search_words), site / "assets" / "search-index.json")
    if not config.site_url:  # a sitemap needs full addresses; without them MkDocs writes an empty one
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (site / name).unlink(missing_ok=True)
