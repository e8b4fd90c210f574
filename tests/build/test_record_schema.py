"""The JSON Schema of a record: made of the form by which the engine reads records, so that the two never disagree."""

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from build_scripts.rule_pages.record_schema import record_schema
from cse_pathway import BadCase, load, record_json
from cse_pathway.record import read_record
from tests import strategies

RULES = load()
SCHEMA = record_schema(RULES)
VALIDATOR = Draft202012Validator(SCHEMA)
CASE = {"as_of": "2026-11-23T10:30", "child": {"age": 14}, "now": {"immediate_risk": "yes"}, "allocated_worker": True}
RECORD = json.loads(record_json(json.dumps(CASE), '{"name": "", "role": "teacher"}', "2026-11-23T10:45"))
OTHER = {"version": "2020.1.1", "sha256": "0" * 64}


def _read(record):
    """Whether the engine's reader takes a record."""
    try:
        read_record(record, RULES)
    except BadCase:
        return False
    return True


def _altered(**parts):
    """The record with some of its parts changed; a path's dots are two underscores."""
    record = copy.deepcopy(RECORD)
    for path, value in parts.items():
        *before, last = path.split("__")
        place = record
        for key in before:
            place = place[int(key)] if isinstance(place, list) else place[key]
        place[last] = value
    return record


def test_the_schema_is_one():
    """Draft 2020-12, with nothing in it that a checker would pass over."""
    Draft202012Validator.check_schema(SCHEMA)


@settings(max_examples=60, deadline=None)
@given(strategies.records())
def test_every_record_that_the_engine_makes_holds(record):
    """Whatever was answered, and whoever judged."""
    assert list(VALIDATOR.iter_errors(record)) == []


@settings(max_examples=60, deadline=None)
@given(strategies.records(), st.integers(0, 10**6))
def test_what_the_reader_takes_the_schema_takes(record, seed):
    """A change anywhere in a record: where the engine still opens it, the schema must not refuse it."""
    rng = random.Random(seed)  # noqa: S311 - made-up faults
    place = record
    while isinstance(place, dict) and place:
        key = rng.choice(list(place))
        if isinstance(place[key], dict) and place[key] and rng.random() < 0.8:
            place = place[key]
            continue
        place[key] = rng.choice(["", "not_known", None, True, 7, [], {}, "2026-01-31", "made up"])
        break
    if _read(record):
        assert list(VALIDATOR.iter_errors(record)) == []


BAD = {
    "no object": [],
    "a case": CASE,
    "a newer format": _altered(format=2),
    "true for 1": _altered(format=True),
    "no moment": _altered(made_at="2026-11-23"),
    "hour 24": _altered(made_at="2026-11-23T24:00"),
    "no day of the month": _altered(case__as_of="2026-11-32T10:00"),
    "a key more": _altered(colour="red"),
    "a key less": {key: value for key, value in RECORD.items() if key != "judged_by"},
    "a short hash": _altered(rules={"version": "1", "sha256": "abc"}),
    "another version, the same hash": _altered(rules__version="2000.1.1"),
    "no text": _altered(judged_by__name=None),
    "an unknown answer": _altered(case__now={"immediate_risk": "perhaps"}),
    "an unknown question": _altered(case__now={"danger": "yes"}),
    "an unknown sign": _altered(case__indicators={"made-up": {"seen": "evidence"}}),
    "an unknown word of a sign": _altered(case__indicators={RULES.indicators[0]: {"seen": "often"}}),
    "text for a flag": _altered(case__allocated_worker="yes"),
    "an age beyond all": _altered(case__child={"age": 121}),
    "an age and a birth": _altered(case__child={"age": 14, "date_of_birth": "2012-03-01"}),
    "an action without its words": _altered(decision__actions=[{"id": "call-999"}]),
    "a due day that is a number": _altered(decision__actions__0__when={"rule": "", "due": 5}),
    "outcomes of another type": _altered(decision__outcome=[]),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_what_is_no_record_is_refused_by_schema_and_reader_alike(bad):
    """Programs that write records find out from the schema, before a person finds out from the page."""
    assert not VALIDATOR.is_valid(bad)
    assert not _read(bad)


def test_the_case_of_other_rules_is_left_to_them():
    """Questions come and go with the rules: the schema of today's says nothing of a record of other rules."""
    other = _altered(rules=OTHER, decision__rules=OTHER, case={"as_of": "2020-01-01T00:00", "an-old-question": "yes"})
    assert VALIDATOR.is_valid(other)
    assert _read(other)
