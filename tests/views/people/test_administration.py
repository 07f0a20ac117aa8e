"""The administration pages: they close an account, and give nobody a role, an address, a password or a right."""

import pytest
from django.contrib import admin

from reports.models import Country, Membership, User
from tests.views.html import parse

pytestmark = pytest.mark.django_db
USERS = "/administration/reports/user/"
REGISTERED = {"User", "Country", "PolicyTarget", "ReportingForm", "Report"}


@pytest.fixture
def ada(client, cast):
    User.objects.filter(pk=cast.administrator.pk).update(is_staff=True, is_superuser=True)
    client.force_login(cast.administrator)
    return client


def url_of(user):
    return f"{USERS}{user.pk}/change/"


def save(client, user, **changes):
    """Press “Save” on the person's page, with these fields besides; an empty is_active is a box without a tick."""
    (form,) = parse(client.get(url_of(user))).xpath("//form[@id='user_form']")
    posted = {name: value for name, value in (dict(form.form_values()) | changes).items() if value}
    return client.post(url_of(user), posted, follow=True)


def test_only_these_models_are_registered():
    assert {model.__name__ for model in admin.site._registry} == REGISTERED


def test_a_role_cannot_be_given_or_changed(ada, cast):
    row = cast.contributor.memberships.get()
    country = str(Country.objects.get(code="NL").pk)
    new = {"memberships-TOTAL_FORMS": "2", "memberships-1-role": "focal_point", "memberships-1-country": country}
    old = {"memberships-0-id": str(row.pk), "memberships-0-role": "focal_point", "memberships-0-DELETE": "on"}
    save(ada, cast.contributor, **new, **old)
    assert list(cast.contributor.memberships.values_list("role", "country__code")) == [("contributor", "BE")]
    assert Membership.objects.count() == 6


@pytest.mark.parametrize(
    "forged",
    [
        {"email": "mine@example.org"},
        {"is_staff": "on"},
        {"is_superuser": "on"},
        {"password": "x" * 20},
        {"closed_at_0": "2020-01-01", "closed_at_1": "00:00"},
        {"groups": "1", "user_permissions": "1"},
    ],
)
def test_address_password_and_rights_cannot_be_changed(ada, cast, forged):
    fields = ("email", "password", "is_staff", "is_superuser", "closed_at")
    before = User.objects.values(*fields).get(pk=cast.focal_point.pk)
    save(ada, cast.focal_point, name="Anke Peeters", **forged)
    assert User.objects.values(*fields).get(pk=cast.focal_point.pk) == before
    assert User.objects.get(pk=cast.focal_point.pk).name == "Anke Peeters"


def test_nobody_is_added_or_deleted(ada, cast):
    assert ada.get(USERS + "add/").status_code == 403
    assert ada.post(f"{USERS}{cast.contributor.pk}/delete/", {"post": "yes"}).status_code == 403
    ada.post(USERS, {"action": "delete_selected", "_selected_action": str(cast.contributor.pk), "post": "yes"})
    assert User.objects.filter(pk=cast.contributor.pk).exists()


def test_an_account_is_closed_and_reopened(ada, cast):
    save(ada, cast.contributor, is_active="")
    cast.contributor.refresh_from_db()
    assert (cast.contributor.is_active, cast.contributor.closed_at is None) == (False, False)
    save(ada, cast.contributor, is_active="on")
    cast.contributor.refresh_from_db()
    assert cast.contributor.is_active


def test_the_last_administrator_cannot_be_closed(ada, cast):
    page = save(ada, cast.administrator, is_active="")
    assert "This is the last administrator." in page.content.decode()
    assert User.objects.get(pk=cast.administrator.pk).is_active


def test_staff_without_a_role_changes_nobody(client, cast):
    client.force_login(User.objects.create_superuser("root@example.org", "correct horse battery", name="Root"))
    assert client.get(url_of(cast.contributor)).status_code == 200
    assert client.post(url_of(cast.contributor), {"name": "X", "language": "en"}).status_code == 403


def test_the_administrations_own_password_page_leads_to_the_portals(ada):
    answer = ada.get("/administration/password_change/")
    assert (answer.status_code, answer.url) == (302, "/password/change/")
