"""Every paragraph stands on the built site once, and every link on it leads somewhere."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = [
    s for d in tomllib.loads((ROOT / "engine/rules/sources.toml").read_text("utf-8"))["document"] for s in d["section"]
]
IDS = [paragraph for section in SECTIONS for paragraph in section["paragraphs"]]


@pytest.fixture(scope="module")
def html(built_site: Path) -> dict[str, str]:
    """Each page's HTML by its address from the root."""
    return {
        path.relative_to(built_site).as_posix().removesuffix("index.html"): path.read_text("utf-8")
        for path in sorted(built_site.rglob("*.html"))
    }


def _anchor(paragraph: str) -> str:
    """Written out here by itself, so that a change of the build's own rule is seen."""
    return paragraph.lower().replace(".", "-").replace("(", "-").replace(")", "")


def test_every_paragraph_and_list_item_has_its_anchor_exactly_once(html):
    """R1.1 to R32.5 and S1 to S11, list items included."""
    assert len(IDS) == len(set(IDS)) == 357
    anchors = Counter(anchor for page in html.values() for anchor in re.findall(r'id="([rs]\d[^"]*)"', page))
    assert {p: anchors[_anchor(p)] for p in IDS if anchors[_anchor(p)] != 1} == {}


def test_every_paragraph_shows_its_number_as_a_link_to_itself(html):
    """The number in the margin is the permalink that people copy."""
    links = Counter(
        re.findall(r'<a class="para para--(?:duty|advice|context)"[^>]* href="#([^"]+)"', "".join(html.values()))
    )
    assert links == Counter(_anchor(paragraph) for paragraph in IDS)


def test_no_page_has_an_id_twice(html):
    """A link to it would lead to the wrong place."""
    for url, page in html.items():
        twice = [i for i, count in Counter(re.findall(r'\bid="([^"]+)"', page)).items() if count > 1]
        assert twice == [], url


def test_every_internal_link_leads_to_a_page_and_an_anchor_that_exist(html, built_site):
    """Citations, menu, contents, feed and search page: no dead end."""
    ids = {url: set(re.findall(r'\bid="([^"]+)"', page)) for url, page in html.items()}
    broken = []
    for url, page in html.items():
        base = "https://site.invalid/" + ("" if url == "404.html" else url)
        for href in set(re.findall(r'<(?:a|link)\b[^>]*? href="([^"]*)"', page)):
            target = urlsplit(urljoin(base, href.replace("&amp;", "&")))
            if target.netloc != "site.invalid" or target.scheme not in {"http", "https"}:
                continue
            path = unquote(target.path).lstrip("/")
            if path in html:
                if target.fragment and unquote(target.fragment) not in ids[path]:
                    broken.append(f"{url or 'start'}: {href}: no such anchor")
            elif not (built_site / path).is_file():
                broken.append(f"{url or 'start'}: {href}: no such page or file")
    assert broken == []


def test_the_register_has_a_row_for_every_paragraph_with_its_page_and_kind(html):
    """The register is complete, and each row leads to the paragraph."""
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(.*?)</td><td>(.*?)</td>', html["about/sources/"])
    assert [paragraph for paragraph, _, _ in rows] == IDS
    for paragraph, place, kind in rows:
        assert f"#{_anchor(paragraph)}" in place, paragraph
        assert kind in {"Duty", "Advice", "Background"}, paragraph


def test_the_list_of_all_pages_has_every_page(html):
    """Nothing is published that cannot be found without a script."""
    listed = {
        urljoin("https://s.invalid/all-pages/", h) for h in re.findall(r'<li><a href="([^"]+)">', html["all-pages/"])
    }
    missing = [url for url in html if url != "404.html" and f"https://s.invalid/{url}" not in listed]
    assert missing == []


def test_telephone_numbers_can_be_tapped_and_come_from_the_contact_files(html):
    """Every tel: link is a number that an area's or the national file gives; no other number stands on the site."""
    rules = ROOT / "engine/rules"
    files = [tomllib.loads(path.read_text("utf-8")) for path in (rules / "national.toml", *rules.glob("areas/*.toml"))]
    known = {n["number"] for file in files for c in file["contact"] for n in c.get("number", ())}
    dialled = {number for page in html.values() for number in re.findall(r'href="tel:([^"]+)"', page)}
    assert dialled == {number.replace(" ", "") for number in known}


def test_an_editors_note_says_that_it_is_one(html):
    """Each has its label, its title, what holds today and its confidence."""
    notes = [
        note for page in html.values() for note in re.findall(r'<div[^>]* class="note".*?\n</div>', page, re.DOTALL)
    ]
    assert len(notes) > 80
    for note in notes:
        assert 'role="note"' in note
        assert "Editor’s note</span>" in note
        assert "The source says" in note
        assert "Today:" in note
        assert re.search(r"(We are (fairly |not )?sure of this|We have not been able to check this)\.", note)
        assert re.search(r"Written \d+ \w+ 20\d\d", note)
