"""The roles of a user, for the pages: the countries they are in, and their wording."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from reports.models import Country, Membership, User


def countries_of(user: User) -> list[Country]:
    return [m.country for m in with_countries(user) if m.country]


def with_countries(user: User) -> list[Membership]:
    """The user's roles with their countries, by country; those at the secretariat first."""
    prefetch_related_objects(user.roles, "country")
    return sorted(user.roles, key=lambda role: role.country.code if role.country else "")


def describe(user: User) -> str:
    """The user's roles in one line, for the head of the page: "Focal point, Belgium"."""
    roles = [
        _("%(role)s, %(country)s") % {"role": m.get_role_display(), "country": m.country}
        if m.country_id
        else m.get_role_display()
        for m in with_countries(user)
    ]
    return "; ".join(str(role) for role in roles)
