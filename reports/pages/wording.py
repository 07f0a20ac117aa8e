"""Refusals and notices in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from reports.document.problem import Problem, format_message


def in_words(problem: Problem) -> str:
    return fill(problem.message, problem.params)


def fill(message: str, params: Mapping[str, object]) -> str:
    """A marked English sentence, translated and then format_message."""
    return format_message(gettext(message), params, get_language() or "en")
