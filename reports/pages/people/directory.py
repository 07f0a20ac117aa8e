"""The people of the secretariat and of each country, and the log of their roles."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from reports.models import Country, Membership, Report, Role, RoleLog, User
from reports.rules import people as rules
from reports.rules import permissions
from reports.sorting import sort_key

ENTRIES = 30  # of the log, on one page


@dataclass
class CountryPeople:
    """A country with its people. `found`: those whom a search names, apart from focal points."""

    country: Country
    focal_points: list[Membership] = field(default_factory=list)
    contributors: int = 0
    translators: int = 0
    approvers: int = 0
    found: list[Membership] = field(default_factory=list)


@dataclass(frozen=True)
class PeoplePage:
    """`wanted` is what somebody searches for, "" for everybody."""

    wanted: str
    secretariat: list[Membership]
    countries: list[CountryPeople]
    log: Page[RoleLog]


@dataclass(frozen=True)
class Colleague:
    """A role in a country, and what the user may do about it."""

    membership: Membership
    may_end: bool
    may_invite: bool


@dataclass(frozen=True)
class CountryPeoplePage:
    """`may_invite`: the user; `invites_itself`: the country has a focal point who can sign in, and nobody else may.

    `log`: a page of the log of its roles.
    """

    country: Country
    people: list[Colleague]
    reports: list[Report]
    at_secretariat: bool
    may_invite: bool
    invites_itself: bool
    log: Page[RoleLog]


def people_page(wanted: str, log_page: str) -> PeoplePage:
    """Return everybody, or those whom a search names, and that page of the log of roles."""
    everybody = list(Membership.objects.select_related("user", "country", "invited_by").order_by("role", "user__name"))
    entries = RoleLog.objects.select_related("user", "country", "by")
    return PeoplePage(
        wanted=wanted,
        secretariat=[one for one in everybody if one.country_id is None and (not wanted or is_named(one, wanted))],
        countries=by_country(everybody, wanted),
        log=Paginator(entries, ENTRIES).get_page(log_page),
    )


def country_people_page(user: User, country: Country, log_page: str) -> CountryPeoplePage:
    """Return the people of one country, and that page of the log of their roles."""
    memberships = country.memberships.select_related("user", "country", "invited_by").order_by("-role", "user__name")
    may_invite = rules.may_give(user, country)
    entries = RoleLog.objects.filter(country=country).select_related("user", "country", "by")
    return CountryPeoplePage(
        country=country,
        people=[Colleague(one, rules.may_end(user, one), may_invite) for one in memberships],
        reports=reports_to_delegate(user, country),
        at_secretariat=permissions.may(user, "manage_people"),
        may_invite=may_invite,
        invites_itself=permissions.has_focal_point(country),
        log=Paginator(entries, ENTRIES).get_page(log_page),
    )


def contains(text: str, wanted: str) -> bool:
    """Whether a name contains what somebody searches for, accents and capitals aside."""
    return sort_key(wanted) in sort_key(text)


def is_named(membership: Membership, wanted: str) -> bool:
    return contains(membership.user.name, wanted) or contains(membership.user.email, wanted)


def by_country(everybody: Iterable[Membership], wanted: str) -> list[CountryPeople]:
    """Return each country with its people; in a search, the countries that it names or one of whose people it names."""
    rows = {country.pk: CountryPeople(country) for country in Country.objects.all()}
    matching = {pk for pk, row in rows.items() if contains(str(row.country), wanted)}
    for membership in everybody:
        if membership.country_id is None:
            continue
        # The others are only counted, since there may be many. A search lists those whom it names.
        row, named = rows[membership.country_id], bool(wanted) and is_named(membership, wanted)
        if membership.role == Role.FOCAL_POINT:
            row.focal_points.append(membership)
        else:
            row.contributors += membership.role == Role.CONTRIBUTOR
            row.translators += membership.role == Role.TRANSLATOR
            row.approvers += membership.role == Role.APPROVER
            row.found += [membership] if named else []
        matching |= {row.country.pk} if named else set()
    return sorted((rows[pk] for pk in matching), key=lambda row: sort_key(str(row.country)))


def reports_to_delegate(user: User, country: Country) -> list[Report]:
    """Return the reports for which the user chooses who writes what."""
    if not permissions.may(user, "open_report", country):
        return []
    return list(country.reports.select_related("form", "country").order_by("-form__year"))
