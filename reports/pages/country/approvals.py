"""Approvals inside a country: what was asked of whom, and what the user is asked to approve."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document import tree
from reports.models import Answer, Approval, Report, User
from reports.rules import approvals as rules
from reports.rules import permissions
from reports.rules.approvals import ApprovalStatus
from reports.rules.documents import compose


@dataclass(frozen=True)
class RequestedApproval:
    """What the user is asked to approve, as it reads now. `section` is None for the whole document."""

    approval: Approval
    sha256: str
    section: tree.Section | None
    comment: str = ""  # what was typed and refused
    refusal: str = ""  # why

    @property
    def prefix(self) -> str:
        """The beginning of every id in its text: a page may show one section in two requests."""
        return f"a{self.approval.pk}"


@dataclass(frozen=True)
class ApprovalsPage:
    report: Report
    document: tree.Document
    standing: list[ApprovalStatus]
    asked: list[RequestedApproval]


def approvals_page(user: User, report: Report, *, refused: Approval | None = None, **typed: str) -> ApprovalsPage:
    """Return the page of a report fetched `with_sections`. `refused` keeps what was `typed` and could not be taken: its
    `comment`, and the `refusal`, which says why.
    """
    # An approval is of exactly one text, by its hash. The document is composed once, and all hashes are taken from it.
    document = compose(report)
    standing = rules.of_report(report, document)
    may_answer = permissions.may(user, "approve", report)
    mine = [one.approval for one in standing if may_answer and waits_for(user, one.approval)]
    return ApprovalsPage(
        report=report,
        document=document,
        standing=rules.latest(standing),
        asked=[requested(one, document, typed if one == refused else {}) for one in mine],
    )


def waits_for(user: User, approval: Approval) -> bool:
    return approval.answer == Answer.ASKED and approval.official_id == user.pk


def requested(approval: Approval, document: tree.Document, typed: Mapping[str, str]) -> RequestedApproval:
    section = document.section(approval.section.code) if approval.section else None
    return RequestedApproval(approval, rules.text_hash(document, approval.section), section, **typed)
