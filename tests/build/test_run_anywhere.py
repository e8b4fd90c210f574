"""The checks as on other machines: the day, the time zone, the language and the fonts are that machine's."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from build_scripts.workshop.run_anywhere import MACHINES, Machine, as_on, environment, unlike

WITHOUT, WITH = (Machine("2031-03-04", liberation) for liberation in (False, True))
ASK = "import os; print(os.environ['TZ'], os.environ['LANG'], os.environ['LC_ALL'], 'SOURCE_DATE_EPOCH' in os.environ)"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs of our own, found before the machine's."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


def _program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


def test_a_program_runs_in_aucklands_time_and_in_no_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing of the caller's own zone, language or day of the build is handed on."""
    for name, value in (("TZ", "Europe/London"), ("LC_ALL", "de_DE.UTF-8"), ("SOURCE_DATE_EPOCH", "0")):
        monkeypatch.setenv(name, value)
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=environment(WITH, tmp_path), capture_output=True, encoding="utf-8", check=True
    )
    assert asked.stdout == "Pacific/Auckland C C False\n"


def test_a_machine_without_arial_hides_every_font_of_its_width(tmp_path: Path):
    """The fonts of the machine stay but for those that would break lines where Arial does."""
    hidden = {}
    for machine in (WITH, WITHOUT):
        fonts = ET.parse(environment(machine, tmp_path)["FONTCONFIG_FILE"]).getroot()  # noqa: S314 (our own file)
        assert fonts.findtext("include") == "/etc/fonts/fonts.conf"
        hidden[machine] = {one.text for one in fonts.iterfind("selectfont/rejectfont/pattern/patelt/string")}
    assert hidden[WITH] == set()
    assert {"Arial", "Liberation Sans"} <= hidden[WITHOUT]


def test_what_does_not_work_on_this_machine_is_told_before_any_check(programs: Path):
    """Checks on a day that is today's, in a zone that is not known, with fonts that are not hidden prove nothing."""
    _program(programs, "faketime", "echo 2026-11-27 UTC")
    _program(programs, "fc-match", "printf 'Liberation Sans'")
    assert unlike(WITHOUT, dict(os.environ)) == [
        "the day is 2026-11-27, wanted 2031-03-04",
        "the time zone is UTC, wanted Pacific/Auckland",
        "Arial is shown in Liberation Sans, wanted none of its width",
    ]
    _program(programs, "faketime", 'echo "${1%% *}" NZDT')
    assert unlike(WITH, dict(os.environ)) == []


def test_ci_runs_as_on_one_of_the_machines():
    """The day that .ci/run names is one that the command knows, and the command gets it."""
    run = Path(__file__).parents[2].joinpath(".ci", "run").read_text("utf-8")
    assert any(f"make test-anywhere DAYS={machine.day} " in run for machine in MACHINES)
    assert as_on(WITH, ["sh"]) == ["faketime", "2031-03-04 09:00:00", "sh"]
