"""Finding a Chromium for the browser tests, and installing Debian's where there is none.

Run as `python -m build_scripts.chromium`: prints where it is, installs it if need be.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["FLAGS", "find_chromium"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How the tests start it: with nothing of its own going over the network."""


def find_chromium() -> Path | None:
    """The Chromium of this machine: the one named by the variable CHROMIUM, or the first with a usual name."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((place for place in PLACES if place.is_file()), None)


def _install() -> None:
    become_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    print("No Chromium is on this machine: installing Debian's for the tests (apt-get install chromium)", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(
            [*become_root, *command],
            check=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def main() -> int:
    """Make sure that a Chromium is there; answer 1, and say how to get one, where it cannot be had."""
    named = os.environ.get("CHROMIUM")
    if named and not find_chromium():
        print(f"CHROMIUM names {named}, and no such file is there. Correct it, or unset it.", file=sys.stderr)
        return 1
    if not find_chromium() and shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo")):
        try:
            _install()
        except subprocess.CalledProcessError as failed:
            print(f"'{' '.join(failed.cmd)}' failed with exit code {failed.returncode}.", file=sys.stderr)
    if not find_chromium():
        print(
            "The browser tests need Chromium or Chrome, and none was found.\n"
            "Get it: 'sudo apt-get install chromium' (Debian), or install Chrome, or name it: CHROMIUM=/path make test",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
