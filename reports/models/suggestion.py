"""Changes that a person suggests to a text they may not write, and what became of them. Rows are only added."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import pgettext_lazy

from reports.models.report import Contribution
from reports.models.revision import Revision


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def waiting(self) -> "SuggestionQuerySet":
        """Return those that nobody has decided about, and that were not withdrawn."""
        return self.filter(end=None)

    def to_decide(self) -> "SuggestionQuerySet":
        """Return those that wait for texts that a report has now, in sections that are not closed."""
        return (
            self.waiting()
            .filter(
                contribution__section__frozen=False,
                contribution__section__nothing_to_report=False,
                contribution__removed_at=None,
            )
            .exclude(contribution__body="")
        )

    def with_base_text(self) -> "SuggestionQuerySet":
        """Annotate `base_text`, the text that the suggestion grew from."""
        of_text = Revision.objects.filter(contribution=OuterRef("contribution"), language=OuterRef("language"))
        text = of_text.filter(number=OuterRef("base")).order_by().values("body")
        return self.annotate(base_text=Subquery(text))  # type: ignore[no-redef]


class Suggestion(models.Model):
    """A text of a contribution as somebody who may not write it would have it.

    `language` is "" for the original and a code for a translation, and `base` the number of the revision that the
    suggestion grew from, as in Revision. `body` is in normal form.
    """

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="suggestions")
    language = models.CharField(max_length=5, blank=True)
    base = models.PositiveIntegerField()
    body = models.TextField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="suggestions")
    at = models.DateTimeField(auto_now_add=True)

    base_text: str  # annotated by `with_base_text`

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="suggestion_has_text", condition=~Q(body=""))]

    def __str__(self) -> str:
        return f"{self.contribution}, {self.pk}"

    @property
    def ended(self) -> "SuggestionEnd | None":
        """What became of it; None while it waits."""
        return getattr(self, "end", None)


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("a suggestion", "Accepted")
    PARTLY = "partly", pgettext_lazy("a suggestion", "Partly accepted")
    DECLINED = "declined", pgettext_lazy("a suggestion", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("a suggestion", "Withdrawn")


class SuggestionEnd(models.Model):
    """What became of a suggestion, once. `revision` is the save that it was accepted with, null if that saved nothing.

    `comment` is what was said to the person who suggested.
    """

    suggestion = models.OneToOneField(Suggestion, models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    comment = models.TextField(blank=True)
    revision = models.OneToOneField(Revision, models.PROTECT, null=True, related_name="suggestion_end")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="suggestion_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="suggestion_saved_only_if_accepted",
                condition=Q(revision=None) | Q(outcome__in=[Outcome.ACCEPTED, Outcome.PARTLY]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion}: {self.outcome}"
