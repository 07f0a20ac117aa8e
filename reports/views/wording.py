"""Refusals and notices in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext

from reports.document.problem import Problem


def in_words(problem: Problem) -> str:
    return fill(problem.message, problem.params)


def fill(message: str, params: Mapping[str, object]) -> str:
    """A marked English sentence, translated and then filled."""
    return gettext(message) % params if params else gettext(message)
