"""What the site says about what it keeps."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLOSING = re.compile(
    r"clos(?:e|es|ed|ing) (?:the|this|your) (?:browser )?(?:tab|window|page)\b|outlast|with the (?:browser )?tab|while it is open",
    re.IGNORECASE,
)
PAGES = (*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/_data/**/*.toml"), *ROOT.glob("site_overrides/**/*.html"))
SCRIPTS = ROOT.glob("site_overrides/**/*.mjs")


def test_whoever_says_that_closing_a_tab_deletes_says_that_it_may_come_back():
    """A browser that reopens its last tabs brings back what they kept: only Clear and Exit are certain."""
    said = [(path, part) for path in PAGES for part in re.split(r"\n\n|\n- ", path.read_text("utf-8"))]
    shown = [(path, part) for path in SCRIPTS for part in re.findall(r'"[^"\n]+"', path.read_text("utf-8"))]
    found = [(path, part) for path, part in (*said, *shown) if CLOSING.search(part)]
    assert len(found) >= 4, "privacy, the wizard, the tools and the choice of an area say it"
    for path, part in found:
        assert re.search(r"reopen|print or copy it before", part), f"{path.relative_to(ROOT)}: {part.strip()}"


def test_privacy_names_what_is_certain_to_delete():
    """Both ways in the wizard, and the one for the area."""
    page = (ROOT / "docs" / "about" / "privacy.md").read_text("utf-8")
    for certain in ("Clear everything", "Exit this page", "No area chosen"):
        assert certain in page
