"""What colleagues of a country say to each other about a text. The secretariat never reads it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from reports.models.people import User
from reports.models.report import Contribution, Report


class CommentQuerySet(models.QuerySet["Comment"]):
    def unsettled(self) -> "CommentQuerySet":
        return self.filter(settled_at=None)

    def awaiting(self, user: User, reports: Iterable[Report]) -> "CommentQuerySet":
        """Return the unsettled comments of these reports in which a colleague named `user`, who has said nothing
        since. The contributions that were removed have none. Annotate `named_at`, the time since when it waits.
        """
        naming = CommentMessage.objects.filter(comment=OuterRef("pk"), named=user)
        said = CommentMessage.objects.filter(comment=OuterRef("comment"), by=user, pk__gt=OuterRef("pk"))
        in_reports = self.unsettled().filter(contribution__section__report__in=reports, contribution__removed_at=None)
        open_since = naming.filter(~Exists(said)).order_by("pk").values("at")[:1]
        return in_reports.annotate(named_at=Subquery(open_since)).filter(named_at__isnull=False)  # type: ignore[misc, no-redef]


class Comment(models.Model):
    """A comment on a passage of a text, or on the whole text where `quote` is empty.

    `language` is "" for the original and a code for a translation, as in Revision; `number` is that of the revision
    in which the passage was chosen. `quote` are its words as plain text, `before` and `after` the words around it: with
    them the passage is found in later texts (reports/document/passages.py). The text itself has no mark.
    """

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="comments")
    language = models.CharField(max_length=5, blank=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=100, blank=True)
    after = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    at = models.DateTimeField(auto_now_add=True)
    settled_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    named_at: datetime  # annotated by `awaiting`

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contribution}, {self.pk}"


class CommentAct(models.TextChoices):
    SAID = "said"
    SETTLED = "settled"
    REOPENED = "reopened"


class CommentMessage(models.Model):
    """What somebody did in a comment: said something, settled it, or opened it again. Rows are only added.

    The first is the comment itself. `named` are the colleagues whom the message names.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="messages")
    act = models.CharField(max_length=10, choices=CommentAct.choices, default=CommentAct.SAID)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_message_has_text",
                condition=(Q(act=CommentAct.SAID) & ~Q(text="")) | (~Q(act=CommentAct.SAID) & Q(text="")),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
