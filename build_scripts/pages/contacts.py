"""Whom to ring: the area files' contacts, as they stand on the contacts page and by name on any other page.

A page never holds a telephone number. It names a contact, `{contact: mash}`, and gets the number where it is the same
in every area (999, 101), else a link to the contacts page: one area's number is never shown as if it were everybody's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.inputs.dates import in_words
from build_scripts.inputs.problems import Problem
from build_scripts.inputs.references import Reference, linked
from build_scripts.pages.paragraphs import outside_code, without_code
from build_scripts.rules.contact_kinds import DAYS, GENERIC, USES
from build_scripts.rules.files import read_contact_files

TOKEN = re.compile(r"\{contact:\s*(?P<key>[^}]*?)\s*\}")
AREAS_TOKEN = re.compile(r"^\{areas\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Number:
    """A telephone number, who says so, the day we read it, and what speaks against it ("" where nothing does).

    `rung` is the day on which somebody rang it for this site, None where nobody has.
    """

    number: str
    sources: tuple[str, ...]
    said_by: str
    checked: date
    rung: date | None
    disputed: str


@dataclass(frozen=True)
class Hours:
    """When a contact answers: days by their short names, times as HH:MM."""

    days: tuple[str, ...]
    opens: str
    closes: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """One contact of an area; it has no numbers where no source gives one. `everywhere`: it is every area's."""

    key: str
    label: str
    use: str
    note: str
    numbers: tuple[Number, ...]
    hours: tuple[Hours, ...]
    everywhere: bool = False


@dataclass(frozen=True)
class Area:
    """A council's area with its contacts, the references to its own page, and what is not known about it.

    `do_anywhere` holds for all areas: what to do where nobody can be reached.
    """

    id: str
    name: str
    contacts: tuple[Contact, ...]
    own_page: tuple[str, ...]
    unknown_says: str
    unknown_do: tuple[str, ...]
    unknown_sources: tuple[str, ...]
    do_anywhere: tuple[str, ...]


def read_areas(root: Path, paragraphs: Iterable[str]) -> tuple[tuple[Area, ...], list[Problem]]:
    """Every area of the repository at `root`, by name, and what is wrong in the files; none where anything is.

    `paragraphs` are the ids of the documents. Each area has the contacts of the national file beside its own, in the
    order in which they are shown.
    """
    folder = "engine/rules"
    rules = root / folder
    national, areas, wrong = read_contact_files(rules, paragraphs, root / "docs" / "_data" / "references.toml")
    if wrong:
        return (), [
            Problem(f"{folder}/{p.file}", 0, f"{p.place}: {p.found}" if p.place else p.found, p.wanted, p.mend)
            for p in wrong
        ]
    return tuple(sorted((_area(area, national) for area in areas), key=lambda area: area.name)), []


def _area(data: dict[str, Any], national: dict[str, Any]) -> Area:
    own = {entry["key"]: _contact(entry) for entry in data["contacts"]}
    inherited = {entry["key"]: replace(_contact(entry), everywhere=True) for entry in national["contacts"]}
    both = inherited | own
    unknown = data["unknown"]
    return Area(
        data["id"],
        data["name"],
        tuple(both[key] for key in GENERIC if key in both),
        tuple(data["own_page"]),
        unknown.get("says", ""),
        tuple(unknown["do"]),
        tuple(unknown.get("sources", ())),
        tuple(national["do"]),
    )


def _contact(entry: dict[str, Any]) -> Contact:
    numbers = tuple(
        Number(n["number"], tuple(n["sources"]), n["said_by"], n["checked"], n.get("rung"), n.get("disputed", ""))
        for n in entry["numbers"]
    )
    hours = tuple(Hours(tuple(h["days"]), h["from"], h["to"], tuple(h["sources"])) for h in entry["hours"])
    return Contact(entry["key"], entry["label"], entry["use"], entry.get("note", ""), numbers, hours)


def national(areas: tuple[Area, ...]) -> dict[str, str]:
    """The number of each contact that has one for every area: 999, 101 and the helplines."""
    return {
        contact.key: contact.numbers[0].number
        for area in areas[:1]
        for contact in area.contacts
        if contact.everywhere and contact.numbers
    }


def named_in(markdown: str) -> Iterator[tuple[str, int]]:
    """Every contact named on a page, with its line."""
    text = without_code(markdown)
    for match in TOKEN.finditer(text):
        yield match["key"], text.count("\n", 0, match.start()) + 1


def telephone(number: str) -> str:
    """A number as a link that a telephone can dial."""
    digits, shown = re.sub(r"[^0-9+]", "", number), html.escape(number).replace(" ", "&nbsp;")
    return f'<a class="cse-phone" href="tel:{digits}">{shown}</a>'


def set_contacts(markdown: str, to_contacts: str, numbers: Mapping[str, str]) -> str:
    """The text with each `{contact: key}` as a number or a link. `to_contacts`: the contacts page as seen from here."""

    def contact(match: re.Match[str]) -> str:
        key = match["key"]
        if key in numbers:
            return telephone(numbers[key])
        return f'<a href="{to_contacts}" data-contact="{key}">{GENERIC.get(key, key)}</a>'

    return outside_code(markdown, lambda text: TOKEN.sub(contact, text))


def when_open(hours: tuple[Hours, ...]) -> str:
    """Opening hours in words, "Monday to Thursday 08:45 to 17:20; Friday 08:45 to 16:30"; "" where none are known."""
    return "; ".join(f"{_days(entry.days)} {entry.opens} to {entry.closes}" for entry in hours)


