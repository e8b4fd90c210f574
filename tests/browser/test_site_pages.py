"""The pages of guidance in a browser: phone, keyboard, paper, an area chosen, overdue for review."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


OF_EACH_KIND = (
    "", "act-now/", "disrupt/disruption/", "screening-tools/under-12/", "contacts/", "forms/mase-first-meeting/",
    "about/sources/", "about/glossary/", "all-pages/", "search/?q=mase",
)  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "width", "forced", "rules"),
    [("light", 1280, "none", RULES), ("dark", 320, "none", RULES), ("light", 640, "active", COLOURS)],
)
def test_axe_finds_no_fault_on_a_page_of_each_kind(browser: Browser, address, scheme, width, forced, rules):
    """WCAG 2.2 A and AA and best practice, everything unfolded, in light, dark and (colours alone) forced colours."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, forced_colors=forced, bypass_csp=True
    )
    page = context.new_page()
    faults = []
    for url in OF_EACH_KIND:
        page.goto(address + url)
        page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        page.add_script_tag(path=AXE)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
            ".then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`))",
            rules,
        )
        faults += [f"{url or 'start'}: {fault}" for fault in found]
    context.close()
    assert faults == []


def test_no_page_scrolls_sideways_at_320_pixels(browser: Browser, address: str, site: Path):
    """320 pixels is a small phone, and 1280 at 400 %; every page, everything unfolded."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    page = context.new_page()
    wide = []
    for path in sorted(site.rglob("*.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        page.goto(address + url, wait_until="domcontentloaded")
        width = page.evaluate(
            "document.querySelectorAll('details').forEach((details) => (details.open = true)),"
            "document.documentElement.scrollWidth"
        )
        wide += [f"{url or 'start'}: {width}"] if width > 320 else []
    context.close()
    assert wide == []


def test_on_a_phone_the_menu_opens_without_a_script(browser: Browser, address: str):
    """It is a plain disclosure; at a desk it always stands open."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "respond/early-help/")
    entry = page.get_by_role("navigation", name="Main").get_by_role("link", name="MASE meetings")
    expect(entry).to_be_hidden()
    page.get_by_text("Menu", exact=True).focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(address + "respond/early-help/")
    expect(entry).to_be_visible()
    context.close()


