"""Pages that tell people what to do can be read at 12: the reading age of what staff meet in a hurry.

Reading age is the Flesch-Kincaid grade (0.39 words a sentence + 11.8 syllables a word - 15.59) plus five years. It is
worked out here, since the libraries for it fetch a word list from the network. Only running text counts: paragraphs,
list items and table cells of five words or more, each of which ends its last sentence. Headings and labels are left
out, so that they cannot make a page look easier than its sentences are. No word is excepted: names of laws and terms of
the field count in full.
"""

import re
import statistics
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest

from build_scripts.rules.contact_kinds import GENERIC
from build_scripts.pages.page_files import split

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
RULES = ROOT / "engine" / "rules"

WHAT_TO_DO = [
    "index.md",
    "act-now.md",
    "contacts.md",
    "disrupt",
    "forms",
    "identify",
    "respond",
    "screening",
    "screening-tools",
    "share",
    "start",
    "support",
]
"""The pages and folders that tell people what to do."""

HALF_OF_THE_PAGES = 12
EVERY_PAGE = 14
LEAST_WORDS = 5
"""A block of fewer words is a label, not a sentence."""

SYLLABLES = {"area": 3, "coordinator": 5, "cse": 3, "people": 2, "safeguard": 2, "safeguarding": 3, "someone": 2}
"""Words used often that the rule for vowels gets wrong. With them, the syllables of all pages come to
what a pronouncing dictionary gives, to 1 in 100."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_RUNNING = {"p", "li", "td"}
_BLOCKS = _RUNNING | {"h1", "h2", "h3", "h4", "th", "ul", "ol", "table", "tr", "div"}


@dataclass(frozen=True)
class Measure:
    """What was counted in a text; `age` is the reading age in years."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.words + other.words, self.sentences + other.sentences, self.syllables + other.syllables)

    @property
    def age(self) -> float:
        """The grade plus five; a text without words has none."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59 + 5


def syllables(word: str) -> int:
    """At least 1: groups of vowels, less a silent e, and one more where two vowels side by side are said apart."""
    plain = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if plain in SYLLABLES:
        return SYLLABLES[plain]
    groups = len(re.findall(r"[aeiouy]+", plain))
    apart = len(re.findall(r"(?<![ctsg])i[ao]|eo|ua|uo|(?<!q)u[ei](?=[nt]$)|[aeiouy]ing", plain))
    silent = re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouycgszx]es$(?<!ches)(?<!shes)|[^aeiouytd]ed$", plain)
    return max(1, groups + apart - bool(silent))


def measure(blocks: list[str]) -> Measure:
    """Count the words, sentences and syllables of all blocks that are more than a label."""
    total = Measure()
    for block in blocks:
        sentences = [words for part in re.split(r"(?<=[.!?])\s+", block) if (words := _WORD.findall(part))]
        words = [word for sentence in sentences for word in sentence]
        if len(words) >= LEAST_WORDS:
            total += Measure(len(words), len(sentences), sum(map(syllables, words)))
    return total


def running_text(body: str) -> list[str]:
    """Paragraphs, list items and table cells of a page as read, without citations and editor's notes."""
    body = re.sub(r"\{contact: *([a-z-]+)\}", lambda contact: GENERIC[contact[1]], body)
    body = re.sub(r"\{blank: *([^}]*)\}", r"\1", body)
    return blocks_of(re.sub(r"\{[^}]*\}", "", body))


def blocks_of(text: str) -> list[str]:
    """The running text of Markdown, block by block, without citations."""
    parser = _Blocks()
    without_citations = re.sub(r" *\[[RS]\d[^\]]*\](?!\()", "", text)
    parser.feed(markdown.markdown(without_citations, extensions=["admonition", "attr_list", "tables", "sane_lists"]))
    parser.close()
    return [" ".join(block.split()) for block in parser.blocks if block.strip()]


class _Blocks(HTMLParser):
    """Collects running text; a block inside a block, such as a list in a list item, is a text of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._open.append("label" if ("class", "admonition-title") in attrs else tag)
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._open.pop()
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in _RUNNING:
            self.blocks[-1] += data


def _pages() -> list[Path]:
    found = [DOCS / place for place in WHAT_TO_DO]
    return sorted(page for place in found for page in (place.rglob("*.md") if place.is_dir() else [place]))


def _of_page(page: Path) -> Measure:
    return measure(running_text(split(page.read_text("utf-8"))[1]))


def _words_for_readers(data: Any, keys: set[str]) -> Iterator[str]:
    """Every text under one of the keys, however deep in the data."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _words_for_readers(value, keys)
    elif isinstance(data, list):
        for value in data:
            yield from _words_for_readers(value, keys)


