"""What the result says beside the decision rests on paragraphs, or says that it does not; a slip stops the build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cse_pathway import decide, load, read_case
from hypothesis import example, given, settings

from build_scripts.pages.paragraphs import Sources, read_sources
from build_scripts.wizard.questions import Questionnaire, read_questionnaire
from build_scripts.wizard.result_texts import FILE, read_result_texts
from tests import strategies

ROOT = Path(__file__).resolve().parents[2]
RULES = Path("engine") / "rules"
REFERENCES = {"n6", "n7", "n19", "n103", "n104", "n127", "n128"}
ENGINE_RULES = load()
OWN_WORKER = {
    "as_of": "2026-11-27T10:30",
    "setting": "social_care",
    "allocated_worker": True,
    "child": {"age": 14, "status": "known_to_childrens_services"},
    "now": {
        "immediate_risk": "no",
        "significant_harm": "no",
        "abuse_disclosed_or_seen": "no",
        "parent_encouraging": "no",
        "trusted_adult_involved": "no",
    },
    "aged_12_to_17": {"category_3": "evidence"},
}


@pytest.fixture(scope="module")
def sources() -> Sources:
    """The paragraphs that may be cited."""
    return read_sources(ROOT / RULES / "sources.toml")


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    """The wizard's questions, with their prompts."""
    return read_questionnaire(ROOT / RULES, ROOT)[0]


@pytest.fixture
def problems(tmp_path: Path, sources: Sources, questionnaire: Questionnaire) -> Callable[[str, str], str]:
    """What the build says when one text of the file is replaced."""

    def change(old: str, new: str) -> str:
        shutil.copytree(ROOT / RULES / "actions", tmp_path / RULES / "actions")
        (tmp_path / FILE).parent.mkdir(parents=True)
        text = (ROOT / FILE).read_text("utf-8")
        assert old in text
        (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
        return "\n".join(str(one) for one in read_result_texts(tmp_path, questionnaire, sources, REFERENCES)[1])

    return change


def test_the_call_and_what_follows_are_said_for_every_referral(sources: Sources, questionnaire: Questionnaire):
    """Each action that refers brings up what to have ready and what to say; no part is without items."""
    texts, found = read_result_texts(ROOT, questionnaire, sources, REFERENCES)
    assert found == []
    referring = {"refer-to-mash-now", "refer-to-mash-with-tool", "refer-to-mash-under-12"}
    shown = {part.id: part for part in texts.parts}
    assert set(shown["have-ready"].with_actions) == set(shown["say"].with_actions) == referring
    assert shown["no-further-action"].with_actions == ("ask-for-outcome-of-referral",)
    assert all(part.items for part in texts.parts)
    assert len(texts.prompts) == 5


@settings(max_examples=150, deadline=None)
@given(case=strategies.cases())
@example(case=OWN_WORKER)
@example(case=OWN_WORKER | {"referral": {"made_at": "2026-11-27T10:00"}})
@example(case=OWN_WORKER | {"referral": {"assessed_as_exploited": "yes"}})
@example(case=OWN_WORKER | {"context": {"parents_implicated": "yes"}})
@example(case=OWN_WORKER | {"allocated_worker": False})
def test_what_is_said_of_a_call_and_its_discussion_comes_with_a_referral_and_never_without(
    sources: Sources, questionnaire: Questionnaire, case: dict[str, object]
):
    """The child's own worker makes none (R17.3, R18.3): that result speaks of the assessment and the police alone."""
    texts, _ = read_result_texts(ROOT, questionnaire, sources, REFERENCES)
    decision = decide(read_case(case, ENGINE_RULES), ENGINE_RULES)
    planned = {action.id for action in decision.actions}
    shown = {part.id for part in texts.parts if planned & set(part.with_actions)}
    of_a_referral = {"have-ready", "say", "next", "no-further-action"}
    if decision.route == "assess":
        assert "updated-assessment" in shown
        assert not shown & of_a_referral
    elif planned & {"hold-discussion", "hold-strategy-discussion"}:
        assert of_a_referral <= shown


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"refer-to-mash-now"', '"refer-to-mash-soon"', "comes with 'refer-to-mash-soon'"),
        ('"Harm online"', '"Harm offline"', "the prompt 'Harm offline'"),
        ("[R25.2]", "[R99.2]", "cites R99.2"),
        ('references = ["n19"]', "", "rests on nothing"),
        ('references = ["n19"]', 'references = ["n0"]', "names n0"),
        ("[[part.item]]\nsays", "[[part.item]]\nsay", "unknown key say"),
        ("[[part]]\nid", "[[part\nid", "not TOML"),
    ],
    ids=["action", "prompt", "paragraph", "no ground", "reference", "key", "not TOML"],
)
def test_a_slip_in_the_texts_is_named(problems: Callable[[str, str], str], old: str, new: str, said: str):
    """An unknown action, prompt, paragraph, reference or key is refused, as is a statement that rests on nothing."""
    assert said in problems(old, new)
