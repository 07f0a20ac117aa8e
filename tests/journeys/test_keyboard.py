"""The whole way of a report by keyboard alone, and what a page says to who cannot see it."""

import pytest

from tests.browser import check_axe, use_session, wait_until

REPORT = "/reports/BE/2014/"
# What has the focus, as a screen reader names it, and whether something lies over it.
FOCUSED = """() => {
  const element = document.activeElement;
  const named = (element.getAttribute("aria-labelledby") ?? "").split(" ").map(id => document.getElementById(id));
  const parts = named.some(Boolean) ? named : [...(element.labels ?? []), element];
  const name = element.getAttribute("aria-label") ?? parts.map(part => part?.textContent ?? "").join(" ");
  const {left, top, width, height} = element.getBoundingClientRect();
  const x = Math.min(Math.max(left + width / 2, 0), innerWidth - 1), y = top + Math.min(height / 2, 12);
  const above = document.elementFromPoint(x, y);
  const isOwn = one => element.contains(one) || one.contains(element) || one.closest("label")?.control === element;
  return {name: name.replace(/\\s+/g, " ").trim(), isSeen: above !== null && isOwn(above)};
}"""
TARGETS = "a, button, input:not([type=hidden]), select, summary, [role=tab], [role=separator]"
# Links in running text have the height of their line. A label belongs to the target of its box.
SMALL = """targets => targets.filter(one => {
  const {width, height} = one.getBoundingClientRect();
  const isText = one.matches("a") && getComputedStyle(one).display === "inline";
  return one.checkVisibility() && width > 1 && !isText && !one.labels?.length && (width < 24 || height < 24);
}).map(one => one.outerHTML.slice(0, 200))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOST_STOPS = 150
SIZES = {"wide": (1366, 768), "320 pixels": (320, 640), "200 percent": (683, 384)}


def tab_to(page, name):
    """Press Tab until what has the focus has this in its name. No stop on the way is hidden."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["isSeen"], focused
        if name in focused["name"]:
            return
    raise AssertionError(f"no stop is named {name}")


@pytest.fixture
def keyboard(server, open_page):
    """A focal point's page with the report's overview open. Nothing scrolls smoothly, so that every stop is at rest."""
    server.set_language("en")
    page = open_page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(REPORT)
    return page


def test_a_report_is_filled_in_and_sent_in_by_keyboard(keyboard):
    page = keyboard
    tab_to(page, "Operational goal 1.1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1.1/**")
    page.locator("#section-1-1-a [role=textbox]").wait_for()
    tab_to(page, "Please report on implementation")
    page.keyboard.type("Six investigators were trained.")
    page.keyboard.press("Alt+F10")
    assert page.evaluate(FOCUSED)["name"] == "Bold"
    page.keyboard.press("Escape")
    page.keyboard.type(" They work with the database.")
    page.locator("#section-1-1-a").get_by_text("Saved").wait_for()
    wait_until(page, lambda: "Text" in page.locator("[data-state-of='section-1-1-a']").first.inner_text())

    page.keyboard.press("Alt+PageDown")
    page.wait_for_url("**/2.1/**")
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url("**/1.1/**")
    assert "They work with the database." in page.locator("#section-1-1-a [role=textbox]").inner_text()

    page.goto(REPORT + "send-in/")
    tab_to(page, "I send this report in for Belgium")
    page.keyboard.press("Space")
    tab_to(page, "Send in the report")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + REPORT)
    page.get_by_text("Sent in").first.wait_for()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_focus_is_never_hidden_and_targets_are_large(keyboard, size):
    page = keyboard
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for path in ("2.1/", "all/", "", "send-in/", "upload/"):
        page.goto(REPORT + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(WIDER) <= 0, path
        assert page.locator(TARGETS).evaluate_all(SMALL) == [], path
        page.keyboard.press("Tab")
        for _stop in range(60):
            if page.evaluate("document.activeElement === document.body"):
                break  # after the last stop
            assert (focused := page.evaluate(FOCUSED))["isSeen"], (path, focused)
            page.keyboard.press("Tab")


def test_the_open_text_of_a_goal_scrolls_away_on_a_phone(keyboard):
    page = keyboard
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{REPORT}1.1/")
    page.locator(".goal-text[open]").wait_for()
    page.locator("#section-1-1-c").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 400)")
    status = page.locator("#page-save").bounding_box()
    assert 0 <= status["y"] < 40
    head = page.locator(".workhead").bounding_box()
    assert 0 < head["y"] + head["height"] < 80


def test_forced_colours_and_less_motion_keep_the_page_usable(keyboard):
    page = keyboard
    page.emulate_media(forced_colors="active", reduced_motion="reduce", color_scheme="dark")
    page.goto(REPORT + "2.1/")
    page.locator("#section-2-1-a [role=textbox]").wait_for()
    assert page.evaluate("document.getAnimations().length") == 0
    shown = page.locator("[data-state-of='section-2-1-a'] .sign").evaluate("e => getComputedStyle(e).backgroundColor")
    assert shown != "rgba(0, 0, 0, 0)"


def test_the_dark_page_has_contrast(keyboard):
    page = keyboard
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(REPORT + "2.1/")
    page.locator("#section-2-1-c [role=textbox]").wait_for()
    check_axe(page)


def test_the_writing_page_says_what_it_is(keyboard):
    """The headings, landmarks, boxes and live regions that a screen reader finds, in their order."""
    page = keyboard
    page.goto(REPORT + "2.1/")
    page.locator("#section-2-1-c [role=textbox]").wait_for()
    tree = page.locator("body").aria_snapshot()
    for landmark in (
        "banner",
        'navigation "Goals of the report"',
        "main",
        'complementary "Beside the text"',
        "contentinfo",
    ):
        assert landmark in tree
    headings = [line.split('"')[1] for line in tree.splitlines() if "- heading" in line]
    assert headings[0] == "Operational goal 2.1"
    assert [name[0] for name in headings if name[1:2] == " "][:3] == ["A", "B", "C"]
    boxes = [line for line in tree.splitlines() if "- textbox" in line and "Please" in line]
    assert len(boxes) == 3  # each box is named by its question
    assert all(name in tree for name in ('tab "Announced in 2013"', 'combobox "Language"', 'combobox "Authority"'))
    regions = page.locator("[role=status], [role=alert], [aria-live]")
    live = regions.evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.textContent.trim())")
    assert [said for said in live if said] == []  # nothing chatters before somebody has done something
