"""E-mails about roles and accounts: to the person, and to everybody in a country who must know who reads its draft."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Membership, Role, RoleLog, User
from reports.notifications.outbox import Notification, enqueue
from reports.notifications.recipients import administrators, focal_points

GIVEN = (
    gettext_noop("New in %(place)s: %(who)s, %(role)s"),
    gettext_noop("%(by)s has invited %(who)s (%(address)s) as %(role)s for %(place)s."),
)
GIVEN_BY_SECRETARIAT = (
    GIVEN[0],
    gettext_noop(
        "%(by)s of the secretariat has invited %(who)s (%(address)s) as %(role)s for %(place)s. The secretariat may do "
        "this only because the country has no focal point who can sign in."
    ),
)
APPOINTED = (
    GIVEN[0],
    gettext_noop(
        "Somebody with access to the server of the portal has given %(who)s (%(address)s) the role of "
        "administrator of the secretariat."
    ),
)
ENDED = (
    gettext_noop("Role ended: %(who)s, %(role)s for %(place)s"),
    gettext_noop("%(by)s has ended the role of %(who)s (%(address)s) as %(role)s for %(place)s."),
)
ENDED_FOR_YOU = (
    gettext_noop("Your role has ended: %(role)s for %(place)s"),
    gettext_noop("%(by)s has ended your role as %(role)s for %(place)s. What you wrote stays, under your name."),
)
OBJECTION = gettext_noop("If this is not right, tell the secretariat and your focal points at once.")
CLOSED = (
    gettext_noop("Your account of the country reports has been closed"),
    gettext_noop("%(by)s has closed your account. You can no longer sign in. What you wrote stays, under your name."),
)
REOPENED = (
    gettext_noop("Your account of the country reports has been reopened"),
    gettext_noop("%(by)s has reopened your account. You can sign in again with your address and password."),
)
CLOSED_IN_COUNTRY = (
    gettext_noop("Account closed: %(who)s"),
    gettext_noop("%(by)s has closed the account of %(who)s (%(address)s), who has a role for %(place)s."),
)
REOPENED_IN_COUNTRY = (
    gettext_noop("Account reopened: %(who)s"),
    gettext_noop("%(by)s has reopened the account of %(who)s (%(address)s), who has a role for %(place)s."),
)


def notify_role_given(membership: Membership, entry: RoleLog) -> None:
    """Tell a country who is new among its people, and administrators who is one too. The person has an invitation."""
    texts = GIVEN_BY_SECRETARIAT if entry.by_secretariat else APPOINTED if entry.by == entry.user else GIVEN
    enqueue(about_role(entry, texts), concerned(entry))


def notify_role_ended(entry: RoleLog) -> None:
    """Tell the person that their role has ended, unless they never came in, and those who stay who has left."""
    if entry.user != entry.by and entry.user.has_accepted:
        enqueue(about_role(entry, ENDED_FOR_YOU, path=reverse("home")), [entry.user])
    enqueue(about_role(entry, ENDED), concerned(entry))


def concerned(entry: RoleLog) -> list[User]:
    """Return whom a change of people concerns, without the person: focal points, or administrators about one of them.

    If the secretariat acts for a country, also everybody else with a role there, and its former focal points: nobody
    can then be removed and replaced without knowing it.
    """
    country = entry.country
    if country is None:
        told = administrators() if entry.role == Role.ADMINISTRATOR else []
        return [user for user in told if user != entry.user]
    if not entry.by_secretariat:
        return [user for user in focal_points(country) if user != entry.user]
    former = RoleLog.objects.filter(country=country, role=Role.FOCAL_POINT, ended=True).values("user")
    people = User.objects.filter(memberships__country=country) | User.objects.filter(pk__in=former)
    return list(people.exclude(pk=entry.user_id).distinct().order_by("pk"))


def about_role(entry: RoleLog, texts: tuple[str, str], *, path: str = "") -> Notification:
    place = entry.country or gettext_noop("the secretariat")
    people = reverse("country_people", args=[entry.country.code]) if entry.country else reverse("home")
    return Notification(
        kind=MailKind.ROLES,
        key=f"role/{entry.pk}",
        subject=texts[0],
        sentence=texts[1],
        after=OBJECTION,
        path=path or people,
        params={
            "who": entry.user,
            "address": entry.user.email,
            "by": entry.by,
            "role": Role(entry.role).label,
            "place": place,
        },
        country=entry.country,
    )


def notify_account(user: User, *, by: User, closed: bool) -> None:
    """Tell a person, and the focal points of their countries, that the account was closed or reopened."""
    key = f"account/{user.pk}/{user.closed_at}/{'closed' if closed else 'open'}"
    own, others = (CLOSED, CLOSED_IN_COUNTRY) if closed else (REOPENED, REOPENED_IN_COUNTRY)
    params: dict[str, object] = {"who": user, "address": user.email, "by": by}
    texts = Notification(MailKind.ROLES, key, *own, path=reverse("home"), country=None, after=OBJECTION, params=params)
    enqueue(texts, [user])
    for membership in user.memberships.exclude(country=None).select_related("country"):
        country = membership.country
        assert country
        notification = Notification(
            MailKind.ROLES,
            f"{key}/{country.code}",
            *others,
            path=reverse("country_people", args=[country.code]),
            country=country,
            after=OBJECTION,
            params=params | {"place": country},
        )
        enqueue(notification, [colleague for colleague in focal_points(country) if colleague != user])
