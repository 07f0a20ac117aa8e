"""Approvals inside a country: a named official approves exactly the text that they read."""

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
    """An approval, and whether it is void because the text has changed since the answer."""

    approval: Approval
    is_void: bool

    @property
    def is_valid(self) -> bool:
        return self.approval.answer == Answer.GIVEN and not self.is_void


def text_hash(document: Document, section: Section | None) -> str:
    """Return the SHA-256 of what is approved: the whole document, or one section of it."""
    if section is None:
        return document.sha256()
    return next(one for one in document.sections() if one.code == section.code).sha256()


@transaction.atomic
def ask(report: Report, officials: list[User], sections: list[Section], *, by: User) -> int:
    """Ask each official to approve these sections, or the whole report if there are none.

    An official who has not answered an earlier request is not asked again. Return the number of new requests. Side
    effect: one e-mail to each official who is asked. Raise PermissionDenied, or Problem for an official who has no role
    in the country.
    """
    permissions.check(by, "ask_approval", report)
    if not officials:
        raise Problem(gettext_noop("Choose at least one person to ask."))
    if any(not permissions.in_country(official, report) for official in officials):
        raise Problem(gettext_noop("This person has no role in this country. Invite them first."))
    asked: list[Approval] = []
    texts: Sequence[Section | None] = sections or [None]
    Report.objects.select_for_update().get(pk=report.pk)  # concurrent requests ask each official once
    for official in officials:
        requests = []
        for section in texts:
            approval, new = Approval.objects.get_or_create(
                report=report, section=section, official=official, answer=Answer.ASKED, defaults={"asked_by": by}
            )
            requests += [approval] if new else []
        if requests:
            notifications.notify_requests(requests)
        asked += requests
    return len(asked)


@transaction.atomic
def answer(approval: Approval, given: bool, *, by: User, comment: str = "", sha256: str = "") -> Approval:
    """Store the official's answer, and tell the person who asked by e-mail.

    `sha256` is the hash of the text that the official read; a text that has changed since is not approved. Declining
    needs a comment. Raise PermissionDenied or Problem.
    """
    report = Report.objects.select_for_update().get(pk=approval.report_id)
    permissions.check(by, "approve", report)
    approval = Approval.objects.select_related("section__question", "asked_by", "official").get(pk=approval.pk)
    if approval.official_id != by.pk:
        raise Problem(gettext_noop("Somebody else was asked for this approval."))
    if approval.answer == (Answer.GIVEN if given else Answer.DECLINED) and approval.comment == comment.strip():
        return approval  # sent again, because the answer to the first was lost
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
    notifications.notify_answer(approval)
    return approval


def of_report(report: Report, document: Document) -> list[ApprovalStatus]:
    """Return every approval of a report, compared with `document`, which is the report's text now."""
    rows = report.approvals.select_related("official", "asked_by", "section__question")
    return [
        ApprovalStatus(row, row.answer != Answer.ASKED and row.sha256 != text_hash(document, row.section))
        for row in rows
    ]


def latest(statuses: list[ApprovalStatus]) -> list[ApprovalStatus]:
    """Return only the last approval of each official for each text: a new request replaces an earlier answer."""
    return list({(one.approval.official_id, one.approval.section_id): one for one in statuses}.values())
