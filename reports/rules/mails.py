"""Which e-mails a person gets, and when."""

from collections.abc import Mapping
from datetime import time

from reports.document.problem import Problem, gettext_noop
from reports.models import Frequency, MailKind, User
from reports.notifications.outbox import ALWAYS_AT_ONCE, DIGEST_AT, frequency_for

CHOSEN = [kind for kind in MailKind if kind not in ALWAYS_AT_ONCE]


def chosen(user: User) -> dict[MailKind, Frequency]:
    """For each kind that one can choose about, when this person gets it."""
    return {kind: frequency_for(user, kind) for kind in CHOSEN}


def choose(choices: Mapping[MailKind, Frequency], *, by: User) -> None:
    """Keeps the person's own choices; e-mails that wait already are not touched. Raises Problem."""
    if not choices.keys() <= set(CHOSEN):
        raise Problem(gettext_noop("These e-mails are always sent."))
    by.mails = by.mails | {kind.value: Frequency(when).value for kind, when in choices.items()}
    by.save(update_fields=["mails"])


def digest_time() -> time:
    """From when on, each day, what is sent together is sent; in the portal's time zone."""
    return DIGEST_AT
