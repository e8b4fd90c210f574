"""What the tests of the rules share: the rules as they stand, and what is proved of them, worked out once."""

import sys
from pathlib import Path

import pytest

from build_scripts.proofs.prove import Proof, prove
from build_scripts.rules.compile import built_rulebook
from cse_pathway.rulebook import RuleBook

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    """The rule book, compiled from the rule files."""
    return built_rulebook()


@pytest.fixture(scope="session")
def proof(rules: RuleBook) -> Proof:
    """Everything that is proved of the rule book."""
    return prove(rules)
