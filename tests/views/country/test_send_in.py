"""Sending in: the summary names what is blank and asks; then the report is frozen, and can be taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import State, Submission
from reports.rules import writing
from tests.views import steps
from tests.views.html import fields, parse, text
from tests.views.steps import give_back, send_in

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/send-in/"


def blanks(answer):
    return [row.text_content().split()[0] for row in parse(answer).xpath("//ul[contains(@class,'checklist')]/li/a")]


def test_summary_lists_blank_sections_only(anke, written, report, cast):
    writing.set_nothing(report.sections.get(question__code="2.2.A"), True, by=cast.focal_point)
    page = anke.get(URL)
    assert len(blanks(page)) == 19
    assert "2.1.A" not in blanks(page)
    assert "2.2.A" not in blanks(page)
    assert "with 19 blank sections" in text(page)


def test_summary_names_conflicts_and_open_questions(anke, written, report, cast):
    assert "two versions" not in text(anke.get(URL))
    writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.contributor)
    conflict = writing.save_text(written, "<p>De wet is weer in werking.</p>", base=1, by=cast.focal_point).conflicts[0]
    page = anke.get(URL)
    assert "1 paragraph has two versions: choose." in text(page)
    assert parse(page).xpath("//a[@href='/reports/BE/2014/2.1/#section-2-1-a']")
    writing.settle_conflict(conflict, "mine", by=cast.focal_point)
    assert "two versions" not in text(anke.get(URL))
    steps.ask(send_in(report, cast), written.section, "Since when?", by=cast.reviewer)
    give_back(report, cast)
    assert "1 question of the secretariat has no answer yet" in text(anke.get(URL))


def test_closed_sections_are_not_offered_after_a_return(anke, written, report, cast):
    send_in(report, cast)
    give_back(report, cast, "4.2.A")
    page = anke.get(URL)
    assert blanks(page) == ["4.2.A"]
    assert "These sections are closed; only 4.2.A is open to you." in text(page)
    overview = anke.get("/reports/BE/2014/")
    assert "These sections are closed; only 4.2.A is open to you." in text(overview)
    assert text(overview).count("Closed") == 20


def test_without_the_confirmation_nothing_is_sent_in(anke, written, report):
    page = anke.post(URL, fields(anke.get(URL), form=""))
    assert "Tick the box to confirm" in text(page)
    assert not Submission.objects.exists()


def test_sending_in_reads_the_texts_once(anke, written, report):
    form = fields(anke.get(URL), form="") | {"confirm": "yes"}
    with CaptureQueriesContext(connection) as queries:
        anke.post(URL, form)
    texts = [query for query in queries.captured_queries if 'FROM "reports_contribution"' in query["sql"]]
    assert Submission.objects.count() == 1
    assert len(texts) == 1


def test_sending_in_freezes_and_taking_back_opens(anke, written, report):
    page = anke.post(URL, fields(anke.get(URL), form="") | {"confirm": "yes"}, follow=True)
    assert "has been sent in to the secretariat" in text(page)
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert "Submission 1" in text(page)
    assert "Check and send in" not in text(page)
    page = anke.post("/reports/BE/2014/withdraw/", follow=True)
    assert "The report is a draft again" in text(page)
    assert Submission.objects.count() == 1


def test_change_after_the_summary_refuses_sending_in(anke, written, report, cast):
    posted = fields(anke.get(URL), form="") | {"confirm": "yes"}
    writing.save_text(written, "<p>Net veranderd.</p>", base=1, by=cast.contributor)
    page = anke.post(URL, posted)
    assert "The report changed while you were looking at this page" in text(page)
    assert not Submission.objects.exists()
    anke.post(URL, fields(page, form="") | {"confirm": "yes"})
    assert "Net veranderd" in Submission.objects.get().document


def test_submission_page_shows_no_later_changes(anke, written, report, cast):
    anke.post(URL, fields(anke.get(URL), form="") | {"confirm": "yes"})
    anke.post("/reports/BE/2014/withdraw/")
    writing.save_text(written, "<p>Later veranderd.</p>", base=1, by=cast.focal_point)
    page = text(anke.get("/reports/BE/2014/submissions/1/"))
    assert "De wet is in werking." in page
    assert "Later veranderd." not in page


def test_late_report_is_marked_for_both_sides(anke, written, cast):
    anke.post(URL, fields(anke.get(URL), form="") | {"confirm": "yes"})
    assert "Sent in late." in text(anke.get("/reports/BE/2014/"))
    assert "sent in late" in text(anke.get("/reports/"))
    anke.force_login(cast.reviewer)
    row = parse(anke.get("/desk/2014/")).xpath("//tr[th='Belgium']")[0]
    assert "days late" in row.text_content()


def test_a_report_sent_in_on_its_day_is_in_time(anke, written, report, cast, time_machine):
    time_machine.move_to("2014-06-30T21:59:00+00:00")  # 23:59 in Brussels
    anke.force_login(cast.focal_point)
    anke.post(URL, fields(anke.get(URL), form="") | {"confirm": "yes"})
    time_machine.move_to("2014-07-02T10:00:00+00:00")
    anke.force_login(cast.focal_point)
    assert "in late" not in text(anke.get("/reports/BE/2014/"))


def test_unprintable_characters_are_named_with_section(client, written, cast):
    writing.save_text(written, "<p>\u0e15\u0e33</p>", base=1, by=cast.focal_point)
    client.force_login(cast.focal_point)
    page = text(client.get("/reports/BE/2014/send-in/"))
    assert "2.1.A: \u0e15 (U+0E15) \u0e33 (U+0E33)" in page
