"""Every check as on another machine on another day: time zone, language, fonts and day are not those of this one.

Run as `python -m build_scripts.workshop.run_anywhere [DAY ...]`: the machines of those days, or all, one by one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from build_scripts import ROOT
from build_scripts.workshop.browsers import install_from_debian

__all__ = ["MACHINES", "Machine", "main"]

ZONE = "Pacific/Auckland"
CLOCK = "09:00:00"
"""The time in Auckland when the checks begin: in England it is still the day before."""
LIKE_ARIAL = ("Arial", "Arimo", "Helvetica", "Liberation Mono", "Liberation Sans", "Liberation Serif", "Nimbus Sans")
"""What the style sheets ask for and what stands in for it: Liberation is as wide as Arial, to the letter."""


class Machine(NamedTuple):
    """A machine on which the checks must pass."""

    day: str
    """The day, YYYY-MM-DD: its clock goes on from there."""
    liberation: bool
    """Whether it has the fonts that stand in for Arial."""


MACHINES = (Machine("2027-06-15", False), Machine("2028-02-29", True), Machine("2029-01-02", False))
"""After the first reviews are due; a leap day; a year whose bank holidays are not published. The fonts take turns."""


def _said(command: list[str], environment: dict[str, str] | None = None) -> str:
    return subprocess.run(
        command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout.strip()


def _missing() -> list[str]:
    """Debian's packages that the checks need and that are not there."""
    fonts = _said(["fc-match", "Liberation Sans"]) if shutil.which("fc-match") else ""
    is_there = {
        "faketime": shutil.which("faketime"),
        "fontconfig": fonts,
        "fonts-liberation": "Liberation" in fonts,
        "tzdata": Path("/usr/share/zoneinfo", ZONE).is_file(),
    }
    return [package for package, found in is_there.items() if not found]


def as_on(machine: Machine, command: list[str]) -> list[str]:
    """A command that runs another with the machine's clock."""
    return ["faketime", f"{machine.day} {CLOCK}", *command]


def environment(machine: Machine, folder: Path) -> dict[str, str]:
    """The machine's time zone, language and fonts; what describes its fonts is written into the folder."""
    hidden = "".join(
        f'<pattern><patelt name="family"><string>{escape(family)}</string></patelt></pattern>'
        for family in (() if machine.liberation else LIKE_ARIAL)
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"<selectfont><rejectfont>{hidden}</rejectfont></selectfont>\n</fontconfig>\n",
        "utf-8",
    )
    own = {"TZ": ZONE, "LANG": "C", "LC_ALL": "C", "FONTCONFIG_FILE": str(fonts)}
    return {**{name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}, **own}


def unlike(machine: Machine, given: dict[str, str]) -> list[str]:
    """What is not as the machine should have it, where the environment that was given does not work here."""
    ask = "import time; print(time.strftime('%Y-%m-%d', time.localtime()), time.strftime('%Z'))"
    day, zone = _said(as_on(machine, [sys.executable, "-c", ask]), given).split()
    font = _said(["fc-match", "--format", "%{family}", "Arial"], given)
    wrong = [] if day == machine.day else [f"the day is {day}, wanted {machine.day}"]
    wrong += [] if zone in ("NZST", "NZDT") else [f"the time zone is {zone}, wanted {ZONE}"]
    if any(name in font for name in LIKE_ARIAL) != machine.liberation:
        wrong.append(f"Arial is shown in {font}, wanted {'one' if machine.liberation else 'none'} of its width")
    return wrong


def _checked_as_on(machine: Machine) -> bool:
    fonts = "with" if machine.liberation else "without"
    title = f"{machine.day} in Auckland, language C, {fonts} Arial or the like"
    print(f"Every check as on {title}", flush=True)
    with tempfile.TemporaryDirectory(prefix="cse-machine-") as folder:
        given = environment(machine, Path(folder))
        if wrong := unlike(machine, given):
            print(f"FAILED {title}: {'; '.join(wrong)}", file=sys.stderr)
            return False
        checks = as_on(machine, [sys.executable, "-m", "build_scripts.workshop.run_checks"])
        passed = subprocess.run(checks, cwd=ROOT, env=given, check=False).returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {title}", flush=True)
    return passed


def main() -> int:
    """Run the checks as on each machine; answer 0 only where all passed on all."""
    parser = argparse.ArgumentParser(description="Run every check.")
    days = [machine.day for machine in MACHINES]
    parser.add_argument("day", nargs="*", help=f"as on the machines of these days alone (default: {' '.join(days)})")
    wanted = parser.parse_args().day
    if unknown := set(wanted) - set(days):
        parser.error(f"no machine has the day {', '.join(sorted(unknown))}. Choose of {', '.join(days)}.")
    if missing := _missing():
        install_from_debian(missing, "what the checks as on other machines need")
    if missing := _missing():
        packages = " ".join(missing)
        print(f"Missing on this machine: {packages}", file=sys.stderr)
        print(f"Get it: 'sudo apt-get install {packages}' (Debian)", file=sys.stderr)
        return 1
    passed = [_checked_as_on(machine) for machine in MACHINES if not wanted or machine.day in wanted]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