def _of_rules(files: str, keys: set[str]) -> Measure:
    texts = [
        text
        for file in sorted(RULES.glob(files))
        for text in _words_for_readers(tomllib.loads(file.read_text("utf-8")), keys)
    ]
    return measure([block for text in texts for block in blocks_of(text)])


@pytest.mark.parametrize("place", WHAT_TO_DO)
def test_each_place_that_is_measured_has_pages(place: str) -> None:
    """A folder that was renamed or emptied is not passed over in silence."""
    assert (DOCS / place).is_file() or list((DOCS / place).rglob("*.md")), f"docs/{place} has no pages: mend WHAT_TO_DO"


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_each_page_that_says_what_to_do_reads_at_14_at_the_most(page: Path) -> None:
    """No page that people act on asks for more than a reader of 14."""
    found = _of_page(page)
    assert found.age <= EVERY_PAGE, (
        f"docs/{page.relative_to(DOCS)}: reading age {found.age:.1f}, wanted {EVERY_PAGE} or less. "
        f"It has {found.words / found.sentences:.1f} words a sentence and {found.syllables / found.words:.2f} "
        "syllables a word: split its longest sentences first, then take shorter words"
    )


def test_half_of_the_pages_that_say_what_to_do_read_at_12_or_under() -> None:
    """The pages that people act on are written for a reader of about 12."""
    ages = {page.relative_to(DOCS).as_posix(): _of_page(page).age for page in _pages()}
    hardest = ", ".join(f"{page} {age:.1f}" for page, age in sorted(ages.items(), key=lambda entry: -entry[1])[:5])
    assert statistics.median(ages.values()) <= HALF_OF_THE_PAGES, (
        f"half of the pages read above {HALF_OF_THE_PAGES}; hardest: {hardest}"
    )


@pytest.mark.parametrize(
    ("files", "keys"),
    [
        ("questions.toml", {"question", "hint", "lead", "text", "why"}),
        ("actions/*.toml", {"what"}),
        ("warnings.toml", {"text"}),
        ("wording.toml", {"lead", "says"}),
        ("areas/*.toml", {"note", "says"}),
    ],
)
def test_what_the_wizard_says_reads_at_12_or_under(files: str, keys: set[str]) -> None:
    """Questions, plans, warnings and contacts are read in a hurry too."""
    found = _of_rules(files, keys)
    assert found.words > 100, f"engine/rules/{files} has hardly any words under {sorted(keys)}: mend the keys"
    assert found.age <= HALF_OF_THE_PAGES, (
        f"engine/rules/{files}: reading age {found.age:.1f}, wanted {HALF_OF_THE_PAGES} or less"
    )


def test_the_reading_age_is_the_formula_worked_by_hand() -> None:
    """Ten words, two sentences, twelve syllables: 0.39 x 5 + 11.8 x 1.2 - 15.59 + 5 = 5.52 years."""
    found = measure(["Ring the police now. Then refer the child to them."])
    assert found == Measure(words=10, sentences=2, syllables=12)
    assert found.age == pytest.approx(5.52)


def test_a_sentence_of_officials_is_found_too_hard() -> None:
    """The measure can fail: one long sentence with long words is far above what a page may be."""
    sentence = "Notwithstanding other considerations, practitioners are responsible for identifying vulnerabilities."
    assert measure([sentence]).age > EVERY_PAGE + 5


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("child", 1), ("asked", 1), ("child's", 1), ("the", 1), ("999", 1)],
        *[("danger", 2), ("police", 2), ("wanted", 2), ("table", 2), ("being", 2), ("social", 2)],
        *[("evidence", 3), ("area", 3), ("CSE", 3), ("services", 3), ("exploitation", 4), ("vulnerable", 4)],
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    """Silent letters do not count, and vowels that are said apart do."""
    assert syllables(word) == count


def test_headings_labels_citations_and_notes_do_not_count() -> None:
    """Only what is read as a sentence is measured, as the reader sees it."""
    body = """# A heading of several words in a row

!!! danger "A title of a box in a few words"
    Ring {contact: police-emergency} at once [S4(1)].

{#R12.4 duty} Make a plan [R12.4] for the child. See [the signs](signs.md).

{note: who-refers}

- {#R15.2(1) duty} one
    - two

| Head of a table here | b |
|---|---|
| a cell | c |
"""
    shown = [f"Ring {GENERIC['police-emergency']} at once.", "Make a plan for the child. See the signs."]
    assert running_text(body) == [*shown, "one", "two", "a cell", "c"]
