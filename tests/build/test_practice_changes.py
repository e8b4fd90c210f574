"""What changed: dates as exact as the source, the page, and a feed that readers' programs can read."""

import xml.etree.ElementTree as ET
from datetime import date as day

import pytest

from build_scripts.pages.changes_for_staff import atom, read_changes, render
from build_scripts.inputs.references import Reference

CHANGE = """
[[change]]
id = "first"
date = "2026-09"
published = 2026-11-22
title = "New & better"
what = "Read **this** [page](x.md)."
who = ["education"]
pages = ["all.md"]
notes = ["changed-since"]
references = ["n1"]
confidence = "medium"
"""


def reading(repository, text):
    """The changes in a text, and what is wrong with them."""
    path = repository / "docs/_data/practice_changes.toml"
    path.write_text(text)
    return read_changes(path, repository, ["all.md"], ["changed-since"], ["n1"], day(2026, 11, 27))


@pytest.mark.parametrize(
    ("date", "when", "first_day"),
    [
        ("2026", "2026", "2026-01-01"),
        ("2026-09", "September 2026", "2026-09-01"),
        ("2026-09-01", "1 September 2026", "2026-09-01"),
    ],
)
def test_a_date_is_told_as_exactly_as_the_source_gives_it(repository, date, when, first_day):
    """A month is never made into a day that nobody gave."""
    (change,), problems = reading(repository, CHANGE.replace("2026-09", date))
    assert problems == []
    assert (change.when, change.first_day) == (when, first_day)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("2026-09", "2026-13", "change first: date = '2026-13'"),
        ("2026-09", "autumn", "change first: date = 'autumn'"),
        ('"education"', '"teachers"', "change first: who names 'teachers'"),
        ('"all.md"', '"gone.md"', "change first: pages names 'gone.md'"),
        ('"changed-since"', '"gone"', "change first: notes names 'gone'"),
        ('"n1"', '"n9"', "change first: references names 'n9'"),
        ('"medium"', '"perhaps"', "change first: confidence = 'perhaps'"),
        ('title = "New & better"\n', "", "change first has no title"),
        ("published = 2026-11-22\n", "", "change first has no published"),
        ("2026-11-22", "2026-11-28", "change first: published = 2026-11-28"),
        ("2026-11-22", "2026-11-22T10:00:00", "change first: published = 2026-11-22 10:00:00"),
        ("2026-11-22", '"2026-11-22"', "change first: published = '2026-11-22'"),
    ],
)
def test_a_wrong_entry_is_told(repository, old, new, found):
    """An entry names only audiences, pages, notes and references that exist."""
    changes, problems = reading(repository, CHANGE.replace(old, new))
    assert changes == ()
    assert [p.found for p in problems] == [found]


def test_the_newest_change_comes_first(repository):
    """By the first day that each date can mean."""
    changes, _ = reading(repository, CHANGE + CHANGE.replace('"first"', '"second"').replace("2026-09", "2026-10-02"))
    assert [change.id for change in changes] == ["second", "first"]


def test_the_page_says_for_whom_when_how_sure_and_by_which_source(repository):
    """Issue 3: what changed, for whom, from when, by which source."""
    changes, _ = reading(repository, CHANGE)
    text = render(
        changes,
        {"all.md": "All"},
        {"changed-since": ("all.md", "Changed since")},
        {"n1": Reference("n1", "A page", "https://a.example/")},
        "../",
    )
    for part in (
        "## New & better {: #first }",
        "September 2026. For: Schools and education.",
        "We are fairly sure of this.",
        "[A page](https://a.example/)",
        "[All](../all.md)",
        "(../all.md#note-changed-since)",
    ):
        assert part in text


def test_the_feed_is_atom_with_ids_that_do_not_change(repository):
    """RFC 4287: id, title and updated on the feed and each entry, an author, text escaped, Markdown made plain."""
    changes, _ = reading(repository, CHANGE)
    feed = ET.fromstring(atom(changes, "Site", "https://site.example/", "about/changes/"))  # noqa: S314 (our own text)
    ns = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:id", None, ns) == "tag:cse-procedures,2026:changes"
    assert feed.findtext("a:author/a:name", None, ns) == "Site"
    entry = feed.find("a:entry", ns)
    assert entry.findtext("a:id", None, ns) == "tag:cse-procedures,2026:first"
    assert entry.findtext("a:title", None, ns) == "New & better"
    assert entry.findtext("a:summary", None, ns) == "September 2026: Read this page."
    assert entry.find("a:link", ns).get("href") == "https://site.example/about/changes/#first"


def test_the_feed_goes_by_the_day_of_publication(repository):
    """An entry on an old law, or on one still to come, is news on the day when it is told: never before, never after."""
    told = {"old": ("2015", "2026-11-24"), "coming": ("2027-04-06", "2026-11-25"), "first": ("2026-09", "2026-11-22")}
    entries = [
        CHANGE.replace('"first"', f'"{name}"').replace("2026-09", since).replace("2026-11-22", published)
        for name, (since, published) in told.items()
    ]
    changes, problems = reading(repository, "".join(entries))
    assert problems == []
    feed = ET.fromstring(atom(changes, "Site", "", "about/changes/"))  # noqa: S314 (our own text)
    ns = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:updated", None, ns) == "2026-11-25T00:00:00Z"
    assert [
        (entry.findtext("a:id", None, ns).rpartition(":")[2], entry.findtext("a:updated", None, ns)[:10])
        for entry in feed.findall("a:entry", ns)
    ] == [("coming", "2026-11-25"), ("old", "2026-11-24"), ("first", "2026-11-22")]
    assert {e.findtext("a:published", None, ns) for e in feed.findall("a:entry", ns)} == {
        f"{published}T00:00:00Z" for _, published in told.values()
    }
