"""What would change the route: exact, held against a plain reading of the route and every change there is."""

import json
import random
from itertools import combinations, product

import pytest
from hypothesis import given, settings

from cse_pathway import load, read_case, what_if_json
from cse_pathway.decide import apply_tables
from cse_pathway.facts import facts_of
from cse_pathway.what_if import _Routes, what_if
from tests import strategies
from tests.conformance.cases import random_case

RULES = load()
ORDER = ["adult", "no_cse_action", "early_help", "assess", "refer", "refer_now", "emergency"]
NEVER_CHANGED = ("judgement.outcome", "judgement.reason", "judgement.consulted", "referral.made_at",
                 "referral.meeting_held_on", "area", "setting", "allocated_worker")  # fmt: skip
BANDS = {"under_12": 8, "12_to_17": 12, "adult": 20}
CHILDREN = (8, 12, 14)
"""An age for each that a rule tells apart: the tools, and what holds under 13."""
REFERS = ("potentially_vulnerable", "vulnerable", "category_2", "category_3")
CALM = dict.fromkeys(
    ("immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"),
    "no",
)


# --- a plain reading of tables 1 to 6, for speed and for a second opinion ----------------------------------------


def band_of(facts):
    """Age group: S6(1), S7(1), R3.1."""
    age = facts["age"]
    return "not_known" if age == "not_known" else "under_12" if age < 12 else "12_to_17" if age < 18 else "adult"


def indicated_of(facts, band):
    """Tables 3 and 4: S6(5) to S6(9), R12.2. The outcome, and whether it is fixed."""
    if band == "under_12":
        alert, red, amber = (facts[f"under_12.{name}"] for name in ("alert", "red", "amber"))
        if alert == "yes":
            return "vulnerable", True
        if red == "several" and amber in ("few", "significant"):
            return "potentially_vulnerable", True
        if red in ("one", "several") or amber == "significant":
            return "potentially_vulnerable", False
        return ("universal", False) if (alert, red, amber) == ("no", "none", "none") else (None, False)
    if band == "12_to_17":
        found = [facts[f"aged_12_to_17.category_{number}"] for number in (1, 2, 3)]
        for number in (3, 2, 1):
            if found[number - 1] in ("evidence", "suspected"):
                return f"category_{number}", False
        return ("no_risk_identified", False) if found == ["none"] * 3 else (None, False)
    return None, False


def final_of(facts, band, reasoned):
    """Table 5: the outcome that stands, and what is asked."""
    indicated, fixed = indicated_of(facts, band)
    judged = facts["judgement.outcome"] if band in RULES.scales else "not_known"
    unsure = any(facts[f"now.{name}"] == "not_known" for name in CALM)
    if judged == "not_known":
        return indicated, "judgement" if indicated in (None, "universal", "no_risk_identified") else None
    scale = RULES.scales[band]
    if indicated and scale.index(judged) < scale.index(indicated):
        if fixed:
            return indicated, None
        return (judged, None) if reasoned else (indicated, "reason")
    if judged == scale[0] and (indicated is None or unsure):
        return (judged, None) if reasoned else (None, "reason")
    return judged, None


def route_of(facts, reasoned=None):
    """Tables 1 and 6: the route, and the route that would stand if nothing were asked."""
    now = [facts[f"now.{name}"] for name in CALM]
    band = band_of(facts)
    if now[0] == "yes":
        return "emergency", "emergency"
    if band == "adult":
        return "adult", "adult"
    sexual = facts["indicators.sexual-health"]
    under_13 = band != "not_known" and facts["age"] < 13
    if "yes" in now or now[0] == "not_known" or (under_13 and sexual == "evidence"):
        return "refer_now", "refer_now"
    grounds = ("context.parents_implicated", "context.other_children", "referral.assessed_as_exploited",
               "referral.strategy_discussion")  # fmt: skip
    refer = (
        any(facts[ground] == "yes" for ground in grounds)
        or facts["context.moved_for_exploitation"] in ("yes", "suspected")
        or facts["referral.meeting_held_on"] == "given"
        or ((under_13 or band == "not_known") and sexual in ("evidence", "suspected"))
    )
    if band == "not_known":
        kept = (
            facts["under_12.alert"] == "yes"
            or facts["under_12.red"] in ("one", "several")
            or facts["under_12.amber"] == "significant"
            or any(facts[f"aged_12_to_17.category_{number}"] in ("evidence", "suspected") for number in (2, 3))
            or facts["judgement.outcome"] in REFERS
        )
        return "ask_age", "refer" if refer or kept else "no_cse_action"
    own_worker = (
        facts["allocated_worker"] == "yes"
        and facts["setting"] == "social_care"
        and facts["child.status"] in ("known_to_childrens_services", "looked_after")
    )
    to_refer = "assess" if own_worker and band == "12_to_17" else "refer"
    if refer:
        return to_refer, to_refer
    if reasoned is None:
        reasoned = facts["judgement.reason"] == "given" and facts["judgement.consulted"] == "given"
    final, ask = final_of(facts, band, reasoned)
    standing = to_refer if final in REFERS else "early_help" if final == "category_1" else "no_cse_action"
    return (f"ask_{ask}" if ask else standing), standing


