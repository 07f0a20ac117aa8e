"""E-mails about a person's own account: links for a new password, and what was changed."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from reports.models import AddressChange, MailKind, User
from reports.notifications.outbox import Notification, enqueue

BOTH = gettext_noop("The change takes effect when it is confirmed at both addresses, within 24 hours.")
ASKED_AT_OLD = gettext_noop(
    "You have asked to use another e-mail address for the country reports: %(new)s. If you did not ask for "
    "this, do not confirm it, choose a new password, and tell the secretariat."
)
ASKED_AT_NEW = gettext_noop(
    "Somebody has asked to use this e-mail address for their account in the country reports. If it was not "
    "you, you do not have to do anything."
)


def notify_reset(user: User, uid: str, token: str) -> None:
    """Send the link for a new password."""
    notification = Notification(
        kind=MailKind.SECURITY,
        key=f"reset/{timezone.now()}",
        subject=gettext_noop("A new password for the country reports"),
        sentence=gettext_noop(
            "You asked for a new password for the portal of the country reports. Choose it here within 24 hours:"
        ),
        path=reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}),
        after=gettext_noop("If you did not ask for it, you do not have to do anything: your password stays as it is."),
        country=None,
    )
    enqueue(notification, [user])


def notify_password(user: User) -> None:
    """Tell a person that their password was changed."""
    notification = Notification(
        kind=MailKind.SECURITY,
        key=f"password/{timezone.now()}",
        subject=gettext_noop("Your password has been changed"),
        sentence=gettext_noop("The password of your account for the country reports has been changed."),
        label=gettext_noop("Ask for a new password"),
        path=reverse("account_reset_password"),
        after=gettext_noop("If you did not change it, ask for a new password at once, and tell the secretariat."),
        country=None,
    )
    enqueue(notification, [user])


def notify_address_asked(change: AddressChange, token: str, *, is_old: bool) -> None:
    """Send the link that confirms a change of address, to the old or to the new address."""
    notification = Notification(
        kind=MailKind.SECURITY,
        key=f"address/{change.pk}/{'old' if is_old else 'new'}",
        address=change.old if is_old else change.new,
        subject=gettext_noop("Confirm your new e-mail address"),
        sentence=ASKED_AT_OLD if is_old else ASKED_AT_NEW,
        label=gettext_noop("Confirm the change"),
        path=reverse("confirm_address", args=[token]),
        after=BOTH,
        params={"new": change.new},
        country=None,
    )
    enqueue(notification, [change.user])


def notify_changed_address(change: AddressChange) -> None:
    """Tell both addresses that the change has taken effect."""
    for side, address in (("old", change.old), ("new", change.new)):
        notification = Notification(
            kind=MailKind.SECURITY,
            key=f"address/{change.pk}/changed/{side}",
            address=address,
            subject=gettext_noop("Your e-mail address has been changed"),
            sentence=gettext_noop("From now on you sign in to the country reports with %(new)s, not with %(old)s."),
            label=gettext_noop("Sign in"),
            path=reverse("account_login"),
            after=gettext_noop("If you did not ask for this, tell the secretariat at once."),
            params={"new": change.new, "old": change.old},
            country=None,
        )
        enqueue(notification, [change.user])
