"""Editor's notes: apart from the procedure, dated, sourced, with their confidence said."""

import markdown
import pytest

from build_scripts.pages.editors_notes import read_notes
from tests.build.conftest import NOTE


def test_a_note_says_what_the_source_says_what_holds_today_and_on_what_it_rests(read):
    """A reader can tell a note from the procedure, and see its day, its sources and how sure it is."""
    text = read().set_markdown("all.md", "{note: changed-since}")
    html = markdown.markdown(text, extensions=["md_in_html", "attr_list"])
    assert html.startswith(
        '<div aria-labelledby="note-changed-since-title" class="note" id="note-changed-since" role="note">'
    )
    assert '<span class="note-tag">Editor’s note</span> Changed since' in html
    assert "<strong>The source says" in html
    assert "<strong>Today:</strong> Another" in html
    assert '<p class="note-foot">We are sure of this. Since when: 2019. Written 22 November 2026.' in html
    assert '<a href="https://a.example/">A page</a>' in html
    assert 'href="#r1-2"' in html  # a citation inside the note


def test_a_note_that_begins_with_a_list_keeps_its_list(read, repository):
    """Markdown needs the words before a list on a line of their own."""
    listed = NOTE.replace('"Another [R1.2]."', '"""\n- first\n- second\n"""')
    (repository / "docs/_data/editors_notes/all.toml").write_text(listed)
    html = markdown.markdown(read().set_markdown("all.md", "{note: changed-since}"), extensions=["md_in_html"])
    assert html.count("<li>") == 2


def test_a_note_inside_a_list_item_stays_in_it(read):
    """The note is set in at the depth of its token."""
    text = read().set_markdown("all.md", "- item\n\n    {note: changed-since}\n")
    assert '\n    <div class="note"' in text


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('confidence = "high"', 'confidence = "certain"', "note changed-since: confidence = 'certain'"),
        ('title = "Changed since"\n', "", "note changed-since has no title"),
        ("written = 2026-11-22", 'written = "2026-11-22"', "note changed-since: written = '2026-11-22'"),
        ('since = "2019"', 'since = "2019"\nsinse = ""', "note changed-since: unknown key sinse"),
        ('since = "2019"', "since = 2019", "note changed-since: since = 2019"),
        ("[[note]]", "[[note]", "not TOML"),
    ],
)
def test_a_wrong_note_is_told(repository, old, new, found):
    """A note with a slip is never left out in silence."""
    (repository / "docs/_data/editors_notes/all.toml").write_text(NOTE.replace(old, new))
    notes, problems = read_notes(repository / "docs/_data/editors_notes", repository)
    assert notes == {}
    assert problems[0].found.startswith(found)


def test_two_notes_of_one_id_are_told(repository):
    """An id is also the note's anchor on the site."""
    (repository / "docs/_data/editors_notes/all.toml").write_text(NOTE + NOTE)
    _, problems = read_notes(repository / "docs/_data/editors_notes", repository)
    assert [p.found for p in problems] == ["note changed-since twice"]
