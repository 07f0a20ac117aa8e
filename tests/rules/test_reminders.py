"""Reminders over whole cycles: exactly the expected e-mails are sent, however the job is run."""

import datetime
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections

from reports.models import Country, Mail, Membership, ReportingForm, Role, State, Step, User
from reports.notifications import outbox
from reports.rules import reminders, workflow

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
DUE = datetime.date(2027, 3, 28)  # the last Sunday of March: in Brussels that day has 23 hours


def day(number):
    """Return the day that is this number of days before the due day."""
    return DUE - datetime.timedelta(days=number)


def open_form(due=DUE, **more):
    """Set the dates of the edition of 2016; those of the others are long past."""
    ReportingForm.objects.filter(year=2016).update(opens=due - datetime.timedelta(days=90), due=due, **more)
    return ReportingForm.objects.get(year=2016)


@pytest.fixture
def form(cast):
    for role, language in (("focal_point", "nl"), ("other_country", "fr")):
        User.objects.filter(pk=cast[role].pk).update(language=language)
    return open_form()


@pytest.fixture
def run(time_machine, mailoutbox):
    """Run the job at a day and time of Brussels; return the reader and subject of each e-mail that was sent."""

    def job(date, clock="06:15", zone=BRUSSELS):
        moment = datetime.datetime.combine(date, datetime.time.fromisoformat(clock), zone)
        time_machine.move_to(moment, tick=False)
        before = len(mailoutbox)
        call_command("send_reminders", verbosity=0)
        return [(mail.to[0], mail.subject) for mail in mailoutbox[before:]]

    return job


def who(mails):
    return sorted(to.split("@")[0] for to, _subject in mails)


BOTH = ["focal_point", "other_country"]


def test_a_daily_job_sends_five_reminders(form, run):
    sent = {number: who(run(day(number))) for number in range(60, -30, -1)}
    assert {number: people for number, people in sent.items() if people} == dict.fromkeys((30, 14, 7, 1, -1), BOTH)


def test_an_irregular_job_sends_only_the_latest_reminder(form, run):
    times = [
        (60, "12:00"),
        (29, "23:59"),
        (28, "00:01"),
        (6, "03:00"),
        (6, "03:00"),
        (6, "22:00"),
        (2, "05:00"),
        (0, "09:00"),
    ]
    times += [(0, "09:01"), (-5, "10:00"), (-6, "10:00"), (-40, "10:00")]
    sent = [(number, clock, who(run(day(number), clock))) for number, clock in times]
    assert [one for one in sent if one[2]] == [
        (29, "23:59", BOTH),
        (6, "03:00", BOTH),
        (0, "09:00", BOTH),
        (-5, "10:00", BOTH),
    ]
    assert Mail.objects.count() == 8


def test_a_job_a_week_late_reminds_nobody(form, run):
    assert run(day(-8)) == []


@pytest.mark.parametrize("due", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)], ids=["spring", "autumn"])
def test_days_begin_in_brussels_when_clocks_change(cast, run, due):
    open_form(due)

    def sent(number, clock):
        return bool(run(due - datetime.timedelta(days=number), clock))

    assert [sent(1, "00:00"), sent(1, "23:59")] == [True, False]
    # On the day of the change itself, at its first and last minute: nothing more; "past" begins at midnight.
    assert [sent(0, "00:00"), sent(0, "02:30"), sent(0, "23:59"), sent(-1, "00:00")] == [False, False, False, True]


def test_days_begin_in_the_time_zone_of_the_form(cast, run):
    open_form(time_zone="America/New_York")
    at_midnight = [run(day(-1), clock)[0][1] for clock in ("05:59", "06:00")]  # 23:59 and 00:00 in New York
    assert at_midnight == [
        "Due today: the report of Belgium for 2016",
        "Past its due date: the report of Belgium for 2016",
    ]


def test_nobody_is_reminded_before_the_form_opens(cast, run):
    form = open_form()
    form.opens = day(10)
    form.save()
    assert [who(run(day(number))) for number in (14, 11)] == [[], []]
    assert who(run(day(9))) == BOTH


def test_a_report_taken_back_is_reminded_again(form, run, cast):
    report = workflow.open_report(form, Country.objects.get(code="BE"))
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    Mail.objects.all().delete()
    assert who(run(day(14))) == ["other_country"]
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    Mail.objects.filter(kind="reports").delete()
    assert who(run(day(7))) == BOTH


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_only_drafts_are_reminded(form, run, state):
    report = workflow.open_report(form, Country.objects.get(code="BE"))
    type(report).objects.filter(pk=report.pk).update(state=state)
    Mail.objects.all().delete()
    assert who(run(day(7))) == ["other_country"]


def test_an_extension_restarts_the_cycle_of_its_country(form, run, cast):
    report = workflow.open_report(form, Country.objects.get(code="BE"))
    Mail.objects.all().delete()
    sent = {number: who(run(day(number))) for number in (30, 14, 7)}
    later = DUE + datetime.timedelta(days=20)
    workflow.take_step(report, Step.EXTEND, by=cast.administrator, due=later, comment="Elections.")
    Mail.objects.filter(kind="reports").delete()
    sent |= {number: who(run(day(number))) for number in range(6, -30, -1)}
    assert {number: people for number, people in sent.items() if people} == {
        30: BOTH,
        14: BOTH,
        7: BOTH,
        6: ["focal_point"],  # 26 days before the new day: the reminder of 30 days, for the new day
        1: ["other_country"],
        -1: ["other_country"],
        -6: ["focal_point"],
        -13: ["focal_point"],
        -19: ["focal_point"],
        -21: ["focal_point"],
    }


