"""Published engines: a rule set's wheel is kept for good, and a record opens under the rules of its day."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from build_scripts.bundle.wheel import EngineWheel, build_wheel
from build_scripts.bundle.publish_engine import NotPublished, publish
from build_scripts.bundle.published_engines import INDEX, PUBLISHED, PublishedEngine, imports_of, read_published, rules_in
from build_scripts.bundle.assemble import lay_out_published
from cse_pathway import compare_json, load, open_record_json, record_json
from tests.changed_rules import VERSION, changed_wheel

RULES = load()
CASE = {
    "as_of": "2026-11-23T10:30",
    "child": {"age": 15},
    "now": dict.fromkeys((path.removeprefix("now.") for path in RULES.inputs if path.startswith("now.")), "no"),
    "aged_12_to_17": {"category_1": "evidence", "category_2": "evidence", "category_3": "none"},
    "judgement": {"outcome": "category_2"},
}  # fmt: skip
OPEN = (
    "import sys; sys.path.insert(0, sys.argv[1]); from cse_pathway import open_record_json as o; print(o(sys.argv[2]))"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> EngineWheel:
    """Today's wheel."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def later(wheel: EngineWheel, tmp_path: Path) -> EngineWheel:
    """The wheel of a later rule set."""
    return changed_wheel(wheel.path, tmp_path / "later")


