"""E-mails that invite people."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Membership, Report, Role, User
from reports.names import plain_name
from reports.notifications.outbox import Notification, enqueue

SUBJECT = gettext_noop("Your invitation to the country reports")
SENTENCE = gettext_noop("%(inviter)s has invited you to the portal of the country reports, as %(role)s for %(place)s.")


# What each role of a country is for.
PURPOSES = {
    Role.CONTRIBUTOR: gettext_noop("You write in the report of %(place)s for %(year)s, which is due on %(due)s."),
    Role.TRANSLATOR: gettext_noop("You translate the report of %(place)s for %(year)s, which is due on %(due)s."),
    Role.APPROVER: gettext_noop(
        "You read the report of %(place)s for %(year)s and approve its text when you are asked. It is due on %(due)s."
    ),
    Role.FOCAL_POINT: gettext_noop(
        "You write and send in the report of %(place)s for %(year)s, which is due on %(due)s, and invite colleagues."
    ),
}
SECTIONS = gettext_noop("Sections for you to write: %(codes)s.")
WRITES = gettext_noop("%(inviter)s writes to you:")


def notify_invitation(
    membership: Membership, key: str, report: Report | None = None, codes: Sequence[str] = ()
) -> None:
    """Tell a person about a new role: what for, until when, which sections, and what the inviter wrote.

    `key` opens the page where a new person chooses a password; "" leads home. `report` is the country's current one.
    """
    purpose = PURPOSES.get(Role(membership.role), "") if report else ""
    about = {"year": report.form.year, "due": report.due} if report else {}
    notification = Notification(
        kind=MailKind.INVITATION,
        key=f"invitation/{membership.pk}/{membership.invited_at}",
        subject=SUBJECT,
        sentence=SENTENCE,
        more=tuple(filter(None, (purpose, SECTIONS if codes else ""))),
        quote=membership.message,
        quoted=WRITES if membership.message else "",
        label=gettext_noop("Choose a password and activate your account") if key else "",
        after=gettext_noop("The link works once, for 14 days.") if key else "",
        path=reverse("invitation", args=[key]) if key else reverse("home"),
        params=about
        | {
            "codes": ", ".join(codes),
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
