"""Two records side by side: what changed, whether the rules did, and what a fall asks."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from cse_pathway import compare_json, load, record_json
from cse_pathway.compare import compare
from cse_pathway.problems import BadCase
from cse_pathway.record import RuleSet, read_record
from tests import strategies

RULES = load()
CALM = dict.fromkeys(
    ("immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"),
    "no",
)
NONE = dict.fromkeys(("category_1", "category_2", "category_3"), "none")
ASKS = ["give-reasons", "ask-other-agencies", "has-it-stopped"]


def recorded(case, made_at=None):
    """A record of a case, made when it was decided unless told otherwise."""
    made = json.loads(record_json(json.dumps(case), "", made_at or case["as_of"]))
    assert "errors" not in made, made
    return made


def record(as_of="2026-11-23T11:00", **changes):
    """A record of a calm case of 14, with answers changed."""
    return recorded({"as_of": as_of, "child": {"age": 14}, "now": CALM, "aged_12_to_17": NONE, **changes})


def compared(old, new):
    """The comparison of two records given as JSON data."""
    return json.loads(compare_json(json.dumps(old), json.dumps(new)))


def category(number, **changes):
    """A record with a category found and judged so."""
    found = {**NONE, f"category_{number}": "evidence"}
    return record(aged_12_to_17=found, judgement={"outcome": f"category_{number}"}, **changes)


def under_12(tool, **now):
    """A record of a calm child of 11 with the tool for under-12s completed, a year before."""
    as_of = "2025-11-23T10:00"
    return recorded({"as_of": as_of, "child": {"age": 11}, "now": {**CALM, **now}, "under_12": tool})


@settings(max_examples=40, deadline=None)
@given(strategies.records())
def test_a_record_beside_itself_shows_no_change_and_asks_nothing(one):
    """What did not change is not told."""
    answer = compared(one, one)
    assert answer["answers"] == answer["asks"] == []
    for part in ("actions", "warnings"):
        assert not any(answer[part].values())
    assert answer["route"]["direction"] in ("same", None)
    assert answer["outcome"]["direction"] == "same"
    assert answer["rules"]["changed"] is False


@settings(max_examples=40, deadline=None)
@given(strategies.records(), strategies.records())
def test_the_changes_told_turn_the_old_plan_into_the_new(old, new):
    """The old actions without those removed and with those added are the new actions; warnings likewise."""
    old["made_at"] = new["made_at"]
    answer = compared(old, new)
    for part in ("actions", "warnings"):
        before, after = ({item["id"] for item in one["decision"][part]} for one in (old, new))
        assert {item["id"] for item in answer[part]["added"]} == after - before
        assert {item["id"] for item in answer[part]["removed"]} == before - after
    for name in ("indicated", "judged", "final"):
        assert answer["outcome"][name] == {
            "old": old["decision"]["outcome"][name],
            "new": new["decision"]["outcome"][name],
        }
    assert answer["route"]["old"] == old["decision"]["route"]
    assert answer["route"]["new"] == new["decision"]["route"]


def test_answers_that_changed_are_told_with_old_and_new():
    """Each answer stands under its path; one that came or went has null on the other side."""
    old = recorded(
        {
            "as_of": "2026-11-23T10:00",
            "area": "dudley",
            "child": {"age": 0, "leaving_care_team": False},
            "now": {**CALM, "parent_encouraging": "not_known"},
            "judgement": {"reason": ""},
        }
    )
    new = record(indicators={"missing-from-home": {"seen": "suspected"}}, context={"court_case": "not_known"})
    told = {change["path"]: (change["old"], change["new"]) for change in compared(old, new)["answers"]}
    assert told == {
        "area": ("dudley", None),
        "child.age": (0, 14),
        "now.parent_encouraging": ("not_known", "no"),
        "aged_12_to_17.category_1": (None, "none"),
        "aged_12_to_17.category_2": (None, "none"),
        "aged_12_to_17.category_3": (None, "none"),
        "indicators.missing-from-home.seen": (None, "suspected"),
    }


def test_an_age_of_0_is_an_answer():
    """A baby's age is not the same as no age."""
    old, new = ({"as_of": "2026-11-23T10:00", "child": child} for child in ({"age": 0}, {}))
    assert compared(recorded(old), recorded(new))["answers"] == [{"path": "child.age", "old": 0, "new": None}]


def test_a_new_date_of_the_same_action_is_told():
    """A referral made anew moves its clocks; the action is the same."""
    old, new = (category(2, referral={"made_at": day}) for day in ("2026-11-23T11:00", "2026-11-24T11:00"))
    assert [(one["id"], one["old"], one["new"]) for one in compared(old, new)["actions"]["due_changed"]] == [
        ("hold-discussion", "2026-11-26", "2026-11-27")
    ]


