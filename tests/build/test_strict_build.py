"""A build says no: to a link that leads nowhere, to a page and a menu that do not know of each other, to a page that it
cannot read. Each is built for real, by the command behind `make site` and `make serve`.
"""

import shutil
from pathlib import Path

import pytest

from build_scripts.build_site import build_pages
from build_scripts.pages.site_map import wrong_lines
from tests.build.conftest import page

ROOT = Path(__file__).resolve().parents[2]
TINY = f"""
INHERIT: {ROOT}/mkdocs.yml
docs_dir: docs
theme: mkdocs
hooks: []
nav: [index.md, two.md]
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The config of two pages in order, held to the rules of our own mkdocs.yml."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# One\n\n[Two](two.md#second)\n")
    (tmp_path / "docs/two.md").write_text("# Two\n\n## Second\n")
    (tmp_path / "mkdocs.yml").write_text(TINY)
    return tmp_path / "mkdocs.yml"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The config of a copy of the site's own pages, with its menu, templates and hooks."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    for ours in ("custom_dir: site_overrides", "- build_scripts/"):
        what, space, place = ours.partition(" ")
        assert ours in config
        config = config.replace(ours, f"{what}{space}{ROOT}/{place}")
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    return tmp_path / "mkdocs.yml"


def refused(config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of pages that the build refuses."""
    with pytest.raises(SystemExit, match="could not be built"):
        build_pages(config.parent / "site", config)
    return capsys.readouterr().err


def test_pages_in_order_are_built_without_a_word(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that each refusal below is for its own reason, and a warning is not lost among progress."""
    build_pages(tiny.parent / "site", tiny)
    assert (tiny.parent / "site" / "two" / "index.html").is_file()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("no-such.md", "contains a link 'no-such.md', but the target is not found"),
        ("two.md#third", "contains a link 'two.md#third', but the doc 'two.md' does not contain an anchor '#third'"),
        ("#third", "contains a link '#third', but there is no such anchor on this page"),
        ("/two/", "contains an absolute link '/two/'"),
        ("two/", "contains an unrecognized relative link 'two/'"),
    ],
)
def test_a_link_that_leads_nowhere_stops_the_build(
    tiny: Path, capsys: pytest.CaptureFixture[str], link: str, told: str
) -> None:
    """Strict means each of these: a reader who follows it at night finds nothing, or leaves the site's folder."""
    with (tiny.parent / "docs" / "index.md").open("a") as text:
        text.write(f"\n[More]({link})\n")
    said = refused(tiny, capsys)
    assert "'index.md'" in said
    assert told in said


def test_a_page_that_the_menu_does_not_name_stops_the_build(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that no menu leads to is a page that nobody reads, and nobody reviews."""
    (tiny.parent / "docs/three.md").write_text("# Three\n")
    said = refused(tiny, capsys)
    assert 'not included in the "nav"' in said
    assert "three.md" in said


def test_a_page_of_the_site_that_the_menu_does_not_name_stops_the_build(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site itself, with its own hooks, is held as strictly as the small one."""
    (whole.parent / "docs/about/new.md").write_text(page("A new page", "# A new page\n"))
    assert "about/new.md" in refused(whole, capsys)


def test_a_menu_that_names_no_page_is_told_with_its_line(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the keyboard in mkdocs.yml: named, with the page that was meant, and no traceback."""
    text = whole.read_text("utf-8")
    whole.write_text(text.replace("      - about/privacy.md", "      - about/privaccy.md"), "utf-8")
    said = refused(whole, capsys)
    line = text.splitlines().index("      - about/privacy.md") + 1
    assert f"mkdocs.yml:{line}\n    found:  the menu (nav) names about/privaccy.md" in said
    assert "did you mean about/privacy.md?" in said
    assert "Traceback" not in said


def test_a_page_that_is_not_utf_8_is_told_with_its_line(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An old editor saves "café" in its own encoding: the page is named, and no traceback."""
    place = whole.parent / "docs" / "about" / "privacy.md"
    lines = place.read_text("utf-8").count("\n")
    place.write_bytes(place.read_bytes() + b"caf\xe9\n")
    said = refused(whole, capsys)
    assert f"docs/about/privacy.md:{lines + 1}\n    found:  a character that is not UTF-8 (byte 0xe9)" in said
    assert "1 to mend" in said
    assert "Traceback" not in said


def test_a_page_that_was_deleted_is_told_by_its_line_in_the_menu() -> None:
    """Groups within groups too; a page with nothing near it gets no guess."""
    nav = [{"Start": "index.md"}, {"A": ["a/one.md", {"Inner": ["elsewhere/deleted.md"]}]}]
    config = "nav:\n  - Start: index.md\n  - A:\n    - a/one.md\n    - Inner:\n      - elsewhere/deleted.md\n"
    (problem,) = wrong_lines(nav, ["index.md", "a/one.md"], config)
    assert (problem.file, problem.line) == ("mkdocs.yml", 6)
    assert "elsewhere/deleted.md" in problem.found
    assert problem.mend.startswith("If the page was deleted")


def test_reviews_that_are_due_are_told_to_the_editor_and_to_the_reader(
    whole: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build on a day after every review: a line for each page in the terminal, and on the page without a script."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")  # 1 January 2100
    site = whole.parent / "site"
    build_pages(site, whole)
    assert "Review: docs/about/privacy.md was due for review on " in capsys.readouterr().err
    assert '<div class="overdue" role="note">' in (site / "about" / "privacy" / "index.html").read_text("utf-8")
