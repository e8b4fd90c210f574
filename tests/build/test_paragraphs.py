"""Paragraph tokens: anchors, margin links and the ids of headings."""

import pytest

from build_scripts.pages.guidance import plain_tables
from build_scripts.pages.paragraphs import anchor, finish_headings, published_in, root
from tests.build.conftest import page


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [("R12.4", "r12-4"), ("R26.2(iii)", "r26-2-iii"), ("S7(5a)", "s7-5a"), ("S6", "s6"), ("R10.5(14)", "r10-5-14")],
)
def test_an_anchor_is_made_from_the_id_and_never_changes(paragraph, expected):
    """The anchors that issue and design name: #r12-4, #s6-9, #r26-2-iii."""
    assert anchor(paragraph) == expected


def test_a_list_item_belongs_to_its_paragraph():
    """`carries` names paragraphs; their items follow."""
    assert root("R26.2(iii)") == "R26.2"
    assert root("S6") == "S6"


@pytest.mark.parametrize(
    ("text", "at_start"),
    [
        ("{#R1.1 duty} Text.", True),
        ("Before.\n\n{#R1.1 duty} Text.", True),
        ("- {#R1.1 duty} item", True),
        ("  1. {#R1.1 duty} item", True),
        ("## {#R1.1 duty} Heading", True),
        ("## Heading\n{#R1.1 duty} Text.", True),
        ("    {#R1.1 duty} In an item, after an empty line.", True),
        ("Before.\n{#R1.1 duty} Same paragraph.", False),
        ("Before {#R1.1 duty} after.", False),
    ],
)
def test_a_token_opens_its_block(text, at_start):
    """Inside a block the margin number would stand beside text that is not the paragraph's."""
    assert [(p.id, p.kind, p.at_start) for p in published_in(text)] == [("R1.1", "duty", at_start)]


def test_a_published_paragraph_links_to_itself_and_says_what_it_is(read):
    """The margin number is the anchor and the permalink; its title gives kind and source to readers of any kind."""
    html = read().set_markdown("all.md", "{#R1.1 duty} One.")
    assert html == (
        '<a class="para para--duty" id="r1-1" href="#r1-1" title="Duty. Regional procedures, paragraph 1.1">R1.1</a>'
        " One."
    )


def test_a_heading_takes_the_anchor_and_keeps_the_number_out_of_the_contents(read):
    """The number would else stand in the list of contents and in the heading's generated id."""
    guidance = read()
    marked = guidance.set_markdown("six.md", "## {#S6 context} Under 12")
    assert marked == '## Under 12 {: #s6 data-paragraph="S6" data-kind="context" }'
    finished = finish_headings('<h2 data-kind="context" data-paragraph="S6" id="s6">Under 12</h2>', guidance.sources)
    assert finished == (
        '<h2 id="s6"><a class="para para--context" href="#s6" title="Background. Solihull schools page, item 6">S6</a>'
        " Under 12</h2>"
    )


def test_a_line_is_counted_from_the_top_of_the_file(read):
    """Problems name the line that an editor sees."""
    guidance = read({"new.md": page("N", "Text.\n\nMore.\n\n{#R1.1 duty} Again.\n", "R1.1")})
    assert [p.line for p in guidance.problems if "second time" in p.found] == [15]


def test_a_table_can_be_reached_and_scrolled_and_has_no_inline_style():
    """The policy forbids style attributes; a wide table scrolls in its own box, which the keyboard reaches."""
    html = plain_tables('<table><thead><tr><th style="text-align: right;">A &amp; B</th><th></th></tr></thead></table>')
    assert html == (
        '<div class="cse-scroll" role="group" aria-label="Table: A &amp; B" tabindex="0"><table><thead><tr>'
        '<th class="right">A &amp; B</th><td></td></tr></thead></table></div>'
    )
