"""Our tables decide the 51 decision-table cases of the DMN Technology Compatibility Kit, level 2, as it expects.

Adding up is done here, not in the engine: no outcome of ours is ever a sum or a count (R10.2).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cse_pathway.hit_policy import HIT_POLICIES, chosen
from cse_pathway.table import Table, read_table

MODELS = tomllib.loads(Path(__file__).with_name("tck_level_2.toml").read_text("utf-8"))["model"]
CASES = [(model, number) for model in MODELS for number in range(len(model["cases"]))]
ADDS_UP: dict[str, Callable[[Sequence[float]], float]] = {"min": min, "sum": sum, "count": len}
NUMBERS = ("Age", "age", "NumOfYears")


def _table(model: dict[str, Any]) -> Table:
    rows = [
        {
            "id": str(place),
            "when": {name: cell for name, cell in zip(model["inputs"], cells, strict=True) if cell != "-"},
            "then": dict(zip(model["outputs"], answers, strict=True)),
            "sources": [],
        }
        for place, (cells, answers) in enumerate(model["rows"])
    ]
    written = {
        "id": model["folder"], "title": model["folder"], "hit_policy": model["hit_policy"],
        "inputs": model["inputs"], "outputs": model["outputs"], "rows": rows,
    }  # fmt: skip
    return read_table(written, dict.fromkeys(NUMBERS, "number"))


def _decided(model: dict[str, Any], values: list[Any]) -> Any:
    outputs, hits = _table(model).decide(dict(zip(model["inputs"], values, strict=True)))
    if outputs:
        return [outputs[name] for name in model["outputs"]]
    collected = [[value for _, value in hit.row.then] for hit in hits]
    return ADDS_UP[model["adds_up"]]([answer for (answer,) in collected]) if "adds_up" in model else collected


@pytest.mark.parametrize(
    ("model", "number"), CASES, ids=lambda value: value["folder"] if isinstance(value, dict) else value
)
def test_the_case_is_decided_as_the_kit_expects(model: dict[str, Any], number: int) -> None:
    """The kit's inputs give the kit's answer: rows, cells and hit policy mean here what they mean in DMN."""
    values, expected = model["cases"][number]
    assert _decided(model, values) == expected


def test_all_51_cases_are_here() -> None:
    """17 models with three cases each, over every hit policy that we have."""
    assert len(CASES) == 51
    assert len({model["folder"] for model in MODELS}) == len(MODELS) == 17
    policies = Counter(model["hit_policy"] for model in MODELS)
    assert set(policies) == set(HIT_POLICIES)


def test_a_wrong_expectation_is_noticed() -> None:
    """The comparison can fail: no case of the kit is decided as the next one of its model where the two differ."""
    for model in MODELS:
        for (values, expected), (_, other) in zip(model["cases"], model["cases"][1:], strict=False):
            if other != expected:
                assert _decided(model, values) != other


def test_two_rows_under_unique_or_different_answers_under_any_are_no_answer() -> None:
    """A table that contradicts itself says so, instead of picking one."""
    with pytest.raises(LookupError, match="2 rows fit"):
        chosen("unique", [{"a": 1}, {"a": 1}], {})
    with pytest.raises(LookupError, match="2 rows fit"):
        chosen("any", [{"a": 1}, {"a": 2}], {})
    assert chosen("any", [{"a": 1}, {"a": 1}], {}) == [0]


@pytest.mark.parametrize("policy", ["first", "unique", "any", "priority"])
def test_no_row_is_no_answer(policy: Any) -> None:
    """A table that must answer and cannot says so; one that collects has nothing to say."""
    with pytest.raises(LookupError, match="0 rows fit"):
        chosen(policy, [], {})
    assert chosen("collect", [], {}) == []
