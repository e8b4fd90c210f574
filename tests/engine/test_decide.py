"""Deciding: total, deterministic, and true to the principles that no single table shows."""

import json
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_pathway import decide, decide_json, load, read_case
from tests.conformance.cases import random_case

RULES = load()


def some_case(seed: int) -> dict:
    """A valid case of the conformance suite's generator."""
    return random_case(random.Random(seed), list(RULES.indicators))  # noqa: S311 - made-up cases


def shuffled(value, order: random.Random):
    """The same JSON with its keys in another order."""
    if not isinstance(value, dict):
        return value
    items = [(key, shuffled(inner, order)) for key, inner in value.items()]
    order.shuffle(items)
    return dict(items)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_deciding_never_fails_and_never_depends_on_the_order_of_keys(seed):
    """The same case and rules give the same bytes, however the case is written down."""
    case = some_case(seed)
    answer = decide_json(json.dumps(case))
    assert "route" in json.loads(answer)
    assert decide_json(json.dumps(shuffled(case, random.Random(seed)), indent=1)) == answer  # noqa: S311


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_leaving_an_answer_out_is_the_same_as_not_known(seed):
    """Principle 2: not knowing is an answer of its own, and silence is the same answer."""
    case = some_case(seed)
    bare = {
        key: {name: inner for name, inner in value.items() if inner != "not_known"}
        if isinstance(value, dict)
        else value
        for key, value in case.items()
    }
    assert decide_json(json.dumps(bare)) == decide_json(json.dumps(case))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_no_number_of_signs_ever_changes_the_outcome_or_the_route(seed):
    """R10.2: signs are recorded, never counted. The one that decides by itself (R3.4) is as it was in both."""
    case = some_case(seed)
    deciding = {path.rpartition(".")[2] for path, entry in RULES.inputs.items() if entry.kind == "sign"}
    same = {name: sign for name, sign in case.get("indicators", {}).items() if name in deciding}
    bare = json.loads(decide_json(json.dumps({**case, "indicators": same})))
    others = {name: {"seen": "evidence", "when": "recent"} for name in RULES.indicators if name not in deciding}
    full = json.loads(decide_json(json.dumps({**case, "indicators": {**same, **others}})))
    assert (full["outcome"], full["route"]) == (bare["outcome"], bare["route"])


def test_a_decision_is_the_same_whatever_the_order_of_keys():
    """The same case gives the same bytes: how a program orders its keys is no answer."""
    case = some_case(3)
    assert decide_json(json.dumps(dict(reversed(case.items())))) == decide_json(json.dumps(case))


def test_two_processes_with_different_hash_seeds_give_the_same_bytes():
    """No hash order reaches a decision."""
    case = json.dumps(some_case(7))
    program = "import sys, cse_pathway; sys.stdout.write(cse_pathway.decide_json(sys.stdin.read()))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=case, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(answers) == 1


def test_a_reason_that_prints_nothing_is_no_reason():
    """Lowering needs a reason that somebody can read: an invisible character is none."""
    case = {
        "as_of": "2026-11-23T10:30",
        "child": {"age": 14},
        "aged_12_to_17": {"category_2": "evidence"},
        "judgement": {"outcome": "category_1", "reason": "\u200b\u00ad \t", "consulted": "The safeguarding lead"},
        "now": dict.fromkeys(
            (
                "immediate_risk",
                "significant_harm",
                "abuse_disclosed_or_seen",
                "parent_encouraging",
                "trusted_adult_involved",
            ),
            "no",
        ),
    }
    assert json.loads(decide_json(json.dumps(case)))["route"] == "ask_reason"
    case["judgement"]["reason"] = "The fact rested on a mix-up of names."
    assert json.loads(decide_json(json.dumps(case)))["route"] == "early_help"


def test_a_decision_names_the_rules_it_was_made_under():
    """A result can be opened later under the rules of its day."""
    decision = json.loads(decide_json('{"as_of": "2026-11-23T10:30"}'))
    assert decision["rules"] == {"version": RULES.version, "sha256": RULES.sha256}


def test_a_case_is_decided_alike_as_case_as_mapping_and_as_text():
    """Whoever holds a case in any form asks the same function."""
    case = some_case(11)
    decisions = [decide(one) for one in (case, json.dumps(case), read_case(case, RULES))]
    assert decisions[0] == decisions[1] == decisions[2]
    assert decide(case, RULES) == decisions[0]


@pytest.mark.parametrize("junk", [b"{}", None, 5, ["as_of"]])
def test_what_is_no_case_at_all_is_named_by_its_type(junk):
    """A program that passes bytes is told so, in our words."""
    with pytest.raises(TypeError, match=f"JSON text; found {type(junk).__name__}"):
        decide(junk)
