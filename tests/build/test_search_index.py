"""The search's data: each paragraph, note and heading by itself, under the anchor that a hit links to."""

import pytest

from build_scripts.pages.search_index import build_index, cut, read_words

PAGE = """<nav>Menu</nav><article>
<h1 id="t">Title</h1><ul class="dates"><li>Reviewed</li></ul><nav class="toc"><h2 id="on">On this page</h2></nav>
<p>Lead.</p><script type="application/json">{"boyfriend": 22}</script>
<h2 id="s6"><a class="para" href="#s6" title="Background. Solihull schools page, item 6">S6</a> Under 12</h2>
<p><a class="para" id="r1-1" href="#r1-1" title="Duty. Regional procedures, paragraph 1.1">R1.1</a> First
<small class="cites">[R9.9]</small>.</p>
<ul><li><p><a class="para" id="r1-2" href="#r1-2" title="Duty. Regional procedures, paragraph 1.2(i)">R1.2(i)</a>
Item:</p>
<ul><li>inner</li></ul></li></ul>
<div class="note" id="note-x"><p class="note-title"><span>Editor’s note</span> Changed</p><p>Since &amp; then.</p>
<p class="note-foot">Sources</p></div>
<p>After.</p></article><footer>Foot</footer>"""


def test_a_page_is_cut_where_its_anchors_are():
    """A hit leads to the paragraph, not to the top of its page; menu, dates, contents, citations, data are not searched."""
    assert [(p.anchor, p.label, p.heading, p.text) for p in cut(PAGE)] == [
        ("t", "", "Title", "Lead."),
        ("s6", "S6", "Under 12", "After."),
        ("r1-1", "R1.1", "Under 12", "First."),
        ("r1-2", "R1.2(i)", "Under 12", "Item: inner"),
        ("note-x", "", "Changed", "Since & then."),
    ]


def test_what_no_reader_sees_is_not_searched():
    """Data for the page's scripts, templates and questions not yet asked: neither their words nor their headings."""
    unseen = """<h2 id="in">Inside</h2><p>unseen</p>"""
    page = f"""<article><h1 id="t">Title</h1><dialog>{unseen}</dialog><template>{unseen}</template>
    <script type="application/json">{{"unseen": "yes"}}</script><p>Seen.</p></article>"""
    assert [(p.anchor, p.heading, p.text) for p in cut(page)] == [("t", "Title", "Seen.")]


def test_the_index_holds_pages_with_their_sections_and_parts_by_page(read, repository):
    """Sections are those of the paragraphs that a page carries: the ranking's figures are told by section."""
    guidance = read()
    for path in ("all", "six"):
        (repository / "site" / path).mkdir(parents=True)
        (repository / "site" / path / "index.html").write_text(PAGE)
    index = build_index(repository / "site", list(guidance.pages.values()), {"same": [{"words": ["a", "b"]}]})
    assert [(p["u"], p["t"], p["s"]) for p in index["pages"]] == [("all/", "All", ["R1"]), ("six/", "Six", ["S6"])]
    assert index["parts"][2] == [0, "r1-1", "R1.1", "Under 12", "First."]
    assert index["same"] == [["a", "b"]]


def test_pages_that_say_the_guidance_again_are_found_by_their_title_alone(read, repository, monkeypatch):
    """The rules' tables and the reasons of the build would push paragraphs down, and make every search heavier."""
    monkeypatch.setattr("build_scripts.pages.search_index.BY_TITLE", ("six",))
    for path in ("all", "six"):
        (repository / "site" / path).mkdir(parents=True)
        (repository / "site" / path / "index.html").write_text(PAGE)
    index = build_index(repository / "site", list(read().pages.values()), {})
    assert [part for part in index["parts"] if part[0] == 1] == [[1, "", "", "Six", ""]]
    assert [part[2] for part in index["parts"] if part[0] == 0] == ["", "S6", "R1.1", "R1.2(i)", ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[same]]\nword = ['a']", "same number 1 has no words"),
        ("[[lay]]\nsay = ['a']", "lay number 1 has no means"),
        ("[[same", "not TOML"),
    ],
)
def test_a_wrong_word_list_is_told(repository, text, found):
    """A group with a slip would be a synonym that never works."""
    path = repository / "docs/_data/search_words.toml"
    path.write_text(text)
    _, problems = read_words(path, repository)
    assert problems[0].found.startswith(found)
