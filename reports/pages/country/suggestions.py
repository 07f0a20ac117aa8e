"""Suggestions of colleagues beside their texts: the difference against each text as it is now, change by change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from reports.document.compare import compare
from reports.document.suggested import ChangeNow, against
from reports.languages import PORTAL_LANGUAGES
from reports.models import MACHINE, Contribution, Outcome, Report, Section, Suggestion, User, units_behind
from reports.pages.parts import section_url
from reports.rules import suggestions

MOST_COMPARED = 200_000  # characters of the texts that one page compares; the others have a link to their own page
TOLD_FOR = timedelta(days=30)  # how long the page of a text says what became of the reader's own suggestions


@dataclass(frozen=True)
class ComparedChange:
    """A suggested change; `html` has <ins> and <del> marks, not yet cleaned."""

    change: ChangeNow
    html: str

    @property
    def is_formatting(self) -> bool:
        """Whether the words stay the same."""
        return "<ins>" not in self.html and "<del>" not in self.html


@dataclass(frozen=True)
class ComparedSuggestion:
    """A suggestion with its changes; none where the page has too much to compare."""

    row: Suggestion
    changes: list[ComparedChange]

    @property
    def lang(self) -> str:
        return self.row.language or self.row.contribution.language

    @property
    def has_machine(self) -> bool:
        """Whether the text has a machine's draft that no person has read. Needs a contribution `with_machine`, or a
        suggestion of `suggestions_of`."""
        name = f"machine_{self.row.language}"
        return any(getattr(row, name, False) for row in (self.row, self.row.contribution))

    @property
    def open_changes(self) -> list[ComparedChange]:
        """Those that the text does not have yet."""
        return [one for one in self.changes if not one.change.is_done]


@dataclass(frozen=True)
class PartSuggestions:
    """What a page of texts shows of suggestions, by the key of the contribution.

    `to_decide` are those that wait for the reader, `own` those that the reader made; `offered` are the contributions
    to which the reader may suggest a change, and `offered_languages` the languages of those translations that the
    reader does not write.
    """

    to_decide: dict[int, list[ComparedSuggestion]] = field(default_factory=dict)
    own: dict[int, list[Suggestion]] = field(default_factory=dict)
    offered: frozenset[int] = frozenset()
    offered_languages: dict[int, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SuggestPage:
    """The page on which somebody changes a copy of a text, to suggest it: the original, or a translation into
    `language`."""

    report: Report
    section: Section
    contribution: Contribution
    language: str
    back_url: str


@dataclass(frozen=True)
class SuggestionPage:
    """One suggestion by itself. `is_own`: the reader made it and may take it back while it waits."""

    report: Report
    section: Section
    one: ComparedSuggestion
    is_own: bool
    may: dict[str, bool]
    back_url: str


def part_suggestions(user: User, sections: Iterable[Section]) -> PartSuggestions:
    """Return what the page of these sections shows. One query."""
    sections = list(sections)
    rows = {row.pk: row for section in sections for row in section.contributions_now}
    found = PartSuggestions(
        offered=frozenset(pk for pk, row in rows.items() if offers(user, row)),
        offered_languages={
            pk: [language for language in row.translations() if offers(user, row, language)] for pk, row in rows.items()
        },
    )
    room = MOST_COMPARED
    for suggestion in told_of(user, sections):
        if suggestion.contribution_id not in rows:
            continue  # its text was removed or emptied
        suggestion.contribution = rows[suggestion.contribution_id]
        if suggestion.by_id == user.pk:
            found.own.setdefault(suggestion.contribution_id, []).append(suggestion)
        elif suggestions.may_decide(user, suggestion):
            room -= len(suggestion.base_text) + len(suggestion.body)
            compared = compared_suggestion(suggestion) if room >= 0 else ComparedSuggestion(suggestion, [])
            found.to_decide.setdefault(suggestion.contribution_id, []).append(compared)
    return found


def offers(user: User, row: Contribution, language: str = "") -> bool:
    return suggestions.may_suggest(user, row.section, row, language)


def told_of(user: User, sections: Iterable[Section]) -> QuerySet[Suggestion]:
    """Return the suggestions of these sections that wait, and what became of the user's own ones lately."""
    lately = Q(by=user, end__at__gte=timezone.now() - TOLD_FOR) & ~Q(end__outcome=Outcome.WITHDRAWN)
    rows = Suggestion.objects.filter(Q(end=None) | lately, contribution__section__in=sections)
    return rows.with_base_text().select_related("by", "end__by")


def compared_suggestion(suggestion: Suggestion) -> ComparedSuggestion:
    """Compare a suggestion, fetched `with_base_text`, with the text as it is now."""
    contribution, language = suggestion.contribution, suggestion.language
    now = getattr(contribution, f"translation_{language}" if language else "body") or ""
    found = against(suggestion.base_text, suggestion.body, now)
    return ComparedSuggestion(suggestion, [ComparedChange(one, compare(one.now, one.then)) for one in found])


def suggest_page(contribution: Contribution, language: str, report: Report) -> SuggestPage:
    section = contribution.section
    return SuggestPage(report, section, contribution, language, section_url(section, report))


def suggestion_page(user: User, suggestion: Suggestion, report: Report) -> SuggestionPage:
    contribution = suggestion.contribution
    waits = suggestion.ended is None
    return SuggestionPage(
        report=report,
        section=contribution.section,
        one=compared_suggestion(suggestion) if waits else as_suggested(suggestion),
        is_own=waits and suggestion.by_id == user.pk,
        may={"decide": waits and suggestions.may_decide(user, suggestion)},
        back_url=section_url(contribution.section, report),
    )


def as_suggested(suggestion: Suggestion) -> ComparedSuggestion:
    """Compare a suggestion that was decided with the text that it grew from."""
    found = against(suggestion.base_text, suggestion.body, suggestion.base_text)
    return ComparedSuggestion(suggestion, [ComparedChange(one, compare(one.now, one.then)) for one in found])


def suggestions_of(report: Report) -> QuerySet[Suggestion]:
    """Return the suggestions of a report, with what the page of one of them shows."""
    asked = {f"machine_{code}": Q(**{f"contribution__units_{code}__contains": MACHINE}) for code in PORTAL_LANGUAGES}
    rows = Suggestion.objects.filter(contribution__section__report=report).with_base_text().annotate(**asked)
    return rows.select_related(
        "by",
        "end__by",
        "contribution__section__report__form",
        "contribution__section__report__country",
        "contribution__section__question__goal__target",
        "contribution__section__question__target",
    ).defer(*units_behind("contribution"))


def passages_of(report: Report, *, removed_too: bool = False) -> QuerySet[Contribution]:
    """Return the contributions of a report that people read, with what the page for a suggestion shows.

    `removed_too`: also those that were taken out, perhaps since somebody opened the page.
    """
    shown = Contribution.objects.live().filter(section__nothing_to_report=False)
    rows = Contribution.objects.all() if removed_too else shown
    return (
        rows.with_numbers()
        .with_machine()
        .filter(section__report=report)
        .select_related(
            "section__report__form",
            "section__report__country",
            "section__question__goal__target",
            "section__question__target",
        )
    )
