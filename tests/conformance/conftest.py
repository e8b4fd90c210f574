"""What the conformance tests share: their own modules on the path, and the ids that are data of the project."""

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
RULES = Path(__file__).parents[2] / "engine" / "rules"


@pytest.fixture(scope="session")
def indicator_ids() -> list[str]:
    """Read the ids of the published signs: the one thing of a case that the decision model leaves to the project."""
    listed = tomllib.loads((RULES / "indicators.toml").read_text(encoding="utf-8"))["indicator"]
    return sorted(indicator["id"] for indicator in listed)


@pytest.fixture(scope="session")
def paragraph_ids() -> set[str]:
    """Read the ids of every paragraph of both sources."""
    register = tomllib.loads((RULES / "sources.toml").read_text(encoding="utf-8"))
    return {paragraph for document in register["document"] for section in document["section"]
            for paragraph in [section["id"], *section["paragraphs"]]}


@pytest.fixture(scope="session")
def command() -> str:
    """Find the installed command `cse-pathway`, beside the Python that runs the tests."""
    path = Path(sys.executable).parent / "cse-pathway"
    assert path.exists(), f"{path} is missing: install the engine into the environment first (make set-up)"
    return str(path)
