"""How a text came to be what it is: its saves as one reads them, a sitting of one writer as one version."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Conflict, Contribution, How, Revision, Submission, User
from reports.rules import locks, saving

SITTING = timedelta(minutes=30)  # the longest pause within one sitting
ALONE = (How.READ, How.RESTORED)  # a save that is a version by itself
FOR_THE_LIST = ("contribution", "language", "number", "at", "how", "by__name", "by__email", "reading__file_name")


@dataclass(frozen=True)
class Version:
    """What one reads as one version: a sitting, with the text of its last save. Its saves are loaded without texts."""

    number: int
    saves: tuple[Revision, ...]
    merged_with: User | None = None  # whose change a merging took in
    submissions: tuple[int, ...] = ()  # the numbers of those that hold this text
    settled: int = 0  # paragraphs that two people changed here
    unsettled: int = 0

    @property
    def revision(self) -> Revision:
        """The last save. Asking for its `body` is a query of its own."""
        return self.saves[-1]

    @property
    def by(self) -> User:
        return self.revision.by

    @property
    def since(self) -> datetime:
        return self.saves[0].at

    @property
    def until(self) -> datetime:
        return self.revision.at

    @property
    def hows(self) -> tuple[How, ...]:
        """How its text came in, each way once, in their order."""
        return tuple(dict.fromkeys(How(save.how) for save in self.saves))

    @property
    def file_name(self) -> str:
        """The file that it was read from, or ""."""
        return self.revision.reading.file_name if self.revision.reading_id else ""

    @property
    def as_sent(self) -> tuple[Revision, ...]:
        """The saves that merging made another text of. Of those in a row the last: each grew from the one before."""
        following = (*self.saves[1:], None)
        return tuple(
            save for save, after in zip(self.saves, following, strict=True) if save.was_merged and not was_merged(after)
        )


def was_merged(save: Revision | None) -> bool:
    return save is not None and save.was_merged


def languages(contribution: Contribution) -> list[str]:
    """Its texts that have a history: "" for the original, then the translations' codes."""
    return sorted(contribution.revisions.order_by().values_list("language", flat=True).distinct())


def versions(contribution: Contribution, language: str = "") -> list[Version]:
    """The versions of one text, oldest first: of the original, or of the translation into `language`.

    At most four queries, however long the history; no text is loaded but those that stood when the report was sent in.
    """
    rows = contribution.revisions.filter(language=language).select_related("by", "reading").only(*FOR_THE_LIST)
    saves = list(rows.annotate(was_merged=~Q(sent="")).order_by("number"))
    submissions = list(contribution.section.report.submissions.order_by("number"))
    sittings = list(in_sittings(saves, sorted(submission.at for submission in submissions)))
    held = held_by(submissions, contribution, language, saves)
    conflicts = conflicts_in(contribution, language)
    found: list[Version] = []
    for number, sitting in enumerate(sittings, start=1):
        settled = [is_settled for save in sitting for is_settled in conflicts.get(save.number, ())]
        found.append(
            Version(
                number=number,
                saves=tuple(sitting),
                merged_with=merged_with(sitting, found[-1] if found else None),
                submissions=held.get(sitting[-1].number, ()),
                settled=settled.count(True),
                unsettled=settled.count(False),
            )
        )
    return found


def in_sittings(saves: Iterable[Revision], sent_in: list[datetime]) -> Iterator[list[Revision]]:
    """Cuts the saves of a text into sittings. `sent_in`: when the report was sent in, in order."""
    sitting: list[Revision] = []
    for save in saves:
        if sitting and not goes_on(sitting[-1], save, sent_in):
            yield sitting
            sitting = []
        sitting.append(save)
    if sitting:
        yield sitting


def goes_on(before: Revision, after: Revision, sent_in: list[datetime]) -> bool:
    """Whether two saves, one right after the other, belong to one sitting."""
    return (
        before.by_id == after.by_id
        and after.at - before.at <= SITTING
        and before.reading_id == after.reading_id
        and before.how not in ALONE
        and after.how not in ALONE
        and bisect_left(sent_in, before.at) == bisect_left(sent_in, after.at)
    )


def merged_with(sitting: list[Revision], before: Version | None) -> User | None:
    """Whose change a sitting's first save was merged with, if it was."""
    if before is None or not sitting[0].was_merged or before.revision.by_id == sitting[0].by_id:
        return None
    return before.by


def held_by(
    submissions: Iterable[Submission], contribution: Contribution, language: str, saves: list[Revision]
) -> dict[int, tuple[int, ...]]:
    """The submissions that hold a text, by its save's number: the newest when the report was sent in, if it was
    printed then."""
    newest = {
        submission: next((save for save in reversed(saves) if save.at <= submission.at), None)
        for submission in submissions
    }
    stood = Revision.objects.filter(pk__in={save.pk for save in newest.values() if save})
    texts = dict(stood.values_list("pk", "body"))
    held: dict[int, tuple[int, ...]] = {}
    for submission, save in newest.items():
        if save and texts[save.pk] in texts_in(submission, contribution.section.code, language):
            held[save.number] = (*held.get(save.number, ()), submission.number)
    return held


def texts_in(submission: Submission, code: str, language: str) -> set[str]:
    """The originals, or the translations into `language`, that a submission holds in that section."""
    rows = Document.from_json(submission.document).section(code).contributions
    return {row.body[language or row.language] for row in rows if (language or row.language) in row.body}


def conflicts_in(contribution: Contribution, language: str) -> dict[int, list[bool]]:
    """For each save that had conflicts, by its number: of each whether it is settled."""
    rows = Conflict.objects.filter(revision__contribution=contribution, revision__language=language)
    found: dict[int, list[bool]] = {}
    for number, settled_at in rows.values_list("revision__number", "settled_at"):
        found.setdefault(number, []).append(settled_at is not None)
    return found


def conflicts_of(version: Version) -> list[Conflict]:
    """The paragraphs that two people changed at the same time, with both texts and the people."""
    if not version.settled and not version.unsettled:
        return []
    first, last = version.saves[0], version.saves[-1]
    rows = Conflict.objects.filter(
        revision__contribution=last.contribution_id,
        revision__language=last.language,
        revision__number__range=(first.number, last.number),
    )
    people = rows.select_related("revision__by", "their_author", "settled_by")
    return list(people.defer("revision__body", "revision__sent"))


@transaction.atomic
def bring_back(contribution: Contribution, revision: Revision, *, base: int, by: User) -> saving.Saved:
    """Writes an old text of a contribution as a new save. A contribution that was removed stands in its section again.

    `base` is the number of the text that the person saw as the newest: what others saved since is merged, not
    overwritten. Raises Problem.
    """
    contribution = locks.fresh(contribution)
    if revision.language and contribution.language.startswith(revision.language):
        raise Problem(
            gettext_noop(
                "The contribution itself is now in this language, so it has no translation here. If you need the "
                "translated text, copy it from the history."
            )
        )
    saved = saving.save_text(
        contribution, revision.body, base=base, by=by, language=revision.language, how=How.RESTORED
    )
    if saved.outcome == "unchanged" and contribution.removed_at:
        saving.bring_back(contribution, by=by)
    return saved
