"""The engine's wheel and what goes to the browser with it."""

import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from build_scripts.bundle.wheel import EngineWheel, build_wheel
from build_scripts.bundle.published_engines import read_published
from build_scripts.bundle.assemble import build_bundle

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {".mjs", ".json", ".txt"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> EngineWheel:
    """The wheel, freshly built."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def bundle() -> Path:
    """The bundle of the last build, or a new one where something changed since."""
    folder = ROOT / "build" / "engine"
    build_bundle(folder)
    return folder


def _manifest(bundle: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((bundle / "manifest.json").read_text("utf-8"))
    return manifest


def test_the_same_sources_give_the_same_wheel(wheel: EngineWheel, tmp_path: Path) -> None:
    """Whoever builds it can hold their bytes against the site's."""
    again = build_wheel(tmp_path)
    assert again.path.read_bytes() == wheel.path.read_bytes()
    assert again.sha256 == sha256(wheel.path.read_bytes()).hexdigest()


def test_the_wheel_leaves_the_day_of_the_build_to_the_caller(
    wheel: EngineWheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own time stamp stays its own: it neither sets SOURCE_DATE_EPOCH for what is built after it, nor reads it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    build_wheel(tmp_path / "unset")
    assert "SOURCE_DATE_EPOCH" not in os.environ
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert build_wheel(tmp_path / "set").sha256 == wheel.sha256
    assert os.environ["SOURCE_DATE_EPOCH"] == "1800000000"


def test_the_wheel_is_pure_python_without_dependencies_and_carries_the_rule_book(wheel: EngineWheel) -> None:
    """One file to install anywhere: no compiled code, nothing else to fetch."""
    assert wheel.path.name == f"cse_pathway-{wheel.version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel.path) as built:
        names = built.namelist()
        metadata = built.read(next(name for name in names if name.endswith("/METADATA"))).decode("utf-8")
        scripts = built.read(next(name for name in names if name.endswith("/entry_points.txt"))).decode("utf-8")
        rules = json.loads(built.read("cse_pathway/rulebook.json"))
    assert "Requires-Dist" not in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert "cse-pathway=cse_pathway.cli:main" in scripts
    assert rules["version"] in (ROOT / "engine" / "rules" / "version.toml").read_text("utf-8")
    assert {Path(name).suffix for name in names if name.startswith("cse_pathway/")} == {".py", ".json", ".typed"}


def test_the_manifest_names_files_that_are_there_and_hash_to_what_it_says(bundle: Path) -> None:
    """The page trusts the manifest, and nothing that departs from it."""
    manifest = _manifest(bundle)
    engine = manifest["engine"]
    assert sha256((bundle / engine["wheel"]).read_bytes()).hexdigest() == engine["sha256"]
    assert sha256((bundle / engine["compiled"]).read_bytes()).hexdigest() == engine["compiled_sha256"]
    for path in (manifest["library"], manifest["full_library"], f"{manifest['runtime']}pyodide.asm.wasm"):
        assert (bundle / path).is_file()
    assert (bundle / "manifest.mjs").read_text("utf-8").removeprefix("export const MANIFEST = ").rstrip(";\n") == (
        json.dumps(manifest, indent=2)
    )


def test_every_published_engine_is_in_the_bundle_by_the_hash_of_its_rules(bundle: Path) -> None:
    """What engine/published lists goes to the site, whole: a record of those rules opens there."""
    published, problems = read_published()
    assert problems == []
    found = _manifest(bundle)["published"]
    assert {rules: entry["sha256"] for rules, entry in found.items()} == {
        engine.rules_sha256: engine.wheel_sha256 for engine in published
    }
    for entry in found.values():
        assert sha256((bundle / entry["wheel"]).read_bytes()).hexdigest() == entry["sha256"]


def test_no_text_of_the_bundle_names_an_outside_address(bundle: Path) -> None:
    """Nothing here can ask another server: Pyodide's own default is taken out."""
    for file in bundle.rglob("*"):
        if file.suffix in TEXTS and file.name != "pyodide.asm.mjs":
            assert "://" not in file.read_text("utf-8").replace("file://", "").replace('"://"', ""), file


def test_the_trimmed_library_is_much_smaller_and_knows_what_it_leaves_out(bundle: Path) -> None:
    """Every module is packed, or known by name to be in the full library; the engine comes by its wheel only."""
    manifest = _manifest(bundle)
    with (
        zipfile.ZipFile(bundle / manifest["library"]) as trimmed,
        zipfile.ZipFile(bundle / manifest["full_library"]) as full,
    ):
        left_out = set(trimmed.read("full_library.txt").decode("ascii").split())
        packed = {name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for name in trimmed.namelist()}
        sources = {
            name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            for name in full.namelist()
            if name.endswith(".py")
        }
    assert left_out.isdisjoint(packed)
    assert sources <= left_out | packed
    assert len(packed) < len(sources) / 2
    assert {"micropip", "engine_door"} <= packed
    assert [name for name in packed if name.startswith("cse_pathway")] == []
