"""The menu: every group, and the pages of the reader's own group; its size does not grow with the site."""

import re
from types import SimpleNamespace as Item

from build_scripts.pages.site_map import contents, menu, render, without_missing


def item(title, url):
    """A page of a menu."""
    return Item(is_page=True, is_section=False, title=title, url=url, meta={}, children=None)


def group(title, *children):
    """A group of a menu."""
    return Item(is_page=False, is_section=True, title=title, children=list(children))


START, ONE, TWO, THREE = item("Start", ""), item("One", "a/one/"), item("Two", "a/two/"), item("Three", "b/three/")
NAV = Item(items=[START, group("A", ONE, TWO), group("B", group("Inner", THREE))])


def test_a_page_opens_its_own_group_and_no_other():
    """A group links to its first page, wherever in it that is."""
    entries = menu(NAV, TWO)
    assert [(e.title, e.url, e.open, len(e.pages)) for e in entries] == [
        ("Start", "", False, 0),
        ("A", "a/one/", True, 2),
        ("B", "b/three/", False, 0),
    ]
    assert [(e.title, e.here) for e in entries[1].pages] == [("One", False), ("Two", True)]


def test_the_page_for_wrong_addresses_opens_no_group():
    """It is nowhere in the menu."""
    assert not any(e.open or e.pages for e in menu(NAV, None))


def test_a_group_inside_a_group_opens_with_its_page():
    """Editors' pages stand in a group of their own under About."""
    entries = menu(NAV, THREE)
    assert [p.title for p in entries[2].pages] == ["Inner"]
    assert entries[2].pages[0].pages[0].here


def test_only_a_long_page_lists_its_contents():
    """Four headings or more; smaller headings are not listed."""

    def heading(level, *children):
        return Item(level=level, title=f"h{level}", id=f"i{level}", children=list(children))

    short = Item(toc=[heading(1, heading(2), heading(2), heading(2, heading(3)))])
    long = Item(toc=[heading(1, heading(2), heading(2), heading(2), heading(2))])
    assert contents(short) == []
    assert len(contents(long)) == 4


def test_pages_not_written_yet_are_left_out_of_the_menu_and_named(tmp_path):
    """So that the site can be built and read while it is being written."""
    (tmp_path / "a.md").write_text("x")
    missing = without_missing([{"A": "a.md"}, {"G": ["b.md", {"H": ["c.md"]}]}], tmp_path)
    assert missing.nav == [{"A": "a.md"}]
    assert missing.left_out == ("b.md", "c.md")


def test_pages_that_the_menu_leaves_out_are_listed_below_their_folders_index():
    """The menu may not grow with the rules, yet no page is found by a script alone."""
    pages = {
        f"rules/{name}.md": Item(title=name.title(), url=f"rules/{name}/", meta={"description": f"About {name}"})
        for name in ("index", "b", "a")
    }
    index = Item(is_page=True, is_section=False, file=Item(src_uri="rules/index.md"))
    nav = Item(pages=[index], items=[Item(is_page=False, is_section=True, title="Rules", children=[index])])
    listed = render(nav, pages, "all-pages/")
    assert re.findall(r'<li><a href="([^"]+)">(\w+)</a><br>([\w ]+)</li>', listed) == [
        ("../rules/index/", "Index", "About index"),
        ("../rules/a/", "A", "About a"),
        ("../rules/b/", "B", "About b"),
    ]