def _opened_by(wheel: Path, record: str) -> dict[str, Any]:
    """The record as the engine in a wheel opens it, in a Python of its own."""
    run = subprocess.run([sys.executable, "-c", OPEN, str(wheel), record], capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_what_is_published_holds_together_and_todays_rules_have_a_version_of_their_own() -> None:
    """Rules that were published are never changed under their version: records name them by it.

    After a change of the rules: raise the version in engine/rules/version.toml. A version that nobody outside has seen
    may be published anew instead: make publish PUBLISH=--replace.
    """
    published, problems = read_published(PUBLISHED)
    assert problems == []
    for engine in published:
        if engine.rules == RULES.version:
            assert engine.rules_sha256 == RULES.sha256, "the rules changed: raise their version, or publish anew"


def test_a_record_opens_under_its_own_rules_after_the_rules_have_changed(
    wheel: EngineWheel, later: EngineWheel, tmp_path: Path
) -> None:
    """Made today, opened when the rules are others: the published engine decides it as it was."""
    publish(wheel, tmp_path / "published")
    publish(later, tmp_path / "published")
    engines, problems = read_published(tmp_path / "published")
    assert problems == []
    assert [engine.rules for engine in engines] == [RULES.version, VERSION]
    record = record_json(json.dumps(CASE), '{"name": "", "role": "teacher"}', "2026-11-23T10:45")
    own = _opened_by(tmp_path / "published" / engines[0].wheel, record)
    assert own["same_rules"] is True
    assert own["decision_now"] == own["decision_then"] == json.loads(record)["decision"]
    today = _opened_by(tmp_path / "published" / engines[1].wheel, record)
    assert today["same_rules"] is False
    assert [warning["id"] for warning in today["warnings"]] == ["other-rules", "decided-otherwise"]
    assert today["decision_then"] == own["decision_then"]


@pytest.mark.parametrize("engine", read_published(PUBLISHED)[0], ids=lambda engine: engine.rules)
def test_a_record_of_every_rule_set_that_was_published_opens_and_compares_today(engine: PublishedEngine) -> None:
    """Whatever today's rules are: what was screened under older ones can be read, and held beside a new screening."""
    make = "import sys; sys.path.insert(0, sys.argv[1]); import cse_pathway; print(cse_pathway.record_json(*sys.argv[2:]))"
    given = [json.dumps(CASE), '{"name": "", "role": "teacher"}', "2026-11-23T10:45"]
    wheel = str(PUBLISHED / engine.wheel)
    run = subprocess.run([sys.executable, "-c", make, wheel, *given], capture_output=True, text=True, check=True)
    record = json.loads(run.stdout)
    assert record["rules"] == {"version": engine.rules, "sha256": engine.rules_sha256}
    opened = json.loads(open_record_json(run.stdout))
    assert opened["decision_then"] == record["decision"]
    assert opened["decision_now"] is not None
    now = record_json(json.dumps({**CASE, "as_of": "2027-01-11T10:30"}), given[1], "2027-01-11T10:45")
    compared = json.loads(compare_json(run.stdout, now))
    assert compared["rules"]["old"] == record["rules"]
    assert compared["route"]["old"] == record["decision"]["route"]


def test_an_alteration_that_the_later_rules_cannot_see_is_told_by_its_own(
    wheel: EngineWheel, later: EngineWheel
) -> None:
    """Only the rules that decided can tell whether a decision follows from them."""
    record = json.loads(record_json(json.dumps(CASE), "", "2026-11-23T10:45"))
    record["decision"]["route"] = "early_help"
    assert "errors" not in _opened_by(later.path, json.dumps(record))
    (error,) = _opened_by(wheel.path, json.dumps(record))["errors"]
    assert "altered" in error["mend"]


def test_publishing_the_same_again_changes_nothing(wheel: EngineWheel, tmp_path: Path) -> None:
    """The command may be run before every release."""
    assert "are published: " in publish(wheel, tmp_path)
    before = (tmp_path / INDEX).read_bytes()
    assert publish(wheel, tmp_path) == f"Rules {RULES.version} are published already."
    assert (tmp_path / INDEX).read_bytes() == before


def test_a_published_version_is_not_overwritten_with_other_rules(wheel: EngineWheel, tmp_path: Path) -> None:
    """A version that was released keeps its rules for good; one that nobody has seen gives way only when told to."""
    publish(wheel, tmp_path / "published")
    other = changed_wheel(wheel.path, tmp_path / "other", version=RULES.version)
    with pytest.raises(NotPublished, match=r"raise the version in engine/rules/version\.toml"):
        publish(other, tmp_path / "published")
    kept = tmp_path / "published" / RULES.version / wheel.path.name
    assert sha256(kept.read_bytes()).hexdigest() == wheel.sha256
    assert "published anew" in publish(other, tmp_path / "published", replace=True)
    ((engine,), problems) = read_published(tmp_path / "published")
    assert problems == []
    assert engine.rules_sha256 == rules_in(other.path)[1]


def test_the_same_rules_are_not_published_under_two_versions(wheel: EngineWheel, tmp_path: Path) -> None:
    """A record finds its engine by the rules' hash, so each hash has one engine."""
    publish(wheel, tmp_path)
    index = tmp_path / INDEX
    other = index.read_text("utf-8").replace(f'rules = "{RULES.version}"', 'rules = "1999.1.1"')
    index.write_text(index.read_text("utf-8") + other, "utf-8")
    _, problems = read_published(tmp_path)
    assert [problem.found for problem in problems] == [
        f"a wheel with rules {RULES.version} ({RULES.sha256[:12]}) of {rules_in(wheel.path)[2]}",
        f"rules {RULES.sha256} twice",
    ]


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda folder, name: (folder / name).write_bytes(b"no wheel"), "SHA-256 "),
        (lambda folder, name: (folder / name).unlink(), "no such file"),
        (lambda folder, _: (folder / INDEX).unlink(), "no such file"),
        (lambda folder, _: (folder / INDEX).write_text("published = 1", "utf-8"), "published"),
        (
            lambda folder, name: (folder / name).rename(folder / name).parent.joinpath("x-1.whl").touch(),
            "does not list",
        ),
        (lambda folder, _: (folder / INDEX).write_text("[[published]]\nrules = 1", "utf-8"), "rules = 1"),
    ],
    ids=["a damaged wheel", "no wheel", "no index", "no list", "a wheel more", "wrong keys"],
)
def test_what_does_not_hold_together_is_told_and_nothing_is_published(
    wheel: EngineWheel, tmp_path: Path, damage: Any, found: str
) -> None:
    """A damaged wheel must not reach the site, nor be buried under a new one."""
    publish(wheel, tmp_path)
    damage(tmp_path, f"{RULES.version}/{wheel.path.name}")
    _, problems = read_published(tmp_path)
    assert any(found in problem.found for problem in problems), problems
    with pytest.raises(NotPublished, match="does not hold together"):
        publish(wheel, tmp_path)


def test_the_site_gets_every_published_wheel_by_the_hash_of_its_rules(
    wheel: EngineWheel, later: EngineWheel, tmp_path: Path
) -> None:
    """The page finds the engine of a record by the rules that the record names."""
    for one in (wheel, later):
        publish(one, tmp_path / "published")
    manifest: dict[str, Any] = {"published": {}}
    engines, _ = read_published(tmp_path / "published")
    lay_out_published(tmp_path / "site", manifest, engines, tmp_path / "published")
    assert set(manifest["published"]) == {RULES.sha256, rules_in(later.path)[1]}
    for entry in manifest["published"].values():
        assert entry["wheel"].split("/")[:2] == ["published", entry["rules"]]
        assert sha256((tmp_path / "site" / entry["wheel"]).read_bytes()).hexdigest() == entry["sha256"]


def test_what_a_published_engine_imports_is_packed_for_the_browser(wheel: EngineWheel) -> None:
    """Its imports are read from its own sources; those of the command line alone are left out."""
    names = imports_of(wheel.path)
    assert {"json", "dataclasses", "hashlib"} <= set(names)
    assert "argparse" not in names
    assert not [name for name in names if name.startswith("cse_pathway")]
