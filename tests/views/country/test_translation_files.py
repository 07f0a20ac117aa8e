"""Files for a translation service: who gets which texts, what comes home, and what is refused."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from translate.storage.xliff import Xliff1File

from reports.models import Conflict, Contribution, Country, How, Membership, Revision, Role, User
from reports.rules import delegations, writing
from tests.views.html import text
from tests.views.steps import give_back, send_in, signed_in

pytestmark = pytest.mark.django_db
FILES = "/reports/BE/2014/translation-files/"
FILE = "/reports/BE/2014/translation.xlf"
DUTCH = "<p>De wet is in werking.</p><p>De dienst heeft <strong>12</strong> dossiers.</p>"
BOMB = b'<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;&a;">]><xliff version="1.2">&b;</xliff>'


@pytest.fixture
def dutch(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl", authority="Justitie")


@pytest.fixture
def english(report, cast):
    other = report.sections.get(question__code="2.1.B")
    return writing.add_contribution(other, "<p>The unit has new staff.</p>", by=cast.focal_point, language="en")


def download(client, into="fr", source=("nl",), what="left"):
    answer = client.get(FILE, {"into": into, "source": source, "what": what})
    assert answer.status_code == 200, answer.url
    return answer.content


def parse(data):
    return Xliff1File.parsestring(data)


def translated(data, words=str.upper):
    """What a translation service does, with its own library: a target for each unit."""
    store = parse(data)
    for unit in store.units:
        unit.target = words(unit.source)
    return bytes(store)


def upload(client, data, name="belgium-fr.xlf", **more):
    return client.post(FILES, {"file": SimpleUploadedFile(name, data), **more}, follow=True)


def french(row):
    return Contribution.objects.get(pk=row.pk).translation_fr or ""


def test_a_file_goes_out_and_its_translations_land(dutch, cast):
    client = signed_in(cast.focal_point)
    assert f'href="{FILES}"' in client.get("/reports/BE/2014/").content.decode()
    assert "Download the file (XLIFF)" in text(client.get(FILES))
    answer = upload(client, translated(download(client)))
    assert answer.redirect_chain == [(FILES, 302)]
    assert "2 passages were translated into French." in text(answer)
    assert "DE WET IS IN WERKING." in french(dutch)
    assert dutch.revisions.get(language="fr").how == How.IMPORTED
    assert "Result of the import" not in text(client.get(FILES))
    again = upload(client, translated(download(client, what="everything")))
    assert "2 passages are unchanged" in text(again)


@pytest.mark.parametrize(("into", "source"), [("nl", "en"), ("fr", "en"), ("en", "nl"), ("fr", "nl")])
def test_only_originals_in_the_chosen_languages_go_out(dutch, english, cast, into, source):
    content = download(signed_in(cast.focal_point), into, (source,))
    languages = {(one.get("source-language"), one.get("target-language")) for one in parse(content).document.getroot()}
    assert languages == {(source, into)}
    assert ("unit has new staff" in content.decode()) == (source == "en")


def test_only_what_is_left_goes_out(dutch, cast):
    client = signed_in(cast.focal_point)
    writing.save_row(dutch, "<p>La loi.</p>", writing.Shown("fr", 0, 1, 0), by=cast.focal_point)
    assert len(parse(download(client)).units) == 1
    assert len(parse(download(client, what="everything")).units) == 2


def test_without_anything_left_there_is_a_sentence(dutch, cast):
    client = signed_in(cast.focal_point)
    writing.save_text(dutch, "<p>La loi.</p><p>Le service.</p>", base=0, by=cast.focal_point, language="fr")
    answer = client.get(FILE, {"into": "fr", "source": "nl", "what": "left"}, follow=True)
    assert "There is nothing to translate in this file" in text(answer)


def test_a_download_without_originals_says_what_is_missing(dutch, cast):
    answer = signed_in(cast.focal_point).get(FILE, {"into": "fr", "what": "left"}, follow=True)
    assert "Choose at least one language of the originals." in text(answer)


def test_a_contributor_gets_and_brings_only_what_is_theirs(dutch, english, report, cast):
    delegations.give(report, cast.contributor, {"2.1.B": "whole"}, by=cast.focal_point)
    writing.add_contribution(dutch.section, "<p>The court has room.</p>", by=cast.focal_point, language="en")
    client = signed_in(cast.contributor)
    answer = client.get(FILE, {"into": "fr", "source": ["en"], "what": "left"})
    assert [unit.source for unit in parse(answer.content).units] == ["The unit has new staff."]
    whole = translated(download(signed_in(cast.focal_point), source=("en", "nl")))
    assert b"The court has room." in whole
    said = text(upload(client, whole))
    assert "1 passage was translated into French." in said
    assert "These texts are not assigned to you. They were left out: 2.1.A" in said
    assert (french(dutch), french(english)) == ("", "<p>THE UNIT HAS NEW STAFF.</p>")


def test_a_translator_of_the_country_does_both(dutch, cast):
    user = User.objects.create_user("translator@example.org", "correct horse battery", name="Tove Taal")
    Membership.objects.create(user=user, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    client = signed_in(user)
    assert "2 passages" in text(upload(client, translated(download(client))))
    assert dutch.revisions.get(language="fr").by == user


def test_newer_work_and_an_older_wording_are_told_apart(dutch, cast):
    client = signed_in(cast.focal_point)
    out = translated(download(client))
    writing.save_row(dutch, "<p>La loi.</p>", writing.Shown("fr", 0, 1, 0), by=cast.contributor)
    writing.save_text(dutch, DUTCH.replace("dossiers", "zaken"), base=1, by=cast.contributor)
    answer = upload(client, out)
    assert "1 translation is for an older wording" in text(answer)
    assert "1 passage has a newer translation in the report, which stays." in text(answer)
    there = reverse("translate_section", args=["BE", 2014, "fr", "2.1.A"])
    assert f'href="{there}"' in answer.content.decode()
    assert "DE WET IS IN WERKING." in text(client.get(there))
    assert french(dutch).startswith("<p>La loi.</p>")
    assert Conflict.objects.get().mine == "<p>DE WET IS IN WERKING.</p>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB, "This file defines entities"),
        (b"<xliff", "This file is damaged or incomplete"),
        (b"PK\x03\x04", "This is no XLIFF file"),
        (b"<html/>", "This is no XLIFF file"),
        (b'<xliff version="2.0"/>', "This file is XLIFF 2.0"),
        (b'<xliff version="1.2"/>', "This file does not say that it is a translation into English, Dutch or French"),
        (b'<xliff version="1.2">' + b"x" * 10_000_000 + b"</xliff>", "This file is larger than 10 MB"),
        (b'<xliff version="1.2">' + b"x" * 900_000 + b"</xliff>", "the maximum for a report is 400"),
        (b"", "This file is empty"),
    ],
    ids=range(9),
)
def test_a_hostile_or_wrong_file_saves_nothing(dutch, cast, data, said):
    answer = upload(signed_in(cast.focal_point), data)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Revision.objects.exclude(language="").exists()


def test_a_file_of_another_report_saves_nothing(dutch, begin, cast):
    begin(2013)
    client = signed_in(cast.focal_point)
    out = translated(download(client))
    answer = client.post(FILES.replace("2014", "2013"), {"file": SimpleUploadedFile("file.xlf", out)})
    assert "This file belongs to another report." in text(answer)
    assert french(dutch) == ""


def test_what_a_file_says_is_shown_as_text(dutch, cast):
    client = signed_in(cast.focal_point)
    out = translated(download(client)).replace(b"2.1.A Measures", b"&lt;script&gt;alert(1)&lt;/script&gt;")
    out = out.replace(f'/{dutch.pk}"'.encode(), b'/999999"')
    answer = upload(client, out)
    assert "These texts are not in the report any more. They were left out:" in text(answer)
    assert "<script>alert" not in answer.content.decode()


def test_a_report_that_was_sent_in_sends_nothing_out(dutch, report, cast):
    client = signed_in(cast.focal_point)
    out = translated(download(client))
    send_in(report, cast)
    page = text(client.get(FILES))
    assert "The report has been sent in." in page
    assert "Download the file" not in page
    answer = upload(client, out)
    assert answer.status_code == 422
    assert "This report has been sent in" in text(answer)
    give_back(report, cast, "2.1.B")
    assert "These texts stay as they were sent in: 2.1.A" in text(upload(client, out))
    assert french(dutch) == ""


def test_a_script_gets_the_address_of_the_account(dutch, cast):
    client = signed_in(cast.focal_point)
    file = SimpleUploadedFile("file.xlf", translated(download(client)))
    answer = client.post(FILES, {"file": file, "by-script": "yes"})
    assert (answer.status_code, answer["Location"]) == (201, FILES)
    assert "2 passages were translated" in text(client.get(FILES))


def test_queries_do_not_grow_with_the_passages(report, section, cast):
    client = signed_in(cast.focal_point)

    def counted(paragraphs):
        body = "".join(f"<p>Paragraph {number} of {paragraphs}.</p>" for number in range(paragraphs))
        writing.add_contribution(section, body, by=cast.focal_point, language="en")
        with CaptureQueriesContext(connection) as out:
            content = download(client, source=("en",))
        file = SimpleUploadedFile("file.xlf", translated(content))
        with CaptureQueriesContext(connection) as home:
            client.post(FILES, {"file": file})
        return len(out), len(home)

    assert counted(40) == counted(2)


def test_commands_of_the_server_do_both(dutch, tmp_path):
    file = tmp_path / "belgium-fr.xlf"
    call_command("export_translation", "be", 2014, "fr", file, stdout=StringIO())
    file.write_bytes(translated(file.read_bytes()))
    said = StringIO()
    call_command("import_translation", file, country="BE", year=2014, stdout=said)
    assert said.getvalue().startswith("2 translated\nnote 2.1.A: The translation lost")
    assert french(dutch).startswith("<p>DE WET IS IN WERKING.</p>")
    with pytest.raises(CommandError, match="nothing to translate"):
        call_command("export_translation", "BE", 2014, "fr", file)
    file.write_bytes(BOMB)
    with pytest.raises(CommandError, match="defines entities"):
        call_command("import_translation", file, country="BE", year=2014)
    with pytest.raises(CommandError, match="no report of BE for 2013"):
        call_command("import_translation", file, country="BE", year=2013)
