"""Every check: the tools first, the tests last, so that their summary is the last thing printed.

Run as `python -m build_scripts.run_checks [--without-site]`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BUILD = "build: the site, strictly"
TOOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff: Python's style and likely bugs", (PYTHON, "-m", "ruff", "check", "--quiet", ".")),
    ("mypy: types of the engine and the build", (PYTHON, "-m", "mypy", "--no-error-summary")),
    ("tsc: types of the page's scripts", ("node_modules/.bin/tsc", "--project", "tsconfig.json")),
    ("tsc: types of the worker's script", ("node_modules/.bin/tsc", "--project", "tsconfig.worker.json")),
)


def _run(title: str, command: tuple[str, ...]) -> bool:
    started = time.monotonic()
    passed = subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {title} ({time.monotonic() - started:.1f} s)", flush=True)
    return passed


def main() -> int:
    """Run every check; answer 0 only where all passed."""
    parser = argparse.ArgumentParser(prog="python -m build_scripts.run_checks", description="Run every check.")
    parser.add_argument("--without-site", action="store_true", help="only what needs neither browser nor site")
    without_site = parser.parse_args().without_site
    with tempfile.TemporaryDirectory(prefix="cse-site-") as folder:
        site = Path(folder) / "site"
        checks = list(TOOLS)
        if not without_site:
            build = (PYTHON, "-m", "build_scripts.build_site", "--site-dir", str(site))
            validate = ("node_modules/.bin/html-validate", "--formatter", "stylish", f"{site}/**/*.html")
            checks += [(BUILD, build), ("html-validate: the built pages", validate)]
        failed = [title for title, command in checks if not _run(title, command)]
        if without_site:
            return 1 if failed else 0
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
