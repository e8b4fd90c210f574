"""Worksheets are data: what is wrong with one is told, and each stands on what its paragraphs list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_scripts.pages.paragraphs import Sources, read_sources
from build_scripts.wizard.worksheets import FOLDER, read_worksheets

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """The paragraphs that may be cited."""
    return read_sources(ROOT / "engine" / "rules" / "sources.toml")


def test_every_worksheet_of_the_site_is_sound_and_every_tool_page_has_one(sources: Sources):
    """No problem in any, and a file for each page that uses the template of the tools."""
    sheets, problems = read_worksheets(ROOT, sources)
    assert problems == []
    pages = {page.stem for page in (ROOT / "docs" / "tools").glob("*.md")} - {"index", "records"}
    assert set(sheets) == pages


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("supervision", 'kind = "words"', 'kind = "essay"', "kind 'essay'"),
        ("supervision", "[R22.4(1)]", "[R22.9]", "R22.9"),
        ("supervision", 'id = "enough"', 'id = "behaviour"', "a section has the id 'behaviour'"),
        ("supervision", 'title = "This session"', 'titel = "This session"', "unknown key titel"),
        ("meeting-pack", 'action = "contact-gp"', 'action = "contact-pg"', "no action 'contact-pg'"),
        ("meeting-pack", 'packs = ["early-help"]', 'packs = ["early"]', "is for ['early']"),
        ("information-for-the-police", 'check = "birth"', 'check = "age"', "check 'age'"),
        ("time-limits", "[R14.4]", "[R14.44]", "R14.44"),
    ],
)
def test_a_bad_worksheet_is_told(tmp_path: Path, sources: Sources, file: str, old: str, new: str, found: str):
    """Unknown kinds, keys, packs, checks and actions, ids used twice and citations of nothing fail the build."""
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    shutil.copytree(ROOT / "engine" / "rules" / "actions", tmp_path / "engine" / "rules" / "actions")
    path = tmp_path / FOLDER / f"{file}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    sheets, problems = read_worksheets(tmp_path, sources)
    assert file not in sheets
    assert found in "\n".join(problem.found for problem in problems)
    assert all(problem.file.endswith(f"{file}.toml") and problem.mend for problem in problems)
