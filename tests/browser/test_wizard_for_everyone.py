"""The wizard for everyone: by keyboard, at 320 pixels, in light, dark and forced colours, and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.paper import AS_WIDE_AS_ARIAL
from tests.browser.watching import takes_presses
from tests.browser.wizard_steps import CHILD_OF_14, NO_DANGER, NOTHING_ELSE, ROOT, Wizard

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BROADEST = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll(
    '#wizard button, #wizard .cse-choice, #wizard summary, #wizard .wizard-back a, #wizard [type=text]')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)"""


OPEN_PAGE = {"include": ["#wizard"], "exclude": ["[data-page][hidden]"]}


def faults(page: Page, *rules: str, where: dict[str, list[str]] = OPEN_PAGE) -> list[str]:
    """What axe finds wrong with what stands open; `rules`: only these."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found: dict[str, Any] = page.evaluate(
        "([where, options]) => axe.run(where, { ...options, resultTypes: ['violations'] })", [where, only]
    )
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def look(wizard: Wizard, where: dict[str, list[str]] = OPEN_PAGE) -> None:
    """Hold what is on the screen against axe, the narrow screen and the size of what is tapped."""
    page = wizard.page
    assert page.evaluate(BROADEST) <= 0, f"{wizard.at} scrolls sideways at 320 pixels"
    assert page.evaluate(SMALL_TARGETS) == [], f"{wizard.at} has targets below 44 pixels"
    assert faults(page, where=where) == [], wizard.at
    page.emulate_media(color_scheme="dark")
    assert faults(page, "color-contrast", where=where) == [], f"{wizard.at} in the dark"
    page.emulate_media(color_scheme="light", forced_colors="active")
    assert faults(page, "color-contrast", where=where) == [], f"{wizard.at} in forced colours"
    page.emulate_media(forced_colors="none")


@pytest.fixture
def narrow(page: Page, address: str) -> Wizard:
    """The wizard on a small telephone, with axe at hand."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_init_script(path=AXE)
    return Wizard(page, address).open()


def test_every_page_for_12_to_17_is_clean_narrow_light_and_dark(narrow: Wizard):
    """WCAG 2.2 AA as far as axe sees it, 320 pixels without sideways scrolling, targets of 44 pixels, on each page."""
    narrow.answer("now.immediate_risk", "yes")
    narrow.page.locator("#ring-999 summary", has_text="Solihull").click()
    look(narrow, {"include": ["html"]})
    answers = {
        **CHILD_OF_14, "indicators.missing-from-home.seen": "suspected", "aged_12_to_17.category_2": "suspected",
        "setting": "social_care", "child.status": "looked_after", "judgement.outcome": "category_2",
        "referral.made_at": "2026-11-20T16:00",
    }  # fmt: skip
    narrow.go_on()
    narrow.go_on()
    assert narrow.at == "harm"
    look(narrow)  # with its errors
    while narrow.at != "decision":
        narrow.answer_page(answers)
        look(narrow)
        narrow.go_on()
    narrow.decision("emergency")
    for details in narrow.page.locator("#decision details > summary").all():
        details.click()
    look(narrow)


def test_the_pages_for_under_12_and_the_dialog_are_clean(narrow: Wizard):
    """The same for the under-12 tool, its judgement and the question before everything is cleared."""
    narrow.walk({**NO_DANGER, "area": "walsall", "child.age": "9"}, until="under-12")
    look(narrow)
    narrow.page.goto(f"{narrow.address}#judgement")
    look(narrow)
    narrow.page.get_by_role("button", name="Clear everything").first.click()
    look(narrow)


def test_screening_again_is_clean_from_the_dialog_to_the_comparison(narrow: Wizard):
    """Opening a record, the earlier answers beside the questions, and the two screenings side by side."""
    page = narrow.page
    narrow.dash({**CHILD_OF_14, "aged_12_to_17.category_2": "suspected", "judgement.outcome": "category_2"})
    with page.expect_download() as saving:
        page.locator("[data-take=save]").click()
    page.locator("#open-record").set_input_files(saving.value.path())
    page.locator("[data-opened=again]").wait_for()
    expect(page.locator("#open-title")).to_be_focused()
    look(narrow)
    page.locator("[data-opened=again]").click()
    look(narrow)
    narrow.dash({**CHILD_OF_14, "aged_12_to_17.category_1": "suspected", "judgement.outcome": "category_1"})
    page.locator("#compared [data-comparison]").wait_for()
    page.locator("#what-if summary").first.click()
    look(narrow)


def test_on_a_small_telephone_the_question_is_on_the_first_screen(page: Page, address: str):
    """At 360 by 640 every heading begins within 300 pixels; while no decision stands above it, it ends there too."""
    page.set_viewport_size({"width": 360, "height": 640})
    wizard = Wizard(page, address).open()
    while wizard.at != "decision":
        page.evaluate("window.scrollTo(0, 0)")
        box = wizard.section.locator(".wizard-heading").first.bounding_box()
        assert box is not None
        assert box["y"] < 300, wizard.at
        if page.locator(".wizard-so-far").is_hidden():
            assert box["y"] + box["height"] <= 300, wizard.at
        wizard.answer_page({**CHILD_OF_14, "aged_12_to_17.category_1": "evidence", "judgement.outcome": "category_1"})
        wizard.go_on()
    wizard.decision("early_help")


