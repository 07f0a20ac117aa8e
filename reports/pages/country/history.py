"""The history of a text: its versions, and a comparison of two of them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from reports.document.compare import compare
from reports.models import MACHINE, Conflict, Contribution, Report, Revision, Section, User
from reports.pages.country.changes import LoggedChange, contribution_changes, section_changes
from reports.rules import history as rules
from reports.rules import permissions
from reports.rules.history import Version

AT_ONCE = 50  # versions listed on one page


@dataclass(frozen=True)
class VersionComparison:
    """A version, compared with `old` where that is another one. `html` has <ins> and <del> marks, not yet cleaned.

    `has_machine`: one of the two texts has a machine's draft that no person had read.
    """

    new: Version
    old: Version | None = None
    html: str = ""
    has_machine: bool = False

    @property
    def added(self) -> int:
        return self.html.count("<ins>")

    @property
    def removed(self) -> int:
        return self.html.count("<del>")

    @property
    def is_same(self) -> bool:
        return self.old is not None and self.old.revision.body == self.new.revision.body


@dataclass(frozen=True)
class VersionList:
    """A page's worth of versions, the newest first; `all` is the number of versions there are.

    `until` is the last one of the page, `older` and `newer` that of the pages beside it; 0 means that there is none.
    """

    versions: list[Version]
    until: int
    older: int
    newer: int
    all: int


@dataclass(frozen=True)
class HistoryPage:
    """`same`: of the saves shown, the numbers of those whose text is the current one, which nobody can bring back.

    `texts` are the languages with a history, "" for the original; `language` is the one shown, `lang` its code in HTML.
    """

    report: Report
    contribution: Contribution
    section: Section
    language: str
    lang: str
    texts: list[str]
    standing: Version | None
    same: set[int]
    comparison: VersionComparison | None
    listed: VersionList
    conflicts: list[Conflict]
    changes: list[LoggedChange]
    may: dict[str, bool]


def history_page(
    user: User, contribution: Contribution, language: str, *, old: int, new: int, until: int
) -> HistoryPage:
    """Return the page that compares the versions `old` and `new` and lists those up to `until`.

    For a number that no version has, the default is the newest version, compared with the one before it.
    """
    report, versions = contribution.section.report, rules.versions(contribution, language)
    chosen_new = version_at(versions, new) or (versions[-1] if versions else None)
    chosen_old = version_at(versions, old) or (version_at(versions, chosen_new.number - 1) if chosen_new else None)
    listed = version_list(versions, until, {one.number for one in (chosen_old, chosen_new) if one})
    return HistoryPage(
        report=report,
        contribution=contribution,
        section=contribution.section,
        language=language,
        lang=language or contribution.language,
        texts=rules.languages(contribution),
        standing=versions[-1] if versions else None,
        same=same_as_current(versions, listed.versions),
        comparison=comparison_of(chosen_old, chosen_new) if chosen_new else None,
        listed=listed,
        conflicts=rules.conflicts_of(chosen_new) if chosen_new else [],
        changes=contribution_changes(contribution, language, report),
        may={"write": permissions.may(user, permissions.writing_of(language), contribution)},
    )


def version_at(versions: list[Version], number: int) -> Version | None:
    return versions[number - 1] if 0 < number <= len(versions) else None


def same_as_current(versions: list[Version], shown: list[Version]) -> set[int]:
    """Return the numbers of those saves shown whose text is the current one. One query for any length of history."""
    if not versions:
        return set()
    # Compared in the database: the texts of all these versions may be megabytes.
    current = versions[-1].revision
    saves = Revision.objects.filter(pk__in=[version.revision.pk for version in shown], body=current.body)
    return set(saves.values_list("number", flat=True))


def comparison_of(old: Version | None, new: Version) -> VersionComparison:
    """Compare two versions. This loads the texts of these two and of no others; one query asks of their units."""
    saves = [version.revision for version in (old, new) if version and version.revision.language]
    drafted = Revision.objects.filter(pk__in=[save.pk for save in saves], units__contains=MACHINE)
    has_machine = bool(saves) and drafted.exists()
    if old is None or old.number == new.number:
        return VersionComparison(new, has_machine=has_machine)
    return VersionComparison(new, old, compare(old.revision.body, new.revision.body), has_machine)


def version_list(versions: list[Version], until: int, compared: set[int]) -> VersionList:
    """Return a page of versions. Those that are compared are listed on every page, so that a form can keep them."""
    last = until if 0 < until < len(versions) else len(versions)
    first = max(1, last - AT_ONCE + 1)
    numbers = compared | set(range(first, last + 1))
    return VersionList(
        versions=[versions[number - 1] for number in sorted(numbers, reverse=True)],
        until=last if last < len(versions) else 0,
        older=first - 1,
        newer=min(last + AT_ONCE, len(versions)) if last < len(versions) else 0,
        all=len(versions),
    )


@dataclass(frozen=True)
class SectionHistoryPage:
    """The contributions of a section, removed ones too, and what was changed beside their texts."""

    report: Report
    section: Section
    contributions: QuerySet[Contribution]
    changes: list[LoggedChange]


def section_history_page(section: Section, report: Report) -> SectionHistoryPage:
    return SectionHistoryPage(report, section, section.contributions.all(), section_changes(section, report))


def contributions_with_history(report: Report) -> QuerySet[Contribution]:
    """Return the contributions of a report, removed ones too, with what their history's page shows."""
    return Contribution.objects.filter(section__report=report).select_related(
        "section__report__form",
        "section__report__country",
        "section__question__goal__target",
        "section__question__target",
    )


def merged_saves(contribution: Contribution, language: str) -> QuerySet[Revision]:
    """Return the saves of a text that were merged, so that the writer's own text differs from what was stored."""
    return contribution.revisions.filter(language=language).exclude(sent="").select_related("by").defer("body")
