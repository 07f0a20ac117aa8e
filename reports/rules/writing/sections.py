"""The verbs that change a section or a contribution without writing a text. Each leaves a row in the section's log."""

from django.db import transaction
from django.utils import timezone

from reports.document.problem import Problem, gettext_noop
from reports.models import Change, Conflict, Contribution, Section, SectionLog, Upload, User
from reports.rules.writing.locks import lock_contribution, lock_section


@transaction.atomic
def set_language(contribution: Contribution, language: str, *, by: User) -> None:
    """Correct the language of an original; no text moves. Raise Problem if a translation is in the way."""
    contribution = lock_contribution(contribution, by=by)
    if language == contribution.language:
        return
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
    record(Change.LANGUAGE, contribution, by=by, before=contribution.language, after=language)
    contribution.language = language
    contribution.save(update_fields=["language"])


@transaction.atomic
def set_authority(contribution: Contribution, authority: str, *, by: User) -> None:
    """Say which authority wrote a contribution; "" for none in particular. Raise Problem."""
    contribution = lock_contribution(contribution, by=by)
    authority = authority.strip()
    if authority == contribution.authority:
        return
    record(Change.AUTHORITY, contribution, by=by, before=contribution.authority, after=authority)
    contribution.authority = authority
    contribution.save(update_fields=["authority"])


@transaction.atomic
def remove(contribution: Contribution, *, by: User, upload: Upload | None = None) -> None:
    """Take a contribution out of its section; its text and history stay, and it can be brought back. Raise Problem."""
    contribution = lock_contribution(contribution, by=by)
    if contribution.removed_at:
        return
    record(Change.REMOVED, contribution, by=by, upload=upload)
    contribution.removed_at = timezone.now()
    contribution.save(update_fields=["removed_at"])


@transaction.atomic
def restore(contribution: Contribution, *, by: User, upload: Upload | None = None) -> None:
    """Put a contribution that was removed back into its section. Raise Problem."""
    contribution = lock_contribution(contribution, by=by)
    if not contribution.removed_at:
        return
    record(Change.RESTORED, contribution, by=by, upload=upload)
    contribution.removed_at = None
    contribution.save(update_fields=["removed_at"])


@transaction.atomic
def move(contribution: Contribution, *, places: int, by: User) -> None:
    """Move a contribution up (negative `places`) or down, and renumber those of its section. Raise Problem.

    The order of a section is no one contribution's own: it needs the right to the whole section.
    """
    contribution = lock_contribution(contribution, "write_section", by=by)
    order = list(contribution.section.contributions.live())
    old = next((i for i, other in enumerate(order) if other.pk == contribution.pk), None)
    if old is None:
        return
    new = min(max(0, old + places), len(order) - 1)
    if new == old:
        return
    record(Change.MOVED, contribution, by=by, before=str(old + 1), after=str(new + 1))
    order.insert(new, order.pop(old))
    for position, other in enumerate(order, start=1):
        if other.position != position:
            other.position = position
            other.save(update_fields=["position"])


@transaction.atomic
def set_nothing(section: Section, nothing: bool, *, by: User, upload: Upload | None = None) -> None:
    """Say "nothing to report", or take it back. The section's text is put aside, not removed. Raise Problem."""
    locked = lock_section(section, "write_section", by=by)
    section.nothing_to_report = nothing  # the caller goes on with this object
    if locked.nothing_to_report == nothing:
        return
    change = Change.NOTHING if nothing else Change.NOT_NOTHING
    SectionLog.objects.create(section=locked, change=change, by=by, upload=upload)
    locked.nothing_to_report = nothing
    locked.save(update_fields=["nothing_to_report"])


def record(
    change: Change,
    contribution: Contribution,
    *,
    by: User,
    before: str = "",
    after: str = "",
    upload: Upload | None = None,
) -> None:
    """Add a row about a contribution to the log of its section."""
    SectionLog.objects.create(
        section_id=contribution.section_id,
        contribution=contribution,
        change=change,
        by=by,
        before=before,
        after=after,
        upload=upload,
    )
