"""Packing what the reader's browser runs: the Python runtime, a trimmed standard library, and the engine's wheel.

Run as `python -m build_scripts.bundle.assemble [FOLDER]`, after the rules are compiled. Made again only when something
that goes into it has changed. All comes from the npm package `pyodide` and micropip's wheel; nothing is fetched here.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_scripts import ROOT
from build_scripts.bundle.published_engines import PUBLISHED, PublishedEngine, imports_of, read_published
from build_scripts.bundle.runtime.profile_cases import PROFILE_CASES
from build_scripts.bundle.wheel import EngineWheel, build_wheel
from build_scripts.inputs.problems import report

__all__ = ["build_bundle", "lay_out_published"]

HERE = Path(__file__).parent / "runtime"
PYODIDE = ROOT / "node_modules" / "pyodide"
MICROPIP = ROOT / ".venv" / "browser-wheels"
FULL_LIBRARY = "python_stdlib.zip"
TRIMMED_LIBRARY = "python_trimmed.zip"
COMPILED_ENGINE = "compiled.zip"
FROM_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", FULL_LIBRARY)
ELSEWHERE = "https://cdn.jsdelivr.net/pyodide/v"
"""Where Pyodide would look for packages. The site tells it otherwise, and takes the address out as well."""
LICENCES = """\
What this folder holds beside the engine, and its licences

Pyodide {pyodide} (pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm): Mozilla Public License 2.0.
Source: the project pyodide/pyodide on GitHub, tag {pyodide}.
Changed here: the default address of its package server is taken out of pyodide.mjs.

Python {python} and its standard library (inside pyodide.asm.wasm, python_stdlib.zip and python_trimmed.zip):
the PSF licence agreement, Python Software Foundation. python_trimmed.zip holds a part of it, compiled.

micropip {micropip} (inside python_trimmed.zip, compiled): Mozilla Public License 2.0.
Source: the project pyodide/micropip on GitHub.

The engine (cse_pathway): MIT, licence inside its wheel.
"""


def build_bundle(folder: Path) -> dict[str, Any]:
    """Make `folder` hold what goes to the site's assets/engine/, and give its manifest.

    The manifest says where the runtime is, what the engine's wheel must hash to, and which published engines there are
    by the SHA-256 of their rules. Raises SystemExit when set-up is missing something, when engine/published does not
    hold together, or when packing fails.
    """
    wheel = build_wheel(ROOT / "build" / "wheel")
    published, problems = read_published()
    if problems:
        raise SystemExit(report(problems, "engine/published does not hold together"))
    micropip = _micropip()
    key = _key(wheel, published, micropip)
    made = folder / "manifest.json"
    if made.is_file():
        manifest: dict[str, Any] = json.loads(made.read_text("utf-8"))
        if manifest["made_from"] == key:
            return manifest
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="packing-") as work:
        _pack(wheel, published, micropip, Path(work))
        manifest = _lay_out(folder, wheel, Path(work), _versions(micropip), key)
        lay_out_published(folder, manifest, published)
        _write_manifest(folder, manifest)
    print(f"engine {manifest['engine']['version']}, Pyodide {manifest['versions']['pyodide']}: packed into {folder}")
    return manifest


def _micropip() -> Path:
    wheels = sorted(MICROPIP.glob("micropip-*.whl"))
    if len(wheels) != 1 or not (PYODIDE / FULL_LIBRARY).is_file():
        raise SystemExit("No Pyodide or no micropip here (node_modules, .venv/browser-wheels). Set up: make site")
    return wheels[0]


def _versions(micropip: Path) -> dict[str, str]:
    return {
        "pyodide": json.loads((PYODIDE / "package.json").read_text("utf-8"))["version"],
        "python": json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))["info"]["python"],
        "micropip": micropip.name.split("-")[1],
    }


def _key(wheel: EngineWheel, published: tuple[PublishedEngine, ...], micropip: Path) -> str:
    """What the bundle is made from, as one SHA-256."""
    parts = [wheel.sha256, *map(str, published), json.dumps(_versions(micropip)), *PROFILE_CASES]
    for file in sorted([*HERE.glob("*.py"), *HERE.glob("*.mjs"), Path(__file__), micropip]):
        parts.append(hashlib.sha256(file.read_bytes()).hexdigest())
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def _pack(wheel: EngineWheel, published: tuple[PublishedEngine, ...], micropip: Path, work: Path) -> None:
    """Write the trimmed library, which serves the published engines as well, and the compiled engine into `work`."""
    modules = {name: str(HERE / name) for name in ("engine_door.py", "pack_library.py")}
    with zipfile.ZipFile(micropip) as library:
        for name in library.namelist():
            if name.endswith(".py"):
                modules[name] = library.extract(name, work)
    order: dict[str, Any] = {
        "wheel": str(wheel.path),
        "address": f"https://site.invalid/{wheel.path.name}",
        "sha256": wheel.sha256,
        "cases": PROFILE_CASES,
        "also": sorted({name for engine in published for name in imports_of(PUBLISHED / engine.wheel)}),
        "modules": modules,
        "full": str(PYODIDE / FULL_LIBRARY),
        "trimmed": str(work / TRIMMED_LIBRARY),
        "compiled": str(work / COMPILED_ENGINE),
        "lock": _lock(),
    }
    (work / "order.json").write_text(json.dumps(order), "utf-8")
    command = ("node", str(HERE / "pack_library.mjs"), str(work / "order.json"))
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"The standard library could not be packed (pack_library.mjs):\n{run.stdout}{run.stderr}")


def _lock() -> dict[str, Any]:
    """Pyodide's list of packages, with none: all that it needs is packed, and it has nowhere to ask for more."""
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))["info"]
    return {"info": info, "packages": {}}


