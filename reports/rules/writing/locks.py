"""How every verb that writes begins: lock the report's row, then check what the writer may do in it as it is now.

The lock comes first: a report that is being sent in, a section that is being returned, or a right that is being taken
away must not change between the check and the write.
"""

from reports.document.problem import Problem, gettext_noop
from reports.models import Contribution, Report, Section, User, save_queries
from reports.rules import permissions


class Closed(Problem):
    """The report is not open: the country cannot write in it now."""


def lock_report(report: Report) -> Report:
    """Return the report's row, locked until the end of the transaction. Raise Problem unless the report is open."""
    return lock_report_pk(report.pk)


def lock_report_pk(pk: int) -> Report:
    locked = save_queries.lock_report(pk)
    if not locked.is_open:
        raise closed()
    return locked


def lock_section(section: Section, action: str, *, by: User) -> Section:
    """Return the section as it is now, under the lock of its report. Raise Problem unless `by` may do `action`."""
    row = fresh_section(section)
    check_may_write(by, action, row)
    return row


def fresh_section(section: Section) -> Section:
    """Return the section as it is now, under the lock of its report, before any right is checked. Raise Problem."""
    report = lock_report_pk(section.report_id)
    row = Section.objects.select_related("question").get(pk=section.pk)
    row.report = report
    return row


def lock_contribution(contribution: Contribution, action: str = "write_contribution", *, by: User) -> Contribution:
    """Return the contribution as it is now, under the lock of its report. Raise Problem unless `by` may do `action`."""
    report = lock_report_pk(contribution.section.report_id)
    row = Contribution.objects.select_related("section__question").get(pk=contribution.pk)
    row.section.report = report
    check_may_write(by, action, row)
    return row


def check_may_write(by: User, action: str, on: Section | Contribution) -> None:
    """Raise Problem, in words for somebody who has just typed there, unless `by` may do `action`.

    What `by` was given is read again: it may have changed since the page was opened.
    """
    permissions.forget_assignments(by)
    if permissions.may(by, action, on):
        return
    section = on.section if isinstance(on, Contribution) else on
    if section.frozen:
        raise frozen(section)
    if not section.report.is_open:
        raise closed()
    raise Problem(
        gettext_noop(
            "Section %(code)s is not assigned to you. Nothing was lost: the text is still in its box. "
            "Copy it, and ask your focal point."
        ),
        code=section.code,
    )


def frozen(section: Section) -> Problem:
    return Problem(
        gettext_noop(
            "The secretariat returned other sections only: %(code)s stays as it was sent in. "
            "To change it too, ask the secretariat."
        ),
        code=section.code,
    )


def closed() -> Closed:
    return Closed(
        gettext_noop(
            "This report has been sent in, so it cannot be changed now. Take it back, or wait until it is returned."
        )
    )
