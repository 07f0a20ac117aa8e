"""What several pages say in the same words: refusals, the state of a report, people, languages."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext as _

from reports.document.problem import Problem, format_message
from reports.document.tree import Document
from reports.languages import language_within
from reports.models import Report, State, User


def in_words(problem: Problem) -> str:
    """Return a refusal in the interface language."""
    return fill(problem.message, problem.params)


def fill(message: str, params: Mapping[str, object]) -> str:
    """Translate an English sentence that was marked for translation, then fill in its parameters."""
    return format_message(gettext(message), params, get_language() or "en")


def state_for_country(report: Report | None) -> str:
    """Return the state of a report as its country reads it. The secretariat has labels of its own."""
    if report is None:
        return _("Not started")
    return {
        State.DRAFT: _("Draft"),
        State.SUBMITTED: pgettext("a report, to its country", "Sent in"),
        State.RETURNED: _("Returned to you"),
        State.ACCEPTED: _("Accepted"),
        State.PUBLISHED: _("Published"),
    }[State(report.state)]


def state_for_secretariat(report: Report | None) -> str:
    """Return the state of a report as the secretariat reads it."""
    if report is None:
        return _("Not started")
    return {
        State.DRAFT: _("Draft"),
        State.SUBMITTED: _("To review"),
        State.RETURNED: _("Returned"),
        State.ACCEPTED: _("Accepted"),
        State.PUBLISHED: _("Published"),
    }[State(report.state)]


def colleague_name(user: User | None) -> str:
    """Return a colleague's name, never the e-mail address."""
    return (user and user.name) or _("A colleague")


def languages_in(document: Document) -> str:
    """Return the names of the languages in which a document's passages were written, separated by commas."""
    codes = {contribution.language for section in document.sections() for contribution in section.contributions}
    return ", ".join(sorted(language_within(code) for code in codes))
