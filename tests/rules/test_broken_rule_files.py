"""Each kind of broken rule file, kept as a named fixture with the exact message it must bring.

A fixture says which file of engine/rules is changed and how; nothing else of the rules is touched.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from build_scripts.proofs.prove import prove
from build_scripts.rules.compile import built_rulebook
from build_scripts.rules.files import RULES, BadRules

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures" / "broken_rules").glob("*.toml"))


def _broken(fixture: dict[str, str], folder: Path) -> Path:
    rules = folder / "rules"
    shutil.copytree(RULES, rules)
    file = rules / fixture["file"]
    if fixture.get("delete"):
        file.unlink()
    elif "whole" in fixture:
        file.write_text(fixture["whole"], "utf-8")
    else:
        text = file.read_text("utf-8")
        assert fixture["find"] in text, f"{fixture['file']} has changed: mend the fixture"
        file.write_bytes(text.replace(fixture["find"], fixture["put"], 1).encode().replace(rb"\xe9", b"\xe9"))
    return rules


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_broken_rule_file_is_told_word_for_word(path: Path, tmp_path: Path) -> None:
    """What was found, where, what was wanted and how to mend it: exactly as the editor reads it."""
    fixture = tomllib.loads(path.read_text("utf-8"))
    rules = _broken(fixture, tmp_path)
    try:
        told = prove(built_rulebook(rules)).faults()
    except BadRules as bad:
        told = [str(problem) for problem in bad.problems]
    assert told == fixture["messages"]


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """An editor mends everything in one go: three slips in three files give three messages."""
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    for name in ("tables/03_urgency.toml", "tables/17_reasoned.toml", "actions/01_now.toml"):
        file = rules / name
        file.write_text(file.read_text("utf-8").replace('sources = ["', 'sources = ["X'), "utf-8")
    with pytest.raises(BadRules) as bad:
        built_rulebook(rules)
    assert {problem.file for problem in bad.value.problems} == {
        "tables/03_urgency.toml",
        "tables/17_reasoned.toml",
        "actions/01_now.toml",
    }
    assert len(bad.value.problems) > 10


def test_every_problem_that_the_build_can_tell_has_its_fixture() -> None:
    """A new kind of problem comes with a fixture: each call that reports one is met by some message."""
    messages = [message for path in FIXTURES for message in tomllib.loads(path.read_text("utf-8"))["messages"]]
    mends = [
        "Restore it", "Save the file as UTF-8", "Look at that line", "Write it as the entries", "Take the key out",
        "Did you mean", "to be ", "Add id", "Correct the name.", "speaks later",
        "or add it to the inputs",
        "Write the rows", "Mind that", "Correct the range", "Add sources or inferred", "Correct the id", "List them",
        "Say what holds", "or add it to outputs", "Name the fact to copy", "Add a condition",
        "together. Add what is missing",
        "a contact of every area", "Add one, or take it out", "Take record_only out", "the least worrying first",
        "Rename one of the two", "Add a row for it", "Narrow one of them", "Move it up or delete it",
        "Take it out of the inputs", "or add its row", "Broken by the case", "Not so:", "smallest case",
        "Correct the clock",
    ]  # fmt: skip
    assert [mend for mend in mends if not any(mend in message for message in messages)] == []
