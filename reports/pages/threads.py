"""Remarks as people read them: each side sees its own colleagues by name, and the other side as one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.models import Remark, RemarkMessage, RemarkState, Report, Section
from reports.pages.wording import colleague_name

NO_REPLY = (RemarkState.SETTLED, RemarkState.UNSENT)


@dataclass(frozen=True)
class ThreadEntry:
    """One thing said in a remark."""

    who: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Thread:
    """A remark with what was said in it, the oldest first."""

    remark: Remark
    said: tuple[ThreadEntry, ...]
    may_reply: bool

    @property
    def is_settled(self) -> bool:
        return self.remark.state == RemarkState.SETTLED

    @property
    def is_unsent(self) -> bool:
        """Whether the country does not see it yet."""
        return self.remark.state == RemarkState.UNSENT

    @property
    def is_open(self) -> bool:
        return self.remark.state == RemarkState.OPEN


def speaker(message: RemarkMessage, report: Report, *, to_country: bool) -> str:
    """Return who said this, as one side reads it: the country (`to_country`) or the secretariat."""
    if message.by_country == to_country:
        return colleague_name(message.by)
    return str(report.country) if message.by_country else _("Secretariat")


def with_messages(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """Fetch with the remarks everything that a page shows of them."""
    # A question's address needs its goal, and the goal's code needs its target.
    related = ("submission", "section__question__goal__target", "section__question__target")
    return remarks.select_related(*related).defer("submission__document").prefetch_related("messages__by")


def threads(
    remarks: Iterable[Remark], report: Report, *, to_country: bool, may_reply: Callable[[Section], bool]
) -> list[Thread]:
    """Return the remarks, fetched `with_messages`, as one side reads them.

    Nobody replies to one that is settled or not sent yet.
    """
    return [
        Thread(
            remark,
            said=tuple(
                ThreadEntry(speaker(message, report, to_country=to_country), message.at, message.text)
                for message in remark.messages.all()
            ),
            may_reply=remark.state not in NO_REPLY and may_reply(remark.section),
        )
        for remark in remarks
    ]
