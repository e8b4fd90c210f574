"""The engines that were published: one wheel for each rule set, so that a record opens under the rules of its day.

They stand in engine/published, listed in index.toml: the rules' version and SHA-256, the wheel and its SHA-256, and the
day from which the rules held. `publish_engine` adds to them; the build puts them on the site.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts import ROOT
from build_scripts.inputs.problems import Problem
from build_scripts.inputs.toml_files import read_toml, wrong_keys

__all__ = ["INDEX", "PUBLISHED", "PublishedEngine", "imports_of", "read_published", "rules_in"]

PUBLISHED = ROOT / "engine" / "published"
INDEX = "index.toml"
NOT_IN_THE_BROWSER = ("cli", "collate", "monitoring_summary", "small_numbers")  # the third: in 2026.11.1
"""Modules of the engine that only the command line imports."""
_KEYS: dict[str, Any] = {
    "rules": str, "rules_sha256": str, "wheel": str, "wheel_sha256": str, "published": date,
}  # fmt: skip
_MEND = "Restore engine/published from the last commit, or publish anew: make publish"


@dataclass(frozen=True, slots=True)
class PublishedEngine:
    """One published rule set and the wheel that decides by it; the hashes are SHA-256, 64 hexadecimal digits.

    `wheel` is relative to the folder of the index, `<version>/<file>`, and the same below assets/engine/published/.
    """

    rules: str
    rules_sha256: str
    wheel: str
    wheel_sha256: str
    published: date


def read_published(folder: Path = PUBLISHED) -> tuple[tuple[PublishedEngine, ...], list[Problem]]:
    """Read the index of a folder, in its order, and hold it against the wheels.

    Gives the engines that hold, and every problem: keys, a version or rules listed twice, a wheel that is missing, does
    not hash to what is written, or holds other rules, and a wheel that nobody listed. No index: nothing was published.
    """
    if not (folder / INDEX).is_file() and not any(folder.glob("*/*.whl")):
        return (), []
    data, problems = read_toml(folder / INDEX, folder)
    found = []
    entries = data.get("published", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return (), [*problems, Problem(INDEX, 0, f"published = {entries!r}", "entries [[published]]", _MEND)]
    for entry in entries:
        wrong = wrong_keys(entry, INDEX, f"published {entry.get('rules', '?')}", _KEYS)
        if not wrong:
            engine = PublishedEngine(**entry)
            wrong = _against_its_wheel(engine, folder)
            found.append(engine)
        problems += wrong
    for what, counted in (
        ("version", Counter(engine.rules for engine in found)),
        ("rules", Counter(engine.rules_sha256 for engine in found)),
    ):
        problems += [
            Problem(INDEX, 0, f"{what} {one} twice", "each rule set once", "Take one of the two out.")
            for one, times in counted.items()
            if times > 1
        ]
    listed = {engine.wheel for engine in found}
    for file in sorted(folder.glob("*/*.whl")):
        name = file.relative_to(folder).as_posix()
        if name not in listed:
            problems.append(Problem(name, 0, "a wheel that the index does not list", "an entry in index.toml", _MEND))
    return tuple(found), problems


def _against_its_wheel(engine: PublishedEngine, folder: Path) -> list[Problem]:
    path = folder / engine.wheel
    if not path.is_file():
        return [Problem(engine.wheel, 0, "no such file", f"the wheel of rules {engine.rules}", _MEND)]
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != engine.wheel_sha256:
        return [Problem(engine.wheel, 0, f"SHA-256 {sha256}", engine.wheel_sha256, _MEND)]
    version, inside, day = rules_in(path)
    if (version, inside, day) != (engine.rules, engine.rules_sha256, engine.published):
        found = f"a wheel with rules {version} ({inside[:12]}) of {day}"
        wanted = f"rules {engine.rules} ({engine.rules_sha256[:12]}) of {engine.published}"
        return [Problem(engine.wheel, 0, found, wanted, _MEND)]
    return []


def rules_in(wheel: Path) -> tuple[str, str, date]:
    """The version, SHA-256 and day of the rules that a wheel of the engine carries."""
    with zipfile.ZipFile(wheel) as built:
        rules = json.loads(built.read("cse_pathway/rulebook.json"))
    return rules["version"], rules["sha256"], date.fromisoformat(rules["published"])


def imports_of(wheel: Path) -> list[str]:
    """Every module of the standard library that a wheel of the engine names in an import, where the browser runs it."""
    named: set[str] = set()
    with zipfile.ZipFile(wheel) as built:
        for name in built.namelist():
            if not name.endswith(".py") or Path(name).stem in NOT_IN_THE_BROWSER:
                continue
            for node in ast.walk(ast.parse(built.read(name))):
                if isinstance(node, ast.Import):
                    named.update(alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    named.add(node.module)
    return sorted(name for name in named if name.partition(".")[0] in sys.stdlib_module_names)
