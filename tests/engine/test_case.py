"""Reading a case: every problem at once, each told so that it can be mended."""

import json
from datetime import date

import pytest

from cse_pathway import BadCase, decide_json, load, read_case
from cse_pathway.problems import shown

RULES = load()
DAY = "2026-11-23T10:30"


def problems(case: object) -> dict[str, str]:
    """Path -> the whole message, of a case that cannot be read."""
    with pytest.raises(BadCase) as bad:
        read_case(case, RULES)
    return {problem.path: str(problem) for problem in bad.value.problems}


def test_all_problems_of_a_case_come_at_once():
    """Nobody should have to run it five times to mend five things."""
    told = problems(
        {
            "as_of": "23/11/2026",
            "areas": "solihull",
            "area": "Solihull",
            "child": {"age": "14", "status": None},
            "now": {"immediate_risk": True},
            "indicators": {"missing-from-home": {"seen": "yes"}, "tattoos": {}},
        }
    )
    assert set(told) == {
        "as_of",
        "areas",
        "area",
        "child.age",
        "child.status",
        "now.immediate_risk",
        "indicators.missing-from-home.seen",
        "indicators.tattoos",
    }


def test_a_problem_says_what_was_found_what_was_wanted_and_how_to_mend_it():
    """An error that helps names the value and the nearest right word."""
    message = problems({"as_of": DAY, "area": "solihul"})["area"]
    assert 'found "solihul"' in message
    assert "wanted one of birmingham" in message
    assert "Did you mean solihull?" in message


@pytest.mark.parametrize(
    "as_of",
    [
        "2026-11-23",
        "2026-11-23T10:30:00",
        "2026-11-23 10:30",
        "2026-11-23T24:00",
        "2026-02-30T10:00",
        "2026-11-23T10:30Z",
        "2026-11-23T10:30\n",
        "２０２６-11-23T10:30",
        "",
        5,
    ],
)
def test_as_of_has_one_form_only(as_of):
    """Exactly YYYY-MM-DDTHH:MM, a real moment: 24:00 is read by newer Pythons only, so it is no moment here."""
    assert "as_of" in problems({"as_of": as_of})


def test_a_case_without_as_of_is_asked_for_it():
    """The engine has no clock of its own."""
    assert "Say when the case is decided" in problems({})["as_of"]


def test_two_ages_are_not_weighed_against_each_other():
    """A date of birth and an age may disagree; the worker chooses."""
    assert list(problems({"as_of": DAY, "child": {"age": 14, "date_of_birth": "2012-05-04"}})) == ["child.age"]


@pytest.mark.parametrize(
    ("child", "path"),
    [
        ({"age": -1}, "child.age"),
        ({"age": 121}, "child.age"),
        ({"age": True}, "child.age"),
        ({"age": 12.0}, "child.age"),
        ({"date_of_birth": "2026-11-24"}, "child.date_of_birth"),
        ({"date_of_birth": "1890-01-01"}, "child.date_of_birth"),
        ({"date_of_birth": "2012-2-3"}, "child.date_of_birth"),
    ],
)
def test_an_age_lies_between_0_and_120(child, path):
    """A birth after the case, or an age nobody has, is a slip of the pen."""
    assert list(problems({"as_of": DAY, "child": child})) == [path]


@pytest.mark.parametrize(
    ("age", "extra", "path"),
    [
        (12, {"under_12": {"red": "one"}}, "under_12.red"),
        (11, {"aged_12_to_17": {"category_1": "none"}}, "aged_12_to_17.category_1"),
        (18, {"aged_12_to_17": {"category_1": "none"}}, "aged_12_to_17.category_1"),
        (18, {"judgement": {"outcome": "universal"}}, "judgement.outcome"),
        (11, {"judgement": {"outcome": "category_1"}}, "judgement.outcome"),
        (12, {"judgement": {"outcome": "universal"}}, "judgement.outcome"),
    ],
)
def test_the_tool_and_the_scale_are_those_of_the_age(age, extra, path):
    """S6(1), S7(1): one tool up to the 12th birthday, the other from then to the 18th."""
    assert list(problems({"as_of": DAY, "child": {"age": age}, **extra})) == [path]


@pytest.mark.parametrize(
    ("age", "extra"),
    [
        (14, {"under_12": {}}),
        (14, {"under_12": {"red": "not_known", "amber": "not_known", "alert": "not_known"}}),
        (8, {"aged_12_to_17": {"category_2": "not_known"}}),
        (30, {"judgement": {"reason": "x", "consulted": "y"}}),
    ],
)
def test_what_answers_nothing_belongs_to_any_age(age, extra):
    """An empty or unanswered tool of another age, or a reason without an outcome, is no contradiction."""
    assert read_case({"as_of": DAY, "child": {"age": age}, **extra}, RULES).age == age


def test_a_meeting_after_the_case_is_planned_and_counts_as_not_held():
    """R15.9 counts from a meeting that was held; the day of the case itself counts as held."""
    case = {"as_of": "2026-11-23T10:30", "referral": {"meeting_held_on": "2026-11-24"}}
    assert read_case(case, RULES).meeting_held_on is None
    case["referral"]["meeting_held_on"] = "2026-11-23"
    assert read_case(case, RULES).meeting_held_on == date(2026, 11, 23)


def test_with_the_age_not_known_both_tools_are_kept():
    """They count once an age is given."""
    case = {
        "as_of": DAY,
        "under_12": {"red": "one"},
        "aged_12_to_17": {"category_1": "none"},
        "judgement": {"outcome": "universal"},
    }
    assert read_case(case, RULES).age is None


def test_a_meeting_comes_on_or_after_the_day_of_the_referral():
    """R15.1: the meeting follows the referral, be it on the same day."""
    case = {"as_of": DAY, "referral": {"made_at": "2026-11-23T16:00", "meeting_held_on": "2026-11-23"}}
    read_case(case, RULES)
    case["referral"]["meeting_held_on"] = "2026-11-22"
    assert list(problems(case)) == ["referral.meeting_held_on"]


def test_null_is_allowed_for_the_meeting_alone():
    """Not knowing has a word of its own; null could mean anything."""
    read_case({"as_of": DAY, "referral": {"meeting_held_on": None}}, RULES)
    assert list(problems({"as_of": DAY, "referral": {"made_at": None}})) == ["referral.made_at"]
    assert list(problems({"as_of": DAY, "now": None})) == ["now"]


def test_a_key_given_twice_is_refused():
    """The second would silently win: a no could hide a yes."""
    answer = json.loads(
        decide_json('{"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes", "immediate_risk": "no"}}')
    )
    assert "twice" in answer["errors"][0]["found"]


def test_found_values_are_shown_short_and_printable():
    """Ten million characters of junk make one short line."""
    told = shown("\x1b[31m" + "x" * 10_000_000)
    assert len(told) < 200
    assert told.isprintable()
