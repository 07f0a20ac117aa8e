"""Deleting an account: what identifies the person goes, except the name in the record of what they wrote.

A closed account can be opened again (`is_active`); a deleted one cannot.
"""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from reports.document.problem import Problem
from reports.models import AddressChange, Event, InvitationLink, Mail, User
from reports.rules import audit, people, permissions, unsent

# The apps of django-allauth: a person's addresses, second factors, identities elsewhere and sessions.
SIGN_IN = {"account", "mfa", "socialaccount", "usersessions"}
GONE = "deleted.invalid"  # .invalid never receives mail (RFC 2606)


def may_delete(user: User, *, by: User) -> bool:
    """Return whether `by` may delete this account: everybody their own, and the administrator any."""
    return user.pk == by.pk or permissions.may(by, "manage_people")


@transaction.atomic
def delete_account(user: User, *, by: User) -> None:
    """Delete an account for good. The name stays, because the histories and logs of reports need it.

    Side effects: every role ends with an entry in the log, e-mails to the person and their rows in SIGN_IN are deleted,
    the address is replaced, and the password becomes unusable, which ends every session. Raise PermissionDenied. Raise
    Problem for the last administrator of the secretariat, or if the account was deleted already.
    """
    if not may_delete(user, by=by):
        raise PermissionDenied
    row = User.objects.select_for_update().get(pk=user.pk)
    if is_deleted(row):
        raise Problem(gettext_noop("This account was deleted already."))
    for membership in row.memberships.select_related("user", "country"):
        people.end(membership, by=by)
    for model, field in ((Mail, "to"), (InvitationLink, "user"), (AddressChange, "user")):
        model.objects.filter(**{field: row}).delete()
    delete_sign_in(row)
    row.email = f"deleted-{row.pk}@{GONE}"
    row.is_active = row.is_staff = row.is_superuser = False
    row.mails = {}
    row.set_unusable_password()
    unsent.end_keys(row)
    row.save(update_fields=["email", "is_active", "is_staff", "is_superuser", "mails", "password", "unsent_keys"])
    audit.record(Event.ACCOUNT_CLOSED, person=by, about=row)


def delete_sign_in(user: User) -> None:
    """Delete what the apps in SIGN_IN keep about this person."""
    for app in SIGN_IN & set(apps.app_configs):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.fields:
                if field.related_model is User:
                    model._default_manager.filter(**{field.name: user}).delete()


def is_deleted(user: User) -> bool:
    """Return whether `delete_account` has deleted this account, which then cannot be opened again."""
    return not user.is_active and user.email.endswith(f"@{GONE}")
