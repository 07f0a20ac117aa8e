"""The verbs that write a text: each is one transaction under the report's lock, and adds a revision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q

from reports.document import richtext
from reports.document.lengths import MOST_PIECES, check_report, pieces
from reports.document.merge import Merged
from reports.document.problem import Problem, gettext_noop
from reports.document.translation.rows import align
from reports.document.translation.stored import to_stored
from reports.document.translation.units import Unit, words_of
from reports.document.translation.whole import with_text
from reports.models import (
    EMPTY,
    Change,
    Conflict,
    Contribution,
    Delegation,
    How,
    Revision,
    Section,
    Upload,
    User,
    save_queries,
)
from reports.readers import language as passage_language
from reports.rules import limits, permissions
from reports.rules.writing import conflicts, row_conflicts
from reports.rules.writing.current import (
    Current,
    begin,
    check_is_own,
    check_translatable,
    read_current,
    units_of_revision,
    units_then,
)
from reports.rules.writing.locks import check_may_write, fresh_section, lock_contribution
from reports.rules.writing.sections import record, restore


@dataclass(frozen=True)
class Saved:
    """The result of one save: the newest revision of the text, and the conflicts that this save caused."""

    outcome: Literal["saved", "unchanged"]
    contribution: Contribution
    revision: Revision
    conflicts: tuple[Conflict, ...] = ()
    is_joined: bool = False  # it has what the same person wrote over the same words in another window
    differs_from_current: bool = False  # nothing was written, because somebody else's newer text is in the report

    @property
    def is_merged(self) -> bool:
        """Whether the report now has another text than the one that was sent."""
        return self.differs_from_current or bool(self.revision.sent)


def language_of(body: str, country: str, by: User) -> str:
    """Return the language of a text typed in a country; of a text too short to tell, the writer's own."""
    found = passage_language.detect(richtext.text_content(body), country)
    return found.code if found.sure else by.language


def normal_form(body: str, contribution: Contribution, language: str) -> str:
    """Return `body` in normal form. Raise Problem for too much text, but not if the stored text has more pieces."""
    stored = ""
    if pieces(body, is_html=True) > MOST_PIECES:  # only then: the column may be deferred, and would cost a query
        stored = getattr(contribution, f"translation_{language}" if language else "body", None) or ""
    return richtext.from_typed(body, is_html=True, stored=stored)


def add_contribution(
    section: Section,
    body: str,
    *,
    by: User,
    save_id: UUID | None = None,
    language: str = "",
    authority: str = "",
    how: How = How.TYPED,
    upload: Upload | None = None,
) -> Contribution:
    """Add a contribution at the end of a section, in `language` or else in the language of its text.

    The same `save_id` again adds nothing and returns the contribution it added before, with the text's later state if
    it comes with another text. Effects: the contribution and its first revision; for somebody who was given one
    contribution of their own in this section, this is the one. Raise Problem.
    """
    body = richtext.from_typed(body, is_html=True)  # before the transaction, as in `save_text`
    language = language or language_of(body, section.report.country.code, by)
    with transaction.atomic():
        locked = fresh_section(section)
        repeated = Revision.objects.filter(pk=save_id).select_related("contribution").first() if save_id else None
        if repeated:
            check_is_own(repeated, by=by, section=section)
            if body != repeated.as_sent:
                save_text(repeated.contribution, body, base=repeated.number, by=by, from_sent=True)
            return repeated.contribution
        check_may_write(by, "add_contribution", locked)
        limits.check_room(section)
        length = save_queries.report_length(locked.report_id) + len(body)
        check_report(length)
        limits.check_pieces(locked.report_id, length, growth=pieces(body, is_html=True))
        last = section.contributions.aggregate(last=Max("position"))["last"] or 0
        row = Contribution.objects.create(
            section=section, position=last + 1, authority=authority.strip(), language=language, body=body
        )
        Revision.objects.create(
            id=save_id or uuid4(), contribution=row, number=1, base=0, body=body, by=by, how=how, upload=upload
        )
        if not permissions.may(by, "write_section", locked):
            own = Delegation.objects.filter(section=section, user=by, whole=False)
            own.filter(permissions.GONE | Q(contribution=None)).update(contribution=row)
            permissions.forget_assignments(by)
        return row


