"""What a person was given to write in a report, and the role they have in its country."""

from dataclasses import dataclass, field

from django.db.models import Q

from reports.models import Delegation, Membership, Report, Role, User
from reports.rules.subjects import Subject, country_id_of

WITHOUT_TEXTS = (Role.APPROVER, Role.TRANSLATOR)  # roles of a country that are given no texts to write
# An own contribution that was removed or emptied: its author may begin another one.
GONE = Q(contribution__removed_at__isnull=False) | Q(contribution__body="")


def membership_in(user: User, on: Subject) -> Membership | None:
    """The user's role in the country of a report, section or contribution."""
    country = country_id_of(on)
    return next((m for m in user.roles if country is not None and m.country_id == country), None)


@dataclass(frozen=True)
class Assignment:
    """What a contributor was given in one report; a focal point, and a contributor without a list, has everything."""

    everything: bool = False
    sections: frozenset[int] = frozenset()
    own: dict[int, int | None] = field(default_factory=dict)  # section: its own contribution, None before it is begun
    gone: frozenset[int] = frozenset()  # sections whose own contribution was removed or emptied


def assignment(user: User, report: Report) -> Assignment:
    """What `user` was given in `report`, read once for each request. At most one query; none for a focal point."""
    known: dict[int, Assignment] = user.__dict__.setdefault("_assignments", {})
    if report.pk not in known:
        known[report.pk] = read_assignment(user, report)
    return known[report.pk]


def forget_assignments(user: User) -> None:
    """Make the next check read again what `user` was given. The writing verbs do this under the report's lock."""
    user.__dict__.pop("_assignments", None)


def read_assignment(user: User, report: Report) -> Assignment:
    membership = membership_in(user, report)
    if membership is None or membership.role in WITHOUT_TEXTS:
        return Assignment()
    if membership.role == Role.FOCAL_POINT or not membership.only_given:
        return Assignment(everything=True)
    rows = list(Delegation.objects.filter(user=user, section__report=report).annotate(is_gone=GONE))
    return Assignment(
        sections=frozenset(row.section_id for row in rows if row.whole),
        own={row.section_id: row.contribution_id for row in rows if not row.whole},
        gone=frozenset(row.section_id for row in rows if row.is_gone),
    )
