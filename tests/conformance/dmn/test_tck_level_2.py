"""Our tables decide the cases of the DMN Technology Compatibility Kit, level 2, as it expects.

Of its 17 models those are here whose hit policy a table of ours may have: first, unique, collect. Adding up is done
here, not in the engine: no outcome of ours is ever a sum or a count (R10.2).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from cse_pathway.table import HitPolicy, Table, read_table

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


def test_every_hit_policy_of_ours_has_cases_of_the_kit() -> None:
    """Three cases a model; no policy goes untried."""
    assert len(CASES) == 3 * len({model["folder"] for model in MODELS})
    assert {model["hit_policy"] for model in MODELS} == set(get_args(HitPolicy))


def test_a_wrong_expectation_is_noticed() -> None:
    """The comparison can fail: no case of the kit is decided as the next one of its model where the two differ."""
    for model in MODELS:
        for (values, expected), (_, other) in zip(model["cases"], model["cases"][1:], strict=False):
            if other != expected:
                assert _decided(model, values) != other


@pytest.mark.parametrize(("policy", "rows", "fit"), [("unique", 2, 2), ("unique", 0, 0), ("first", 0, 0)])
def test_a_table_that_cannot_answer_says_so(policy: str, rows: int, fit: int) -> None:
    """A table that contradicts itself, or has nothing to say, does not pick an answer."""
    row = {"when": {}, "then": {"a": "x"}, "sources": []}
    written = {"id": "t", "title": "t", "hit_policy": policy, "inputs": ["b"], "outputs": {"a": ["x"]}}
    table = read_table({**written, "rows": [{**row, "id": str(place)} for place in range(rows)]}, {})
    with pytest.raises(LookupError, match=f"{fit} rows fit"):
        table.decide({"b": "y"})


def test_a_table_that_collects_may_find_nothing() -> None:
    """No row that fits is an answer there: nothing."""
    written = {"id": "t", "title": "t", "hit_policy": "collect", "inputs": [], "outputs": {}, "rows": []}
    assert read_table(written, {}).decide({}) == ({}, [])