def save_text(
    contribution: Contribution,
    body: str,
    *,
    base: int,
    by: User,
    save_id: UUID | None = None,
    language: str = "",
    how: How = How.TYPED,
    upload: Upload | None = None,
    from_sent: bool = False,
    units: Sequence[Unit] | None = None,
) -> Saved:
    """Save one text of a contribution: the original, or the translation into `language`.

    `base` is the number of the revision that the writer started from (0 for a translation that does not exist yet);
    with `from_sent`, from what they sent with it. If others saved in between, the texts are merged; a paragraph that
    both changed at one place becomes a Conflict, and the report keeps theirs meanwhile. Two windows of one person make
    no conflict. The same `save_id` again is the same save; with another text it is one based on it. `units` are those
    of a translation that comes from elsewhere: a restored version, or another contribution. Raise Problem.
    """
    body = normal_form(body, contribution, language)  # before the transaction: on SQLite everybody else waits for it
    with transaction.atomic():
        current = begin(contribution, language, base, save_id, by=by)
        newest, start = current.newest, current.base
        if current.repeated:
            check_is_own(current.repeated, by=by, section=contribution.section, text=(contribution.pk, language))
            if body == current.repeated.as_sent:
                return Saved("saved", contribution, current.repeated, unsettled(current.repeated))
            start, from_sent, save_id = current.repeated, True, None  # the writer typed on before the answer arrived
        check_translatable(contribution, language)
        started_from, in_report = conflicts.sides(start, newest, from_sent=from_sent)
        if newest and body in (started_from, in_report):
            return Saved("unchanged", contribution, newest, differs_from_current=body != in_report)
        typed = how in (How.TYPED, How.PASTED)
        merged, is_joined = conflicts.merge_save(start, newest, body, by=by, from_sent=from_sent, typed=typed)
        revision = Revision(
            id=save_id or uuid4(),
            contribution=contribution,
            language=language,
            number=(newest.number if newest else 0) + 1,
            base=start.number if start else 0,
            body=merged.html,
            sent=(body or EMPTY) if body != merged.html else "",
            by=by,
            how=How.MERGED if body != merged.html else how,
            upload=upload,
            units=units_after(current, merged.html, units) if language else "",
        )
        return replace(write(revision, merged, current), is_joined=is_joined)


def units_after(current: Current, text: str, units: Sequence[Unit] | None = None) -> str:
    """Return what is stored as the units of a translation that is now this text; `units` replace those that it had."""
    before = current.newest.body if current.newest and units is None else ""
    known = current.units() if units is None else units
    return to_stored(with_text(current.original, known, text, before=before))


def write(revision: Revision, merged: Merged, current: Current) -> Saved:
    """Write a text's new revision, its conflicts, and the text itself. A contribution that a colleague removed comes
    back into its section: what was written since must show. Raise Problem if the report becomes too long."""
    contribution = revision.contribution
    before = current.newest.body if current.newest else ""
    current.check_growth(len(merged.html) - len(before))
    growth = pieces(merged.html, is_html=True) - pieces(before, is_html=True)
    limits.check_pieces(contribution.section.report_id, current.report_length + len(merged.html), growth=growth)
    save_queries.insert_row(revision)
    conflicts.keep(revision, merged, current.newest)
    if current.is_removed:
        record(Change.RESTORED, contribution, by=revision.by, upload=revision.upload)
    save_queries.store_text(contribution.pk, revision.language, merged.html, revision.units)
    setattr(contribution, f"translation_{revision.language}" if revision.language else "body", merged.html)
    if revision.language:
        setattr(contribution, f"units_{revision.language}", revision.units)
    contribution.removed_at = None
    shown = unsettled(revision) if merged.conflicts else ()
    return Saved("saved", contribution, revision, shown)


