"""Refusals and notices in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from reports.document.problem import Problem, filled


def in_words(problem: Problem) -> str:
    return fill(problem.message, problem.params)


def fill(message: str, params: Mapping[str, object]) -> str:
    """A marked English sentence, translated and then filled."""
    return filled(gettext(message), params, get_language() or "en")
