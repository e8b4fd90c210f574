"""The checks of the pages: each wrong thing is found, told with file and line, and all of them at once."""

import pytest

from build_scripts.inputs.problems import report
from tests.build.conftest import ALL, NOTE, SIX, page


def test_pages_in_order_have_no_problem(read):
    """The small repository is in order, so that each test below fails for its own reason."""
    assert report(read().problems, "x") == ""


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (
            "new.md",
            page("N", "{#R1.1 duty} Again.\n", "R1.1"),
            "new.md:11: R1.1 is published a second time, first at docs/all.md:11",
        ),
        ("new.md", page("N", "{#R9.9 duty} What.\n", "R9.9"), "new.md:11: unknown paragraph R9.9"),
        ("all.md", ALL.replace("R1.1 duty", "R1.1 rule"), "all.md:11: R1.1 as kind 'rule'"),
        ("all.md", ALL.replace("{#R1.1 duty} One", "One {#R1.1 duty}"), "all.md:11: the token of R1.1 inside a block"),
        (
            "six.md",
            SIX.replace("carries: [S6]", "carries: [S6, R1.2]"),
            "six.md: carries R1.2, but no block publishes it",
        ),
        ("six.md", SIX.replace("carries: [S6]", "carries: []"), "six.md: S6 is published but not in carries"),
        ("new.md", page("N", "See [R7.7].\n"), "new.md:11: cites R7.7"),
        ("six.md", page("Six", "Nothing.\n"), "sources.toml: S6(1) is published nowhere"),
        ("six.md", page("Six", "Nothing.\n"), "national.toml: cites S6(1), which no page publishes"),
        ("new.md", page("N", "Ring {contact: mosh}.\n"), "new.md:11: contact 'mosh'"),
        ("new.md", page("N", "{note: changed-sinse}\n"), "new.md:11: note 'changed-sinse'"),
        (
            "new.md",
            page("N", "{note: changed-since}\n"),
            "new.md:11: note 'changed-since' again, first at docs/all.md:13",
        ),
        ("all.md", ALL.replace("{note: changed-since}\n", ""), "all.toml: note 'changed-since' is placed nowhere"),
        ("new.md", page("N", "Ring {Contact: mash}.\n"), "new.md:11: {Contact: mash}"),
        ("new.md", page("N", "See [S6 (1)].\n"), "new.md:11: [S6 (1)]"),
        ("new.md", page("All", "Text.\n"), "new.md: title 'All', as in docs/all.md"),
        (
            "new.md",
            page("N", "Text.\n").replace("description: About it.\n", ""),
            "new.md: the front matter has no description",
        ),
        ("new.md", "# No front matter\n", "new.md: the front matter has no title"),
        ("new.md", page("N", "Text.\n").replace("[everyone]", "[nobody]"), "new.md: audience 'nobody'"),
        ("new.md", page("N", "Text.\n").replace("2027-05-22", "2026-05-22"), "new.md: review_due 2026-05-22"),
        ("new.md", page("N", "Text.\n").replace("title: N", "title: a: b"), "new.md:1: front matter is not YAML"),
        (
            "new.md",
            page("N", "Text.\n").replace("reviewed:", "revewed:"),
            "new.md: the front matter: unknown key revewed",
        ),
    ],
)
def test_each_wrong_thing_is_found_and_told(read, path, text, found):
    """What is wrong names its file, its line where it has one, and what stands there."""
    told = [
        f"{p.file.rpartition('/')[2]}{f':{p.line}' if p.line else ''}: {p.found}" for p in read({path: text}).problems
    ]
    assert any(line.startswith(found) for line in told), told


def test_all_problems_come_at_once_and_each_says_how_to_mend_it(read):
    """Two wrong pages, three wrong things: one report with all of them, and a way on for each."""
    guidance = read({"one.md": page("One", "See [R7.7].\n\nRing {contact: mosh}.\n"), "two.md": page("All", "Text.\n")})
    told = report(guidance.problems, "The guidance")
    assert told.startswith("The guidance: 3 to mend")
    assert told.count("    mend:   ") == 3
    assert "did you mean mash?" in told


def test_a_note_that_rests_on_nothing_listed_is_found(read, repository):
    """An editor's note cites references by id; an id that is not listed would print as nothing."""
    (repository / "docs/_data/editors_notes/all.toml").write_text(NOTE.replace('"n1"', '"n7"'))
    assert [p.found for p in read().problems] == ["note 'changed-since' cites 'n7'"]


def test_a_rule_that_cites_what_is_not_published_is_found(read, repository):
    """Every rule's paragraph can be looked up: an action whose source no page publishes fails the build."""
    (repository / "engine/rules/actions.toml").write_text('[[action]]\nid = "x"\nsources = ["R1.2(i)", "R3.3"]\n')
    problems = read({"all.md": ALL.replace("- {#R1.2(i) advice} item\n", "")}).problems
    assert {p.found for p in problems if p.file.endswith("actions.toml")} == {
        "source R3.3",
        "cites R1.2(i), which no page publishes",
    }


def test_while_pages_are_being_written_missing_paragraphs_are_only_listed(read):
    """paragraphs_complete: false lists what is not published yet and cites it as plain text; true fails."""
    pages = {"six.md": page("Six", "See [S6(1)].\n")}
    assert read(pages, complete=False).problems == []
    assert read(pages, complete=False).not_published == ["S6", "S6(1)"]
    assert "S6(1) is published nowhere" in {p.found for p in read(pages).problems}


def test_code_is_text_about_tokens_and_not_tokens(read):
    """The pages for editors show tokens in code: those publish, cite and place nothing."""
    body = "Write `{#R1.1 duty}` or `[R9.9]`.\n\n```\n{note: nothing}\n{#R1.1 duty} text\n```\n"
    assert read({"help.md": page("Help", body)}).problems == []