def level_of(facts):
    """Where a route stands: by the least that completing the case can give, then by what is in force meanwhile."""
    route, standing = route_of(facts)
    least = route
    if route == "ask_reason":
        least = route_of(facts, reasoned=True)[0]
    elif route == "ask_judgement":
        least = "no_cse_action"
    elif route == "ask_age":
        return min(level_of(aged(facts, age))[0] for age in CHILDREN), ORDER.index(standing)
    return ORDER.index(least), ORDER.index(standing)


def aged(facts, age):
    """A case of unknown age as one of this age: a judgement that is off its scale is set aside."""
    scale = RULES.scales[band_of({"age": age})]
    judged = facts["judgement.outcome"]
    return {**facts, "age": age, "judgement.outcome": judged if judged in scale else "not_known"}


# --- every change there is ---------------------------------------------------------------------------------------


def changeable(facts):
    """Every answer of the case with its other values, whether or not a table reads it, as lists of (value, facts)."""
    band = band_of(facts)
    found = {}
    for path, entry in RULES.inputs.items():
        holder = path.partition(".")[0]
        tool = {"under_12": "under_12", "aged_12_to_17": "12_to_17"}.get(holder)
        if path in NEVER_CHANGED or (tool and band not in (tool, "not_known")):
            continue
        found[path] = [(value, {path: value}) for value in entry.domain if value != facts[path]]
    if band == "not_known":
        judged = facts["judgement.outcome"]
        found["child.age"] = [
            (name, {"age": age, "judgement.outcome": judged if judged in RULES.scales.get(name, ()) else "not_known"})
            for name, age in BANDS.items()
        ]
    return found


def brute_force(facts, route=lambda facts: route_of(facts)[0], level=level_of):
    """Try every one-answer change; where none raises (or lowers), every two-answer change. Sets of (changes, route)."""
    answers = changeable(facts)
    here, stands = route(facts), level(facts)
    moved = {"raise": set(), "lower": set()}
    for size in (1, 2):
        missing = [way for way, found in moved.items() if not found]
        for paths in combinations(answers, size) if missing else ():
            for values in product(*(answers[path] for path in paths)):
                other = dict(facts)
                for _, changed in values:
                    other.update(changed)
                there = route(other)
                if there == here:
                    continue
                its_level = level(other)
                way = "raise" if its_level > stands else "lower" if its_level < stands else None
                if way in missing:
                    names = frozenset((path, value) for path, (value, _) in zip(paths, values, strict=True))
                    moved[way].add((names, there))
    return moved


def told(case):
    """What the engine says of a case, in the shape of `brute_force`."""
    answer = what_if(read_case(case, RULES), RULES).as_json()
    return {
        way: {
            (frozenset((change["path"], change["to"]) for change in one["changes"]), one["route"])
            for one in answer[way]
        }
        for way in ("raise", "lower")
    }


def facts(case):
    """The facts of a case given as JSON data."""
    return facts_of(read_case(case, RULES), RULES)


def some_cases(number, seed):
    """Random valid cases of the conformance suite."""
    rng = random.Random(seed)  # noqa: S311 - made-up cases
    return [random_case(rng, RULES.indicators) for _ in range(number)]


def test_the_plain_reading_gives_the_engines_route():
    """The brute force rests on a second, plain reading of the tables: it gives the engine's route in 2,000 cases."""
    for case in some_cases(2000, "plain"):
        assert route_of(facts(case))[0] == apply_tables(facts(case), RULES)[0]["route"], case


def test_what_if_is_exact_over_all_changes_of_one_and_two_answers():
    """Every change of one or two answers of 1,000 random cases is tried: those that move the route are those told.

    Answers that no table reads for the route are tried as well.
    """
    for case in some_cases(1000, "exact"):
        assert told(case) == brute_force(facts(case)), case


@settings(max_examples=10, deadline=None)
@given(strategies.cases())
def test_what_if_is_exact_when_the_tables_themselves_are_asked(case):
    """The same brute force with the tables in the place of the plain reading: no opinion but the rules' own."""
    asked = {}

    def route(changed):
        key = tuple(changed.values())
        if key not in asked:
            asked[key] = str(apply_tables(changed, RULES)[0]["route"])
        return asked[key]

    assert told(case) == brute_force(facts(case), route=route)


def test_find_out_holds_each_unknown_answer_that_leads_to_different_routes_and_no_other():
    """Of the answers still to find out, those count whose possible answers lead to different routes."""
    for case in some_cases(500, "open"):
        base = facts(case)
        here = what_if(read_case(case, RULES), RULES).as_json()["find_out"]
        expected = {}
        for path, values in changeable(base).items():
            if path in RULES.find_out and base.get(path, base["age"]) == "not_known":
                routes = {value: route_of({**base, **changed})[0] for value, changed in values}
                if len(set(routes.values())) > 1:
                    expected[path] = routes
        assert {item["path"]: item["routes"] for item in here} == expected, case


