"""A row of a translation after a save or a mark, as the page that showed it needs it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reports.document.translation.exchange import source_hash
from reports.document.translation.rows import Aligned, align
from reports.models import Contribution, Revision, TranslationAct, TranslationEvent, User
from reports.pages.country.translate_rows import row_text
from reports.pages.translation_rows import RowView, questions_of
from reports.rules import permissions
from reports.rules.translations import dismissed, units_of
from reports.rules.writing import Shown
from reports.rules.writing.current import units_then
from reports.rules.writing.translations import body_of, row_at


def aligned_then(contribution: Contribution, shown: Shown, revision: Revision | None) -> Aligned:
    """Return a revision of the translation beside the original that a page shows. Raise Problem."""
    return align(body_of(contribution, shown), units_then(contribution, revision))


def row_after(contribution: Contribution, shown: Shown, number: int, aligned: Aligned, *, user: User) -> RowView | None:
    """Return the row of a page as it is in the revision with this number; None if there is no such row any more."""
    row = row_at(aligned, shown.place)
    if row is None:
        return None
    said = TranslationEvent.objects.filter(
        contribution=contribution, language=shown.language, hash=source_hash(row.source)
    )
    return RowView(
        row_text(contribution),
        row,
        replace(shown, base=number),
        aligned.rows.index(row) + 1,
        permissions.may(user, "translate_contribution", contribution),
        questions_of(row, dismissed([contribution], shown.language).get(contribution.pk, ())),
        said=said.exclude(kind=TranslationAct.DISMISSED).select_related("by").order_by("pk").last(),
    )


def newer_rows(
    texts: Mapping[int, Contribution], known: Iterable[tuple[int, Shown]], language: str, *, user: User
) -> list[RowView]:
    """Return the rows of which a page shows an older revision than the newest. The texts have their units and numbers.

    A row whose original was changed since is shown beside the wording that the page has.
    """
    beside: dict[tuple[int, int], Aligned] = {}
    found = []
    for pk, shown in known:
        row = texts.get(pk)
        number = getattr(row, f"number_{language}") or 0 if row else 0
        if row is None or number <= shown.base:
            continue
        place = (pk, shown.original)
        if place not in beside:
            body = row.body if shown.original == row.number else body_of(row, shown)
            beside[place] = align(body, units_of(row, language))
        if view := row_after(row, shown, number, beside[place], user=user):
            found.append(view)
    return found
