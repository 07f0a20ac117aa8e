"""The links of invitations: made, read, and used once (ADR 16)."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.addresses import without_invisible
from reports.document.problem import Problem, gettext_noop
from reports.models import (
    OPEN_STATES,
    Country,
    Delegation,
    Event,
    InvitationLink,
    Membership,
    Report,
    User,
)
from reports.models.mailed_link import hash_of, make_token
from reports.names import LIKE_AN_ADDRESS, plain_name
from reports.rules import audit

VALID_FOR = timedelta(days=14)
LONGEST_MESSAGE = 1_000  # characters of what an inviter writes


@dataclass(frozen=True)
class Purpose:
    """What a role is for: the country's current report, and the sections in it; None and none at the secretariat."""

    membership: Membership
    report: Report | None
    sections: list[str]


@dataclass(frozen=True)
class Invitation:
    user: User
    memberships: tuple[Membership, ...]

    @property
    def purposes(self) -> list[Purpose]:
        reports = [(one, current_report(one.country)) for one in self.memberships]
        return [Purpose(one, report, sections_of(one, report)) for one, report in reports]


def plain_message(text: str) -> str:
    """Return what an inviter writes, as plain text. Raise ValidationError if it is too long or has an address in it.

    The portal sends it to anybody, so it must not carry links.
    """
    text = "\n".join(without_invisible(line).strip() for line in text.strip().splitlines())
    if len(text) > LONGEST_MESSAGE:
        raise ValidationError(_("A message has at most %(limit)s characters."), params={"limit": LONGEST_MESSAGE})
    if LIKE_AN_ADDRESS.search(text):
        raise ValidationError(_("A message cannot contain an address of a web site. After a full stop, leave a space."))
    return text


def current_report(country: Country | None) -> Report | None:
    """Return the report that a country's people write now: the newest that is not sent in. At most one query."""
    if country is None:
        return None
    rows = Report.objects.filter(country=country, state__in=OPEN_STATES).select_related("form", "country")
    return rows.order_by("-form__year").first()


def sections_of(membership: Membership, report: Report | None) -> list[str]:
    """Return the codes of the sections that an invited person was given in a report, in the form's order."""
    if report is None:
        return []
    rows = Delegation.objects.filter(user=membership.user, section__report=report)
    return list(rows.order_by("section__question__position").values_list("section__question__code", flat=True))


def make_link(user: User) -> str:
    """Return the token of a new link. Only its hash is stored, so nobody can look it up again."""
    token = make_token()
    InvitationLink.objects.create(user=user, address=user.email, hash=hash_of(token))
    return token


def read(token: str) -> Invitation:
    """Return the person and the roles of a link. Raise Problem if it is unknown, used or expired.

    A link also ends when the person gets a password or signs in in another way, and when a wrong address is corrected.
    """
    links = InvitationLink.objects.select_related("user").filter(hash=hash_of(token), used_at=None)
    link = links.filter(made_at__gt=timezone.now() - VALID_FOR, user__is_active=True).first()
    if link is None or link.user.has_accepted or link.user.email != link.address:
        raise Problem(
            gettext_noop(
                "This invitation has been used or has expired. Sign in if you have already chosen a password; "
                "otherwise ask the person who invited you for a new invitation."
            )
        )
    roles = tuple(link.user.memberships.select_related("country", "invited_by"))
    if not roles:
        raise Problem(gettext_noop("This invitation was withdrawn. Ask the person who invited you."))
    return Invitation(link.user, roles)


@transaction.atomic
def accept(token: str, *, name: str, password: str, language: str = "") -> User:
    """Set the person's name, password and language, and return the person. Raise Problem as `read` does.

    Side effect: all links of the person are used.
    """
    pk = read(token).user.pk
    user = User.objects.select_for_update().get(pk=pk)
    read(token)  # again under the lock, in case the link is used twice at the same time
    user.name = plain_name(name) or user.name
    user.language = language or user.language
    user.set_password(password)
    user.save(update_fields=["name", "language", "password"])
    InvitationLink.objects.filter(user=user, used_at=None).update(used_at=timezone.now())
    audit.record(Event.PASSWORD_CHANGED, person=user, detail="invitation")
    return user
