"""JSON Schemas of the rule files, made from their forms, so that editors' tools complete and check them.

They stand in engine/rules/schemas, where each TOML file names its own in its first line (`#:schema`), and are published
with the site. `python -m build_scripts.rules.schemas` writes them anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from build_scripts.rules.files import RULES
from build_scripts.rules.forms import FILES, schema_of

__all__ = ["SCHEMAS", "export_all", "schema_line", "schemas"]

SCHEMAS = RULES / "schemas"
_KINDS = {"tables": "table", "actions": "actions", "areas": "area"}
_TITLES = {
    "table": "A decision table",
    "actions": "Actions of the plan",
    "warnings": "Warnings of a decision",
    "case": "The answers of a case",
    "indicators": "The published signs",
    "sources": "The documents and their paragraphs",
    "area": "An area and its contacts",
    "national": "The contacts of every area",
    "version": "The version of the rules",
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the kind of file that it is for."""
    return {
        kind: {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": _TITLES[kind], **schema_of(form)}
        for kind, form in FILES.items()
    }


def schema_line(file: Path) -> str:
    """The first line of a rule file, by which editors' tools find its schema; `file` is relative to engine/rules."""
    folder = file.parent.name
    kind = _KINDS.get(folder, file.stem)
    return f"#:schema {'../' if folder else './'}schemas/{kind}.schema.json"


def export_all(folder: Path) -> list[Path]:
    """Write every schema to a folder, which is made; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, schema in schemas().items():
        path = folder / f"{kind}.schema.json"
        path.write_text(json.dumps(schema, indent=1) + "\n", "utf-8")
        written.append(path)
    return written


def main() -> int:
    """Write the schemas beside the rule files."""
    for path in export_all(SCHEMAS):
        print(path.relative_to(RULES.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
