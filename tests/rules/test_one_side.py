"""Nobody has roles on both sides: the database refuses it, however the second role is written."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from reports.document.problem import Problem
from reports.models import Country, Membership, Role, User, one_side
from reports.rules import people
from tests.database import drop_triggers
from tests.rules.test_races import together

pytestmark = pytest.mark.django_db
REFUSED = pytest.raises(IntegrityError, match="both in a country and at the secretariat")


def country(code="BE"):
    return Country.objects.get(code=code)


def role_of(user, code):
    """A role that is not saved yet: at the secretariat for None."""
    return Membership(user=user, country=code and country(code), role=Role.FOCAL_POINT if code else Role.READER)


@pytest.mark.parametrize(("who", "code"), [("reviewer", "BE"), ("administrator", "NL"), ("contributor", None)])
def test_a_role_on_the_other_side_is_refused(cast, who, code):
    row = role_of(cast[who], code)
    for write in (row.save, lambda: Membership.objects.bulk_create([row])):
        with REFUSED, transaction.atomic():
            write()
    assert cast[who].memberships.count() == 1


def test_a_role_cannot_move_to_the_other_side(cast):
    Membership.objects.create(user=cast.focal_point, country=country("NL"), role=Role.CONTRIBUTOR)
    with REFUSED, transaction.atomic():
        Membership.objects.filter(user=cast.focal_point, country=country("NL")).update(country=None, role=Role.READER)


def test_a_role_cannot_move_to_a_person_of_the_other_side(cast):
    with REFUSED, transaction.atomic():
        Membership.objects.filter(user=cast.contributor).update(user=cast.reviewer)


def test_two_roles_written_together_are_refused(cast):
    new = User.objects.create_user("new@justice.example")
    with REFUSED, transaction.atomic():
        Membership.objects.bulk_create([role_of(new, "BE"), role_of(new, None)])


def test_roles_in_two_countries_stay_possible(cast):
    role_of(cast.focal_point, "NL").save()
    Membership.objects.filter(user=cast.focal_point, country=country("NL")).update(role=Role.CONTRIBUTOR)
    assert cast.focal_point.memberships.count() == 2


@pytest.mark.sqlite
def test_insert_or_replace_is_refused(cast):
    with REFUSED, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO reports_membership (user_id, country_id, role, only_given) VALUES (%s, %s, %s, 0)",
            [cast.reviewer.pk, country().pk, "contributor"],
        )


@pytest.mark.django_db(transaction=True)
def test_simultaneous_roles_leave_one_side(cast):
    for attempt in range(5):
        new = User.objects.create_user(f"new{attempt}@justice.example")
        errors = together(lambda number, new=new: role_of(new, None if number % 2 else "BE").save(), 2)
        assert [type(error) for error in errors] == [IntegrityError]
        assert new.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
def test_simultaneous_invitations_end_in_a_sentence(cast):
    User.objects.create_user("new@justice.example")

    def invite(number):
        of_italy = {"role": Role.FOCAL_POINT, "country": country("IT")}
        place = {"role": Role.READER, "country": None} if number else of_italy
        people.invite("new@justice.example", by=cast.administrator, **place)

    (error,) = together(invite, 2)
    assert isinstance(error, Problem)
    assert "cannot be combined" in str(error)


def test_a_missing_trigger_is_named(cast):
    assert one_side.missing_triggers(connection) == []
    drop_triggers()
    assert one_side.missing_triggers(connection) == one_side.trigger_names()
    with pytest.raises(CommandError, match="problems"):
        call_command("verify_log")