def unsettled(revision: Revision) -> tuple[Conflict, ...]:
    return tuple(revision.conflicts.filter(settled_at=None))


def settle_conflict(
    conflict: Conflict,
    keep: Literal["mine", "theirs", "edited"],
    *,
    by: User,
    edited: str = "",
    number: int | None = None,
) -> Saved:
    """Settle a conflict with one of its versions or an edited one, which becomes a new revision. Raise Problem.

    The choice is made between the versions as they were shown. What somebody wrote over theirs since is merged with it
    as with any save. `number` is that of the save whose version was shown: if its writer wrote on since, nothing is
    settled, and the conflict is returned again.
    """
    # Before the transaction, as in `save_text`.
    edited = richtext.from_typed(edited, is_html=True) if keep == "edited" else ""
    with transaction.atomic():
        action = permissions.writing_of(conflict.revision.language)
        contribution = lock_contribution(conflict.revision.contribution, action, by=by)
        conflict = Conflict.objects.select_related("revision__by", "their_author").get(pk=conflict.pk)
        revision, is_open = conflict.revision, conflict.settled_at is None
        newest = contribution.revisions.filter(language=revision.language).latest("number")
        if is_open and number not in (None, revision.number):
            return Saved("unchanged", contribution, newest, (conflict,))
        if is_open:
            conflicts.close(conflict, by=by)
        if keep == "theirs" or (keep == "mine" and not is_open):  # a colleague was quicker
            return Saved("unchanged", contribution, newest)
        chosen = conflict.mine if keep == "mine" else edited
        text, base, units = conflicts.with_choice(conflict, revision.body, chosen), revision.number, None
        if revision.language:
            known = units_of_revision(newest, contribution.body)
            units = row_conflicts.with_choice(align(contribution.body, known).units, conflict, chosen)
        if units is not None:
            text, base = align(contribution.body, units).text(), newest.number
            if text == newest.body:  # the passage is aside: its paragraph was removed, and may come back
                return save_units(contribution, units, newest, by=by)
        return save_text(contribution, text, base=base, by=by, language=revision.language, how=How.MERGED, units=units)


def save_units(contribution: Contribution, units: Sequence[Unit], newest: Revision, *, by: User) -> Saved:
    """Save units that change nothing in the text of a translation, under the report's lock."""
    current = read_current(contribution, newest.language, newest.number, None)
    revision = Revision(
        contribution=contribution,
        language=newest.language,
        number=newest.number + 1,
        base=newest.number,
        body=newest.body,
        by=by,
        how=How.MERGED,
        units=to_stored(units),
    )
    return write(revision, Merged(newest.body, ()), current)


@transaction.atomic
def restore_version(contribution: Contribution, revision: Revision, *, base: int, by: User) -> Saved:
    """Write an old text of a contribution as a new save; a contribution that was removed comes back. Raise Problem.

    `base` is the number of the revision that the user saw as the newest: what others saved since is merged.
    """
    contribution = lock_contribution(contribution, permissions.writing_of(revision.language), by=by)
    if revision.language and contribution.language.startswith(revision.language):
        raise Problem(
            gettext_noop(
                "The contribution itself is now in this language, so it has no translation here. "
                "If you need the translated text, copy it from the history."
            )
        )
    units = restored_units(contribution, revision) if revision.language else None
    saved = save_text(
        contribution, revision.body, base=base, by=by, language=revision.language, how=How.RESTORED, units=units
    )
    if saved.outcome == "unchanged" and contribution.removed_at:
        restore(contribution, by=by)
    return saved


def restored_units(contribution: Contribution, revision: Revision) -> list[Unit]:
    """Return the units that a translation had in a revision, and those that are aside now and were made from others."""
    back = units_then(contribution, revision)
    known = {words_of(block) for unit in back for block in unit.source}
    newest = contribution.revisions.filter(language=revision.language).latest("number")
    aside = align(contribution.body, units_of_revision(newest, contribution.body)).aside
    return [*back, *(unit for unit in aside if not known & {words_of(block) for block in unit.source})]
