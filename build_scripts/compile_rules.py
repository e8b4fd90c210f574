"""Compiling the rules: TOML in engine/rules to the one rulebook.json that travels in the engine's wheel.

Checks here what a single file cannot show: that every name, value and paragraph used exists. All problems come at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]

from build_scripts.rule_files import RULES, WEEKDAYS, BadRules, RuleFiles, RuleProblem, read_rule_files
from cse_pathway.age import OLDEST
from cse_pathway.rulebook import NOT_KNOWN, RuleBook, read_rulebook, sha256_of
from cse_pathway.table import Cell, CellError

__all__ = ["RULEBOOK", "compile_rules", "main"]

RULEBOOK = Path(__file__).resolve().parent.parent / "engine" / "src" / "cse_pathway" / "rulebook.json"
FORMAT = 1
SCALES = {
    "under_12": ["universal", "potentially_vulnerable", "vulnerable"],
    "12_to_17": ["no_risk_identified", "category_1", "category_2", "category_3"],
}
FIND_OUT = ["child.age", "area", "child.status", "context.parents_implicated", "context.moved_for_exploitation", "context.other_children"]
"""What `still_to_find_out` asks about beside the urgent answers and the tool of the age."""

Domains = dict[str, list[Any]]


def compile_rules(rules: RuleFiles) -> dict[str, Any]:
    """Compile checked rule files to the rule book's data, with its SHA-256.

    Raises BadRules with every name, value or paragraph that does not exist.
    """
    problems: list[RuleProblem] = []
    tables = [_area_tool_table(rules), *rules.tables]
    domains = _domains(rules, tables, problems)
    for table in tables:
        _check_table(table, rules, domains, problems)
    for item in (*rules.actions, *rules.warnings):
        _check_item(item, rules, domains, problems)
    for entry, file in [(entry, "case.toml") for entry in rules.inputs] + [(entry, "indicators.toml") for entry in rules.indicators]:
        _check_sources(entry, file, str(entry.get("path", entry.get("id"))), rules, problems)
    _check_inputs(rules, problems)
    _check_ids(rules, tables, problems)
    if problems:
        raise BadRules(problems)
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": rules.version["version"],
        "published": rules.version["published"].isoformat(),
        "inputs": rules.inputs,
        "tables": [_without(table, "file") for table in tables],
        "actions": [_without(item, "file") for item in rules.actions],
        "warnings": [_without(item, "file") for item in rules.warnings],
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


def _area_tool_table(rules: RuleFiles) -> dict[str, Any]:
    """Which tool for under-12s an area has, as a table made from the area files."""
    tools = sorted({area["under_12_tool"] for area in rules.areas if "under_12_tool" in area})
    rows = [
        {
            "id": f"area-tool.{area['id']}",
            "when": {"area": area["id"]},
            "then": {"under_12_tool": area["under_12_tool"]},
            "sources": area.get("under_12_tool_source", []),
        }
        for area in rules.areas
        if "under_12_tool" in area
    ]
    rows.append({
        "id": "area-tool.none-named",
        "when": {},
        "then": {"under_12_tool": "none"},
        "sources": ["R12.1"],
        "inferred": "no source names a tool for under-12s in this area",
    })
    return {
        "id": "area-tool",
        "title": "Which tool for under-12s does the area have?",
        "hit_policy": "first",
        "inputs": ["area"],
        "outputs": {"under_12_tool": ["none", *tools]},
        "rows": rows,
        "file": "areas/*.toml",
    }


def _domains(rules: RuleFiles, tables: list[dict[str, Any]], problems: list[RuleProblem]) -> Domains:
    """Every value that each fact can have."""
    domains: Domains = {"age": [*range(OLDEST + 1), NOT_KNOWN], "signs_seen": ["no", "yes"]}
    for entry in rules.inputs:
        match entry["kind"]:
            case "answer":
                domains[entry["path"]] = list(entry["values"])
            case "choice":
                domains[entry["path"]] = [*entry["values"], NOT_KNOWN]
            case "flag":
                domains[entry["path"]] = ["no", "yes"]
            case _:
                domains[entry["path"]] = ["missing", "given"]
    for table in tables:
        for name, values in table["outputs"].items():
            if not isinstance(values, list) or not values:
                problems.append(RuleProblem(table["file"], f"outputs.{name}", repr(values), "a list of the values it can have", "List them."))
                continue
            domains[name] = [*domains.get(name, []), *(value for value in values if value not in domains.get(name, []))]
    return domains


def _check_table(table: dict[str, Any], rules: RuleFiles, domains: Domains, problems: list[RuleProblem]) -> None:
    file = table["file"]
    for name in table["inputs"]:
        if name not in domains:
            problems.append(RuleProblem(file, "inputs", f"the unknown input {name}", "an answer of case.toml or an output of a table", "Correct the name."))
    _check_cells(file, "only_when", table.get("only_when", {}), list(domains), domains, problems)
    for row in table["rows"]:
        place = f"row {row['id']}"
        _check_cells(file, place, row["when"], table["inputs"], domains, problems)
        _check_sources(row, file, place, rules, problems)
        if not row["sources"] and "inferred" not in row:
            problems.append(RuleProblem(file, place, "no source", "a paragraph id, or the reason why the rule is inferred", "Add sources or inferred."))
        for name in table["outputs"]:
            if name not in row["then"]:
                problems.append(RuleProblem(file, place, f"no {name} under then", f"one of {', '.join(map(str, table['outputs'][name]))}", "Say what the row answers."))
        for name, value in row["then"].items():
            _check_output(table, place, name, value, domains, problems)
    for name, value in table.get("otherwise", {}).items():
        _check_output(table, "otherwise", name, value, domains, problems)


def _check_output(table: dict[str, Any], place: str, name: str, value: Any, domains: Domains, problems: list[RuleProblem]) -> None:
    allowed = table["outputs"].get(name)
    if allowed is None:
        problems.append(RuleProblem(table["file"], place, f"the unknown output {name}", f"one of {', '.join(table['outputs'])}", "Correct the name."))
    elif isinstance(value, dict):
        if list(value) != ["same_as"] or value["same_as"] not in domains:
            problems.append(RuleProblem(table["file"], place, f"{name} = {value}", "{ same_as = a fact }", "Name the fact to copy."))
    elif value not in allowed:
        problems.append(RuleProblem(table["file"], place, f"{name} = {value!r}", f"one of {', '.join(map(str, allowed))}", "Correct the value, or add it to outputs."))


def _check_item(item: dict[str, Any], rules: RuleFiles, domains: Domains, problems: list[RuleProblem]) -> None:
    _check_sources(item, item["file"], item["id"], rules, problems)
    if not item["conditions"]:
        problems.append(RuleProblem(item["file"], item["id"], "no condition", "at least one", "Add a condition; when = {} is always."))
    for condition in item["conditions"]:
        place = f"{item['id']}, condition {condition['id']}"
        _check_cells(item["file"], place, condition["when"], list(domains), domains, problems)
        _check_sources(condition, item["file"], place, rules, problems)
        if not item["sources"] and not condition.get("sources") and "inferred" not in condition:
            problems.append(RuleProblem(item["file"], place, "no source", "a paragraph id, or the reason why it is inferred", "Add sources or inferred."))


def _check_cells(
    file: str, place: str, cells: Mapping[str, Any], inputs: list[str], domains: Domains, problems: list[RuleProblem]
) -> None:
    for name, written in cells.items():
        if name not in inputs:
            problems.append(RuleProblem(file, place, f"the unknown input {name}", f"one of {', '.join(inputs[:12])}", "Correct the name, or add it to the inputs."))
            continue
        try:
            cell = Cell.read(written, "number" if name == "age" else "choice")
        except CellError as wrong:
            problems.append(RuleProblem(file, place, f"{name} = {written!r}", "a value, a list of values, a comparison or a range", f"{wrong}."))
            continue
        domain = domains.get(name, [])
        for literal in sorted(cell.literals - set(domain), key=str):
            shown = ", ".join(map(str, domain)) if len(domain) < 20 else "whole years, a range or not_known"
            problems.append(RuleProblem(file, place, f"{name} = {literal!r}", f"one of {shown}", "Correct the value."))
        if cell.spans and not any(cell.fits(value) for value in domain):
            problems.append(RuleProblem(file, place, f"{name} = {written!r}", "a range that some value lies in", "Correct the range."))


def _check_sources(entry: Mapping[str, Any], file: str, place: str, rules: RuleFiles, problems: list[RuleProblem]) -> None:
    for source in entry.get("sources", []):
        if source not in rules.paragraphs:
            problems.append(RuleProblem(file, place, f"the source {source}", "a paragraph id of sources.toml, such as R12.4 or S6(9)", "Correct the id."))


def _check_inputs(rules: RuleFiles, problems: list[RuleProblem]) -> None:
    """Every answer of a case is read by a rule, or says why it is only recorded."""
    read = {name for table in rules.tables for name in (*table["inputs"], *table.get("only_when", {}))}
    read |= {value["same_as"] for table in rules.tables for row in table["rows"] for value in row["then"].values() if isinstance(value, dict)}
    read |= {name for item in (*rules.actions, *rules.warnings) for condition in item["conditions"] for name in condition["when"]}
    read.add("area")
    for entry in rules.inputs:
        path = entry["path"]
        if path not in read and "record_only" not in entry:
            problems.append(RuleProblem("case.toml", path, "an answer that no rule reads", "a rule that reads it, or record_only with the reason", "Add one of them, or take the answer out."))
        if path in read and "record_only" in entry:
            problems.append(RuleProblem("case.toml", path, "record_only, though a rule reads it", "one of the two", "Take record_only out."))
        if "worse" in entry and sorted(entry["worse"]) != sorted(entry["values"]):
            problems.append(RuleProblem("case.toml", path, f"worse = {entry['worse']}", f"the same values as {entry['values']}", "List each value once, the least worrying first."))


def _check_ids(rules: RuleFiles, tables: list[dict[str, Any]], problems: list[RuleProblem]) -> None:
    groups: dict[str, list[tuple[str, str]]] = {
        "row": [(row["id"], table["file"]) for table in tables for row in table["rows"]],
        "table": [(table["id"], table["file"]) for table in tables],
        "action": [(item["id"], item["file"]) for item in rules.actions],
        "warning": [(item["id"], item["file"]) for item in rules.warnings],
        "sign": [(entry["id"], "indicators.toml") for entry in rules.indicators],
        "area": [(area["id"], area["file"]) for area in rules.areas],
        "answer": [(entry["path"], "case.toml") for entry in rules.inputs],
    }
    for item in (*rules.actions, *rules.warnings):
        groups[f"condition of {item['id']}"] = [(condition["id"], item["file"]) for condition in item["conditions"]]
    for kind, named in groups.items():
        seen: set[str] = set()
        for name, file in named:
            if name in seen:
                problems.append(RuleProblem(file, name, f"the {kind} {name} a second time", "each id once", "Rename one of the two."))
            seen.add(name)


def _area(area: dict[str, Any]) -> dict[str, Any]:
    hours = {
        contact["key"]: [
            {"days": [WEEKDAYS.index(day) for day in span["days"]], "from": span["from"], "to": span["to"]}
            for span in contact["hours"]
        ]
        for contact in area["contacts"]
        if contact["hours"]
    }
    return {"id": area["id"], "name": area["name"], "hours": hours}


def _find_out(rules: RuleFiles) -> list[str]:
    paths = [entry["path"] for entry in rules.inputs]
    asked = [path for holder in ("now.", "under_12.", "aged_12_to_17.") for path in paths if path.startswith(holder)]
    return [*asked, *FIND_OUT]


def _bank_holidays() -> dict[str, Any]:
    """The bank holidays of England and Wales as GOV.UK publishes them, from the library's own copy (no network)."""
    held = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = sorted({entry["date"] for entry in held})
    # A year counts as held only where its last bank holiday (Boxing Day or its substitute) is there.
    years = sorted({day.year for day in days if any(other.year == day.year and other.month == 12 for other in days)})
    return {"source": "GOV.UK, by the package govuk-bank-holidays", "years": years, "days": [day.isoformat() for day in days if day.year in years]}


def built_rulebook(folder: Path = RULES) -> RuleBook:
    """Read, check and compile the rules of a folder to a rule book, without writing anything."""
    return read_rulebook(json.loads(json.dumps(compile_rules(read_rule_files(folder)))))


def main() -> int:
    """Compile the project's rules; gives 0, or 1 with every problem on standard error."""
    try:
        data = compile_rules(read_rule_files())
    except BadRules as bad:
        print(f"The rules cannot be compiled: {len(bad.problems)} to mend.", file=sys.stderr)
        print(bad, file=sys.stderr)
        return 1
    RULEBOOK.write_text(json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n", "utf-8")
    rows = sum(len(table["rows"]) for table in data["tables"])
    print(f"rules {data['version']}: {len(data['tables'])} tables, {rows} rows, {len(data['actions'])} actions, {len(data['warnings'])} warnings")
    print(f"sha256 {data['sha256']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
