"""The verbs that change what stands in a section. Each is one transaction under the report's row lock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.models import Contribution, How, Reading, Report, Revision, Section, User
from reports.readers import language as passage_language

LONGEST_TEXT = 200_000  # characters of one contribution: a hundred printed pages


@dataclass(frozen=True)
class Saved:
    """What became of one save. With "conflict", `theirs` stands in the report and `mine` does not."""

    outcome: Literal["saved", "unchanged", "conflict"]
    contribution: Contribution
    language: str
    number: int
    mine: str
    theirs: str = ""
    their_author: User | None = None
    their_time: datetime | None = None


def lock(report: Report) -> Report:
    """The report's row, locked until the end of the transaction. Raises Problem when the country may not write."""
    locked = Report.objects.select_for_update().get(pk=report.pk)
    if not locked.is_open:
        raise Problem(
            gettext_noop(
                "This report has been sent in, so it cannot be changed now. Take it back, or wait until it is returned."
            )
        )
    return locked


def fresh(contribution: Contribution) -> Contribution:
    """The contribution as it stands now, under the lock of its report. Raises Problem like `lock`."""
    lock(contribution.section.report)
    return Contribution.objects.select_related("section__report").get(pk=contribution.pk)


def checked(body: str) -> str:
    """The normal form of a text. Raises Problem when it is too long or holds characters that no text holds."""
    if len(body) > LONGEST_TEXT:
        raise Problem(
            gettext_noop(
                "This text has %(length)s characters; the portal takes up to %(limit)s in one contribution. "
                "Divide it over two contributions. Nothing was lost: the text is still in its box."
            ),
            length=len(body),
            limit=LONGEST_TEXT,
        )
    return richtext.normalise(body)


def language_of(body: str, by: User) -> str:
    """The language of a text that somebody typed; of a text too short to tell, the writer's own."""
    found = passage_language.detect(richtext.words(body))
    return found.code if found.sure else by.language


@transaction.atomic
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

    The same `save_id` again adds nothing and returns what it added before. Raises Problem.
    """
    lock(section.report)
    before = Revision.objects.filter(pk=save_id).select_related("contribution").first()
    if before:
        return before.contribution
    body = checked(body)
    last = section.contributions.aggregate(last=Max("position"))["last"] or 0
    contribution = Contribution.objects.create(
        section=section,
        position=last + 1,
        authority=authority.strip(),
        language=language or language_of(body, by),
        body=body,
    )
    Revision.objects.create(
        id=save_id or uuid4(), contribution=contribution, number=1, base=0, body=body, by=by, how=how, reading=reading
    )
    return contribution


@transaction.atomic
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
) -> Saved:
    """Saves one text of a contribution: the original, or the translation into `language`.

    `base` is the number of the revision that the writer had before them (0 for a translation not yet begun). When
    another save came in between and the text differs from both, nothing is written and both texts are returned.
    Raises Problem.
    """
    contribution = fresh(contribution)
    revisions = contribution.revisions.filter(language=language)
    repeated = Revision.objects.filter(pk=save_id, contribution=contribution).first()
    if repeated:
        return Saved("saved", contribution, language, repeated.number, repeated.body)
    body = checked(body)
    now = revisions.select_related("by").order_by("number").last()
    started_from = revisions.filter(number=base).values_list("body", flat=True).first() or ""
    number = now.number if now else 0
    if body == started_from or (now and body == now.body):
        return Saved("unchanged", contribution, language, number, body)
    if number != base and now:
        return Saved("conflict", contribution, language, number, body, now.body, now.by, now.at)
    Revision.objects.create(
        id=save_id or uuid4(),
        contribution=contribution,
        language=language,
        number=number + 1,
        base=base,
        body=body,
        by=by,
        how=how,
        reading=reading,
    )
    field = f"translation_{language}" if language else "body"
    setattr(contribution, field, body)
    contribution.removed_at = None  # a colleague may have removed it meanwhile: what was written since must show
    contribution.save(update_fields=[field, "removed_at"])
    return Saved("saved", contribution, language, number + 1, body)


@transaction.atomic
def set_language(contribution: Contribution, language: str, *, by: User) -> None:
    """Corrects the language of an original; no text moves. Raises Problem where a translation stands in the way."""
    contribution = fresh(contribution)
    if contribution.translations().get(language.split("-")[0]):
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
    contribution = fresh(contribution)
    contribution.authority = authority.strip()
    contribution.save(update_fields=["authority"])


@transaction.atomic
def remove(contribution: Contribution, *, by: User) -> None:
    """Takes a contribution out of its section; its text and history stay, and it can be brought back."""
    contribution = fresh(contribution)
    contribution.removed_at = contribution.removed_at or timezone.now()
    contribution.save(update_fields=["removed_at"])


@transaction.atomic
def bring_back(contribution: Contribution, *, by: User) -> None:
    contribution = fresh(contribution)
    contribution.removed_at = None
    contribution.save(update_fields=["removed_at"])


@transaction.atomic
def move(contribution: Contribution, places: int, *, by: User) -> None:
    """Moves a contribution up (negative) or down among its section's, and numbers them anew."""
    contribution = fresh(contribution)
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
    lock(section.report)
    section.nothing_to_report = nothing
    section.save(update_fields=["nothing_to_report"])
