"""Reading the TOML files that people edit: every problem is reported, none stops the reading of the others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from build_scripts.inputs.problems import Problem


def read_toml(path: Path, root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """A TOML file's content and what is wrong with it; a file that cannot be read counts as empty, with its problem."""
    name = path.relative_to(root).as_posix()
    try:
        return tomllib.loads(path.read_text("utf-8")), []
    except FileNotFoundError:
        return {}, [
            Problem(name, 0, "no such file", "a TOML file", "add the file, or restore it from the last version")
        ]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Problem(name, 0, f"not TOML: {error}", "TOML in UTF-8", "mend the line that the message names")]


def wrong_keys(
    entry: dict[str, Any],
    file: str,
    what: str,
    wanted: dict[str, type | tuple[type, ...]],
    optional: Iterable[str] = (),
) -> list[Problem]:
    """What is missing, unknown or of the wrong type in one entry. `what` names the entry in the messages."""
    problems = []
    optional = set(optional)
    for key, kind in wanted.items():
        kinds = kind if isinstance(kind, tuple) else (kind,)
        named = " or ".join(k.__name__ for k in kinds)
        if key not in entry:
            if key not in optional:
                problems.append(Problem(file, 0, f"{what} has no {key}", f"{key} ({named})", f"add {key} to {what}"))
        elif not isinstance(entry[key], kinds):
            found = f"{what}: {key} = {entry[key]!r}"
            problems.append(Problem(file, 0, found, f"{key} as {named}", f"write {key} of {what} as {named}"))
    for key in entry.keys() - wanted.keys():
        known = ", ".join(wanted)
        problems.append(
            Problem(
                file,
                0,
                f"{what}: unknown key {key}",
                f"one of {known}",
                f"correct the spelling of {key}, or take it out",
            )
        )
    return problems
