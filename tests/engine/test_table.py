"""Cells, rows and hit policies of a decision table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_pathway.table import Cell, CellError, Row, SameAs, Table


def row(name, when, then):
    """A row from plain values."""
    return Row(name, tuple((fact, Cell.read(cell)) for fact, cell in when.items()), tuple(then.items()), ("R1.1",))


def table(policy, *rows, **more):
    """A table with one input and one output."""
    return Table("t", "T", policy, ("answer",), (("said", ("a", "b", "c")),), rows, **more)


@given(st.integers(0, 120))
def test_a_comparison_and_the_range_beside_it_share_no_age_and_miss_none(age):
    """S7(1): under 12, 12 to 17 and 18 on divide the ages without a gap."""
    fits = [Cell.read(cell, "number").fits(age) for cell in ("< 12", "12..17", ">= 18")]
    assert sum(fits) == 1


@pytest.mark.parametrize(
    ("written", "fits", "not_fits"), [("<= 3", 3, 4), ("> 3", 4, 3), ("3..3", 3, 2), ([1, "> 5"], 6, 5)]
)
def test_number_cells_keep_their_ends(written, fits, not_fits):
    """An end belongs to a comparison only where the sign says so; a range holds both."""
    cell = Cell.read(written, "number")
    assert cell.fits(fits)
    assert not cell.fits(not_fits)


def test_true_is_not_the_number_one():
    """Python says True == 1; a rule must not."""
    assert not Cell.read(1, "number").fits(True)
    assert not Cell.read(True).fits(1)


@pytest.mark.parametrize("written", [[], None, {"a": 1}, [["yes"]]])
def test_a_cell_that_is_no_cell_is_refused(written):
    """The cell language has values, sets, comparisons and ranges, nothing else."""
    with pytest.raises(CellError):
        Cell.read(written)


def test_a_backward_range_is_refused():
    """17..12 would fit nothing and look as if it did."""
    with pytest.raises(CellError, match="backwards"):
        Cell.read("17..12", "number")


def test_the_first_row_that_fits_speaks():
    """Hit policy first: a later row that fits too is not heard."""
    found, hits = table("first", row("one", {"answer": "yes"}, {"said": "a"}), row("rest", {}, {"said": "b"})).decide(
        {"answer": "yes"}
    )
    assert found == {"said": "a"}
    assert [hit.row.id for hit in hits] == ["one"]
    assert hits[0].because == (("answer", "yes"),)


def test_a_row_without_cells_was_reached_by_all_inputs():
    """The catch-all row names every input it rests on."""
    _, hits = table("first", row("one", {"answer": "yes"}, {"said": "a"}), row("rest", {}, {"said": "b"})).decide(
        {"answer": "no"}
    )
    assert hits[0].because == (("answer", "no"),)


def test_a_unique_table_refuses_two_rows_at_once():
    """Hit policy unique: overlap is a fault of the rules, told with the table's name."""
    both = table(
        "unique", row("one", {"answer": ["yes", "no"]}, {"said": "a"}), row("two", {"answer": "no"}, {"said": "b"})
    )
    with pytest.raises(LookupError, match="table t: 2 rows fit"):
        both.decide({"answer": "no"})


def test_a_table_with_a_gap_says_so():
    """Deciding never guesses where no rule speaks."""
    with pytest.raises(LookupError, match="0 rows fit"):
        table("first", row("one", {"answer": "yes"}, {"said": "a"})).decide({"answer": "no"})


def test_collect_gives_every_row_that_fits_in_order():
    """Hit policy collect: the grounds of section 47 come in the order of R14.5."""
    both = table(
        "collect", row("one", {"answer": ["yes", "no"]}, {"said": "a"}), row("two", {"answer": "no"}, {"said": "b"})
    )
    outputs, hits = both.decide({"answer": "no"})
    assert outputs == {}
    assert [hit.row.id for hit in hits] == ["one", "two"]


def test_a_table_that_is_not_asked_gives_its_otherwise():
    """The under-12 table is silent at 14."""
    asked = table(
        "first", row("one", {}, {"said": "a"}), only_when=(("answer", Cell.read("yes")),), otherwise=(("said", "c"),)
    )
    assert asked.decide({"answer": "no"}) == ({"said": "c"}, [])


def test_an_output_may_copy_another_fact():
    """The final outcome is the indicated or the judged one, whatever that is."""
    copies = table("first", row("one", {}, {"said": SameAs("other")}))
    assert copies.decide({"answer": "no", "other": "b"})[0] == {"said": "b"}
