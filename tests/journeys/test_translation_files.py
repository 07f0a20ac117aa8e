"""A translator downloads the file for a translation service, and uploads what came back, by keyboard."""

import re
from pathlib import Path

import pytest
from translate.storage.xliff import Xliff1File

from tests.browser import check_axe, use_session
from tests.journeys.page_checks import check_languages

REPORT = "/reports/BE/2014/"
FILES = REPORT + "translation-files/"
ADD = """
from reports.models import Report, User
from reports.rules import writing
section = Report.objects.get(country__code="BE", form__year=2014).sections.get(question__code="3.2.C")
by = User.objects.get(email="focalpoint.be@example.org")
body = "<p>De eenheid kreeg in mei twee nieuwe medewerkers.</p><p>De opleiding duurt drie dagen.</p>"
body += "<p>Het centrum houdt de cijfers bij.</p>"
print(writing.add_contribution(section, body, by=by, language="nl").pk)
"""
CHANGE = """
from reports.models import Contribution, User
from reports.rules import writing
row = Contribution.objects.get(pk={pk})
by = User.objects.get(email="focalpoint.be@example.org")
writing.save_text(row, row.body.replace("drie dagen", "vier dagen"), base=1, by=by)
writing.save_row(row, "<p>The unit has grown.</p>", writing.Shown("en", 0, 2, 0), by=by)
"""
WORDS = {
    "en": {
        "link": "Files for a translation service (XLIFF)",
        "download": "Download the file (XLIFF)",
        "file": "Translated file",
        "import": "Import the translations",
        "landed": "1 passage was translated into English",
        "older": "1 translation is for an older wording",
        "beside": "1 passage has a newer translation in the report",
        "unchanged": r"\d+ passages are unchanged",
    },
    "nl": {
        "link": "Bestanden voor een vertaaldienst (XLIFF)",
        "download": "Bestand downloaden (XLIFF)",
        "file": "Vertaald bestand",
        "import": "Vertalingen overnemen",
        "landed": "1 passage is vertaald naar het Engels",
        "older": "1 vertaling hoort bij een oudere formulering",
        "beside": "1 passage heeft in het rapport een nieuwere vertaling",
        "unchanged": r"\d+ passages zijn ongewijzigd",
    },
    "fr": {
        "link": "Fichiers pour un service de traduction (XLIFF)",
        "download": "Télécharger le fichier (XLIFF)",
        "file": "Fichier traduit",
        "import": "Importer les traductions",
        "landed": "1 passage a été traduit en anglais",
        "older": "1 traduction correspond à une formulation antérieure",
        "beside": "1 passage a dans le rapport une traduction plus récente",
        "unchanged": r"\d+ passages sont inchangés",
    },
}


def download(page, words) -> bytes:
    """Choose Dutch originals and English translations, and download the file."""
    page.locator("select[name=into]").select_option("en")
    for box in page.locator("input[name=source]").all():
        box.set_checked(box.get_attribute("value") == "nl")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words["download"]).press("Enter")
    return Path(waiting.value.path()).read_bytes()


def translated(data: bytes) -> bytes:
    store = Xliff1File.parsestring(data)
    for unit in store.units:
        unit.target = f"In English: {unit.source}"
    return bytes(store)


def upload(page, words, data: bytes) -> None:
    page.get_by_label(words["file"]).set_input_files({"name": "be-en.xlf", "mimeType": "", "buffer": data})
    page.get_by_role("button", name=words["import"]).press("Enter")
    page.locator("#account").wait_for()


@pytest.mark.parametrize("language", WORDS)
def test_a_file_goes_out_and_its_translations_come_home(server, page, language):
    words = WORDS[language]
    pk = int(server.run(ADD))
    server.set_language(language)
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(REPORT)
    page.get_by_role("link", name=words["link"]).press("Enter")
    page.wait_for_url("**" + FILES)
    check_axe(page)
    file = translated(download(page, words))
    server.run(CHANGE.format(pk=pk))  # while the file is away

    upload(page, words, file)
    account = page.get_by_role("status").filter(has=page.locator("#account"))
    for outcome in ("landed", "older", "beside"):
        account.filter(has_text=words[outcome]).wait_for()
    check_axe(page)
    ((english,),) = server.sql("SELECT translation_en FROM reports_contribution WHERE id = ?", pk)
    home = [
        f"<p>In English: {dutch}</p>"
        for dutch in ("De opleiding duurt drie dagen.", "Het centrum houdt de cijfers bij.")
    ]
    assert english == "".join(["<p>The unit has grown.</p>", *home])

    upload(page, words, file)
    account.filter(has_text=re.compile(words["unchanged"])).wait_for()
    assert not [outcome for outcome in ("landed", "older", "beside") if words[outcome] in account.inner_text()]
    page.reload()
    assert account.count() == 0  # the account is of the last upload alone
    ((conflicts,),) = server.sql("SELECT COUNT(*) FROM reports_conflict WHERE key != ''")
    assert conflicts == 1


@pytest.mark.console_errors("422")
def test_a_wrong_file_leaves_the_page_as_it_is(server, page):
    server.run(ADD)
    server.set_language("en")
    use_session(server, page, "focalpoint.be@example.org")
    page.goto(FILES)
    page.get_by_label("Translated file").set_input_files({"name": "a.docx", "mimeType": "", "buffer": b"PK\x03\x04"})
    page.get_by_role("button", name="Import the translations").press("Enter")
    page.get_by_text("This is no XLIFF file.").wait_for()
    check_axe(page)


def test_the_page_is_in_every_language(server, page):
    server.run(ADD)
    use_session(server, page, "focalpoint.be@example.org")
    check_languages(server, page, [FILES])