def _days(days: tuple[str, ...]) -> str:
    """Days in words: three and more that follow one another as a span, any others one by one."""
    week = list(DAYS)
    places = sorted(week.index(day) for day in days)
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{DAYS[week[places[0]]]} to {DAYS[week[places[-1]]]}"
    return _listed([DAYS[week[place]] for place in places], "and")


def _listed(names: list[str], word: str) -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def lacking(area: Area) -> str:
    """Which contacts of an area have no number, as a sentence: made of them, so that it cannot contradict them."""
    names = [
        re.sub("^your (area’s )?", "the ", GENERIC[contact.key]) for contact in area.contacts if not contact.numbers
    ]
    return f"We have no number for {_listed(names, 'or')}." if names else ""


def provenance(contact: Contact, number: Number) -> str:
    """Who gives a number, when we read that, and whether anybody rang it; nobody rings 999 to try it."""
    rung = f"; rung for this site on {in_words(number.rung)}" if number.rung else "; not rung by us"
    read = f"Given by {number.said_by}; read on {in_words(number.checked)}"
    return f"{read}{'' if contact.everywhere else rung}."


def contacts_of_areas(areas: tuple[Area, ...], references: Mapping[str, Reference]) -> str:
    """All areas' contacts as Markdown for the contacts page.

    First the choice of an area, then each area behind its name, so that a reader meets one area's numbers and no
    other's; then, once, what holds everywhere. An area's anchor stands inside its block, so that a link to it opens it.
    """
    everywhere = [contact for area in areas[:1] for contact in area.contacts if contact.everywhere]
    shared = "".join(_card("any", contact, references, "h3") for contact in everywhere if contact.numbers)
    blocks = [
        "## In your area {: #your-area }",
        "<div data-area-chooser hidden></div>",
        "\n".join(["<div data-areas>", *(_area_block(area, references) for area in areas), "</div>"]),
        _steps("If nobody answers", areas[0].do_anywhere) if areas else "",
        "## In every area {: #every-area }",
        f'<div class="cse-cards">{shared}</div>',
        "<p><b>No number known to us, unless an area has its own entry above:</b></p>"
        f"<ul>{_rows(contact for contact in everywhere if not contact.numbers)}</ul>",
    ]
    return "\n\n".join(blocks)


def _area_block(area: Area, references: Mapping[str, Reference]) -> str:
    own = [contact for contact in area.contacts if not contact.everywhere]
    cards = "".join(_card(area.id, contact, references, "h4") for contact in own if contact.numbers)
    rows = _rows(contact for contact in own if not contact.numbers)
    unknown = " ".join(filter(None, (lacking(area), area.unknown_says)))
    return "\n".join(
        [
            f'<details class="area" data-area="{area.id}"><summary><h3>{html.escape(area.name)}</h3></summary>',
            f'<div id="area-{area.id}">',
            f'<div class="cse-cards">{cards}</div>' if cards else "",
            f'<p class="contact-own">The area’s own page: {linked(area.own_page, references)}</p>',
            '<div class="cse-panel cse-panel--warning"><p><b>What we do not know.</b> '
            f"{html.escape(unknown)} {linked(area.unknown_sources, references)}</p>"
            f"{_steps('What to do', area.unknown_do)}</div>",
            f"<p><b>No number known to us:</b></p><ul>{rows}</ul>" if rows else "",
            "</div></details>",
        ]
    )


def _rows(contacts: Iterable[Contact]) -> str:
    return "".join(f"<li><b>{html.escape(c.label)}</b>: {html.escape(c.note)}</li>" for c in contacts)


def _steps(title: str, steps: tuple[str, ...]) -> str:
    return f"<p><b>{title}:</b></p><ul>{''.join(f'<li>{html.escape(step)}</li>' for step in steps)}</ul>"


def _card(area: str, contact: Contact, references: Mapping[str, Reference], heading: str) -> str:
    use, hours = USES[contact.use], when_open(contact.hours)
    when = ": ".join(part for part in (use, hours) if part)
    shown = [f'<p class="contact-when">{when}.</p>'] if when else []
    if contact.note:
        shown.append(f"<p>{html.escape(contact.note)}</p>")
    for number in contact.numbers:
        checked = f"{html.escape(provenance(contact, number))} {linked(number.sources, references)}"
        shown.append(f"<p>{telephone(number.number)}</p>")
        if number.disputed:
            shown.append(
                f'<p><span class="cse-tag cse-tag--warning">Disputed</span> {html.escape(number.disputed)}</p>'
            )
        shown.append(f'<p class="contact-source">{checked}</p>')
    hours_sources = sorted(
        {s for h in contact.hours for s in h.sources} - {s for n in contact.numbers for s in n.sources}
    )
    if hours_sources:
        shown.append(f'<p class="contact-source">Hours: {linked(tuple(hours_sources), references)}</p>')
    name = f"<{heading}>{html.escape(contact.label)}</{heading}>"
    return f'<div class="cse-card" id="{area}-{contact.key}">{name}{"".join(shown)}</div>'


def for_browser(areas: tuple[Area, ...]) -> list[dict[str, Any]]:
    """The areas as the contacts script reads them: names and numbers, and whether any is disputed; no sources."""
    return [
        {
            "id": area.id,
            "name": area.name,
            "contacts": {
                c.key: {
                    "label": c.label,
                    "when": when_open(c.hours),
                    "numbers": [n.number for n in c.numbers],
                    "disputed": any(n.disputed for n in c.numbers),
                }
                for c in area.contacts
            },
        }
        for area in areas
    ]
