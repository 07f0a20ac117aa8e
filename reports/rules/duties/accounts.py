"""Requests about lost devices that a person may confirm."""

from collections.abc import Iterator

from reports.rules import second_factor
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation


def factor_resets(now: Situation) -> Iterator[Duty]:
    for reset in second_factor.resets_to_confirm(now.user):
        yield Duty(Kind.DECIDE_RESET, reset=reset, who=reset.asked_by, since=reset.asked_at)


SOURCES = (factor_resets,)
