"""Closing and reopening accounts, and the administrator whom a command of the server appoints."""

import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from reports.document.problem import Problem
from reports.models import Mail, Membership, Role, RoleLog, User
from reports.rules import administration, people
from tests.accounts import signed_in
from tests.rules.test_races import together

pytestmark = pytest.mark.django_db


def appoint(*arguments):
    out = io.StringIO()
    call_command("appoint_administrator", *arguments, stdout=out)
    return out.getvalue()


def is_let_in(client):
    return client.get("/reports/").status_code == 200


def test_closing_an_account_ends_its_sessions(client, cast):
    client.force_login(cast.contributor)
    assert is_let_in(client)
    administration.close_account(cast.contributor, by=cast.administrator)
    assert not is_let_in(client)


def test_reopening_an_account_revives_no_session(client, cast):
    client.force_login(cast.contributor)
    administration.close_account(cast.contributor, by=cast.administrator)
    administration.reopen_account(cast.contributor, by=cast.administrator)
    assert not is_let_in(client)
    client.force_login(User.objects.get(pk=cast.contributor.pk))
    assert is_let_in(client)


def test_closing_keeps_roles_and_is_told_once(cast):
    for _time in range(2):
        administration.close_account(cast.contributor, by=cast.administrator)
    assert cast.contributor.memberships.exists()
    assert Mail.objects.filter(to=cast.contributor).count() == 1


@pytest.mark.parametrize("act", [administration.close_account, administration.reopen_account])
@pytest.mark.parametrize("who", ["focal_point", "contributor", "reviewer", "reader"])
def test_only_an_administrator_closes_and_reopens(cast, act, who):
    with pytest.raises(PermissionDenied):
        act(cast.other_country, by=cast[who])


def test_the_last_administrator_stays_open(cast):
    with pytest.raises(Problem, match="last administrator"):
        administration.close_account(cast.administrator, by=cast.administrator)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["closes", "ends"])
def test_administrators_who_close_each_other_leave_one(cast, second):
    """PostgreSQL keeps what it read of a person before it waited for the lock of their role."""
    for turn in range(4):
        made = people.invite(f"new{turn}@example.org", by=cast.administrator, role=Role.ADMINISTRATOR, country=None)
        made.user.set_password("four sober words together")
        made.user.save()

        def act(number, made=made):
            if number:
                administration.close_account(made.user, by=cast.administrator)
            elif second == "closes":
                administration.close_account(cast.administrator, by=made.user)
            else:
                people.end_role(cast.administrator.memberships.get(), by=made.user)

        assert len(together(act, 2)) == 1
        left = User.objects.filter(is_active=True, memberships__role=Role.ADMINISTRATOR)
        assert left.count() == 1
        if left.get() == made.user:
            return


def test_administration_pages_come_and_go_with_the_role(cast):
    made = people.invite("new@example.org", by=cast.administrator, role=Role.ADMINISTRATOR, country=None)
    reader = people.invite("reader@justice.example", by=cast.administrator, role=Role.READER, country=None)
    assert (made.user.is_staff, made.user.is_superuser, reader.user.is_staff) == (True, True, False)
    people.end_role(made, by=cast.administrator)
    made.user.refresh_from_db()
    assert (made.user.is_staff, made.user.is_superuser) == (False, False)


def test_the_first_administrator_gets_a_link_and_can_invite(client, framework):
    said = appoint("Ada@Example.org", "--name", "Ada Vos")
    user = User.objects.get(email="ada@example.org")
    link = re.search(r"http\S+?(/invitation/\S+/)", said)[1]
    client.post(link, {"name": "Ada Vos", "password": "four sober words together"})
    assert signed_in(client)
    assert client.get("/people/").status_code == client.get("/administration/").status_code == 200
    assert [(entry.user, entry.by, entry.role) for entry in RoleLog.objects.all()] == [(user, user, "administrator")]


def test_an_account_of_createsuperuser_can_be_appointed(framework):
    call_command("createsuperuser", "--noinput", "--email", "ada@example.org", "--name", "Ada")
    user = User.objects.get()
    user.set_password("four sober words together")
    user.save()
    assert "/invitation/" not in appoint("ada@example.org")
    assert Membership.objects.get().role == Role.ADMINISTRATOR


def test_an_appointment_is_told_to_the_other_administrators(cast):
    appoint("new@example.org")
    mail = Mail.objects.get(to=cast.administrator)
    assert "Somebody with access to the server of the portal has given new@example.org" in mail.text


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("contributor@example.org", "has a role in a country"),
        ("reviewer@example.org", "has a role here already"),
        ("closed@example.org", "is closed"),
        ("ada", "Enter a full e-mail address"),
    ],
)
def test_an_impossible_appointment_is_refused(cast, email, said):
    User.objects.create_user("closed@example.org", is_active=False)
    with pytest.raises(CommandError, match=said):
        appoint(email)
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1
