"""The verb that brings home what a translation service sent back (ADR 33): all texts of a file, under one lock.

Nothing is saved over newer work, and the same file again changes nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from reports.document.lengths import LONGEST_REPORT, LONGEST_TEXT
from reports.document.merge import BlockConflict, Merged
from reports.document.problem import Problem, gettext_noop
from reports.document.translation.exchange import Arrival, Outcome, Sent, SentText, come_home
from reports.document.translation.rows import Aligned, align
from reports.document.translation.stored import to_stored
from reports.document.translation.units import html_of
from reports.models import Conflict, Contribution, How, Report, Revision, User
from reports.rules import permissions
from reports.rules.translations import contributions_to_translate
from reports.rules.writing import conflicts, row_conflicts
from reports.rules.writing.current import Current, read_current
from reports.rules.writing.locks import lock_report_pk
from reports.rules.writing.texts import write

Why = Literal["gone", "not yours", "frozen", "own language"]
TOO_LONG = gettext_noop(
    "With these translations the report would be too long: the maximum is %(text)s characters for one text, and "
    "%(report)s for all texts of a report, translations among them. Nothing was saved. Shorten texts of the report, or "
    "have fewer of them translated."
)


@dataclass(frozen=True)
class TextHome:
    """What became of the units of one text. `section` is the code of its section."""

    section: str
    arrivals: tuple[Arrival, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(one.outcome == outcome for one in self.arrivals)


@dataclass(frozen=True)
class Left:
    """A text of the file that was left out: `title` is what the file calls it."""

    title: str
    why: Why


@dataclass(frozen=True)
class Brought:
    """What became of a whole file: its texts, and those that were left out."""

    language: str
    texts: tuple[TextHome, ...]
    left: tuple[Left, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(text.count(outcome) for text in self.texts)

    def sections(self, outcome: Outcome) -> list[str]:
        """Return the codes of the sections with a unit of which this became, in the order of the report."""
        return list(dict.fromkeys(text.section for text in self.texts if text.count(outcome)))


@transaction.atomic
def bring_home(report: Report, sent: Sent, *, by: User) -> Brought:
    """Save what came home for each text that `by` may translate; the others are named, and left out.

    Each unit lands, is for an older wording, or becomes a Conflict beside newer work. Effects: a revision of each text
    in which something changed, or came to stand beside. Raise Problem if the report is not open or would become too
    long; then nothing is saved.
    """
    locked = lock_report_pk(report.pk)
    report.state = locked.state
    permissions.forget_assignments(by)
    rows = {str(row.pk): row for row in contributions_to_translate(report)}
    beside = keys_beside(rows.values(), sent.language)
    texts: list[tuple[Contribution, TextHome]] = []
    left: list[Left] = []
    for text in sent.texts:
        row = rows.get(text.id)
        if row is None:
            left.append(Left(text.title, "gone"))
        elif why := why_left(row, sent.language, by):
            left.append(Left(text.title, why))
        else:
            found = bring_text(row, text, sent.language, beside.setdefault(row.pk, set()), by=by)
            beside[row.pk] |= {one.key for one in found.arrivals if one.outcome == "beside"}
            texts.append((row, found))
    order = list(rows)
    texts.sort(key=lambda one: order.index(str(one[0].pk)))
    return Brought(sent.language, tuple(found for _row, found in texts), tuple(left))


def keys_beside(rows: Iterable[Contribution], language: str) -> dict[int, set[str]]:
    """Return the keys of what stands, or stood, beside newer work in these texts. One query."""
    known = Conflict.objects.filter(revision__contribution__in=list(rows), revision__language=language).exclude(key="")
    found: dict[int, set[str]] = {}
    for pk, key in known.values_list("revision__contribution", "key"):
        found.setdefault(pk, set()).add(key)
    return found


def why_left(row: Contribution, language: str, by: User) -> Why | None:
    if row.language.split("-")[0] == language:
        return "own language"
    if permissions.may(by, "translate_contribution", row):
        return None
    return "frozen" if row.section.frozen else "not yours"


def bring_text(row: Contribution, text: SentText, language: str, beside: Collection[str], *, by: User) -> TextHome:
    """Save what came home for one text, under the report's lock. Raise Problem."""
    current = read_current(row, language, 0, None)
    home = come_home(current.original, current.units(), text, beside=beside)
    if any(one.outcome != "unchanged" for one in home.arrivals):
        after = align(current.original, home.units)
        number = current.newest.number if current.newest else 0
        revision = Revision(
            contribution=row,
            language=language,
            number=number + 1,
            base=number,
            body=after.text(),
            by=by,
            how=How.IMPORTED,
            units=to_stored(home.units),
        )
        save(revision, current)
        Conflict.objects.bulk_create(
            stands_beside(one, after, revision, current) for one in home.arrivals if one.outcome == "beside"
        )
    return TextHome(row.section.code, home.arrivals)


def save(revision: Revision, current: Current) -> None:
    """Write the revision. Raise Problem, in words for a file, if a text or the report becomes too long."""
    before = current.newest.body if current.newest else ""
    too_long = Problem(TOO_LONG, text=LONGEST_TEXT, report=LONGEST_REPORT)
    if len(revision.body) > max(LONGEST_TEXT, len(before)):
        raise too_long
    try:
        write(revision, Merged(revision.body, ()), current)
    except Problem as problem:
        raise too_long from problem


def stands_beside(arrival: Arrival, after: Aligned, revision: Revision, current: Current) -> Conflict:
    """Return the conflict of what came home with what is in the report now."""
    stored = arrival.stored
    theirs = html_of(stored.target) if stored else ""
    place = row_conflicts.place_of(after, stored.source if stored else arrival.unit.source)
    mine = html_of(arrival.unit.target)
    found = BlockConflict(base="", mine=mine, theirs=theirs, place=place)
    newest = current.newest
    author = (conflicts.author(found, newest) if theirs else newest.by) if newest else revision.by
    return Conflict(revision=revision, mine=mine, theirs=theirs, place=place, their_author=author, key=arrival.key)
