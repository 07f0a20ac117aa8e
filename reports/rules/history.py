"""The history of a text as people read it: the saves of one writer in one session of writing are one version."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from reports.document.tree import Document
from reports.models import Conflict, Contribution, How, Revision, Submission, Suggestion, User

MAX_PAUSE = timedelta(minutes=30)  # the longest pause within one version
ALWAYS_ALONE = (How.READ, How.RESTORED, How.SUGGESTED)  # such a save is a version by itself
LIST_FIELDS = ("contribution", "language", "number", "at", "how", "by__name", "by__email", "upload__file_name")
OF_SUGGESTION = "suggestion_end__suggestion__by"
OF_SUGGESTION_FIELDS = (
    "suggestion_end__revision",
    "suggestion_end__suggestion__by__name",
    "suggestion_end__suggestion__by__email",
)


@dataclass(frozen=True)
class Version:
    """Consecutive saves of one writer, with the text of the last one. The saves are loaded without their texts."""

    number: int
    saves: tuple[Revision, ...]
    merged_with: User | None = None  # the author of the version it was merged with
    submissions: tuple[int, ...] = ()  # the numbers of the submissions with this text
    settled: int = 0  # conflicts of these saves
    unsettled: int = 0

    @property
    def revision(self) -> Revision:
        """The last save. Its `body` is deferred: reading it costs a query."""
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
        """How the saves were made, each way once, in order."""
        return tuple(dict.fromkeys(How(save.how) for save in self.saves))

    @property
    def file_name(self) -> str:
        """The name of the file the text was read from, or ""."""
        return self.revision.upload.file_name if self.revision.upload else ""

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion that was accepted with this version."""
        return suggestion_of(self.revision)

    @property
    def as_sent(self) -> tuple[Revision, ...]:
        """The saves whose text merging changed; of several in a row only the last, which is based on the others."""
        following = (*self.saves[1:], None)
        return tuple(
            save
            for save, after in zip(self.saves, following, strict=True)
            if was_merged(save) and not was_merged(after)
        )


def was_merged(save: Revision | None) -> bool:
    """Return whether merging changed the text of a save that `versions` loaded."""
    return bool(getattr(save, "was_merged", False))


def suggestion_of(save: Revision) -> Suggestion | None:
    """Return the suggestion that was accepted with a save that `versions` loaded."""
    end = getattr(save, "suggestion_end", None)
    return end.suggestion if end else None


def languages(contribution: Contribution) -> list[str]:
    """Return the texts that have a history: "" for the original, then the codes of the translations."""
    return sorted(contribution.revisions.order_by().values_list("language", flat=True).distinct())


def versions(contribution: Contribution, language: str = "") -> list[Version]:
    """Return the versions of one text, oldest first: of the original, or of the translation into `language`.

    At most four queries for a history of any length. Texts are loaded only for the saves that were sent in.
    """
    rows = (
        contribution.revisions.filter(language=language)
        .select_related("by", "upload", OF_SUGGESTION)
        .only(*LIST_FIELDS, *OF_SUGGESTION_FIELDS)
    )
    saves = list(rows.annotate(was_merged=~Q(sent="")).order_by("number"))
    submissions = list(contribution.section.report.submissions.order_by("number"))
    groups = list(group_saves(saves, sorted(submission.at for submission in submissions)))
    submitted = submissions_by_save(submissions, contribution, language, saves)
    conflicts = conflicts_in(contribution, language)
    found: list[Version] = []
    for number, group in enumerate(groups, start=1):
        settled = [is_settled for save in group for is_settled in conflicts.get(save.number, ())]
        found.append(
            Version(
                number=number,
                saves=tuple(group),
                merged_with=merged_with(group, found[-1] if found else None),
                submissions=submitted.get(group[-1].number, ()),
                settled=settled.count(True),
                unsettled=settled.count(False),
            )
        )
    return found


def group_saves(saves: Iterable[Revision], sent_in: list[datetime]) -> Iterator[list[Revision]]:
    """Divide the saves of a text into versions. `sent_in`: the times of the submissions, in order."""
    group: list[Revision] = []
    for save in saves:
        if group and not belong_together(group[-1], save, sent_in):
            yield group
            group = []
        group.append(save)
    if group:
        yield group


def belong_together(before: Revision, after: Revision, sent_in: list[datetime]) -> bool:
    """Return whether two consecutive saves belong to one version."""
    return (
        before.by_id == after.by_id
        and after.at - before.at <= MAX_PAUSE
        and before.upload_id == after.upload_id
        and before.how not in ALWAYS_ALONE
        and after.how not in ALWAYS_ALONE
        and not suggestion_of(before)  # merged with a later save, it is no longer How.SUGGESTED
        and not suggestion_of(after)
        and bisect_left(sent_in, before.at) == bisect_left(sent_in, after.at)
    )


def merged_with(group: list[Revision], before: Version | None) -> User | None:
    """Return the author of the version that the first of these saves was merged with, if it was."""
    if before is None or not was_merged(group[0]) or before.revision.by_id == group[0].by_id:
        return None
    return before.by


def submissions_by_save(
    submissions: Iterable[Submission], contribution: Contribution, language: str, saves: Sequence[Revision]
) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the submissions that have the text of a save, by the number of the save.

    That is the newest save when the report was sent in, unless its text was left out of the document then.
    """
    newest = {
        submission: next((save for save in reversed(saves) if save.at <= submission.at), None)
        for submission in submissions
    }
    rows = Revision.objects.filter(pk__in={save.pk for save in newest.values() if save})
    texts = dict(rows.values_list("pk", "body"))
    submitted: dict[int, tuple[int, ...]] = {}
    for submission, save in newest.items():
        if save and texts[save.pk] in texts_in(submission, contribution.section.code, language):
            submitted[save.number] = (*submitted.get(save.number, ()), submission.number)
    return submitted


def texts_in(submission: Submission, code: str, language: str) -> set[str]:
    """Return the originals, or the translations into `language`, of that section in a submission."""
    rows = Document.from_json(submission.document).section(code).contributions
    return {row.body[language or row.language] for row in rows if (language or row.language) in row.body}


def conflicts_in(contribution: Contribution, language: str) -> dict[int, list[bool]]:
    """Return for each save with conflicts, by its number, whether each of them is settled."""
    rows = Conflict.objects.filter(revision__contribution=contribution, revision__language=language)
    found: dict[int, list[bool]] = {}
    for number, settled_at in rows.values_list("revision__number", "settled_at"):
        found.setdefault(number, []).append(settled_at is not None)
    return found


def conflicts_of(version: Version) -> list[Conflict]:
    """Return the conflicts of a version's saves, with both texts and their authors."""
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
