"""Whether the contacts make sense: numbers that can be, hours that can be, listed sources, areas that agree.

The form of each key is said by `rule_forms`; here stands what one key must be beside others. Everything wrong is told
at once, each with file, place, what was found, what was wanted and how to mend it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

import phonenumbers

from build_scripts.rules.contact_kinds import DAYS, NATIONAL_NUMBERS, OF_EACH_AREA

__all__ = ["ContactChecks", "stray_files"]

Entry = Mapping[str, Any]
Wrong = Callable[[str, str, str, str, str], None]
"""Told in this order: file, place, found, wanted, mend."""

NATIONAL = "national.toml"
_WRITTEN = re.compile(r"\+?\d+( \d+)*")
_NO_NUMBER = re.compile(r"\bno (tele)?(phone )?numbers?\b|\bnumber is not known\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(two|three|four) numbers\b", re.IGNORECASE)
_COUNT = {"two": 2, "three": 3, "four": 4}


@dataclass(frozen=True)
class ContactChecks:
    """The checks; `sources`: the ids of every paragraph and every reference; `today`: the day of the build."""

    wrong: Wrong
    sources: Collection[str]
    today: date

    def all(self, national: Entry, areas: Sequence[Entry]) -> None:
        """The national file, each area file, and the areas beside each other."""
        self.national(national)
        for contact in national["contacts"]:
            self.contact(NATIONAL, contact)
        for area in areas:
            self.area(area, national["contacts"])
        self.borrowed(areas)

    def national(self, national: Entry) -> None:
        """999 and 101 stand there, and nothing that could be read in two ways."""
        self.each_once(NATIONAL, national["contacts"])
        numbers = {contact.get("key"): _numbers(contact) for contact in national["contacts"]}
        for key, wanted in NATIONAL_NUMBERS.items():
            if (found := numbers.get(key, [])) != [wanted]:
                self.wrong(
                    NATIONAL,
                    f"contact {key}",
                    " and ".join(found) or "no number",
                    f"the number {wanted} alone: every page and every decision shows it",
                    f'Write number = "{wanted}" in its one [[contact.number]].',
                )
        for contact in national["contacts"]:
            if len(contact["numbers"]) > 1 or any("disputed" in number for number in contact["numbers"]):
                unsure = " and ".join(_numbers(contact))
                wants = "one number without dispute, since every area shows it, or none"
                self.wrong(NATIONAL, f"contact {contact.get('key')}", unsure, wants, "Keep the one that is sure.")

    def area(self, area: Entry, national: Sequence[Entry]) -> None:
        """One area's file: its name, its contacts, and what it says is not known."""
        file, contacts = area["file"], area["contacts"]
        self.named_alike(area)
        self.each_once(file, contacts)
        held = {number: contact for contact in national for number in map(_dialled, _numbers(contact))}
        for contact in contacts:
            place = f"contact {contact.get('key')}"
            self.contact(file, contact)
            if contact.get("key") in {entry.get("key") for entry in held.values()}:
                found, mend = "a contact that every area has already", f"Take it out: it stands in {NATIONAL}."
                self.wrong(file, place, found, "the area's own contacts", mend)
            for number in _numbers(contact):
                if (of := held.get(_dialled(number))) and of.get("key") != contact.get("key"):
                    mend = f"Take it out: every area shows it as {of.get('label')!r}."
                    self.wrong(file, place, f"the national number {number}", "the area's own number", mend)
        for key in OF_EACH_AREA:
            if key not in {contact.get("key") for contact in contacts}:
                mend = "Add it; without a number where none is known."
                self.wrong(file, "", f"no contact {key}", "a contact that every area answers for", mend)
        self.known(file, "unknown", area.get("unknown", {}).get("sources", []))
        self.known(file, "own_page", area.get("own_page", []))
        for text in (area.get("unknown", {}).get("says", ""), *area.get("unknown", {}).get("do", [])):
            if _NO_NUMBER.search(text):
                wanted = "what else is not known: the build itself says which contacts have no number"
                self.wrong(file, "unknown", f"the text {text!r}", wanted, "Take out that no number is known.")
            said = _HOW_MANY.search(text)
            if said and _COUNT[said[1].lower()] not in {len(contact["numbers"]) for contact in contacts}:
                found = f"the text {text!r}, and no contact has {said[0]}"
                self.wrong(file, "unknown", found, "texts that agree with the contacts", "Correct the text.")

    def named_alike(self, area: Entry) -> None:
        """The file, the id and the name are one and the same word."""
        file, stem = area["file"], Path(area["file"]).stem
        if area.get("id", stem) != stem:
            mend = f'Write id = "{stem}", or rename the file.'
            self.wrong(file, "id", f"id = {area['id']!r}", f"the file's name, {stem!r}", mend)
        if "name" in area and _slug(area["name"]) != stem:
            mend = "Correct the name, or rename the file and its id."
            self.wrong(file, "name", f"name = {area['name']!r}", f"the name of {stem!r}", mend)

    def each_once(self, file: str, contacts: Sequence[Entry]) -> None:
        """No key stands twice in a file."""
        keys = [contact.get("key") for contact in contacts]
        for key in sorted({str(key) for key in keys if key and keys.count(key) > 1}):
            self.wrong(file, f"contact {key}", "the key twice", "each key once in a file", "Join the two entries.")

    def contact(self, file: str, contact: Entry) -> None:
        """One contact with its numbers and hours."""
        place = f"contact {contact.get('key')}"
        numbers = _numbers(contact)
        for number in contact["numbers"]:
            self.number(file, f"{place}, number {number.get('number', '')}", number)
        for number in sorted({n for n in numbers if [_dialled(m) for m in numbers].count(_dialled(n)) > 1}):
            mend = "Keep one block, with the sources of both."
            self.wrong(file, place, f"the number {number} twice", "each number once in a contact", mend)
        note = contact.get("note", "")
        if numbers and _NO_NUMBER.search(note):
            mend = "Take that out of the note, or the number out of the contact."
            self.wrong(file, place, f"the note {note!r} beside {' and '.join(numbers)}", "a note that agrees", mend)
        if (said := _HOW_MANY.search(note)) and _COUNT[said[1].lower()] != len(numbers):
            found = f"the note says {said[0]!r}, and there are {len(numbers)}"
            self.wrong(file, place, found, "a note that agrees", "Correct the note.")
        for span in contact["hours"]:
            self.known(file, f"{place}, hours", span.get("sources", []))
            if "from" in span and "to" in span and span["from"] >= span["to"]:
                mend = "Write the earlier time first. A team for the night needs no hours: the day team's are enough."
                found = f"hours from {span['from']} to {span['to']}"
                self.wrong(file, place, found, "hours that end later on the same day", mend)
        for day, one, two in _overlaps(contact["hours"]):
            found = f"{DAYS[day]} {one['from']} to {one['to']} and again {two['from']} to {two['to']}"
            self.wrong(file, place, found, "hours that do not overlap", "Join them, or correct the days.")

    def number(self, file: str, place: str, entry: Entry) -> None:
        """One number: that it can be dialled, who says so, and when that was read."""
        self.known(file, place, entry.get("sources", []))
        for key in ("checked", "rung"):
            if (day := entry.get(key)) and day > self.today:
                mend = "Write the day on which it was done."
                self.wrong(file, place, f"{key} = {day}", f"no day after today, {self.today}", mend)
        if not (number := entry.get("number")):
            return
        found = f"number = {number!r}"
        if not _WRITTEN.fullmatch(number):
            wanted = 'digits in groups with one space between, such as "024 7678 8555"; no letters, no extension'
            self.wrong(file, place, found, wanted, "Write the number alone; an option or extension goes in the note.")
        elif not _can_be_dialled(number):
            wanted = 'a number that there can be in the United Kingdom, such as "024 7678 8555" or "101"'
            self.wrong(file, place, found, wanted, "Compare it with the source: is a digit missing or wrong?")

    def known(self, file: str, place: str, sources: Sequence[str]) -> None:
        """Every source is a paragraph of the documents or a listed reference."""
        for source in sources:
            if source not in self.sources:
                close = get_close_matches(source, self.sources, n=1)
                mend = f"Did you mean {close[0]}? " if close else ""
                mend += "A new page first needs its entry in docs/_data/references.toml."
                wanted = "a paragraph id of sources.toml, such as S8(3), or an id of docs/_data/references.toml"
                self.wrong(file, place, f"the source {source!r}", wanted, mend)

    def borrowed(self, areas: Sequence[Entry]) -> None:
        """No area shows another area's number."""
        files: dict[str, dict[str, str]] = defaultdict(dict)
        for area in areas:
            for contact in area["contacts"]:
                for number in _numbers(contact):
                    files[_dialled(number)][area["file"]] = f"contact {contact.get('key')}, number {number}"
        for places in files.values():
            for file, place in places.items() if len(places) > 1 else ():
                others = ", ".join(sorted(set(places) - {file}))
                mend = "Find out whose it is, and take it out of the other file."
                self.wrong(file, place, f"a number that {others} has too", "each number in one area only", mend)

    def lists(self, in_case: Collection[str], asked: Mapping[str, str], areas: Sequence[Entry]) -> None:
        """The rules, the wizard and the area files know the same areas. `asked`: the wizard's answers with labels."""
        files = {Path(area["file"]).stem: area for area in areas}
        for file, place, listed in (
            ("case.toml", "area", set(in_case)),
            ("questions.toml", "question area", set(asked) - {"not_known"}),
        ):
            for extra in sorted(listed - set(files)):
                mend = f"Restore or write areas/{extra}.toml, or take {extra!r} out here."
                self.wrong(file, place, f"the area {extra!r}, which has no file", "the areas that have a file", mend)
            for lacking in sorted(set(files) - listed):
                mend = f"Add {lacking!r} here, or take areas/{lacking}.toml away."
                self.wrong(file, place, f"no area {lacking!r}", f"every area that has a file: {lacking} has", mend)
        for key, area in files.items():
            if key in asked and "name" in area and asked[key] != area["name"]:
                mend = f"Write the same name here and in areas/{key}.toml."
                found = f"the answer {key!r} with the label {asked[key]!r}"
                self.wrong("questions.toml", "question area", found, f"the area's name, {area['name']!r}", mend)


