"""The register of paragraphs: where each stands, which rules follow it."""

from build_scripts.pages.paragraphs import read_sources
from build_scripts.pages.register import Place, render, rules_citing


def test_rules_cite_under_any_key_that_holds_sources_and_at_any_depth(repository):
    """Rows, actions, warnings, numbers and hours all name their paragraphs."""
    (repository / "engine/rules/tables").mkdir()
    (repository / "engine/rules/tables/one.toml").write_text(
        'note = "R1.1 is not cited here"\n[[row]]\nid = "a"\n[row.then]\nsources = ["R1.2"]\n'
        '[[row]]\nunder_12_tool_source = ["S6(1)"]\n'
    )
    citing, problems = rules_citing(
        repository / "engine/rules", read_sources(repository / "engine/rules/sources.toml"), repository
    )
    assert problems == []
    assert citing["R1.2"] == ["engine/rules/tables/one.toml"]
    assert "engine/rules/tables/one.toml" in citing["S6(1)"]
    assert "R1.1" not in citing


def test_every_paragraph_has_its_row_published_or_not(repository):
    """A hole shows as a hole."""
    sources = read_sources(repository / "engine/rules/sources.toml")
    html = render(
        sources, {"R1.1": Place("all/", "All", "duty")}, {"R1.1": ["engine/rules/a.toml"]}, "about/sources/"
    )
    assert html.count('<th scope="row">') == len(sources.ids) == 5
    assert '<td><a href="../../all/#r1-1">All</a></td><td>Duty</td><td>a.toml</td></tr>' in html
    assert html.count("Not yet published") == 4
    assert "R1 Introduction (3 paragraphs and items, 1 published so far)" in html
