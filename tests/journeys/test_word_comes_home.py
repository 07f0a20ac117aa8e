"""A Word file on its whole road: into the report, out of it, home again beside a colleague's change, and sent in."""

import re

import pytest

from tests.browser import use_session
from tests.journeys.test_main_job import contents_of, pdf_words
from tests.journeys.word_upload import drop, form_of, word_file
from tests.writers.word_changing import changed

ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
REPORT = "/reports/BE/2014/"
WEEKS = "The joint training weeks were held in spring and the units took part in both."
ANSWERS = {"1.1": [f"{WEEKS}\n--", "Idem Brussel.", "--"], "2.1": ["The circular was issued in June.", "", ""]}
WORDS = {
    "nl": {"language": "Taal van 1.1.B, tekst 1", "place": r"Plaats voor alinea \d+"},
    "fr": {"language": "Langue de 1.1.B, texte 1", "place": r"Emplacement : paragraphe \d+"},
}
COLLEAGUE = f"""
from reports.models import Contribution, User
from reports.rules import writing
row = Contribution.objects.get(body__contains="training weeks", removed_at=None)
body = row.body.replace("in spring", "in autumn")
writing.save_text(row, body, base=row.revisions.latest("number").number, by=User.objects.get(email="{LUC}"))
"""


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_word_file_goes_in_out_and_comes_home(server, page, language):
    server.set_language(language)
    use_session(server, page, ANKE)
    page.goto(REPORT + "upload/")
    drop(page, word_file(form_of(server), ANSWERS))
    page.get_by_label(WORDS[language]["language"]).select_option("nl")
    page.get_by_label(re.compile(WORDS[language]["place"])).first.select_option("3.2.C")
    import_file(page)

    draft = contents_of(page, REPORT + "draft.docx")
    server.run(COLLEAGUE)
    page.goto(REPORT + "upload/")
    drop(page, changed(draft, "in spring", "in early May"))
    pair = page.locator("main .pair").filter(has_text="training weeks")
    assert "autumn" in pair.locator("del").first.inner_text()
    assert "early May" in pair.locator("ins").first.inner_text()
    assert page.locator("main .pair").count() == 1  # nothing else was changed
    import_file(page)

    page.goto(REPORT + "1.1/")
    panel = page.locator(".conflict")
    panel.locator("[data-keep=mine]").click()
    panel.wait_for(state="detached")
    page.goto(REPORT + "send-in/")
    page.locator("#confirm").check()
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**" + REPORT)

    words = pdf_words(contents_of(page, REPORT + "submissions/1.pdf"))
    assert WEEKS.replace("in spring", "in early May") in words
    assert "Idem Brussel." in words
    assert "autumn" not in words
    kept = server.sql(
        "SELECT c.language FROM reports_contribution c JOIN reports_section s ON s.id = c.section_id"
        " JOIN reports_question q ON q.id = s.question_id WHERE c.body LIKE '%Idem Brussel.%' AND q.code = '1.1.B'"
    )
    assert kept == [("nl",)]


def import_file(page) -> None:
    page.locator("button[name=apply]").click()
    page.wait_for_url("**" + REPORT)
