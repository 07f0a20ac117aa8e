"""A focal point fills in a report, from sign-in to the official PDF."""

import io
import re
from pathlib import Path

import pypdfium2

from tests.browser import check_axe, sign_in, use_session
from tests.journeys.page_checks import check_pages

FORM = Path(__file__).parents[2] / "fixtures" / "demo" / "belgium-2014.docx"
REPORT = "/reports/BE/2014/"


def pdf_words(content):
    pdf = pypdfium2.PdfDocument(io.BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def contents_of(page, url):
    answer = page.request.get(url)
    assert answer.ok
    return answer.body()


def upload_and_confirm(page):
    page.get_by_role("link", name="Upload a filled-in form").first.click()
    check_axe(page)
    page.get_by_label("Filled-in form").set_input_files(FORM)
    page.get_by_role("button", name="Read this file").click()
    check_axe(page)
    page.get_by_label(re.compile(r"Place paragraph \d+")).first.select_option("3.2.C")
    page.get_by_role("button", name="Import into the report").click()
    page.get_by_text("sections were imported into the report").wait_for()
    check_axe(page)


def test_from_a_filled_in_form_to_the_official_pdf(server, page):
    server.set_language("en")
    sign_in(page, "focalpoint.be@example.org", server.password)
    check_axe(page)
    page.goto(REPORT)
    check_axe(page)
    upload_and_confirm(page)

    page.goto(REPORT + "1.1/")
    check_axe(page)
    box = page.locator("#section-1-1-a .editor [role=textbox]").first
    box.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Herzien.")

    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for(state="attached")
    assert page.url.endswith(REPORT + "1.1/")
    page.locator("#section-1-1-a .editor [role=textbox]").filter(has_text="Herzien.").wait_for()
    check_axe(page)

    page.locator("#section-1-1-b .nothing-choice input[type=checkbox]").check()
    page.locator("#section-1-1-b .nothing-choice .sign.done").wait_for()
    page.reload()
    assert page.locator("#section-1-1-b .nothing-choice input[type=checkbox]").is_checked()

    page.goto(REPORT + "send-in/")
    check_axe(page)
    page.locator("#confirm").check()
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**" + REPORT)
    check_axe(page)

    page.goto(REPORT + "submissions/1/")
    check_axe(page)
    words = pdf_words(contents_of(page, REPORT + "submissions/1.pdf"))
    assert "Herzien." in words
    assert "2014 Reporting Form" in words
    assert "BELGIUM" in words


def test_the_pages_of_each_role_are_accessible_and_translated(server, page):
    pages = {
        "focalpoint.lu@example.org": ["/reports/", "/reports/LU/2014/", "/reports/LU/2014/1.1/", "/help/", "/privacy/"],
        "focalpoint.nl@example.org": ["/reports/NL/2013/1/", "/reports/NL/2014/3.1/", "/reports/NL/2014/upload/"],
        "reviewer@example.org": ["/desk/", "/desk/2014/", "/reports/LU/2014/submissions/1/", "/accessibility/"],
    }
    check_pages(server, page, pages)


def test_a_page_is_filled_in_without_javascript(server, open_page):
    page = open_page(java_script_enabled=False)
    use_session(server, page, "focalpoint.nl@example.org")
    page.goto("/reports/NL/2014/3.1/")
    boxes = page.locator("#section-3-1-b textarea")
    before = boxes.first.input_value()
    assert "**" in before
    assert "\n  - " in before
    boxes.first.fill(before.replace("hotline", "meldpunt"))
    page.locator("main button.btn-primary").click()
    assert page.locator("#section-3-1-b textarea").first.input_value() == before.replace("hotline", "meldpunt")


def test_pages_fit_a_phone_and_need_no_mouse(server, open_page):
    page = open_page(viewport={"width": 320, "height": 640})
    use_session(server, page, "focalpoint.nl@example.org")
    for url in ("/reports/", "/reports/NL/2014/", "/reports/NL/2014/3.1/", "/reports/NL/2014/upload/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), url
    page.goto("/reports/NL/2014/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == page.locator(".skip").inner_text()
