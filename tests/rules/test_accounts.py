"""Deleting an account: nobody signs in with it again, and the name stays where the record needs it."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import Mail, Membership, RoleLog, User
from reports.rules import accounts, administration, people
from tests.cast import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_only_the_person_and_the_administrator_delete(cast, role):
    if role == "administrator":
        accounts.delete_account(cast.contributor, by=cast[role])
        return
    other = "reviewer" if role != "reviewer" else "reader"
    with pytest.raises(PermissionDenied):
        accounts.delete_account(cast[other], by=cast[role])
    accounts.delete_account(cast[role], by=cast[role])


def test_a_deleted_account_has_no_address_role_or_session(client, cast, report):
    client.force_login(cast.contributor)
    assert client.get("/reports/BE/2014/").status_code == 200
    people.invite("new@justice.example", by=cast.focal_point, role="contributor", country=report.country)
    accounts.delete_account(cast.contributor, by=cast.contributor)

    row = User.objects.get(pk=cast.contributor.pk)
    assert row.email.endswith("@deleted.invalid")
    assert not row.is_active
    assert not row.has_usable_password()
    assert not Membership.objects.filter(user=row).exists()
    assert RoleLog.objects.filter(user=row, ended=True, by=row).count() == 1
    assert client.get("/reports/BE/2014/").status_code == 302
    assert Mail.objects.filter(to__email="new@justice.example", claimed_at=None).count() == 1


def test_what_a_deleted_account_wrote_keeps_its_name(client, cast, written):
    accounts.delete_account(cast.focal_point, by=cast.administrator)
    client.force_login(cast.contributor)
    page = client.get(f"/reports/BE/2014/history/{written.pk}/").content.decode()
    assert "focal point" in page


def test_mails_and_addresses_of_a_deleted_account_go(cast, report):
    EmailAddress.objects.create(user=cast.contributor, email=cast.contributor.email)
    made = people.invite("new@justice.example", by=cast.focal_point, role="contributor", country=report.country)
    assert Mail.objects.filter(to=made.user).exists()
    for user in (made.user, cast.contributor):
        accounts.delete_account(user, by=cast.administrator)
    assert not Mail.objects.filter(to=made.user).exists()
    assert not EmailAddress.objects.exists()


def test_the_last_administrator_stays(cast):
    with pytest.raises(Problem, match="last administrator"):
        accounts.delete_account(cast.administrator, by=cast.administrator)
    assert User.objects.get(pk=cast.administrator.pk).email == "administrator@example.org"


def test_the_address_can_be_invited_again_as_a_new_person(cast, report):
    accounts.delete_account(cast.contributor, by=cast.administrator)
    made = people.invite("contributor@example.org", by=cast.focal_point, role="contributor", country=report.country)
    assert made.user.pk != cast.contributor.pk


def test_an_account_is_deleted_once(cast):
    accounts.delete_account(cast.contributor, by=cast.administrator)
    with pytest.raises(Problem, match="already"):
        accounts.delete_account(cast.contributor, by=cast.administrator)


def test_a_deleted_account_cannot_be_reopened(cast):
    accounts.delete_account(cast.contributor, by=cast.administrator)
    with pytest.raises(Problem, match="Invite the person again"):
        administration.reopen_account(cast.contributor, by=cast.administrator)
    assert not User.objects.get(pk=cast.contributor.pk).is_active
