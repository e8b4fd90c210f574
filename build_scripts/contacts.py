"""Whom to ring: the area files' contacts, as they stand on the contacts page and by name on any other page.

A page never holds a telephone number. It names a contact, `{contact: mash}`, and gets the number where it is the same
in every area (999, 101), else a link to the contacts page: one area's number is never shown as if it were everybody's.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.data_files import read_toml, wrong_keys
from build_scripts.dates import in_words
from build_scripts.paragraphs import outside_code, without_code
from build_scripts.problems import Problem
from build_scripts.references import Reference, linked

TOKEN = re.compile(r"\{contact:\s*(?P<key>[^}]*?)\s*\}")
AREAS_TOKEN = re.compile(r"^\{areas\}[ \t]*$", re.MULTILINE)

GENERIC = {
    "police-emergency": "the police, in an emergency",
    "police": "the police",
    "mash": "your area’s MASH",
    "emergency-duty-team": "your area’s emergency duty team",
    "cse-team": "your area’s CSE team",
    "cse-coordinator": "your area’s CSE coordinator",
    "cse-officer": "your area’s CSE Officer",
    "central-referral-unit": "the Central Referral Unit",
    "adult-safeguarding": "your area’s adult safeguarding team",
    "council-switchboard": "your council’s switchboard",
}
"""What each contact is called on a page while no area is chosen."""

USES = {"daytime": "In office hours", "out_of_hours": "Out of hours", "any": ""}
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


@dataclass(frozen=True)
class Number:
    """A telephone number, who says so, the day we read it, and what speaks against it ("" where nothing does)."""

    number: str
    sources: tuple[str, ...]
    said_by: str
    checked: date
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
    """One contact of an area; it has no numbers where no source gives one."""

    key: str
    label: str
    use: str
    note: str
    numbers: tuple[Number, ...]
    hours: tuple[Hours, ...]


@dataclass(frozen=True)
class Area:
    """A council's area with its contacts and what is not known about it."""

    id: str
    name: str
    contacts: tuple[Contact, ...]
    unknown_says: str
    unknown_do: tuple[str, ...]
    unknown_sources: tuple[str, ...]


def read_areas(folder: Path, root: Path) -> tuple[tuple[Area, ...], list[Problem]]:
    """Every area file of `folder`, by name of the area, and what is wrong in them."""
    areas: list[Area] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        data, found = read_toml(path, root)
        file = path.relative_to(root).as_posix()
        found += _wrong(data, file) if data else []
        problems += found
        if not found:
            areas.append(_area(data))
    return tuple(sorted(areas, key=lambda area: area.name)), problems


def _wrong(data: dict[str, Any], file: str) -> list[Problem]:
    problems = [
        Problem(file, 0, f"no {key}", f"{key} = ...", f"add {key} at the head of the file")
        for key in ("id", "name", "contact", "unknown")
        if key not in data
    ]
    seen: set[str] = set()
    for entry in data.get("contact", []):
        what = f"contact {entry.get('key', '?')}"
        kinds: dict[str, type | tuple[type, ...]] = {
            "key": str,
            "label": str,
            "use": str,
            "note": str,
            "number": list,
            "hours": list,
        }
        problems += wrong_keys(entry, file, what, kinds, optional=("note", "number", "hours"))
        for number in entry.get("number", []):
            kinds = {"number": str, "sources": list, "said_by": str, "checked": date, "disputed": str}
            problems += wrong_keys(number, file, f"a number of {what}", kinds, optional=("disputed",))
        for hours in entry.get("hours", []):
            problems += wrong_keys(
                hours, file, f"hours of {what}", {"days": list, "from": str, "to": str, "sources": list}
            )
            problems += [
                Problem(
                    file,
                    0,
                    f"hours of {what}: day {day!r}",
                    f"one of {', '.join(DAYS)}",
                    "write the day's first three letters",
                )
                for day in hours.get("days", [])
                if day not in DAYS
            ]
        if entry.get("use") not in USES:
            problems.append(
                Problem(
                    file,
                    0,
                    f"{what}: use = {entry.get('use')!r}",
                    " or ".join(USES),
                    "say when this contact is to be used",
                )
            )
        if entry.get("key") not in GENERIC:
            problems.append(
                Problem(
                    file,
                    0,
                    f"unknown contact key {entry.get('key')!r}",
                    f"one of {', '.join(GENERIC)}",
                    "use a known key",
                )
            )
        if entry.get("key") in seen:
            problems.append(Problem(file, 0, f"{what} twice", "each key once in an area", "join the two entries"))
        seen.add(entry.get("key", ""))
    problems += [
        Problem(
            file,
            0,
            f"no contact {key}",
            "the contacts that every area must answer for",
            "add it; without a number where none is known",
        )
        for key in sorted(NEEDED - seen)
    ]
    return problems


