"""Editions of the reporting form, and the questions of each."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from reports.models import codes, fixed_columns
from reports.models.framework import OperationalGoal, PolicyTarget

gettext_noop("Brussels")  # for `city`: the city of the default time zone, which no other line marks


class Layout(models.TextChoices):
    BY_TARGET = "by-target", _("By policy target, as a table")
    BY_GOAL = "by-goal", _("By operational goal: A, B, C")


class ReportingFormManager(models.Manager["ReportingForm"]):
    def get_by_natural_key(self, year: int) -> "ReportingForm":
        return self.get(year=year)


class ReportingForm(models.Model):
    """One edition of the form. `previous` is the edition whose announcements it asks about, not always last year's."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    layout = models.CharField(_("layout"), max_length=20, choices=Layout.choices)
    opens = models.DateField(_("opens on"))
    due = models.DateField(_("due on"), help_text=_("The whole day, in the time zone of the form."))
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Brussels")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_editions", verbose_name=_("previous form")
    )

    objects = ReportingFormManager()

    class Meta:
        ordering = ["-year"]
        verbose_name = _("reporting form")
        verbose_name_plural = _("reporting forms")
        constraints = [models.CheckConstraint(name="form_opens_before_due", condition=Q(opens__lte=F("due")))]

    def __str__(self) -> str:
        return f"{self.year}"

    def natural_key(self) -> tuple[int]:
        return (self.year,)

    def clean(self) -> None:
        fixed_columns.check(self, "reports")

    @property
    def due_at(self) -> datetime:
        """The last moment of the due day, in the form's time zone."""
        return self.end_of(self.due)

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, time(23, 59, 59), ZoneInfo(self.time_zone))

    @property
    def city(self) -> str:
        """The city that names the time zone, translated if the catalogues have it."""
        return gettext(self.time_zone.rsplit("/", 1)[-1].replace("_", " "))

    def is_past(self, moment: datetime) -> bool:
        """Whether this moment is after the due day."""
        return moment > self.due_at

    @property
    def opens_at(self) -> datetime:
        return datetime.combine(self.opens, time.min, ZoneInfo(self.time_zone))


class QuestionManager(models.Manager["Question"]):
    def get_by_natural_key(self, year: int, code: str) -> "Question":
        return self.get(form__year=year, code=code)


class Question(models.Model):
    """One question of one edition of the form. Its texts belong to that edition, so an old form is never changed.

    `label` is the short name on the pages ("Measures"); `heading` and `prompt` are printed. `guidance` is what the
    secretariat advises to write: it stands beside the question on the country's page and is never printed.
    """

    form = models.ForeignKey(ReportingForm, models.CASCADE, related_name="questions", verbose_name=_("reporting form"))
    code = models.CharField(_("code"), max_length=30)
    target = models.ForeignKey(
        PolicyTarget, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("policy target")
    )
    goal = models.ForeignKey(
        OperationalGoal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("operational goal"),
    )
    letter = models.CharField(_("letter"), max_length=1, blank=True, choices=[(c, c) for c in "ABC"])
    label = models.CharField(_("short name"), max_length=50)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    prompt = models.TextField(_("prompt"))
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("Stands beside the question while a country writes. Never printed.")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    follows = models.ManyToManyField(
        "self", blank=True, symmetrical=False, related_name="followed_by", verbose_name=_("asks about")
    )

    objects = QuestionManager()

    class Meta:
        ordering = ["form", "position"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["form", "code"], name="question_code_once_per_form"),
            codes.code_constraint(
                "question_code_fits_address",
                codes.QUESTION,
                _("The code has letters without accents, digits and full stops, and begins with a letter or a digit."),
            ),
            models.CheckConstraint(
                name="question_has_target_or_goal",
                condition=Q(target__isnull=False, goal__isnull=True) | Q(target__isnull=True, goal__isnull=False),
                violation_error_message=_("A question belongs to a policy target or to an operational goal, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The question as people know it, in the language of the page: "2.1.B Progress", "1 Undertaken"."""
        return f"{self.code if self.letter else self.code.partition('.')[0]} {self.label}"

    @property
    def short_name(self) -> str:
        """The same where there is little room: "2.1.B". A question without a letter has no shorter name."""
        return self.code if self.letter else self.name

    def natural_key(self) -> tuple[int, str]:
        return (self.form.year, self.code)

    def clean(self) -> None:
        fixed_columns.check(self, "sections")

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "reports.reportingform",
        "reports.policytarget",
        "reports.operationalgoal",
    ]
