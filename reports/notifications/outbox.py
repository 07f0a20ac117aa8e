"""The outbox: each e-mail is a row first, in its reader's language, and is sent once, after the commit (ADR 17).

A row is written in the transaction of the change that it tells of, so a change that is rolled back tells nobody. It is
claimed before it goes to the mail server: after a crash in between nobody knows whether it was sent, and an e-mail
that is missing does less harm than one that comes twice.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from reports.dates import date_format
from reports.models import Country, Frequency, Mail, MailKind, Report, User
from reports.models.people import one_line

logger = logging.getLogger(__name__)
DIGEST_AT = time(7)  # in the portal's time zone
ALWAYS_AT_ONCE = {MailKind.INVITATION, MailKind.ROLES, MailKind.SECURITY}
EMPTY = {"text": "", "html": ""}  # what is over keeps no link that signs somebody in


@dataclass(frozen=True)
class Notification:
    """What people are told. `subject` and `sentence` are marked for translation and filled with `params`.

    `more` are further sentences after the first. `quote` is what a person wrote, and `quoted` the sentence before it,
    which says who.

    `key` names the event: one person is told of it once. `path` is the address of a page, labelled `label`; `after` is
    a sentence below it. `country` is the country for which people are told, None for the secretariat. `address` is
    given where it may not be the person's own.
    """

    kind: MailKind
    key: str
    subject: str
    sentence: str
    path: str
    country: Country | None
    quote: str = ""
    quoted: str = ""
    more: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    label: str = ""
    after: str = ""
    address: str = ""


def report_params(report: Report, **more: object) -> dict[str, object]:
    """Return the params that most sentences name. They are put into words in each reader's language."""
    return {"year": report.form.year, "country": report.country, "due": report.due, **more}


def enqueue(notification: Notification, to: Iterable[User]) -> int:
    """Write an e-mail for each person who wants it; return the number of new ones. They are sent after the commit."""
    mails = [mail for user in to if (mail := render(notification, user))]
    known = set(Mail.objects.filter(key__in=[mail.key for mail in mails]).values_list("key", flat=True))
    Mail.objects.bulk_create([mail for mail in mails if mail.key not in known], ignore_conflicts=True)
    if mails:
        transaction.on_commit(send_after_commit, robust=True)
    return len(mails) - len(known)


def frequency_for(user: User, kind: MailKind) -> Frequency:
    return Frequency.AT_ONCE if kind in ALWAYS_AT_ONCE else Frequency(user.mails.get(kind, Frequency.AT_ONCE))


def render(notification: Notification, user: User) -> Mail | None:
    """Return the e-mail to this person, not saved yet, or None if they do not want e-mails of this kind."""
    when = frequency_for(user, notification.kind)
    if when == Frequency.NEVER:
        return None
    with translation.override(user.language):
        params = {name: localized(value) for name, value in notification.params.items()}
        context = {
            "name": greeted(user, notification.address),
            "subject": one_line(gettext(notification.subject) % params)[:300],
            "sentence": gettext(notification.sentence) % params,
            "more": [gettext(sentence) % params for sentence in notification.more],
            "quoted": gettext(notification.quoted) % params if notification.quoted else "",
            "quote": notification.quote,
            "url": settings.SITE_URL + notification.path,
            "label": gettext(notification.label) if notification.label else "",
            "after": gettext(notification.after) % params if notification.after else "",
            "choices": "" if notification.kind in ALWAYS_AT_ONCE else settings.SITE_URL + reverse("mails"),
        }
        return Mail(
            key=f"{notification.key}/{user.pk}",
            to=user,
            address=notification.address,
            country=notification.country,
            kind=notification.kind,
            when=when,
            subject=context["subject"],
            text=render_to_string("emails/notification.txt", context),
            html=render_to_string("emails/notification.html", context),
        )


def greeted(user: User, address: str) -> str:
    """Return the name for the greeting, or "" for a neutral one.

    Before somebody has come in, their name is what the inviter typed; at an address that is not theirs yet, or no
    longer, a stranger may read it.
    """
    return user.name if user.has_accepted and address in ("", user.email) else ""


