"""Set-up: what is missing is said at once, with how to get it; what is pinned names no address."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SET_UP = ROOT / "build_scripts" / "workshop" / "set_up.sh"
ORDINARY = ("sed", "rm", "sh")


def _machine(folder: Path, programs: dict[str, str]) -> dict[str, str]:
    """An environment with only the programs given (name: shell script) and a few ordinary ones."""
    for name in ORDINARY:
        (folder / name).symlink_to(Path("/bin") / name)
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder)}


def _set_up(where: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", SET_UP], cwd=where, env=environment, capture_output=True, text=True, check=False)


def test_a_bare_machine_is_told_all_that_is_missing_at_once(tmp_path: Path) -> None:
    """Nobody should install one thing only to learn of the next."""
    done = _set_up(tmp_path, _machine(tmp_path, {}))
    assert done.returncode == 1
    assert done.stdout == ""
    for wanted in (
        "Python 3.11 or later",
        "Node.js 20 or later",
        "npm",
        "found: none",
        "apt-get install",
        "nodejs.org",
    ):
        assert wanted in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_programs_that_are_too_old_are_named_with_the_version_found(tmp_path: Path) -> None:
    """Too old is another fault than missing, and is said so."""
    old_python = 'case "$2" in *sys.exit*) exit 1;; *) echo 3.9;; esac'
    programs = {"python3": old_python, "node": "echo v18.19.0", "npm": "echo 10"}
    done = _set_up(tmp_path, _machine(tmp_path, programs))
    assert done.returncode == 1
    assert "found: Python 3.9 (python3)" in done.stderr
    assert "found: v18.19.0" in done.stderr
    assert "- npm" not in done.stderr


def test_a_python_without_venv_is_told_which_package_brings_it(tmp_path: Path) -> None:
    """Debian's python3 comes without venv: its message alone has sent many people the wrong way."""
    without_venv = 'case "$2" in *ensurepip*) exit 1;; *version_info\\[:2\\]*) echo 3.12;; esac'
    done = _set_up(tmp_path, _machine(tmp_path, {"python3": without_venv, "node": "echo v22.1.0", "npm": "echo 10"}))
    assert done.returncode == 1
    assert "Python's venv module" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
    assert "Node.js" not in done.stderr


@pytest.mark.parametrize("system", ["MINGW64_NT-10.0-22631", "MSYS_NT-10.0-22631", "CYGWIN_NT-10.0-22631"])
def test_on_windows_set_up_says_that_it_needs_wsl(tmp_path: Path, system: str) -> None:
    """Git Bash and its like run the script; a traceback about `fcntl` twenty minutes later would help nobody."""
    programs = {"uname": f"echo {system}", "python3": "echo 3.12", "node": "echo v22.1.0", "npm": "echo 10"}
    done = _set_up(tmp_path, _machine(tmp_path, programs))
    assert done.returncode == 1
    assert f"found: Windows ({system})" in done.stderr
    assert "wsl --install" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_build_by_windows_own_python_says_that_it_needs_wsl() -> None:
    """Python there has no `fcntl`."""
    without = "import sys; sys.modules['fcntl'] = None; import build_scripts.build_site"
    done = subprocess.run([sys.executable, "-c", without], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "WSL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["site.txt", "dev.txt", "browser.txt"])
def test_every_python_package_is_pinned_with_hashes_and_no_address(name: str) -> None:
    """The same packages everywhere, from whatever index a machine uses."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    pinned = re.split(r"\n(?=[a-z])", text.strip())
    assert pinned
    for package in pinned:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ \\\n", package), package
        assert "--hash=sha256:" in package


def test_every_npm_package_is_locked_with_its_integrity_and_no_address() -> None:
    """What a package is, never where it was fetched from."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {name for name, entry in packages.items() if "integrity" not in entry} == set()
    assert {name for name, entry in packages.items() if "resolved" in entry} == set()
