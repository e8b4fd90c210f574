"""Habits of wording: the list tries itself, the finder finds them where readers meet them, and none is left on the site."""

from pathlib import Path

import pytest

from build_scripts.inputs.problems import report
from build_scripts.pages.reader_texts import ReaderText, reader_texts
from build_scripts.pages.wording_habits import LIST, found_in, read_habits

ROOT = Path(__file__).resolve().parents[2]
HABIT = """
[[habit]]
id = "at-the-least"
pattern = 'at the least'
better = "at least"
bad = "It is met at the least once."
good = "It is met at least once."
keeps = ["at the least cost"]
not_in = ["docs/old/"]
"""
MORE = """
[[habit]]
id = "go-on"
pattern = '(?<!to )\\bgo on\\b'
better = "continue"
bad = "They go on."
good = "They continue to go on a visit."
"""


@pytest.fixture
def habits(repository):
    """The small list, in order."""
    (repository / LIST).write_text(HABIT + MORE)
    found, problems = read_habits(repository)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("It is met at the least once.", [3]),
        ("One.\nIt is met At The\nLeast once, and they go on.", [4, 5]),
        ("This comes at the least cost.", []),
        ("This comes at the least cost,\nand at the least once.", [4]),
        ("That has to go on.", []),
        ("At least once.", []),
    ],
)
def test_a_habit_is_found_with_its_line_and_the_better_words(habits, text, lines):
    """Whatever its capitals and line breaks; a phrase that is kept is not found."""
    found = found_in([ReaderText("docs/a.md", 3, text)], habits)
    assert [problem.line for problem in found] == lines
    assert {problem.wanted for problem in found} <= {"at least", "continue"}


def test_a_habit_is_left_alone_where_it_does_not_matter(habits):
    """`not_in` names files or folders."""
    assert found_in([ReaderText("docs/old/a.md", 1, "At the least once.")], habits) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("met at the least", "met at least", "habit at-the-least: nothing in its bad example"),
        ("met at least", "met at the least", "habit at-the-least: 'at the least' in its good example"),
        ("'at the least'", "'at (the least'", "habit at-the-least: pattern cannot be read: "),
        ("at the least cost", "at any cost", "habit at-the-least keeps 'at any cost', which the pattern does not find"),
        ('better = "at least"\n', "", "habit at-the-least has no better"),
        ('id = "at-the-least"', 'id = "go-on"', "habit go-on twice"),
    ],
)
def test_an_entry_that_does_not_do_what_it_says_is_told(repository, old, new, found):
    """An editor sees at once that a pattern finds too little or too much: each entry brings its own two examples."""
    (repository / LIST).write_text((HABIT + MORE).replace(old, new, 1))
    _, problems = read_habits(repository)
    assert [problem.found[: len(found)] for problem in problems] == [found]


def test_readers_texts_are_taken_from_pages_data_templates_and_scripts(tmp_path):
    """Each with its file and line; code, comments, ids and front matter that nobody reads are left out."""
    files = {
        "docs/a.md": "---\ntitle: Title one\nkeywords: [key]\n---\n\nPage two `code`\n\n```\ncode\n```\n",
        "docs/_data/b.toml": '# comment\nid = "idea"\nsays = "Data three"\nlong = """\nData four\nand more"""\n',
        "engine/rules/c.toml": '[[x]]\nsources = ["R1.1"]\nwhat = "Rule \\"five\\""\n',
        "site_overrides/d.html": '{# comment #}\n<p title="Said six">Template {{ name }} seven</p>\n',
        "site_overrides/assets/e.mjs": '// comment "no text"\nsay("Script eight", `Script ${n} nine`, "code");\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = [(held.file.rpartition("/")[2], held.line, " ".join(held.text.split())) for held in reader_texts(tmp_path)]
    assert found == [
        ("a.md", 2, "Title one"),
        ("a.md", 5, "Page two"),
        ("b.toml", 3, "Data three"),
        ("b.toml", 5, "Data four and more"),
        ("c.toml", 3, 'Rule "five"'),
        ("d.html", 2, "Said six"),
        ("d.html", 1, "Template seven"),
        ("e.mjs", 2, "Script eight"),
        ("e.mjs", 2, "Script ${n} nine"),
    ]


def test_the_list_of_habits_is_in_order():
    """Every pattern of the real list finds its bad example and nothing in its good one."""
    habits, problems = read_habits(ROOT)
    assert report(problems, "The list of habits") == ""
    assert habits


def test_no_habit_is_left_in_what_readers_see():
    """Each is told with its file, its line and the better words."""
    habits, _ = read_habits(ROOT)
    if told := report(found_in(reader_texts(ROOT), habits), "Wording"):
        pytest.fail(told, pytrace=False)