def localized(value: object) -> object:
    """Return a param in the active language: dates in words, rows by their name, marked texts translated."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, str):
        return gettext(value) if value else ""
    return str(value) if isinstance(value, models.Model) else value


def send_after_commit() -> None:
    """Send the e-mails of a change, unless a worker sends them."""
    if not settings.MAILS_BY_WORKER:
        send_pending(timezone.now(), digests=False)


def send_pending(now: datetime, *, digests: bool = True) -> int:
    """Send pending mail; return the number sent. Running late, twice or concurrently sends nothing twice.

    With `digests`, also send the daily e-mails of everything that was written before the last digest time.
    """
    pending = Mail.objects.filter(sent_at=None, claimed_at=None).select_related("to")
    sent = sum(deliver([mail]) for mail in pending.filter(when=Frequency.AT_ONCE))
    if digests:
        ready = pending.filter(when=Frequency.DAILY, at__lt=last_digest_time(now)).order_by("to_id", "pk")
        sent += sum(deliver(list(mails)) for _to, mails in groupby(ready, lambda mail: mail.to_id))
    return sent


def last_digest_time(now: datetime) -> datetime:
    here = timezone.localtime(now)
    day = here.date() if here.time() >= DIGEST_AT else here.date() - timedelta(days=1)
    return datetime.combine(day, DIGEST_AT, here.tzinfo)


def deliver(mails: list[Mail]) -> int:
    """Send these to their one reader as one e-mail; return 1 if it was sent.

    Those that another process has claimed are left out. What the mail server refuses becomes pending again; what can
    never be sent stays claimed, with the reason in `trouble`.
    """
    mails = [mail for mail in mails if claim(mail)]
    if not mails:
        return 0
    rows = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
    if not mails[0].to.is_active and mails[0].kind != MailKind.ROLES:  # these say that the account was closed
        rows.update(trouble="The account was closed before this was sent.", **EMPTY)
        return 0
    try:
        build_message(mails).send()
    except (OSError, SMTPException) as trouble:
        logger.warning("An e-mail to %s could not be sent: %s", mails[0].to.email, trouble)
        rows.update(claimed_at=None, trouble=str(trouble)[:500])
        return 0
    except ValueError as trouble:  # a header or an address of which no e-mail can be made, however often it is tried
        logger.error("An e-mail to %s can never be sent: %s", mails[0].to.email, trouble)
        rows.update(trouble=str(trouble)[:500], **EMPTY)
        return 0
    rows.update(sent_at=timezone.now(), trouble="", **EMPTY)
    return 1


def cancel_pending(user: User, country: Country | None) -> None:
    """Never send what is still pending for a person whose role in that country, or at the secretariat, has ended."""
    pending = Mail.objects.filter(to=user, country=country, sent_at=None, claimed_at=None)
    pending.update(claimed_at=timezone.now(), trouble="The role ended before this was sent.", **EMPTY)


def claim(mail: Mail) -> bool:
    """Mark an e-mail as being sent; return False if another process was first."""
    unclaimed: QuerySet[Mail] = Mail.objects.filter(pk=mail.pk, claimed_at=None)
    return unclaimed.update(claimed_at=timezone.now()) == 1


def build_message(mails: list[Mail]) -> EmailMultiAlternatives:
    """Return one message with these e-mails: a digest if they are daily ones, else there is only one."""
    reader = mails[0].to
    subject, text, html = mails[0].subject, mails[0].text, mails[0].html
    if mails[0].when == Frequency.DAILY:
        with translation.override(reader.language):
            subject = ngettext(
                "%(count)s message of the country reports", "%(count)s messages of the country reports", len(mails)
            ) % {"count": len(mails)}
            text = render_to_string("emails/digest.txt", {"mails": mails, "subject": subject})
            html = render_to_string("emails/digest.html", {"mails": mails, "subject": subject})
    headers = {"Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(subject, text, to=[mails[0].address or reader.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
