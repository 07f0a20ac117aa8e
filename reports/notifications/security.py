"""E-mails about how somebody signs in: always sent at once, to the person and nobody else."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from reports.models import FactorReset, MailKind, User
from reports.notifications.outbox import Notification, enqueue

SUBJECT = gettext_noop("A change to how you sign in to the country reports")
PLEASE_CONFIRM = gettext_noop("A lost device: please confirm")
SECURITY = gettext_noop("Security of your account")
REQUESTS = gettext_noop("Requests about lost devices")
NOT_LOST = gettext_noop("If you did not lose a device, refuse this request and tell the secretariat.")
NOT_YOU = gettext_noop("If this was not you, change your password at once and tell the secretariat.")
# By the kind of second factor (django-allauth's names).
ADDED = {
    "webauthn": gettext_noop("A passkey was added to your account."),
    "totp": gettext_noop("An app that makes codes was added to your account."),
    "recovery_codes": gettext_noop("New recovery codes were made for your account. Earlier ones no longer work."),
}
REMOVED = {
    "webauthn": gettext_noop("A passkey was removed from your account."),
    "totp": gettext_noop("The app that makes codes was removed from your account."),
    "recovery_codes": gettext_noop("The recovery codes of your account were removed with your last second factor."),
}
CONNECTED = gettext_noop("From now on you can also sign in to your account through %(provider)s.")
RESET_ASKED = gettext_noop(
    "%(asker)s asks to remove the passkeys, the app and the recovery codes of %(who)s, who lost a device. Confirm it "
    "only after you have spoken to %(who)s yourself."
)
RESET_ASKED_OWN = gettext_noop(
    "%(asker)s asks to remove your passkeys, your app and your recovery codes, because you lost a device. A second "
    "person has to confirm it."
)
RESET_DONE = gettext_noop(
    "Your passkeys, your app and your recovery codes were removed: %(asker)s asked for it, and %(decider)s confirmed "
    "it. Sign in with your password and add a new second factor."
)
RESET_REFUSED = gettext_noop(
    "The request to remove the second factor of %(who)s was refused by %(decider)s. Nothing has changed."
)


def notify_factor_added(user: User, kind: str) -> None:
    notify(user, ADDED[kind])


def notify_factor_removed(user: User, kind: str) -> None:
    notify(user, REMOVED[kind])


def notify_connected(user: User, provider: str) -> None:
    notify(user, CONNECTED, {"provider": provider})


def notify_reset_asked(reset: FactorReset, confirmers: Iterable[User]) -> None:
    """Tell the person, who can refuse it, and those who may confirm it."""
    params = {"asker": reset.asked_by, "who": reset.user}
    notify(reset.user, RESET_ASKED_OWN, params, about_requests=True, after=NOT_LOST)
    for user in confirmers:
        notify(user, RESET_ASKED, params, about_requests=True, subject=PLEASE_CONFIRM, after="")


def notify_reset_done(reset: FactorReset) -> None:
    notify(reset.user, RESET_DONE, {"asker": reset.asked_by, "decider": reset.decided_by})


def notify_reset_refused(reset: FactorReset) -> None:
    for user in {reset.user, reset.asked_by}:
        notify(user, RESET_REFUSED, {"who": reset.user, "decider": reset.decided_by}, after="")


def notify(
    user: User,
    sentence: str,
    params: Mapping[str, object] | None = None,
    *,
    about_requests: bool = False,
    subject: str = SUBJECT,
    after: str = NOT_YOU,
) -> None:
    notification = Notification(
        kind=MailKind.SECURITY,
        key=f"security/{timezone.now().isoformat()}",
        subject=subject,
        sentence=sentence,
        label=REQUESTS if about_requests else SECURITY,
        path=reverse("lost_devices" if about_requests else "mfa_index"),
        after=after,
        params=params or {},
        country=None,
    )
    enqueue(notification, [user])
