"""The secretariat translates what was sent in, for its reading: apart from the country's, in no document of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Contribution, Country, Membership, OwnTranslation, Revision, Role, Step, User
from reports.rules import workflow, writing
from reports.rules.own_translations import OwnText, save_own_row
from tests.views.steps import change, send_in, signed_in

pytestmark = pytest.mark.django_db
REVIEW = "/reports/BE/2014/review/2.1.A/"
PAGE = REVIEW + "translate/en/"
DUTCH = "<p>De wet is in werking sinds mei.</p><p>Rechters krijgen een opleiding.</p>"


@pytest.fixture
def written(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl", authority="Justitie")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def typed(place, body, base=0, sent=1, **more):
    """Return the fields of a row of submission number `sent`."""
    shown = {f"r0-{place}-base": base, f"r0-{place}-original": sent}
    return {f"r0-{place}-body": body, f"r0-{place}-text_format": "plain"} | shown | more


def translation(submission, language="en"):
    newest = OwnTranslation.objects.filter(submission=submission, language=language).order_by("-number").first()
    return newest.body if newest else ""


def test_a_reviewer_translates_and_reads_it_beside_the_original(ruth, sent):
    page = ruth.get(REVIEW)
    assert PAGE in page.content.decode()
    assert "2.1.A" in words(ruth.get(PAGE))
    page = ruth.post(PAGE, typed(0, "The law has been in force since May.", at="save"), follow=True)
    assert "Saved." in words(page)
    assert "1 of 2 done" in words(page)
    read = words(ruth.get(REVIEW + "?show=translation"))
    assert "the secretariat’s translation; the original is in this language: Dutch" in read
    assert "The law has been in force since May." in read
    assert "Not translated: this is the original" in read
    assert "De wet is in werking sinds mei." in read
    assert "The law has been in force" not in words(ruth.get(REVIEW + "?show=text"))


def test_each_tab_says_how_far_its_language_is(ruth, sent):
    ruth.post(PAGE, typed(0, "The law has been in force since May."))
    tabs = re.search(r'<nav class="langs".*?</nav>', ruth.get(REVIEW + "translate/fr/").content.decode(), re.S)[0]
    links = re.findall(r"<a href.*?</a>", tabs, re.S)
    assert [" ".join(re.sub(r"<[^>]+>", " ", link).split()) for link in links] == [
        "Into English 1 of 2",
        "Into Dutch",  # all of it is in Dutch
        "Into French 0 of 2",
    ]


def test_the_countrys_translation_stays_beside_it(written, report, cast, ruth):
    writing.save_text(written, "<p>The country’s words.</p>", base=0, by=cast.focal_point, language="en")
    send_in(report, cast)
    ruth.post(PAGE, typed(0, "The secretariat’s words."))
    read = words(ruth.get(REVIEW + "?show=translation"))
    assert read.index("the country’s translation;") < read.index("The country’s words.")
    assert read.index("The country’s words.") < read.index("the secretariat’s translation;")
    assert "The secretariat’s words." not in Contribution.objects.get(pk=written.pk).translation_en
    assert "The country’s words." not in words(ruth.get(PAGE))


@pytest.mark.parametrize(
    ("role", "status"), [("focal_point", 403), ("contributor", 403), ("reader", 403), ("other_country", 404)]
)
def test_nobody_else_sees_or_writes_it(client, sent, cast, role, status):
    client.force_login(cast[role])
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, typed(0, "The law.")).status_code == status
    assert not OwnTranslation.objects.exists()


def test_a_reader_reads_it_and_gets_no_link_to_write(client, sent, cast):
    save_own_row(OwnText(sent, "2.1.A", 0, "en"), "<p>The law.</p>", place=0, base=0, by=cast.reviewer)
    client.force_login(cast.reader)
    page = client.get(REVIEW + "?show=translation")
    assert "The law." in words(page)
    assert PAGE not in page.content.decode()


def test_a_conflict_is_a_sentence_and_the_text_stays(ruth, sent, cast):
    save_own_row(OwnText(sent, "2.1.A", 0, "en"), "<p>Theirs.</p>", place=0, base=0, by=cast.administrator)
    page = ruth.post(PAGE, typed(0, "Mine.") | typed(1, "Judges are trained."))
    assert page.status_code == 422
    assert "A colleague has translated this passage in the meantime." in words(page)
    assert re.search(r"The colleague’s translation</h4>\s*<div[^>]*><p>Theirs\.</p>", page.content.decode())
    assert re.search(
        r"<textarea[^>]*name=\"r0-0-body\"[^>]*aria-invalid[^>]*>\s*Mine\.</textarea>", page.content.decode()
    )
    assert translation(sent) == "<p>Theirs.</p><p>Judges are trained.</p>"


@pytest.mark.parametrize(("choice", "kept"), [("mine:0-0:1", "<p>Mine.</p>"), ("theirs:0-0", "<p>Theirs.</p>")])
def test_one_of_two_texts_is_chosen_without_scripts(ruth, sent, cast, choice, kept):
    save_own_row(OwnText(sent, "2.1.A", 0, "en"), "<p>Theirs.</p>", place=0, base=0, by=cast.administrator)
    page = ruth.post(PAGE, typed(0, "Mine."))
    assert f'value="{choice}"' in page.content.decode()
    assert ruth.post(PAGE, typed(0, "Mine.", act=choice)).status_code == 302
    assert translation(sent) == kept


def test_a_page_of_the_submission_before_saves_nothing(ruth, sent, report, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    send_in(report, cast)
    page = ruth.post(PAGE, typed(0, "The law."))
    assert page.status_code == 422
    assert "The law." in words(page)
    assert not OwnTranslation.objects.exists()


def test_a_report_taken_back_meanwhile_keeps_what_was_typed(ruth, sent, report, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    assert ruth.post(PAGE, typed(0, "The law.")).status_code == 403
    assert not OwnTranslation.objects.exists()


def test_marks_of_a_row(ruth, sent, written, report, cast):
    ruth.post(PAGE, {"act": "unwanted:0-1"} | typed(0, "The law has been in force since May.") | typed(1, ""))
    assert "2 of 2 done" in words(ruth.get(PAGE))
    ruth.post(PAGE, {"act": "wanted:0-1"} | typed(1, "", base=2))
    assert "1 of 2 done" in words(ruth.get(PAGE))
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    change(written, DUTCH.replace("mei", "juni"), cast)
    send_in(report, cast)
    page = ruth.get(PAGE)
    assert "Out of date" in words(page)
    assert "<ins" in page.content.decode()
    assert "Translation for an older wording" in words(ruth.get(REVIEW + "?show=translation"))
    ruth.post(PAGE, {"act": "confirm:0-0"} | typed(0, "The law has been in force since June.", sent=2))
    assert "Out of date" not in words(ruth.get(PAGE))


def test_what_was_translated_of_earlier_reports_is_offered(ruth, begin, section, report, cast):
    earlier = begin(2013)
    row = earlier.sections.get(question__code="2.undertaken")
    writing.add_contribution(row, DUTCH.replace("mei", "juni"), by=cast.focal_point, language="nl")
    before = OwnText(send_in(earlier, cast), "2.undertaken", 0, "en")
    save_own_row(before, "<p>The law has been in force since June.</p>", place=0, base=0, by=cast.reviewer)
    save_own_row(before, "<p>Judges are trained.</p>", place=1, base=1, by=cast.reviewer)
    writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl")
    sent = send_in(report, cast)
    workflow.take_step(earlier, Step.WITHDRAW, by=cast.focal_point)
    assert "2013, 2.undertaken" not in ruth.get(PAGE).content.decode()  # it is the country's alone now
    send_in(earlier, cast)
    page = ruth.get(PAGE).content.decode()
    assert re.search(r"2013, 2\.undertaken ·\s*the same paragraph", page)
    assert re.search(r"2013, 2\.undertaken ·\s*\d\d % the same", page)
    ruth.post(PAGE, typed(0, "The law.") | typed(1, "", take="0-1:0"))
    assert translation(sent) == "<p>The law.</p><p>Judges are trained.</p>"


def test_a_row_that_is_not_there_is_shown_to_copy(ruth, sent):
    page = ruth.post(PAGE, typed(7, "Where to?"))
    assert page.status_code == 422
    assert "Where to?" in words(page)


def test_it_is_never_the_countrys(ruth, sent, written, report, cast, client):
    """A canary in the secretariat's translation is on no page and in no file but those of its own reading."""
    for language, name in (("en", "Canaryen"), ("fr", "Canaryfr")):
        save_own_row(OwnText(sent, "2.1.A", 0, language), f"<p>{name}.</p>", place=0, base=0, by=cast.reviewer)
    translator = User.objects.create_user("tove@example.org", "correct horse battery", name="Tove Taal")
    Membership.objects.create(user=translator, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    base = "/reports/BE/2014/"
    pages = [
        *(base, base + "2.1/", base + "translate/fr/2.1.A/", base + "translate/en/2.1.A/", base + "read/"),
        *(base + "submissions/1/", base + "submissions/1/?language=en", base + "log/", base + "questions/"),
        *("/", "/desk/2014/", "/desk/2014/countries/BE/", "/desk/2014/sections/2.1.A/"),
    ]
    seen = 0
    for who in (cast.focal_point, cast.contributor, translator, cast.reviewer, cast.reader):
        signed = signed_in(who)
        for page in pages:
            answer = signed.get(page, follow=True)
            seen += answer.status_code == 200
            assert "Canary" not in answer.content.decode(), (who, page)
    assert seen > 30
    assert "Canary" not in report.submissions.get().document
    assert not Revision.objects.filter(body__contains="Canary").exists()
    assert "Canary" in words(ruth.get(REVIEW + "?show=translation"))


def test_queries_do_not_grow_with_texts(ruth, section, report, cast):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert ruth.get(address).status_code == 200
        return len(captured)

    row = writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl")
    sent = send_in(report, cast)
    ruth.post(PAGE, typed(0, "The law."))
    ruth.get(PAGE)
    before = [queries(address) for address in (PAGE, REVIEW + "?show=translation")]
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    for number in range(5):
        writing.add_contribution(row.section, f"<p>Tekst {number}.</p>", by=cast.focal_point, language="nl")
    sent = send_in(report, cast)
    for position in range(6):
        save_own_row(OwnText(sent, "2.1.A", position, "en"), "<p>Text.</p>", place=0, base=0, by=cast.reviewer)
    ruth.get(PAGE)
    after = [queries(address) for address in (PAGE, REVIEW + "?show=translation")]
    assert after[0] <= before[0] + 1
    assert after[1] <= before[1] + 4  # there is a submission before now
