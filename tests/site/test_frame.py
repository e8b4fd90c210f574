"""What holds on every page of the built site: lean, closed to others, with a way to help and its dates."""

import json
import re
import subprocess
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

GUIDANCE = {
    "act-now", "understand", "prevent", "identify", "respond", "share", "disrupt", "support", "monitor", "contacts",
    "start", "forms", "screening-tools",
}  # fmt: skip
PAGE_LIMIT = 20_000
"""Bytes (brotli) of a page with all that its first load fetches."""


class Reading(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note the tag and whether it holds text that a test asks for."""
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag in {"title", "h1", "script", "style"}:
            self._open = tag

    def handle_endtag(self, tag):
        """The end of what was open."""
        if tag == self._open:
            self._open = ""

    def handle_data(self, data):
        """Text of titles, scripts and styles."""
        if self._open:
            self.text[self._open] = self.text.get(self._open, "") + data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a name."""
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Reading]:
    """Every page of the site by its address from the root."""
    found = {
        path.relative_to(built_site).as_posix().removesuffix("index.html"): Reading(path.read_text("utf-8"))
        for path in sorted(built_site.rglob("*.html"))
    }
    assert len(found) > 60
    return found


def test_no_page_fetches_anything_from_elsewhere(pages, built_site):
    """Scripts, styles, images, frames and forms are the site's own; style sheets name no address."""
    for url, page in pages.items():
        for tag, attrs in page.tags:
            if tag in {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "form"} or (
                tag == "link" and attrs.get("rel") not in {"canonical"}
            ):
                for key in ("src", "href", "action", "data", "srcset"):
                    assert not re.match(r"(https?:)?//", attrs.get(key, "")), f"{url}: {tag} {attrs}"
    for sheet in built_site.rglob("*.css"):
        assert not re.search(r"url\(|@import|//", sheet.read_text("utf-8")), sheet.name


