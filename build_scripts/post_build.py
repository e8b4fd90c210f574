"""The last step of the build: scripts and styles joined and made small, what only the build needed taken out.

Run as `python -m build_scripts.post_build SITE_DIR` after MkDocs has written the pages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "site_overrides" / "assets"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
JOINED = ("site.css", "print.css", "area.mjs", "printing.mjs", "search")
"""What is joined into page.mjs, its chunks and style.css, and so not needed on the site by itself."""


def main(site_dir: Path) -> None:
    """Finish a built site in place. Raises SystemExit, with the reason said, where esbuild is missing or fails."""
    if not ESBUILD.exists():
        raise SystemExit(f"{ESBUILD.relative_to(ROOT)} is missing: run `make site`, which installs it, or `npm ci`.")
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
        raise SystemExit("usage: python -m build_scripts.post_build SITE_DIR")
    main(Path(sys.argv[1]).resolve())
