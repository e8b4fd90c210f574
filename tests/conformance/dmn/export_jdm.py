"""Every decision table as GoRules JDM, the JSON that the ZEN engine decides: one file a table, and the whole chain.

Only for the comparison with that engine: fed a case that leaves an answer out, the chain gives less than it should.
`export_all(folder)` writes `<table>.json` and `whole-engine.json`, in which the tables stand one after another as in
our engine, each adding what it answers to the facts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from build_scripts.rule_pages.outside_tables import FITS_ALL, OutsideTable, outside_tables
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook

__all__ = ["WHOLE", "as_jdm", "export_all"]

WHOLE = "whole-engine"
_STEP = 320


def export_all(rules: RuleBook, folder: Path) -> list[Path]:
    """Write every table of the rules, and all of them in one, to a folder, which is made; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = outside_tables(rules, all_domains(rules))
    graphs = {table.id: as_jdm([table]) for table in tables} | {WHOLE: as_jdm(tables)}
    written = []
    for name, graph in graphs.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(graph, indent=1) + "\n", "utf-8")
        written.append(path)
    return written


def as_jdm(tables: Sequence[OutsideTable]) -> dict[str, Any]:
    """Tables, one after another, as one decision graph. What a collecting table finds stands under its own name."""
    ends = [_end("request", "inputNode", 0), _end("response", "outputNode", len(tables) + 1)]
    nodes = [ends[0], *(_node(table, place) for place, table in enumerate(tables, start=1)), ends[1]]
    edges = [
        {"id": f"{one['id']}-{two['id']}", "type": "edge", "sourceId": one["id"], "targetId": two["id"]}
        for one, two in pairwise(nodes)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _end(name: str, kind: str, place: int) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": place * _STEP, "y": 0}}


def _node(table: OutsideTable, place: int) -> dict[str, Any]:
    columns = [(f"in-{number}", column) for number, column in enumerate(table.columns)]
    answers = [(f"out-{number}", name) for number, (name, _) in enumerate(table.outputs)]
    collects = table.hit_policy == "COLLECT"
    return {
        "id": table.id,
        "name": table.title,
        "type": "decisionTableNode",
        "position": {"x": place * _STEP, "y": 0},
        "content": {
            "hitPolicy": "collect" if collects else "first",
            "passThrough": True,
            "executionMode": "single",
            "inputField": None,
            "outputPath": table.id if collects else None,
            "inputs": [{"id": key, "name": column.fact, "field": column.fact} for key, column in columns],
            "outputs": [{"id": key, "name": name, "field": name} for key, name in answers],
            "rules": [
                {
                    "_id": row.id,
                    "_description": f"{row.id} [{row.note}]",
                    **{
                        key: "" if cell == FITS_ALL else cell for (key, _), cell in zip(columns, row.cells, strict=True)
                    },
                    **{key: answer for (key, _), answer in zip(answers, row.answers, strict=True)},
                }
                for row in table.rows
            ],
        },
    }
