"""Who must have a second factor, and help for a person who lost theirs: never by one person alone."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from reports import notifications
from reports.document.problem import Problem
from reports.models import SECRETARIAT_ROLES, Event, FactorReset, Role, User
from reports.rules import audit, permissions

DEMANDING = {Role.FOCAL_POINT, *SECRETARIAT_ROLES}
VALID_FOR = timedelta(days=3)


def is_demanded_of(user: User) -> bool:
    if not settings.SECOND_FACTOR:
        return False
    return bool(user.is_staff) or any(role.role in DEMANDING for role in user.roles)


def has_one(user: User) -> bool:
    """Whether the person has a passkey or an app. Recovery codes are only made beside one of these."""
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.exists())


def is_missing(user: User) -> bool:
    return is_demanded_of(user) and not has_one(user)


@transaction.atomic
def ask_reset(user: User, *, by: User) -> FactorReset:
    """Ask a second person to remove the factors of a person who lost a device; return the request.

    Side effects: e-mails to the person and to those who may confirm. Raise PermissionDenied, or Problem if the person
    has no second factor, is the one who asks, or if a request is open already.
    """
    permissions.check(by, "manage_people")
    if user == by:
        raise Problem(gettext_noop("Ask another administrator: nobody removes their own second factor this way."))
    if not has_one(user):
        raise Problem(gettext_noop("%(who)s has no second factor."), who=str(user))
    User.objects.select_for_update().get(pk=user.pk)
    if open_resets().filter(user=user).exists():
        raise Problem(gettext_noop("A request for %(who)s is open already."), who=str(user))
    FactorReset.objects.filter(user=user, decided_at=None).update(decided_at=timezone.now())  # expired
    reset = FactorReset.objects.create(user=user, asked_by=by)
    audit.record(Event.FACTOR_RESET_ASKED, person=by, about=user)
    notifications.notify_reset_asked(reset, confirmers(reset))
    return reset


def open_resets() -> QuerySet[FactorReset]:
    rows = FactorReset.objects.filter(decided_at=None, asked_at__gt=timezone.now() - VALID_FOR)
    return rows.select_related("user", "asked_by").order_by("pk")


def confirmers(reset: FactorReset) -> list[User]:
    """Return the focal points of the person's countries and the administrators, but neither of the two concerned."""
    people = User.objects.filter(is_active=True, memberships__role=Role.ADMINISTRATOR) | User.objects.filter(
        is_active=True,
        memberships__role=Role.FOCAL_POINT,
        memberships__country__memberships__user=reset.user,
    )
    return list(people.exclude(pk__in=[reset.user_id, reset.asked_by_id]).distinct())


def may_confirm(user: User, reset: FactorReset) -> bool:
    return user in confirmers(reset)


def resets_to_confirm(user: User) -> list[FactorReset]:
    """Return the open requests that the user may confirm, as `may_confirm` says. At most one query."""
    rows = open_resets().exclude(user=user).exclude(asked_by=user)
    if any(role.role == Role.ADMINISTRATOR for role in user.roles):
        return list(rows)
    countries = [role.country_id for role in user.roles if role.role == Role.FOCAL_POINT]
    return list(rows.filter(user__memberships__country__in=countries).distinct()) if countries else []


def resets_for(user: User) -> list[FactorReset]:
    """Return the open requests that the user may see: those to confirm, one's own, and those about oneself."""
    return [one for one in open_resets() if user in (one.user, one.asked_by) or may_confirm(user, one)]


@transaction.atomic
def confirm_reset(reset: FactorReset, *, by: User) -> None:
    """Remove all factors of the person and end their sessions. Raise PermissionDenied, or Problem if it was decided.

    Side effects: e-mails to the person and to whoever asked.
    """
    reset = locked(reset)
    if not may_confirm(by, reset):
        raise PermissionDenied
    decide(reset, confirmed=True, by=by)
    Authenticator.objects.filter(user=reset.user).delete()
    for session in UserSession.objects.filter(user=reset.user):
        session.end()
    notifications.notify_reset_done(reset)


@transaction.atomic
def refuse_reset(reset: FactorReset, *, by: User) -> None:
    """Close the request and leave everything as it is. The person, whoever asked and whoever may confirm can do it."""
    reset = locked(reset)
    if by not in (reset.user, reset.asked_by) and not may_confirm(by, reset):
        raise PermissionDenied
    decide(reset, confirmed=False, by=by)
    notifications.notify_reset_refused(reset)


def locked(reset: FactorReset) -> FactorReset:
    """Return the request, locked. Raise Problem if it was decided or has expired."""
    row = open_resets().select_for_update(of=("self",)).filter(pk=reset.pk).first()
    if row is None:
        raise Problem(gettext_noop("This request was decided already, or is older than three days."))
    return row


def decide(reset: FactorReset, *, confirmed: bool, by: User) -> None:
    reset.confirmed, reset.decided_by, reset.decided_at = confirmed, by, timezone.now()
    reset.save(update_fields=["confirmed", "decided_by", "decided_at"])
    event = Event.FACTOR_RESET_CONFIRMED if confirmed else Event.FACTOR_RESET_REFUSED
    audit.record(event, person=by, about=reset.user, detail=f"asked by {reset.asked_by.email}")
