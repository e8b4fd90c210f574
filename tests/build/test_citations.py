"""Citations: links to where a paragraph is published, with its source named."""

import pytest

from build_scripts.pages.citations import cited_in, relative


@pytest.mark.parametrize(
    ("here", "there", "address"),
    [
        ("respond/early-help/", "respond/early-help/", ""),
        ("respond/early-help/", "respond/what-follows/", "../what-follows/"),
        ("respond/early-help/", "", "../../"),
        ("", "respond/early-help/", "respond/early-help/"),
        ("act-now/", "screening-tools/under-12/", "../screening-tools/under-12/"),
        ("a/b/", "a/", "../"),
        ("", "", ""),
    ],
)
def test_an_address_is_relative_so_that_the_site_works_below_any_path(here, there, address):
    """No page knows where the site is served."""
    assert relative(here, there) == address


def test_a_citation_links_to_the_paragraph_and_names_its_source(read):
    """A number that stands at a line's start alone would be lost: it keeps to the word before it."""
    html = read().set_markdown("six.md", "Do it [R1.1].")
    assert html == (
        'Do it\N{NO-BREAK SPACE}<small class="cites">[<a class="cite" href="../all/#r1-1" '
        'title="Regional procedures, paragraph 1.1">R1.1</a>]</small>.'
    )


def test_several_ids_in_one_pair_of_brackets_are_links_of_their_own(read):
    """`[R1.1; S6(1)]` names two paragraphs."""
    html = read().set_markdown("all.md", "So [R1.1; S6(1)]:")
    assert html.count('class="cite"') == 2
    assert 'href="#r1-1"' in html
    assert 'href="../six/#s6-1"' in html


@pytest.mark.parametrize("text", ["[R1.1](page.md)", "[R1.1][ref]", "`[R1.1]`", "[Read 1.1]"])
def test_what_only_looks_like_a_citation_is_left_alone(text):
    """Markdown links and code keep their brackets."""
    assert list(cited_in(text)) == []