def test_only_focal_points_who_may_sign_in_are_reminded(form, run, cast):
    belgium = Country.objects.get(code="BE")
    second = User.objects.create_user("second@example.org", "correct horse battery", name="Second")
    gone = User.objects.create_user("gone@example.org", "correct horse battery", is_active=False)
    for user in (second, gone):
        Membership.objects.create(user=user, country=belgium, role=Role.FOCAL_POINT)
    assert who(run(day(7))) == ["focal_point", "other_country", "second"]


def test_a_reminder_is_in_the_language_of_its_reader(form, run, cast, mailoutbox):
    User.objects.filter(pk=cast.reviewer.pk).update(language="nl")  # of no country: reads nothing
    run(day(14))
    mails = {mail.to[0].split("@")[0]: mail for mail in mailoutbox}
    for name, country, date, city in (
        ("focal_point", "België", "28 maart 2027", "Brussel"),
        ("other_country", "Pays-Bas", "28 mars 2027", "Bruxelles"),
    ):
        mail = mails[name]
        assert country in mail.subject
        assert date in mail.body
        assert city in mail.body
        assert "http://127.0.0.1:8000/reports/" in mail.body
        ((page, kind),) = mail.alternatives
        assert kind == "text/html"
        assert f'<html lang="{"nl" if name == "focal_point" else "fr"}">' in page
        assert date in page


def test_the_subject_fits_the_days_that_are_left(form, run, cast):
    User.objects.update(language="en")
    said = {number: [subject for to, subject in run(day(number)) if to.startswith("focal")] for number in (14, 1, -1)}
    assert said == {
        14: ["Due on 28 March 2027: the report of Belgium for 2016"],
        1: ["Due tomorrow: the report of Belgium for 2016"],
        -1: ["Past its due date: the report of Belgium for 2016"],
    }


def test_people_choose_no_reminders_or_a_digest(form, run, cast, mailoutbox):
    netherlands, belgium = (Country.objects.get(code=code) for code in ("NL", "BE"))
    Membership.objects.create(user=cast.other_country, country=belgium, role=Role.FOCAL_POINT)
    User.objects.filter(pk=cast.focal_point.pk).update(mails={"deadlines": "never"})
    User.objects.filter(pk=cast.other_country.pk).update(mails={"deadlines": "daily"}, language="en")
    assert run(day(7), "06:15") == []
    assert run(day(7), "06:59") == []
    assert run(day(7), "07:00") == [("other_country@example.org", "2 messages of the country reports")]
    assert run(day(7), "07:01") == []
    assert run(day(6), "07:01") == []
    (digest,) = mailoutbox
    assert [str(country) in digest.body for country in (netherlands, belgium)] == [True, True]


def test_a_missed_digest_comes_with_the_next_run(form, run, cast):
    User.objects.update(mails={"deadlines": "daily"}, language="en")
    assert run(day(7), "09:00") == []
    assert run(day(6), "06:59") == []
    assert who(run(day(5), "03:00")) == BOTH


def test_mail_that_failed_is_sent_by_the_next_run(form, run, cast, settings, mailoutbox):
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where nobody listens
    assert run(day(7)) == []
    waiting = Mail.objects.filter(sent_at=None, claimed_at=None)
    assert [bool(mail.trouble) for mail in waiting] == [True, True]
    settings.EMAIL_BACKEND = works
    assert who(run(day(7), "06:20")) == BOTH
    assert run(day(7), "06:25") == []
    assert {mail.trouble for mail in Mail.objects.exclude(sent_at=None)} == {""}


def test_one_refused_mail_does_not_stop_the_others(form, run, cast, settings, mailoutbox):
    settings.EMAIL_BACKEND = "tests.rules.test_reminders.NotToTheNetherlands"
    assert who(run(day(7))) == ["focal_point"]
    assert Mail.objects.get(sent_at=None).trouble == "{'other_country@example.org': (550, b'no such box')}"


class NotToTheNetherlands:
    """A mail server that refuses one e-mail."""

    def __init__(self, **_options):
        pass

    def send_messages(self, messages):
        from smtplib import SMTPRecipientsRefused

        from django.core import mail

        for message in messages:
            if "other_country@example.org" in message.to:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"no such box")})
            mail.outbox.append(message)
        return len(messages)


@pytest.mark.django_db(transaction=True)
def test_concurrent_jobs_send_each_reminder_once(form, time_machine, mailoutbox):
    time_machine.move_to(datetime.datetime.combine(day(7), datetime.time(9), BRUSSELS), tick=False)
    ready, errors = threading.Barrier(4), []

    def job():
        try:
            ready.wait()
            call_command("send_reminders", verbosity=0)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connections.close_all()

    jobs = [threading.Thread(target=job) for _ in range(4)]
    for one in jobs:
        one.start()
    for one in jobs:
        one.join()
    assert errors == []
    assert sorted(mail.to[0].split("@")[0] for mail in mailoutbox) == BOTH
    assert Mail.objects.count() == 2


def test_a_reminder_claimed_by_a_dead_job_is_not_sent(form, run):
    run(day(8))
    reminders.enqueue_due(datetime.datetime.combine(day(7), datetime.time(9), BRUSSELS))
    assert outbox.claim(Mail.objects.filter(to__email="focal_point@example.org").last())
    assert who(run(day(7), "09:05")) == ["other_country"]