def stray_files(folder: Path, wrong: Wrong) -> None:
    """Tell every file in the folder of areas that is not read, such as dudley.toml.txt."""
    for path in sorted(folder.iterdir()):
        if path.suffix != ".toml" and not path.name.startswith("."):
            name = path.name.split(".toml", maxsplit=1)[0]
            mend = f"Rename it {name}.toml." if ".toml" in path.name else "Move it to another folder."
            wrong(f"areas/{path.name}", "", "a file that is not read", "files with a name as dudley.toml", mend)


def _numbers(contact: Entry) -> list[str]:
    return [number["number"] for number in contact["numbers"] if "number" in number]


def _dialled(number: str) -> str:
    """A number as digits alone, so that grouping makes no difference."""
    return re.sub(r"^\+?44", "0", re.sub(r"[^\d+]", "", number))


def _can_be_dialled(number: str) -> bool:
    parsed = phonenumbers.parse(number, "GB")
    if phonenumbers.is_valid_short_number_for_region(parsed, "GB"):
        return number.isdigit()
    return number.startswith(("0", "+44")) and phonenumbers.is_valid_number_for_region(parsed, "GB")


def _overlaps(hours: Sequence[Entry]) -> Iterator[tuple[str, Entry, Entry]]:
    whole = [span for span in hours if {"days", "from", "to"} <= set(span)]
    for day in DAYS:
        spans = sorted((span for span in whole if day in span["days"]), key=lambda span: str(span["from"]))
        yield from ((day, one, two) for one, two in pairwise(spans) if two["from"] < one["to"])


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
