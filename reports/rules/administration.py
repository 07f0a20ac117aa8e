"""Closing and reopening accounts, and the administrator whom somebody with access to the server appoints."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from reports import notifications
from reports.addresses import canonical
from reports.document.problem import Problem, gettext_noop
from reports.models import Event, Membership, Role, User
from reports.names import plain_name
from reports.rules import accounts, audit, invitations, people, permissions


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Close an account: its sessions end at once, also for the time after it is reopened. Roles and texts stay.

    Side effects: e-mails to the person and to the focal points of their countries. Idempotent. Raise PermissionDenied,
    or Problem for the last administrator who can sign in.
    """
    permissions.check(by, "manage_people")
    administrators = people.locked(Membership.objects.filter(role=Role.ADMINISTRATOR))
    user.refresh_from_db()
    if not user.is_active:
        return
    people.check_not_last(user, administrators)
    user.is_active, user.closed_at = False, timezone.now()
    user.save(update_fields=["is_active", "closed_at"])
    audit.record(Event.ACCOUNT_CLOSED, person=by, about=user)
    notifications.notify_account(user, by=by, closed=True)


@transaction.atomic
def reopen_account(user: User, *, by: User) -> None:
    """Reopen an account. Side effects: e-mails, as for closing. Idempotent.

    Raise PermissionDenied, or Problem for an account that was deleted: nobody can prove to be the person it was of.
    """
    permissions.check(by, "manage_people")
    user.refresh_from_db()
    if accounts.is_deleted(user):
        raise Problem(
            gettext_noop("The account of %(who)s was deleted. Invite the person again: that makes a new account."),
            who=user.name,
        )
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(Event.ACCOUNT_OPENED, person=by, about=user)
    notifications.notify_account(user, by=by, closed=False)


@transaction.atomic
def appoint_administrator(email: str, *, name: str = "", language: str = "en") -> tuple[User, str]:
    """Give somebody the role of administrator, without anybody who invites; return the person and an invitation's key.

    Only a command of the server calls this, for the first administrator or when no other can sign in. The key is "" for
    a person who has accepted already. The log names the person themself; all other administrators get an e-mail. Raise
    ValidationError or Problem.
    """
    email = canonical(email)
    new_person = {"name": plain_name(name), "language": language, "password": make_password(None)}
    user, _new = User.objects.get_or_create(email=email, defaults=new_person)
    user = User.objects.select_for_update().get(pk=user.pk)
    people.check_is_open(user)
    people.check_one_side(user, None)
    if user.memberships.exists():
        raise Problem(gettext_noop("%(who)s has a role here already. End it first, or change it."), who=str(user))
    role = {"role": Role.ADMINISTRATOR, "invited_by": user, "invited_at": timezone.now()}
    membership = Membership.objects.create(user=user, **role)
    people.set_administration(user, True)
    notifications.notify_role_given(membership, people.log(membership, by=user))
    return user, "" if user.has_accepted else invitations.make_link(user)
