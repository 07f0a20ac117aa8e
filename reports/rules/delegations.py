"""Who writes what inside a country's report: everything, given sections, or one contribution of their own."""

from collections.abc import Mapping
from typing import Literal

from django.db import transaction

from reports import notifications
from reports.document.problem import Problem, gettext_noop
from reports.models import Delegation, Membership, Report, Role, User
from reports.rules import permissions

Given = Literal["whole", "own"]  # the whole section, or one contribution of one's own in it


@transaction.atomic
def give(report: Report, user: User, sections: Mapping[str, Given] | None, *, by: User, tells: bool = True) -> None:
    """Say what a contributor of the country writes: these sections by code, or, with None, any section.

    Side effect: one e-mail about all sections that are new, unless an invitation `tells` of them instead. Raise
    PermissionDenied, or Problem for somebody who is no contributor of this country.
    """
    permissions.check(by, "delegate", report)
    membership = Membership.objects.filter(user=user, country=report.country, role=Role.CONTRIBUTOR).first()
    if membership is None:
        raise Problem(gettext_noop("This person is not a contributor of this country. Invite them first."))
    membership.only_given = sections is not None
    membership.save(update_fields=["only_given"])
    rows = {
        section.code: section for section in report.sections.select_related("question").order_by("question__position")
    }
    wanted = {rows[code].pk: given for code, given in (sections or {}).items() if code in rows}
    user.delegations.filter(section__report=report).exclude(section__in=wanted).delete()
    known = set(user.delegations.filter(section__report=report).values_list("section_id", flat=True))
    for pk, given in wanted.items():
        Delegation.objects.update_or_create(
            section_id=pk,
            user=user,
            defaults={"whole": given == "whole"},
            create_defaults={"whole": given == "whole", "by": by},
        )
    new = [code for code, row in rows.items() if row.pk in wanted and row.pk not in known]
    if new and tells and report.is_open:
        notifications.notify_sections_given(report, user, new, by=by)


def of_report(report: Report) -> dict[int, dict[str, Given]]:
    """Return the sections given to each person, by the person's primary key."""
    given: dict[int, dict[str, Given]] = {}
    for row in Delegation.objects.filter(section__report=report).select_related("section__question"):
        given.setdefault(row.user_id, {})[row.section.code] = "whole" if row.whole else "own"
    return given
