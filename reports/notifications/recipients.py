"""The groups of people who are told something. People whose account is closed are never among them."""

from reports.models import Country, Membership, Role, User


def focal_points(country: Country) -> list[User]:
    return people(country=country, role=Role.FOCAL_POINT)


def reviewers() -> list[User]:
    return people(country=None, role__in=(Role.REVIEWER, Role.ADMINISTRATOR))


def administrators() -> list[User]:
    return people(country=None, role=Role.ADMINISTRATOR)


def people(**role: object) -> list[User]:
    memberships = Membership.objects.filter(user__is_active=True, **role).select_related("user")
    return [membership.user for membership in memberships]


def person_or_group(person: User, group: list[User]) -> list[User]:
    """Return only `person`, or the whole group if that person has left it."""
    return [person] if person in group else group
