"""Front matter: read, checked, and the dates that it warns by."""

from datetime import date

import pytest

from build_scripts.inputs.dates import NoBuildDayError, build_day, in_words, today
from build_scripts.pages.headings import heading_id
from build_scripts.pages.page_files import due_soon, overdue, read_page, split
from tests.build.conftest import page


def test_markdown_begins_on_the_line_after_the_front_matter():
    """Problems in the text name the line of the file."""
    head, body, line = split(page("N", "Text.\n"))
    assert head.startswith("title: N")
    assert body == "\nText.\n"
    assert page("N", "Text.\n").splitlines()[line - 1] == ""


@pytest.mark.parametrize(
    ("day", "lines"),
    [(date(2027, 4, 21), 0), (date(2027, 4, 22), 1), (date(2027, 5, 22), 1), (date(2027, 5, 23), 1)],
)
def test_the_build_warns_30_days_before_a_review_is_due(day, lines):
    """Due on 22 May 2027: the first warning comes on 22 April."""
    told = due_soon([read_page("n.md", "n/", page("N", "Text."))[0]], day)
    assert len(told) == lines
    if day > date(2027, 5, 22):
        assert told[0].startswith("docs/n.md was due for review on 22 May 2027")


def test_readers_are_warned_from_the_day_after():
    """On the day itself the review is due, not overdue."""
    meta = {"review_due": date(2027, 5, 22)}
    assert not overdue(meta, date(2027, 5, 22))
    assert overdue(meta, date(2027, 5, 23))


def test_the_day_of_the_build_can_be_set(monkeypatch):
    """The same sources and SOURCE_DATE_EPOCH give the same pages."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert build_day() == date(2027, 1, 15)
    assert in_words(build_day()) == "15 January 2027"


def test_without_one_the_build_goes_by_today(monkeypatch):
    """Reviews that are due today are told today."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = today()
    assert before <= build_day() <= today()


@pytest.mark.parametrize("epoch", ["abc", "2026-11-27", "1e9", "9" * 20])
def test_a_day_of_the_build_that_cannot_be_read_is_an_error(monkeypatch, epoch):
    """Taken for today it would be silently wrong: it says what was found, what was wanted and how to mend it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(NoBuildDayError) as error:
        build_day()
    for part in ("SOURCE_DATE_EPOCH", f"found:  '{epoch}'", "wanted: whole seconds", "mend:   unset it"):
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("text", "made"), [("5. Do I have hope?", "n5-do-i-have-hope"), ("What to do", "what-to-do"), ("?", "n")]
)
def test_a_headings_id_begins_with_a_letter(text, made):
    """Style sheets and scripts cannot name an id that begins with a digit without escapes."""
    assert heading_id(text, "-") == made
