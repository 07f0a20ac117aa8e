"""Everybody concerned reads at once who came, who left, and when the secretariat acted for a country."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.document.problem import Problem
from reports.models import Country, Mail, Membership, Role, RoleLog, User
from reports.notifications import outbox
from reports.rules import administration, invitations, people, permissions

pytestmark = pytest.mark.django_db
NEW = "new@justice.example"


@pytest.fixture
def second(cast):
    user = User.objects.create_user("second@example.org", "correct horse battery", name="second")
    Membership.objects.create(user=user, role=Role.FOCAL_POINT, country=belgium())
    return user


def belgium():
    return Country.objects.get(code="BE")


def told():
    """Who got which e-mail about roles: name and subject."""
    return sorted((mail.to.name, mail.subject) for mail in Mail.objects.filter(kind="roles"))


def leave(user, cast):
    people.end_role(user.memberships.get(), by=cast.administrator)
    Mail.objects.all().delete()


def test_all_focal_points_read_who_is_new(cast, second):
    second.mails = dict.fromkeys(("reports", "questions", "approvals", "deadlines"), "never")
    second.save()
    people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium(), name="Noor")
    subject = "New in Belgium: Noor, Contributor"
    assert told() == [("focal point", subject), ("second", subject)]
    assert "focal point has invited Noor (new@justice.example) as Contributor" in Mail.objects.get(to=second).text


def test_a_focal_point_with_an_account_is_announced_too(cast, second):
    person = {"role": Role.FOCAL_POINT, "country": belgium()}
    people.invite(cast.other_country.email, by=second, **person)
    assert [name for name, subject in told()] == ["focal point", "second"]


def test_the_secretariats_invitation_tells_everybody_and_says_why(cast):
    leave(cast.focal_point, cast)
    people.invite(NEW, by=cast.administrator, role=Role.FOCAL_POINT, country=belgium(), name="Noor")
    assert [name for name, subject in told()] == ["contributor", "focal point"]
    text = Mail.objects.get(to=cast.contributor).text
    assert "administrator of the secretariat has invited Noor" in text
    assert "because the country has no focal point who can sign in" in text
    assert RoleLog.objects.latest("pk").by_secretariat


def test_a_country_without_focal_point_is_closed_again_by_the_first(cast):
    leave(cast.focal_point, cast)
    made = people.invite(NEW, by=cast.administrator, role=Role.FOCAL_POINT, country=belgium())
    people.invite("wrong@justice.example", by=cast.administrator, role=Role.FOCAL_POINT, country=belgium())
    invitations.accept(invitations.make_link(made.user), name="Noor", password="four sober words together")
    with pytest.raises(Problem, match="so it invites its own people"):
        people.invite("third@justice.example", by=cast.administrator, role=Role.CONTRIBUTOR, country=belgium())
    with pytest.raises(Problem, match="so it invites its own people"):
        people.resend_invitation(Membership.objects.get(user__email__startswith="wrong"), by=cast.administrator)


def test_a_focal_point_without_a_password_closes_the_country_too(cast):
    """Somebody who signs in through their ministry's single sign-on."""
    cast.focal_point.set_unusable_password()
    cast.focal_point.last_login = timezone.now()
    cast.focal_point.save()
    assert permissions.has_focal_point(belgium())
    cast.focal_point.last_login = None
    cast.focal_point.save()
    assert not permissions.has_focal_point(belgium())


def test_a_closed_account_is_no_focal_point(cast):
    administration.close_account(cast.focal_point, by=cast.administrator)
    assert people.may_give(cast.administrator, belgium())


def test_a_person_and_their_focal_points_read_that_a_role_ended(cast, second):
    people.end_role(cast.contributor.memberships.get(), by=cast.focal_point)
    others = "Role ended: contributor, Contributor for Belgium"
    assert told() == [
        ("contributor", "Your role has ended: Contributor for Belgium"),
        ("focal point", others),
        ("second", others),
    ]


def test_ending_a_focal_point_from_outside_tells_everybody(cast, second):
    people.end_role(cast.focal_point.memberships.get(), by=cast.administrator)
    assert [name for name, subject in told()] == ["contributor", "focal point", "second"]


def test_administrators_read_who_became_one(cast):
    people.invite(NEW, by=cast.administrator, role=Role.ADMINISTRATOR, country=None, name="Noor")
    assert told() == [("administrator", "New in the secretariat: Noor, Administrator of the secretariat")]
    people.invite("other@example.org", by=cast.administrator, role=Role.READER, country=None)
    assert len(told()) == 1


def test_a_focal_point_withdraws_only_invitations_of_others(cast, second):
    made = people.invite(NEW, by=second, role=Role.FOCAL_POINT, country=belgium())
    assert not people.may_end(cast.focal_point, second.memberships.get())
    with pytest.raises(PermissionDenied):
        people.end_role(second.memberships.get(), by=cast.focal_point)
    people.end_role(made, by=cast.focal_point)
    assert not Membership.objects.filter(user__email=NEW).exists()


def test_a_closed_account_is_told_so_by_mail(cast, mailoutbox):
    administration.close_account(cast.contributor, by=cast.administrator)
    outbox.send_pending(timezone.now())
    assert {mail.to[0]: mail.subject for mail in mailoutbox} == {
        "contributor@example.org": "Your account of the country reports has been closed",
        "focal_point@example.org": "Account closed: contributor",
    }
