"""What people edit: a country's report, its sections, and the contributions in them."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reports.models.people import Country, User
from reports.models.reporting_form import Question, ReportingForm
from reports.models.revision import How, Revision

MACHINE = '"origin":"machine"'


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent in")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    PUBLISHED = "published", _("Published")


OPEN_STATES = (State.DRAFT, State.RETURNED)
CONTRIBUTIONS = "contributions_now"  # the cached property of Section that `with_sections` fills
UNITS = tuple(f"units_{language}" for language, name in settings.LANGUAGES)  # columns of Contribution


def units_behind(path: str) -> tuple[str, ...]:
    """Return the names to defer where a query loads contributions with other rows: no manager leaves them out there."""
    units = tuple(f"{path}__{name}" for name in UNITS)
    return (*units, f"{path.removesuffix('__contribution')}__units") if "__" in path else units


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Return the reports that this person may know about: their countries', or all for the secretariat.

        Views raise 404 for all others, so that nobody learns whether a report exists.
        """
        if not user.is_authenticated:
            return self.none()
        if any(role.country_id is None for role in user.roles):
            return self
        return self.filter(country__in={role.country_id for role in user.roles})

    def with_progress(self) -> "ReportQuerySet":
        """Annotate the number of sections (`total`), with text (`texts`), and with nothing to report (`nothings`)."""
        nothing = Q(sections__nothing_to_report=True)
        written = Contribution.objects.live().filter(section=OuterRef("sections__pk"))
        counts = {
            "total": Count("sections"),
            "nothings": Count("sections", filter=nothing),
            "texts": Count("sections", filter=~nothing & Exists(written)),
        }
        return self.annotate(**counts)

    def with_sections(self, *, units: bool = False) -> "ReportQuerySet":
        """Fetch all that a page or, with `units`, a document of a report needs, in a number of queries that does not
        grow with it."""
        contributions = Contribution.objects.live().with_numbers().with_machine()
        contributions = contributions.with_units() if units else contributions
        return self.select_related("form__previous", "country").prefetch_related(
            Prefetch(
                "sections",
                Section.objects.select_related("question__target", "question__goal__target")
                .prefetch_related(Prefetch("contributions", contributions, to_attr=CONTRIBUTIONS))
                .order_by("question__position"),
            )
        )


