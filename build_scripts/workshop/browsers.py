"""Finding the browsers of the tests, Chromium and Firefox, and installing Debian's where there is none.

Run as `python -m build_scripts.workshop.browsers`: installs what is missing, says how to get what cannot be installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

__all__ = ["FLAGS", "find_chromium", "find_firefox", "install_from_debian"]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How the tests start Chromium: with nothing of its own going over the network."""


class _Kind(NamedTuple):
    """A browser that the tests need."""

    name: str
    variable: str
    """The variable that names another than the one found."""
    commands: tuple[str, ...]
    places: tuple[Path, ...]
    package: str
    """Debian's package."""


CHROMIUM = _Kind(
    "Chromium or Chrome",
    "CHROMIUM",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    (
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    ),
    "chromium",
)
FIREFOX = _Kind(
    "Firefox",
    "FIREFOX",
    ("firefox-esr", "firefox"),
    (Path("/Applications/Firefox.app/Contents/MacOS/firefox"),),
    "firefox-esr",
)


def find_chromium() -> Path | None:
    """The Chromium of this machine: the one named by the variable CHROMIUM, or the first with a usual name."""
    return _find(CHROMIUM)


def find_firefox() -> Path | None:
    """The Firefox of this machine: the one named by the variable FIREFOX, or the first with a usual name."""
    return _find(FIREFOX)


def _find(kind: _Kind) -> Path | None:
    named = os.environ.get(kind.variable)
    if named:
        return Path(named) if Path(named).is_file() else None
    for command in kind.commands:
        found = shutil.which(command)
        if found:
            return Path(found)
    return next((place for place in kind.places if place.is_file()), None)


def install_from_debian(packages: list[str], why: str) -> None:
    """Install Debian's packages where this machine can; who called looks whether they are there afterwards."""
    if not (shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo"))):
        return
    become_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    print(f"Installing {why} (apt-get install {' '.join(packages)})", flush=True)
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            [*become_root, *command],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        if done.returncode:
            print(f"'{' '.join(done.args)}' failed with exit code {done.returncode}.", file=sys.stderr)
            return


def main() -> int:
    """Make sure that both are there; answer 1, and say how to get what cannot be had."""
    named = [kind for kind in (CHROMIUM, FIREFOX) if os.environ.get(kind.variable) and not _find(kind)]
    for kind in named:
        found = os.environ[kind.variable]
        print(f"{kind.variable} names {found}, and no such file is there. Correct it, or unset it.", file=sys.stderr)
    if named:
        return 1
    missing = [kind for kind in (CHROMIUM, FIREFOX) if not _find(kind)]
    if missing:
        install_from_debian([kind.package for kind in missing], "Debian's browsers for the tests")
    missing = [kind for kind in missing if not _find(kind)]
    for kind in missing:
        print(
            f"The browser tests need {kind.name}, and none was found.\n"
            f"Get it: 'sudo apt-get install {kind.package}' (Debian), or install it yourself, "
            f"or name it: {kind.variable}=/path make test",
            file=sys.stderr,
        )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