def test_every_page_is_closed_by_a_policy_that_allows_no_inline_script_or_style(pages):
    """Nothing injected runs; only pages that run the engine may compile WebAssembly."""
    for url, page in pages.items():
        (policy,) = [m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["style-src"] == "'self'"
        assert rules["connect-src"] == "'self'"
        assert rules["base-uri"] == "'none'"
        assert rules["script-src"] in ({"'self'", "'self' 'wasm-unsafe-eval'"} if _may_run_engine(url) else {"'self'"})
        assert [m["content"] for m in page.all("meta") if m.get("name") == "referrer"] == ["no-referrer"]
        for script in page.all("script"):
            assert "src" in script or script.get("type") == "application/json", f"{url}: a script in the page"
        assert page.all("style") == []
        styled = [
            (tag, attrs) for tag, attrs in page.tags if "style" in attrs or any(key.startswith("on") for key in attrs)
        ]
        assert styled == [], url


def _may_run_engine(url: str) -> bool:
    return url.startswith(("screening/", "tools/", "practice/"))


def test_every_page_offers_help_a_way_past_the_menu_and_one_title(pages):
    """Danger first on every page; one h1; a title that no other page has; English."""
    titles = Counter(page.text["title"] for page in pages.values())
    assert [title for title, count in titles.items() if count > 1] == []
    for url, page in pages.items():
        links = [attrs.get("href", "") for attrs in page.all("a")]
        assert links[0] == "#main", url
        assert any(urljoin(f"https://s.invalid/{url}", link).endswith("/act-now/") for link in links[:4]), url
        assert len([attrs for attrs in page.all("h1") if "hidden" not in attrs]) == 1, url
        assert page.all("html") == [{"lang": "en-GB"}]
        assert len(page.text["title"]) <= 70, url


def test_every_page_says_when_it_was_reviewed_and_is_next_due(pages, built_site):
    """In the HTML itself: no script is needed to see how old a page is."""
    for url in pages:
        if url == "404.html":
            continue
        html = (built_site / url / "index.html").read_text("utf-8")
        assert re.search(r"last reviewed \d+ \w+ 20\d\d; next review due \d+ \w+ 20\d\d", html), url


def test_every_page_warns_that_it_is_overdue_or_gives_the_script_the_day_on_which_it_will_be(pages):
    """A page built in time hides the warning and carries its day; one built later shows it, with no script."""
    warned = []
    for url, page in pages.items():
        for attrs in (attrs for _, attrs in page.tags if attrs.get("class") == "overdue"):
            assert ("hidden" in attrs) == ("data-due" in attrs), url
            assert date.fromisoformat(attrs.get("data-due", "2027-05-22")), url
            warned.append(url)
    assert warned == [url for url in pages if not url.startswith("404")]  # which says nothing that ages
    assert len(warned) > 60


def test_the_menu_shows_every_group_and_only_one_groups_pages(pages, built_site):
    """A page does not grow with the site: of the other groups only the first page is linked."""
    sizes = []
    for url in pages:
        path = built_site / url / "index.html" if url != "404.html" else built_site / url
        menu = re.search(r'<nav aria-label="Main">(.*?)</nav>', path.read_text("utf-8"), re.DOTALL)[1]
        sizes.append(menu.count("<a "))
        assert menu.count('aria-current="page"') <= 1
    assert max(sizes) <= 36


def test_a_page_of_guidance_weighs_no_more_than_20_kilobytes(built_site, pages):
    """With style sheet and script, as sent with brotli, in three requests: page, style sheet, script."""
    guidance = [url for url in pages if url.partition("/")[0] in GUIDANCE]
    assert len(guidance) > 40
    shared = ["assets/style.css", "assets/page.mjs"]
    weights = _brotli(built_site, [*shared, *(f"{url}index.html" for url in guidance)])
    for url in guidance:
        fetched = {a["href"] for a in pages[url].all("link") if a["rel"] in {"stylesheet", "icon"}}
        fetched |= {a["src"] for a in pages[url].all("script")}
        fetched = {address for address in fetched if not address.startswith("data:")}
        assert {re.sub(r"^(\.\./)+", "", address) for address in fetched} == set(shared), url
        assert weights[f"{url}index.html"] + sum(weights[name] for name in shared) <= PAGE_LIMIT, url


def _brotli(site: Path, names: list[str]) -> dict[str, int]:
    program = (
        "const z=require('zlib'),f=require('fs');const[d,...n]=JSON.parse(f.readFileSync(0));"
        "console.log(JSON.stringify(Object.fromEntries(n.map(x=>[x,z.brotliCompressSync(f.readFileSync(d+'/'+x)).length]))))"
    )
    run = subprocess.run(
        ["node", "-e", program], input=json.dumps([str(site), *names]), capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def test_the_search_weighs_nothing_until_it_is_used(built_site):
    """Its code and index stand in files that no page links to; together they stay under 90 kilobytes."""
    page = (built_site / "assets/page.mjs").read_text("utf-8")
    assert "search-index" not in page
    chunks = [path.relative_to(built_site).as_posix() for path in (built_site / "assets/chunks").glob("*.mjs")]
    weights = _brotli(built_site, ["assets/search-index.json", *chunks])
    assert sum(weights.values()) < 90_000


def test_nothing_of_the_themes_own_scripts_and_styles_is_on_the_site(built_site, pages):
    """The theme is a guest: its bundle, style sheets and class names are not used."""
    assert not (built_site / "assets/javascripts").exists()
    assert not (built_site / "assets/stylesheets").exists()
    for url, page in pages.items():
        assert not any(re.search(r"(^| )md-", attrs.get("class", "")) for _, attrs in page.tags), url


def test_a_wrong_address_leads_on(pages):
    """Help, contacts, the wizard, search and the list of pages."""
    links = {attrs.get("href", "").lstrip("/") for attrs in pages["404.html"].all("a")}
    assert {"tel:999", "act-now/", "contacts/", "screening/", "search/", "all-pages/"} <= links


def test_the_site_has_a_feed_and_says_so(built_site, pages):
    """Atom, linked from every page."""
    assert (built_site / "changes.xml").read_text("utf-8").startswith('<?xml version="1.0" encoding="utf-8"?>\n<feed')
    for url, page in pages.items():
        assert any(
            a.get("type") == "application/atom+xml" and a["href"].endswith("changes.xml") for a in page.all("link")
        ), url


def test_at_most_five_templates_of_the_theme_are_replaced_each_with_its_reason():
    """The fewer, the easier the theme is left behind."""
    templates = sorted(Path(__file__).parents[2].joinpath("site_overrides").glob("**/*.html"))
    assert len(templates) <= 5
    for template in templates:
        assert template.read_text("utf-8").lstrip().startswith("{#"), f"{template.name} gives no reason"
