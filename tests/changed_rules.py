"""The engine as it may be one day: its wheel with rules of a later version, which decide otherwise."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from build_scripts.bundle.wheel import EngineWheel
from cse_pathway.rulebook import sha256_of

VERSION = "2031.1.1"
DAY = "2031-01-15"


def changed(rules: dict[str, Any], version: str = VERSION) -> dict[str, Any]:
    """The rules of a later version: they no longer ask anybody to refer to MASH with the tool."""
    later = {**rules, "version": version, "published": DAY}
    later["actions"] = [action for action in rules["actions"] if action["id"] != "refer-to-mash-with-tool"]
    assert len(later["actions"]) < len(rules["actions"]), "nothing was changed"
    return {**later, "sha256": sha256_of(later)}


def changed_wheel(wheel: Path, folder: Path, version: str = VERSION) -> EngineWheel:
    """The same engine in a wheel of its own, with changed rules; written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / wheel.name
    with zipfile.ZipFile(wheel) as built, zipfile.ZipFile(path, "w") as made:
        for name in built.namelist():
            data = built.read(name)
            if name == "cse_pathway/rulebook.json":
                data = json.dumps(changed(json.loads(data), version)).encode("ascii")
            made.writestr(name, data)
    return EngineWheel(path, wheel.name.split("-")[1], sha256(path.read_bytes()).hexdigest())