def _lay_out(folder: Path, wheel: EngineWheel, work: Path, versions: dict[str, str], key: str) -> dict[str, Any]:
    """Lay out the files, each set in a folder named by version and content: what did not change keeps its address."""
    scripts = {name: (PYODIDE / name).read_bytes() for name in FROM_PYODIDE}
    scripts["pyodide.mjs"] = _without_addresses(scripts["pyodide.mjs"])
    compiled = (work / COMPILED_ENGINE).read_bytes()
    engine = {wheel.path.name: wheel.path.read_bytes(), COMPILED_ENGINE: compiled}
    runtime = _write(folder, f"runtime/{versions['pyodide']}", scripts)
    library = _write(folder, f"library/{versions['python']}", {TRIMMED_LIBRARY: (work / TRIMMED_LIBRARY).read_bytes()})
    wheels = _write(folder, f"wheels/{wheel.version}", engine)
    manifest: dict[str, Any] = {
        "engine": {
            "version": wheel.version,
            "wheel": wheels + wheel.path.name,
            "sha256": wheel.sha256,
            "compiled": wheels + COMPILED_ENGINE,
            "compiled_sha256": hashlib.sha256(compiled).hexdigest(),
        },
        "published": {},
        "runtime": runtime,
        "library": library + TRIMMED_LIBRARY,
        "full_library": runtime + FULL_LIBRARY,
        "lock": _lock(),
        "versions": versions,
        "made_from": key,
    }
    (folder / "LICENCES.txt").write_text(LICENCES.format_map(versions), "utf-8")
    return manifest


def lay_out_published(
    folder: Path, manifest: dict[str, Any], published: tuple[PublishedEngine, ...], source: Path = PUBLISHED
) -> None:
    """Copy the published wheels below `folder` and list them in `manifest`, by the SHA-256 of their rules."""
    for engine in published:
        place = folder / "published" / engine.wheel
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / engine.wheel, place)
        manifest["published"][engine.rules_sha256] = {
            "rules": engine.rules,
            "wheel": f"published/{engine.wheel}",
            "sha256": engine.wheel_sha256,
        }


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, indent=2)
    (folder / "manifest.mjs").write_text(f"export const MANIFEST = {text};\n", "utf-8")
    (folder / "manifest.json").write_text(text + "\n", "utf-8")  # last: it says that all the rest is there


def _write(folder: Path, place: str, files: Mapping[str, bytes]) -> str:
    """Write files below `place`, with the first digits of what they hash to added to its name; gives that name."""
    content = hashlib.sha256()
    for name, data in sorted(files.items()):
        content.update(name.encode("ascii") + hashlib.sha256(data).digest())
    place = f"{place}-{content.hexdigest()[:12]}/"
    (folder / place).mkdir(parents=True)
    for name, data in files.items():
        (folder / place / name).write_bytes(data)
    return place


def _without_addresses(script: bytes) -> bytes:
    text = script.decode("utf-8")
    if ELSEWHERE not in text:
        raise SystemExit(f"pyodide.mjs no longer names {ELSEWHERE}: see what it asks instead, and correct {__file__}")
    lines = text.replace(ELSEWHERE, "./v").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("//# sourceMappingURL=")).encode("utf-8")


def main(arguments: list[str]) -> None:
    """Pack into the folder named by the first argument, or into build/engine."""
    build_bundle(Path(arguments[0]) if arguments else ROOT / "build" / "engine")


if __name__ == "__main__":
    main(sys.argv[1:])