def test_find_out_is_ordered_by_the_highest_route_and_then_as_published():
    """What may turn out gravest comes first; answers that may turn out alike keep the published order."""
    for case in some_cases(500, "order"):
        base, answers = facts(case), changeable(facts(case))
        ranks = [
            (
                [-place for place in max(level_of({**base, **changed}) for _, changed in answers[item["path"]])],
                RULES.find_out.index(item["path"]),
            )
            for item in what_if(read_case(case, RULES), RULES).as_json()["find_out"]
        ]
        assert ranks == sorted(ranks), case


def test_two_changes_are_told_only_where_no_single_one_moves_the_route_that_way():
    """The smallest changes: both of two dangers must have been answered otherwise, and either way is told."""
    case = {"as_of": "2026-11-23T10:30", "child": {"age": 14},
            "now": {**CALM, "significant_harm": "yes", "trusted_adult_involved": "yes"}}  # fmt: skip
    answer = what_if(read_case(case, RULES), RULES).as_json()
    assert [len(one["changes"]) for one in answer["raise"]] == [1]
    assert {tuple(change["path"] for change in one["changes"]) for one in answer["lower"]} == {
        ("now.significant_harm", "now.trusted_adult_involved")
    }


def test_a_judgement_and_a_known_age_are_never_changed():
    """The professional's judgement is not an answer to play with (S4(3), R12.3), nor is a birthday."""
    for case in some_cases(300, "kept"):
        paths = {path for way in told(case).values() for changes, _ in way for path, _ in changes}
        assert not {path for path in paths if path.startswith("judgement")}
        if facts(case)["age"] != "not_known":
            assert "child.age" not in paths


def test_a_category_found_beside_a_lower_judgement_raises_the_route():
    """Until the reason is there the referral stands (table 6): so a reason asked for is more than no action."""
    case = {"as_of": "2026-11-23T10:30", "child": {"age": 14}, "now": CALM,
            "aged_12_to_17": dict.fromkeys(("category_1", "category_2", "category_3"), "none"),
            "judgement": {"outcome": "no_risk_identified"}}  # fmt: skip
    assert (frozenset({("aged_12_to_17.category_2", "evidence")}), "ask_reason") in told(case)["raise"]


def test_an_unknown_age_is_tried_as_each_age_group():
    """Nobody's age is guessed: each of the three groups has its route; a judgement of another age is set aside."""
    case = {"as_of": "2026-11-23T10:30", "now": CALM, "judgement": {"outcome": "universal", "reason": "a",
            "consulted": "b"}}  # fmt: skip
    answer = what_if(read_case(case, RULES), RULES).as_json()
    assert answer["find_out"][-1] == {
        "path": "child.age",
        "routes": {"under_12": "no_cse_action", "12_to_17": "ask_judgement", "adult": "adult"},
    }


@settings(max_examples=100, deadline=None)
@given(strategies.cases())
def test_each_alternative_is_a_case_that_the_engine_decides_so(case):
    """What is told holds when the answers are really changed and the whole case is decided anew."""
    answer = what_if(read_case(case, RULES), RULES).as_json()
    for one in [*answer["raise"], *answer["lower"]][:40]:
        changed = json.loads(json.dumps(case))
        if any(change["path"] == "child.age" for change in one["changes"]):
            continue  # another age sets answers aside; the brute force above covers it
        for change in one["changes"]:
            holder, _, key = change["path"].rpartition(".")
            part = changed.setdefault(holder, {})
            if holder == "indicators":
                part[key] = {**part.get(key, {}), "seen": change["to"]}
            else:
                part[key] = change["to"]
        assert apply_tables(facts(changed), RULES)[0]["route"] == one["route"]


def test_asking_only_the_tables_that_read_a_change_gives_what_asking_all_gives():
    """The shortcut is exact for any change of facts, tools of another age among them."""
    routes = _Routes(RULES)
    rng = random.Random("shortcut")  # noqa: S311 - made-up changes
    for case in some_cases(300, "shortcut"):
        base = {name: value for name, value in facts(case).items() if name in routes.reads}
        known = routes.known(base)
        for path in rng.sample(sorted(set(base) & set(RULES.inputs)), 6):
            change = {path: rng.choice(RULES.inputs[path].domain)}
            assert routes.changed(known, change)[0] == routes.known({**base, **change}), (case, change)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"as_of": 5}', "\x00", '{"as_of": "2026-11-23T10:30", "x": 1}'])
def test_what_is_no_case_gets_errors(text):
    """No text makes it raise: what is no case gets errors that help."""
    assert set(json.loads(what_if_json(text))) == {"errors"}