NEEDED = frozenset({"police-emergency", "police", "mash", "emergency-duty-team", "council-switchboard"})


def _area(data: dict[str, Any]) -> Area:
    return Area(
        data["id"],
        data["name"],
        tuple(_contact(entry) for entry in data["contact"]),
        data["unknown"]["says"],
        tuple(data["unknown"]["do"]),
        tuple(data["unknown"].get("sources", ())),
    )


def _contact(entry: dict[str, Any]) -> Contact:
    numbers = tuple(
        Number(n["number"], tuple(n["sources"]), n["said_by"], n["checked"], n.get("disputed", ""))
        for n in entry.get("number", ())
    )
    hours = tuple(Hours(tuple(h["days"]), h["from"], h["to"], tuple(h["sources"])) for h in entry.get("hours", ()))
    return Contact(entry["key"], entry["label"], entry["use"], entry.get("note", ""), numbers, hours)


def national(areas: tuple[Area, ...]) -> dict[str, str]:
    """The number of each contact whose one number is undisputed and the same in every area: 999 and 101."""
    found: dict[str, str] = {}
    for key in GENERIC:
        numbers = {tuple(n.number for n in c.numbers) for area in areas for c in area.contacts if c.key == key}
        everywhere = all(any(c.key == key for c in area.contacts) for area in areas)
        if areas and everywhere and len(numbers) == 1 and len(first := numbers.pop()) == 1:
            found[key] = first[0]
    return found


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
    parts = []
    for entry in hours:
        days = DAYS[entry.days[0]] if len(entry.days) == 1 else f"{DAYS[entry.days[0]]} to {DAYS[entry.days[-1]]}"
        parts.append(f"{days} {entry.opens} to {entry.closes}")
    return "; ".join(parts)


def contacts_of_areas(areas: tuple[Area, ...], references: Mapping[str, Reference]) -> str:
    """All areas' contacts as Markdown for the contacts page.

    First the numbers that hold everywhere, then the choice of an area, then each area behind its name, so that a reader
    meets one area's numbers and no other's. Its anchor stands inside, so that a link to it opens it.
    """
    everywhere = national(areas)
    shared = "".join(_card("any", _commonest(areas, key), references, "h3") for key in everywhere)
    blocks = [
        "## In every area {: #every-area }",
        f'<div class="cse-cards">{shared}</div>',
        "## In your area {: #your-area }",
        "<div data-area-chooser hidden></div>",
        *(_area_block(area, everywhere, references) for area in areas),
    ]
    return "\n\n".join(blocks)


def _commonest(areas: tuple[Area, ...], key: str) -> Contact:
    """One area's entry of a contact that is the same everywhere: the one whose note most areas share."""
    found = [contact for area in areas for contact in area.contacts if contact.key == key]
    return Counter(found).most_common(1)[0][0]


def _area_block(area: Area, everywhere: Collection[str], references: Mapping[str, Reference]) -> str:
    own = [contact for contact in area.contacts if contact.key not in everywhere]
    cards = "".join(_card(area.id, contact, references, "h4") for contact in own if contact.numbers)
    rows = "".join(f"<li><b>{html.escape(c.label)}</b>: {html.escape(c.note)}</li>" for c in own if not c.numbers)
    steps = "".join(f"<li>{html.escape(step)}</li>" for step in area.unknown_do)
    return "\n".join(
        [
            f'<details class="area" data-area="{area.id}"><summary><h3>{html.escape(area.name)}</h3></summary>',
            f'<div id="area-{area.id}">',
            f'<div class="cse-cards">{cards}</div>' if cards else "",
            '<div class="cse-panel cse-panel--warning"><p><b>What we do not know.</b> '
            f"{html.escape(area.unknown_says)} {linked(area.unknown_sources, references)}</p>"
            f"<p><b>What to do:</b></p><ul>{steps}</ul></div>",
            f"<p><b>No number known to us:</b></p><ul>{rows}</ul>" if rows else "",
            "</div></details>",
        ]
    )


def _card(area: str, contact: Contact, references: Mapping[str, Reference], heading: str) -> str:
    use, hours = USES[contact.use], when_open(contact.hours)
    when = ": ".join(part for part in (use, hours) if part)
    shown = [f'<p class="contact-when">{when}.</p>'] if when else []
    if contact.note:
        shown.append(f"<p>{html.escape(contact.note)}</p>")
    for number in contact.numbers:
        by = f"Given by {html.escape(number.said_by)}; read on {in_words(number.checked)}."
        checked = f"{by} {linked(number.sources, references)}"
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
    """The areas as the contacts script reads them: names and numbers, without sources."""
    return [
        {
            "id": area.id,
            "name": area.name,
            "contacts": {
                c.key: {"label": c.label, "when": when_open(c.hours), "numbers": [n.number for n in c.numbers]}
                for c in area.contacts
            },
        }
        for area in areas
    ]
