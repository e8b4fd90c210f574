"""A small repository for the build's tests: one section of each document, one area, and pages that a test writes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.pages.guidance import Guidance, read_guidance

SOURCES = """
[[document]]
key = "R"
title = "Regional procedures"
note = "About 2014."
[[document.section]]
id = "R1"
title = "Introduction"
paragraphs = ["R1.1", "R1.2", "R1.2(i)"]
[[document]]
key = "S"
title = "Schools page"
note = "Undated."
[[document.section]]
id = "S6"
title = "Under 12"
paragraphs = ["S6", "S6(1)"]
"""

NATIONAL = """
do = ["Ring 999 in danger.", "At night, ring 101."]
[[contact]]
key = "police-emergency"
label = "Police"
use = "any"
[[contact.number]]
number = "999"
sources = ["S6(1)"]
said_by = "the schools page"
checked = 2026-11-22
[[contact]]
key = "police"
label = "Police, no emergency"
use = "any"
[[contact.number]]
number = "101"
sources = ["S6(1)"]
said_by = "the schools page"
checked = 2026-11-22
[[contact]]
key = "cse-coordinator"
label = "Coordinator"
use = "any"
note = "Ask your lead."
"""

AREA = """
id = "{id}"
name = "{name}"
own_page = ["n1"]
[[contact]]
key = "mash"
label = "MASH of {name}"
use = "daytime"
[[contact.number]]
number = "{mash}"
sources = ["n1"]
said_by = "the council"
checked = 2026-11-22
disputed = "Two numbers are published."
[[contact]]
key = "emergency-duty-team"
label = "EDT"
use = "out_of_hours"
note = "Not known to us."
[unknown]
says = "We do not know everything."
do = ["Ask."]
"""

NOTE = """
[[note]]
id = "changed-since"
paragraphs = ["R1.1"]
title = "Changed since"
says = "One thing."
today = "Another [R1.2]."
since = "2019"
references = ["n1"]
confidence = "high"
written = 2026-11-22
"""

HEAD = """---
title: {title}
description: About it.
carries: [{carries}]
audience: [everyone]
keywords: []
reviewed: 2026-11-22
review_due: 2027-05-22
---

"""


def page(title: str, body: str, carries: str = "") -> str:
    """A page's text with front matter that is in order."""
    return HEAD.format(title=title, carries=carries) + body


ALL = page(
    "All",
    "{#R1.1 duty} One.\n\n{note: changed-since}\n\n{#R1.2 context} Two.\n\n- {#R1.2(i) advice} item\n",
    "R1.1, R1.2",
)
SIX = page("Six", "# Six\n\n## {#S6 context} Under 12\n\n{#S6(1) duty} Do it [R1.1].\n", "S6")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small repository's root."""
    for folder in ("engine/rules/areas", "docs/_data/editors_notes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "engine/rules/sources.toml").write_text(SOURCES)
    (tmp_path / "engine/rules/national.toml").write_text(NATIONAL)
    for id_, name, mash in (("solihull", "Solihull", "0121 111 1111"), ("dudley", "Dudley", "0121 222 2222")):
        (tmp_path / f"engine/rules/areas/{id_}.toml").write_text(AREA.format(id=id_, name=name, mash=mash))
    (tmp_path / "docs/_data/references.toml").write_text(
        '[[reference]]\nid = "n1"\ntitle = "A page"\naddress = "https://a.example/"\n'
    )
    (tmp_path / "docs/_data/glossary.toml").write_text(
        '[[term]]\nterm = "MASH"\nexpansion = "hub"\nmeaning = "A hub."\nsources = ["S6(1)"]\n'
    )
    (tmp_path / "docs/_data/practice_changes.toml").write_text("")
    (tmp_path / "docs/_data/editors_notes/all.toml").write_text(NOTE)
    return tmp_path


@pytest.fixture
def read(repository: Path) -> Callable[..., Guidance]:
    """Reads the small repository with the pages given as path=text; `all.md` and `six.md` are in order by default."""

    def reading(pages: dict[str, str] | None = None, *, complete: bool = True) -> Guidance:
        texts = {"all.md": ALL, "six.md": SIX} | (pages or {})
        files = [(path, path.removesuffix(".md") + "/", text) for path, text in texts.items()]
        return read_guidance(repository, files, complete=complete)

    return reading
