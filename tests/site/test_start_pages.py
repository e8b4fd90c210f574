"""Start pages: whoever opens one at night meets what to do before what to know, in words meant for them."""

import re
from pathlib import Path

import pytest

START = Path(__file__).parents[2] / "docs" / "start"
PAGES = sorted(path.relative_to(START).as_posix() for path in START.rglob("*.md"))
SETTINGS = [page for page in PAGES if page.startswith("by-setting/")]
DANGER = "!!! danger "
NO_CHILD_AT_HAND = {"by-need/supervising-staff.md"}
"""Pages for work in which no child's safety is in the reader's hands at that moment."""


def body(page: str) -> str:
    """The text of a page without what stands above its title."""
    return (START / page).read_text("utf-8").split("\n# ", 1)[1]


def danger_box(page: str) -> str:
    """The text of the page's box on danger, joined to one line."""
    lines = body(page).split(DANGER, 1)[1].split("\n## ", 1)[0].splitlines()[1:]
    return " ".join(line.strip() for line in lines)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in NO_CHILD_AT_HAND])
def test_danger_is_the_first_thing_on_a_start_page(page: str):
    """Nothing but the title stands above the box on danger, and the box names the emergency number."""
    title, rest = body(page).split("\n\n", 1)
    assert title
    assert rest.startswith(DANGER)
    assert "{contact: police-emergency}" in danger_box(page)


@pytest.mark.parametrize("page", PAGES)
def test_the_first_part_of_a_start_page_is_what_to_do(page: str):
    """Background comes last: the first heading is the steps (or which meeting it is), never what to know."""
    first = re.findall(r"^## (.+)$", body(page), re.MULTILINE)[0]
    assert first in {"What to do, in order", "Which meeting?"}


@pytest.mark.parametrize("page", SETTINGS)
def test_the_first_step_where_somebody_works_is_an_act(page: str):
    """The first step refers, reports or takes a referral up; what signs look like comes after the steps."""
    first = re.findall(r"^1\. \*\*(.+?)\*\*", body(page), re.MULTILINE)[0]
    assert re.search(r"Refer|Tell the police|referral came in", first), first
    assert "Know the signs" not in body(page)


def test_the_police_are_not_told_to_ring_the_police_first():
    """An officer makes the child safe; 999 stands there only for staff who cannot."""
    box = danger_box("by-setting/police.md")
    assert box.index("make the child safe") < box.index("{contact: mash}") < box.index("{contact: police-emergency}")
    assert not re.search(r"\bCall\b|\bRing\b", box)


@pytest.mark.parametrize("page", ["by-setting/childrens-social-care.md", "by-need/referral-received.md"])
def test_those_who_take_referrals_are_not_told_to_make_one(page: str):
    """Children's Services make sure that the police know, and look at the threshold for section 47 enquiries."""
    box = danger_box(page)
    assert box.startswith("Make sure that the police have been called")
    assert "[R14.5(1)]" in box
    assert "refer" not in box.lower()


def test_a_missing_child_in_care_is_reported_before_anything_is_read():
    """Foster carers and residential staff: the police first, and somebody to tell at night."""
    steps = re.findall(r"^\d\. (.+)$", body("by-setting/residential-and-foster-care.md"), re.MULTILINE)
    assert "missing" in steps[0]
    assert "{contact: police}" in steps[0]
    worker = next(step for step in steps if "allocated worker" in step)
    assert "{contact: emergency-duty-team}" in worker
