"""Monitoring counts from a folder of records (R12.6, R29.1, R31.1): what is counted, hidden, left out and shown."""

import csv
import io
import json

import pytest

from cse_pathway import load, record_json
from cse_pathway.cli import main
from cse_pathway.collate import ALL, as_csv, collate, count
from cse_pathway.problems import BadCase

RULES = load()
CALM = dict.fromkeys(
    ("immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved"),
    "no",
)


def record(number, **changes):
    """A record of a child of 14 judged category 2; `number` makes each a different file."""
    case = {
        "as_of": f"2026-11-{number % 28 + 1:02}T10:{number % 60:02}",
        "area": "solihull",
        "child": {"age": 14},
        "now": CALM,
        "aged_12_to_17": {"category_2": "evidence"},
        "judgement": {"outcome": "category_2"},
        **changes,
    }
    made = json.loads(record_json(json.dumps(case), "", case["as_of"]))
    assert "errors" not in made, made
    return made


@pytest.fixture
def folder(tmp_path):
    """Twenty records of Solihull, six of Dudley, three of Walsall; one file that is a copy, one that is no record."""
    areas = ["solihull"] * 20 + ["dudley"] * 6 + ["walsall"] * 3
    inner = tmp_path / "records" / "more"
    inner.mkdir(parents=True)
    for number, area in enumerate(areas):
        (inner / f"{number:02}.json").write_text(json.dumps(record(number, area=area)), "utf-8")
    (tmp_path / "records" / "copy.json").write_bytes((inner / "00.json").read_bytes())
    (tmp_path / "records" / "other.json").write_text('{"some": "thing"}', "utf-8")
    return tmp_path / "records"


def test_each_screening_is_counted_once_by_month_area_age_outcome_and_route(folder):
    """The five facts that partnerships monitor by; a copy counts once, what is no record is left out and named."""
    found = collate(folder, RULES)
    assert len(found.screenings) == 29
    assert len(found.copies) == 1
    assert [file.name for file in found.bad] == ["other.json"]
    counts = count(found.screenings, RULES).counts
    assert counts[ALL, ALL, ALL] == counts["2026-11", ALL, ALL] == 29
    assert counts[ALL, "area", "solihull"] == 20
    assert counts[ALL, "age_band", "12_to_17"] == 29
    assert counts[ALL, "outcome", "category_2"] == 29
    assert counts[ALL, "route", "refer"] == 29
    assert counts[ALL, "route", "emergency"] == 0


def test_every_table_adds_up_before_anything_is_hidden(folder):
    """Each dimension splits the same screenings: none is lost, none counts twice."""
    dataset = count(collate(folder, RULES).screenings, RULES)
    for dimension, values in dataset.values.items():
        for month in (*dataset.months, ALL):
            parts = sum(dataset.counts[month, dimension, value] for value in values)
            assert parts == dataset.counts[month, ALL, ALL]


def test_a_small_number_is_shown_nowhere_nor_left_to_be_worked_out(folder):
    """Three of Walsall are hidden, and Dudley with them, since all areas but one would tell the last."""
    dataset = count(collate(folder, RULES).screenings, RULES)
    rows = list(csv.DictReader(io.StringIO(as_csv(dataset))))
    told = {(row["month"], row["by"], row["value"]): row["screenings"] for row in rows}
    assert told[ALL, "area", "walsall"] == told["2026-11", "area", "walsall"] == "hidden"
    assert told[ALL, "area", "dudley"] == told["2026-11", "area", "dudley"] == "hidden"
    assert told[ALL, "area", "solihull"] == "20"
    assert not {"1", "2", "3", "4"} & set(told.values())
    assert len(rows) == len(dataset.counts)


def test_nothing_but_the_counted_facts_leaves_a_record(tmp_path):
    """Names and notes that somebody typed stay in their files."""
    typed = record(1, judgement={"outcome": "category_2", "reason": "Jo Bloggs said so"})
    (tmp_path / "one.json").write_text(json.dumps(typed), "utf-8")
    found = collate(tmp_path, RULES)
    assert len(found.screenings) == 1
    dataset = count(found.screenings, RULES)
    assert "Bloggs" not in as_csv(dataset)


def test_a_folder_without_records_is_an_error_that_says_what_to_check(tmp_path):
    """An empty table would look like "no child was screened"."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BadCase, match="Check the name of the folder"):
            collate(folder, RULES)


def test_the_command_writes_the_counts_and_names_what_it_left_out(folder, tmp_path, capsys):
    """`cse-pathway collate RECORDS/ --out FILE`: the exit status says that a file was left out."""
    out = tmp_path / "counts.csv"
    status = main(["collate", str(folder), "--out", str(out)])
    told = capsys.readouterr()
    assert status != 0
    assert "29 counted, 1 left out, 1 copies" in told.out
    assert "other.json: left out" in told.err
    assert out.read_text("utf-8").startswith("month,by,value,screenings\n")
