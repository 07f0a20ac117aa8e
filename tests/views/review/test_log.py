"""The log of a report, as its country and as the secretariat read it."""

import datetime

import pytest
from django.db import connection

from reports.models import Step, StepLog
from reports.rules import workflow
from tests.views.html import parse, text
from tests.views.steps import give_back, send_in

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/log/"


@pytest.fixture
def steps(report, cast):
    send_in(report, cast)
    give_back(report, cast, "2.1.A", "3.2.B", comment="Two things are unclear.")
    day = report.due + datetime.timedelta(days=30)
    workflow.take_step(report, Step.EXTEND, by=cast.administrator, comment="Asked for by Belgium.", due=day)
    return send_in(report, cast)


def rows(page):
    return [" ".join(row.text_content().split()) for row in parse(page).xpath("//main//tbody/tr")]


def test_the_log_says_who_did_what_and_why_the_newest_first(client, steps, cast):
    client.force_login(cast.focal_point)
    found = rows(client.get(URL))
    assert len(found) == 5
    assert "focal point" in found[0]
    assert "Submission 2" in found[0]
    assert "Asked for by Belgium." in found[1]
    assert "due on 30 July 2014" in found[1]
    assert "reviewer" in found[2]
    assert "Two things are unclear." in found[2]
    assert "opened: 2.1.A, 3.2.B" in found[2]
    assert "The portal" in found[4]


def test_each_side_reads_states_in_its_own_words(client, steps, cast):
    client.force_login(cast.focal_point)
    assert "Sent in → to Returned to you" in rows(client.get(URL))[2]
    client.force_login(cast.reader)
    found = rows(client.get(URL))
    assert "To review → to Returned" in found[2]
    assert "Returned (unchanged)" in found[1]


def test_times_are_those_of_the_form_and_the_page_says_which(client, steps, report, cast):
    report.form.time_zone = "Asia/Tokyo"
    report.form.save()
    client.force_login(cast.reader)
    page = client.get(URL)
    assert "Times are those of Tokyo." in text(page)
    newest = StepLog.objects.order_by("position").last()
    tokyo = newest.at.astimezone(datetime.timezone(datetime.timedelta(hours=9)))
    assert tokyo.strftime("%H:%M") in rows(page)[0]


def test_complete_log_is_confirmed_with_short_hashes(client, steps, cast):
    client.force_login(cast.focal_point)
    page = client.get(URL)
    assert "The log is complete and unchanged: 5 entries" in text(page)
    first = StepLog.objects.order_by("position").last().hash
    assert first[:12] in text(page)
    assert first[:13] not in text(page)


@pytest.mark.sqlite
def test_changed_log_is_reported(client, steps, cast):
    entry = StepLog.objects.get(step=Step.RETURN)
    with connection.cursor() as cursor:
        triggers = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("UPDATE reports_steplog SET comment = 'Nothing.' WHERE id = %s", [entry.pk])
    client.force_login(cast.reader)
    page = text(client.get(URL))
    assert "This log is not complete, or it was changed." in page
    assert "entry 3 of the log was changed after it was written" in page
    assert "The log is complete and unchanged" not in page


def test_the_secretariat_finds_a_submission_from_its_entry(client, steps, cast):
    client.force_login(cast.reader)
    links = parse(client.get(URL)).xpath("//main//tbody//a/@href")
    assert links == ["/reports/BE/2014/submissions/2/", "/reports/BE/2014/submissions/1/"]
    assert client.get(links[0]).status_code == 200