class Report(models.Model):
    """One country's answer to one form. Only rules/workflow.py changes its state."""

    form = models.ForeignKey(ReportingForm, models.PROTECT, related_name="reports", verbose_name=_("reporting form"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="reports", verbose_name=_("country"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(auto_now_add=True)
    extended_to = models.DateField(_("extended to"), null=True, blank=True)

    # Annotated by `with_progress`.
    total: int
    texts: int
    nothings: int

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-form__year"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["form", "country"], name="report_once_per_country"),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=State.values)),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.form}"

    @property
    def is_open(self) -> bool:
        """Whether the country may write in it."""
        return self.state in OPEN_STATES

    @property
    def is_late(self) -> bool:
        """Whether it was first sent in after the due day, or is still not sent in after it."""
        first = min((submission.at for submission in self.submissions.all()), default=None)
        if first is None and not self.is_open:
            return False
        return (first or timezone.now()) > self.due_at

    @property
    def due(self) -> date:
        """The due day of this country: its extension, or else the form's."""
        return self.extended_to or self.form.due

    @property
    def due_at(self) -> datetime:
        return self.form.end_of(self.due)

    @property
    def filled(self) -> int:
        """The number of sections with text or nothing to report; needs `with_progress`."""
        return self.texts + self.nothings


class Section(models.Model):
    """The answer to one question of a report.

    It is blank, has text, or says that there is nothing to report. Contributions are kept when `nothing_to_report` is
    set, but they are neither shown nor printed. `frozen` sections stay as they were sent in: the secretariat returned
    only other sections.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    question = models.ForeignKey(Question, models.PROTECT, related_name="sections")
    nothing_to_report = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "question"], name="section_once_per_question")]

    def __str__(self) -> str:
        return f"{self.report} {self.question}"

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def name(self) -> str:
        return self.question.name

    @property
    def short_name(self) -> str:
        return self.question.short_name

    @cached_property
    def contributions_now(self) -> list["Contribution"]:
        """The section's live contributions, in order; prefetched by `with_sections`."""
        return list(self.contributions.live().with_numbers())

    @property
    def state(self) -> str:
        """The state as in the document: "nothing", "text" or "blank"."""
        if self.nothing_to_report:
            return "nothing"
        return "text" if self.contributions_now else "blank"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def with_units(self) -> "ContributionQuerySet":
        """Load the units of the translations too, which the manager leaves out: they are as long as the texts."""
        return self.defer(None)

    def live(self) -> "ContributionQuerySet":
        """Return the contributions that are shown and printed: not removed and not empty."""
        return self.filter(removed_at__isnull=True).exclude(body="")

    def with_numbers(self) -> "ContributionQuerySet":
        """Annotate the newest revision's `number`, `saved_at` and `newest_how`, and each translation's `number_en` …"""
        return self.annotate(
            number=newest("", "number"),
            saved_at=newest("", "at"),
            newest_how=newest("", "how"),
            **{f"number_{language}": newest(language, "number") for language, name in settings.LANGUAGES},
        )

    def with_machine(self) -> "ContributionQuerySet":
        """Annotate `machine_en` …: whether the translation has a machine's draft that no person has read.

        It is asked of the canonical JSON, where the same words of a text would have other quotation marks.
        """
        asked = {f"machine_{code}": Q(**{f"units_{code}__contains": MACHINE}) for code, _name in settings.LANGUAGES}
        return self.annotate(**asked)


class ContributionManager(models.Manager["Contribution"]):
    """Leaves out the units of the translations, which most pages do not need."""

    def get_queryset(self) -> models.QuerySet["Contribution"]:
        return super().get_queryset().defer(*UNITS)


def newest(language: str, field: str) -> models.Subquery:
    """Return a subquery for a field of a contribution's newest revision. It reads one row, however long the history."""
    revisions = Revision.objects.filter(contribution=OuterRef("pk"), language=language)
    return models.Subquery(revisions.order_by("-number").values(field)[:1])


def no_translation_into_own_language() -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            name=f"contribution_not_translated_into_own_{language}",
            condition=~Q(language__startswith=language)
            | Q(**{f"translation_{language}": ""})
            | Q(**{f"translation_{language}__isnull": True}),
        )
        for language, name in settings.LANGUAGES
    ]


class Contribution(models.Model):
    """What one authority wrote in a section.

    `body` is the original text, in `language`. `translation` has a column for each language of the portal
    (reports/translation.py); the column of the original's own language is empty. Correcting `language` moves no text.
    `units_en` and so on say what each translation was made from, as Units.canonical() of reports/document/translation/
    (ADR 33). They are "" for a translation that does not exist. The manager defers them.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="contributions")
    position = models.PositiveSmallIntegerField(default=1)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20)
    body = models.TextField(_("text"), blank=True)
    translation = models.TextField(_("translation"), blank=True)
    units_en = models.TextField(blank=True, default="", editable=False)
    units_nl = models.TextField(blank=True, default="", editable=False)
    units_fr = models.TextField(blank=True, default="", editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    # Annotated by `with_numbers`.
    number: int
    saved_at: datetime
    newest_how: str

    objects = ContributionManager.from_queryset(ContributionQuerySet)()

    class Meta:
        ordering = ["position", "pk"]
        constraints = no_translation_into_own_language()

    def __str__(self) -> str:
        return self.authority or f"{self.section}, {self.position}"

    @property
    def is_unedited_copy(self) -> bool:
        """Whether nobody has changed it since it was taken over from an earlier report. Needs `with_numbers`."""
        return self.newest_how == How.COPIED

    def translations(self) -> dict[str, str]:
        """The translations that exist, by language."""
        texts = {language: getattr(self, f"translation_{language}") for language, name in settings.LANGUAGES}
        return {language: text for language, text in texts.items() if text}
