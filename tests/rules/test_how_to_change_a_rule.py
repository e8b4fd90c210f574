"""The page "How to change a rule" is true: its steps, taken on a copy of the rules, tell what it says they tell."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_scripts.proofs.prove import prove
from build_scripts.rules.compile import built_rulebook
from build_scripts.rules.files import RULES, BadRules

PAGE = Path(__file__).parents[2] / "docs" / "about" / "editors" / "how-to-change-a-rule.md"
FIRST_FILE = "engine/rules/tables/03_urgency.toml"


@dataclass(frozen=True)
class Step:
    """One slip of the page: in which file, what is found, what is put there, what is told."""

    file: str
    find: str
    put: str
    told: str


def _steps() -> list[Step]:
    file, find, put = FIRST_FILE, "", ""
    steps = []
    blocks = re.compile(r"```(?:toml|text) (find|put|told)(?: (\S+))?\n(.*?)\n```", re.DOTALL)
    for kind, where, text in blocks.findall(PAGE.read_text("utf-8")):
        match kind:
            case "find":
                file, find = where or FIRST_FILE, text
            case "put":
                put = text
            case "told":
                steps.append(Step(file, find, put, text))
    return steps


def test_the_page_has_three_steps() -> None:
    """A slip, a gap and an unsafe change: the three kinds that the checks tell apart."""
    assert len(_steps()) == 3
    assert [step.file for step in _steps()] == [FIRST_FILE, FIRST_FILE, "engine/rules/actions/01_now.toml"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_step_tells_what_the_page_promises(number: int, tmp_path: Path) -> None:
    """An editor who does as the page says reads the very words that the page shows."""
    step = _steps()[number]
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    file = rules / Path(step.file).relative_to("engine/rules")
    text = file.read_text("utf-8")
    assert text.count(step.find) == 1, f"{step.find} stands {text.count(step.find)} times in {step.file}"
    file.write_text(text.replace(step.find, step.put), "utf-8")
    try:
        told = prove(built_rulebook(rules)).faults()
    except BadRules as bad:
        told = [str(problem) for problem in bad.problems]
    assert step.told in told


def test_the_row_that_the_page_shows_stands_in_the_rules() -> None:
    """The example is no invention: it is a row as it stands."""
    shown = re.search(r"```toml\n(.*?)\n```", PAGE.read_text("utf-8"), re.S)
    assert shown
    assert shown[1] in (RULES / "tables" / "03_urgency.toml").read_text("utf-8")
