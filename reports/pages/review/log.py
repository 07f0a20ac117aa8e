"""The log of a report: each step of its workflow, by whom, when and why, as its country or the secretariat reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.models import Report, StepLog, User
from reports.pages.actions import allowed
from reports.pages.wording import colleague_name, state_for_country, state_for_secretariat
from reports.rules import chain, permissions

SHORT = 12  # characters of a hash that people compare by eye


@dataclass(frozen=True)
class LogEntry:
    """A step in words. `state_from` is "" for the step that began the report, and `state_to` if the state stayed."""

    row: StepLog
    who: str
    state_from: str
    state_to: str

    @property
    def hash(self) -> str:
        return self.row.hash[:SHORT]

    @property
    def stays(self) -> bool:
        return self.state_from == self.state_to


@dataclass(frozen=True)
class LogPage:
    """`problems` is empty where the chain of hashes is whole: the log is complete and unchanged."""

    report: Report
    entries: list[LogEntry]
    problems: list[Problem]
    may: dict[str, bool]


def log_page(user: User, report: Report) -> LogPage:
    to_country = permissions.in_country(user, report)
    label = state_for_country if to_country else state_for_secretariat
    steps = report.steps.select_related("by", "submission").defer("submission__document").order_by("-position")
    entries = [
        LogEntry(
            step,
            who=colleague_name(step.by) if step.by else _("The portal"),
            state_from=label(Report(state=step.state_from)) if step.state_from else "",
            state_to=label(Report(state=step.state_to)),
        )
        for step in steps
    ]
    # The chain is checked for every reader. A log that is wrong must not wait for somebody to ask.
    return LogPage(report, entries, list(chain.problems(report)), allowed(user, report, "read_draft"))
