"""Invitations, roles and their end.

An invitation is a person without a password, a role, and an e-mail with a link (ADR 16, rules/invitations.py). Once a
country has a focal point who can sign in, it invites its own people: nobody at the secretariat can let a stranger read
its draft.
"""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from reports import notifications
from reports.addresses import canonical
from reports.document.problem import Problem
from reports.models import Country, Delegation, Membership, Role, RoleLog, User
from reports.names import plain_name
from reports.rules import attempts, delegations, invitations, permissions, unsent

MAX_INVITATIONS = 30  # that a focal point may send within INVITATION_PERIOD
INVITATION_PERIOD = timedelta(hours=1)
RESEND_AFTER = timedelta(minutes=5)


def may_give(user: User, country: Country | None) -> bool:
    """Return whether `user` may give roles there: focal points in their country, administrators at the secretariat.

    Administrators also give roles in a country that has no focal point who can sign in.
    """
    return permissions.may(user, "invite_colleague", country) if country else permissions.may(user, "manage_people")


def check_may_give(user: User, country: Country | None) -> None:
    """Raise PermissionDenied, or, for an administrator, Problem: the country invites its own people."""
    if may_give(user, country):
        return
    if country is None or not permissions.may(user, "manage_people"):
        raise PermissionDenied
    raise Problem(
        gettext_noop(
            "%(country)s has a focal point, so it invites its own people. Ask its focal points; the secretariat can "
            "invite only for a country without a focal point who can sign in."
        ),
        country=str(country),
    )


def may_end(user: User, membership: Membership) -> bool:
    """Return whether `user` may end this role: administrators all, focal points all but those of focal points.

    Focal points can also withdraw an invitation that was not accepted yet, whatever its role.
    """
    if permissions.may(user, "manage_people"):
        return True
    if not permissions.is_focal_point(user, membership.country):
        return False
    return membership.role != Role.FOCAL_POINT or not membership.user.has_accepted


@transaction.atomic
def invite(
    email: str,
    *,
    by: User,
    role: Role,
    country: Country | None,
    name: str = "",
    language: str = "",
    only_given: bool = False,
    message: str = "",
    sections: Collection[str] = (),
) -> Membership:
    """Give a person a role, and invite them by e-mail; return the membership.

    `message` is what the inviter writes to the person. `sections` are codes of the country's current report that a
    contributor with `only_given` writes.

    Side effects: a new person, the role, the sections, its entry in the log, an e-mail, and one to each focal point of
    the country. Raise PermissionDenied. Raise ValidationError for something that is no address, name or message. Raise
    Problem if the country invites its own people, if the person has a role there already, or one on the other side, if
    their account was closed, or after too many invitations. A refusal names only the address that was typed, never a
    person whom `by` may not know.
    """
    lock(country)
    check_may_give(by, country)
    check_not_too_many(by)
    email = canonical(email)
    new_person = {"name": plain_name(name), "language": language or by.language, "password": make_password(None)}
    user, _new = User.objects.get_or_create(email=email, defaults=new_person)
    user = User.objects.select_for_update().get(pk=user.pk)  # a simultaneous invitation waits; see check_one_side
    check_is_open(user)
    check_one_side(user, country)
    role_here = {"role": role, "only_given": only_given, "invited_by": by, "invited_at": timezone.now()}
    role_here["message"] = invitations.plain_message(message)
    membership, new = Membership.objects.get_or_create(user=user, country=country, defaults=role_here)
    if not new:
        raise Problem(gettext_noop("%(who)s has a role here already. End it first, or change it."), who=str(user))
    entry = log(membership, by=by)
    set_administration(user, role == Role.ADMINISTRATOR)
    report = invitations.current_report(country)
    if report and sections and only_given:
        delegations.give(report, user, dict.fromkeys(sections, "whole"), by=by, tells=False)
    send_invitation(membership)
    notifications.notify_role_given(membership, entry)
    return membership


def lock(country: Country | None) -> None:
    """Lock the country's row: of simultaneous invitations by the secretariat, the later ones see the earlier."""
    if country:
        Country.objects.select_for_update().get(pk=country.pk)


def log(membership: Membership, *, by: User, ended: bool = False) -> RoleLog:
    """Add an entry about this role to the log, and say in it whether the secretariat acted for a country."""
    country = membership.country
    return RoleLog.objects.create(
        user=membership.user,
        country=country,
        role=membership.role,
        ended=ended,
        by=by,
        by_secretariat=country is not None and not permissions.in_country(by, country),
    )


def set_administration(user: User, allowed: bool) -> None:
    """Let a person use the administration pages, or no longer: that comes and goes with the role of administrator."""
    if (user.is_staff, user.is_superuser) != (allowed, allowed):
        user.is_staff = user.is_superuser = allowed
        user.save(update_fields=["is_staff", "is_superuser"])


def check_is_open(user: User) -> None:
    if not user.is_active:
        raise Problem(
            gettext_noop("The account of %(who)s is closed. The secretariat can open it again."), who=user.email
        )


