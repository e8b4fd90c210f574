"""Meeting pack: MASE by 15.1 to 15.9, its review, early help by 13.1 to 13.4; a record marks what its plan asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cse_pathway import record_json
from tests.browser.tool_steps import Tool, for_everyone
from tests.browser.watching import Watch

URGENT = (
    "immediate_risk", "significant_harm", "abuse_disclosed_or_seen", "parent_encouraging", "trusted_adult_involved",
)  # fmt: skip


@pytest.fixture
def pack(page: Page, address: str) -> Tool:
    """The meeting pack, open."""
    return Tool(page, address, "tools/meeting-pack").open()


def record(file: Path, **case: Any) -> Path:
    """A record file of a case in category 2, made by the engine as the wizard saves it."""
    answers = {
        "as_of": "2026-11-23T10:30",
        "area": "solihull",
        "now": dict.fromkeys(URGENT, "no"),
        "aged_12_to_17": {"category_2": "evidence"},
        "judgement": {"outcome": "category_2"},
        **case,
    }
    made = record_json(json.dumps(answers), "", "2026-11-23T10:45")
    assert "errors" not in json.loads(made), made
    file.write_text(made, "utf-8")
    return file


@pytest.mark.parametrize(
    ("kind", "paragraphs"),
    [
        (
            "mase-first",
            [f"R15.2({n})" for n in range(1, 9)] + [f"R15.5({n})" for n in range(1, 8)]
            + [f"R15.6({n})" for n in range(1, 5)] + ["R15.1", "R15.3", "R15.4", "R15.7", "R15.8", "R15.9", "R18.3"],
        ),
        ("mase-review", [f"R15.5({n})" for n in (1, 2, 3, 4, 5, 6)] + ["R15.9", "R32.1", "R32.2", "R14.6"]),
        ("early-help", ["R13.1", "R13.2", "R13.3", "R13.4", "R12.6", "S7(5c)"]),
    ],
)  # fmt: skip
def test_each_pack_holds_every_point_of_its_paragraphs_and_no_other(pack: Tool, kind: str, paragraphs: list[str]):
    """Agenda, invitations, outcomes and plan of the meeting that was chosen, on screen and on paper, and no more."""
    pack.page.locator(f"[name=pack][value={kind}]").check()
    printed = pack.paper()
    assert [id_ for id_ in paragraphs if id_ not in printed] == []
    foreign = "R13." if kind != "early-help" else "R15."
    assert foreign not in printed
    shown = pack.page.locator("#tool-form [data-section]:visible")
    assert {section.get_attribute("data-packs") for section in shown.all()} == {kind}
    for_everyone(pack.page)


def test_what_is_left_out_becomes_a_line_for_the_pen(pack: Tool):
    """A pack with nothing typed is a blank form: lines, boxes and empty rows to write on."""
    pack.page.emulate_media(media="print")
    assert pack.page.locator("#tool-paper .tool-rule:visible").count() > 15
    assert pack.page.locator("#tool-paper .tick:visible").count() > 10
    rows = pack.page.locator("#tool-paper table").last.locator("tbody tr")
    assert rows.count() == 4


def test_invitations_say_whom_and_keep_a_column_for_who_came(pack: Tool):
    """The checklist of R15.2: invited is ticked here, who came is for the meeting."""
    row = pack.page.locator("[data-person]", has_text="Police")
    row.locator("[type=checkbox]").check()
    row.locator("[type=text]").fill("DS Example")
    assert "- Police [R15.2(3)]; Name: DS Example; Invited: yes" in pack.text
    pack.page.emulate_media(media="print")
    cells = pack.page.locator("#tool-paper tr", has_text="Police [R15.2(3)]").locator("td")
    assert cells.all_inner_texts() == ["Police [R15.2(3)]", "DS Example", "yes", ""]


def test_a_record_marks_who_attends_the_chair_and_the_latest_date(pack: Tool, tmp_path: Path, watch: Watch):
    """By the record's own plan: decide who attends (R15.3), the reviewing officer (R18.3), the date of R15.1."""
    file = record(
        tmp_path / "record.json",
        child={"age": 15, "status": "looked_after"},
        context={"confidential_investigation": "yes", "moved_for_exploitation": "suspected"},
        referral={"made_at": "2026-11-23T11:00", "assessed_as_exploited": "yes"},
    )
    loaded = len(watch.requests)
    assert pack.page.locator("[data-told]:visible").count() == 0
    pack.page.locator("#record-file").set_input_files(file)
    expect(pack.page.locator("#record-said")).to_contain_text("The record is open.")
    told = {
        field.get_attribute("data-field"): field.locator("[data-told]").inner_text()
        for field in pack.page.locator("[data-field]:visible:has([data-told]:not([hidden]))").all()
    }
    assert {"who-comes", "reviewing-officer", "latest", "gp", "nrm"} <= set(told)
    assert {"disruption", "children", "authority", "implicated"}.isdisjoint(told)
    assert pack.field("first-meeting.latest").input_value() == "2026-12-14"
    assert "Monday 14 December 2026" in pack.paper()
    plan = pack.page.locator("#tool-paper table").last.inner_text
    pack.page.emulate_media(media="print")
    assert "National Referral Mechanism" in plan()
    pack.page.emulate_media(media="screen")
    assert not pack.field("first-before.who-comes").is_checked(), "a tick says done: the record only says needed"
    assert watch.requests[loaded:] == []
    for_everyone(pack.page)


