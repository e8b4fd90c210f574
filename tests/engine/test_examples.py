"""The examples in docstrings and in the engine's README are true: each is run."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import cse_pathway

PACKAGE = Path(cse_pathway.__file__).parent
README = Path(__file__).parents[2] / "engine" / "README.md"
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if ">>> " in path.read_text("utf-8"))


def test_there_are_examples():
    """A list that is empty would prove nothing."""
    assert len(MODULES) > 8


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    """What a docstring shows is what happens."""
    module = cse_pathway if name == "__init__" else import_module(f"cse_pathway.{name}")
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_the_example_of_the_readme_is_true():
    """The first thing that somebody tries works."""
    found = doctest.testfile(str(README), module_relative=False)
    assert found.attempted > 3
    assert found.failed == 0
