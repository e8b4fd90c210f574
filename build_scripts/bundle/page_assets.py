"""The last step of the build: scripts and styles joined and made small, what only the build needed taken out.

Also the last look at the pages: one that would leave a reader without 999 stops the build.

Run as `python -m build_scripts.bundle.page_assets SITE_DIR` after MkDocs has written the pages.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from build_scripts import ROOT
from build_scripts.inputs.problems import Problem, report

__all__ = ["main", "without_999"]

ASSETS = ROOT / "site_overrides" / "assets"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
JOINED = ("site.css", "print.css", "area.mjs", "printing.mjs", "search")
"""What is joined into page.mjs, its chunks and style.css, and so not needed on the site by itself."""

DIALS = ("act-now/index.html", "contacts/index.html", "screening/index.html", "404.html")
"""The pages on which 999 itself can be dialled; on any other, one step away is enough."""
_DIALLED = re.compile(r'href="tel:999"')
_ONE_STEP_AWAY = re.compile(r'<a\b[^>]*href="[^"]*act-now/[^"]*"[^>]*>[^<]*999')


def main(site_dir: Path) -> None:
    """Finish a built site in place. Raises SystemExit, with the reason said, where esbuild is missing or fails."""
    if not ESBUILD.exists():
        raise SystemExit(f"{ESBUILD.relative_to(ROOT)} is missing: run `make site`, which installs it, or `npm ci`.")
    if problems := without_999(site_dir):
        raise SystemExit(report(problems, "999 is missing"))
    assets = site_dir / "assets"
    for name in JOINED:
        path = assets / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    _join(
        "page.mjs",
        assets,
        "--splitting",
        "--format=esm",
        "--out-extension:.js=.mjs",
        "--chunk-names=chunks/[name]-[hash]",
    )
    _join("style.css", assets)


def without_999(site_dir: Path) -> list[Problem]:
    """The pages of a built site that do not show 999, or do not lead to it in one step."""
    problems = []
    for page in sorted({*site_dir.rglob("*.html"), *(site_dir / name for name in DIALS)}):
        name = page.relative_to(site_dir).as_posix()
        text = page.read_text("utf-8") if page.exists() else ""
        if not _DIALLED.search(text) and (name in DIALS or not _ONE_STEP_AWAY.search(text)):
            wanted = "999 as a link that dials" if name in DIALS else "999, or a link to Act now that says it"
            mend = "restore {contact: police-emergency} on the page, or the link in site_overrides/main.html"
            problems.append(Problem(name, 0, "no 999" if text else "no such page", wanted, mend))
    return problems


def _join(entry: str, assets: Path, *options: str) -> None:
    """Bundle and minify one file of the theme with all that it imports."""
    command = [
        str(ESBUILD),
        str(ASSETS / entry),
        "--bundle",
        "--minify",
        "--target=es2022,chrome109,firefox115,safari16.4",
    ]
    command += ["--log-level=warning", f"--outdir={assets}", *options]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SystemExit(f"esbuild could not join {entry}: the reason stands above.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m build_scripts.bundle.page_assets SITE_DIR")
    main(Path(sys.argv[1]).resolve())
