"""Two engines that are not ours decide our exported tables as ours does.

zen-engine (Rust) decides the JDM export, all tables in one chain; feelin (JavaScript) decides each cell of the DMN
export, which dmn-moddle reads. Known differences of engines are kept out of the exports: no negation, no null in cells,
no word compared with a number (an age not known has a column of its own), the out-of-hours wording and dates are not
part of a table.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import zen

from build_scripts.mutation.witness_cases import read_witness_cases
from build_scripts.rule_pages import dmn as export_dmn
from build_scripts.rule_pages.outside_tables import OutsideTable, as_facts, outside_tables
from build_scripts.rules.compile import built_rulebook
from cse_pathway.case import read_case
from cse_pathway.decide import apply_tables
from cse_pathway.facts import all_domains, domains_of, facts_of
from cse_pathway.rulebook import RuleBook
from cse_pathway.table import Facts, Value
from tests.conformance.dmn import export_jdm

ROOT = Path(__file__).parents[3]
RANDOM_CASES = 10_000


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    """The rule book, compiled from the rule files."""
    return built_rulebook()


@pytest.fixture(scope="module")
def tables(rules: RuleBook) -> list[OutsideTable]:
    """The tables as they are exported."""
    return outside_tables(rules, all_domains(rules))


@pytest.fixture(scope="module")
def cases(rules: RuleBook) -> list[dict[str, Value]]:
    """Every committed witness case, then 10,000 cases with each fact drawn at random from all it can be."""
    drawn = random.Random(20261122)  # noqa: S311 - made-up cases are no secret
    domains = domains_of(rules)
    found = [facts_of(read_case(held.case, rules), rules) for held in read_witness_cases()]
    found += [{name: drawn.choice(values) for name, values in domains.items()} for _ in range(RANDOM_CASES)]
    return found


@pytest.fixture(scope="module")
def ours(rules: RuleBook, tables: list[OutsideTable], cases: list[dict[str, Value]]) -> list[list[list[int]]]:
    """What our engine says: for each case, for each exported table, the places of the rows that decide it."""
    return [_places(facts, rules, tables) for facts in cases]


def _places(facts: Facts, rules: RuleBook, tables: Sequence[OutsideTable]) -> list[list[int]]:
    known, trace = apply_tables(facts, rules)
    fired: dict[str, list[str]] = {}
    for hit in trace:
        fired.setdefault(hit.table, []).append(hit.row.id)
    for name, items in (("actions", rules.actions), ("warnings", rules.warnings)):
        fired[name] = [
            f"{item.id}.{condition.id}"
            for item in items
            for condition in sorted(item.conditions, key=lambda held: held.inferred is not None)
            if condition.holds(known) and (item.for_adults or known["age_band"] != "adult")
        ]
    places = []
    for table in tables:
        ids = [row.id for row in table.rows]
        said = fired.get(table.id, [f"{table.id}.otherwise"] if f"{table.id}.otherwise" in ids else [])
        places.append([ids.index(row) for row in said])
    return places


def test_every_row_of_every_export_is_shown_by_some_case(
    tables: list[OutsideTable], ours: list[list[list[int]]]
) -> None:
    """The comparison says nothing of a row that no case reaches: every row of the exports decides some case."""
    for number, table in enumerate(tables):
        shown = {place for said in ours for place in said[number]}
        assert shown == set(range(len(table.rows))), table.id
    assert len(ours) > RANDOM_CASES


def test_feelin_decides_the_exported_dmn_as_we_do(
    rules: RuleBook,
    tables: list[OutsideTable],
    cases: list[dict[str, Value]],
    ours: list[list[list[int]]],
    tmp_path: Path,
) -> None:
    """dmn-moddle reads each file without a warning, and feelin finds the same rows in every table for every case."""
    files = export_dmn.export_all(rules, tmp_path)
    assert [file.stem for file in files] == [table.id for table in tables]
    answer = _feelin(files, [as_facts(facts) for facts in cases])
    assert answer["cells"] > 300
    for facts, said, wanted in zip(cases, answer["results"], ours, strict=True):
        # In front stands a row for each input, which refuses where that is missing.
        behind = zip(tables, wanted, strict=True)
        assert said == [[len(table.columns) + place for place in places] for table, places in behind], facts


def _feelin(files: Sequence[Path], cases: Sequence[Any]) -> dict[str, Any]:
    asked = json.dumps({"files": [str(file) for file in files], "cases": cases})
    runner = Path(__file__).with_name("feelin_runner.mjs")
    done = subprocess.run(["node", runner], input=asked, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["warnings"] == []
    return answer


RAW = {
    "harm alone": {"age_known": "yes", "age": 14, "now": {"significant_harm": "yes"}},
    "evidence alone": {"age_known": "yes", "age": 14, "aged_12_to_17": {"category_3": "evidence"}},
    "danger alone": {"now": {"immediate_risk": "yes"}},
    "nothing": {},
    "a value of their own": {"now": {"immediate_risk": "Yes"}},
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_an_exported_file_refuses_a_case_that_leaves_answers_out(
    rules: RuleBook, tables: list[OutsideTable], tmp_path: Path, raw: dict[str, Any]
) -> None:
    """Fed the answers that were given and no more, other engines must not find less to do than we do: they refuse."""
    said = _feelin(export_dmn.export_all(rules, tmp_path), [raw])["results"][0]
    known, refused = _flat(raw), {}
    for table, places in zip(tables, said, strict=True):
        refused[table.id] = min(places) < len(table.columns)
        whole = all(known.get(held.fact) in (held.values or [known.get(held.fact)]) for held in table.columns)
        assert refused[table.id] != whole, table.id
        if whole:
            known |= {name: values[0] for name, values in table.outputs}
    assert refused["actions"]


def test_an_exported_file_names_the_one_answer_that_is_left_out(
    rules: RuleBook, tables: list[OutsideTable], cases: list[dict[str, Value]], tmp_path: Path
) -> None:
    """Each fact is left out once, of a whole case: each table that reads it refuses, and says which."""
    whole = next(facts for facts in cases if facts["age"] != "not_known")
    names = sorted({column.fact for table in tables for column in table.columns} & set(_flat(as_facts(whole))))
    assert len(names) > 20
    without = [as_facts(whole) for _ in names]
    for name, facts in zip(names, without, strict=True):
        holder, _, key = name.rpartition(".")
        del (facts[holder] if holder else facts)[key]
    answers = _feelin(export_dmn.export_all(rules, tmp_path), without)["results"]
    for name, said in zip(names, answers, strict=True):
        for table, places in zip(tables, said, strict=True):
            refusals = [row.id for row in export_dmn.refusing(table).rows[: len(table.columns)]]
            if name in [column.fact for column in table.columns]:
                told = [refusals[place] for place in places if place < len(refusals)]
                assert told, (name, table.id)
                assert table.hit_policy != "COLLECT" or f"{export_dmn.MISSING}: {name}" in told


def _flat(facts: dict[str, Any]) -> dict[str, Any]:
    flat = {}
    for name, value in facts.items():
        flat |= {f"{name}.{key}": held for key, held in value.items()} if isinstance(value, dict) else {name: value}
    return flat


def test_zen_decides_the_exported_chain_as_we_do(
    rules: RuleBook, cases: list[dict[str, Value]], tmp_path: Path
) -> None:
    """The whole chain in one JDM graph gives every fact that our tables give, and the same actions and warnings."""
    export_jdm.export_all(rules, tmp_path)
    engine = zen.ZenEngine().create_decision((tmp_path / f"{export_jdm.WHOLE}.json").read_text("utf-8"))
    for facts in cases:
        known, trace = apply_tables(facts, rules)
        said: dict[str, Any] = engine.evaluate(as_facts(facts))["result"]
        for name, value in known.items():
            if name not in facts:
                assert said[name] == value, (name, facts)
        grounds = [dict(hit.row.then)["ground"] for hit in trace if hit.table == "section-47"]
        assert [entry["ground"] for entry in said["section-47"]] == grounds, facts
        due = {
            f"{item.id}.{held.id}"
            for item in (*rules.actions, *rules.warnings)
            for held in item.conditions
            if held.holds(known) and (item.for_adults or known["age_band"] != "adult")
        }
        collected = {f"{entry['action']}.{entry['condition']}" for entry in said["actions"]}
        collected |= {f"{entry['warning']}.{entry['condition']}" for entry in said["warnings"]}
        assert collected == due, facts


def test_each_table_by_itself_is_decided_by_zen(rules: RuleBook, tables: list[OutsideTable], tmp_path: Path) -> None:
    """The files of single tables are sound by themselves, too: each decides the facts of the witness cases."""
    export_jdm.export_all(rules, tmp_path)
    known = [apply_tables(facts_of(read_case(held.case, rules), rules), rules)[0] for held in read_witness_cases()[::7]]
    for table, held in zip(tables, rules.tables, strict=False):
        if held.hit_policy == "collect":
            continue
        engine = zen.ZenEngine().create_decision((tmp_path / f"{table.id}.json").read_text("utf-8"))
        for facts in known:
            # `indicated` and `fixed` come from two tables: the one that is not asked leaves what it is given.
            said = engine.evaluate(as_facts(facts))["result"]
            outputs, _ = held.decide(facts)
            assert {name: said[name] for name in outputs} == outputs, (table.id, facts)


def test_a_wrong_export_is_noticed(rules: RuleBook, cases: list[dict[str, Value]], tmp_path: Path) -> None:
    """The comparison can fail: a route changed in the exported file is found among the witness cases."""
    export_jdm.export_all(rules, tmp_path)
    path = tmp_path / f"{export_jdm.WHOLE}.json"
    broken = path.read_text("utf-8").replace('\\"early_help\\"', '\\"refer\\"')
    engine = zen.ZenEngine().create_decision(broken)
    differ = [
        facts
        for facts in cases[:600]
        if engine.evaluate(as_facts(facts))["result"]["route"] != apply_tables(facts, rules)[0]["route"]
    ]
    assert differ
