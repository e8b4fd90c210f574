"""Packs the trimmed standard library. Runs inside Pyodide, in Node, at build: the Python that will read it compiles it.

Takes what a run of the engine imports, and packs just that, compiled, with micropip and the engine's door.
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
from typing import Any

__all__ = ["pack"]

PACKAGE = "cse_pathway"
NOT_IN_THE_BROWSER = {"cse_pathway.cli"}
ALSO = ("_strptime", "encodings.ascii", "encodings.cp437", "encodings.idna", "encodings.latin_1", "encodings.utf_8_sig")
"""What C code imports by name when first needed: no profile run shows all of it."""
PACKED_AT = (1980, 1, 1, 0, 0, 0)


async def pack(address: str, wheel: Any, sha256: str, cases: str, trimmed: str, full: str) -> str:
    """Install the engine from its wheel, decide the `cases` (a JSON list of texts), pack what that imported.

    `full` is the full library, `trimmed` the zip file to write. Gives the answers and the names packed, as JSON.
    """
    import engine_door  # the run begins here: what is imported before is Pyodide's own start

    await engine_door.install(address, wheel, sha256)
    answers = [engine_door.call("decide", text) for text in json.loads(cases)]
    for name in (*_imports_of_the_engine(), *ALSO):
        importlib.import_module(name)
    names = _write(Path(trimmed), _names_in(Path(full)))
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


def _write(trimmed: Path, full_names: set[str]) -> list[str]:
    files: dict[str, bytes] = {}
    names: list[str] = []
    for name, module in sorted(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        origin = getattr(spec, "origin", None) or ""
        if name == "__main__" or spec is None or name.split(".")[0] == PACKAGE:
            continue
        if not origin.endswith(".py"):
            if spec.submodule_search_locations:  # a folder without __init__.py: zipimport wants it named
                files[name.replace(".", "/") + "/"] = b""
            continue
        place = name.replace(".", "/") + ("/__init__" if spec.submodule_search_locations is not None else "")
        source = spec.loader.get_data(origin)
        code = compile(source, f"{place}.py", "exec", dont_inherit=True, optimize=2)
        files[f"{place}.pyc"] = bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))
        names.append(name)
    files["full_library.txt"] = "\n".join(sorted(full_names - set(names))).encode("ascii")
    with zipfile.ZipFile(trimmed, "w", zipfile.ZIP_STORED) as library:
        for name, data in sorted(files.items()):
            library.writestr(zipfile.ZipInfo(name, PACKED_AT), data)
    return names
