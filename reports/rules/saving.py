"""The verbs that change what stands in a section. Each is one transaction under the report's row lock."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reports.document import richtext
from reports.document.merge import Merged, merge
from reports.document.problem import Problem, gettext_noop
from reports.models import EMPTY, Conflict, Contribution, How, Reading, Revision, Section, User, save_queries
from reports.readers import language as passage_language
from reports.rules import conflicts, limits, locks


@dataclass(frozen=True)
class Saved:
    """What became of one save: `revision` is the text's newest now, `conflicts` what two people changed at once."""

    outcome: Literal["saved", "unchanged"]
    contribution: Contribution
    revision: Revision
    conflicts: tuple[Conflict, ...] = ()
    stands_otherwise: bool = False  # nothing was written, and somebody else's newer text stands

    @property
    def is_merged(self) -> bool:
        """Whether the report now holds another text than the one that was sent."""
        return self.stands_otherwise or bool(self.revision.sent)


def check_translatable(contribution: Contribution, language: str) -> None:
    """Raises Problem for a translation into a language the portal does not hold, or into the original's own."""
    held = [code for code, name in settings.LANGUAGES]
    if language and (language not in held or language == contribution.language.split("-")[0]):
        raise Problem(
            gettext_noop(
                "There is no translation into “%(language)s” here; the text itself may now be in that language. "
                "Nothing was lost: what you typed is still in its box. Copy it to the right place."
            ),
            language=language,
        )


def check_is_own(repeated: Revision, *, by: User, section: Section, text: tuple[int, str] | None = None) -> None:
    """Raises Problem where the save with this id was somebody else's, in another section, or of another text."""
    is_other = text not in (None, (repeated.contribution_id, repeated.language))
    if is_other or repeated.by_id != by.pk or repeated.contribution.section_id != section.pk:
        raise Problem(
            gettext_noop("What was sent belongs to another text. Copy your text, open the page again, and paste it.")
        )


@dataclass(frozen=True)
class Before:
    """What a save meets: the text's newest revision, the one that it grew from, and itself if it has come before."""

    now: Revision | None
    start: Revision | None
    repeated: Revision | None


def before(contribution: Contribution, language: str, base: int, save_id: UUID | None) -> Before:
    """To be asked under the report's lock; brings the contribution's language up to date. Raises Problem where the
    section stays closed."""
    text = save_queries.text(contribution.pk, language, base, save_id)
    contribution.language = text.original_language
    if text.is_frozen:
        raise locks.frozen(contribution.section)
    of_text = [row for row in text.revisions if (row.contribution_id, row.language) == (contribution.pk, language)]
    return Before(
        now=of_text[-1] if of_text else None,
        start=next((row for row in of_text if row.number == base), None),
        repeated=next((row for row in text.revisions if row.pk == save_id), None),
    )


def language_of(body: str, by: User) -> str:
    """The language of a text that somebody typed; of a text too short to tell, the writer's own."""
    found = passage_language.detect(richtext.words(body))
    return found.code if found.sure else by.language


def add_contribution(
    section: Section,
    body: str,
    *,
    by: User,
    save_id: UUID | None = None,
    language: str = "",
    authority: str = "",
    how: How = How.TYPED,
    reading: Reading | None = None,
) -> Contribution:
    """A new contribution at the end of a section, in `language` or else in that of its text.

    The same `save_id` again adds nothing and returns what it added before, with the text's later state where it came
    with another. Raises Problem.
    """
    body = limits.checked(body)  # before the transaction, as in `save_text`
    language = language or language_of(body, by)
    with transaction.atomic():
        locks.lock(section.report, section)
        repeated = Revision.objects.filter(pk=save_id).select_related("contribution").first() if save_id else None
        if repeated:
            check_is_own(repeated, by=by, section=section)
            if body != repeated.as_sent:
                save_text(repeated.contribution, body, base=repeated.number, by=by, from_sent=True)
            return repeated.contribution
        limits.check_room(section)
        last = section.contributions.aggregate(last=Max("position"))["last"] or 0
        row = Contribution.objects.create(
            section=section, position=last + 1, authority=authority.strip(), language=language, body=body
        )
        Revision.objects.create(
            id=save_id or uuid4(), contribution=row, number=1, base=0, body=body, by=by, how=how, reading=reading
        )
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
    reading: Reading | None = None,
    from_sent: bool = False,
) -> Saved:
    """Saves one text of a contribution: the original, or the translation into `language`.

    `base` is the number of the revision that the text grew from (0 for a translation not yet begun); with `from_sent`
    it grew from what was sent with that revision, not from what merging made of it. When others saved in between,
    the texts are merged paragraph by paragraph; a paragraph that both changed becomes a Conflict, and theirs stands
    meanwhile. The same `save_id` again is the same save; with another text it is one that grew from it. Raises Problem.
    """
    body = limits.checked(body)  # before the transaction: on SQLite it is a lock for which everybody else waits
    with transaction.atomic():
        locks.lock_pk(contribution.section.report_id)
        found = before(contribution, language, base, save_id)
        now, start = found.now, found.start
        if found.repeated:
            check_is_own(found.repeated, by=by, section=contribution.section, text=(contribution.pk, language))
            if body == found.repeated.as_sent:
                return Saved("saved", contribution, found.repeated, unsettled(found.repeated))
            start, from_sent, save_id = found.repeated, True, None  # its writer typed on before the first answer came
        check_translatable(contribution, language)
        started_from = (start.as_sent if from_sent else start.body) if start else ""
        standing = now.body if now else ""
        if now and body in (started_from, standing):
            return Saved("unchanged", contribution, now, stands_otherwise=body != standing)
        merged = Merged(body, ()) if started_from == standing else merge(started_from, body, standing)
        revision = Revision(
            id=save_id or uuid4(),
            contribution=contribution,
            language=language,
            number=(now.number if now else 0) + 1,
            base=start.number if start else 0,
            body=merged.html,
            sent=(body or EMPTY) if body != merged.html else "",
            by=by,
            how=How.MERGED if body != merged.html else how,
            reading=reading,
        )
        return written(revision, merged, now)


