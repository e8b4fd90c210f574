"""The last look at the pages: 999 is on each, or one step away."""

from pathlib import Path

import pytest

from build_scripts.bundle.page_assets import DIALS, main, without_999

DIAL = '<a class="cse-phone" href="tel:999">999</a>'
STEP = '<a class="danger-link" href="../act-now/">Danger now: 999</a>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site in order: four pages with the number, one with the link to it."""
    for name in DIALS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STEP + DIAL, "utf-8")
    (tmp_path / "index.html").write_text(STEP, "utf-8")
    return tmp_path


def test_a_site_whose_every_page_leads_to_999_is_in_order(site: Path):
    """A number to dial on the pages for danger, a link that says 999 on any other."""
    assert without_999(site) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, STEP) for name in DIALS),
        ("index.html", "Welcome."),
        ("index.html", '<a href="../act-now/">Danger now</a>'),
        ("index.html", '<a href="../contacts/">999</a>'),
    ],
)
def test_a_page_without_999_stops_the_build_and_is_named(site: Path, name: str, text: str):
    """The page, what it lacks and how to mend it."""
    (site / name).write_text(text, "utf-8")
    assert [problem.file for problem in without_999(site)] == [name]
    with pytest.raises(SystemExit, match=f"999 is missing: 1 to mend\n{name}"):
        main(site)


def test_a_page_for_danger_that_is_not_there_is_told(site: Path):
    """A page moved away takes its number with it."""
    (site / "act-now/index.html").unlink()
    assert [(problem.file, problem.found) for problem in without_999(site)] == [("act-now/index.html", "no such page")]
