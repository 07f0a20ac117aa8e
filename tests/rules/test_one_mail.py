"""What happened together is told in one e-mail; an invitation says what for, and what the inviter writes."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.models import Membership, Role
from reports.notifications.outbox import send_pending
from reports.rules import approvals, delegations, invitations, people, permissions, remarks, workflow
from tests.views import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_mails(django_capture_on_commit_callbacks):
    """Return a function that does something and returns the e-mails that it sends."""

    def run(act):
        send_pending(timezone.now(), digests=False)  # what was to be told before
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return list(mail.outbox)

    return run


def test_sections_given_together_are_one_mail(report, cast, sent_mails):
    wanted = {"2.1.B": "whole", "1.1.A": "own", "2.1.C": "whole"}
    sent = sent_mails(lambda: delegations.give(report, cast.contributor, wanted, by=cast.focal_point))
    assert [one.to for one in sent] == [["contributor@example.org"]]
    assert "Sections: 1.1.A, 2.1.B, 2.1.C." in sent[0].body
    again = sent_mails(
        lambda: delegations.give(report, cast.contributor, {**wanted, "4.1.A": "whole"}, by=cast.focal_point)
    )
    assert ["Sections: 4.1.A." in one.body for one in again] == [True]
    assert sent_mails(lambda: delegations.give(report, cast.contributor, wanted, by=cast.focal_point)) == []


def test_approvals_asked_together_are_one_mail_each(report, cast, sent_mails):
    sections = [steps.section(report, code) for code in ("1.1.A", "2.1.A")]
    officials = [cast.contributor, cast.focal_point]
    sent = sent_mails(lambda: approvals.ask(report, officials, sections, by=cast.focal_point))
    assert sorted(one.to[0] for one in sent) == ["contributor@example.org", "focal_point@example.org"]
    assert all("your approval of 1.1.A, 2.1.A in the report" in one.body for one in sent)


def test_a_return_is_one_mail_with_its_questions(written, report, cast, sent_mails):
    sent = steps.send_in(report, cast)
    for code, text in (("2.1.A", "Since when?"), ("2.1.B", "How many?")):
        remarks.ask(sent, steps.section(report, code), text, by=cast.reviewer)
    mails = sent_mails(lambda: steps.give_back(report, cast, comment="Please look again."))
    assert [one.to for one in mails] == [["focal_point@example.org"]]
    for part in ("Please look again.", "2.1.A: Since when?", "2.1.B: How many?"):
        assert part in mails[0].body


def invite(report, cast, **more):
    given = {"role": Role.CONTRIBUTOR, "country": report.country, "only_given": True, **more}
    return people.invite("new@justice.example", by=cast.focal_point, **given)


def test_an_invitation_says_what_for_and_until_when(report, cast, sent_mails):
    said = "Please keep to what changed.\nOne page is enough."
    sent = sent_mails(lambda: invite(report, cast, sections=["2.1.B", "1.1.A"], message=said))
    body = next(one.body for one in sent if one.to == ["new@justice.example"])
    assert [one.to for one in sent].count(["new@justice.example"]) == 1
    assert "You write in the report of Belgium for 2014, which is due on" in body
    assert "Sections for you to write: 1.1.A, 2.1.B." in body
    assert f"focal_point writes to you:\n\n{said}" in body.replace("focal point", "focal_point")


def test_the_page_of_an_invitation_shows_the_message_as_text(report, cast, client):
    member = invite(report, cast, sections=["2.1.B"], message="<b>Dear</b> colleague")
    text = client.get(f"/invitation/{invitations.make_link(member.user)}/").content.decode()
    assert "&lt;b&gt;Dear&lt;/b&gt; colleague" in text
    assert "Sections for you to write: 2.1.B." in text
    assert "writes to you:" in text


@pytest.mark.parametrize("message", ["x" * 1001, "See www.example", "Look at evil.example/login"])
def test_a_message_is_short_and_has_no_address(report, cast, message):
    with pytest.raises(ValidationError):
        invite(report, cast, message=message)
    assert not Membership.objects.filter(user__email="new@justice.example").exists()


def test_an_approver_reads_and_approves_and_writes_nothing(report, written, section, cast):
    approver = invite(report, cast, role=Role.APPROVER, only_given=False).user
    subject = {"write_contribution": written, "write_section": section, "answer": section}
    for action in ("see", "read_draft", "approve", "read_questions", "see_openings"):
        assert permissions.may(approver, action, report), action
    for action in ("write", "upload", "import", "delegate", "ask_approval", "write_contribution", "write_section"):
        assert not permissions.may(approver, action, subject.get(action, report)), action
    for action in ("answer", "add_contribution", "write_in_section"):
        assert not permissions.may(approver, action, section), action
    assert not permissions.may(approver, workflow.Step.SEND_IN, report)


def test_an_approver_opens_the_pages_and_gets_no_box(report, written, cast, client):
    client.force_login(invite(report, cast, role=Role.APPROVER, only_given=False).user)
    for address in (
        "/tasks/",
        "/reports/",
        "/reports/BE/2014/",
        "/reports/BE/2014/2.1/",
        "/reports/BE/2014/approvals/",
    ):
        text = client.get(address).content.decode()
        assert "data-editor" not in text, address
    assert client.post("/reports/BE/2014/2.1/", {}).status_code in (403, 404, 302)
    assert client.get("/reports/BE/2014/upload/").status_code == 403
