"""Packs the trimmed standard library. Runs inside Pyodide, in Node, at build: the Python that will read it compiles it.

Takes what a run of the engine imports, and packs just that, compiled, with micropip and the engine's door. Compiles the
engine's own modules as well, into a file of their own: the browser then need not.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path
from types import CodeType
from typing import Any

__all__ = ["pack"]

PACKAGE = "cse_pathway"
NOT_IN_THE_BROWSER = {f"cse_pathway.{name}" for name in ("cli", "collate", "small_numbers")}
ALSO = ("encodings.ascii", "encodings.cp437", "encodings.latin_1", "encodings.utf_8_sig")
"""What C code imports by name when first needed: no profile run shows all of it."""
PACKED_AT = (1980, 1, 1, 0, 0, 0)
NO_LINES = 0xF8
"""An entry of a line table that names no line, for one instruction and up to seven more."""


async def pack(
    address: str, wheel: Any, sha256: str, cases: str, also: str, trimmed: str, compiled: str, full: str
) -> str:
    """Install the engine from its wheel, decide the `cases` (a JSON list of texts), pack what that imported.

    `also` names what the published engines import (a JSON list of modules). `full` is the full library; `trimmed` and
    `compiled` are the zip files to write: library and engine.
    Gives the answers and the names packed, as JSON.
    """
    import engine_door  # the run begins here: what is imported before is Pyodide's own start

    await engine_door.install(address, wheel, sha256)
    engine_door.begin()
    answers = [engine_door.call("decide", text) for text in json.loads(cases)]
    engine_door.call("about")
    for name in (*_imports_of_the_engine(), *json.loads(also), *ALSO):
        importlib.import_module(name)
    names = _write_library(Path(trimmed), _names_in(Path(full)))
    _write_engine(Path(compiled))
    return json.dumps({"answers": answers, "modules": names})


def _imports_of_the_engine() -> list[str]:
    """Every module that any module of the engine names in an import, also inside a function: the margin of safety."""
    package = importlib.import_module(PACKAGE)
    found: set[str] = set()
    for file in sorted(Path(package.__path__[0]).glob("*.py")):
        module = PACKAGE if file.stem == "__init__" else f"{PACKAGE}.{file.stem}"
        if module in NOT_IN_THE_BROWSER:
            continue
        found.add(module)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return sorted(found)


def _names_in(library: Path) -> set[str]:
    with zipfile.ZipFile(library) as full:
        files = [Path(name) for name in full.namelist() if name.endswith(".py")]
    return {".".join(file.parent.parts if file.name == "__init__.py" else file.with_suffix("").parts) for file in files}


def _write_library(trimmed: Path, full_names: set[str]) -> list[str]:
    files: dict[str, bytes] = {}
    names: list[str] = []
    for name, module in sorted(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        origin = getattr(spec, "origin", None) or ""
        if spec is None or name.split(".")[0] in (PACKAGE, __name__):
            continue
        if not origin.endswith(".py"):
            if spec.submodule_search_locations:  # a folder without __init__.py: zipimport wants it named
                files[name.replace(".", "/") + "/"] = b""
            continue
        place = name.replace(".", "/") + ("/__init__" if spec.submodule_search_locations is not None else "")
        source = spec.loader.get_data(origin)
        files[f"{place}.pyc"] = _pyc(source, _without_lines(compile(source, f"{place}.py", "exec", optimize=2)))
        names.append(name)
    files["full_library.txt"] = "\n".join(sorted(full_names - set(names))).encode("ascii")
    _write(trimmed, files)
    return names


def _write_engine(compiled: Path) -> None:
    """Compile the engine as Python would when it imports it: with its assertions, docstrings and lines."""
    files: dict[str, bytes] = {}
    for file in sorted(Path(importlib.import_module(PACKAGE).__path__[0]).glob("*.py")):
        if f"{PACKAGE}.{file.stem}" in NOT_IN_THE_BROWSER:
            continue
        source = file.read_bytes()
        files[Path(importlib.util.cache_from_source(file)).name] = _pyc(
            source, compile(source, file, "exec", optimize=0)
        )
    _write(compiled, files)


def _pyc(source: bytes, code: CodeType) -> bytes:
    """Give a compiled module that Python takes as it is, without a look at the source."""
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))


def _without_lines(code: CodeType) -> CodeType:
    """Take the line numbers out of the library's code: a sixth of its size. The engine's own code keeps them."""
    count = len(code.co_code) // 2
    lines = bytes([NO_LINES | 7]) * (count // 8) + (bytes([NO_LINES | (count % 8 - 1)]) if count % 8 else b"")
    constants = tuple(_without_lines(value) if isinstance(value, CodeType) else value for value in code.co_consts)
    return code.replace(co_linetable=lines, co_consts=constants)


def _write(path: Path, files: dict[str, bytes]) -> None:
    """Write a zip file that is the same each time. Not compressed: that is the server's part, and it does it better."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        for name, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, PACKED_AT), data)
