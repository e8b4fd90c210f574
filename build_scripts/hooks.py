"""What MkDocs calls while it builds: thin steps that hand text to the rooms beside this file.

The rules are read and compiled once for a build, and handed down: no page can show other rules than the next.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if str(Path(__file__).parent.parent) not in sys.path:  # MkDocs loads this file by its path
    sys.path.insert(0, str(Path(__file__).parent.parent))

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

from build_scripts import ROOT
from build_scripts.inputs.dates import NoBuildDayError, build_day, in_words
from build_scripts.inputs.problems import report
from build_scripts.pages import contacts, page_files, site_map
from build_scripts.pages.changes_for_staff import atom
from build_scripts.pages.guidance import Guidance, read_guidance
from build_scripts.pages.headings import heading_id
from build_scripts.pages.reader_texts import reader_texts
from build_scripts.pages.search_index import build_index, read_words, write_index
from build_scripts.pages.wording_habits import found_in, read_habits
from build_scripts.proofs.prove import known_proof
from build_scripts.rule_pages import dmn
from build_scripts.rule_pages.pages import SCORE_FILE, mutation_score
from build_scripts.rule_pages.pages import pages as rule_pages
from build_scripts.rule_pages.pathway_diagram import Pathway, place, read_pathways
from build_scripts.rule_pages.record_schema import ADDRESS, record_schema
from build_scripts.rule_pages.words import read_rule_words
from build_scripts.rules import schemas
from build_scripts.rules.compile import rulebook_of
from build_scripts.rules.files import RULES, read_rule_files
from build_scripts.wizard.questions import Questionnaire, read_questionnaire
from build_scripts.wizard.rehearsals import PracticeCase, for_wizard, read_practice_cases
from build_scripts.wizard.result_texts import ResultTexts, read_result_texts
from build_scripts.wizard.screening_page import screening_context
from build_scripts.wizard.worksheets import read_worksheets, tool_context

if TYPE_CHECKING:
    from datetime import date

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from cse_pathway.rulebook import RuleBook

# Not MkDocs' own logger: what is said here is for people, and must not fail a strict build.
log = logging.getLogger("procedures")
log.addHandler(logging.StreamHandler())
log.propagate = False

_SCORE = ROOT / "docs" / "_data" / "mutation.json"


@dataclass
class _Build:
    """What one build knows from the first hook to the last."""

    rules: RuleBook
    guidance: Guidance
    questionnaire: Questionnaire
    result_texts: ResultTexts
    search_words: dict[str, Any]
    worksheets: dict[str, dict[str, Any]]
    practice: tuple[PracticeCase, ...]
    pathways: dict[str, Pathway]
    nav: Navigation | None = None


_build: _Build | None = None


def _current() -> _Build:
    """What is known of this build; MkDocs calls `on_files`, which reads it, before any other step that asks."""
    if _build is None:
        raise PluginError("build_scripts/hooks.py: on_files has not run. Build with mkdocs 1.6.")
    return _build


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give headings our own ids; until `paragraphs_complete`, leave pages that are not written yet out of the menu."""
    config.mdx_configs.setdefault("toc", {})["slugify"] = heading_id
    if not config.extra.get("paragraphs_complete"):
        missing = site_map.without_missing(config.nav or [], Path(config.docs_dir))
        config.nav = missing.nav
        if missing.left_out:
            log.warning("Not written yet, left out of the menu: %s", ", ".join(missing.left_out))
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Write the pages about the rules, read all pages and check them together; leave the theme's own assets out."""
    global _build
    try:
        today = build_day()
    except NoBuildDayError as error:
        raise PluginError(str(error)) from error
    rule_files = read_rule_files()
    rules = rulebook_of(rule_files)
    _add_rule_pages(files, config, rules, rule_files.version["published"])
    ours = ROOT / "site_overrides"
    for file in [f for f in files if f.src_uri.startswith("assets/")]:
        if not Path(file.abs_src_path or "").is_relative_to(ours):
            files.remove(file)
    pages = _pages(files)
    menu = Path(config.config_file_path).read_text("utf-8")
    wrong_menu = site_map.wrong_lines(config.nav or [], [path for path, _, _ in pages], menu)
    complete = bool(config.extra.get("paragraphs_complete"))
    guidance = read_guidance(ROOT, pages, complete=complete)
    questionnaire, wrong = read_questionnaire(ROOT / "engine" / "rules", ROOT)
    texts, wrong_texts = read_result_texts(ROOT, questionnaire, guidance.sources, guidance.references)
    words, wrong_words = read_words(ROOT / "docs" / "_data" / "search_words.toml", ROOT)
    worksheets, wrong_sheets = read_worksheets(ROOT, guidance.sources)
    practice, wrong_practice = read_practice_cases(ROOT, guidance.sources, rules)
    pathways, wrong_pathways = read_pathways(ROOT, rules)
    habits, wrong_habits = read_habits(ROOT)
    wrong += wrong_menu + wrong_habits + wrong_texts + wrong_words + wrong_sheets + wrong_practice + wrong_pathways
    if problems := guidance.problems + wrong:
        raise PluginError(report(problems, "The guidance does not hold together"))
    if guidance.not_published:
        log.warning("Published nowhere yet (%d): %s", len(guidance.not_published), ", ".join(guidance.not_published))
    for habit in found_in(reader_texts(ROOT), habits):
        log.warning("Wording: %s:%s: %s Better: %s", habit.file, habit.line, habit.found, habit.wanted)
    for line in page_files.due_soon(list(guidance.pages.values()), today):
        log.warning("Review: %s", line)
    _build = _Build(rules, guidance, questionnaire, texts, words, worksheets, practice, pathways)
    return files


