"""Contacts: numbers that hold everywhere, and none that is one area's shown as everybody's."""

from pathlib import Path

from build_scripts.contacts import contacts_of_areas, for_browser, national, read_areas, when_open
from build_scripts.references import Reference
from tests.build.conftest import AREA

ROOT = Path(__file__).resolve().parents[2]


def test_a_number_is_given_only_where_every_area_has_the_same_undisputed_one(read):
    """999 is everybody's; a MASH's number is its area's."""
    guidance = read()
    assert national(guidance.areas) == {"police-emergency": "999"}
    html = guidance.set_markdown("all.md", "Ring {contact: police-emergency} or {contact: mash}.")
    assert html == (
        'Ring <a class="cse-phone" href="tel:999">999</a> or '
        '<a href="contacts.md" data-contact="mash">your area’s MASH</a>.'
    )


def test_each_area_shows_its_own_number_its_source_its_day_and_the_dispute(read):
    """The dispute over a number is shown to readers beside it."""
    guidance = read()
    html = contacts_of_areas(guidance.areas, guidance.references)
    dudley, solihull = html.split('data-area="solihull"')
    assert "0121&nbsp;222&nbsp;2222" in dudley
    assert "0121&nbsp;111&nbsp;1111" not in dudley
    assert 'href="tel:01211111111"' in solihull
    assert "read on 22 November 2026" in solihull
    assert '<a href="https://a.example/">A page</a>' in solihull
    assert "Two numbers are published." in solihull


def test_a_contact_without_a_number_is_named_as_not_known():
    """Nothing is filled in by guess: the area says which contacts it has no number for."""
    areas, problems = read_areas(ROOT / "engine/rules/areas", ROOT)
    assert problems == []
    html = contacts_of_areas(areas, {})
    coventry = html.split('data-area="coventry"')[1].split("</details>")[0]
    assert "What we do not know." in coventry
    assert "tel:" not in coventry


def test_only_solihulls_numbers_are_known_in_the_real_area_files():
    """No area borrows another's: beyond 999 and 101 only Solihull's file holds any; both for its MASH are disputed."""
    areas, _ = read_areas(ROOT / "engine/rules/areas", ROOT)
    assert len(areas) == 7
    everywhere = national(areas)
    assert everywhere == {"police-emergency": "999", "police": "101"}
    own = {a.id: [n for c in a.contacts if c.key not in everywhere for n in c.numbers] for a in areas}
    assert {area for area, numbers in own.items() if numbers} == {"solihull"}
    mash = next(c for a in areas if a.id == "solihull" for c in a.contacts if c.key == "mash")
    assert [n.number for n in mash.numbers] == ["0121 788 4300", "0121 788 4333"]
    assert all(n.disputed for n in mash.numbers)


def test_hours_are_told_in_words():
    """S8(3) knows day and night; the council's page gives hours."""
    areas, _ = read_areas(ROOT / "engine/rules/areas", ROOT)
    mash = next(c for a in areas if a.id == "solihull" for c in a.contacts if c.key == "mash")
    assert when_open(mash.hours) == "Monday to Thursday 08:45 to 17:20; Friday 08:45 to 16:30"


def test_a_wrong_area_file_is_told_with_all_that_is_wrong(repository):
    """Unknown key, unknown use, number without its source, a contact that every area must answer for."""
    text = (
        AREA.format(id="x", name="X", mash="1")
        .replace('use = "daytime"', 'use = "sometimes"')
        .replace('key = "police"', 'key = "polis"')
    )
    (repository / "engine/rules/areas/a.toml").write_text(text.replace('sources = ["n1"]\n', ""))
    _, problems = read_areas(repository / "engine/rules/areas", repository)
    found = {p.found for p in problems}
    assert {
        "contact mash: use = 'sometimes'",
        "unknown contact key 'polis'",
        "a number of contact mash has no sources",
        "no contact police",
    } <= found


def test_the_scripts_list_of_numbers_has_no_notes_and_no_sources(read):
    """The file that the contacts script fetches holds names and numbers only."""
    solihull = next(a for a in for_browser(read().areas) if a["id"] == "solihull")
    assert solihull["contacts"]["mash"] == {"label": "MASH of Solihull", "when": "", "numbers": ["0121 111 1111"]}


def test_a_source_is_a_citation_or_a_named_link():
    """Paragraph ids are cited, to be linked later; other pages are linked by their title."""
    from build_scripts.references import linked

    references = {
        "n1": Reference("n1", "A & B", "https://a.example/?x=1&y=2"),
        "n2": Reference("n2", "Told by letter", ""),
    }
    assert linked(("S6(1)", "n1", "n2"), references) == (
        '[S6(1)]; <a href="https://a.example/?x=1&amp;y=2">A &amp; B</a>; Told by letter'
    )
