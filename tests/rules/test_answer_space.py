"""The walk over all cases is exact: it finds what trying finds, and what it finds can be tried."""

from __future__ import annotations

import itertools
import random

from build_scripts.proofs.answer_space import explore, single, stepping, to_the_letter
from build_scripts.proofs.counter_example import as_case
from build_scripts.proofs.judgement_tail import JudgementTail
from cse_pathway.case import read_case
from cse_pathway.decide import apply_tables, decide
from cse_pathway.facts import domains_of, facts_of
from cse_pathway.rulebook import RuleBook

NAMES = ("route", "final", "standing", "tool_answered", "own_worker")


def _random_facts(rules: RuleBook, rng: random.Random) -> dict[str, object]:
    """Any valid case's facts: the tool of another age unanswered, no outcome off the scale."""
    facts: dict[str, object] = {name: rng.choice(values) for name, values in domains_of(rules).items()}
    facts["age"] = rng.choice([0, 8, 11, 12, 13, 15, 16, 17, 18, 40, "not_known"])
    band = apply_tables(facts, rules)[0]["age_band"]  # type: ignore[arg-type]
    for name in facts:
        holder = name.partition(".")[0]
        other = {"under_12": "under_12", "aged_12_to_17": "12_to_17"}.get(holder, band)
        if band != "not_known" and other != band:
            facts[name] = "not_known"
    if band == "adult":
        facts |= {"judgement.outcome": "not_known", "judgement.reason": "missing", "judgement.consulted": "missing"}
    elif band in rules.scales and facts["judgement.outcome"] not in rules.scales[str(band)]:
        facts["judgement.outcome"] = "not_known"
    return facts


def test_whatever_a_random_case_gives_the_walk_has_found(rules: RuleBook) -> None:
    """4,000 random cases give no combination of route, outcome and so on that the walk over all cases left out."""
    found = {
        tuple(values[name][0] for name in NAMES)
        for values, _ in explore(single(rules), rules, to_the_letter(NAMES)).join(NAMES)
    }
    rng = random.Random(4)  # noqa: S311 - made-up cases are no secret
    met = set()
    for _ in range(4_000):
        known, _ = apply_tables(_random_facts(rules, rng), rules)  # type: ignore[arg-type]
        met.add(tuple(known[name] for name in NAMES))
    assert met <= found
    assert len(met) > len(found) / 4, "the random cases are too few to say anything"


def test_whatever_the_walk_finds_its_witness_gives(rules: RuleBook) -> None:
    """Each combination comes with a case, and the engine gives that case that very combination."""
    count = 0
    for values, witness in explore(single(rules), rules, to_the_letter(NAMES)).join(NAMES):
        known, _ = apply_tables(facts_of(read_case(as_case(witness.case(), rules), rules), rules), rules)
        assert [known[name] for name in NAMES] == [values[name][0] for name in NAMES]
        count += 1
    assert count > 100


def test_the_under_12_space_is_the_same_as_by_brute_force(rules: RuleBook) -> None:
    """Every under-12 answer, judgement and reason, with urgent answers, tried one by one: the walk's set, no other."""
    names = ("urgency", "unsure", "indicated", "fixed", "judged", "reasoned", "final", "ask")
    found = {
        tuple(values[name][0] for name in names)
        for values, _ in explore(single(rules), rules, to_the_letter((*names, "age_band"))).join((*names, "age_band"))
        if values["age_band"][0] == "under_12"
    }
    domains = domains_of(rules)
    plain: dict[str, object] = {name: values[0] for name, values in domains.items()}
    unanswered = [name for name in domains if name.startswith(("aged_12_to_17.", "indicators."))]
    plain |= {"age": 8, **dict.fromkeys(unanswered, "not_known")}
    varied = [name for name in domains if name.startswith(("under_12.", "judgement."))]
    tried = set()
    for now in itertools.product(("yes", "no", "not_known"), ("yes", "no")):
        for extra in ("no", "not_known"):
            for chosen in itertools.product(*(domains[name] for name in varied)):
                facts = {**plain, **dict(zip(varied, chosen, strict=True))}
                if facts["judgement.outcome"] not in ("not_known", *rules.scales["under_12"]):
                    continue
                facts |= {"now.immediate_risk": now[0], "now.significant_harm": now[1], "now.parent_encouraging": "no"}
                facts |= {"now.abuse_disclosed_or_seen": extra, "now.trusted_adult_involved": "no"}
                known, _ = apply_tables(facts, rules)  # type: ignore[arg-type]
                tried.add(tuple(known[name] for name in names))
    assert tried == found


def test_a_pair_of_cases_differs_in_one_answer_by_one_step(rules: RuleBook) -> None:
    """The proof that a worse answer gives no less compares two cases that are the same but for that answer."""
    tail = JudgementTail(rules)
    path = "under_12.red"
    steps = set()
    for _, witness in explore(stepping(rules, path), rules, to_the_letter(tail.core)).join(tail.core):
        one, two = witness.case(0), witness.case(1)
        if path not in one:  # at this age no table reads the tool
            assert one == two
            continue
        assert {name for name in one if one[name] != two[name]} == {path}
        steps.add((one[path], two[path]))
    assert steps == {("none", "not_known"), ("not_known", "one"), ("one", "several")}


def test_the_tail_of_the_judgement_gives_what_the_engine_gives(rules: RuleBook) -> None:
    """What the proofs take for the route after a judgement is what the engine decides for that case."""
    tail = JudgementTail(rules)
    rng = random.Random(5)  # noqa: S311 - made-up cases are no secret
    for _ in range(2_000):
        known, _ = apply_tables(_random_facts(rules, rng), rules)  # type: ignore[arg-type]
        follows = tail.facts(known)
        assert {name: known[name] for name in follows} == follows


def test_a_counter_example_reads_as_a_case(rules: RuleBook) -> None:
    """A fault is told as a case that can be pasted into the command line: flags, dates, signs and all."""
    case = as_case(
        {"age": 8, "allocated_worker": "yes", "referral.made_at": "given", "other_signs_seen": "yes",
         "indicators.sexual-health": "suspected", "area": "not_known",
         "judgement.reason": "given", "now.immediate_risk": "no", "referral.meeting_held_on": "missing"},
        rules,
    )  # fmt: skip
    assert case == {
        "as_of": "2026-11-23T10:30",
        "child": {"age": 8},
        "allocated_worker": True,
        "judgement": {"reason": "given"},
        "now": {"immediate_risk": "no"},
        "referral": {"made_at": "2026-11-23T11:00"},
        "indicators": {"sexual-health": {"seen": "suspected"}, rules.indicators[0]: {"seen": "evidence"}},
    }
    assert decide(read_case(case, rules), rules).route == "refer"
