"""E-mails: their links, whom they reach after somebody left, and those that can never be sent."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from reports.models import Approval, Country, Mail, MailKind, Membership, ReportingForm, Role, Step, User
from reports.notifications import outbox
from reports.rules import approvals, people, remarks, reminders, workflow
from tests.views.steps import question, send_in

pytestmark = pytest.mark.django_db
ROLE_AT = {"BE": Role.CONTRIBUTOR, None: Role.READER}


@pytest.fixture
def colleague(cast):
    return member("colleague", Role.REVIEWER)


@pytest.fixture
def second(cast):
    return member("second", Role.FOCAL_POINT, "BE")


def member(name, role, code=None):
    user = User.objects.create_user(f"{name}@example.org", "correct horse battery", name=name)
    Membership.objects.create(user=user, role=role, country=code and Country.objects.get(code=code))
    return user


def leave(user, how, by):
    if how == "the account is closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        people.end_role(user.memberships.get(), by=by)


def run(mailoutbox):
    """Send pending mail and digests; return the text of each e-mail by its reader."""
    before = len(mailoutbox)
    outbox.send_pending(timezone.now() + timedelta(days=1))
    return {mail.to[0].split("@")[0]: mail.body for mail in mailoutbox[before:]}


@pytest.fixture
def asked(written, report, cast):
    """A question of the reviewer."""
    return question(send_in(report, cast), "2.1.A", cast)


def told(subject):
    return sorted(mail.to.name for mail in Mail.objects.filter(subject__contains=subject))


def test_an_answer_goes_to_the_person_who_asked(asked, cast, colleague):
    remarks.reply(asked, "Since May.", by=cast.focal_point)
    assert told("has answered") == ["reviewer"]


@pytest.mark.parametrize("how", ["the role ended", "the account is closed"])
def test_after_the_asker_left_all_reviewers_get_the_answer(asked, cast, colleague, how):
    leave(cast.reviewer, how, cast.administrator)
    remarks.reply(asked, "Since May.", by=cast.focal_point)
    assert told("has answered") == ["administrator", "colleague"]


@pytest.mark.parametrize("how", ["the role ended", "the account is closed"])
def test_after_the_asker_left_all_focal_points_are_told(written, cast, second, how):
    approvals.ask(written.section.report, [cast.contributor], [written.section], by=cast.focal_point)
    leave(cast.focal_point, how, cast.administrator)
    approvals.answer(Approval.objects.get(), False, by=cast.contributor, comment="The second sentence is wrong.")
    assert told("Not approved") == ["second"]


def daily(user):
    User.objects.filter(pk=user.pk).update(mails=dict.fromkeys(("reports", "questions", "approvals"), "daily"))


@pytest.mark.parametrize("who", ["focal_point", "reviewer"])
@pytest.mark.parametrize("how", ["the role ended", "the account is closed"])
def test_pending_mail_to_people_who_left_is_never_sent(written, report, cast, second, colleague, mailoutbox, who, how):
    for user in (cast[who], second, colleague):
        daily(user)
    send_in(report, cast)
    leave(cast[who], how, cast.administrator)
    sent = run(mailoutbox)
    assert {"second", "colleague"} <= set(sent)
    assert "has sent in" not in sent.get(who, "")  # only that the role ended
    kept = Mail.objects.filter(to=cast[who]).exclude(kind=MailKind.ROLES)
    assert {(mail.sent_at, bool(mail.trouble)) for mail in kept} == {(None, True)}
    assert run(mailoutbox) == {}
    User.objects.update(is_active=True)
    assert run(mailoutbox) == {}


def test_mail_about_another_country_is_still_sent(begin, cast, second, mailoutbox):
    Membership.objects.create(user=second, role=Role.FOCAL_POINT, country=Country.objects.get(code="NL"))
    daily(second)
    send_in(begin(2014), cast)
    people.end_role(second.memberships.get(country__code="NL"), by=cast.administrator)
    assert "the report of Belgium" in run(mailoutbox)["second"]


@pytest.mark.parametrize("code", ["BE", None])
def test_a_pending_invitation_is_cancelled_with_its_role(cast, mailoutbox, code):
    country = code and Country.objects.get(code=code)
    by = cast.focal_point if code else cast.administrator
    made = people.invite("noor@example.org", by=by, role=ROLE_AT[code], country=country)
    people.end_role(made, by=by)
    assert "noor" not in run(mailoutbox)


def test_a_pending_reminder_is_cancelled_with_the_role(cast, second, mailoutbox, time_machine):
    form = ReportingForm.objects.get(year=2014)
    time_machine.move_to(form.due_at - timedelta(days=7), tick=False)
    reminders.enqueue_due(timezone.now())
    people.end_role(second.memberships.get(), by=cast.administrator)
    assert not {"focal_point", "other_country"} - set(run(mailoutbox))
    assert Mail.objects.get(to=second, kind=MailKind.DEADLINES).sent_at is None


def test_every_link_opens_a_page_for_its_reader(written, report, cast, second, client):
    section = written.section
    approvals.ask(report, [cast.contributor], [section], by=cast.focal_point)
    approvals.answer(Approval.objects.get(), False, by=cast.contributor, comment="Wrong.")
    remark = question(send_in(report, cast), "2.1.A", cast)
    remarks.reply(remark, "Since May.", by=cast.focal_point)
    workflow.take_step(report, Step.RETURN, by=cast.reviewer, comment="Please complete it.")
    reminders.enqueue_due(ReportingForm.objects.get(year=2016).due_at - timedelta(days=7))
    found = set()
    for mail in Mail.objects.select_related("to"):
        client.force_login(mail.to)
        addresses = re.findall(rf"{settings.SITE_URL}(\S+)", mail.text)
        assert [client.get(address, follow=True).status_code for address in addresses] == [200, 200], mail.text
        found.add((mail.kind, *addresses))
    assert found == {
        ("approvals", "/reports/BE/2014/approvals/", "/mails/"),
        ("deadlines", "/reports/", "/mails/"),
        ("questions", "/reports/BE/2014/questions/", "/mails/"),
        ("questions", "/reports/BE/2014/review/2.1.A/", "/mails/"),
        ("reports", "/reports/BE/2014/", "/mails/"),
        ("reports", "/reports/BE/2014/review/", "/mails/"),
    }


@pytest.mark.parametrize(("address", "code"), [("/reports/BE/2014/", "BE"), ("/reports/BE/2014/review/", None)])
def test_the_migration_gives_pending_mail_its_country(cast, address, code):
    text = f"Dear Anke, http://127.0.0.1:8000{address}"
    mail = Mail.objects.create(to=cast.focal_point, kind=MailKind.REPORTS, key="x", subject="Sent in", text=text)
    import_module("reports.migrations.0012_mail_country").set_country(apps, None)
    mail.refresh_from_db()
    assert mail.country == (code and Country.objects.get(code=code))


def test_a_line_break_in_a_name_does_not_break_a_subject(cast, written, mailoutbox):
    cast.contributor.name = "Luc\r\n Lambert"
    cast.contributor.save()
    approvals.ask(written.section.report, [cast.contributor], [written.section], by=cast.focal_point)
    approvals.answer(Approval.objects.get(), False, by=cast.contributor, comment="Wrong.")
    run(mailoutbox)
    assert "Not approved by Luc Lambert: report of Belgium for 2014" in [mail.subject for mail in mailoutbox]


def test_a_line_break_in_a_country_does_not_break_a_subject(report, cast, mailoutbox):
    Country.objects.filter(code="BE").update(name_en="Bel\ngium")
    report.country.refresh_from_db()
    send_in(report, cast)
    run(mailoutbox)
    assert "Bel gium has sent in its report for 2014" in [mail.subject for mail in mailoutbox]


def test_an_impossible_mail_is_kept_and_others_are_sent(report, cast, mailoutbox):
    send_in(report, cast)
    Mail.objects.filter(to=cast.reviewer).update(subject="Two\nlines")
    assert set(run(mailoutbox)) == {"administrator", "focal_point"}
    (kept,) = Mail.objects.filter(sent_at=None)
    assert (kept.to, kept.trouble[:6]) == (cast.reviewer, "Header")
    assert run(mailoutbox) == {}
