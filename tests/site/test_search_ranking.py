"""What people search for, and what they find: the site's own ranking, run in Node on the built site's index.

The figures are by section of the procedures: a search is answered at rank n where hit n is a paragraph of an accepted
section, or a page that carries one. They may rise; they must not fall below what the site reached.
"""

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
QUERIES = tomllib.loads((HERE / "search_queries.toml").read_text("utf-8"))["query"]


@pytest.fixture(scope="module")
def find(built_site):
    """Runs searches, all in one process, and answers with what each found."""

    def finding(texts: list[str]) -> list[dict[str, Any]]:
        command = ["node", str(HERE / "rank.mjs"), str(built_site / "assets/search-index.json")]
        run = subprocess.run(command, input="\n".join(texts), capture_output=True, text=True, cwd=ROOT, check=True)
        return [json.loads(line) for line in run.stdout.splitlines()]

    return finding


@pytest.fixture(scope="module")
def ranks(find):
    """For each measured search the rank at which it is answered, 0 where it is not among the first ten."""
    answers = find([query["text"] for query in QUERIES])
    found = {}
    for query, answer in zip(QUERIES, answers, strict=True):
        hits = [i for i, hit in enumerate(answer["hits"], 1) if set(hit["sections"]) & set(query["sections"])]
        found[query["text"]] = hits[0] if hits else 0
    return found


@pytest.mark.parametrize(("kind", "first", "third"), [("known", 0.87, 0.95), ("unseen", 0.75, 0.90)])
def test_people_find_the_right_section_first_or_among_three(ranks, kind, first, third):
    """Best measured elsewhere: 80 % first and 100 % among three on known searches, 70 % and 85 % on unseen ones."""
    of_kind = [ranks[query["text"]] for query in QUERIES if query["set"] == kind]
    missed = [query["text"] for query in QUERIES if query["set"] == kind and not 1 <= ranks[query["text"]] <= 3]
    assert sum(rank == 1 for rank in of_kind) / len(of_kind) >= first
    assert sum(1 <= rank <= 3 for rank in of_kind) / len(of_kind) >= third, missed


def test_misspelt_words_are_read_as_the_nearest_word_of_the_site(find, ranks):
    """At least 95 of 100 misspelt searches are answered among three, and the reader is told how a word was read."""
    misspelt = [ranks[query["text"]] for query in QUERIES if query["kind"] == "misspelt"]
    assert sum(1 <= rank <= 3 for rank in misspelt) / len(misspelt) >= 0.95
    (answer,) = find(["traffiking"])
    assert answer["corrected"] == [["traffiking", "trafficking"]]


def test_words_that_the_site_knows_are_never_read_as_others(find):
    """Correcting known words makes ranking worse: only unknown ones are corrected."""
    (answer,) = find(["parent carer review meeting school police"])
    assert answer["corrected"] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("R12.4", "R12.4"), ("r12.4", "R12.4"), ("12.4", "R12.4"), ("para 12.4", "R12.4"), ("R26.2(iii)", "R26.2(iii)"),
        ("26.2 iii", "R26.2(iii)"), ("s6(9)", "S6(9)"), ("S7 5a", "S7(5a)"), ("s6", "S6"),
    ],
)  # fmt: skip
def test_a_paragraph_is_found_by_its_number(find, text, label):
    """However it is written down; the regional procedures go first where no letter is given."""
    (answer,) = find([text])
    assert answer["hits"][0]["label"] == label
    assert answer["hits"][0]["url"].endswith("#" + label.lower().replace(".", "-").replace("(", "-").rstrip(")"))


@pytest.mark.parametrize("text", ["who do I ring", "MASH phone number", "out of hours", "call someone at the weekend"])
def test_somebody_who_wants_to_ring_is_told_whom(find, text):
    """Who to ring is answered before anything else: the page puts 999 and the contacts first."""
    (answer,) = find([text])
    assert answer["ring"]
    assert answer["hits"]


@pytest.mark.parametrize("text", ["mase review form", "witness checklist", "early help meeting form"])
def test_somebody_who_wants_a_form_gets_the_form(find, text):
    """Forms stand after the pages that publish paragraphs, unless it is a form that is asked for."""
    (answer,) = find([text])
    assert answer["hits"][0]["url"].startswith("forms/")


def test_no_search_with_a_known_word_comes_back_empty(find):
    """Words are joined by or, not and: a whole sentence finds something."""
    answers = find([query["text"] for query in QUERIES])
    assert [answer["query"] for answer in answers if not answer["hits"]] == []


@pytest.mark.parametrize("text", ["xyzzyplugh", "?!", "the of and", "0", "a" * 200, "<script>", "R99.9"])
def test_nonsense_is_answered_without_failing(find, text):
    """Nothing found is an answer; so is what little there is."""
    (answer,) = find([text])
    assert isinstance(answer["hits"], list)


def test_every_hit_leads_to_an_anchor_that_exists(find, built_site):
    """A hit is a page and the paragraph in it."""
    urls = {hit["url"] for answer in find([query["text"] for query in QUERIES]) for hit in answer["hits"]}
    for url in urls:
        page, _, anchor = url.partition("#")
        html = (built_site / page / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, url


def test_a_search_is_quick_enough_to_follow_typing(find):
    """Half of all searches take 50 milliseconds of the processor or less."""
    times = sorted(answer["ms"] for answer in find([query["text"] for query in QUERIES]))
    assert times[len(times) // 2] <= 50
