"""Who is told what by e-mail, when something happens to a report. Written with the change, sent after its commit."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_noop

from reports.models import Approval, MailKind, Membership, RemarkMessage, Report, Role, Step, StepLog, User
from reports.notifications.outbox import Notice, post, send_soon

__all__ = ["Notice", "of_approval", "of_question", "of_step", "post", "send_soon"]

TO_SECRETARIAT, TO_COUNTRY = "secretariat", "country"
REPORT = "/reports/{code}/{year}/"
REVIEW = "/reports/{code}/{year}/review/"
# Step: who is told, where the link leads, the subject, and what the first sentence says.
TOLD: dict[Step, tuple[tuple[str, str, str, str], ...]] = {
    Step.OPEN: (
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("The form of %(year)s is open for %(country)s"),
            gettext_noop("The secretariat has opened the form of %(year)s for %(country)s. It is due on %(due)s."),
        ),
    ),
    Step.SEND_IN: (
        (
            TO_SECRETARIAT,
            REVIEW,
            gettext_noop("%(country)s has sent in its report for %(year)s"),
            gettext_noop("%(who)s has sent in the report of %(country)s for %(year)s."),
        ),
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("Received: the report of %(country)s for %(year)s"),
            gettext_noop("The secretariat has received the report of %(country)s for %(year)s, sent in by %(who)s."),
        ),
    ),
    Step.WITHDRAW: (
        (
            TO_SECRETARIAT,
            REVIEW,
            gettext_noop("%(country)s has taken back its report for %(year)s"),
            gettext_noop("%(who)s has taken back the report of %(country)s for %(year)s. It is a draft again."),
        ),
    ),
    Step.RETURN: (
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("The report of %(country)s for %(year)s has been returned to you"),
            gettext_noop("The secretariat has returned the report of %(country)s for %(year)s, with this comment:"),
        ),
    ),
    Step.ACCEPT: (
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("The report of %(country)s for %(year)s has been accepted"),
            gettext_noop("The secretariat has accepted the report of %(country)s for %(year)s. Thank you."),
        ),
    ),
    Step.PUBLISH: (
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("The report of %(country)s for %(year)s has been published"),
            gettext_noop("The secretariat has published the report of %(country)s for %(year)s."),
        ),
    ),
    Step.REOPEN: (
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("The report of %(country)s for %(year)s has been reopened"),
            gettext_noop("The secretariat has reopened the report of %(country)s for %(year)s, for this reason:"),
        ),
    ),
    Step.EXTEND: (
        (
            TO_COUNTRY,
            REPORT,
            gettext_noop("Extension for the report of %(country)s for %(year)s"),
            gettext_noop("The report of %(country)s for %(year)s is now due on %(due)s. The secretariat's reason:"),
        ),
    ),
}


def focal_points(report: Report) -> list[User]:
    return people(country=report.country, role=Role.FOCAL_POINT)


def reviewers() -> list[User]:
    return people(country=None, role__in=(Role.REVIEWER, Role.ADMINISTRATOR))


def people(**role: object) -> list[User]:
    return [m.user for m in Membership.objects.filter(user__is_active=True, **role).select_related("user")]


def about(report: Report, **more: object) -> dict[str, object]:
    """What the sentences name; a country's name and a date in the reader's language, when they are read."""
    return {"year": report.form.year, "country": report.country, "due": report.due, **more}


def of_step(entry: StepLog) -> None:
    """Tells everybody whom a step concerns, but not whoever took it, except that sending in is confirmed to them."""
    report = entry.report
    if entry.step == Step.OPEN and entry.by_id:
        return  # the country began it by itself
    audiences = {TO_SECRETARIAT: reviewers, TO_COUNTRY: lambda: focal_points(report)}
    for audience, path, subject, sentence in TOLD[Step(entry.step)]:
        notice = Notice(
            kind=MailKind.REPORTS,
            key=f"step/{entry.pk}",
            subject=subject,
            sentence=sentence,
            quote=entry.comment,
            path=path.format(code=report.country.code, year=report.form.year),
            params=about(report, who=entry.by),
        )
        post(notice, without(entry.by if entry.step != Step.SEND_IN else None, audiences[audience]))


def without(person: User | None, find: Callable[[], Iterable[User]]) -> list[User]:
    return [user for user in find() if person is None or user.pk != person.pk]


def asker(person: User, group: list[User]) -> list[User]:
    """Who reads an answer: the person who asked while still one of the group, else all of it."""
    return [person] if person in group else group


def of_question(message: RemarkMessage) -> None:
    """A question goes to the focal points, an answer to whoever asked or, after they left, to the reviewers."""
    remark = message.remark
    report, code = remark.section.report, remark.section.code
    params = about(report, code=code)
    if message.by_country:
        subject = gettext_noop("%(country)s has answered your question about %(code)s, %(year)s")
        sentence = gettext_noop("%(country)s has answered your question about section %(code)s, %(year)s:")
        path, to = f"{REVIEW}{code}/", asker(remark.by, reviewers())
    else:
        subject = gettext_noop("A question about section %(code)s of your report for %(year)s")
        sentence = gettext_noop(
            "The secretariat has a question about section %(code)s of the report of %(country)s for %(year)s:"
        )
        path, to = f"{REPORT}questions/", focal_points(report)
    notice = Notice(
        kind=MailKind.QUESTIONS,
        key=f"message/{message.pk}",
        subject=subject,
        sentence=sentence,
        quote=message.text,
        path=path.format(code=report.country.code, year=report.form.year),
        params=params,
    )
    post(notice, to)


APPROVALS = {
    "asked": (
        gettext_noop("Your approval is requested: report of %(country)s for %(year)s"),
        gettext_noop("%(asker)s asks for your approval of %(what)s in the report of %(country)s for %(year)s."),
    ),
    "given": (
        gettext_noop("Approved by %(official)s: report of %(country)s for %(year)s"),
        gettext_noop("%(official)s has approved %(what)s in the report of %(country)s for %(year)s."),
    ),
    "declined": (
        gettext_noop("Not approved by %(official)s: report of %(country)s for %(year)s"),
        gettext_noop("%(official)s has not approved %(what)s in the report of %(country)s for %(year)s:"),
    ),
}


def of_approval(approval: Approval) -> None:
    """The request goes to the official, the answer to whoever asked or, after they left, to the focal points."""
    report, section = approval.report, approval.section
    subject, sentence = APPROVALS[approval.answer]
    what = gettext_noop("the whole text") if section is None else section.code
    notice = Notice(
        kind=MailKind.APPROVALS,
        key=f"approval/{approval.pk}/{approval.answer}",
        subject=subject,
        sentence=sentence,
        quote=approval.comment,
        path=f"{REPORT}approvals/".format(code=report.country.code, year=report.form.year),
        params=about(report, what=what, official=approval.official, asker=approval.asked_by),
    )
    post(notice, [approval.official] if approval.answer == "asked" else asker(approval.asked_by, focal_points(report)))
