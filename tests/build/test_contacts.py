"""Contacts: numbers that hold everywhere, and none that is one area's shown as everybody's.

What is asked of the real files are rules that hold whatever number is added: no test here knows any area's number.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from build_scripts.rules.contact_kinds import GENERIC
from build_scripts.pages.contacts import (
    Area,
    Contact,
    Hours,
    Number,
    contacts_of_areas,
    for_browser,
    lacking,
    national,
    provenance,
    read_areas,
    when_open,
)
from build_scripts.inputs.dates import in_words
from build_scripts.pages.paragraphs import read_sources
from build_scripts.inputs.references import Reference, linked, read_references
from build_scripts.rules.forms import NUMBER as NUMBER_FORM

ROOT = Path(__file__).resolve().parents[2]
NUMBER = Number("0121 111 1111", ("n1",), "the council", date(2026, 11, 22), None, "")
MASH = Contact("mash", "MASH", "daytime", "", (NUMBER,), ())


@pytest.fixture(scope="module")
def areas() -> tuple[Area, ...]:
    """The real areas."""
    found, problems = read_areas(ROOT, read_sources(ROOT / "engine/rules/sources.toml").ids)
    assert problems == []
    return found


@pytest.fixture(scope="module")
def blocks(areas: tuple[Area, ...]) -> dict[str, str]:
    """What the contacts page shows of each area, by its id."""
    references, _ = read_references(ROOT / "docs/_data/references.toml", ROOT)
    parts = contacts_of_areas(areas, references).split('<details class="area" data-area="')[1:]
    return {part.partition('"')[0]: part.partition("</details>")[0] for part in parts}


def test_only_a_national_number_stands_on_every_page(read):
    """999 is everybody's; a MASH's number is its area's."""
    guidance = read()
    assert national(guidance.areas) == {"police-emergency": "999", "police": "101"}
    text = guidance.set_markdown("all.md", "Ring {contact: police-emergency} or {contact: mash}.")
    assert text == (
        'Ring <a class="cse-phone" href="tel:999">999</a> or '
        '<a href="contacts.md" data-contact="mash">your area’s MASH</a>.'
    )


def test_every_area_inherits_the_national_contacts_and_may_say_more_where_they_have_no_number(repository: Path):
    """999 is no area's own business; who the coordinator is may be."""
    file = repository / "engine/rules/areas/solihull.toml"
    own = '[[contact]]\nkey = "cse-coordinator"\nlabel = "Our own"\nuse = "any"\n[unknown]'
    file.write_text(file.read_text("utf-8").replace("[unknown]", own), "utf-8")
    areas, problems = read_areas(repository, ("S6(1)",))
    assert problems == []
    dudley, solihull = ({c.key: c for c in area.contacts} for area in areas)
    assert dudley["police-emergency"] == solihull["police-emergency"]
    assert [(c["cse-coordinator"].label, c["cse-coordinator"].everywhere) for c in (dudley, solihull)] == [
        ("Coordinator", True),
        ("Our own", False),
    ]


def test_the_example_for_editors_is_taken_as_it_stands(repository: Path):
    """Whoever copies it starts from a contact that the build takes, with every line that there is."""
    guide = (ROOT / "docs/about/editors/how-to-change-a-contact.md").read_text("utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]
    file = repository / "engine/rules/areas/solihull.toml"
    text = file.read_text("utf-8")
    mash = text[text.index("[[contact]]") : text.index('[[contact]]\nkey = "emergency-duty-team"')]
    file.write_text(text.replace(mash, example.replace('"n310"', '"n1"')), "utf-8")
    areas, problems = read_areas(repository, ("S6(1)",))
    assert problems == []
    contact = next(c for area in areas if area.id == "solihull" for c in area.contacts if c.key == "mash")
    assert when_open(contact.hours) == "Monday to Thursday 08:45 to 17:15; Friday 08:45 to 16:15"
    assert {f"{line} = " for line in NUMBER_FORM.keys} <= set(re.findall(r"^\w+ = ", example, re.MULTILINE))


def test_each_area_shows_its_own_number_its_source_its_day_and_the_dispute(read):
    """The dispute over a number is shown to readers beside it."""
    guidance = read()
    text = contacts_of_areas(guidance.areas, guidance.references)
    dudley, solihull = text.split('data-area="solihull"')
    assert "0121&nbsp;222&nbsp;2222" in dudley
    assert "0121&nbsp;111&nbsp;1111" not in dudley
    assert 'href="tel:01211111111"' in solihull
    assert "Given by the council; read on 22 November 2026; not rung by us." in solihull
    assert '<a href="https://a.example/">A page</a>' in solihull
    assert "Two numbers are published." in solihull


def test_what_holds_everywhere_stands_once(read):
    """The steps for any area and the contacts that no area has are not told again with each of them."""
    guidance = read()
    text = contacts_of_areas(guidance.areas, guidance.references)
    assert [text.count(once) for once in ("At night, ring 101.", "Ask your lead.", 'href="tel:999"')] == [1, 1, 1]


def test_whether_somebody_rang_a_number_is_said():
    """It is "not rung by us" until somebody has; 999 is not rung to try it."""
    assert provenance(MASH, NUMBER).endswith("read on 22 November 2026; not rung by us.")
    rung = replace(NUMBER, rung=date(2027, 1, 2))
    assert provenance(MASH, rung).endswith("read on 22 November 2026; rung for this site on 2 January 2027.")
    assert provenance(replace(MASH, everywhere=True), NUMBER).endswith("read on 22 November 2026.")


def test_what_an_area_lacks_follows_from_its_contacts():
    """So giving a contact a number takes it out of the sentence, and the page cannot contradict itself."""
    team = Contact("cse-team", "CSE team", "any", "", (), ())
    area = Area("x", "X", (replace(MASH, numbers=()), team), (), "", (), (), ())
    assert lacking(area) == "We have no number for the MASH or the CSE team."
    assert lacking(replace(area, contacts=(MASH, team))) == "We have no number for the CSE team."
    assert lacking(replace(area, contacts=(MASH,))) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("mon", "tue", "wed", "thu"), "Monday to Thursday"),
        (("mon", "wed", "fri"), "Monday, Wednesday and Friday"),
        (("mon", "tue", "wed", "fri"), "Monday, Tuesday, Wednesday and Friday"),
        (("mon", "tue"), "Monday and Tuesday"),
        (("fri",), "Friday"),
        (("wed", "mon", "tue"), "Monday to Wednesday"),
    ],
)
def test_days_are_a_span_only_where_they_follow_one_another(days: tuple[str, ...], said: str):
    """Monday, Wednesday and Friday are not Monday to Friday."""
    assert when_open((Hours(days, "08:45", "17:20", ("n1",)),)) == f"{said} 08:45 to 17:20"


