"""How often a person gets each kind of e-mail."""

from collections.abc import Mapping
from datetime import time

from reports.document.problem import Problem, gettext_noop
from reports.models import Frequency, MailKind, User
from reports.notifications.outbox import ALWAYS_AT_ONCE, DIGEST_AT, frequency_for

CHOSEN = [kind for kind in MailKind if kind not in ALWAYS_AT_ONCE]


def chosen(user: User) -> dict[MailKind, Frequency]:
    """Return the frequency for each kind of e-mail that people choose."""
    return {kind: frequency_for(user, kind) for kind in CHOSEN}


def choose(choices: Mapping[MailKind, Frequency], *, by: User) -> None:
    """Store a person's choices; e-mails that are pending already stay as they are. Raise Problem for other kinds."""
    if not choices.keys() <= set(CHOSEN):
        raise Problem(gettext_noop("These e-mails are always sent."))
    by.mails = by.mails | {kind.value: Frequency(when).value for kind, when in choices.items()}
    by.save(update_fields=["mails"])


def digest_time() -> time:
    """Return the time from which each day's digests are sent, in the portal's time zone."""
    return DIGEST_AT
