"""A focal point drops the Word file at hand, corrects what the reader could not know, and takes it in."""

import re

import pytest

from tests.browser import check_axe, use_session
from tests.journeys.page_checks import check_languages
from tests.journeys.word_upload import drop, form_of, word_file

REPORT = "/reports/BE/2014/"
FIT = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
ANSWERS = {
    "1.1": ["The joint training weeks were held in spring and the units took part in both.", "Idem Brussel.", "--"],
    "2.1": ["The circular of the prosecutors was issued in June and is in force in every district.", "", ""],
}
# In the languages of the journey: what the buttons and fields are called.
WORDS = {
    "en": {
        "import": "Import into the report",
        "place": r"Place paragraph \d+",
        "language": "Language of 1.1.B, text 1",
    },
    "fr": {
        "import": "Importer dans le rapport",
        "place": r"Emplacement : paragraphe \d+",
        "language": "Langue de 1.1.B, texte 1",
    },
}


@pytest.fixture
def form(server):
    return form_of(server)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_word_file_is_dropped_corrected_and_taken_in(server, page, form, language):
    words = WORDS[language]
    answers = ANSWERS | {"1.1": [ANSWERS["1.1"][0] + "\n--", *ANSWERS["1.1"][1:]]}
    server.set_language(language)
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(REPORT + "upload/")
    check_axe(page)
    drop(page, word_file(form, answers))
    check_axe(page)

    page.get_by_label(words["language"]).select_option("nl")
    page.get_by_label(re.compile(words["place"])).first.select_option("3.2.C")
    page.locator("#choices-kept").filter(has_text=re.compile(r"\w")).wait_for()
    page.reload()  # the choices were kept without a button
    assert page.get_by_label(words["language"]).input_value() == "nl"
    assert page.get_by_label(re.compile(words["place"])).first.input_value() == "3.2.C"

    page.get_by_role("button", name=words["import"]).press("Enter")
    page.wait_for_url("**" + REPORT)
    page.goto(REPORT + "1.1/")
    page.locator("#section-1-1-a .editor [role=textbox]").filter(has_text="joint training weeks").wait_for()
    passage = page.locator("#section-1-1-b .editor [role=textbox]").filter(has_text="Idem Brussel.")
    passage.wait_for()
    assert page.locator("#section-1-1-b [lang=nl]").count() > 0
    rows = server.sql(
        "SELECT s.nothing_to_report FROM reports_section s JOIN reports_question q ON q.id = s.question_id"
        " JOIN reports_report r ON r.id = s.report_id JOIN reports_country c ON c.id = r.country_id"
        " WHERE c.code = 'BE' AND q.code IN ('1.1.C', '3.2.C')"
    )
    assert [nothing for (nothing,) in rows] == [1, 1]


@pytest.mark.console_errors("422")
def test_a_refused_file_leaves_the_page_as_it_is(server, page):
    server.set_language("en")
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(REPORT + "upload/")
    picture = {"name": "scan.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n0000"}
    page.get_by_label("Filled-in form").set_input_files(picture)
    page.get_by_role("button", name="Read this file").press("Enter")
    page.get_by_text("This is a picture.").wait_for()
    assert page.url.endswith("/upload/")
    assert page.get_by_label("Filled-in form").get_attribute("aria-invalid") == "true"
    check_axe(page)


def test_upload_and_preview_work_without_javascript(server, open_page, form):
    page = open_page(java_script_enabled=False)
    server.set_language("en")
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(REPORT + "upload/")
    file = {"name": "belgium.docx", "mimeType": "", "buffer": word_file(form, ANSWERS)}
    page.get_by_label("Filled-in form").set_input_files(file)
    page.get_by_role("button", name="Read this file").click()
    page.get_by_label("Language of 1.1.B, text 1").select_option("nl")
    page.get_by_role("button", name="Keep my choices").click()
    page.get_by_text("Your choices are kept.").wait_for()
    assert page.get_by_label("Language of 1.1.B, text 1").input_value() == "nl"


def test_upload_and_preview_fit_a_phone_in_every_language(server, open_page, form):
    page = open_page(viewport={"width": 320, "height": 640})
    use_session(server, page, "focalpoint.be@example.org")
    server.set_language("nl")
    page.goto(REPORT + "upload/")
    assert page.evaluate(FIT)
    file = {"name": "belgium.docx", "mimeType": "", "buffer": word_file(form, ANSWERS)}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/readings/*/")
    assert page.evaluate(FIT)
    check_languages(server, page, [REPORT + "upload/", page.url.removeprefix(server.url)])


@pytest.mark.console_errors("ERR_FAILED")
def test_choices_wait_while_there_is_no_connection(server, page, form):
    server.set_language("en")
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(REPORT + "upload/")
    file = {"name": "belgium.docx", "mimeType": "", "buffer": word_file(form, ANSWERS)}
    page.get_by_label("Filled-in form").set_input_files(file)
    page.get_by_role("button", name="Read this file").click()
    page.wait_for_url("**/readings/*/")
    page.route("**/readings/*/", lambda route: route.abort())
    page.get_by_label("Language of 1.1.B, text 1").select_option("nl")
    page.get_by_text("Your choices are not kept yet: no connection.").wait_for()
    page.unroute("**/readings/*/")
    page.get_by_label("Language of 2.1.A, text 1").select_option("fr")
    page.get_by_text("Your choices are kept.").wait_for()
    page.reload()
    assert page.get_by_label("Language of 1.1.B, text 1").input_value() == "nl"
    assert page.get_by_label("Language of 2.1.A, text 1").input_value() == "fr"
