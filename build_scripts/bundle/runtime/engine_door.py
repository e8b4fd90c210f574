"""The Python side of the engine's worker, run in the reader's browser only: installs the engine, passes calls to it.

It also opens the full standard library when something is imported that the trimmed one leaves out.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.abc
import importlib.util
import io
import json
import sys
import zipfile
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from importlib.metadata import distribution
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import micropip

__all__ = ["FullLibrary", "WheelCorrupt", "add_compiled", "begin", "call", "install", "open_full_library"]

PACKAGE = "cse_pathway"
CALLS = {
    "decide": "decide_json",
    "what_if": "what_if_json",
    "record": "record_json",
    "open_record": "open_record_json",
    "compare": "compare_json",
    "calendar": "calendar_text",
    "time_limits": "time_limits_json",
    "time_limits_calendar": "time_limits_calendar_text",
}
"""What the page may ask for, and the public function of the engine that answers: text in, text out."""


class WheelCorrupt(Exception):
    """The engine's file is not the one that the site was built with."""


class FullLibrary(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Finds and loads modules of the full standard library, which is fetched the first time one is wanted."""

    def __init__(self, names: frozenset[str], fetch: Callable[[], Any]) -> None:
        """Find the modules `names` in what `fetch` gives: a zip file of Python sources (a JavaScript buffer)."""
        self._names = names
        self._fetch = fetch
        self._files: zipfile.ZipFile | None = None

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 (the import system passes it)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Where a module of the full library is, or None where the library has none of that name."""
        if fullname not in self._names:
            return None
        place = self.get_filename(fullname)
        # A package's modules are found here by their names, too: it has no folder for anything else to search.
        inside: list[str] | None = [] if place.endswith("/__init__.py") else None
        return spec_from_file_location(fullname, place, loader=self, submodule_search_locations=inside)

    def get_filename(self, fullname: str) -> str:
        """Name the file in the library that holds a module."""
        place = fullname.replace(".", "/")
        package = f"{place}/__init__.py"
        return package if package in self._library().namelist() else f"{place}.py"

    def get_data(self, path: str | bytes) -> bytes:
        """Give the content of a file in the library."""
        return self._library().read(str(path))

    def source_to_code(self, data: Any, path: Any = "<string>", _optimize: int = -1) -> CodeType:  # type: ignore[override]
        """Compile as the trimmed library was: the email package breaks where only a part of it has docstrings."""
        code: CodeType = compile(data, path, "exec", dont_inherit=True, optimize=2)
        return code

    def _library(self) -> zipfile.ZipFile:
        if self._files is None:
            self._files = zipfile.ZipFile(io.BytesIO(self._fetch().to_bytes()))
        return self._files


def open_full_library(fetch: Callable[[], Any]) -> None:
    """Let imports fall back to the full library: `fetch` gives its bytes (a JavaScript buffer), there and then."""
    with zipfile.ZipFile(next(place for place in sys.path if place.endswith(".zip"))) as trimmed:
        names = frozenset(trimmed.read("full_library.txt").decode("ascii").split())
    sys.meta_path.append(FullLibrary(names, fetch))


def check(what: str, data: bytes, sha256: str) -> None:
    """Raise WheelCorrupt unless `data` hashes to `sha256` (64 hexadecimal digits); `what` says what it is."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise WheelCorrupt(f"{what} has the SHA-256 {found}, not {sha256}")


async def install(address: str, wheel: Any, sha256: str) -> None:
    """Install the engine from its wheel by micropip.

    `address` is where on the site the wheel was fetched from, `wheel` its bytes (a JavaScript buffer), `sha256` what
    they must hash to. Raises WheelCorrupt when they do not.
    """
    check(f"the engine's file at {address}", wheel.to_bytes(), sha256)
    # Its own address and no dependencies: micropip has nothing to ask any package index for.
    await micropip.install(address, deps=False)


def add_compiled(archive: Any, sha256: str) -> None:
    """Put the engine's modules, compiled at build from the same wheel, beside those that micropip installed.

    `archive` is a zip file (a JavaScript buffer), `sha256` what it must hash to. Raises WheelCorrupt when it does not.
    """
    data = archive.to_bytes()
    check("the engine's compiled modules", data, sha256)
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise WheelCorrupt(f"the engine's file holds no package {PACKAGE}")
    with zipfile.ZipFile(io.BytesIO(data)) as compiled:
        compiled.extractall(Path(spec.origin).parent / "__pycache__")


def begin() -> str:
    """Import the installed engine; gives its version."""
    version: str = importlib.import_module(PACKAGE).__version__
    return version


def call(name: str, *texts: str) -> str:
    """Ask the engine for one of CALLS, or `about`: text in, text out.

    Raises LookupError for anything else, and for what this version of the engine cannot do.
    """
    if name == "about":
        return _about()
    if name not in CALLS:
        raise LookupError(f"the engine has no call named {name!r}; it has about, {', '.join(CALLS)}")
    function: Callable[..., str] | None = getattr(sys.modules[PACKAGE], CALLS[name], None)
    if function is None:
        raise LookupError(f"this version of the engine cannot do {name!r}")
    return function(*texts)


def _about() -> str:
    """What runs here, as JSON: for a record of the decision and for whoever looks into a fault."""
    installed = distribution(PACKAGE)
    about = {
        "engine": installed.version,
        "installed_by": (installed.read_text("INSTALLER") or "").strip(),
        "installed_from": (installed.read_text("PYODIDE_URL") or "").strip(),
        "python": sys.version.split()[0],
        "micropip": micropip.__version__,
    }
    return json.dumps(about)
