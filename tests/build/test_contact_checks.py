"""A slip in a contact is told by file, found, wanted and mend; each by a small repository of the tests' own."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from build_scripts.rules.compile import built_rulebook, compile_rules
from build_scripts.rules.contact_checks import ContactChecks
from build_scripts.rules.contact_kinds import NATIONAL_NUMBERS
from build_scripts.pages.contacts import read_areas
from build_scripts.rules.files import RULES, BadRules, read_rule_files

PARAGRAPHS = ("R1.1", "S6(1)")
TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011 - the machine's day, as in the build
SOLIHULL, NATIONAL = "areas/solihull.toml", "national.toml"
NUMBER = 'number = "0121 111 1111"'
USE, NIGHT = 'use = "daytime"\n', 'use = "out_of_hours"\n'


def _hours(*spans: str) -> str:
    blocks = (f'[[contact.hours]]\n{span}\nsources = ["n1"]\n' for span in spans)
    return "".join(blocks) + '[[contact]]\nkey = "emergency-duty-team"'


def _told(root: Path) -> list[str]:
    areas, problems = read_areas(root, PARAGRAPHS)
    assert not (areas and problems), "areas with something wrong in them are not used"
    return [f"{p.file.removeprefix('engine/rules/')} | {p.found} | {p.wanted} | {p.mend}" for p in problems]


def _altered(root: Path, file: str, find: str, put: str) -> list[str]:
    path = root / "engine/rules" / file
    text = path.read_text("utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), "utf-8")
    return _told(root)


def test_the_small_repository_is_in_order(repository: Path):
    """Else the slips below would prove nothing."""
    assert _told(repository) == []


@pytest.mark.parametrize(
    ("file", "find", "put", "told"),
    [
        (NATIONAL, '"999"', '"99"', "contact police-emergency: 99 | the number 999 alone"),
        (NATIONAL, '"101"', '"111"', "contact police: 111 | the number 101 alone"),
        (NATIONAL, 'key = "police-emergency"', 'key = "childline"', "police-emergency: no number | the number 999 alone"),
        (NATIONAL, 'checked = 2026-11-22\n', 'checked = 2026-11-22\ndisputed = "Is it?"\n', "999 | one number without"),
        (SOLIHULL, NUMBER, 'number = "O24 7678 ext. 12"', "'O24 7678 ext. 12' | digits in groups"),
        (SOLIHULL, NUMBER, 'number = "0121  111 1111"', "| digits in groups with one space"),
        (SOLIHULL, NUMBER, 'number = "0121 111 1111 x3"', "no extension | Write the number alone"),
        (SOLIHULL, NUMBER, 'number = "024 7678"', "'024 7678' | a number that there can be in the United Kingdom"),
        (SOLIHULL, NUMBER, 'number = "0999 999 9999"', "| a number that there can be in the United Kingdom"),
        (SOLIHULL, NUMBER, 'number = "121 111 1111"', "| a number that there can be in the United Kingdom"),
        (SOLIHULL, NUMBER, 'number = "+33 1 23 45 67 89"', "| a number that there can be in the United Kingdom"),
        (SOLIHULL, NUMBER, 'number = "99"', "| a number that there can be in the United Kingdom"),
        (SOLIHULL, NUMBER, 'number = "999"', "the national number 999 | the area's own number | Take it out"),
        (SOLIHULL, NUMBER, 'number = "0121 2222 222"', "a number that areas/dudley.toml has too | each number in one"),
        (SOLIHULL, 'sources = ["n1"]\n', 'sources = ["n2"]\n', "the source 'n2' | a paragraph id of sources.toml"),
        (SOLIHULL, 'sources = ["n1"]\n', 'sources = ["S6(2)"]\n', "the source 'S6(2)' | a paragraph id of sources.toml"),
        (SOLIHULL, 'sources = ["n1"]\n', "sources = []\n", "sources = [] | sources to be a list of at least one text"),
        (
            SOLIHULL,
            "[[contact.number]]\n",
            '[[contact.number]]\nnumber = "01211 111111"\nsources = ["n1"]\nsaid_by = "x"\nchecked = 2026-11-22\n'
            "[[contact.number]]\n",
            "the number 0121 111 1111 twice | each number once in a contact",
        ),
        (SOLIHULL, 'own_page = ["n1"]', 'own_page = ["x1"]', "own_page: the source 'x1' | a paragraph id"),
        (SOLIHULL, "2026-11-22", f"{TOMORROW}", f"checked = {TOMORROW} | no day after today"),
        (SOLIHULL, "2026-11-22", f"2026-11-22\nrung = {TOMORROW}", f"rung = {TOMORROW} | no day after today"),
        (SOLIHULL, "2026-11-22", "2026-11-22T10:00:00", "checked to be a date such as 2026-11-22"),
        (SOLIHULL, "2026-11-22", '"2026-11-22"', "without quotation marks"),
        (SOLIHULL, 'id = "solihull"', 'id = "solihul"', "id = 'solihul' | the file's name, 'solihull'"),
        (SOLIHULL, 'name = "Solihull"', 'name = "Sandwell"', "name = 'Sandwell' | the name of 'solihull'"),
        (SOLIHULL, "Not known to us.", "Two numbers are published.", "'Two numbers', and there are 0 | a note that"),
        (SOLIHULL, "We do not know everything.", "Two numbers do not agree.", "and no contact has Two numbers | texts"),
        (SOLIHULL, USE, USE + 'note = "We have no number."\n', "beside 0121 111 1111 | a note that agrees"),
        (SOLIHULL, "We do not know everything.", "We have no number for the MASH.", "the build itself says which"),
        (SOLIHULL, NIGHT, NIGHT + 'number = "0121 111 1112"\n', "number to be blocks [[contact.number]], each with"),
        (SOLIHULL, USE, USE + 'sources = ["n1"]\n', "Write it under [[contact.number]]."),
        (SOLIHULL, 'key = "mash"', 'key = "cse-team"', "no contact mash | a contact that every area answers for"),
        (SOLIHULL, 'key = "mash"', 'key = "emergency-duty-team"', "contact emergency-duty-team: the key twice"),
        (SOLIHULL, 'key = "mash"', 'key = "police"', "a contact that every area has already | the area's own contacts"),
        (SOLIHULL, 'key = "mash"', 'key = "mahs"', "key = 'mahs' | key to be one of police-emergency"),
        (SOLIHULL, 'use = "daytime"', 'use = "sometimes"', "use to be one of daytime, out_of_hours, any"),
    ],
)  # fmt: skip
def test_a_slip_in_a_contact_is_told(repository: Path, file: str, find: str, put: str, told: str):
    """File, what was found, what was wanted: nothing of it is published."""
    problems = _altered(repository, file, find, put)
    assert [p for p in problems if p.startswith(f"{file} | ") and told in p], problems


@pytest.mark.parametrize("number", ["0121 303 1888", "0300 555 0050", "0800 1111", "111", "105", "+44 121 303 1888"])
def test_a_number_is_taken_as_it_is_written(repository: Path, number: str):
    """Long, short, free and international ones; the grouping is the editor's."""
    assert _altered(repository, SOLIHULL, NUMBER, f'number = "{number}"') == []
    areas, _ = read_areas(repository, PARAGRAPHS)
    assert number in [n.number for a in areas for c in a.contacts for n in c.numbers]


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        (('days = ["mon"]\nfrom = "8:45"\nto = "17:00"',), "from = '8:45' | from to be a time from \"00:00\" to \"23:59\""),
        (('days = ["mon"]\nfrom = "8.45am"\nto = "17:00"',), "from = '8.45am' | from to be a time"),
        (('days = ["mon"]\nfrom = "08:45"\nto = "25:00"',), "to = '25:00' | to to be a time"),
        (('days = ["mon"]\nfrom = "08:45"\nto = "24:00"',), "to = '24:00' | to to be a time"),
        (('days = ["mon"]\nfrom = "17:00"\nto = "08:45"',), "hours from 17:00 to 08:45 | hours that end later"),
        (('days = ["mon"]\nfrom = "08:45"\nto = "08:45"',), "hours from 08:45 to 08:45 | hours that end later"),
        (('days = ["monday"]\nfrom = "08:45"\nto = "17:00"',), "days to be a list of mon, tue, wed, thu, fri, sat, sun"),
        (('days = ["mon", "mon"]\nfrom = "08:45"\nto = "17:00"',), "each once at most"),
        (('days = []\nfrom = "08:45"\nto = "17:00"',), "days to be a list of mon"),
        (('days = ["mon", "tue"]\nfrom = "08:45"\nto = "17:00"', 'days = ["tue"]\nfrom = "16:00"\nto = "18:00"'),
         "Tuesday 08:45 to 17:00 and again 16:00 to 18:00 | hours that do not overlap"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_told(repository: Path, spans: tuple[str, ...], told: str):
    """HH:MM, from before to, known days, each once, no overlap: else the engine would send somebody to the wrong team."""
    problems = _altered(repository, SOLIHULL, '[[contact]]\nkey = "emergency-duty-team"', _hours(*spans))
    assert [p for p in problems if p.startswith(f"{SOLIHULL} | contact mash") and told in p], problems


def test_hours_side_by_side_are_in_order(repository: Path):
    """A lunch break is two spans of one day; the second may begin when the first ends."""
    spans = ('days = ["mon"]\nfrom = "08:45"\nto = "12:00"', 'days = ["mon"]\nfrom = "12:00"\nto = "23:59"')
    assert _altered(repository, SOLIHULL, '[[contact]]\nkey = "emergency-duty-team"', _hours(*spans)) == []


def test_all_slips_come_at_once(repository: Path):
    """An editor mends everything in one go: slips of form and of sense, in two files."""
    _altered(repository, NATIONAL, '"101"', '"111"')
    _altered(repository, SOLIHULL, 'use = "daytime"', 'use = "sometimes"')
    problems = _altered(repository, SOLIHULL, 'sources = ["n1"]\n', 'sources = ["n7"]\n')
    assert len(problems) == 3, problems


def test_a_slip_in_an_id_names_the_nearest(repository: Path):
    """A source that is not listed vanished from the page before; now it is named, with what may be meant."""
    [problem] = _altered(repository, SOLIHULL, 'sources = ["n1"]\n', 'sources = ["nn1"]\n')
    assert "Did you mean n1?" in problem


def test_a_file_with_another_ending_is_told(repository: Path):
    """Some editors save dudley.toml as dudley.toml.txt, and the area would vanish."""
    folder = repository / "engine/rules/areas"
    (folder / "dudley.toml").rename(folder / "dudley.toml.txt")
    [problem] = _told(repository)
    assert problem.startswith("areas/dudley.toml.txt | a file that is not read |")
    assert problem.endswith("Rename it dudley.toml.")


def test_the_three_lists_of_areas_agree_or_each_file_is_told():
    """case.toml, questions.toml and the area files: what one has and another lacks is told where it is to be mended."""
    told: list[str] = []
    checks = ContactChecks(lambda *parts: told.append(" | ".join(parts)), (), date(2026, 11, 27))
    files = [{"file": f"areas/{id_}.toml", "id": id_, "name": id_.title()} for id_ in ("ash", "oak", "elm")]
    checks.lists(["ash", "oak", "elm"], {"ash": "Ash", "oak": "Oak", "elm": "Elm", "not_known": "Not known"}, files)
    assert told == []
    checks.lists(["ash", "oak", "yew"], {"ash": "Ash", "elm": "Elms", "fir": "Fir", "not_known": "Not known"}, files)
    assert [line.rpartition(" | ")[0].split(" | wanted")[0] for line in told] == [
        "case.toml | area | the area 'yew', which has no file | the areas that have a file",
        "case.toml | area | no area 'elm' | every area that has a file: elm has",
        "questions.toml | question area | the area 'fir', which has no file | the areas that have a file",
        "questions.toml | question area | no area 'oak' | every area that has a file: oak has",
        "questions.toml | question area | the answer 'elm' with the label 'Elms' | the area's name, 'Elm'",
    ]


def test_an_area_without_its_file_stops_the_rules(tmp_path: Path):
    """In the rules themselves: whichever area's file is missing, both lists and the stray file are told."""
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    file = min((rules / "areas").glob("*.toml"))
    file.rename(file.with_name(f"{file.name}.txt"))
    with pytest.raises(BadRules) as bad:
        read_rule_files(rules)
    assert {p.file for p in bad.value.problems} == {"case.toml", "questions.toml", f"areas/{file.name}.txt"}


def test_the_rule_book_gives_the_number_of_each_national_contact():
    """A decision names police-emergency in every area and in none: whoever reads it finds 999 beside the rules."""
    contacts = compile_rules(read_rule_files())["contacts"]
    assert NATIONAL_NUMBERS.items() <= contacts.items()


def test_the_action_that_rings_999_names_the_contact(tmp_path: Path):
    """Else the first step of a plan would say "Ring 999" and give no number to touch."""
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    file = rules / "actions/01_now.toml"
    file.write_text(file.read_text("utf-8").replace('contact = "police-emergency"\n', "", 1), "utf-8")
    with pytest.raises(BadRules, match=r"call-999: found contact = None; wanted contact = 'police-emergency'"):
        built_rulebook(rules)
