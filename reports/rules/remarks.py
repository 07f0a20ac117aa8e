"""Questions about a section, their answers and settlement; private notes; marks of what has been read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reports import notifications
from reports.document.problem import Problem, gettext_noop
from reports.models import ReadMark, Remark, RemarkMessage, RemarkState, Report, Section, Submission, User
from reports.rules import permissions
from reports.rules.typed import written

LONGEST = 5_000  # characters of one message, and of a quote


def locked(report: Report) -> Report:
    return Report.objects.select_for_update().get(pk=report.pk)


@transaction.atomic
def ask(
    submission: Submission,
    section: Section,
    text: str,
    *,
    by: User,
    quote: str = "",
    quote_language: str = "",
    private: bool = False,
) -> Remark:
    """Write a question, which the country does not see before `send_questions`, or with `private` a note for the
    secretariat alone. Raise PermissionDenied or Problem.
    """
    report = locked(submission.report)
    permissions.check(by, "review", report)
    text = written(text, LONGEST)
    about = {
        "section": section,
        "submission": submission,
        "quote": " ".join(quote.split())[:LONGEST],
        "private": private,
        "state": RemarkState.OPEN if private else RemarkState.UNSENT,
        "by": by,
    }
    if arrived := Remark.objects.filter(**about, messages__text=text).first():
        return arrived  # sent again, because the answer to the first was lost
    remark = Remark.objects.create(**about, quote_language=quote_language)
    RemarkMessage.objects.create(remark=remark, text=text, by=by)
    return remark


def unsent_or_refuse(remark: Remark, by: User) -> Remark:
    """Return the question as it is now, its report locked. Raise PermissionDenied, or Problem if it was sent or
    taken back meanwhile.
    """
    permissions.check(by, "review", locked(remark.section.report))
    found = Remark.objects.unsent().filter(pk=remark.pk).first()
    if found is None:
        raise Problem(
            gettext_noop(
                "This question has been sent or taken back meanwhile, so it was not changed. Look at the page as it is "
                "now, and write to the country in a reply."
            )
        )
    return found


@transaction.atomic
def change_question(remark: Remark, text: str, *, by: User) -> None:
    """Change a question that was not sent yet. Raise PermissionDenied or Problem."""
    message = unsent_or_refuse(remark, by).messages.get()
    message.text, message.by = written(text, LONGEST), by
    message.save(update_fields=["text", "by"])


@transaction.atomic
def take_back_question(remark: Remark, *, by: User) -> None:
    """Delete a question that was not sent yet. Raise PermissionDenied or Problem."""
    unsent_or_refuse(remark, by).delete()


@transaction.atomic
def send_questions(report: Report, *, by: User) -> int:
    """Send the country every question that was not sent yet; return their number.

    Side effect: one e-mail about all of them to the country's focal points. Raise PermissionDenied.
    """
    sent = mark_as_sent(report, by=by)
    if sent:
        notifications.notify_questions(sent)
    return len(sent)


def mark_as_sent(report: Report, *, by: User) -> list[Remark]:
    """Let the country see every question that was not sent yet, and return them. The caller tells it by e-mail.

    Raise PermissionDenied.
    """
    report = locked(report)
    permissions.check(by, "review", report)
    unsent = list(
        Remark.objects.unsent()
        .filter(section__report=report)
        .select_related("section__question", "section__report__form", "section__report__country")
        .order_by("section__question__position", "pk")
    )
    Remark.objects.filter(pk__in=[remark.pk for remark in unsent]).update(state=RemarkState.OPEN)
    return unsent


@transaction.atomic
def reply(remark: Remark, text: str, *, by: User) -> RemarkMessage:
    """Reply to a remark: a reply of the country answers it, one of the secretariat opens it again.

    A contributor who writes in some sections only answers there. The same words again right after are the same reply.
    Side effect: an e-mail to the other side. Raise PermissionDenied or Problem.
    """
    report = locked(remark.section.report)
    remark = Remark.objects.select_related("section__report", "submission").get(pk=remark.pk)
    remark.section.report = report
    by_country = permissions.in_country(by, report)
    permissions.check(by, "answer" if by_country else "settle", remark.section)
    if remark.state == RemarkState.UNSENT or (by_country and remark.private):
        raise PermissionDenied
    text = written(text, LONGEST)
    last = remark.messages.last()
    if last and (last.by_id, last.text) == (by.pk, text):
        return last  # sent again, because the answer to the first was lost
    if remark.state == RemarkState.SETTLED:
        raise Problem(gettext_noop("This question has been settled meanwhile. What you wrote was not added."))
    message = RemarkMessage.objects.create(remark=remark, text=text, by=by, by_country=by_country)
    if not remark.private:
        remark.state = RemarkState.ANSWERED if by_country else RemarkState.OPEN
        remark.save(update_fields=["state"])
        notifications.notify_message(message)
    return message


@transaction.atomic
def settle(remark: Remark, *, by: User, settled: bool = True) -> None:
    """Settle a question or, with `settled=False`, open it again. Idempotent. Raise PermissionDenied."""
    report = locked(remark.section.report)
    permissions.check(by, "settle", report)
    remark.refresh_from_db(fields=["state"])
    if remark.private or remark.state == RemarkState.UNSENT:
        raise PermissionDenied
    remark.state = RemarkState.SETTLED if settled else reopened(remark)
    remark.save(update_fields=["state"])


def reopened(remark: Remark) -> RemarkState:
    """Return the state of a question that is no longer settled: its last message says who has to act."""
    last = remark.messages.last()
    return RemarkState.ANSWERED if last and last.by_country else RemarkState.OPEN


@transaction.atomic
def mark_as_read(submission: Submission, section: Section, *, by: User, read: bool = True) -> None:
    """Mark a section of a submission as read or, with `read=False`, as not read. Idempotent. Raise PermissionDenied."""
    permissions.check(by, "review", locked(submission.report))
    if read:
        ReadMark.objects.get_or_create(submission=submission, section=section, defaults={"by": by})
    else:
        ReadMark.objects.filter(submission=submission, section=section).delete()