def _add_rule_pages(files: Files, config: MkDocsConfig, rules: RuleBook, published: date) -> None:
    """Add what the rules say of themselves as if it stood in docs/: a page for each table, and the form of a record.

    The pages are not in the menu, on purpose: rules/index.md is, and lists them all.
    """
    made = rule_pages(rules, known_proof(rules), read_rule_words(RULES), mutation_score(_SCORE), published)
    for path, text in made.items():
        files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    schema = json.dumps(record_schema(rules), indent=1) + "\n"
    files.append(File.generated(config, ADDRESS, content=schema))


def _pages(files: Files) -> list[tuple[str, str, str]]:
    """Path, address and text of each page. One that cannot be read is told first: much would seem to be missing."""
    pages = []
    wrong = []
    for file in files.documentation_pages():
        if file.abs_src_path:
            text, unreadable = page_files.read_text(Path(file.abs_src_path), file.src_uri)
            wrong += unreadable
        else:  # a page that an earlier hook has written
            text = file.content_string
        pages.append((file.src_uri, "" if file.url == "./" else file.url, text))
    if wrong:
        raise PluginError(report(wrong, "Pages cannot be read"))
    return pages


def on_nav(nav: Navigation, **_: Any) -> Navigation:
    """Keep the menu for the page that lists all pages."""
    _current().nav = nav
    return nav


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Put notes, contacts, anchors and citations into the page's text."""
    build = _current()
    return build.guidance.set_markdown(page.file.src_uri, place(markdown, build.pathways))


def on_page_content(html: str, *, page: Page, **_: Any) -> str:
    """Put in what only the finished HTML can take: tips on terms, boxes around tables, register, list of pages."""
    build = _current()
    html = build.guidance.set_html(page.file.src_uri, html)
    if "<p>{all-pages}</p>" in html and build.nav:
        html = html.replace("<p>{all-pages}</p>", site_map.render(build.nav, build.guidance.pages, page.url))
    return html


def on_page_context(context: dict[str, Any], *, page: Page, nav: Navigation, **_: Any) -> dict[str, Any]:
    """Give the template what it says about a page: dates, audience, changes, and the compact menu."""
    build = _current()
    guidance, meta = build.guidance, page.meta
    context["dates"] = {
        "reviewed": in_words(meta["reviewed"]),
        "due": in_words(meta["review_due"]),
        "due_iso": meta["review_due"].isoformat(),
        "overdue": page_files.overdue(meta, build_day()),
    }
    context["audience"] = [page_files.AUDIENCES[key] for key in meta["audience"] if key != "everyone"]
    context["changes"] = [
        {"id": c.id, "title": c.title, "date": c.when} for c in guidance.changes_of(page.file.src_uri)
    ]
    context["menu"] = site_map.menu(nav, page)
    context["contents"] = [] if page.is_homepage else site_map.contents(page)
    if meta.get("template") == "screening.html":
        context["screening"] = screening_context(build.questionnaire, build.result_texts, guidance, page.url)
    if meta.get("template") == "tool.html":
        seen_from = (page.url, guidance.published, guidance.sources, guidance.references)
        name = page.file.src_uri.removesuffix(".md")
        context["tool"] = tool_context(name, build.worksheets, build.practice, build.questionnaire, *seen_from)
    return context


def on_template_context(context: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Give the page for wrong addresses its menu and its list of pages."""
    build = _current()
    if build.nav:
        context["menu"] = site_map.menu(build.nav, None)
    return context


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write what no page holds: the feed of changes, the search's index, the numbers that the contacts script reads.

    And the rules as other tools read them: DMN, the forms of the rule files, the score of the mutation run.
    """
    build = _current()
    guidance = build.guidance
    site = Path(config.site_dir)
    dmn.export_all(build.rules, site / "rules")
    schemas.export_all(site / "rules" / "schemas")
    if _SCORE.exists():
        shutil.copyfile(_SCORE, site / "rules" / SCORE_FILE)
    page = guidance.pages.get("about/changes.md")
    feed = atom(guidance.changes, config.site_name, config.site_url or "", page.url if page else "")
    (site / "changes.xml").write_text(feed, "utf-8")
    areas = json.dumps(contacts.for_browser(guidance.areas), ensure_ascii=False, separators=(",", ":"))
    (site / "assets" / "areas.json").write_text(areas, "utf-8")
    practice = site / "assets" / "practice" / "cases.json"
    practice.parent.mkdir(exist_ok=True)
    practice.write_text(for_wizard(build.practice), "utf-8")
    index = build_index(site, list(guidance.pages.values()), build.search_words)
    write_index(index, site / "assets" / "search-index.json")
    if not config.site_url:  # a sitemap needs full addresses; without them MkDocs writes an empty one
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (site / name).unlink(missing_ok=True)
