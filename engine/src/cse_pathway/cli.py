"""The command line, `cse-pathway COMMAND`: deciding, records, dates and counts. All input and output happens here.

Exit codes: 0 done; 2 bad case, bad file or bad use, with what is wrong on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from .calendar_file import calendar_of_case, calendar_of_limits
from .case import Case
from .compare import compare_texts
from .decide import decide
from .exchange import as_text, case_from_bytes, parse, problems_json, text_of
from .problems import BadCase, Problem
from .record import make_record, opened, read_record
from .rulebook import RuleBook, load
from .time_limits import read_starts, time_limits_data
from .what_if import what_if

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
    deciding = _with_file(commands.add_parser("decide", help="decide one case, or one case a line"), "CASE.json")
    deciding.add_argument(
        "--lines", action="store_true", help="one case a line in, one decision or error object a line out"
    )
    deciding.add_argument("--what-if", action="store_true", help="add what would change the route, as `what_if`")
    deciding.set_defaults(run=_decide)
    recording = _with_file(commands.add_parser("record", help="decide a case and record it"), "CASE.json")
    recording.add_argument("--made-at", required=True, metavar="YYYY-MM-DDTHH:MM", help="local time in England")
    recording.add_argument("--name", default="", help="who judged; none is recorded unless typed here")
    recording.add_argument("--role", default="", help="the role of who judged")
    recording.set_defaults(run=_record)
    opening = _with_file(commands.add_parser("open", help="open a record beside today's rules"), "RECORD.json")
    opening.set_defaults(run=_open_record)
    comparing = commands.add_parser("compare", help="what changed between two records of one child")
    comparing.add_argument("old", metavar="OLD.json", help="the earlier record")
    comparing.add_argument("new", metavar="NEW.json", help="the later record")
    _with_pretty(comparing).set_defaults(run=_compare)
    dating = commands.add_parser("calendar", help="the plan's dates as a calendar file (.ics)")
    dating.add_argument("case", nargs="?", default="-", metavar="CASE.json", help="a JSON file; - for standard input")
    dating.set_defaults(run=_calendar)
    limiting = commands.add_parser("time-limits", help="every latest date that follows from a referral")
    limiting.add_argument("--referral", metavar="YYYY-MM-DDTHH:MM", help="when the referral was made")
    limiting.add_argument("--mase", metavar="YYYY-MM-DD", help="the day of the first MASE meeting")
    limiting.add_argument("--early-help", metavar="YYYY-MM-DD", help="the day of the first early help meeting")
    limiting.add_argument("--calendar", action="store_true", help="as a calendar file (.ics)")
    _with_pretty(limiting).set_defaults(run=_time_limits)
    counting = commands.add_parser("collate", help="monitoring counts from a folder of records, small numbers hidden")
    counting.add_argument("records", metavar="RECORDS/", help="a folder of record files (*.json)")
    counting.add_argument("--out", required=True, metavar="DATASET.csv", help="the counts, as a CSV file")
    counting.set_defaults(run=_collate)
    ruling = commands.add_parser("rules", help="the version, hash and tables of the rules")
    ruling.add_argument("--json", action="store_true", help="as JSON, with every row")
    ruling.set_defaults(run=_rules)
    return parser


def _with_file(command: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    command.add_argument("case", nargs="?", default="-", metavar=name, help="a JSON file; - for standard input")
    return _with_pretty(command)


def _with_pretty(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--pretty", action="store_true", help="indent the answer for people")
    return command


def _print_json(data: object, options: argparse.Namespace) -> int:
    print(json.dumps(data, indent=2) if options.pretty else as_text(data))
    return DECIDED


def _print_file(text: str) -> int:
    """Write a file's text as it is: its ends of line are its own, whatever the system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    return DECIDED


def _decide(options: argparse.Namespace) -> int:
    rules = load()
    if options.lines:
        return _decide_lines(options.case, rules, what_if_too=options.what_if)
    return _print_json(
        _decision(case_from_bytes(_read(options.case), rules), rules, what_if_too=options.what_if), options
    )


def _decision(case: Case, rules: RuleBook, *, what_if_too: bool) -> dict[str, object]:
    decision = decide(case, rules).as_json()
    return {**decision, "what_if": what_if(case, rules).as_json()} if what_if_too else decision


def _record(options: argparse.Namespace) -> int:
    judged_by = {"name": options.name, "role": options.role}
    record = make_record(parse(text_of(_read(options.case))), judged_by, options.made_at, load())
    return _print_json(record.as_json(), options)


def _open_record(options: argparse.Namespace) -> int:
    rules = load()
    return _print_json(opened(read_record(parse(text_of(_read(options.case))), rules), rules), options)


def _compare(options: argparse.Namespace) -> int:
    return _print_json(compare_texts(text_of(_read(options.old)), text_of(_read(options.new)), load()), options)


def _calendar(options: argparse.Namespace) -> int:
    rules = load()
    return _print_file(calendar_of_case(case_from_bytes(_read(options.case), rules), rules))


def _time_limits(options: argparse.Namespace) -> int:
    rules = load()
    starts = read_starts(
        {
            "made_at": options.referral,
            "mase_meeting_held_on": options.mase,
            "early_help_meeting_held_on": options.early_help,
        }
    )
    if options.calendar:
        return _print_file(calendar_of_limits(starts, rules))
    return _print_json(time_limits_data(starts, rules), options)


def _decide_lines(name: str, rules: RuleBook, *, what_if_too: bool) -> int:
    code = DECIDED
    with _open(name) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                answer = _decision(case_from_bytes(line.rstrip(b"\r\n"), rules), rules, what_if_too=what_if_too)
            except BadCase as bad:
                code = BAD
                answer = problems_json(bad)
                _tell(bad, f"line {number}: ")
            sys.stdout.write(as_text(answer) + "\n")
    return code


def _collate(options: argparse.Namespace) -> int:
    from . import collate  # not in the browser, and no other command needs it

    rules = load()
    found = collate.collate(Path(options.records), rules)
    dataset = collate.count(found.screenings, rules)
    _write(options.out, collate.as_csv(dataset))
    for file in found.bad:
        _tell(BadCase(file.problems), f"{file.name}: left out: ")
    for name in found.copies:
        sys.stderr.write(f"{_ascii(name)}: a copy of a file before it, counted once\n")
    print(f"{len(found.screenings)} counted, {len(found.bad)} left out, {len(found.copies)} copies")
    return BAD if found.bad else DECIDED


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
            [Problem(name, f"a file that cannot be read ({reason})", "a readable file", "Check the name.", "file")]
        ) from None


def _read(name: str) -> bytes:
    with _open(name) as file:
        return file.read()


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else str(wrong)
        raise BadCase(
            [Problem(name, f"a file that cannot be written ({reason})", "a file to write", "Check the name.", "file")]
        ) from None


def _tell(bad: BadCase, before: str = "") -> None:
    for problem in bad.problems:
        sys.stderr.write(_ascii(f"{before}{problem}\n"))


def _ascii(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")
