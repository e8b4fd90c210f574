"""Small numbers hidden from published counts: nothing that is hidden can be worked out from what is shown."""

import itertools
import random

import pytest

from cse_pathway.small_numbers import LEAST_SHOWN, Line, hidden

MONTHS, VALUES = ("m1", "m2"), ("a", "b")
GRID = tuple(itertools.product((*MONTHS, "all"), (*VALUES, "all")))


def key(month, value):
    """The name of one count."""
    return (month, "by", value)


LINES = [
    *(Line(tuple(key(month, value) for value in VALUES), key(month, "all")) for month in (*MONTHS, "all")),
    *(Line(tuple(key(month, value) for month in MONTHS), key("all", value)) for value in (*VALUES, "all")),
]


def counts_of(cells):
    """The counts of a table of two months and two values, its totals included."""
    inner = dict(zip(itertools.product(MONTHS, VALUES), cells, strict=True))
    return {
        key(month, value): sum(
            number for (m, v), number in inner.items() if month in (m, "all") and value in (v, "all")
        )
        for month, value in GRID
    }


def possible(counts, gone):
    """For each hidden count, the values found that it can have while those shown stay as they are.

    Every table is tried, cell by cell up to 12, until each hidden count has two values.
    """
    found = {name: set() for name in gone}
    shown = {name: number for name, number in counts.items() if name not in gone}
    inner = [key(month, value) for month in MONTHS for value in VALUES]
    for cells in itertools.product(*((shown[name],) if name in shown else range(13) for name in inner)):
        tried = counts_of(cells)
        if all(tried[name] == number for name, number in shown.items()):
            for name in gone:
                found[name].add(tried[name])
            if all(len(values) > 1 for values in found.values()):
                break
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_count_is_the_only_one_that_fits_what_is_shown(seed):
    """Whoever tries every table that agrees with what is shown finds two values or more for each hidden count."""
    rng = random.Random(seed)  # noqa: S311 - made-up counts
    counts = counts_of([rng.choice((0, 0, 1, 2, 3, 5, 6, 8)) for _ in range(4)])
    gone = hidden(counts, LINES)
    assert {name for name, number in counts.items() if 0 < number < LEAST_SHOWN} <= gone
    for name, values in possible(counts, gone).items():
        assert len(values) > 1, (counts, sorted(gone), name)


def test_a_small_count_takes_another_with_it_so_that_the_total_does_not_tell_it():
    """63 less 20 and 40 is 3: so the 20 is hidden, too."""
    counts = {("a", "", ""): 3, ("b", "", ""): 20, ("c", "", ""): 40, ("all", "", ""): 63}
    line = Line((("a", "", ""), ("b", "", ""), ("c", "", "")), ("all", "", ""))
    assert hidden(counts, [line]) == {("a", "", ""), ("b", "", "")}


def test_two_small_counts_whose_sum_is_small_are_not_left_to_a_total():
    """1 and 1 hidden, 20 and a total of 22 shown: both would be told. A third count is hidden."""
    counts = {("a", "", ""): 1, ("b", "", ""): 1, ("c", "", ""): 20, ("d", "", ""): 30, ("all", "", ""): 52}
    parts = (("a", "", ""), ("b", "", ""), ("c", "", ""), ("d", "", ""))
    assert ("c", "", "") in hidden(counts, [Line(parts, ("all", "", ""))])


def test_where_no_number_is_small_nothing_is_hidden():
    """Hiding more than need be would make the counts useless."""
    assert hidden(counts_of([5, 9, 0, 12]), LINES) == frozenset()
