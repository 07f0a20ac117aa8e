"""Who may do what. A report that a person may not know of is 404 (Report.objects.visible_to); the rest is asked here."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from reports.models import Country, Membership, Report, Role, State, User


def memberships(user: User) -> list[Membership]:
    """The person's roles, read once for each request."""
    if not hasattr(user, "memberships_read"):
        user.memberships_read = list(user.memberships.select_related("country").order_by("country__code"))
    return user.memberships_read


def at_secretariat(user: User) -> bool:
    return any(m.country_id is None for m in memberships(user))


def countries_of(user: User) -> list[Country]:
    return [m.country for m in memberships(user) if m.country_id]


def writes_for_country(user: User, report: Report) -> bool:
    return any(m.country_id == report.country_id for m in memberships(user))


def is_focal_point(user: User, report: Report) -> bool:
    return any(m.country_id == report.country_id and m.role == Role.FOCAL_POINT for m in memberships(user))


def in_states(*states: State) -> Callable[[User, Report], bool]:
    return lambda user, report: report.state in states


def is_open(user: User, report: Report) -> bool:
    return report.is_open


def secretariat(user: User, report: Report) -> bool:
    return at_secretariat(user)


# An action is allowed when one of its rows holds: every predicate of that row.
ALLOWED: dict[str, tuple[tuple[Callable[[User, Report], bool], ...], ...]] = {
    "see": ((writes_for_country,), (secretariat,)),
    "read_draft": ((writes_for_country,),),
    "write": ((writes_for_country, is_open),),
    "import": ((is_focal_point, is_open),),
    "send_in": ((is_focal_point, is_open),),
    "withdraw": ((is_focal_point, in_states(State.SUBMITTED)),),
    "read_submission": ((writes_for_country,), (secretariat,)),
}


def may(user: User, action: str, report: Report) -> bool:
    """Whether this person may do this now. Raises KeyError for an action that the table does not hold."""
    return any(all(holds(user, report) for holds in row) for row in ALLOWED[action])


def check(user: User, action: str, report: Report) -> None:
    """Raises PermissionDenied unless `may`."""
    if not may(user, action, report):
        raise PermissionDenied


def may_open(user: User, country: Country) -> bool:
    """Whether this person may begin a report for that country."""
    return any(m.country_id == country.pk and m.role == Role.FOCAL_POINT for m in memberships(user))


def describe(user: User) -> str:
    """The person's place in one line, for the head of the page: "Focal point, Belgium"."""
    roles = [
        _("%(role)s, %(country)s") % {"role": m.get_role_display(), "country": m.country}
        if m.country_id
        else m.get_role_display()
        for m in memberships(user)
    ]
    return "; ".join(str(role) for role in roles)
