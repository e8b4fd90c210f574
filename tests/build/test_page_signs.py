"""Misspelt signs of the page language are told with the right spelling; what only looks like one is left alone."""

import pytest

from build_scripts.pages.page_signs import SIGNS, wrong_signs
from tests.build.conftest import NOTE, page

IDS = ("R12.4", "R13.1", "S6(9)", "S7(5a)")


@pytest.mark.parametrize(
    ("text", "found", "right"),
    [
        ("Ring {Contact: mash}.", "{Contact: mash}", "{contact: mash}"),
        ("Ring {contacts: mash}.", "{contacts: mash}", "{contact: mash}"),
        ("Ring {contact police}.", "{contact police}", "{contact: police}"),
        ("Ring {contact : police}.", "{contact : police}", "{contact: police}"),
        ("{Note: changed}", "{Note: changed}", "{note: changed}"),
        ("{Tick} Done", "{Tick}", "{tick}"),
        ("{area}", "{area}", "{areas}"),
        ("{#r13.1 duty} Do it.", "{#r13.1 duty}", "{#R13.1 duty}"),
        ("{# R13.1 advice} Do it.", "{# R13.1 advice}", "{#R13.1 advice}"),
        ("As said [S6 (9)].", "[S6 (9)]", "[S6(9)]"),
        ("As said [r13.1].", "[r13.1]", "[R13.1]"),
        ("As said [R 13.1].", "[R 13.1]", "[R13.1]"),
        ("As said [S7(5A)].", "[S7(5A)]", "[S7(5a)]"),
        ("As said [R12.4 and S6(9)].", "[R12.4 and S6(9)]", "[R12.4, S6(9)]"),
        ("As said [R12.4,\nr13.1].", "[R12.4,\nr13.1]", "[R12.4, R13.1]"),
    ],
)
def test_a_misspelt_sign_is_told_with_the_right_spelling(text, found, right):
    """Each was published as it stood, braces and all, and a citation that nobody can follow."""
    (problem,) = wrong_signs(text, "docs/a.md", 7, IDS)
    assert (problem.file, problem.line, problem.found) == ("docs/a.md", 7, found)
    assert problem.mend == f"write {right}"


@pytest.mark.parametrize("text", ["See {note: changed} there.", "- {note: changed}", "Here: {areas}", "> {tool}"])
def test_a_sign_that_needs_a_line_of_its_own_is_told_inside_a_sentence(text):
    """There it would be published as it stands."""
    (problem,) = wrong_signs(text, "docs/a.md", 7, IDS)
    assert problem.found.endswith("inside a sentence or list item")
    assert problem.mend == "give it a line of its own"


@pytest.mark.parametrize("text", ["{mash}", "{contact:}", "{tick: yes}", "{ open", "closed }"])
def test_braces_that_are_no_sign_are_told(text):
    """Nothing else on a page has braces, so a brace that is no sign is a slip; code may show them."""
    assert list(wrong_signs(text, "docs/a.md", 7, IDS))
    assert not list(wrong_signs(f"`{text}`", "docs/a.md", 7, IDS))


@pytest.mark.parametrize("sign", SIGNS.values())
def test_every_sign_in_its_right_spelling_is_left_alone(sign):
    """With a line before and after, as on a page."""
    assert not list(wrong_signs(f"Text.\n\n{sign}\n\nText.\n", "docs/a.md", 1, IDS))


@pytest.mark.parametrize(
    "text",
    [
        "As said [R12.4] and [R12.4, S6(9)].",
        "{#R13.1 duty} Do it.",
        "  {note: changed}",
        "Ring {contact: police} or {contact: mash}.",
        "## Heading {: #own-id }",
        "“[The child] said so.”",
        "[r13](page.md) and [R13][link]",
        "[r13]: https://a.example/",
        "    Code:\n```\n{Contact: mash} [S6 (9)]\n```\n",
    ],
)
def test_what_is_right_or_no_sign_is_left_alone(text):
    """Links, words in brackets, attributes of headings and code are none of the page language's signs."""
    assert not list(wrong_signs(text, "docs/a.md", 1, IDS))


def test_a_misspelt_sign_in_a_note_is_told_by_the_notes_file(read, repository):
    """Notes, terms and changes are set as pages are; a line of the file is named."""
    path = repository / "docs/_data/editors_notes/all.toml"
    path.write_text(NOTE.replace("Another [R1.2].", "Another [r1.2]."))
    (problem,) = read().problems
    assert (problem.file, problem.found) == ("docs/_data/editors_notes/all.toml", "[r1.2]")
    assert path.read_text().splitlines()[problem.line - 1] == 'today = "Another [r1.2]."'


def test_a_page_with_a_misspelt_sign_does_not_go_out(read):
    """The checks of all pages ask for signs: one slip is one problem."""
    assert [p.found for p in read({"new.md": page("New", "Ring {contacts: mash}.\n")}).problems] == ["{contacts: mash}"]
