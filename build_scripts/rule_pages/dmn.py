"""Every decision table as DMN 1.3 XML, for tools that read the standard: one file for each table.

`export_all(folder)` writes `<table>.dmn`; each holds one decision with its decision table and an input for each answer
or earlier result that it reads. The paragraphs of a row stand in its description.

Our engine takes an answer that nobody gave for not known; another engine would let it fit no row, and find less to do.
Each file therefore refuses first: an input that is left out, or has a value unknown to us, is told as the answer.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

from build_scripts.rule_pages.outside_tables import (
    AGE,
    AGE_KNOWN,
    FITS_ALL,
    Column,
    OutsideRow,
    OutsideTable,
    outside_tables,
)
from cse_pathway.facts import all_domains
from cse_pathway.rulebook import RuleBook

__all__ = ["MISSING", "export_all", "refusing"]

MISSING = "input-missing"
"""How the answer begins where an input is left out; the input's name follows."""

_MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_NAMESPACE = "urn:cse-pathway:rules"


def export_all(rules: RuleBook, folder: Path) -> list[Path]:
    """Write every table of the rules to a folder, which is made; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in outside_tables(rules, all_domains(rules)):
        path = folder / f"{table.id}.dmn"
        path.write_text(_as_dmn(refusing(table), rules.version), "utf-8")
        written.append(path)
    return written


def refusing(table: OutsideTable) -> OutsideTable:
    """The table with a row in front for each input: where the input is missing, that is what every output says."""
    collects = table.hit_policy == "COLLECT"
    rows = []
    for place, column in enumerate(table.columns):
        says = f"{MISSING}: {column.fact}"
        cells = [_is_missing(column) if place == at else FITS_ALL for at in range(len(table.columns))]
        if column.fact == AGE:  # needed only where the column before says that it is known
            cells[[held.fact for held in table.columns].index(AGE_KNOWN)] = '"yes"'
        note = "every input has to be given; what nobody answered has a value of its own"
        rows.append(OutsideRow(says, tuple(cells), (f'"{says}"',) * len(table.outputs), note))
    says_so = tuple(row.id for row in rows)
    outputs = tuple((name, (*values, *says_so)) for name, values in table.outputs)
    return replace(table, hit_policy="COLLECT" if collects else "FIRST", outputs=outputs, rows=(*rows, *table.rows))


def _is_missing(column: Column) -> str:
    known = ", ".join(f'"{value}"' for value in column.values)
    return f"not({known})" if known else "null"


def _as_dmn(table: OutsideTable, version: str) -> str:
    """One table as the text of a DMN file."""
    Xml.register_namespace("", _MODEL)
    root = _element(
        None,
        "definitions",
        id=f"definitions-{table.id}",
        name=table.title,
        namespace=_NAMESPACE,
        exporter="cse-pathway",
        exporterVersion=version,
    )
    holders = list(dict.fromkeys(column.fact.partition(".")[0] for column in table.columns))
    decision = _element(root, "decision", id=f"decision-{table.id}", name=_name(table.id))
    _element(decision, "question").text = table.title
    _element(decision, "variable", id=f"variable-{table.id}", name=_name(table.id))
    for holder in holders:
        requirement = _element(decision, "informationRequirement", id=f"requirement-{table.id}-{holder}")
        _element(requirement, "requiredInput", href=f"#input-{table.id}-{holder}")
    logic = _element(decision, "decisionTable", id=f"table-{table.id}", hitPolicy=table.hit_policy)
    for number, column in enumerate(table.columns, start=1):
        clause = _element(logic, "input", id=f"column-{table.id}-{number}", label=column.fact)
        expression = _element(clause, "inputExpression", id=f"expression-{table.id}-{number}", typeRef=column.kind)
        _element(expression, "text").text = column.fact
        if column.values:
            _text(_element(clause, "inputValues", id=f"values-{table.id}-{number}"), column.values)
    for number, (name, values) in enumerate(table.outputs, start=1):
        clause = _element(logic, "output", id=f"output-{table.id}-{number}", name=name, typeRef="string")
        _text(_element(clause, "outputValues", id=f"outputs-{table.id}-{number}"), values)
    for place, row in enumerate(table.rows, start=1):
        rule = _element(logic, "rule", id=f"rule-{table.id}-{place}")
        _element(rule, "description").text = f"{row.id} [{row.note}]"
        for number, cell in enumerate(row.cells, start=1):
            entry = _element(rule, "inputEntry", id=f"cell-{table.id}-{place}-{number}")
            _element(entry, "text").text = cell
        for number, answer in enumerate(row.answers, start=1):
            entry = _element(rule, "outputEntry", id=f"answer-{table.id}-{place}-{number}")
            _element(entry, "text").text = answer
    for holder in holders:
        data = _element(root, "inputData", id=f"input-{table.id}-{holder}", name=holder)
        _element(data, "variable", id=f"input-variable-{table.id}-{holder}", name=holder)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _name(table: str) -> str:
    return table.replace("-", " ")


def _text(parent: Xml.Element, values: tuple[str, ...]) -> None:
    _element(parent, "text").text = ", ".join(f'"{value}"' for value in values)


def _element(parent: Xml.Element | None, tag: str, **attributes: str) -> Xml.Element:
    name = f"{{{_MODEL}}}{tag}"
    return Xml.Element(name, attributes) if parent is None else Xml.SubElement(parent, name, attributes)
