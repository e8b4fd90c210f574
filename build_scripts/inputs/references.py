"""What editor's notes and contacts rest on: pages elsewhere, by id, in docs/_data/references.toml."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys


@dataclass(frozen=True)
class Reference:
    """A page elsewhere; `address` is "" where it has none."""

    id: str
    title: str
    address: str


def read_references(path: Path, root: Path) -> tuple[dict[str, Reference], list[Problem]]:
    """The references by id, and what is wrong with the file."""
    data, problems = read_toml(path, root)
    file = path.relative_to(root).as_posix()
    references: dict[str, Reference] = {}
    for entry in data.get("reference", []):
        what = f"reference {entry.get('id', '?')}"
        wrong = wrong_keys(entry, file, what, {"id": str, "title": str, "address": str}, optional=("address",))
        if entry.get("id") in references:
            wrong.append(Problem(file, 0, f"{what} twice", "each id once", "join the two, or give one a new id"))
        problems += wrong
        if not wrong:
            references[entry["id"]] = Reference(entry["id"], entry["title"], entry.get("address", ""))
    return references, problems


def linked(ids: tuple[str, ...], references: Mapping[str, Reference]) -> str:
    """Sources named in a row: paragraph ids as citations (to be set later), references as links by title."""
    paragraphs = [source for source in ids if re.match(r"[RS]\d", source)]
    others = [references[source] for source in ids if source in references]
    parts = [f"[{', '.join(paragraphs)}]"] if paragraphs else []
    parts += [
        f'<a href="{html.escape(r.address)}">{html.escape(r.title)}</a>' if r.address else html.escape(r.title)
        for r in others
    ]
    return "; ".join(parts)
