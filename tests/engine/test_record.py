"""Records: what is kept, how it opens again, and alterations told."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_pathway import decide_json, load, open_record_json, record_json
from cse_pathway.problems import BadCase
from cse_pathway.record import FORMAT, make_record, opened, read_record
from tests import strategies

RULES = load()
MADE_AT = "2026-11-23T11:15"
CASE = {
    "as_of": "2026-11-23T10:30",
    "area": "solihull",
    "child": {"age": 14},
    "now": {"immediate_risk": "no", "significant_harm": "yes"},
    "referral": {"made_at": "2026-11-23T11:00"},
}
OTHER_RULES = replace(RULES, version="2027.1.1", sha256="ab" * 32)
"""Rules as they might be later: another version with another hash."""


def a_record(**changes):
    """A record of CASE as JSON data, with keys changed."""
    return {**json.loads(record_json(json.dumps(CASE), "", MADE_AT)), **changes}


def errors(record):
    """The paths complained of when a record is opened."""
    answer = json.loads(open_record_json(json.dumps(record)))
    return [error["path"] for error in answer["errors"]] if "errors" in answer else []


def test_a_record_holds_case_decision_rules_and_moment_and_nobodys_name():
    """Names stand in a record only where somebody typed them; the moment is the caller's, never a clock's."""
    record = a_record()
    assert list(record) == ["format", "rules", "case", "decision", "judged_by", "made_at"]
    assert record["format"] == FORMAT
    assert record["rules"] == {"version": RULES.version, "sha256": RULES.sha256}
    assert record["case"] == CASE
    assert record["decision"] == json.loads(decide_json(json.dumps(CASE)))
    assert record["judged_by"] == {"name": "", "role": ""}
    assert record["made_at"] == MADE_AT


def test_who_judged_is_kept_as_typed():
    """The name and the role go in letter by letter."""
    record = json.loads(record_json(json.dumps(CASE), '{"name": "Zoë \\ud83d\\ude42", "role": "lead"}', MADE_AT))
    assert record["judged_by"] == {"name": "Zoë \U0001f642", "role": "lead"}


@settings(max_examples=30, deadline=None)
@given(strategies.records(), st.randoms(use_true_random=False))
def test_a_record_opens_to_the_same_case_and_decision(record, order):
    """What was recorded comes back whole, whatever the order of the keys, and today's rules decide it the same."""
    keys = list(record)
    order.shuffle(keys)
    answer = json.loads(open_record_json(json.dumps({key: record[key] for key in keys}, indent=1)))
    assert answer["case"] == record["case"]
    assert answer["decision_then"] == answer["decision_now"] == record["decision"]
    assert answer["judged_by"] == record["judged_by"]
    assert answer["same_rules"] is True
    assert answer["warnings"] == []


@settings(max_examples=30, deadline=None)
@given(strategies.records())
def test_reading_a_record_and_writing_it_again_changes_nothing(record):
    """A record that was only opened is the same record, byte for byte."""
    assert json.dumps(read_record(record, RULES).as_json()) == json.dumps(record)


def test_a_record_made_under_other_rules_opens_and_tells_both_versions():
    """Records made under today's rules open after the rules change, with both decisions and both versions told."""
    answer = opened(read_record(a_record(), OTHER_RULES), OTHER_RULES)
    assert answer["same_rules"] is False
    assert answer["rules"] == {
        "then": {"version": RULES.version, "sha256": RULES.sha256},
        "now": {"version": "2027.1.1", "sha256": "ab" * 32},
    }
    (warning,) = answer["warnings"]
    assert warning["id"] == "other-rules"
    assert RULES.version in warning["text"]
    assert "2027.1.1" in warning["text"]


def test_where_new_rules_decide_otherwise_both_decisions_stand_side_by_side():
    """A rule changed since: the old decision stays as it was, the new one stands beside it, and that is told."""
    later = replace(OTHER_RULES, actions=OTHER_RULES.actions[1:])
    before = a_record(case={**CASE, "now": {"immediate_risk": "yes"}})
    before = json.loads(record_json(json.dumps(before["case"]), "", MADE_AT))
    answer = opened(read_record(before, later), later)
    assert [warning["id"] for warning in answer["warnings"]] == ["other-rules", "decided-otherwise"]
    assert answer["decision_then"]["actions"][0]["id"] == "call-999"
    assert answer["decision_now"]["actions"][0]["id"] != "call-999"


def test_a_case_that_new_rules_cannot_read_opens_with_what_was_decided_then():
    """An answer that the rules no longer have does not lock the record: it is told, and the old decision is shown."""
    later = replace(
        OTHER_RULES, inputs={path: entry for path, entry in RULES.inputs.items() if path != "now.significant_harm"}
    )
    answer = opened(read_record(a_record(), later), later)
    assert answer["decision_now"] is None
    assert [problem["path"] for problem in answer["case_problems"]] == ["case.now.significant_harm"]
    assert [warning["id"] for warning in answer["warnings"]] == ["other-rules", "not-decided-now"]