def test_hours_are_told_in_words():
    """Two spans, with what parts them."""
    spans = (Hours(("mon", "tue", "wed"), "08:45", "17:20", ("n1",)), Hours(("fri",), "08:45", "16:30", ("n1",)))
    assert when_open(spans) == "Monday to Wednesday 08:45 to 17:20; Friday 08:45 to 16:30"
    assert when_open(()) == ""


def test_999_and_101_are_in_every_area(areas: tuple[Area, ...]):
    """The build stops without them; here is the rule once more, on what it built."""
    assert areas
    for area in areas:
        numbers = {c.key: [n.number for n in c.numbers] for c in area.contacts}
        assert (numbers["police-emergency"], numbers["police"]) == (["999"], ["101"]), area.name
    assert {"police-emergency", "police", "childline", "nspcc-helpline"} <= set(national(areas))


def test_every_number_shown_has_its_source_and_its_day(areas: tuple[Area, ...], blocks: dict[str, str]):
    """Each number of an area stands on the contacts page with who says so, when we read it, and any dispute."""
    for area in areas:
        for contact in (c for c in area.contacts if not c.everywhere):
            for number in contact.numbers:
                card = blocks[area.id].partition(f'id="{area.id}-{contact.key}"')[2].partition('class="cse-card"')[0]
                assert f">{number.number.replace(' ', '&nbsp;')}</a>" in card
                assert html.escape(provenance(contact, number)) in card
                assert in_words(number.checked) in card
                assert html.escape(number.disputed) in card


def test_no_area_shows_a_number_of_another(areas: tuple[Area, ...], blocks: dict[str, str]):
    """The people there may not be able to act for the child."""
    own = {a.id: {n.number for c in a.contacts if not c.everywhere for n in c.numbers} for a in areas}
    for area, block in blocks.items():
        others = {number for other, numbers in own.items() if other != area for number in numbers}
        assert [n for n in others if n.replace(" ", "&nbsp;") in block] == [], area


def test_every_area_tells_what_it_lacks_what_to_do_and_where_its_own_page_is(
    areas: tuple[Area, ...], blocks: dict[str, str]
):
    """Nothing is filled in by guess, and nobody is left without a next step."""
    for area in areas:
        block = blocks[area.id]
        assert html.escape(lacking(area)) in block
        assert all(html.escape(step) in block for step in area.unknown_do)
        assert area.unknown_do
        assert '<p class="contact-own">The area’s own page: <a href="https://' in block


def test_every_contact_of_an_area_is_one_that_pages_can_name(areas: tuple[Area, ...]):
    """In the order in which they are shown: the police first, the helplines last."""
    for area in areas:
        keys = [contact.key for contact in area.contacts]
        assert keys == [key for key in GENERIC if key in keys]


def test_the_scripts_list_of_numbers_has_no_notes_and_no_sources(read):
    """The file that the contacts script fetches holds names and numbers, and that a number is disputed."""
    solihull = next(a for a in for_browser(read().areas) if a["id"] == "solihull")
    assert solihull["contacts"]["mash"] == {
        "label": "MASH of Solihull", "when": "", "numbers": ["0121 111 1111"], "disputed": True,
    }  # fmt: skip
    assert solihull["contacts"]["police"]["disputed"] is False


def test_a_source_is_a_citation_or_a_named_link():
    """Paragraph ids are cited, to be linked later; other pages are linked by their title."""
    references = {
        "n1": Reference("n1", "A & B", "https://a.example/?x=1&y=2"),
        "n2": Reference("n2", "Told by letter", ""),
    }
    assert linked(("S6(1)", "n1", "n2"), references) == (
        '[S6(1)]; <a href="https://a.example/?x=1&amp;y=2">A &amp; B</a>; Told by letter'
    )
