"""Help for a lost device: by two people, never by one."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from reports.document.problem import Problem
from reports.models import AuditEvent, FactorReset, Mail, Membership, Role, User
from reports.rules import second_factor
from tests.accounts import later, sign_in
from tests.factors import add_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_administrator(cast):
    user = User.objects.create_user("ada@example.org", "correct horse battery", name="Ada")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    return user


@pytest.fixture
def lost(cast):
    """Belgium's contributor lost the telephone with the app, and the administrator has asked to help."""
    add_app(cast.contributor)
    return second_factor.ask_reset(cast.contributor, by=cast.administrator)


def has_factor(user) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def test_two_people_together_remove_the_factors(cast, lost):
    assert has_factor(cast.contributor)
    second_factor.confirm_reset(lost, by=cast.focal_point)

    assert not has_factor(cast.contributor)
    lost.refresh_from_db()
    assert (lost.asked_by, lost.decided_by, lost.confirmed) == (cast.administrator, cast.focal_point, True)


@pytest.mark.parametrize("who", ["administrator", "contributor", "reviewer", "other_country"])
def test_whoever_asked_or_is_not_concerned_cannot_confirm(cast, lost, who):
    with pytest.raises(PermissionDenied):
        second_factor.confirm_reset(lost, by=cast[who])
    assert has_factor(cast.contributor)


def test_another_administrator_can_confirm(cast, lost, other_administrator):
    second_factor.confirm_reset(lost, by=other_administrator)
    assert not has_factor(cast.contributor)


@pytest.mark.parametrize("who", ["focal_point", "reviewer", "contributor", "other_country"])
def test_only_an_administrator_asks(cast, who):
    add_app(cast.reader)
    with pytest.raises(PermissionDenied):
        second_factor.ask_reset(cast.reader, by=cast[who])


def test_nobody_asks_for_themselves(cast):
    add_app(cast.administrator)
    with pytest.raises(Problem, match="another administrator"):
        second_factor.ask_reset(cast.administrator, by=cast.administrator)


def test_the_database_refuses_one_person_as_both(cast, lost):
    rows = FactorReset.objects.filter(pk=lost.pk)
    for same in (cast.administrator, cast.contributor):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(confirmed=True, decided_by=same)


def test_the_person_and_the_confirmers_are_told(cast, lost):
    assert {mail.to for mail in Mail.objects.all()} == {cast.contributor, cast.focal_point}
    Mail.objects.all().delete()
    second_factor.confirm_reset(lost, by=cast.focal_point)
    (mail,) = Mail.objects.all()
    assert mail.to == cast.contributor
    assert "administrator asked for it, and focal point confirmed it" in mail.text


def test_the_person_can_refuse(cast, lost):
    second_factor.refuse_reset(lost, by=cast.contributor)
    with pytest.raises(Problem, match="decided already"):
        second_factor.confirm_reset(lost, by=cast.focal_point)
    assert has_factor(cast.contributor)


def test_a_request_expires_and_can_be_made_again(cast, lost):
    with pytest.raises(Problem, match="open already"):
        second_factor.ask_reset(cast.contributor, by=cast.administrator)
    with later(days=4):
        with pytest.raises(Problem, match="older than three days"):
            second_factor.confirm_reset(lost, by=cast.focal_point)
        second_factor.ask_reset(cast.contributor, by=cast.administrator)


def test_the_sessions_of_the_person_end(cast, lost):
    Authenticator.objects.all().delete()  # so that the password alone signs in
    client = Client()
    sign_in(client, cast.contributor.email, "correct horse battery")
    assert client.get("/account/sessions/").status_code == 200
    second_factor.confirm_reset(lost, by=cast.focal_point)
    assert client.get("/account/sessions/").status_code == 302


def test_the_pages_lead_through_asking_and_confirming(cast):
    add_app(cast.contributor)
    membership = Membership.objects.get(user=cast.contributor)
    ada, anke = Client(), Client()
    ada.force_login(cast.administrator)
    anke.force_login(cast.focal_point)
    ada.post(f"/people/{membership.pk}/lost-device/")
    reset = FactorReset.objects.get()

    assert b'value="confirm"' not in ada.get("/people/lost-devices/").content
    assert b'value="confirm"' in anke.get("/people/lost-devices/").content
    assert ada.post(f"/people/lost-devices/{reset.pk}/", {"answer": "confirm"}).status_code == 403
    anke.post(f"/people/lost-devices/{reset.pk}/", {"answer": "confirm"})
    assert not has_factor(cast.contributor)


@pytest.mark.parametrize(("answer", "event"), [("confirm_reset", "confirmed"), ("refuse_reset", "refused")])
def test_the_log_says_who_asked_and_who_answered(cast, lost, answer, event):
    getattr(second_factor, answer)(lost, by=cast.focal_point)

    rows = AuditEvent.objects.filter(event__startswith="factor_reset", about=cast.contributor).order_by("pk")
    assert [(row.event, row.person, row.detail) for row in rows] == [
        ("factor_reset_asked", cast.administrator, ""),
        (f"factor_reset_{event}", cast.focal_point, f"asked by {cast.administrator.email}"),
    ]
