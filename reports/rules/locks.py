"""Who changes a report holds its row, so that nobody else changes it meanwhile; and what is closed stays as it is."""

from reports.document.problem import Problem, gettext_noop
from reports.models import Contribution, Report, Section, save_queries


def lock(report: Report, section: Section | None = None) -> Report:
    """The report's row, locked until the end of the transaction. Raises Problem when the country may not write, or
    not in that section: the secretariat can return some sections only."""
    locked = lock_pk(report.pk)
    if section and Section.objects.filter(pk=section.pk, frozen=True).exists():
        raise frozen(section)
    return locked


def lock_pk(report: int) -> Report:
    locked = save_queries.locked_report(report)
    if not locked.is_open:
        raise closed()
    return locked


def frozen(section: Section) -> Problem:
    return Problem(
        gettext_noop(
            "The secretariat returned other sections only: %(code)s stays as it was sent in. "
            "To change it too, ask the secretariat."
        ),
        code=section.code,
    )


def closed() -> Problem:
    return Problem(
        gettext_noop(
            "This report has been sent in, so it cannot be changed now. Take it back, or wait until it is returned."
        )
    )


def fresh(contribution: Contribution) -> Contribution:
    """The contribution as it stands now, under the lock of its report. Raises Problem like `lock`."""
    lock_pk(contribution.section.report_id)
    row = Contribution.objects.select_related("section__report", "section__question").get(pk=contribution.pk)
    if row.section.frozen:
        raise frozen(row.section)
    return row
