"""E-mails that invite people."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Membership, Role, User
from reports.names import plain_name
from reports.notifications.outbox import Notification, enqueue

SUBJECT = gettext_noop("Your invitation to the country reports")
SENTENCE = gettext_noop("%(inviter)s has invited you to the portal of the country reports, as %(role)s for %(place)s.")


def notify_invitation(membership: Membership, key: str) -> None:
    """Tell a person about a new role. `key` opens the page where a new person chooses a password; "" leads home."""
    notification = Notification(
        kind=MailKind.INVITATION,
        key=f"invitation/{membership.pk}/{membership.invited_at}",
        subject=SUBJECT,
        sentence=SENTENCE,
        label=gettext_noop("Choose a password and activate your account") if key else "",
        after=gettext_noop("The link works once, for 14 days.") if key else "",
        path=reverse("invitation", args=[key]) if key else reverse("home"),
        params={
            "inviter": named(membership.invited_by),
            "role": Role(membership.role).label,
            "place": membership.country or gettext_noop("the secretariat"),
        },
        country=membership.country,
    )
    enqueue(notification, [membership.user])


def named(inviter: User | None) -> str:
    """Return the inviter's name, or their address if the name was stored before names were checked."""
    if inviter is None:
        return ""
    try:
        return plain_name(inviter.name) or str(inviter.email)
    except ValidationError:
        return str(inviter.email)
