"""Who may write what inside a country's report: everything, given sections, or one contribution of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from reports.document.problem import Problem, gettext_noop
from reports.models import Contribution, Delegation, Membership, Report, Revision, Role, Section, User
from reports.rules import locks, permissions, saving

Given = Literal["whole", "own"]  # the whole section, or one contribution of one's own in it
GONE = Q(contribution__removed_at__isnull=False) | Q(contribution__body="")


@dataclass(frozen=True)
class Pen:
    """What one person may write in one report, frozen sections and the report's state left aside."""

    everything: bool = False
    sections: frozenset[int] = frozenset()
    own: Mapping[int, int | None] | None = None  # section -> the one contribution, None as long as it is not begun
    gone: frozenset[int] = frozenset()  # sections where that one was taken out or emptied: another may be begun

    def writes(self, section: Section) -> bool:
        """Everything in this section, "nothing to report" and others' contributions too."""
        return not section.frozen and (self.everything or section.pk in self.sections)

    def writes_in(self, section: Section) -> bool:
        """Something in this section."""
        return self.writes(section) or (not section.frozen and section.pk in (self.own or {}))

    def edits(self, contribution: Contribution, section: Section) -> bool:
        return self.writes(section) or (self.writes_in(section) and (self.own or {})[section.pk] == contribution.pk)

    def adds(self, section: Section) -> bool:
        """Whether a new contribution may be begun."""
        own = self.writes_in(section) and not self.writes(section)
        return self.writes(section) or (own and (section.pk in self.gone or (self.own or {})[section.pk] is None))


def membership_of(user: User, report: Report) -> Membership | None:
    return next((m for m in user.roles if m.country_id == report.country_id), None)


def pen(user: User, report: Report) -> Pen:
    """One query at most, and none for a focal point."""
    membership = membership_of(user, report)
    if membership is None or not report.is_open:
        return Pen()
    if membership.role == Role.FOCAL_POINT or not membership.only_given:
        return Pen(everything=True)
    given = list(Delegation.objects.filter(user=user, section__report=report).annotate(is_gone=GONE))
    return Pen(
        sections=frozenset(row.section_id for row in given if row.whole),
        own={row.section_id: row.contribution_id for row in given if not row.whole},
        gone=frozenset(row.section_id for row in given if row.is_gone),
    )


def check(allowed: bool, section: Section) -> None:
    """Raises Problem, in words for somebody who was writing there, unless `allowed`."""
    if section.frozen:
        raise locks.frozen(section)
    if not allowed and not section.report.is_open:
        raise locks.closed()
    if not allowed:
        raise Problem(
            gettext_noop(
                "Section %(code)s is not assigned to you. Nothing was lost: the text is still in its box. Copy it, "
                "and ask your focal point."
            ),
            code=section.code,
        )


@transaction.atomic
def add_contribution(section: Section, body: str, *, by: User, save_id: UUID | None, **more: Any) -> Contribution:
    """A new contribution (`more` as for saving.add_contribution) by whoever may begin one in this section.

    The first save of it may come again; somebody with one of their own begins no second. Effects: notes which one is
    theirs. Raises Problem.
    """
    locks.lock(section.report, section)
    repeated = Revision.objects.filter(pk=save_id, contribution__section=section).exists()
    check(repeated or pen(by, section.report).adds(section), section)
    made = saving.add_contribution(section, body, by=by, save_id=save_id, **more)
    if not repeated:
        mine = Delegation.objects.filter(section=section, user=by, whole=False)
        mine.filter(GONE | Q(contribution=None)).update(contribution=made)
    return made


@transaction.atomic
def give(report: Report, user: User, sections: Mapping[str, Given] | None, *, by: User) -> None:
    """Says what a contributor of the country writes: these sections by code, or, with None, any section.

    Raises PermissionDenied, or Problem for somebody who is no contributor of this country.
    """
    permissions.check(by, "delegate", report)
    membership = Membership.objects.filter(user=user, country=report.country, role=Role.CONTRIBUTOR).first()
    if membership is None:
        raise Problem(gettext_noop("This person is not a contributor of this country. Invite them first."))
    membership.only_given = sections is not None
    membership.save(update_fields=["only_given"])
    rows = {section.code: section for section in report.sections.select_related("question")}
    wanted = {rows[code].pk: given for code, given in (sections or {}).items() if code in rows}
    user.delegations.filter(section__report=report).exclude(section__in=wanted).delete()
    for pk, given in wanted.items():
        Delegation.objects.update_or_create(
            section_id=pk,
            user=user,
            defaults={"whole": given == "whole"},
            create_defaults={"whole": given == "whole", "by": by},
        )


def of_report(report: Report) -> dict[int, dict[str, Given]]:
    """By person, the sections given to them."""
    given: dict[int, dict[str, Given]] = {}
    for row in Delegation.objects.filter(section__report=report).select_related("section__question"):
        given.setdefault(row.user_id, {})[row.section.code] = "whole" if row.whole else "own"
    return given