def check_one_side(user: User, country: Country | None) -> None:
    """Raise Problem if the person would have roles both in a country and at the secretariat.

    The secretariat reviews the countries' reports, so nobody may act for both sides. The database refuses it too
    (models/one_side.py). The caller holds the lock of the person's row.
    """
    if country and user.memberships.filter(country=None).exists():
        raise Problem(
            gettext_noop(
                "%(who)s has a role at the secretariat, which cannot be combined with a role in a country. Invite "
                "somebody else, or ask the secretariat to end that role first."
            ),
            who=user.email,
        )
    if country is None and user.memberships.exclude(country=None).exists():
        raise Problem(
            gettext_noop(
                "%(who)s has a role in a country, which cannot be combined with a role at the secretariat. Invite "
                "somebody else, or end that role first."
            ),
            who=user.email,
        )


def check_not_too_many(by: User) -> None:
    """Raise Problem after MAX_INVITATIONS, so that nobody uses the portal to send mass mail.

    The limit does not apply to the secretariat.
    """
    recent = RoleLog.objects.filter(by=by, ended=False, at__gte=timezone.now() - INVITATION_PERIOD).count()
    if recent >= MAX_INVITATIONS and not permissions.may(by, "manage_people"):
        raise Problem(
            gettext_noop("You have invited %(number)s people within an hour. Wait a little before you invite more."),
            number=recent,
        )


@transaction.atomic
def resend_invitation(membership: Membership, *, by: User) -> None:
    """Send a new link to a person who has not accepted yet. Links sent before work until they expire.

    Raise PermissionDenied, or Problem if the person has accepted already or was invited a moment ago.
    """
    check_may_give(by, membership.country)
    if membership.user.has_accepted:
        raise Problem(gettext_noop("%(who)s has already accepted the invitation."), who=str(membership.user))
    if membership.invited_at and timezone.now() - membership.invited_at < RESEND_AFTER:
        raise Problem(
            gettext_noop("An invitation to %(who)s was sent a moment ago. Wait five minutes before you send another."),
            who=str(membership.user),
        )
    membership.invited_by, membership.invited_at = by, timezone.now()
    membership.save(update_fields=["invited_by", "invited_at"])
    send_invitation(membership)


@transaction.atomic
def end_role(membership: Membership, *, by: User) -> None:
    """End a role: access ends with the next request. What the person wrote stays, under their name.

    Side effects: their delegations are deleted, pending e-mails are cancelled, the log gets an entry, and the person
    and the focal points of the country get an e-mail. Raise PermissionDenied, or Problem for the last administrator who
    can sign in, or if the role was ended already.
    """
    if not may_end(by, membership):
        raise PermissionDenied
    end(membership, by=by)


def end(membership: Membership, *, by: User) -> None:
    """End a role as `end_role` does, for a verb that has checked the right and opened a transaction."""
    alike = locked(Membership.objects.filter(role=membership.role, country=membership.country))
    if membership.pk not in {row.pk for row in alike}:
        raise Problem(gettext_noop("This role was ended already."))
    if membership.role == Role.ADMINISTRATOR:
        check_not_last(membership.user, alike)
    Delegation.objects.filter(user=membership.user, section__report__country=membership.country).delete()
    entry = log(membership, by=by, ended=True)
    membership.delete()
    if membership.role == Role.ADMINISTRATOR:
        set_administration(membership.user, False)
    notifications.cancel_pending(membership.user, membership.country)
    notifications.notify_role_ended(entry)
    if not membership.user.memberships.exists():
        unsent.end_keys(membership.user)
        membership.user.save(update_fields=["unsent_keys"])


def locked(memberships: QuerySet[Membership]) -> list[Membership]:
    """Lock these roles, and return those that are left, with their people as they are once the lock is held.

    Two queries: while PostgreSQL waits for a lock, it keeps the people that it read before.
    """
    keys = list(memberships.select_for_update().order_by("pk").values_list("pk", flat=True))
    return list(Membership.objects.filter(pk__in=keys).select_related("user"))


def check_not_last(user: User, administrators: list[Membership]) -> None:
    """Raise Problem if no administrator but this person can sign in. The caller holds the locks of the roles."""
    others = [row.user for row in administrators if row.user_id != user.pk]
    if not any(one.is_active and one.has_accepted for one in others):
        raise Problem(gettext_noop("This is the last administrator. Invite another one first."))


def send_invitation(membership: Membership) -> None:
    """Invite the person by e-mail; who has not accepted yet gets a link to choose a password.

    Raise Problem for too many e-mails within an hour.
    """
    user, by = membership.user, membership.invited_by
    assert by is not None
    attempts.check_mails(by, user.email, is_administrator=permissions.may(by, "manage_people"))
    token = "" if user.has_accepted else invitations.make_link(user)
    report = invitations.current_report(membership.country)
    notifications.notify_invitation(membership, token, report, invitations.sections_of(membership, report))