def test_another_record_takes_the_marks_of_the_first_away(pack: Tool, tmp_path: Path):
    """What one record asked never stays for the next child, nor after Clear everything."""
    file = pack.page.locator("#record-file")
    asking = {"confidential_investigation": "yes"}
    file.set_input_files(record(tmp_path / "one.json", child={"age": 15}, context=asking))
    expect(pack.page.locator("[data-field=who-comes] [data-told]:visible")).to_have_count(1)
    file.set_input_files(record(tmp_path / "two.json", child={"age": 15}))
    expect(pack.page.locator("[data-field=who-comes] [data-told]:visible")).to_have_count(0)
    assert "The plan in the record" in pack.paper()
    expect(pack.page.locator("#tool [data-clear]")).to_be_visible()
    pack.page.locator("#tool [data-clear]").click()
    pack.page.get_by_role("dialog").get_by_role("button", name="Clear everything").click()
    assert "record" not in pack.page.locator("#record-said").inner_text()
    assert "The plan in the record" not in pack.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not JSON", "cannot be read as a record"),
        ("[]", "holds no decision"),
        ('{"decision": {"actions": [1]}, "case": {}}', "holds no decision"),
        ('{"decision": {"actions": {}}}', "holds no decision"),
        ("x" * 2_000_001, "too large"),
    ],
    ids=["no JSON", "a list", "no actions", "actions no list", "too large"],
)
def test_a_file_that_is_no_record_is_refused_in_plain_words(pack: Tool, tmp_path: Path, content: str, says: str):
    """What was found, what was wanted, what to do; what was typed stays."""
    pack.field("first-meeting.chair").fill("A chair")
    file = tmp_path / "other.json"
    file.write_text(content, "utf-8")
    pack.page.locator("#record-file").set_input_files(file)
    error = pack.page.locator("#record-said .cse-error")
    expect(error).to_contain_text(says)
    expect(error).to_contain_text("screening-record")
    assert "A chair" in pack.text


def test_changing_the_meeting_by_keyboard_keeps_what_was_typed(pack: Tool):
    """Radio buttons by arrow keys; what was typed for another meeting is neither lost nor printed."""
    pack.field("first-meeting.chair").fill("A chair")
    first = pack.page.locator("[name=pack][value=mase-first]")
    first.focus()
    pack.page.keyboard.press("ArrowDown")
    expect(pack.page.locator("#review-meeting")).to_be_visible()
    assert "A chair" not in pack.paper()
    pack.page.locator("[name=pack]:checked").focus()
    pack.page.keyboard.press("ArrowUp")
    assert "A chair" in pack.paper()
