"""Hostile input: whatever comes in, the answer is a decision or errors that help; never a traceback.

Exit codes of the command line: 0 for a decision; 2 for what cannot be decided, with the reasons on standard error.
"""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cases import base_case

from cse_pathway import decide_json

AS_OF = '"as_of":"2026-11-23T10:30"'
GOOD = json.dumps(base_case(14))

NOT_A_CASE = {
    "nothing": "",
    "spaces": " \n\t ",
    "a zero character": "\x00",
    "prose": "The child is safe.",
    "ten megabytes of junk": "x" * 10_000_000,
    "ten megabytes of brackets": "[" * 10_000_000,
    "a list": "[]",
    "a list of cases": f"[{GOOD}]",
    "a string": '"as_of"',
    "a number": "1",
    "null": "null",
    "true": "true",
    "not a number": "NaN",
    "two cases": GOOD + GOOD,
    "a case and junk": GOOD + " x",
    "a case and a bracket": GOOD + "}",
    "half a case": GOOD[: len(GOOD) // 2],
    "a comment": GOOD + " // safe",
    "single quotes": "{'as_of': '2026-11-23T10:30'}",
    "a comma too many": "{" + AS_OF + ",}",
    "100,000 lists deep": "[" * 100_000 + "]" * 100_000,
    "100,000 lists never closed": "[" * 100_000,
    "100,000 objects deep": '{"now":' * 100_000 + "1" + "}" * 100_000,
    "deep inside a case": "{" + AS_OF + ',"now":' + "[" * 100_000 + "]" * 100_000 + "}",
    "deep inside a sign": "{" + AS_OF + ',"indicators":{"injuries":' + "[" * 100_000 + "]" * 100_000 + "}}",
    "an age of 10,000 digits": "{" + AS_OF + ',"child":{"age":' + "9" * 10_000 + "}}",
    "an unused number of 10,000 digits": "{" + AS_OF + ',"area":-' + "9" * 10_000 + "}",
    "an age that is not a number": "{" + AS_OF + ',"child":{"age":NaN}}',
    "an endless age": "{" + AS_OF + ',"child":{"age":Infinity}}',
    "an age below everything": "{" + AS_OF + ',"child":{"age":-Infinity}}',
    "an age beyond all numbers": "{" + AS_OF + ',"child":{"age":1e999}}',
    "a raw line break in a string": "{" + AS_OF + ',"area":"soli\nhull"}',
    "half a pair in a value": "{" + AS_OF + ',"area":"\\ud800"}',
    "half a pair in a key": "{" + AS_OF + ',"\\udfff":"no"}',
    "a date of ten megabytes": '{"as_of":"' + "9" * 10_000_000 + '"}',
    "a key of a megabyte": "{" + AS_OF + ',"' + "k" * 1_000_000 + '":"no"}',
}


def _decide(text: str) -> dict[str, Any]:
    answer = json.loads(decide_json(text))
    assert isinstance(answer, dict)
    return answer


def _run(command: str, *arguments: str, given: bytes = b"", timeout: float = 60) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([command, *arguments], input=given, capture_output=True, timeout=timeout, check=False)


def _is_a_helpful_refusal(done: subprocess.CompletedProcess[bytes]) -> None:
    told = done.stderr.decode("utf-8")
    assert done.returncode == 2, (done.returncode, told[-500:])
    assert "Traceback" not in told, told[-2000:]
    assert told.strip()
    assert len(told) < 20_000, "an error that repeats the whole input helps nobody"


@pytest.mark.parametrize("text", NOT_A_CASE.values(), ids=NOT_A_CASE.keys())
def test_what_is_no_case_gets_errors_that_help(text: str) -> None:
    """No text makes the function raise; what is no case gets path, found, wanted and how to mend it, in few words."""
    answer = _decide(text)
    assert set(answer) == {"errors"}, answer
    for error in answer["errors"]:
        assert set(error) == {"path", "code", "found", "wanted", "mend"}
        assert error["wanted"]
        assert error["mend"]
        assert len(json.dumps(error)) < 2_000, "an error that repeats the whole input helps nobody"


@pytest.mark.parametrize("text", NOT_A_CASE.values(), ids=NOT_A_CASE.keys())
def test_the_command_line_refuses_what_is_no_case(text: str, command: str) -> None:
    """Exit code 2, the reasons on standard error, never a traceback."""
    _is_a_helpful_refusal(_run(command, "decide", "-", given=text.encode("utf-8")))


@pytest.mark.parametrize("twice", [
    "{" + AS_OF + ',"now":{"immediate_risk":"yes","immediate_risk":"no"}}',
    "{" + AS_OF + ',"now":{"immediate_risk":"yes"},"now":{"immediate_risk":"no"}}',
    "{" + AS_OF + ',"now":{"immediate_risk":"yes"},"now":{}}',
    "{" + AS_OF + ',"now":{"immediate_risk":"yes"},"n\\u006fw":{"immediate_risk":"no"}}',
])
def test_a_key_given_twice_never_hides_danger(twice: str) -> None:
    """Where a key comes twice the second must not quietly undo the first: refused, or read as the danger it names."""
    answer = _decide(twice)
    assert "errors" in answer or answer["route"] == "emergency"
    if "errors" in answer:
        assert any("now" in error["path"] or "immediate_risk" in error["path"] for error in answer["errors"])


@pytest.mark.parametrize("note", ["\ud800", "\udfff x", "\x00", "\u202e", "x" * 1_000_000, "</script><b>", "\ufeff"],
                         ids=["half pair", "other half", "zero", "right to left", "a megabyte", "a tag", "a mark"])
def test_a_strange_note_changes_nothing(note: str) -> None:
    """Notes are record only: half pairs, control characters and a megabyte of text leave the decision as it is."""
    case = base_case(14)
    case["indicators"] = {"missing-from-home": {"seen": "evidence", "note": "plain"}}
    plain = decide_json(json.dumps(case))
    case["indicators"]["missing-from-home"]["note"] = note
    assert decide_json(json.dumps(case)) == plain
    assert decide_json(json.dumps(case, ensure_ascii=False)) == plain


def test_a_strange_reason_is_still_utf_8(command: str) -> None:
    """Half pairs in a reason neither break the answer's encoding nor the command line."""
    case = base_case(14)
    case["judgement"] = {"outcome": "category_1", "reason": "\ud800", "consulted": "\udc00\ud800"}
    decide_json(json.dumps(case)).encode("utf-8")
    done = _run(command, "decide", "-", given=json.dumps(case).encode("ascii"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["route"] == "early_help"


@pytest.mark.parametrize("data", [
    b"\xff\xfe\x00", b"\xc3", b"\xed\xa0\x80", b'{"as_of":"\xff"}', b"\x80" * 10_000_000,
    GOOD.encode("ascii")[:-1] + b"\xff}", GOOD.encode("utf-32"), bytes(range(256)),
], ids=["start", "half a letter", "half pair", "in a string", "ten megabytes", "at the end", "UTF-32", "every byte"])
def test_bytes_that_are_not_utf_8_are_refused(data: bytes, command: str) -> None:
    """Bytes in another encoding are no case: exit code 2 and a reason."""
    _is_a_helpful_refusal(_run(command, "decide", "-", given=data))


@pytest.mark.parametrize("data", [
    b"\xef\xbb\xbf" + GOOD.encode("ascii"), GOOD.encode("utf-16"), GOOD.encode("utf-16-le"),
], ids=["UTF-8 with a mark", "UTF-16 with a mark", "UTF-16 without"])
def test_marks_and_utf_16_are_read_rightly_or_refused(data: bytes, command: str) -> None:
    """Some editors save so: either the same decision as without the mark, or a refusal; never a different decision."""
    done = _run(command, "decide", "-", given=data)
    if done.returncode == 0:
        assert json.loads(done.stdout) == _decide(GOOD)
    else:
        _is_a_helpful_refusal(done)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path, command: str) -> None:
    """A file that does not exist, a directory, a strange name, an empty file: exit code 2, the name told."""
    (tmp_path / "empty.json").write_bytes(b"")
    for name in ["does-not-exist.json", ".", "empty.json", "n\u00e9ant \u2028.json"]:
        done = _run(command, "decide", str(tmp_path / name))
        _is_a_helpful_refusal(done)
    missing = _run(command, "decide", str(tmp_path / "does-not-exist.json"))
    assert "does-not-exist.json" in missing.stderr.decode("utf-8")


def test_a_file_is_decided_as_standard_input_is(tmp_path: Path, command: str) -> None:
    """The same case from a file and from standard input gives the same bytes, and nothing on standard error."""
    (tmp_path / "case.json").write_text(GOOD, encoding="utf-8")
    from_file = _run(command, "decide", str(tmp_path / "case.json"))
    assert (from_file.returncode, from_file.stderr) == (0, b"")
    assert from_file.stdout == _run(command, "decide", "-", given=GOOD.encode("utf-8")).stdout


def test_errors_name_path_found_and_wanted_all_at_once(command: str) -> None:
    """On standard error each fault has its path, what was found, what was wanted; all faults come together."""
    case = base_case(14)
    case["now"]["immediate_risk"] = "perhaps"
    case["child"]["status"] = "sixth-form"
    case["as_of"] = "2026-02-30T10:00"
    done = _run(command, "decide", "-", given=json.dumps(case).encode("utf-8"))
    _is_a_helpful_refusal(done)
    told = done.stderr.decode("utf-8")
    for words in ["now.immediate_risk", "perhaps", "yes", "not_known", "child.status", "sixth-form", "looked_after",
                  "as_of", "2026-02-30T10:00", "YYYY-MM-DDTHH:MM"]:
        assert words in told, words


def test_a_bad_line_neither_stops_nor_shifts_the_others(command: str) -> None:
    """With --lines each line gets its answer in its place, a bad one its errors; the exit code says so."""
    lines = [GOOD, "junk", "[" * 100_000, json.dumps(base_case(9)), "{}", GOOD]
    done = _run(command, "decide", "--lines", given="\n".join(lines).encode("utf-8"))
    assert b"Traceback" not in done.stderr, done.stderr[-2000:]
    assert done.returncode == 2
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert len(answers) == len(lines)
    for line, answer in zip(lines, answers, strict=True):
        assert answer == _decide(line)


@pytest.mark.parametrize("arguments", [[], ["decide"], ["made-up"], ["decide", "--made-up"], ["decide", "a", "b"]],
                         ids=" ".join)
def test_a_command_line_that_makes_no_sense_is_refused(arguments: list[str], command: str) -> None:
    """Without a case, or with words the command does not know: help or exit code 2, never a traceback."""
    done = _run(command, *arguments)
    assert done.returncode in {0, 2}
    assert b"Traceback" not in done.stderr, done.stderr[-2000:]
    assert done.stdout or done.stderr


def test_a_reader_that_leaves_early_gets_no_traceback(command: str) -> None:
    """`cse-pathway ... | head -1` closes the pipe: the command ends quietly."""
    lines = (GOOD + "\n").encode("utf-8") * 300
    for arguments, given in [(["decide", "--lines"], lines), (["decide", "-"], GOOD.encode("utf-8")), (["rules"], b"")]:
        with subprocess.Popen([command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            try:
                process.stdin.write(given)
                process.stdin.close()
            except BrokenPipeError:
                pass
            told = process.stderr.read().decode("utf-8")
            process.wait(timeout=60)
        assert "Traceback" not in told, told
        assert "Exception" not in told, told
        assert "BrokenPipe" not in told, told


def test_no_random_damage_to_a_case_makes_the_engine_raise() -> None:
    """Characters lost, changed or foreign anywhere in a case: a decision or errors, and valid JSON either way."""
    rng = random.Random(20261122)  # noqa: S311 - made-up cases are no secret
    case = base_case(14)
    case["aged_12_to_17"] = {"category_1": "evidence"}
    case["judgement"] = {"outcome": "category_1", "reason": "x", "consulted": "y"}
    case["referral"] = {"made_at": "2026-11-23T11:00", "meeting_held_on": None}
    whole = json.dumps(case)
    foreign = ["", '"', "{", "}", "[", "]", ",", ":", "0", "-", "e", "\\", "\x00", "\ud800", "\u0661", "null", "NaN",
               "1e999"]
    for _ in range(3_000):
        text = whole
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(foreign) + text[at + rng.randrange(3):]
        answer = _decide(text)
        assert ("errors" in answer) != ("route" in answer), text
