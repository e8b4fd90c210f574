"""The DMN export holds to the standard's own XML schema, as SpiffWorkflow brings it (DMN 1.3)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from build_scripts.rule_pages import dmn as export_dmn
from build_scripts.rules.compile import built_rulebook

MODEL = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of DMN 1.3; it includes those of diagrams from beside it."""
    found = importlib.util.find_spec("SpiffWorkflow")
    assert found is not None
    assert found.origin is not None
    return etree.XMLSchema(etree.parse(Path(found.origin).parent / "dmn" / "parser" / "schema" / "DMN13.xsd"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every table's export."""
    return export_dmn.export_all(built_rulebook(), tmp_path_factory.mktemp("dmn"))


def test_every_export_is_valid_dmn_1_3(schema: etree.XMLSchema, exported: list[Path]) -> None:
    """A tool that checks what it opens takes every table."""
    assert len(exported) > 20
    faults = {}
    for path in exported:
        if not schema.validate(etree.parse(path)):
            faults[path.name] = [str(fault) for fault in schema.error_log]
    assert faults == {}


@pytest.mark.parametrize("element", ["decisionTable", "inputEntry", "outputEntry"])
def test_the_schema_refuses_a_broken_export(schema: etree.XMLSchema, exported: list[Path], element: str) -> None:
    """A check that refuses nothing would show nothing: each part is misnamed once."""
    broken = etree.parse(exported[0])
    part = broken.find(f".//{MODEL}{element}")
    part.tag = f"{MODEL}misnamed"
    assert not schema.validate(broken)
