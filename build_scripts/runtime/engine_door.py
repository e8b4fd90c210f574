"""The Python side of the engine's worker, run in the reader's browser only: installs the engine, passes calls to it.

It also opens the full standard library when something is imported that the trimmed one leaves out.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.abc
import sys
import zipfile
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

import micropip

__all__ = ["FullLibrary", "WheelCorrupt", "call", "install"]

PACKAGE = "cse_pathway"
CALLS = {
    "decide": "decide_json",
    "what_if": "what_if_json",
    "compare": "compare_json",
    "calendar": "calendar_file",
}
"""What the page may ask for, and the public function of the engine that answers: text in, text out."""


class WheelCorrupt(Exception):
    """The engine's file is not the one that the site was built with."""


class FullLibrary(importlib.abc.MetaPathFinder):
    """Finds modules of the full standard library, which is fetched the first time one is wanted."""

    def __init__(self, names: frozenset[str], fetch: Callable[[], Any], path: str = "/lib/python_full.zip") -> None:
        """Find the modules `names` in what `fetch` gives: the bytes of the library, as a zip file, kept at `path`."""
        self._names = names
        self._fetch = fetch
        self._path = Path(path)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 (the import system passes it)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Where a module of the full library is, or None where the library has none of that name."""
        if fullname not in self._names:
            return None
        if not self._path.exists():
            self._path.write_bytes(self._fetch().to_bytes())
        folder = self._path.joinpath(*fullname.split(".")[:-1])
        return PathFinder.find_spec(fullname, [str(folder)])


def open_full_library(fetch: Callable[[], Any]) -> None:
    """Let imports fall back to the full library: `fetch` gives its bytes (a JavaScript buffer), there and then."""
    with zipfile.ZipFile(next(place for place in sys.path if place.endswith(".zip"))) as trimmed:
        names = frozenset(trimmed.read("full_library.txt").decode("ascii").split())
    sys.meta_path.append(FullLibrary(names, fetch))


async def install(address: str, wheel: Any, sha256: str) -> str:
    """Install the engine from its wheel by micropip and import it; gives the engine's version.

    `address` is where on the site the wheel was fetched from, `wheel` its bytes (a JavaScript buffer), `sha256` what
    they must hash to (64 hexadecimal digits). Raises WheelCorrupt when they do not.
    """
    found = hashlib.sha256(wheel.to_bytes()).hexdigest()
    if found != sha256:
        raise WheelCorrupt(f"the engine's file at {address} has the SHA-256 {found}, not {sha256}")
    # Its own address and no dependencies: micropip has nothing to ask any package index for.
    await micropip.install(address, deps=False)
    version: str = importlib.import_module(PACKAGE).__version__
    return version


def call(name: str, *texts: str) -> str:
    """Ask the engine for one of CALLS. Raises LookupError for anything else, and for what this engine cannot do yet."""
    if name not in CALLS:
        raise LookupError(f"the engine has no call named {name!r}; it has {', '.join(CALLS)}")
    function: Callable[..., str] | None = getattr(sys.modules[PACKAGE], CALLS[name], None)
    if function is None:
        raise LookupError(f"this version of the engine cannot do {name!r}")
    return function(*texts)