def test_forced_colours_keep_choices_and_boxes_visible(browser: Browser, address: str):
    """With the reader's own colours the chosen answer still shows, by the browser's own radio button."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    Wizard(page, address).open(ready=False).answer("now.immediate_risk", "yes")
    style = "one => getComputedStyle(one).appearance"
    assert page.locator('[name="now.immediate_risk"]').first.evaluate(style) == "auto"
    border = page.locator("#ring-999").evaluate("one => getComputedStyle(one).borderTopStyle")
    assert border == "solid"
    context.close()


def tab_to(page: Page, selector: str, limit: int = 60) -> None:
    """Press Tab until an element has the focus, which must be visible wherever it rests."""
    takes_presses(page)
    for _ in range(limit):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """selector => { const one = document.activeElement; const style = getComputedStyle(one);
               const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
               return [one.matches(selector), seen, one.outerHTML.slice(0, 90)];
               }""",
            selector,
        )
        assert here[1], f"the focus cannot be seen on {here[2]}"
        if here[0]:
            return
    pytest.fail(f"Tab never reaches {selector}")


def test_a_whole_journey_by_keyboard_alone(page: Page, address: str):
    """Tab, arrows, Space and Enter answer every page; on each new page the focus is on its heading."""
    wizard = Wizard(page, address).open()
    answers = {
        **NO_DANGER,
        **NOTHING_ELSE,
        "area": "solihull",
        "setting": "other",
        "child.age": "18",
        "child.status": "not_known_to_services",
    }
    while wizard.at != "decision":
        at = wizard.at
        for name in wizard.asked():
            if name not in answers:
                continue
            tab_to(page, f'[name="{name}"]')
            if page.locator(f'[name="{name}"]').first.get_attribute("type") != "radio":
                page.keyboard.type(answers[name])
                continue
            takes_presses(page)
            page.keyboard.press("Space")
            while not wizard.control(name, answers[name]).is_checked():
                page.keyboard.press("ArrowDown")
        tab_to(page, "#wizard-continue button")
        takes_presses(page)
        page.keyboard.press("Enter")
        assert wizard.at != at, page.locator(".cse-errors").all_inner_texts()
        expect(wizard.section.locator(".wizard-heading").first).to_be_focused()
    wizard.decision("adult")


def test_in_danger_the_keyboard_leads_from_yes_to_the_plan(page: Page, address: str):
    """From Yes by Tab to everything that is to be done now."""
    wizard = Wizard(page, address).open()
    tab_to(page, '[name="now.immediate_risk"]')
    page.keyboard.press("Space")
    tab_to(page, "#ring-999 [data-go=decision]")
    takes_presses(page)
    page.keyboard.press("Enter")
    wizard.decision("emergency")
    expect(page.locator("#decision .wizard-heading")).to_be_focused()


def test_changes_of_the_decision_are_announced(page: Page, address: str):
    """A screen reader hears when the decision can be worked out, and each change of it."""
    wizard = Wizard(page, address).open()
    status = page.locator("#wizard-status")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(status).to_contain_text("can be worked out now")
    wizard.walk({"now.immediate_risk": "no", "now.significant_harm": "yes"}, until="area")
    expect(status).to_contain_text("Ring Children's Services now")


def test_the_record_on_paper_has_the_plan_the_answers_and_blank_lines(page: Page, address: str, tmp_path: Path):
    """A4, with lines for name, case number, signature and date, since names are never typed; no button is printed."""
    wizard = Wizard(page, address).open()
    wizard.walk({**CHILD_OF_14, "aged_12_to_17.category_1": "evidence", "judgement.outcome": "category_1"})
    wizard.decision("early_help")
    page.emulate_media(media="print")
    decision = page.locator("#decision")
    for blank in ("Child’s name", "Case number", "Signature", "Safeguarding lead"):
        expect(decision.locator("th", has_text=re.compile(f"^{blank}$"))).to_be_visible()
    expect(decision.locator("[data-action=notify-coordinator]")).to_be_visible()
    expect(decision.locator(".wizard-answers dt", has_text="Risk of significant harm")).to_be_visible()
    for screen_only in (".wizard-tools", "[data-print]", ".wizard-back", "#record-case"):
        expect(page.locator(screen_only).first).to_be_hidden()
    colour = decision.locator(".wizard-heading").evaluate("one => getComputedStyle(one).color")
    assert colour == "rgb(0, 0, 0)"
    scale = page.evaluate(AS_WIDE_AS_ARIAL)
    pdf = page.pdf(path=tmp_path / "record.pdf", prefer_css_page_size=True, scale=scale)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 1 <= pages <= 6, f"the record takes {pages} sheets"


def test_the_questions_can_be_printed_for_work_on_paper(page: Page, address: str):
    """Printing the questions puts every one of them on paper, whichever page is open."""
    wizard = Wizard(page, address).open("#area", ready=False)
    page.evaluate("document.documentElement.dataset.print = 'form'")
    page.emulate_media(media="print")
    for path in ("now.immediate_risk", "area", "context.court_case"):
        expect(wizard.page.locator(f'[name="{path}"]').first).to_be_visible()
