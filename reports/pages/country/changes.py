"""The changes of a section beside its texts, in words: who set its authority, removed a contribution, said that a
translation is up to date, or sent a text to a translation service."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.languages import language_within
from reports.models import (
    Change,
    Contribution,
    MachineRequest,
    Report,
    Section,
    SectionLog,
    TranslationAct,
    TranslationEvent,
    User,
    Whose,
    units_behind,
)


@dataclass(frozen=True)
class LoggedChange:
    """One entry of a section's log. `contribution` is "" for a change of the section as a whole."""

    at: datetime
    by: User
    sentence: str
    file_name: str
    contribution: str
    url: str


def contribution_changes(contribution: Contribution, language: str, report: Report) -> list[LoggedChange]:
    """Return the changes of one contribution and of its section as a whole, newest first, with what was said of its
    translation into `language`, and what was sent to be translated; with "", of the original. Three queries."""
    log, mine = contribution.section.log, Contribution.objects.filter(pk=contribution.pk)
    rows = log.filter(contribution__in=mine) | log.filter(contribution=None)
    said = said_of(mine, report, language) if language else []
    return newest_first(logged(rows, report), said, sent_of(mine, report, language))


def section_changes(section: Section, report: Report) -> list[LoggedChange]:
    """Return the changes of a section and of every contribution in it, newest first. Three queries."""
    mine = section.contributions.all()
    return newest_first(logged(section.log.all(), report), said_of(mine, report), sent_of(mine, report))


def newest_first(*found: list[LoggedChange]) -> list[LoggedChange]:
    return sorted((change for changes in found for change in changes), key=lambda change: change.at, reverse=True)


def logged(rows: QuerySet[SectionLog], report: Report) -> list[LoggedChange]:
    rows = rows.select_related("by", "contribution", "upload").defer(*units_behind("contribution"))
    return [
        change(row, sentence(row), report, file_name=row.upload.file_name if row.upload else "")
        for row in rows.order_by("-pk")
    ]


def change(
    row: SectionLog | TranslationEvent | MachineRequest, sentence: str, report: Report, *, file_name: str = ""
) -> LoggedChange:
    return LoggedChange(
        at=row.at,
        by=row.by,
        sentence=sentence,
        file_name=file_name,
        contribution=name_of(row.contribution) if row.contribution else "",
        url=history_url(row.contribution, report) if row.contribution else "",
    )


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


def said_of(rows: QuerySet[Contribution], report: Report, language: str = "") -> list[LoggedChange]:
    """Return what people said of passages of these translations: into `language`, or into all. What one said of several
    passages in one go is one entry, at the time of the last. One query."""
    events = TranslationEvent.objects.filter(contribution__in=rows, whose=Whose.COUNTRY)
    events = events.filter(language=language) if language else events
    in_order = events.select_related("by", "contribution").defer(*units_behind("contribution")).order_by("pk")
    found = []
    for _same, group in groupby(in_order, in_one_go):
        *before, last = group
        found.append(change(last, said_in_words(last, len(before) + 1), report))
    return found


def in_one_go(event: TranslationEvent) -> tuple[object, ...]:
    """Return what consecutive events have in common if they are one entry."""
    return event.contribution_id, event.language, event.kind, event.by_id, timezone.localtime(event.at).date()


def sent_of(rows: QuerySet[Contribution], report: Report, language: str = "") -> list[LoggedChange]:
    """Return what was sent to a translation service, to be translated into `language`, or into any. One query."""
    requests = MachineRequest.objects.filter(contribution__in=rows).select_related("by", "contribution")
    requests = requests.filter(language=language) if language else requests
    return [change(one, sent_in_words(one), report) for one in requests.defer(*units_behind("contribution"))]


def said_in_words(event: TranslationEvent, number: int) -> str:
    """Say what somebody said of so many passages of a translation."""
    values = {"number": number, "language": language_within(event.language)}
    match event.kind:
        case TranslationAct.CONFIRMED:
            words = ngettext(
                "said that %(number)s passage of the translation into %(language)s is up to date",
                "said that %(number)s passages of the translation into %(language)s are up to date",
                number,
            )
        case TranslationAct.READ:
            words = ngettext(
                "read a machine’s draft of %(number)s passage of the translation into %(language)s",
                "read a machine’s drafts of %(number)s passages of the translation into %(language)s",
                number,
            )
        case TranslationAct.NOT_WANTED:
            words = ngettext(
                "said that %(number)s passage needs no translation into %(language)s",
                "said that %(number)s passages need no translation into %(language)s",
                number,
            )
        case TranslationAct.WANTED:
            words = ngettext(
                "said that %(number)s passage needs a translation into %(language)s after all",
                "said that %(number)s passages need a translation into %(language)s after all",
                number,
            )
        case _:
            words = ngettext(
                "answered “This is intended” to %(number)s question about the translation into %(language)s",
                "answered “This is intended” to %(number)s questions about the translation into %(language)s",
                number,
            )
    return words % values


def sent_in_words(request: MachineRequest) -> str:
    words = ngettext(
        "sent the text of %(number)s passage to %(service)s, to be translated into %(language)s",
        "sent the text of %(number)s passages to %(service)s, to be translated into %(language)s",
        request.passages,
    )
    language = language_within(request.language)
    return words % {"number": request.passages, "service": request.service, "language": language}
