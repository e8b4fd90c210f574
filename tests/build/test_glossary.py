"""Terms: marked once a page, where they are running text, and listed with their sources."""

import pytest

from build_scripts.pages.glossary import Term, mark_first_uses, read_glossary, render

MASH = Term("MASH", "multi-agency hub", "Where you refer.", ("S6(1)",))
HUB = Term("MASH referral", "", "A referral.", ())
LEAD = Term("safeguarding lead", "", "Who to ask.", ())


def test_only_the_first_use_on_a_page_is_marked():
    """One tip a page is help; ten are noise."""
    html = mark_first_uses("<p>The MASH. The MASH.</p><p>MASH</p>", (MASH,), "../glossary/")
    assert html == (
        '<p>The <a class="term" href="../glossary/#term-mash" data-tip="Multi-agency hub. Where you refer.">MASH</a>. '
        "The MASH.</p><p>MASH</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<h2>MASH</h2>", '<p><a href="x">the MASH</a></p>', "<code>MASH</code>",
        '<p title="MASH"></p>', "<p>MASHED</p>",
        "<p>non-MASH</p>", "<table><th>MASH</th></table>", "<summary>MASH</summary>", "<p>mash</p>",
    ],
)  # fmt: skip
def test_headings_links_code_attributes_and_other_words_are_left_alone(text):
    """A link in a link is no HTML; a heading is no place for a tip; an abbreviation is written in capitals."""
    assert mark_first_uses(text, (MASH,), "") == text


def test_marking_goes_on_after_a_link_or_heading():
    """Elements that are left alone end where they end, nested ones too."""
    html = mark_first_uses("<h2>MASH <a>MASH</a></h2><p>MASH</p>", (MASH,), "")
    assert html.index('class="term"') > html.index("</h2>")


def test_the_longest_term_wins_and_a_phrase_may_begin_a_sentence():
    """A MASH referral is a term of its own; "Safeguarding lead" is the same as "safeguarding lead"."""
    html = mark_first_uses("<p>A MASH referral. Safeguarding lead.</p>", (MASH, HUB, LEAD), "")
    assert ">MASH referral</a>" in html
    assert ">Safeguarding lead</a>" in html


def test_the_list_gives_each_term_its_anchor_and_its_paragraphs():
    """A tip links to the term on the glossary page; references by other ids are not shown as paragraphs."""
    html = render((Term("MASH", "hub", "A <hub>.", ("S6(1)", "n5")),))
    assert (
        html == '<dl class="glossary"><div id="term-mash"><dt>MASH</dt>'
        "<dd><b>hub.</b> A &lt;hub&gt;. [S6(1)]</dd></div></dl>"
    )


def test_a_term_listed_twice_is_told(repository):
    """Two meanings of one term would contradict each other."""
    path = repository / "docs/_data/glossary.toml"
    path.write_text(path.read_text() + '[[term]]\nterm = "mash"\nmeaning = "Potatoes."\n')
    _, problems = read_glossary(path, repository)
    assert [p.found for p in problems] == ["term mash twice"]
