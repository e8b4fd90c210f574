"""The command line: `cse-pathway decide`, `cse-pathway rules`. All input and output of the engine happens here.

Exit codes: 0 decided; 2 bad case, bad file or bad use, with what is wrong on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from .decide import decide
from .exchange import as_text, case_from_bytes, problems_json
from .problems import BadCase, Problem
from .rulebook import RuleBook, load

__all__ = ["main"]

DECIDED, BAD = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with these arguments (the process's own where None). Gives the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BadCase as bad:
        _tell(bad)
        return BAD
    except BrokenPipeError:
        # Whoever read our answers went away; point standard output elsewhere so that closing it stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DECIDED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cse-pathway",
        description="Decide a case under the West Midlands child sexual exploitation procedures.",
        epilog="The tool advises; the professional decides. In danger: ring 999.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    deciding = commands.add_parser("decide", help="decide one case, or one case a line")
    deciding.add_argument("case", nargs="?", default="-", metavar="CASE.json", help="a JSON file; - for standard input")
    deciding.add_argument(
        "--lines", action="store_true", help="one case a line in, one decision or error object a line out"
    )
    deciding.add_argument("--pretty", action="store_true", help="indent the decision for people")
    deciding.set_defaults(run=_decide)
    ruling = commands.add_parser("rules", help="the version, hash and tables of the rules")
    ruling.add_argument("--json", action="store_true", help="as JSON, with every row")
    ruling.set_defaults(run=_rules)
    return parser


def _decide(options: argparse.Namespace) -> int:
    rules = load()
    if options.lines:
        return _decide_lines(options.case, rules)
    decision = decide(case_from_bytes(_read(options.case), rules), rules).as_json()
    print(json.dumps(decision, indent=2) if options.pretty else as_text(decision))
    return DECIDED


def _decide_lines(name: str, rules: RuleBook) -> int:
    code = DECIDED
    with _open(name) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                answer = decide(case_from_bytes(line.rstrip(b"\r\n"), rules), rules).as_json()
            except BadCase as bad:
                code = BAD
                answer = problems_json(bad)
                _tell(bad, f"line {number}: ")
            sys.stdout.write(as_text(answer) + "\n")
    return code


def _rules(options: argparse.Namespace) -> int:
    rules = load()
    if options.json:
        print(as_text(_rules_json(rules)))
        return DECIDED
    print(f"version {rules.version}")
    print(f"sha256  {rules.sha256}")
    years = sorted(rules.bank_holidays.years)
    print(f"bank holidays of England and Wales held for {years[0]} to {years[-1]}")
    print("tables, in order:")
    for table in rules.tables:
        print(f"  {table.id:<22} {table.hit_policy:<8} {len(table.rows):>3} rows  {table.title}")
    print(f"  {'actions':<22} {'collect':<8} {len(rules.actions):>3} actions")
    print(f"  {'warnings':<22} {'collect':<8} {len(rules.warnings):>3} warnings")
    return DECIDED


def _rules_json(rules: RuleBook) -> dict[str, object]:
    return {
        "version": rules.version,
        "sha256": rules.sha256,
        "bank_holiday_years": sorted(rules.bank_holidays.years),
        "inputs": {path: list(entry.domain) for path, entry in rules.inputs.items()},
        "indicators": list(rules.indicators),
        "tables": [
            {
                "id": table.id,
                "title": table.title,
                "hit_policy": table.hit_policy,
                "inputs": list(table.inputs),
                "rows": [{"id": row.id, "sources": list(row.sources), "inferred": row.inferred} for row in table.rows],
            }
            for table in rules.tables
        ],
        "actions": [action.id for action in rules.actions],
        "warnings": [warning.id for warning in rules.warnings],
    }


def _open(name: str) -> BinaryIO:
    if name == "-":
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else str(wrong)
        raise BadCase(
            [Problem(name, f"a file that cannot be read ({reason})", "a readable file", "Check the name.")]
        ) from None


def _read(name: str) -> bytes:
    with _open(name) as file:
        return file.read()


def _tell(bad: BadCase, before: str = "") -> None:
    for problem in bad.problems:
        sys.stderr.write(f"{before}{problem}\n".encode("ascii", "backslashreplace").decode("ascii"))