def written(revision: Revision, merged: Merged, now: Revision | None) -> Saved:
    """Writes a text's new revision, what two people changed in it, and the text itself."""
    save_queries.insert(revision)
    conflicts.keep(revision, merged, now)
    write_through(revision.contribution, revision.language, merged.html)
    shown = unsettled(revision) if merged.conflicts else ()
    return Saved("saved", revision.contribution, revision, shown)


def unsettled(revision: Revision) -> tuple[Conflict, ...]:
    return tuple(revision.conflicts.filter(settled_at=None))


def settle(
    conflict: Conflict,
    keep: Literal["mine", "theirs", "edited"],
    *,
    by: User,
    edited: str = "",
    number: int | None = None,
) -> Saved:
    """Settles a conflict with one of its versions or an edited one, which becomes a new revision. Raises Problem.

    The choice is made between the versions as they stood. What was written over theirs since is merged with it as with
    any save, so that it is neither lost nor doubled, but shown again beside the choice. `number` is that of the save
    whose version was shown: where its writer wrote on since, nothing is settled, and the conflict comes back.
    """
    edited = limits.checked(edited) if keep == "edited" else ""  # before the transaction, as in `save_text`
    with transaction.atomic():
        contribution = locks.fresh(conflict.revision.contribution)
        conflict = Conflict.objects.select_related("revision__by", "their_author").get(pk=conflict.pk)
        revision, is_open = conflict.revision, conflict.settled_at is None
        now = contribution.revisions.filter(language=revision.language).order_by("number").last()
        if is_open and number not in (None, revision.number):
            return Saved("unchanged", contribution, now, (conflict,))
        if is_open:
            conflicts.close(conflict, by=by)
        if keep == "theirs" or (keep == "mine" and not is_open):  # a colleague was quicker
            return Saved("unchanged", contribution, now)
        text = conflicts.with_choice(conflict, revision.body, conflict.mine if keep == "mine" else edited)
        return save_text(contribution, text, base=revision.number, by=by, language=revision.language, how=How.MERGED)


def write_through(contribution: Contribution, language: str, body: str) -> None:
    """Puts the newest text into its contribution, and a contribution that a colleague removed back into its section:
    what was written since must show."""
    field = f"translation_{language}" if language else "body"
    save_queries.write(contribution.pk, field, body)
    setattr(contribution, field, body)
    contribution.removed_at = None


@transaction.atomic
def set_language(contribution: Contribution, language: str, *, by: User) -> None:
    """Corrects the language of an original; no text moves. Raises Problem where a translation stands in the way."""
    contribution = locks.fresh(contribution)
    own = language.split("-")[0]
    if Conflict.objects.filter(revision__contribution=contribution, revision__language=own, settled_at=None).exists():
        raise Problem(
            gettext_noop(
                "A paragraph of the translation into that language has two versions. Choose one of them first."
            )
        )
    if contribution.translations().get(own):
        raise Problem(
            gettext_noop(
                "This contribution has a translation into that language. "
                "Empty the translation first; it stays in the history."
            )
        )
    contribution.language = language
    contribution.save(update_fields=["language"])


@transaction.atomic
def set_authority(contribution: Contribution, authority: str, *, by: User) -> None:
    contribution = locks.fresh(contribution)
    contribution.authority = authority.strip()
    contribution.save(update_fields=["authority"])


@transaction.atomic
def remove(contribution: Contribution, *, by: User) -> None:
    """Takes a contribution out of its section; its text and history stay, and it can be brought back."""
    contribution = locks.fresh(contribution)
    contribution.removed_at = contribution.removed_at or timezone.now()
    contribution.save(update_fields=["removed_at"])


@transaction.atomic
def bring_back(contribution: Contribution, *, by: User) -> None:
    contribution = locks.fresh(contribution)
    contribution.removed_at = None
    contribution.save(update_fields=["removed_at"])


@transaction.atomic
def move(contribution: Contribution, *, places: int, by: User) -> None:
    """Moves a contribution up (negative) or down among its section's, and numbers them anew."""
    contribution = locks.fresh(contribution)
    order = list(contribution.section.contributions.live())
    old = next((i for i, other in enumerate(order) if other.pk == contribution.pk), None)
    if old is None:
        return
    order.insert(max(0, old + places), order.pop(old))
    for position, other in enumerate(order, start=1):
        if other.position != position:
            other.position = position
            other.save(update_fields=["position"])


@transaction.atomic
def set_nothing(section: Section, nothing: bool, *, by: User) -> None:
    """Says "nothing to report", or takes it back. Text that stands there is kept aside, not removed."""
    locks.lock(section.report, section)
    section.nothing_to_report = nothing
    section.save(update_fields=["nothing_to_report"])