def test_the_first_tab_leads_past_the_menu_and_focus_can_be_seen(page: Page, address: str):
    """The skip link comes first and moves the focus to the page's text."""
    page.goto(address + "respond/early-help/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 3


def test_a_terms_meaning_shows_by_keyboard_and_escape_puts_it_away(page: Page, address: str):
    """WCAG 1.4.13: reachable without a mouse, and dismissed without moving."""
    page.goto(address + "respond/early-help/")
    page.locator("a.term").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    tip = "getComputedStyle(document.activeElement, '::after')"
    assert len(page.evaluate(f"{tip}.content")) > 20
    assert page.evaluate(f"{tip}.display") != "none"
    page.keyboard.press("Escape")
    assert page.evaluate(f"{tip}.display") == "none"


def test_a_link_to_a_paragraph_marks_it(page: Page, address: str):
    """Whoever follows a citation sees at once which paragraph is meant."""
    page.goto(address + "respond/early-help/#r13-2")
    target = page.locator("#r13-2")
    expect(target).to_be_in_viewport()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#r13-2').parentElement).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )


CHOICE = "Show my area’s numbers on every page"


def _made_up_areas(route: Route) -> None:
    """Two areas of the test's own, by the names of the real ones: no test leans on a real number."""
    answer = route.fetch()
    areas = answer.json()[:2]
    for area, numbers in zip(areas, (["0121 496 0001", "0121 496 0002"], []), strict=True):
        area["contacts"]["mash"] |= {"numbers": numbers, "disputed": bool(numbers)}
    route.fulfill(response=answer, json=areas)


def test_an_area_is_kept_only_when_it_is_chosen_and_only_in_this_tab(page: Page, address: str):
    """An area's numbers stand beside its contact once it is chosen, on other pages too; nothing else is stored."""
    page.route("**/assets/areas.json", _made_up_areas)
    page.goto(address + "act-now/")
    expect(page.locator("[data-numbers-of]")).to_have_count(0)
    page.goto(address + "contacts/")
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
    chooser = page.get_by_label(CHOICE)
    chooser.locator("option").nth(2).wait_for(state="attached")  # the areas come by script
    (one, one_id), (two, two_id) = [
        (option.inner_text(), option.get_attribute("value")) for option in chooser.locator("option").all()[1:]
    ]
    chooser.select_option(two)
    expect(page.locator(f"details[data-area={two_id}]")).to_have_attribute("open", "")
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [1, 0, ""]
    page.goto(address + "act-now/")
    beside = page.locator("[data-numbers-of=mash]").first
    expect(beside).to_have_text(f" ({two}: no number known to us, see what to do)")
    expect(beside.get_by_role("link")).to_have_attribute("href", re.compile(rf"contacts/#area-{two_id}$"))
    page.get_by_label(CHOICE).select_option(one)
    expect(beside).to_have_text(f" ({one}: 0121 496 0001 or 0121 496 0002, disputed)")
    page.goto(address + "contacts/")
    expect(page.locator(f"details[data-area={one_id}]")).to_have_attribute("open", "")
    page.get_by_label(CHOICE).select_option("No area chosen")
    assert page.evaluate("sessionStorage.length") == 0


def test_the_area_chosen_stands_first_on_the_contacts_page(page: Page, address: str):
    """Whichever it is; without a choice the areas stand by name."""
    page.goto(address + "contacts/")
    shown = page.locator("details[data-area] h3")
    by_name = shown.all_inner_texts()
    page.get_by_label(CHOICE).select_option(by_name[-1])
    assert shown.all_inner_texts() == [by_name[-1], *by_name[:-1]]
    page.reload()
    expect(shown.first).to_have_text(by_name[-1])
    page.get_by_label(CHOICE).select_option("No area chosen")
    assert shown.all_inner_texts() == by_name == sorted(by_name)


def test_on_act_now_the_area_is_chosen_in_the_box_for_danger(page: Page, address: str):
    """No way to the contacts page and back while a child is in danger."""
    page.goto(address + "act-now/")
    expect(page.locator(".admonition.danger").first.get_by_label(CHOICE)).to_be_visible()


def test_a_link_to_an_area_opens_it_without_a_script(browser: Browser, address: str):
    """Contacts stand behind the area's name; a link to one area shows it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "contacts/#area-solihull")
    expect(page.locator("#solihull-mash a[href^='tel:']").first).to_be_visible()
    expect(page.locator("#area-coventry")).to_be_hidden()
    context.close()


BUILT_BEFORE = '<div class="overdue" role="note" data-due="2027-05-22" hidden>'


@pytest.mark.parametrize(("day", "shown"), [((2027, 5, 22), False), ((2027, 5, 23), True)])
def test_a_page_that_became_overdue_since_the_build_warns_its_readers(page: Page, address: str, day, shown):
    """Due on 22 May 2027: the warning comes on the day after, with no new build.

    The page is given as a build before that day has it, whenever the site was built.
    """

    def built_before(route: Route) -> None:
        held = route.fetch()
        built, count = re.subn('<div class="overdue"[^>]*>', BUILT_BEFORE, held.text())
        assert count == 1
        route.fulfill(response=held, body=built)

    page.route("**/respond/early-help/", built_before)
    page.clock.set_fixed_time(datetime(*day, 12, tzinfo=UTC))
    page.goto(address + "respond/early-help/")
    warning = page.get_by_text("This page is overdue for review.")
    expect(warning).to_be_visible() if shown else expect(warning).to_be_hidden()


def test_on_paper_menu_and_search_are_gone_and_notes_numbers_and_dates_stay(page: Page, address: str):
    """Black on white whatever the screen's colours; addresses of outside links in full; contents of folds printed."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address + "disrupt/disruption/")
    for gone in ("header.head", ".menu", ".crumbs", ".pager", "footer.foot", ".skip"):
        expect(page.locator(gone).first).to_be_hidden()
    head = page.locator(".print-head")
    expect(head).to_contain_text(re.compile(r"Last reviewed \d+ \w+ \d{4}"))
    expect(head).to_contain_text("Printed copies go out of date")
    expect(page.locator("#r26-2-i")).to_be_visible()
    expect(page.locator("#note-cawn-section-49")).to_be_visible()
    link = "getComputedStyle(document.querySelector('.note a[href^=http]'), '::after').content"
    assert "https://" in page.evaluate(link)
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.goto(address + "contacts/")
    expect(page.locator("#solihull-mash")).to_be_visible()


def test_each_sheet_carries_title_version_and_dates(page: Page, address: str):
    """Chromium prints them in the margins; they are set when printing begins."""
    page.goto(address + "respond/early-help/")
    pdf = page.pdf(prefer_css_page_size=True, tagged=True)
    assert pdf.startswith(b"%PDF")
    names = ["--print-title", "--print-version", "--print-dates"]
    set_ = page.evaluate("names => names.map((n) => document.documentElement.style.getPropertyValue(n))", names)
    assert set_[0] == '"Category 1: early help – CSE procedures"'
    assert re.fullmatch(r'"Version [\d.]+\. Reviewed \d+ \w+ \d{4}"', set_[1])
    assert re.fullmatch(r'"Printed .*\. Printed copies go out of date\."', set_[2])


def test_chromium_has_the_clock_of_the_tests(page: Page, address: str):
    """Also where the tests run on another day than today (make test-anywhere)."""
    page.goto(f"{address}act-now/")
    assert abs(page.evaluate("Date.now()") / 1000 - time.time()) < 60


def test_a_blank_form_can_be_printed_at_a_press(page: Page, address: str):
    """The button is there only where a script can print."""
    page.add_init_script("window.print = () => (document.title = 'printed')")
    page.goto(address + "forms/early-help-meeting/")
    page.get_by_role("button", name="Print this form").click()
    assert page.title() == "printed"