FALLS = {
    "a category lower, the route the same": (category(3), category(2)),
    "from referral to early help": (category(2), category(1)),
    "from early help to no action": (category(1), record(judgement={"outcome": "no_risk_identified"})),
    "from a referral to nothing settled": (category(2), record(aged_12_to_17={})),
    "from emergency to a referral, the outcome the same": (
        category(2, now={**CALM, "immediate_risk": "yes"}),
        category(2),
    ),
    "an outcome not settled any more, the emergency the same": (
        category(2, now={**CALM, "immediate_risk": "yes"}),
        recorded({"as_of": "2026-11-23T11:00", "child": {"age": 14}, "now": {**CALM, "immediate_risk": "yes"}}),
    ),
    "of a child who turned 12, to one that leads to less, the emergency the same": (
        under_12({"red": "one"}, immediate_risk="yes"),
        category(1, now={**CALM, "immediate_risk": "yes"}),
    ),
    "of a child who turned 12, to the lowest, the emergency the same": (
        under_12({"red": "one"}, immediate_risk="yes"),
        record(now={**CALM, "immediate_risk": "yes"}),
    ),
    "from a referral to one who has turned 18": (
        category(2),
        recorded({"as_of": "2026-12-01T10:00", "child": {"age": 18}, "now": CALM}),
    ),
}  # fmt: skip
NO_FALLS = {
    "the same": (category(2), category(2)),
    "higher": (category(1), category(3)),
    "from nothing settled to no action": (
        record(aged_12_to_17={}),
        record(judgement={"outcome": "no_risk_identified"}),
    ),
    "a reason asked for while the referral stands": (
        category(2),
        record(aged_12_to_17={"category_2": "evidence"}, judgement={"outcome": "category_1"}),
    ),
    "the lowest outcome not settled any more, the emergency the same": (
        record(now={**CALM, "immediate_risk": "yes"}),
        record(now={**CALM, "immediate_risk": "yes"}, aged_12_to_17={}),
    ),
    "an age not known any more, the referral the same": (
        record(aged_12_to_17={}, context={"parents_implicated": "yes"}),
        recorded({"as_of": "2026-11-23T11:00", "now": CALM, "context": {"parents_implicated": "yes"}}),
    ),
    "another scale, the route the same": (
        under_12({"red": "one"}),
        category(2),
    ),
    "another scale, an outcome that leads to more": (
        under_12({"alert": "no", "red": "none", "amber": "none"}, immediate_risk="yes"),
        category(2, now={**CALM, "immediate_risk": "yes"}),
    ),
}


@pytest.mark.parametrize(("old", "new"), FALLS.values(), ids=FALLS.keys())
def test_a_fall_asks_for_reasons_other_agencies_and_whether_it_has_stopped(old, new):
    """A lower outcome or route asks three things: records of why [R8.4], others' view [R8.2], the abuse itself."""
    answer = compared(old, new)
    assert "down" in (answer["outcome"]["direction"], answer["route"]["direction"])
    assert [ask["id"] for ask in answer["asks"]] == ASKS


@pytest.mark.parametrize(("old", "new"), NO_FALLS.values(), ids=NO_FALLS.keys())
def test_what_did_not_fall_asks_nothing(old, new):
    """Questions that are asked every time are soon not read."""
    answer = compared(old, new)
    assert "down" not in (answer["outcome"]["direction"], answer["route"]["direction"])
    assert answer["asks"] == []


def test_each_ask_has_its_paragraph_or_is_marked_as_an_editors_note_with_its_source():
    """What the sources do not say is marked so, with the public inquiry's findings it rests on."""
    for ask in compared(category(2), category(1))["asks"]:
        assert ask["editors_note"] != bool(ask["sources"])
        assert ask["editors_note"] == bool(ask["references"])
        assert ask["inferred"] is ("reason" in ask)


def test_a_change_of_rules_in_between_is_told():
    """The same answers may be decided otherwise under new rules: so both versions are told."""
    old, new = category(2), category(2)
    other = RuleSet("2025.1.1", "0" * 64)
    earlier = read_record(old, RULES)
    earlier = replace(earlier, rules=other)
    answer = compare(earlier, read_record(new, RULES), RULES)
    assert answer["rules"] == {"old": other.as_json(), "new": new["rules"], "changed": True}


def test_a_route_or_outcome_that_todays_rules_do_not_have_has_no_direction():
    """Old rules may have had other routes: no order is made up for them."""
    earlier = read_record(category(2), RULES)
    strange = {**earlier.decision, "route": "watch", "outcome": {**earlier.decision["outcome"], "final": "amber"}}
    answer = compare(replace(earlier, decision=strange), read_record(category(1), RULES), RULES)
    assert answer["route"]["direction"] is None
    assert answer["outcome"]["direction"] is None
    asked = replace(earlier, decision={**strange, "route": "ask_reason"})
    assert compare(asked, read_record(category(1), RULES), RULES)["route"]["direction"] is None


def test_the_later_record_given_first_is_refused():
    """The wrong way round a rise would read as a fall."""
    old, new = category(2), category(1)
    new["made_at"] = "2026-11-22T11:00"
    assert [error["path"] for error in compared(old, new)["errors"]] == ["new.made_at"]
    with pytest.raises(BadCase):
        compare(read_record(old, RULES), read_record(new, RULES), RULES)


def test_problems_of_both_records_are_told_at_once():
    """Which of the two files is meant stands before each path."""
    answer = json.loads(compare_json("{}", json.dumps({**category(2), "extra": 1})))
    assert [error["path"] for error in answer["errors"]] == ["old.format", "new.extra"]
