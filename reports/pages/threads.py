"""Remarks as people read them: each side sees its own colleagues by name, and the other side as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.forms.remarks import ReplyForm
from reports.models import Remark, RemarkMessage, RemarkState, Report, User


@dataclass(frozen=True)
class Said:
    who: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Thread:
    """A remark with what was said in it. `reply` is None where this person cannot answer it now."""

    remark: Remark
    said: tuple[Said, ...]
    reply: ReplyForm | None

    @property
    def is_settled(self) -> bool:
        return self.remark.state == RemarkState.SETTLED

    @property
    def is_open(self) -> bool:
        return self.remark.state == RemarkState.OPEN


def by_name(user: User | None) -> str:
    """A colleague's name, never an e-mail address."""
    return (user and user.name) or _("A colleague")


def speaker(message: RemarkMessage, report: Report, *, to_country: bool) -> str:
    if message.by_country == to_country:
        return by_name(message.by)
    return str(report.country) if message.by_country else _("Secretariat")


def with_messages(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """With everything that a page shows of them; a question's goal is addressed through its target."""
    related = ("submission", "section__question__goal__target", "section__question__target")
    return remarks.select_related(*related).defer("submission__document").prefetch_related("messages__by")


def threads(
    remarks: Iterable[Remark],
    report: Report,
    *,
    to_country: bool,
    may_reply: bool,
    refused: Mapping[int, ReplyForm] | None = None,
) -> list[Thread]:
    """`refused`: by remark, replies that could not be added: they keep what was typed and say why."""

    def reply(remark: Remark) -> ReplyForm | None:
        if remark.pk in (refused or {}):
            return (refused or {})[remark.pk]
        return ReplyForm(remark=remark.pk) if may_reply and remark.state != RemarkState.SETTLED else None

    def said(remark: Remark) -> tuple[Said, ...]:
        return tuple(
            Said(speaker(one, report, to_country=to_country), one.at, one.text) for one in remark.messages.all()
        )

    return [Thread(remark, said(remark), reply(remark)) for remark in remarks]