ALTERED = {
    "another route": lambda record: record["decision"].update(route="no_cse_action"),
    "an answer changed": lambda record: record["case"]["now"].update(significant_harm="no"),
    "an action taken out": lambda record: record["decision"]["actions"].pop(),
    "a wording changed": lambda record: record["decision"]["actions"][0].update(what="Nothing."),
    "a number for false": lambda record: record["decision"]["outcome"].update(fixed=0),
    "rules of another version": lambda record: record["rules"].update(version="2000.1.1"),
    "rules of another hash": lambda record: record["rules"].update(sha256="0" * 64),
    "another version everywhere": lambda record: [
        one.update(version="2000.1.1") for one in (record["rules"], record["decision"]["rules"])
    ],
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_record_is_told(alter):
    """A decision that does not follow from its case under its rules is no record of a decision."""
    record = a_record()
    alter(record)
    paths = errors(record)
    assert len(paths) == 1
    assert paths[0].partition(".")[0] in ("decision", "rules")


def test_all_problems_of_a_record_are_told_at_once():
    """Mending a file one problem at a time wears people out: keys, values, the case's own, the alteration."""
    record = a_record(format=1, made_at="yesterday", extra=1)
    record["decision"]["route"] = "refer"
    del record["judged_by"]["role"]
    assert errors(record) == ["extra", "judged_by.role", "made_at", "decision"]
    record["case"]["child"]["age"] = -1
    assert errors(record) == ["extra", "judged_by.role", "made_at", "case.child.age"]
    record["decision"]["actions"][0]["when"]["due"] = 5
    del record["rules"]
    assert errors(record) == [
        "extra", "rules", "decision.actions[0].when.due", "judged_by.role", "made_at", "case.child.age",
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(strategies.records(), st.integers(0, 10**6))
def test_no_part_of_a_record_can_be_missing_unknown_or_of_another_type(record, seed):
    """Every key of a record's form is needed, none may be added, and no value may be of another type."""
    rng = random.Random(seed)  # noqa: S311 - made-up faults
    place = record
    while True:
        needed = [name for name in place if name not in ("case", "because", "reason", "due_if_strategy")]
        key = rng.choice(needed or ["x"])
        if isinstance(place.get(key), dict) and place[key] and rng.random() < 0.7:
            place = place[key]
        else:
            break
    match rng.randrange(3):
        case 0:
            place.pop(key, None)
            place.setdefault("made-up", 1)
        case 1:
            place["made-up"] = 1
        case _:
            place[key] = [[]]
    assert errors(record)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ""),
        ("[]", ""),
        ("null", ""),
        ("{}", "format"),
        (json.dumps(CASE), "format"),
        ('{"format": 2}', "format"),
        ('{"format": -1}', "format"),
        ('{"format": true}', "format"),
        ('{"format": 1.0}', "format"),
        ('{"format": "1"}', "format"),
        ('{"format": 1' + "0" * 5000 + "}", ""),
        ("[" * 100_000, ""),
    ],
)
def test_what_is_no_record_is_told_with_the_next_step(text, path):
    """A case file, a newer file or junk: each is told in few words with what to do."""
    answer = json.loads(open_record_json(text))
    assert [error["path"] for error in answer["errors"]] == [path]
    assert len(json.dumps(answer)) < 2000


def test_a_record_of_a_newer_format_says_to_open_it_where_it_was_saved():
    """An old copy of the site does not guess at formats that came after it."""
    (error,) = json.loads(open_record_json('{"format": 2}'))["errors"]
    assert "newer" in error["mend"]


@pytest.mark.parametrize(
    ("case", "judged_by", "made_at", "paths"),
    [
        ("{", "", MADE_AT, [""]),
        ("{}", "", MADE_AT, ["case.as_of"]),
        (json.dumps(CASE), "[]", MADE_AT, ["judged_by"]),
        (json.dumps(CASE), '{"name": 1, "age": 2}', "now", ["judged_by.age", "judged_by.name", "made_at"]),
        (json.dumps(CASE), "", "2026-11-23T24:00", ["made_at"]),
        ('{"as_of": "x"}', '{"role": null}', "", ["case.as_of", "judged_by.role", "made_at"]),
    ],
)
def test_making_a_record_tells_every_problem(case, judged_by, made_at, paths):
    """The case, who judged and the moment are all checked before anything is said to be recorded."""
    assert [error["path"] for error in json.loads(record_json(case, judged_by, made_at))["errors"]] == paths


def test_a_bad_case_is_never_recorded():
    """A record always holds a decision: a case that cannot be decided raises."""
    with pytest.raises(BadCase):
        make_record({**CASE, "colour": "red"}, {}, MADE_AT, RULES)
