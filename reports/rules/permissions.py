"""Who may do what. Whose existence one may not know is 404 (Report.objects.visible_to); the rest is here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from reports.models import OPEN_STATES, Country, Membership, Report, Role, State, User


def at_secretariat(user: User) -> bool:
    return any(m.country_id is None for m in user.roles)


def countries_of(user: User) -> list[Country]:
    return [m.country for m in with_countries(user) if m.country_id]


def with_countries(user: User) -> list[Membership]:
    """The person's roles with their countries, by country; those of the secretariat first."""
    prefetch_related_objects(user.roles, "country")
    return sorted(user.roles, key=lambda role: role.country.code if role.country_id else "")


def writes_for_country(user: User, report: Report) -> bool:
    return any(m.country_id == report.country_id for m in user.roles)


def is_focal_point(user: User, report: Report) -> bool:
    return any(m.country_id == report.country_id and m.role == Role.FOCAL_POINT for m in user.roles)


def secretariat(user: User, report: Report | None) -> bool:
    return at_secretariat(user)


def reviews(user: User, report: Report | None) -> bool:
    """Reads submissions on behalf of the secretariat, asks, returns and accepts."""
    return any(m.role in (Role.REVIEWER, Role.ADMINISTRATOR) for m in user.roles)


def administers(user: User, report: Report | None) -> bool:
    """Opens forms, invites people, gives extensions and publishes."""
    return any(m.role == Role.ADMINISTRATOR for m in user.roles)


@dataclass(frozen=True)
class Allowed:
    """Who may do something (one of these must hold), and in which states of the report."""

    who: tuple[Callable[[User, Report], bool], ...]
    states: tuple[State, ...] = tuple(State)


SENT_IN = (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.PUBLISHED)
# The steps that change a report's state have a table of their own: rules/workflow.py.
ALLOWED = {
    "see": Allowed((writes_for_country, secretariat)),
    "read_draft": Allowed((writes_for_country,)),
    "write": Allowed((writes_for_country,), OPEN_STATES),
    "import": Allowed((is_focal_point,), OPEN_STATES),
    "delegate": Allowed((is_focal_point,)),
    "ask_approval": Allowed((is_focal_point,), OPEN_STATES),
    "approve": Allowed((writes_for_country,), OPEN_STATES),
    "read_submission": Allowed((writes_for_country, secretariat)),
    "read_review": Allowed((secretariat,)),
    "review": Allowed((reviews,), (State.SUBMITTED,)),
    "settle": Allowed((reviews,), SENT_IN),
    "read_questions": Allowed((writes_for_country,)),
    "answer": Allowed((writes_for_country,), (State.DRAFT, State.SUBMITTED, State.RETURNED)),
}


def has_right(user: User, action: str, report: Report) -> bool:
    """Whether this person is one who may do this, now or in another state of the report."""
    return any(holds(user, report) for holds in ALLOWED[action].who)


def may(user: User, action: str, report: Report) -> bool:
    """Whether this person may do this now. Raises KeyError for an action that the table does not hold."""
    return report.state in ALLOWED[action].states and has_right(user, action, report)


def check(user: User, action: str, report: Report) -> None:
    """Raises PermissionDenied unless `may`."""
    if not may(user, action, report):
        raise PermissionDenied


def may_open(user: User, country: Country) -> bool:
    """Whether this person may begin a report for that country."""
    return any(m.country_id == country.pk and m.role == Role.FOCAL_POINT for m in user.roles)


def describe(user: User) -> str:
    """The person's place in one line, for the head of the page: "Focal point, Belgium"."""
    roles = [
        _("%(role)s, %(country)s") % {"role": m.get_role_display(), "country": m.country}
        if m.country_id
        else m.get_role_display()
        for m in with_countries(user)
    ]
    return "; ".join(str(role) for role in roles)
