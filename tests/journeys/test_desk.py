"""The secretariat's desk."""

import re

from tests.browser import check_axe, use_session
from tests.journeys.page_checks import check_pages

PAGES = [
    "/desk/",
    "/desk/2014/?sort=-filled&state=draft",
    "/desk/2014/?name=atlantis",
    "/desk/2013/",
    "/desk/2014/sections/",
    "/desk/2013/sections/",
    "/desk/2016/sections/",
    "/desk/2014/progress/",
    "/desk/2016/progress/",
    "/desk/2014/goals/1.1/?translation=en",
    "/desk/2013/goals/1/",
    "/desk/countries/LU/",
    "/forms/",
    "/forms/2014/",
]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_pages_of_the_desk_are_accessible_and_translated(server, page):
    check_pages(server, page, {"administrator@example.org": PAGES})


def test_an_administrator_gives_an_extension(server, page):
    use_session(server, page, "administrator@example.org")
    page.goto("/desk/2014/")
    page.get_by_label("Country").fill("belg")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Belgium").click()
    page.get_by_role("link", name=re.compile("Give an extension.*2014")).click()
    page.get_by_role("button", name="Give an extension").click()
    page.get_by_role("alert").get_by_text("Enter the new due date.").wait_for()
    check_axe(page)
    page.get_by_label("New due date").fill("2034-07-20")
    page.get_by_label("Reason").fill("Elections.")
    page.get_by_role("button", name="Give an extension").click()
    page.get_by_text("Belgium can send in until 20 July 2034.").wait_for()
    check_axe(page)
    with page.expect_download() as file:
        page.goto("/desk/2014/?name=belg")
        page.get_by_role("link", name="Download: CSV").click()
    assert "2034-07-20" in file.value.path().read_text("utf-8-sig")


def test_countries_are_sorted_without_javascript(server, open_page):
    page = open_page(java_script_enabled=False)
    use_session(server, page, "reviewer@example.org")
    page.goto("/desk/2014/")
    page.get_by_role("link", name="Filled in").click()
    names = page.locator("tbody th").all_inner_texts()
    assert set(names[:2]) == {"Luxembourg", "Netherlands"}
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Filled in")


def test_the_desk_fits_a_phone(server, open_page):
    page = open_page(viewport={"width": 320, "height": 640})
    use_session(server, page, "administrator@example.org")
    for url in PAGES:
        page.goto(url)
        assert fits(page), url
