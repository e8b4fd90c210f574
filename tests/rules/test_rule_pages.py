"""The pages about the rules say what the rules say: every row, every condition, every paragraph and every proof."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from build_scripts.proofs.prove import Proof
from build_scripts.rule_pages.pages import PROOFS, page_title, pages
from build_scripts.rule_pages.words import read_rule_words
from build_scripts.rules.files import RULES
from cse_pathway.rulebook import RuleBook

DOCS = Path(__file__).parents[2] / "docs"
SCORE = {
    "rules": {"version": "1", "sha256": "of other rules"},
    "mutants": 200,
    "caught": 199,
    "by_kind": {"drop row": {"mutants": 200, "caught": 199}},
    "by_check": {"table proofs": 199},
    "equivalent": {"no case fits both": ["one", "two"], "nobody reads it": ["three"]},
    "survived": ["drop row: urgency.screen: the row is dropped"],
}


@pytest.fixture(scope="module")
def written(rules: RuleBook, proof: Proof) -> dict[str, str]:
    """Every page about the rules, by its path."""
    return pages(rules, proof, read_rule_words(RULES), SCORE, date(2026, 11, 22))


def test_each_table_has_a_page_with_all_its_rows_and_their_paragraphs(rules: RuleBook, written: dict[str, str]) -> None:
    """A row that is not on the page would be a rule that nobody can check."""
    for table in rules.tables:
        lines = [line for line in written[f"rules/{table.id}.md"].splitlines() if re.match(r"\| \d+\.<br>", line)]
        assert len(lines) == len(table.rows), table.id
        for row, line in zip(table.rows, lines, strict=True):
            assert all(source in line for source in row.sources), row.id
            assert ("*Inferred:*" in line) == (row.inferred is not None), row.id


def test_each_condition_of_actions_and_warnings_is_on_a_page(rules: RuleBook, written: dict[str, str]) -> None:
    """What an action hangs on is as open as the tables."""
    for path, items in (("rules/actions.md", rules.actions), ("rules/warnings.md", rules.warnings)):
        text = written[path]
        lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| If")]
        assert len(lines) == sum(len(item.conditions) for item in items)
        assert all(f"## {item.text}" in text for item in items)


def test_the_list_of_tables_leads_to_every_page(written: dict[str, str]) -> None:
    """These pages are not in the menu: what the list leaves out, nobody finds."""
    linked = re.findall(r"\]\(([a-z0-9-]+\.md)\)", (DOCS / "rules" / "index.md").read_text("utf-8"))
    assert {f"rules/{name}" for name in linked} == set(written)
    assert len(linked) == len(set(linked))


def test_page_titles_are_short_and_each_is_one_pages_alone(rules: RuleBook) -> None:
    """A tab and a search result show some 70 characters, " – CSE procedures" included."""
    titles = [page_title(table) for table in rules.tables]
    assert len(set(titles)) == len(titles)
    assert max(len(f"{title} – CSE procedures") for title in titles) <= 70


def test_the_page_of_proofs_names_every_property_with_its_count(proof: Proof, written: dict[str, str]) -> None:
    """What is claimed is what was proved, over so many combinations."""
    text = written[PROOFS]
    for safety in proof.safety:
        assert f"{safety.checked:,}" in text
        if not safety.id.startswith("worse-is-never-less:"):
            assert safety.says in text
    assert text.count("From least to most worrying") == 1


def test_a_score_of_other_rules_is_told_as_such_and_survivors_are_named(written: dict[str, str]) -> None:
    """An old figure must not pass for a new one, nor a good share hide what went unseen."""
    text = written[PROOFS]
    assert "199 of 200 slips were caught (99.5 %)" in text
    assert "Another 3 change no decision of any case" in text
    assert "- 2: no case fits both\n- 1: nobody reads it" in text
    assert "The rules have changed since; measure it again." in text
    assert "- drop row: urgency.screen: the row is dropped" in text


def test_no_name_of_the_code_is_left_on_a_page(written: dict[str, str]) -> None:
    """Readers meet words, not identifiers: nothing with an underscore or a dotted path."""
    for path, text in written.items():
        people = text.partition("\n---\n")[2].partition("## For other tools")[0]  # below it stands what programs give
        body = re.sub(r"<a [^>]*>|\]\([^)]*\)", "", people)
        assert not re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b", body), path


def test_what_other_tools_have_to_give_is_said_where_each_file_is_linked(
    rules: RuleBook, written: dict[str, str]
) -> None:
    """A file that is fed less than it needs finds less to do: each link has the input described beside it."""
    for path, text in written.items():
        if path != PROOFS:
            assert re.search(r'\.dmn">DMN</a>\. \[What to give it\]\(proofs\.md#for-other-tools\)', text), path
    says = written[PROOFS].partition("## For other tools")[2]
    without_not_known = [held.path for held in rules.inputs.values() if "not_known" not in held.domain]
    assert without_not_known
    assert [path for path in without_not_known if not rules.inputs[path].record_only and f"`{path}`" not in says] == []
    assert "input-missing" in says
    assert ".json" not in says
