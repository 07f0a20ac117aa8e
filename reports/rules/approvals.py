"""Clearance inside the country: a named official approves exactly the text that stands there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reports import notifications
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Answer, Approval, Report, Section, User
from reports.rules import documents, permissions

LONGEST = 5_000  # characters of an official's comment


@dataclass(frozen=True)
class ApprovalStatus:
    """An approval as it stands now: `is_void` when the text has changed since it was given."""

    approval: Approval
    is_void: bool

    @property
    def is_valid(self) -> bool:
        return self.approval.answer == Answer.GIVEN and not self.is_void


def text_hash(document: Document, section: Section | None) -> str:
    """The SHA-256 of what is approved: the whole document, or one section of it."""
    if section is None:
        return document.sha256()
    return next(one for one in document.sections() if one.code == section.code).sha256()


@transaction.atomic
def ask(report: Report, officials: list[User], sections: list[Section], *, by: User) -> int:
    """Asks each official for their approval of these sections, or of the whole report if there are none.

    Who was asked already and has not answered is not asked twice. Returns how many were asked. Effects: e-mails.
    Raises PermissionDenied, or Problem for somebody who has no role in the country.
    """
    permissions.check(by, "ask_approval", report)
    if not officials:
        raise Problem(gettext_noop("Choose at least one person to ask."))
    if any(not permissions.in_country(official, report) for official in officials):
        raise Problem(gettext_noop("This person has no role in this country. Invite them first."))
    asked = 0
    texts: Sequence[Section | None] = sections or [None]
    Report.objects.select_for_update().get(pk=report.pk)  # two who ask at once ask each official once
    for official in officials:
        for section in texts:
            approval, new = Approval.objects.get_or_create(
                report=report, section=section, official=official, answer=Answer.ASKED, defaults={"asked_by": by}
            )
            asked += new
            if new:
                notifications.notify_approval(approval)
    return asked


@transaction.atomic
def answer(approval: Approval, given: bool, *, by: User, comment: str = "", sha256: str = "") -> Approval:
    """The official's word. `sha256` is of the text they looked at; a text that changed meanwhile is not approved.

    Declining needs a comment. Effects: an e-mail to whoever asked. Raises PermissionDenied, Problem.
    """
    report = Report.objects.select_for_update().get(pk=approval.report_id)
    permissions.check(by, "approve", report)
    approval = Approval.objects.select_related("section__question", "asked_by", "official").get(pk=approval.pk)
    if approval.official_id != by.pk:
        raise Problem(gettext_noop("Somebody else was asked for this approval."))
    if approval.answer != Answer.ASKED:
        raise Problem(gettext_noop("You have answered this already."))
    if not given and not comment.strip():
        raise Problem(gettext_noop("Say what should change, so that your colleagues can act on it."))
    now = text_hash(documents.compose(report), approval.section)
    if given and sha256 != now:
        raise Problem(gettext_noop("The text changed while you were reading it. Read it again, then approve it."))
    approval.answer = Answer.GIVEN if given else Answer.DECLINED
    approval.answered_at, approval.comment, approval.sha256 = timezone.now(), comment.strip(), now
    approval.save()
    notifications.notify_approval(approval)
    return approval


def of_report(report: Report, document: Document) -> list[ApprovalStatus]:
    """Every approval asked for, with whether it still holds for `document`, which is the report as it stands."""
    rows = report.approvals.select_related("official", "asked_by", "section__question")
    return [
        ApprovalStatus(row, row.answer != Answer.ASKED and row.sha256 != text_hash(document, row.section))
        for row in rows
    ]


def latest(standing: list[ApprovalStatus]) -> list[ApprovalStatus]:
    """Of each official and text the last approval only: who was asked again has not answered yet."""
    return list({(one.approval.official_id, one.approval.section_id): one for one in standing}.values())


def is_asked(report: Report, official: User) -> bool:
    """Whether this person is asked for an approval and may answer now."""
    waiting = report.approvals.filter(official=official, answer=Answer.ASKED)
    return permissions.may(official, "approve", report) and waiting.exists()
