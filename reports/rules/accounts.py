"""Closing an account: the person can no longer sign in, and what they wrote stays under their name."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from reports import notifications
from reports.document.problem import Problem
from reports.models import User
from reports.rules import people, permissions, unsent

GONE = "closed.invalid"  # .invalid never receives mail (RFC 2606)


def may_close(user: User, *, by: User) -> bool:
    """Return whether `by` may close this account: everybody their own, and the administrator any."""
    return user.pk == by.pk or permissions.may(by, "manage_people")


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Close an account for good. The name stays, because the histories and logs of reports need it.

    Side effects: every role ends with an entry in the log, pending e-mails are cancelled, the address is replaced, and
    the password becomes unusable, which ends every session. Raise PermissionDenied. Raise Problem for the last
    administrator of the secretariat, or if the account is closed already.
    """
    if not may_close(user, by=by):
        raise PermissionDenied
    row = User.objects.select_for_update().get(pk=user.pk)
    if is_closed(row):
        raise Problem(gettext_noop("This account is closed already."))
    for membership in row.memberships.select_related("user", "country"):
        people.end(membership, by=by)
    notifications.cancel_pending(row, None)
    row.email = f"closed-{row.pk}@{GONE}"
    row.is_active = row.is_staff = row.is_superuser = False
    row.mails = {}
    row.set_unusable_password()
    unsent.end_keys(row)
    row.save(update_fields=["email", "is_active", "is_staff", "is_superuser", "mails", "password", "unsent_keys"])


@transaction.atomic
def reopen_account(user: User, *, by: User) -> None:
    """Let a person sign in again whose account was only suspended, with the roles that they still have.

    Raise PermissionDenied. Raise Problem after `close_account`: the address is gone, so nobody can prove that they are
    the same person. An invitation then makes a new account.
    """
    permissions.check(by, "manage_people")
    row = User.objects.select_for_update().get(pk=user.pk)
    if is_closed(row):
        raise Problem(gettext_noop("The account of %(who)s is closed for good. Invite the person again."), who=row.name)
    row.is_active = True
    row.save(update_fields=["is_active"])


def is_closed(user: User) -> bool:
    """Return whether `close_account` has closed this account. Without that, an inactive one is only suspended."""
    return not user.is_active and user.email.endswith(f"@{GONE}")
