"""What colleagues of a country say to each other about a text: begun, answered, settled, opened again.

Nobody of the secretariat reads a comment, in any state of the report, and no document, export or log has one. Everybody
with a role in the country reads and writes comments, also who only reads the text or was given other sections.
"""

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from reports import notifications
from reports.document.passages import LONGEST_CONTEXT, Quote, folded, shortened
from reports.document.problem import Problem, gettext_noop
from reports.models import Comment, CommentAct, CommentMessage, Contribution, Country, Report, User, save_queries
from reports.rules import permissions
from reports.rules.subjects import report_of
from reports.rules.typed import written
from reports.rules.writing.in_hand import newest_number

LONGEST = 2_000  # characters of one message
MOST_COMMENTS = 500  # of one report, settled ones too
MOST_MESSAGES = 100  # of one comment


def check_may(by: User, action: str, on: Report | Comment) -> None:
    """Check the right under the report's lock. Raise PermissionDenied, or Problem if the report was sent in."""
    report = report_of(on)
    assert report
    report.state = save_queries.lock_report(report.pk).state
    permissions.forget_assignments(by)
    if permissions.has_right(by, action, on) and not report.is_open:
        raise Problem(
            gettext_noop("This report has been sent in, so comments can be read but not added. Copy what you wrote.")
        )
    permissions.check(by, action, on)


def colleagues(country: Country, *, besides: User | None = None) -> list[User]:
    """Return the people of a country who can be named in a comment, by name. One query."""
    people = User.objects.filter(memberships__country=country, is_active=True).exclude(pk=besides.pk if besides else 0)
    return sorted(people, key=lambda one: (str(one).casefold(), one.pk))


def named_in(text: str, people: Sequence[User]) -> list[User]:
    """Return the people whom a text names: "@Karin Wouters", "@karin@justice.example", or "@Karin" if only one is."""
    names = sorted(
        ((name, one) for one in people for name in (one.name, one.email) if name), key=lambda at: -len(at[0])
    )
    text, found = folded(text), []
    for name, one in names:  # the longest first: "@Anne Claes" does not name another Anne
        text, count = re.subn(rf"(?<!\w)@{re.escape(folded(name))}(?!\w)", "", text, flags=re.IGNORECASE)
        if count:
            found.append(one)
    for word in re.findall(r"(?<!\w)@(\w+)(?![\w@])", text):
        called = [one for one in people if one.name.casefold().split()[:1] == [word.casefold()]]
        found += called if len(called) == 1 else []
    return found


@transaction.atomic
def add(
    contribution: Contribution, text: str, *, by: User, language: str = "", quote: Quote | None = None, named: int = 0
) -> Comment:
    """Begin a comment on a passage of a text, or on the whole text without a quote. Return it.

    `language` is that of the translation, "" for the original. `named` is the key of a colleague who is told, besides
    those whom the text names. The same words again are the same comment. Raise PermissionDenied or Problem.
    """
    text, quote = written(text, LONGEST), quote or Quote("")
    about = {"contribution": contribution, "language": language, "quote": shortened(quote.words), "by": by}
    check_may(by, "comment", contribution.section.report)
    known = Comment.objects.unsettled().filter(**about, messages__text=text).first()
    if known:
        return known  # sent again, because the answer to the first was lost
    check_room(contribution.section.report)
    comment = Comment.objects.create(
        **about,
        before=quote.before[-LONGEST_CONTEXT:],
        after=quote.after[:LONGEST_CONTEXT],
        number=newest_number(contribution, language),
    )
    say(comment, text, by=by, named=named)
    return comment


@transaction.atomic
def answer(comment: Comment, text: str, *, by: User, named: int = 0) -> CommentMessage:
    """Answer a comment; a settled one is open again. The same words again right after are the same answer.

    Raise PermissionDenied or Problem.
    """
    text = written(text, LONGEST)
    check_may(by, "comment", comment.contribution.section.report)
    last = comment.messages.last()
    if last and (last.by_id, last.text) == (by.pk, text):
        return last
    if comment.messages.count() >= MOST_MESSAGES:
        raise Problem(
            gettext_noop("This comment has %(limit)s answers, the most it may have. Begin another comment."),
            limit=MOST_MESSAGES,
        )
    refresh(comment)
    if comment.settled_at:
        mark(comment, CommentAct.REOPENED, by=by)
    return say(comment, text, by=by, named=named)


@transaction.atomic
def settle(comment: Comment, *, by: User) -> None:
    """Settle a comment: nothing more is to be done about it. Idempotent. Raise PermissionDenied or Problem."""
    check_may(by, "settle_comment", comment)
    refresh(comment)
    if not comment.settled_at:
        mark(comment, CommentAct.SETTLED, by=by)


@transaction.atomic
def reopen(comment: Comment, *, by: User) -> None:
    """Open a settled comment again. Idempotent. Raise PermissionDenied or Problem."""
    check_may(by, "settle_comment", comment)
    refresh(comment)
    if comment.settled_at:
        mark(comment, CommentAct.REOPENED, by=by)


def refresh(comment: Comment) -> None:
    comment.settled_at = Comment.objects.values_list("settled_at", flat=True).get(pk=comment.pk)


def mark(comment: Comment, act: CommentAct, *, by: User) -> None:
    """Add the row that says who settled or reopened the comment, and store its state."""
    comment.settled_at = timezone.now() if act == CommentAct.SETTLED else None
    comment.save(update_fields=["settled_at"])
    CommentMessage.objects.create(comment=comment, act=act, by=by)


def say(comment: Comment, text: str, *, by: User, named: int) -> CommentMessage:
    """Add a message. Side effect: one e-mail to each colleague whom it names."""
    people = colleagues(comment.contribution.section.report.country, besides=by)
    chosen = [one for one in people if one.pk == named]
    if named and not chosen:
        raise Problem(gettext_noop("The colleague whom you chose has no role in your country any more. Choose again."))
    message = CommentMessage.objects.create(comment=comment, text=text, by=by)
    told = list(dict.fromkeys([*chosen, *named_in(text, people)]))
    if told:
        message.named.set(told)
        notifications.notify_comment(message, told)
    return message


def check_room(report: Report) -> None:
    """Raise Problem if the report has as many comments as its pages can show."""
    if Comment.objects.filter(contribution__section__report=report).count() >= MOST_COMMENTS:
        raise Problem(
            gettext_noop("This report has %(limit)s comments, the most it may have. Answer one of those that exist."),
            limit=MOST_COMMENTS,
        )
