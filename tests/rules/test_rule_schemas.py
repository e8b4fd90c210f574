"""The JSON Schemas of the rule files are made of the forms by which the build reads them; each file names its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from build_scripts.rules.files import RULES
from build_scripts.rules.schemas import SCHEMAS, schema_line, schemas

PAGES = ("questions.toml", "wording.toml")
FILES = [path.relative_to(RULES) for path in sorted(RULES.rglob("*.toml")) if path.name not in PAGES]


def test_the_schemas_beside_the_rules_are_up_to_date() -> None:
    """`python -m build_scripts.rules.schemas` was run after the forms changed."""
    for kind, schema in schemas().items():
        assert json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8")) == schema, kind


@pytest.mark.parametrize("file", FILES, ids=str)
def test_each_rule_file_names_its_schema_in_its_first_line(file: Path) -> None:
    """Editors' tools look there: with it they complete keys and mark slips while somebody types."""
    line = (RULES / file).read_text("utf-8").splitlines()[0]
    assert line == schema_line(file)
    assert ((RULES / file).parent / line.removeprefix("#:schema ")).resolve().is_file()


def test_a_schema_refuses_what_the_reader_refuses() -> None:
    """Unknown keys, and what cannot be left out, are the same for both."""
    table = schemas()["table"]
    assert table["additionalProperties"] is False
    assert set(table["required"]) == {"id", "title", "hit_policy", "inputs", "outputs", "row"}
    assert table["properties"]["hit_policy"]["enum"] == ["first", "unique", "collect"]
    assert table["properties"]["row"]["items"]["required"] == ["id", "then", "sources"]
