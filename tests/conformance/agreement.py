"""Holds a decision of the engine against the independent reading and says, in plain words, where the two part."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from independent_reading import read

from cse_pathway import decide_json


def engine_decision(case: object) -> dict[str, Any]:
    """Ask the engine about a case; its answer as parsed JSON: a decision or errors."""
    answer = json.loads(decide_json(json.dumps(case)))
    assert isinstance(answer, dict)
    return answer


def disagreements(decision: dict[str, Any], reading: dict[str, Any]) -> list[str]:
    """Write one line for each point on which the engine's decision and the reading differ; empty where they agree."""
    if "errors" in decision:
        return [f"the engine refuses a valid case: {[error['path'] for error in decision['errors']]}"]
    found: list[str] = []
    for key in ["route", "instrument", "outcome", "section_47", "still_to_find_out"]:
        if decision.get(key) != reading[key]:
            found.append(f"{key}: engine {decision.get(key)}, reading {reading[key]}")
    for key in ["actions", "warnings"]:
        theirs = {entry["id"]: entry for entry in decision[key]}
        ours = {entry["id"]: entry for entry in reading[key]}
        for missing in [name for name in ours if name not in theirs]:
            found.append(f"{key}: the engine leaves out {missing}")
        for extra in [name for name in theirs if name not in ours]:
            found.append(f"{key}: the engine adds {extra}")
        if not found and [entry["id"] for entry in decision[key]] != [entry["id"] for entry in reading[key]]:
            found.append(f"{key}: order {list(theirs)}, reading {list(ours)}")
        for name in [name for name in ours if name in theirs]:
            for point, engine, reading_ in _points(theirs[name], ours[name]):
                if engine != reading_:
                    found.append(f"{key}: {name} {point}: engine {engine}, reading {reading_}")
    return found


def _points(theirs: dict[str, Any], ours: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Pair what the engine and the reading say of one action or warning, point by point."""
    points = [("inferred", theirs["inferred"], ours["inferred"])]
    # The model names no sources for some warnings; a date's key stands only where the model gives it.
    if ours["sources"] is not None:
        points.append(("sources", set(theirs["sources"]), ours["sources"]))
    if "due" in ours:
        points += [(date, theirs["when"].get(date, "no such key"), ours.get(date, "no such key"))
                   for date in ["due", "due_if_strategy"]]
    return points


def hold_against_the_reading(cases: Iterable[dict[str, Any]]) -> None:
    """Assert that engine and reading agree on every case; the message counts each kind of difference, with one case."""
    count: Counter[str] = Counter()
    example: dict[str, str] = {}
    held = 0
    for case in cases:
        held += 1
        for line in disagreements(engine_decision(case), read(case)):
            kind = line if line.startswith("route") else line.split(": engine ")[0]
            count[kind] += 1
            example.setdefault(kind, json.dumps(case))
    assert held > 0
    told = [f"{number} x {kind}\n      {example[kind]}" for kind, number in count.most_common(20)]
    assert not count, f"engine and reading part in {held} cases:\n  " + "\n  ".join(told)
