"""Compiling the rules: TOML in engine/rules to the one rulebook.json that travels in the engine's wheel."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from govuk_bank_holidays.bank_holidays import BankHolidays

from build_scripts import ROOT
from build_scripts.rules.check import check_rules
from build_scripts.rules.files import RULES, WEEKDAYS, BadRules, RuleFiles, read_rule_files
from cse_pathway.rulebook import RuleBook, read_rulebook, sha256_of

__all__ = ["RULEBOOK", "built_rulebook", "compile_rules", "main", "rulebook_of"]

RULEBOOK = ROOT / "engine" / "src" / "cse_pathway" / "rulebook.json"
FORMAT = 1
SCALES = {
    "under_12": ["universal", "potentially_vulnerable", "vulnerable"],
    "12_to_17": ["no_risk_identified", "category_1", "category_2", "category_3"],
}
FIND_OUT = [
    "child.age",
    "area",
    "child.status",
    "context.parents_implicated",
    "context.moved_for_exploitation",
    "context.other_children",
]
"""What `still_to_find_out` asks about beside the urgent answers and the tool of the age."""


def compile_rules(rules: RuleFiles) -> dict[str, Any]:
    """Compile checked rule files to the rule book's data, with its SHA-256.

    Raises BadRules with every name, value, paragraph or contact that does not exist.
    """
    tables = [_area_tool_table(rules), *rules.tables]
    if problems := check_rules(rules, tables):
        raise BadRules(problems)
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": rules.version["version"],
        "published": rules.version["published"].isoformat(),
        "inputs": rules.inputs,
        "tables": [_without(table, "file") for table in tables],
        "actions": [_without(_with_clock(item, rules), "file") for item in rules.actions],
        "warnings": [_without(item, "file") for item in rules.warnings],
        "contacts": {
            contact["key"]: contact["numbers"][0]["number"] for contact in rules.national if contact["numbers"]
        },
        "areas": [_area(area) for area in rules.areas],
        "indicators": [entry["id"] for entry in rules.indicators],
        "scales": SCALES,
        "find_out": _find_out(rules),
        "local_documents": {entry["key"]: entry["area"] for entry in rules.documents if "area" in entry},
        "bank_holidays": _bank_holidays(),
    }
    return {**data, "sha256": sha256_of(data)}


def _without(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != key}


def _with_clock(action: Mapping[str, Any], rules: RuleFiles) -> Mapping[str, Any]:
    """The action with the clock that it shares with another one."""
    if "same_clock_as" not in action:
        return action
    return {**action, "due": next(one["due"] for one in rules.actions if one["id"] == action["same_clock_as"])}


def _area_tool_table(rules: RuleFiles) -> dict[str, Any]:
    """Which tool for under-12s an area has, as a table made from the area files."""
    tools = sorted({area["under_12_tool"] for area in rules.areas if "under_12_tool" in area})
    rows: list[dict[str, Any]] = [
        {
            "id": f"area-tool.{area['id']}",
            "when": {"area": area["id"]},
            "then": {"under_12_tool": area["under_12_tool"]},
            "sources": area.get("under_12_tool_source", []),
        }
        for area in rules.areas
        if "under_12_tool" in area
    ]
    rows.append(
        {
            "id": "area-tool.none-named",
            "when": {},
            "then": {"under_12_tool": "none"},
            "sources": ["R12.1"],
            "inferred": "no source names a tool for under-12s in this area",
        }
    )
    return {
        "id": "area-tool",
        "title": "Which tool for under-12s does the area have?",
        "hit_policy": "first",
        "inputs": ["area"],
        "outputs": {"under_12_tool": ["none", *tools]},
        "rows": rows,
        "file": "areas/*.toml",
    }


def _area(area: dict[str, Any]) -> dict[str, Any]:
    hours = {
        contact["key"]: [
            {"days": [WEEKDAYS.index(day) for day in span["days"]], "from": span["from"], "to": span["to"]}
            for span in contact["hours"]
        ]
        for contact in area["contacts"]
        if contact["hours"]
    }
    with_number = [contact["key"] for contact in area["contacts"] if contact["numbers"]]
    return {"id": area["id"], "name": area["name"], "hours": hours, "with_number": with_number}


def _find_out(rules: RuleFiles) -> list[str]:
    paths = [entry["path"] for entry in rules.inputs]
    asked = [path for holder in ("now.", "under_12.", "aged_12_to_17.") for path in paths if path.startswith(holder)]
    return [*asked, *FIND_OUT]


@cache
def _bank_holidays() -> dict[str, Any]:
    """The bank holidays of England and Wales as GOV.UK publishes them, from the library's own copy (no network)."""
    held = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = sorted({entry["date"] for entry in held})
    # A year counts as held only where its last bank holiday (Boxing Day or its substitute) is there.
    years = sorted({day.year for day in days if any(other.year == day.year and other.month == 12 for other in days)})
    return {
        "source": "GOV.UK, by the package govuk-bank-holidays",
        "years": years,
        "days": [day.isoformat() for day in days if day.year in years],
    }


def built_rulebook(folder: Path = RULES) -> RuleBook:
    """Read, check and compile the rules of a folder to a rule book, without writing anything.

    Raises BadRules with every problem found.
    """
    return rulebook_of(read_rule_files(folder))


def rulebook_of(rules: RuleFiles) -> RuleBook:
    """Check and compile rule files that were read to a rule book. Raises BadRules with every problem found."""
    return read_rulebook(json.loads(json.dumps(compile_rules(rules))))


def write_rulebook(data: Mapping[str, Any], to: Path = RULEBOOK) -> None:
    """Write compiled rules where the engine reads them, and say what they are."""
    to.write_text(json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n", "utf-8")
    rows = sum(len(table["rows"]) for table in data["tables"])
    tables, actions, warnings = (len(data[key]) for key in ("tables", "actions", "warnings"))
    print(f"rules {data['version']}: {tables} tables, {rows} rows, {actions} actions, {warnings} warnings")
    print(f"sha256 {data['sha256']}")


def main() -> int:
    """Compile the project's rules; gives 0, or 1 with every problem on standard error."""
    try:
        write_rulebook(compile_rules(read_rule_files()))
    except BadRules as bad:
        print(f"The rules cannot be compiled: {len(bad.problems)} to mend.", file=sys.stderr)
        print(bad, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
