"""Invitations, roles and their end."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from reports.document.problem import Problem
from reports.models import Country, Delegation, InvitationLink, Mail, Membership, Role, RoleLog, User
from reports.rules import attempts, delegations, invitations, people, permissions

pytestmark = pytest.mark.django_db
NEW = "new@justice.example"
BY_COUNTRY = ("contributor", "translator", "focal_point")


@pytest.fixture
def belgium(cast):
    return Country.objects.get(code="BE")


def key_of(user):
    return invitations.make_link(user)


# Who may give which role: in a country with a focal point, in one that has none (Italy), at the secretariat.
MAY_GIVE = {
    "administrator": {(role, "IT") for role in BY_COUNTRY}
    | {(role, None) for role in ("reader", "reviewer", "administrator")},
    "focal_point": {(role, "BE") for role in BY_COUNTRY},
    "other_country": {(role, "NL") for role in BY_COUNTRY},
    "contributor": set(),
    "reviewer": set(),
    "reader": set(),
}


@pytest.mark.parametrize("giver", MAY_GIVE)
def test_each_role_invites_for_the_roles_it_may_give(cast, giver):
    places = [(role, code) for code in ("BE", "NL", "IT") for role in BY_COUNTRY]
    places += [(role, None) for role in ("reader", "reviewer", "administrator")]
    for number, (role, code) in enumerate(places):
        country = code and Country.objects.get(code=code)
        if (role, code) in MAY_GIVE[giver]:
            people.invite(f"{number}@justice.example", by=cast[giver], role=Role(role), country=country)
        else:
            with pytest.raises(Problem if giver == "administrator" else PermissionDenied):
                people.invite(f"{number}@justice.example", by=cast[giver], role=Role(role), country=country)
    assert (
        RoleLog.objects.count()
        == User.objects.filter(email__endswith="justice.example").count()
        == len(MAY_GIVE[giver])
    )


def test_an_invitation_creates_person_role_and_mail(cast, belgium):
    made = people.invite(
        " New@Justice.example ",
        by=cast.focal_point,
        role=Role.CONTRIBUTOR,
        country=belgium,
        name=" Noor ",
        language="fr",
    )
    assert (made.user.email, made.user.name, made.user.language) == (NEW, "Noor", "fr")
    assert not made.user.has_usable_password()
    assert [(entry.user, entry.role, entry.ended, entry.by) for entry in RoleLog.objects.all()] == [
        (made.user, "contributor", False, cast.focal_point)
    ]
    mail = Mail.objects.get(to=made.user)
    assert mail.kind == "invitation"
    token = re.search(r"/invitation/([^/]+)/", mail.text)[1]
    assert invitations.read(token).user == made.user
    assert not InvitationLink.objects.filter(hash=token).exists()


def test_a_known_person_keeps_name_language_and_password(cast, belgium):
    people.invite(
        "other_country@example.org",
        by=cast.focal_point,
        role=Role.CONTRIBUTOR,
        country=belgium,
        name="X",
        language="fr",
    )
    user = User.objects.get(email="other_country@example.org")
    assert (user.name, user.language, user.memberships.count()) == ("other country", "en", 2)
    assert user.check_password("correct horse battery")
    assert "/invitation/" not in Mail.objects.get(to=user).text


def test_a_second_role_in_one_country_is_refused(cast, belgium):
    people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    with pytest.raises(Problem, match="has a role here already"):
        people.invite(NEW.upper(), by=cast.focal_point, role=Role.FOCAL_POINT, country=belgium)
    assert (Mail.objects.filter(to__email=NEW).count(), RoleLog.objects.count()) == (1, 1)


def test_a_closed_account_is_not_invited(cast, belgium):
    User.objects.create_user(NEW, name="Noor", is_active=False)
    with pytest.raises(Problem, match=f"The account of {NEW} is closed"):
        people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("who", ["reader", "reviewer", "administrator"])
@pytest.mark.parametrize(("inviter", "code"), [("focal_point", "BE"), ("administrator", "IT")])
def test_the_secretariat_gets_no_role_in_a_country(cast, who, inviter, code):
    place = {"role": Role.CONTRIBUTOR, "country": Country.objects.get(code=code)}
    with pytest.raises(Problem, match=rf"^{who}@example.org has a role at the secretariat, .* end that role first"):
        people.invite(cast[who].email, by=cast[inviter], **place)
    assert cast[who].memberships.count() == 1
    assert not Mail.objects.exists()


def test_a_country_role_must_end_before_the_secretariat(cast):
    wanted = {"by": cast.administrator, "role": Role.READER, "country": None}
    with pytest.raises(Problem, match=r"^contributor@example.org has a role in a country, .* end that role first"):
        people.invite(cast.contributor.email, **wanted)
    people.end_role(cast.contributor.memberships.get(), by=cast.focal_point)
    assert people.invite(cast.contributor.email, **wanted).role == Role.READER


def test_an_invalid_address_is_refused(cast, belgium):
    with pytest.raises(ValidationError):
        people.invite("noor at justice", by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    assert not User.objects.filter(email__startswith="noor").exists()


def test_focal_points_send_a_limited_number_of_invitations(cast, belgium):
    role = {"role": Role.CONTRIBUTOR, "country": belgium}
    for number in range(people.MAX_INVITATIONS):
        people.invite(f"noor{number}@justice.example", by=cast.focal_point, **role)
    with pytest.raises(Problem, match="Wait a little"):
        people.invite(NEW, by=cast.focal_point, **role)
    assert Mail.objects.filter(kind="invitation").count() == people.MAX_INVITATIONS
    for number in range(people.MAX_INVITATIONS + 1):
        people.invite(f"reader{number}@example.org", by=cast.administrator, role=Role.READER, country=None)


def test_an_accepted_invitation_is_not_sent_again(cast):
    with pytest.raises(Problem, match="has already accepted the invitation"):
        people.resend_invitation(cast.contributor.memberships.get(), by=cast.focal_point)
    assert not Mail.objects.exists()


def test_an_invitation_sent_again_is_a_second_mail(cast, belgium):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    with pytest.raises(Problem, match="Wait five minutes"):
        people.resend_invitation(made, by=cast.focal_point)
    made.invited_at -= timedelta(minutes=6)
    made.save()
    people.resend_invitation(made, by=cast.focal_point)
    assert Mail.objects.filter(to=made.user).count() == 2
    made.refresh_from_db()
    assert made.invited_by == cast.focal_point


def test_ending_a_role_deletes_delegations_and_keeps_text(cast, report, section, written):
    delegations.give(report, cast.contributor, {"2.1.A": "whole"}, by=cast.focal_point)
    people.end_role(cast.contributor.memberships.get(), by=cast.focal_point)
    assert not Delegation.objects.exists()
    assert not permissions.may(User.objects.get(pk=cast.contributor.pk), "write_section", section)
    written.refresh_from_db()
    assert written.body == "<p>De wet is in werking.</p>"
    assert RoleLog.objects.get().ended


def test_ending_a_role_twice_is_logged_once(cast):
    membership = cast.contributor.memberships.get()
    people.end_role(Membership.objects.get(pk=membership.pk), by=cast.focal_point)
    with pytest.raises(Problem, match="was ended already"):
        people.end_role(membership, by=cast.administrator)
    assert RoleLog.objects.count() == 1


def test_the_last_administrator_cannot_be_ended(cast):
    with pytest.raises(Problem, match="last administrator"):
        people.end_role(cast.administrator.memberships.get(), by=cast.administrator)


def test_only_administrators_who_can_sign_in_count(cast):
    people.invite(NEW, by=cast.administrator, role=Role.ADMINISTRATOR, country=None)
    closed = User.objects.create_user("closed@example.org", "correct horse battery", is_active=False)
    Membership.objects.create(user=closed, role=Role.ADMINISTRATOR)
    with pytest.raises(Problem, match="last administrator"):
        people.end_role(cast.administrator.memberships.get(), by=cast.administrator)
    invitations.accept(key_of(User.objects.get(email=NEW)), name="Noor", password="four sober words together")
    people.end_role(cast.administrator.memberships.get(), by=cast.administrator)
    assert not cast.administrator.memberships.exists()


def test_a_link_ends_with_any_new_password(cast, belgium):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    key = key_of(made.user)
    assert invitations.read(key).user == made.user
    made.user.set_password("a password through another link")
    made.user.save()
    for use in (
        invitations.read,
        lambda key: invitations.accept(key, name="Noor", password="four sober words together"),
    ):
        with pytest.raises(Problem, match="has been used or has expired"):
            use(key)
    made.user.refresh_from_db()
    assert made.user.check_password("a password through another link")


def test_a_link_ends_when_the_address_is_corrected(cast, belgium):
    made = people.invite("stranger@justice.example", by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    strangers = key_of(made.user)
    made.user.email = NEW
    made.user.save()
    with pytest.raises(Problem, match="has been used or has expired"):
        invitations.accept(strangers, name="Stranger", password="four sober words together")
    assert invitations.accept(key_of(made.user), name="Noor", password="four sober words together").email == NEW


def test_a_closed_account_cannot_accept(cast, belgium):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    key = key_of(made.user)
    User.objects.filter(pk=made.user.pk).update(is_active=False)
    with pytest.raises(Problem, match="has been used or has expired"):
        invitations.read(key)


def test_a_link_to_one_role_also_ends_the_others(cast, belgium):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    first, second = key_of(made.user), key_of(made.user)
    invitations.accept(first, name="Noor", password="four sober words together")
    User.objects.filter(pk=made.user.pk).update(password="!")
    with pytest.raises(Problem, match="has been used or has expired"):
        invitations.read(second)


@pytest.mark.parametrize("name", ["http://evil.example", "Win at evil.example", "<b>You</b>", "n@x.be", "N" * 101])
def test_a_name_is_a_name(cast, belgium, name):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium, name="Noor")
    for use in (
        lambda: people.invite("b@x.be", by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium, name=name),
        lambda: invitations.accept(key_of(made.user), name=name, password="four sober words together"),
    ):
        with pytest.raises(ValidationError):
            use()
    made.user.refresh_from_db()
    assert not made.user.has_usable_password()


@pytest.mark.parametrize("name", ["Anna O’Neil & Co", "J. P. de Vries-Łukasz", "Ζωή Παπαδοπούλου", "Jean (cabinet)"])
def test_names_of_people_are_accepted(cast, belgium, name):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium, name=name)
    assert made.user.name == name


def test_an_invitation_repeats_nothing_that_was_typed(cast, belgium):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium, name="Claim Your Prize")
    User.objects.filter(pk=cast.administrator.pk).update(name="Go to http://evil.example")
    cast.administrator.refresh_from_db()
    second = people.invite("b@justice.example", by=cast.administrator, role=Role.READER, country=None).user
    first, second = (Mail.objects.get(to=user, kind="invitation") for user in (made.user, second))
    for part in (first.text, first.html, second.text, second.html):
        assert "Prize" not in part
        assert "evil" not in part
        assert "Good day," in part
    assert "administrator@example.org has invited you" in second.text


def test_one_mailbox_gets_a_limited_number_of_mails(cast, belgium):
    for _turn in range(attempts.MAILS_TO_ADDRESS.most):
        made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
        people.end_role(made, by=cast.focal_point)
    with pytest.raises(Problem, match="has received many e-mails"):
        people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    assert Mail.objects.filter(kind="invitation").count() == attempts.MAILS_TO_ADDRESS.most


def test_invitations_sent_again_count_for_the_person(cast, belgium):
    made = people.invite(NEW, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    for number in range(attempts.MAILS_BY_PERSON.most):
        attempts.check_mails(cast.focal_point, f"{number % 50}@justice.example") if number else None
    made.invited_at -= timedelta(minutes=6)
    made.save()
    with pytest.raises(Problem, match="Wait an hour"):
        people.resend_invitation(made, by=cast.focal_point)


@pytest.mark.parametrize(
    "typed", ["visitor@example.org\u200b", "VISITOR@example.org", "\u2060visitor@exam\u00adple.org"]
)
def test_an_invitation_keeps_the_one_form_of_an_address(cast, belgium, typed):
    made = people.invite(typed, by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    assert User.objects.get(pk=made.user.pk).email == "visitor@example.org"


def test_two_spellings_of_a_domain_are_invited_once(cast, belgium):
    role = {"by": cast.focal_point, "role": Role.CONTRIBUTOR, "country": belgium}
    made = people.invite("contact@münchen.example", **role)
    with pytest.raises(Problem, match="has a role here already"):
        people.invite("contact@xn--mnchen-3ya.example", **role)
    assert User.objects.filter(email="contact@MÜNCHEN.example").get() == made.user


def test_an_address_with_letters_that_look_alike_is_refused(cast, belgium):
    with pytest.raises(ValidationError, match="look alike"):
        people.invite("noor@p\u043elice.example", by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)


def test_the_database_keeps_an_address_once_in_any_case(cast):
    sql = f"UPDATE reports_user SET email = 'REVIEWER@example.org' WHERE id = {cast.reader.pk}"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
