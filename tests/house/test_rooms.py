"""The house keeps its plan: imports run one way, each room says what it is for, no file grows too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build_scripts"
MAY_IMPORT = {
    "inputs": set(),
    "rules": {"inputs"},
    "proofs": {"rules", "inputs"},
    "mutation": {"proofs", "rules", "inputs"},
    "rule_pages": {"proofs", "rules", "inputs"},
    "pages": {"rules", "inputs"},
    "wizard": {"pages", "rules", "inputs"},
    "bundle": {"inputs"},
    "workshop": {"bundle", "build_site"},
}
"""Each room of build_scripts, and the rooms that it may know. Nothing but tests may know the workshop."""
LONGEST = 400
ORDINARY = 150


def _imports(file: Path) -> Iterator[str]:
    """What a file imports, as dotted names."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _rooms_known(file: Path) -> set[str]:
    names = (name.split(".") for name in _imports(file))
    return {parts[1] for parts in names if parts[0] == "build_scripts" and parts[1] != "ROOT"}


def test_every_room_is_in_the_plan_and_says_in_a_line_what_it_is_for() -> None:
    """A newcomer reads nine lines and knows where a thing lives."""
    rooms = {path.parent.name for path in BUILD.glob("*/__init__.py")}
    assert rooms == set(MAY_IMPORT)
    for room in rooms:
        says = ast.get_docstring(ast.parse((BUILD / room / "__init__.py").read_text("utf-8")))
        assert says, room
        assert says.count("\n") == 0, room


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_knows_only_the_rooms_below_it(room: str) -> None:
    """Imports run one way: who changes a room knows who leans on it."""
    for file in (BUILD / room).rglob("*.py"):
        strangers = _rooms_known(file) - MAY_IMPORT[room] - {room}
        assert not strangers, f"{file.relative_to(ROOT)} imports {', '.join(sorted(strangers))}"


def test_the_plan_itself_has_no_circle() -> None:
    """Each room is listed after the rooms that it knows."""
    listed: list[str] = []
    for room, known in MAY_IMPORT.items():
        assert known - {"build_site"} <= set(listed), room
        listed.append(room)


def test_the_engine_knows_nothing_of_the_build_nor_of_any_package() -> None:
    """It is the standard library alone that a browser has to bring."""
    for file in (ROOT / "engine" / "src").rglob("*.py"):
        outside = {name.split(".")[0] for name in _imports(file)} & {"build_scripts", "mkdocs", "jinja2", "pydantic"}
        assert not outside, file


def test_no_file_is_too_long_to_hold_in_the_head() -> None:
    """At most 400 lines, half of them under 150."""
    folders = ("build_scripts", "engine/src", "site_overrides/assets")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".mjs")]
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}
    assert [name for name, count in lines.items() if count > LONGEST] == []
    assert median(lines.values()) < ORDINARY
