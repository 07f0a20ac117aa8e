"""The verbs for a text in hand: split it, join it with the one above, take over an earlier passage."""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from reports.document import richtext
from reports.document.lengths import check_report, pieces
from reports.document.problem import Problem, gettext_noop
from reports.document.translation.rows import align
from reports.document.translation.units import Unit
from reports.models import Change, Comment, Contribution, How, Revision, Section, User, save_queries
from reports.rules import limits, permissions
from reports.rules.translations import units_of
from reports.rules.writing.locks import check_may_write, lock_contribution
from reports.rules.writing.sections import record, remove
from reports.rules.writing.texts import add_contribution, save_text


@transaction.atomic
def split(contribution: Contribution, first: str, second: str, *, base: int, by: User) -> Contribution:
    """Keep `first` in the contribution and put `second` into a new one below it; return the new one.

    The new one has the same language and authority. `base` is the number of the revision that was cut: if a colleague
    has saved since, nothing is split. A translation goes with its paragraphs; one of paragraphs in both parts stays
    with the first. Raise Problem.
    """
    first, second = (richtext.from_typed(text, is_html=True) for text in (first, second))
    contribution = lock_contribution(contribution, by=by)
    check_may_write(by, "add_contribution", contribution.section)
    if not first or not second:
        raise Problem(gettext_noop("Put the cursor where the second contribution is to begin, and split it then."))
    if newest_number(contribution) != base:
        raise Problem(
            gettext_noop("A colleague has changed this text in the meantime. Look at it, and split it again.")
        )
    limits.check_room(contribution.section)
    translated = {code: found for code, _name in settings.LANGUAGES if (found := units_of(contribution, code))}
    save_text(contribution, first, base=base, by=by)
    length = save_queries.report_length(contribution.section.report_id) + len(second)
    check_report(length)
    limits.check_pieces(contribution.section.report_id, length, growth=pieces(second, is_html=True))
    below = contribution.section.contributions.filter(position__gt=contribution.position)
    below.update(position=F("position") + 1)
    row = Contribution.objects.create(
        section=contribution.section,
        position=contribution.position + 1,
        authority=contribution.authority,
        language=contribution.language,
        body=second,
    )
    Revision.objects.create(id=uuid4(), contribution=row, number=1, base=0, body=second, by=by, how=How.TYPED)
    for language, units in translated.items():
        move_units(contribution, row, language, units, by=by)
    record(Change.SPLIT, contribution, by=by)
    return row


def move_units(first: Contribution, second: Contribution, language: str, units: Sequence[Unit], *, by: User) -> None:
    """Give the second of two parts those units of the translation whose paragraphs it has now."""
    aligned = align(first.body, units)
    below = align(second.body, aligned.aside)
    moved = [row.unit for row in below.rows if row.unit]
    if not moved:
        return
    left = [unit for unit in aligned.units if unit not in aligned.aside or unit in below.aside]
    for part, own in ((first, left), (second, moved)):
        text = align(part.body, own).text()
        save_text(part, text, base=newest_number(part, language), by=by, language=language, units=own)


@transaction.atomic
def join(contribution: Contribution, *, by: User) -> Contribution:
    """Put the text at the end of the contribution above it, and remove it; return the one above.

    Translations and the comments of colleagues go with it. Both texts stay in the history, and the removed contribution
    can be restored. Raise Problem.
    """
    contribution = lock_contribution(contribution, "write_section", by=by)
    above = contribution.section.contributions.live().with_units().filter(position__lt=contribution.position).last()
    if above is None:
        raise Problem(gettext_noop("There is no contribution above this one any more. Open the page again."))
    above.section = contribution.section
    if above.language != contribution.language:
        raise Problem(gettext_noop("The two contributions are in different languages, so they stay apart."))
    languages = [code for code, _name in settings.LANGUAGES]
    units = {code: [*units_of(above, code), *units_of(contribution, code)] for code in languages}
    for language in ("", *languages):
        name = f"translation_{language}" if language else "body"
        added = getattr(contribution, name) or ""
        if added:
            text = (getattr(above, name) or "") + added
            base = newest_number(above, language)
            save_text(above, text, base=base, by=by, language=language, units=units.get(language))
    record(Change.JOINED, above, by=by)
    remove(contribution, by=by)
    Comment.objects.filter(contribution=contribution).update(contribution=above)  # they go with their passages
    return above


def take_over(section: Section, source: Contribution, *, by: User) -> Contribution:
    """Add a copy of a passage of an earlier report of the same country, in its language; return it.

    It is marked as not edited yet until somebody changes it (`newest_how`). Raise Problem.
    """
    earlier = source.section.report
    if earlier.country_id != section.report.country_id or not permissions.may(by, "read_draft", earlier):
        raise Problem(gettext_noop("This passage is not one of your country’s."))
    return add_contribution(
        section, source.body, by=by, language=source.language, authority=source.authority, how=How.COPIED
    )


def newest_number(contribution: Contribution, language: str = "") -> int:
    """Return the number of a text's newest revision; 0 if it has none."""
    newest = contribution.revisions.filter(language=language).order_by("-number").values_list("number", flat=True)
    return newest.first() or 0
