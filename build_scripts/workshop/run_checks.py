"""Every check: the tools first, two at a time, the tests last, so that their summary is the last thing printed.

Run as `python -m build_scripts.workshop.run_checks [--without-site]`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_scripts import ROOT

__all__ = ["main"]

PYTHON = sys.executable
BUILD = "build: the site, strictly"
TOOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff: Python's style and likely bugs", (PYTHON, "-m", "ruff", "check", "--quiet", ".")),
    ("mypy: types of the engine and the build", (PYTHON, "-m", "mypy", "--no-error-summary")),
    ("tsc: types of the page's scripts", ("node_modules/.bin/tsc", "--project", "tsconfig.json")),
    ("tsc: types of the worker's script", ("node_modules/.bin/tsc", "--project", "tsconfig.worker.json")),
)


def _run(title: str, command: tuple[str, ...]) -> bool:
    """Run one check, and print what it said once it has ended: two may run at a time."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
    passed = done.returncode == 0
    said = done.stdout.rstrip()
    print(
        f"{said}\n{'ok    ' if passed else 'FAILED'} {title} ({time.monotonic() - started:.1f} s)".lstrip(), flush=True
    )
    return passed


def _failed(*rows: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    """Run rows of checks side by side, each row one after the other; the titles of those that failed."""
    with ThreadPoolExecutor(len(rows)) as pool:
        ran = pool.map(lambda row: [title for title, command in row if not _run(title, command)], rows)
        return [title for failed in ran for title in failed]


def main() -> int:
    """Run every check; answer 0 only where all passed."""
    parser = argparse.ArgumentParser(prog="python -m build_scripts.workshop.run_checks", description="Run every check.")
    parser.add_argument("--without-site", action="store_true", help="only what needs neither browser nor site")
    without_site = parser.parse_args().without_site
    with tempfile.TemporaryDirectory(prefix="cse-site-") as folder:
        site = Path(folder) / "site"
        if without_site:
            return 1 if _failed(TOOLS) else 0
        build = (PYTHON, "-m", "build_scripts.build_site", "--site-dir", str(site))
        validate = ("node_modules/.bin/html-validate", "--formatter", "stylish", f"{site}/**/*.html")
        failed = _failed(((BUILD, build), ("html-validate: the built pages", validate)), TOOLS)
        tests_of: tuple[str, ...] = ("-q", "-n", "2", "--dist", "loadfile")
        if failed:
            print(f"Failed before the tests: {'; '.join(failed)}", flush=True)
        if BUILD in failed:
            print("The tests of the built site are left out: there is none.", flush=True)
            tests_of += ("--ignore=tests/browser", "--ignore=tests/site")
        tests = subprocess.run(
            (PYTHON, "-m", "pytest", *tests_of),
            cwd=ROOT,
            env={**os.environ, "SITE_DIR": str(site)},
            check=False,
            stdin=subprocess.DEVNULL,
        ).returncode
        return tests or (1 if failed else 0)


if __name__ == "__main__":
    sys.exit(main())
