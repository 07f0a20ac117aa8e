"""E-mails on their way: each is a row first, in its reader's language, and is sent once, after the commit."""

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
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from reports.dates import date_format
from reports.models import Frequency, Mail, MailKind, User
from reports.models.people import one_line

logger = logging.getLogger(__name__)
DIGEST_AT = time(7)  # in the portal's time zone
ALWAYS_AT_ONCE = {MailKind.INVITATION}


@dataclass(frozen=True)
class Notice:
    """One thing that people are told. `subject` and `sentence` are marked for translation and filled with `params`.

    `key` says what it tells of: one person gets it once. `path` is an address of the portal.
    """

    kind: MailKind
    key: str
    subject: str
    sentence: str
    path: str
    quote: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    label: str = ""
    after: str = ""


def post(notice: Notice, to: Iterable[User]) -> int:
    """Puts the notice into the outbox for each of these people who wants it; how many are new. Sends after commit."""
    mails = [mail for user in to if (mail := written(notice, user))]
    known = set(Mail.objects.filter(key__in=[mail.key for mail in mails]).values_list("key", flat=True))
    Mail.objects.bulk_create([mail for mail in mails if mail.key not in known], ignore_conflicts=True)
    if mails:
        transaction.on_commit(send_soon, robust=True)
    return len(mails) - len(known)


def when_for(user: User, kind: MailKind) -> Frequency:
    return Frequency.AT_ONCE if kind in ALWAYS_AT_ONCE else Frequency(user.mails.get(kind, Frequency.AT_ONCE))


def written(notice: Notice, user: User) -> Mail | None:
    when = when_for(user, notice.kind)
    if when == Frequency.NEVER:
        return None
    with translation.override(user.language):
        params = {name: in_words(value) for name, value in notice.params.items()}
        context = {
            "name": user.name,
            "subject": one_line(gettext(notice.subject) % params)[:300],
            "sentence": gettext(notice.sentence) % params,
            "quote": notice.quote,
            "url": settings.SITE_URL + notice.path,
            "label": gettext(notice.label) if notice.label else "",
            "after": gettext(notice.after) % params if notice.after else "",
            "choices": "" if notice.kind in ALWAYS_AT_ONCE else settings.SITE_URL + "/mails/",
        }
        return Mail(
            key=f"{notice.key}/{user.pk}",
            to=user,
            kind=notice.kind,
            when=when,
            subject=context["subject"],
            text=render_to_string("emails/notice.txt", context),
            html=render_to_string("emails/notice.html", context),
        )


def in_words(value: object) -> object:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, str):
        return gettext(value) if value else ""
    return str(value) if isinstance(value, models.Model) else value


def send_soon() -> None:
    """After a change: sends what should go at once, unless a worker does."""
    if not settings.MAILS_BY_WORKER:
        send_waiting(timezone.now(), digests=False)


def send_waiting(now: datetime, *, digests: bool = True) -> int:
    """Sends what waits; how many e-mails left. Running twice, late, or beside itself sends nothing twice.

    A row is claimed before it is handed over: should the computer die in between, it is not sent again. What can never
    be sent stays claimed, with the reason as its `trouble`.
    """
    waiting = Mail.objects.filter(sent_at=None, claimed_at=None).select_related("to")
    sent = sum(hand_over([mail]) for mail in waiting.filter(when=Frequency.AT_ONCE))
    if digests:
        ready = waiting.filter(when=Frequency.DAILY, at__lt=last_digest_time(now)).order_by("to_id", "pk")
        sent += sum(hand_over(list(mails)) for _to, mails in groupby(ready, lambda mail: mail.to_id))
    return sent


def last_digest_time(now: datetime) -> datetime:
    here = timezone.localtime(now)
    day = here.date() if here.time() >= DIGEST_AT else here.date() - timedelta(days=1)
    return datetime.combine(day, DIGEST_AT, here.tzinfo)


def hand_over(mails: list[Mail]) -> int:
    """Sends these to their one reader as one e-mail, if nobody else claimed them meanwhile."""
    mails = [mail for mail in mails if claim(mail)]
    if not mails:
        return 0
    rows = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
    if not mails[0].to.is_active:
        rows.update(trouble="The account was closed before this was sent.")
        return 0
    try:
        message(mails).send()
    except (OSError, SMTPException) as trouble:
        logger.warning("An e-mail to %s could not be sent: %s", mails[0].to.email, trouble)
        rows.update(claimed_at=None, trouble=str(trouble)[:500])
        return 0
    except ValueError as trouble:  # a header or an address of which no e-mail can be made, however often it is tried
        logger.error("An e-mail to %s can never be sent: %s", mails[0].to.email, trouble)
        rows.update(trouble=str(trouble)[:500])
        return 0
    rows.update(sent_at=timezone.now(), trouble="")
    return 1


def withhold(user: User, page: str) -> None:
    """What still waits for somebody whose role has ended and links to such a page is not sent any more."""
    waiting = Mail.objects.filter(to=user, sent_at=None, claimed_at=None, text__contains=page)
    waiting.update(claimed_at=timezone.now(), trouble="The role ended before this was sent.")


def claim(mail: Mail) -> bool:
    unclaimed: QuerySet[Mail] = Mail.objects.filter(pk=mail.pk, claimed_at=None)
    return unclaimed.update(claimed_at=timezone.now()) == 1


def message(mails: list[Mail]) -> EmailMultiAlternatives:
    reader = mails[0].to
    subject, text, html = mails[0].subject, mails[0].text, mails[0].html
    if mails[0].when == Frequency.DAILY:
        with translation.override(reader.language):
            subject = ngettext(
                "%(count)s message of the country reports", "%(count)s messages of the country reports", len(mails)
            ) % {"count": len(mails)}
            text = render_to_string("emails/digest.txt", {"mails": mails, "subject": subject})
            html = render_to_string("emails/digest.html", {"mails": mails, "subject": subject})
    mail = EmailMultiAlternatives(subject, text, to=[reader.email], headers={"Auto-Submitted": "auto-generated"})
    mail.attach_alternative(html, "text/html")
    return mail
