"""Building the engine's wheel: the same sources give the same bytes.

Run as `python -m build_scripts.bundle.wheel [FOLDER]`.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flit_core.wheel import WheelBuilder

from build_scripts import ROOT

__all__ = ["EngineWheel", "build_wheel"]

RULEBOOK = ROOT / "engine" / "src" / "cse_pathway" / "rulebook.json"
BUILT_AT = (2020, 1, 1, 0, 0, 0)
"""Stamped on every file in the wheel, so that its bytes say nothing of when it was built."""


@dataclass(frozen=True, slots=True)
class EngineWheel:
    """A built wheel: its file, the engine's version and the SHA-256 of its bytes (64 hexadecimal digits)."""

    path: Path
    version: str
    sha256: str


def build_wheel(folder: Path) -> EngineWheel:
    """Build the engine's wheel into `folder`, removing an older one there.

    Raises FileNotFoundError when the rules have not been compiled.
    """
    if not RULEBOOK.is_file():
        raise FileNotFoundError(f"{RULEBOOK.relative_to(ROOT)} is not there. Compile the rules first: make rules")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        made = Path(fresh) / "engine.whl"
        with made.open("w+b") as file:
            builder = WheelBuilder.from_ini_path(ROOT / "engine" / "pyproject.toml", file)
            builder.source_time_stamp = BUILT_AT  # not by SOURCE_DATE_EPOCH: that is the caller's, for the build day
            builder.build(editable=False)
        for old in folder.glob("*.whl"):
            old.unlink()
        path = made.rename(folder / builder.wheel_filename)
    return EngineWheel(path, path.name.split("-")[1], hashlib.sha256(path.read_bytes()).hexdigest())


def main(arguments: list[str]) -> None:
    """Build the wheel into the folder named by the first argument, or into build/wheel."""
    wheel = build_wheel(Path(arguments[0]) if arguments else ROOT / "build" / "wheel")
    print(f"{wheel.path} sha256 {wheel.sha256}")


if __name__ == "__main__":
    main(sys.argv[1:])
