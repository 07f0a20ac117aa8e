"""E-mails about suggestions of colleagues. They go to people of the country only."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Outcome, Suggestion, SuggestionEnd, User
from reports.notifications.outbox import Notification, enqueue, report_params

NEW = (
    gettext_noop("A suggestion for section %(code)s of the report of %(country)s for %(year)s"),
    gettext_noop("%(who)s suggests changes to a text in section %(code)s of the report of %(country)s for %(year)s."),
)
# The subject and the sentence for each outcome.
ENDED = {
    Outcome.ACCEPTED: (
        gettext_noop("Your suggestion for section %(code)s was accepted, %(country)s, %(year)s"),
        gettext_noop("%(who)s has accepted your suggestion for section %(code)s of the report for %(year)s."),
    ),
    Outcome.PARTLY: (
        gettext_noop("Your suggestion for section %(code)s was partly accepted, %(country)s, %(year)s"),
        gettext_noop(
            "%(who)s has accepted some of the changes that you suggested for section %(code)s of the report for "
            "%(year)s."
        ),
    ),
    Outcome.DECLINED: (
        gettext_noop("Your suggestion for section %(code)s was declined, %(country)s, %(year)s"),
        gettext_noop("%(who)s has declined your suggestion for section %(code)s of the report for %(year)s."),
    ),
}


def notify_suggestion(suggestion: Suggestion, writers: Iterable[User]) -> None:
    """Tell those who may write the text about a new suggestion."""
    subject, sentence = NEW
    key = f"suggestion/{suggestion.pk}"
    enqueue(notification(suggestion, key, subject, sentence, quote=suggestion.note, who=suggestion.by), writers)


def notify_outcome(end: SuggestionEnd) -> None:
    """Tell the person who suggested what became of it, if they still have a role in the country."""
    suggestion = end.suggestion
    country = suggestion.contribution.section.report.country
    by = User.objects.filter(pk=suggestion.by_id, is_active=True, memberships__country=country)
    subject, sentence = ENDED[Outcome(end.outcome)]
    key = f"suggestion/{suggestion.pk}/{end.outcome}"
    enqueue(notification(suggestion, key, subject, sentence, quote=end.comment, who=end.by), by)


def notification(suggestion: Suggestion, key: str, subject: str, sentence: str, **of: object) -> Notification:
    """`of`: who did it, and what they said about it (`quote`)."""
    section = suggestion.contribution.section
    report = section.report
    return Notification(
        kind=MailKind.SUGGESTIONS,
        key=key,
        subject=subject,
        sentence=sentence,
        quote=str(of["quote"]),
        path=reverse("suggestion", args=[report.country.code, report.form.year, suggestion.pk]),
        params=report_params(report, code=section.code, who=of["who"]),
        country=report.country,
    )
