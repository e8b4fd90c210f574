"""Building the whole site, in the one order that holds: rules, wheel, runtime, pages, what comes after the pages.

Run as `python -m build_scripts.build_site [--site-dir DIR]`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

try:
    import fcntl
except ModuleNotFoundError as error:
    raise SystemExit("This builds on Linux and macOS. On Windows, run it in WSL (README.md, See it).") from error

from build_scripts import ROOT
from build_scripts.bundle import page_assets as post_build
from build_scripts.bundle.assemble import build_bundle
from build_scripts.inputs.dates import NoBuildDayError, build_day
from build_scripts.proofs import prove as prove_rules

__all__ = ["build_pages", "build_site"]

BUNDLE = ROOT / "build" / "engine"
"""The engine and its runtime as they go to the site; MkDocs' hooks may read `manifest.json` there."""


def build_site(site_dir: Path) -> None:
    """Build the site into `site_dir`, which is emptied first. Raises SystemExit, saying why, when a step fails."""
    try:
        build_day()
    except NoBuildDayError as error:
        raise SystemExit(str(error)) from error
    BUNDLE.parent.mkdir(exist_ok=True)
    with (BUNDLE.parent / "one-build-at-a-time.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # builds for different folders share the compiled rules and the bundle
        if prove_rules.main() != 0:
            raise SystemExit(1)
        build_bundle(BUNDLE)
        build_pages(site_dir)
        shutil.copytree(BUNDLE, site_dir / "assets" / "engine", dirs_exist_ok=True)
        post_build.main(site_dir)


def build_pages(site_dir: Path, config: Path = ROOT / "mkdocs.yml") -> None:
    """Build the pages that `config` names into `site_dir`, and print what MkDocs says of them, its progress apart.

    Raises SystemExit where MkDocs warns of anything. Its own `--quiet` is not for us: it stops the count of warnings
    that `--strict` goes by.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(config), "--site-dir", str(site_dir)]
    # The root is on the path, so that hooks can import build_scripts.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    sys.stderr.writelines(line for line in done.stderr.splitlines(keepends=True) if not line.startswith("INFO "))
    if done.returncode != 0:
        raise SystemExit("The pages could not be built (mkdocs build --strict): the reasons stand above.")


def main() -> None:
    """Build the site and say where it is and how long that took."""
    parser = argparse.ArgumentParser(prog="python -m build_scripts.build_site", description="Build the site.")
    parser.add_argument("--site-dir", type=Path, default=Path("site"), help="where to (default: site)")
    site_dir = parser.parse_args().site_dir.resolve()
    started = time.monotonic()
    build_site(site_dir)
    print(f"Built {site_dir} in {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
