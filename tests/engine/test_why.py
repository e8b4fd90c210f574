"""Why: every rule that fired, the answers it read, its paragraph, and for what is inferred the reason."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cse_pathway import decide, load, read_case
from cse_pathway.decide import apply_tables
from cse_pathway.facts import facts_of
from tests import strategies

RULES = load()
FIRST = {"actions", "warnings"}
OUTPUTS = {name: table for table in RULES.tables for name, _ in table.outputs}
ITEMS = {("actions", item.id): item for item in RULES.actions} | {
    ("warnings", item.id): item for item in RULES.warnings
}


def decided(case):
    """The decision of a case as JSON data, and all the facts it rests on."""
    read = read_case(case, RULES)
    return decide(read, RULES).as_json(), apply_tables(facts_of(read, RULES), RULES)[0]


@settings(max_examples=150, deadline=None)
@given(strategies.cases())
@example({"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes", "parent_encouraging": "yes"}})
def test_every_row_that_fired_is_told_in_the_order_of_the_tables(case):
    """A decision hides none of its rules: the tables stand first, in their order."""
    decision, facts = decided(case)
    expected = [(table.id, row.id) for table in RULES.tables for row in _fitting(table, facts)]
    told = [(ground["table"], ground["row"]) for ground in decision["why"] if ground["table"] not in FIRST]
    assert told == expected


def _fitting(table, facts):
    if not table.asked(facts):
        return []
    fitting = [row for row in table.rows if row.fits(facts)]
    return fitting if table.hit_policy == "collect" else fitting[:1]


@settings(max_examples=150, deadline=None)
@given(strategies.cases())
def test_every_action_and_warning_has_its_ground_with_the_same_basis(case):
    """Each action and each warning is followed in `why` by the condition that fired: same paragraphs, same reason."""
    decision, _ = decided(case)
    for kind in ("actions", "warnings"):
        grounds = [ground for ground in decision["why"] if ground["table"] == kind]
        assert [ground["row"].rpartition(".")[0] for ground in grounds] == [item["id"] for item in decision[kind]]
        for ground, item in zip(grounds, decision[kind], strict=True):
            basis = ("sources", "inferred", "reason")
            assert [ground.get(key) for key in basis] == [item.get(key) for key in basis]
            condition = next(
                one for one in ITEMS[kind, item["id"]].conditions if one.id == ground["row"].rpartition(".")[2]
            )
            assert set(ground["because"]) == {name for name, _ in condition.when}


@settings(max_examples=150, deadline=None)
@given(strategies.cases())
def test_each_rule_tells_the_facts_it_read_as_they_were(case):
    """What a rule read is told by name and value: an answer of the case, or what an earlier table made of it."""
    decision, facts = decided(case)
    for ground in decision["why"]:
        assert ground["because"] == {name: facts[name] for name in ground["because"]}
        rows = {row.id: (table, row) for table in RULES.tables for row in table.rows}
        if ground["row"] in rows:
            table, row = rows[ground["row"]]
            assert set(ground["because"]) == ({name for name, _ in row.when} or set(table.inputs))


@settings(max_examples=150, deadline=None)
@given(strategies.cases())
def test_the_trail_leads_back_to_the_answers(case):
    """Every fact that a rule read and no answer gave is an output of a row told before it, or of a table not asked."""
    decision, facts = decided(case)
    explained = set(facts_of(read_case(case, RULES), RULES))
    rows = {row.id: row for table in RULES.tables for row in table.rows}
    for table in RULES.tables:
        if not table.asked(facts):
            explained |= {name for name, _ in table.otherwise}
    for ground in decision["why"]:
        assert set(ground["because"]) <= explained, ground
        if ground["row"] in rows:
            explained |= {name for name, _ in rows[ground["row"]].then}


@settings(max_examples=150, deadline=None)
@given(strategies.cases())
def test_what_is_inferred_says_why_and_everything_else_cites_a_paragraph(case):
    """What is inferred stands with its reason; a rule that is not inferred has at least one paragraph."""
    decision, _ = decided(case)
    for ground in [*decision["why"], *decision["actions"], *decision["warnings"]]:
        assert ground["inferred"] is ("reason" in ground)
        assert ground.get("reason", "given").strip()
        assert ground["inferred"] or ground["sources"], ground


@settings(max_examples=60, deadline=None)
@given(strategies.cases(), st.sampled_from([area for area in RULES.areas if area != "solihull"]))
def test_outside_solihull_a_rule_on_solihulls_paragraphs_alone_is_inferred(case, area):
    """An S paragraph is Solihull's: where a rule rests on nothing else, another area has it by inference only."""
    decision, _ = decided({**case, "area": area})
    for ground in decision["why"]:
        if ground["sources"] and all(source.startswith("S") for source in ground["sources"]):
            assert ground["inferred"], ground


def test_every_rule_of_the_rule_book_has_a_basis():
    """No row and no condition, whether or not a random case reaches it, stands without a paragraph or a reason."""
    for table in RULES.tables:
        for row in table.rows:
            assert row.sources or row.inferred, row.id
    for item in (*RULES.actions, *RULES.warnings):
        for condition in item.conditions:
            sources = item.sources if condition.sources is None else condition.sources
            assert sources or condition.inferred, f"{item.id}.{condition.id}"
