"""Publishing today's rules: their wheel goes into engine/published, so that their records open when they have changed.

Run as `make publish` before each release. A version that was released keeps its rules for good: where the rules differ,
raise the version in engine/rules/version.toml. One that nobody outside has seen may be replaced:
`make publish PUBLISH=--replace`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from build_scripts.bundle.published_engines import INDEX, PUBLISHED, PublishedEngine, read_published, rules_in
from build_scripts.bundle.wheel import EngineWheel, build_wheel
from build_scripts.inputs.problems import report

__all__ = ["NotPublished", "publish"]

HEAD = """\
# The rule sets that were published, and the engine that decides by each. Written by `make publish`: see
# build_scripts/bundle/publish_engine.py. A record names its rules by version and SHA-256; the site opens it with this.
"""


class NotPublished(Exception):
    """Why today's rules were not published, and what to do."""


def publish(wheel: EngineWheel, folder: Path = PUBLISHED, *, replace: bool = False) -> str:
    """Add a wheel to the published ones of a folder; gives what was done, in words.

    With `replace`, a wheel of the same version gives way. Raises NotPublished where the folder does not hold together,
    where the version was published with other rules, and where these rules were published under another version.
    """
    before, problems = read_published(folder)
    if problems:
        raise NotPublished(report(problems, f"{folder.name}/ does not hold together"))
    version, sha256, day = rules_in(wheel.path)
    new = PublishedEngine(version, sha256, f"{version}/{wheel.path.name}", wheel.sha256, day)
    same = next((engine for engine in before if engine.rules == version), None)
    if same == new:
        return f"Rules {version} are published already."
    if same and not replace:
        what = "other rules" if same.rules_sha256 != sha256 else "the same rules in another wheel"
        raise NotPublished(
            f"Version {version} is published with {what} ({same.rules_sha256[:12]}, wheel {same.wheel_sha256[:12]}).\n"
            "Where it was released, raise the version in engine/rules/version.toml and run this again.\n"
            "Where nobody outside has seen it yet: make publish PUBLISH=--replace"
        )
    for other in before:
        if other.rules_sha256 == sha256 and other.rules != version:
            raise NotPublished(f"These very rules are published already, as version {other.rules}.")
    _write(wheel.path, new, [engine for engine in before if engine.rules != version], folder)
    return f"Rules {version} ({sha256[:12]}) are {'published anew' if same else 'published'}: {new.wheel}"


def _write(wheel: Path, new: PublishedEngine, others: list[PublishedEngine], folder: Path) -> None:
    place = folder / new.rules
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copyfile(wheel, folder / new.wheel)
    entries = sorted([*others, new], key=lambda engine: (engine.published, engine.rules))
    (folder / INDEX).write_text(HEAD + "".join(_entry(engine) for engine in entries), "utf-8")


def _entry(engine: PublishedEngine) -> str:
    return (
        f'\n[[published]]\nrules = "{engine.rules}"\nrules_sha256 = "{engine.rules_sha256}"\n'
        f'wheel = "{engine.wheel}"\nwheel_sha256 = "{engine.wheel_sha256}"\n'
        f"published = {engine.published.isoformat()}\n"
    )


def main() -> int:
    """Publish today's rules; gives 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(description="Publish the rules.")
    parser.add_argument("--replace", action="store_true", help="replace this version, which was never released")
    replace = parser.parse_args().replace
    try:
        print(publish(build_wheel(PUBLISHED.parent.parent / "build" / "wheel"), replace=replace))
    except NotPublished as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
