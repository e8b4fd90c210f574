"""Pathway diagrams follow the rules, and their list says all that the drawing says."""

import re
from pathlib import Path

import pytest

from build_scripts.rule_pages.pathway_diagram import as_markdown, draw, place, read_pathways
from cse_pathway import load

ROOT = Path(__file__).resolve().parents[2]
RULES = load()
PATHWAYS, PROBLEMS = read_pathways(ROOT, RULES)


def test_the_pathways_fit_the_rules():
    """Every row of the table is asked in its order or left out by name."""
    assert PROBLEMS == []
    assert set(PATHWAYS) == {"urgency", "outcomes"}


def test_danger_is_asked_first_and_leads_to_999():
    """S4(1): nothing comes before immediate risk."""
    first = PATHWAYS["urgency"].steps[0]
    assert "danger" in first.question
    assert "999" in first.result
    assert "S4(1)" in first.sources


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=lambda pathway: pathway.id)
def test_the_list_holds_every_word_of_the_drawing_and_the_paragraphs(pathway):
    """A screen reader and a small screen get the list alone."""
    listed = as_markdown(pathway)
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", draw(pathway))
    words = set(" ".join(drawn).replace("&#x27;", "'").split()) - {"No"}
    assert words <= set(re.sub(r"<svg.*?</svg>", "", listed).replace("*", " ").replace("Yes:", "Yes").split()) | {
        "these"
    }
    for step in pathway.steps:
        assert all(f"[{source}]" in listed for source in step.sources)
        assert step.inferred == (
            f"**{step.result}** (*inferred*)" in next(line for line in listed.splitlines() if step.question in line)
        )


def test_a_row_that_a_diagram_forgets_fails_the_build(tmp_path):
    """A new rule cannot stay out of the picture unnoticed."""
    data = tmp_path / "docs" / "_data"
    data.mkdir(parents=True)
    text = (ROOT / "docs" / "_data" / "pathways.toml").read_text("utf-8")
    shorter = text.replace(
        '[[pathway.ask]]\nrow = "urgency.significant-harm"\nquestion = "Is there concern about significant harm?"\n', ""
    )
    assert shorter != text
    (data / "pathways.toml").write_text(shorter, "utf-8")
    _, problems = read_pathways(tmp_path, RULES)
    assert "urgency.significant-harm" in problems[0].wanted


def test_an_unknown_pathway_is_told_with_those_there_are():
    """A slip in a page's token names the right ones."""
    with pytest.raises(KeyError, match="wanted one of urgency, outcomes"):
        place("{pathway: urgent}", PATHWAYS)
