"""On what each rule rests, written down a second time: paragraphs, inferred or not, what it reads, whom to contact.

No proof can know which paragraph a rule follows, nor which answers it shows as its grounds where several decide alike.
So `tests/conformance/basis_of_rules.json` holds it again: whoever changes it in a rule changes it there too, having
read the paragraph. `python -m build_scripts.mutation.basis` writes the list anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from build_scripts import ROOT
from build_scripts.rules.compile import built_rulebook
from cse_pathway.rulebook import Condition, RuleBook
from cse_pathway.table import Row

__all__ = ["BASIS", "basis_of", "differs"]

BASIS = ROOT / "tests" / "conformance" / "basis_of_rules.json"


def basis_of(rules: RuleBook) -> dict[str, dict[str, Any]]:
    """What each row, item and condition rests on, by its id."""
    return dict(_entries(rules))


def differs(rules: RuleBook, listed: Mapping[str, Any]) -> bool:
    """Whether rules rest on anything but what is listed, or actions and warnings come in another order than there."""
    stands = basis_of(rules)
    return stands != listed or [*filter(_is_item, stands)] != [*filter(_is_item, listed)]


def _is_item(name: str) -> bool:
    return name.startswith(("action ", "warning "))


def _entries(rules: RuleBook) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in rules.tables:
        for row in table.rows:
            yield row.id, {"sources": list(row.sources), "inferred": row.inferred is not None, **_reads(row)}
    for kind, items in (("action", rules.actions), ("warning", rules.warnings)):
        for item in items:
            held: dict[str, Any] = {"sources": list(item.sources)}
            held |= {
                key: value
                for key, value in (
                    ("contact", item.contact),
                    ("out_of_hours", item.contact_out_of_hours),
                    ("protects", item.protects or None),
                    ("refers", item.refers or None),
                )
                if value is not None
            }
            yield f"{kind} {item.id}", held
            for condition in item.conditions:
                own: dict[str, Any] = {} if condition.sources is None else {"sources": list(condition.sources)}
                if condition.contact_where_known:
                    own["contact_where_known"] = condition.contact_where_known
                own |= {"inferred": condition.inferred is not None, **_reads(condition)}
                yield f"{kind} {item.id}.{condition.id}", own


def _reads(rule: Row | Condition) -> dict[str, list[str]]:
    return {"reads": [name for name, _ in rule.when]}


def main() -> int:
    """Write what the rules rest on as they stand."""
    lines = (f"{json.dumps(name)}: {json.dumps(held)}" for name, held in basis_of(built_rulebook()).items())
    BASIS.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
