"""The changes of a section beside its texts, in words: who set its authority, removed a contribution, and so on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.languages import language_within
from reports.models import Change, Contribution, Report, Section, SectionLog, User, units_behind


@dataclass(frozen=True)
class LoggedChange:
    """One entry of a section's log. `contribution` is "" for a change of the section as a whole."""

    at: datetime
    by: User
    sentence: str
    file_name: str
    contribution: str
    url: str


def contribution_changes(contribution: Contribution, report: Report) -> list[LoggedChange]:
    """Return the changes of one contribution and of its section as a whole, newest first. One query."""
    rows = contribution.section.log.filter(contribution__in=[contribution]) | contribution.section.log.filter(
        contribution=None
    )
    return logged(rows, report)


def section_changes(section: Section, report: Report) -> list[LoggedChange]:
    """Return the changes of a section and of every contribution in it, newest first. One query."""
    return logged(section.log.all(), report)


def logged(rows: QuerySet[SectionLog], report: Report) -> list[LoggedChange]:
    rows = rows.select_related("by", "contribution", "upload").defer(*units_behind("contribution"))
    return [
        LoggedChange(
            at=row.at,
            by=row.by,
            sentence=sentence(row),
            file_name=row.upload.file_name if row.upload else "",
            contribution=name_of(row.contribution) if row.contribution else "",
            url=history_url(row.contribution, report) if row.contribution else "",
        )
        for row in rows.order_by("-pk")
    ]


def name_of(contribution: Contribution) -> str:
    """Return what tells a contribution from the others of its section: its authority, or else its language."""
    return contribution.authority or language_within(contribution.language)


def history_url(contribution: Contribution, report: Report) -> str:
    return reverse("history", args=[report.country.code, report.form.year, contribution.pk])


def sentence(row: SectionLog) -> str:
    values = {"before": row.before, "after": row.after}
    match row.change:
        case Change.AUTHORITY if not row.before:
            return _("authority set to “%(after)s”") % values
        case Change.AUTHORITY if not row.after:
            return _("authority “%(before)s” removed") % values
        case Change.AUTHORITY:
            return _("authority changed from “%(before)s” to “%(after)s”") % values
        case Change.LANGUAGE:
            languages = {name: language_within(code) for name, code in values.items()}
            return _("language corrected: %(after)s instead of %(before)s") % languages
        case Change.MOVED:
            return _("moved from place %(before)s to place %(after)s") % values
    return str(row.get_change_display())
