"""What reaches people outside the portal: their choice of e-mails, and their dates as a calendar."""

import datetime

import icalendar
import pytest

from reports.models import Country, Mail, MailKind, Membership, ReportingForm, Role, Step, User
from reports.rules import workflow
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db


def test_every_signed_in_page_links_to_the_mail_choices(client, cast):
    for role in ("focal_point", "contributor", "reader", "administrator"):
        client.force_login(cast[role])
        assert parse(client.get("/help/")).xpath("//footer//a[@href='/mails/']")


def test_each_kind_but_invitations_is_chosen_and_kept(anke, cast):
    page = anke.get("/mails/")
    assert fields(page, form="") | {"csrfmiddlewaretoken": ""} == {
        "csrfmiddlewaretoken": "",
        "reports": "at-once",
        "questions": "at-once",
        "approvals": "at-once",
        "suggestions": "at-once",
        "comments": "at-once",
        "deadlines": "at-once",
    }
    page = anke.post("/mails/", fields(page, form="") | {"questions": "daily", "deadlines": "never"}, follow=True)
    assert "Saved." in text(page)
    assert (fields(page, form="")["questions"], fields(page, form="")["deadlines"]) == ("daily", "never")
    assert "invitation" not in fields(page, form="")


def test_choice_applies_from_the_next_mail(anke, cast, report):
    anke.post("/mails/", fields(anke.get("/mails/"), form="") | {"reports": "never"})
    report.country.memberships.exclude(user=cast.focal_point).delete()
    workflow.take_step(report, Step.SEND_IN, by=User.objects.get(pk=cast.focal_point.pk))
    assert not Mail.objects.filter(to=cast.focal_point, subject__startswith="Received").exists()
    assert Mail.objects.filter(to=cast.reviewer).exists()


@pytest.mark.parametrize("changes", [{"reports": "sometimes"}, {"deadlines": ""}])
def test_what_is_no_choice_is_refused(anke, cast, changes):
    anke.post("/mails/", fields(anke.get("/mails/"), form="") | changes)
    assert User.objects.get(pk=cast.focal_point.pk).mails == {}


def test_nobody_chooses_about_invitations(anke, cast):
    anke.post("/mails/", fields(anke.get("/mails/"), form="") | {"invitation": "never"})
    assert MailKind.INVITATION not in User.objects.get(pk=cast.focal_point.pk).mails


# The calendar.


def events(client):
    """The events by their uid."""
    answer = client.get("/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="country-reports.ics"' in answer["Content-Disposition"]
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    uids = [str(event["uid"]) for event in found]
    assert len(uids) == len(set(uids))
    return dict(zip(uids, found, strict=True))


def test_a_focal_points_dates_are_those_of_the_own_country(anke):
    found = events(anke)
    assert sorted(found) == [
        *(f"due-{year}-BE@127.0.0.1" for year in (2013, 2014, 2016)),
        *(f"opens-{year}@127.0.0.1" for year in (2013, 2014, 2016)),
    ]
    due = found["due-2014-BE@127.0.0.1"]
    assert due["summary"] == "Due: the report of Belgium for 2014"
    assert "Brussels time (Europe/Brussels)" in due["description"]
    assert "http://127.0.0.1:8000/reports/BE/2014/" in due["description"]
    form = ReportingForm.objects.get(year=2014)
    assert (due["dtstart"].dt, due["dtend"].dt) == (form.due, form.due + datetime.timedelta(days=1))
    assert due["dtstart"].params["VALUE"] == "DATE"
    assert found["opens-2014@127.0.0.1"]["dtstart"].dt == form.opens


def test_an_extension_moves_the_event_and_makes_no_second(anke, cast, report):
    later = report.form.due + datetime.timedelta(days=20)
    before = events(anke)
    workflow.take_step(report, Step.EXTEND, by=cast.administrator, due=later, comment="Elections.")
    after = events(anke)
    assert set(after) == set(before)
    assert after["due-2014-BE@127.0.0.1"]["dtstart"].dt == later
    assert "Extension given by the secretariat." in after["due-2014-BE@127.0.0.1"]["description"]


def test_somebody_of_two_countries_has_the_dates_of_both(anke, cast):
    netherlands = Country.objects.get(code="NL")
    Membership.objects.create(user=cast.focal_point, country=netherlands, role=Role.CONTRIBUTOR)
    assert {"due-2014-BE@127.0.0.1", "due-2014-NL@127.0.0.1"} <= set(events(anke))


def test_the_secretariat_has_every_form_and_the_extensions(client, cast, report):
    later = report.form.due + datetime.timedelta(days=20)
    workflow.take_step(report, Step.EXTEND, by=cast.administrator, due=later, comment="Elections.")
    client.force_login(cast.reader)
    found = events(client)
    assert {"due-2013@127.0.0.1", "due-2014@127.0.0.1", "due-2016@127.0.0.1"} <= set(found)
    assert [uid for uid in found if uid.endswith("-BE@127.0.0.1")] == ["due-2014-BE@127.0.0.1"]
    assert found["due-2014@127.0.0.1"]["dtstart"].dt == report.form.due


def test_the_events_are_in_the_persons_language(anke, cast):
    User.objects.filter(pk=cast.focal_point.pk).update(language="nl")
    due = events(anke)["due-2014-BE@127.0.0.1"]
    assert "België" in due["summary"]
    assert "Brussel" in due["description"]


def test_somebody_without_a_role_has_the_opening_dates_only(client, framework):
    client.force_login(User.objects.create_user("nobody@example.org", name="Nobody"))
    assert {uid.split("-")[0] for uid in events(client)} == {"opens"}


def test_the_calendar_is_linked_where_one_works(anke):
    for url in ("/reports/", "/reports/BE/2014/", "/mails/"):
        assert parse(anke.get(url)).xpath("//main//a[@href='/calendar.ics']"), url
