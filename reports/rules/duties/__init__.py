"""What awaits a person, computed at each visit from the table of permissions and the state of things.

Nothing is stored and nothing is ticked off: a duty is gone when it is done. A further kind of duty is one more function
in a list of sources; it yields only what `permissions.may` lets the user do now, and asks the database as often for
many reports as for one.
"""

from collections.abc import Callable, Iterable

from reports.models import User
from reports.rules.duties import accounts, approving, comments, others, secretariat, translating, writing
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation

__all__ = ["Duty", "Kind", "awaited_by", "awaited_of_others", "number_awaited"]

Source = Callable[[Situation], Iterable[Duty]]
OF_COUNTRIES: tuple[Source, ...] = (
    *writing.SOURCES,
    *translating.SOURCES,
    *comments.SOURCES,
    *approving.SOURCES,
)
OWN: tuple[Source, ...] = (*OF_COUNTRIES, *secretariat.SOURCES, *accounts.SOURCES)
ORDER = list(Kind)


def situation_of(user: User) -> Situation:
    """Return what was read of the user's reports in this request."""
    known: Situation = user.__dict__.setdefault("_situation", Situation(user))
    return known


def awaited_by(user: User) -> list[Duty]:
    """Return everything that is the user's to do, by kind and then by the time since when it waits."""
    now = situation_of(user)
    if "_duties" not in user.__dict__:
        user.__dict__["_duties"] = sorted(
            (duty for source in OWN for duty in source(now)), key=lambda duty: ORDER.index(duty.kind)
        )
    return list(user.__dict__["_duties"])


def number_awaited(user: User) -> int:
    """Return how many duties there are, for the head of every page: it reads less than `awaited_by`."""
    if "_duties" in user.__dict__:
        return len(user.__dict__["_duties"])
    now = Situation(user, only_number=True)
    sources = (*OF_COUNTRIES, *accounts.SOURCES)
    return sum(1 for source in sources for _duty in source(now)) + secretariat.number(user)


def awaited_of_others(user: User) -> list[Duty]:
    """Return what a focal point's colleagues have not done yet."""
    now = situation_of(user)
    return [duty for source in others.SOURCES for duty in source(now)]
