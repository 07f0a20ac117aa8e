"""E-mails about the secretariat's questions and the countries' answers."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Remark, RemarkMessage
from reports.notifications.outbox import Notification, enqueue, report_params
from reports.notifications.recipients import focal_points, person_or_group, reviewers

QUESTION = (
    gettext_noop("A question about section %(code)s of your report for %(year)s"),
    gettext_noop("The secretariat has a question about section %(code)s of the report of %(country)s for %(year)s:"),
)
QUESTIONS = (
    gettext_noop("Questions about your report for %(year)s: %(codes)s"),
    gettext_noop("The secretariat has questions about the report of %(country)s for %(year)s:"),
)
ANSWER = (
    gettext_noop("%(country)s has answered your question about %(code)s, %(year)s"),
    gettext_noop("%(country)s has answered your question about section %(code)s, %(year)s:"),
)


def notify_questions(remarks: Sequence[Remark]) -> None:
    """Tell the focal points, in one e-mail, about questions that are sent to them; at least one, all of one report."""
    first = remarks[0]
    report = first.section.report
    texts = texts_of(remarks)
    subject, sentence = QUESTIONS if len(texts) > 1 else QUESTION
    notification = Notification(
        kind=MailKind.QUESTIONS,
        key=f"questions/{report.pk}/{max(remark.pk for remark in remarks)}",
        subject=subject,
        sentence=sentence,
        quote=listed(texts) if len(texts) > 1 else texts[0][1],
        path=reverse("questions", args=[report.country.code, report.form.year]),
        params=report_params(
            report, code=first.section.code, codes=", ".join(dict.fromkeys(code for code, _text in texts))
        ),
        country=report.country,
    )
    enqueue(notification, focal_points(report.country))


def texts_of(remarks: Sequence[Remark]) -> list[tuple[str, str]]:
    """Return the section and the text of each question. None of them has been answered yet."""
    return [(remark.section.code, remark.messages.get().text) for remark in remarks]


def listed(texts: Sequence[tuple[str, str]]) -> str:
    return "\n\n".join(f"{code}: {text}" for code, text in texts)


def notify_message(message: RemarkMessage) -> None:
    """Tell the focal points what the secretariat added to a question, or the person who asked it about an answer.

    If that person is no longer a reviewer, all reviewers are told.
    """
    remark = message.remark
    report, code = remark.section.report, remark.section.code
    address = [report.country.code, report.form.year]
    if message.by_country:
        (subject, sentence), group = ANSWER, person_or_group(remark.by, reviewers())
        path = reverse("review_section", args=[*address, code])
    else:
        (subject, sentence), group = QUESTION, focal_points(report.country)
        path = reverse("questions", args=address)
    notification = Notification(
        kind=MailKind.QUESTIONS,
        key=f"message/{message.pk}",
        subject=subject,
        sentence=sentence,
        quote=message.text,
        path=path,
        params=report_params(report, code=code),
        country=None if message.by_country else report.country,
    )
    enqueue(notification, group)
