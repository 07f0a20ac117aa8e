"""Who may do what: one table for reports, their steps, sections and contributions, countries and the portal.

Objects that a user must not know about raise 404 (`Report.objects.visible_to`). This table decides everything else:
`may` answers, `check` raises.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from reports.models import (
    OPEN_STATES,
    Comment,
    Contribution,
    Country,
    Membership,
    Role,
    State,
    Step,
    Submission,
    Upload,
    User,
)
from reports.rules.assignments import GONE as GONE
from reports.rules.assignments import WITHOUT_TEXTS, Assignment, membership_in
from reports.rules.assignments import assignment as assignment
from reports.rules.assignments import forget_assignments as forget_assignments
from reports.rules.subjects import Subject, report_of, section_of

Predicate = Callable[[User, Subject], bool]


def in_country(user: User, on: Subject) -> bool:
    return membership_in(user, on) is not None


def writes_for_country(user: User, on: Subject) -> bool:
    """Has a role in the country that may be given texts to write. An approver only reads and approves, and a translator
    writes translations alone."""
    membership = membership_in(user, on)
    return membership is not None and membership.role not in WITHOUT_TEXTS


def is_translator(user: User, on: Subject) -> bool:
    """Has the role of a translator in the country: reads its drafts, and writes translations alone."""
    membership = membership_in(user, on)
    return membership is not None and membership.role == Role.TRANSLATOR


def is_focal_point(user: User, on: Subject) -> bool:
    membership = membership_in(user, on)
    return membership is not None and membership.role == Role.FOCAL_POINT


def at_secretariat(user: User, on: Subject) -> bool:
    return any(m.country_id is None for m in user.roles)


def has_it_from_country(user: User, on: Subject) -> bool:
    """At the secretariat, while the country has sent the report in: not before, and not after it took the report back.

    This covers every submission of the report, also those before the one that was taken back (ADR 24).
    """
    report = report_of(on)
    return report is not None and report.state in SENT_IN and at_secretariat(user, on)


def has_record(user: User, on: Subject) -> bool:
    """At the secretariat, for a submission that was published: what is public stays readable."""
    return isinstance(on, Submission) and at_secretariat(user, on) and hasattr(on, "record")


def is_reviewer(user: User, on: Subject) -> bool:
    """Reads submissions for the secretariat, asks questions, returns and accepts."""
    return any(m.role in (Role.REVIEWER, Role.ADMINISTRATOR) for m in user.roles)


def is_administrator(user: User, on: Subject) -> bool:
    """Opens forms, invites people, gives extensions and publishes."""
    return any(m.role == Role.ADMINISTRATOR for m in user.roles)


def has_focal_point(country: Country) -> bool:
    """Return whether a focal point of the country has accepted the invitation, and can sign in. One query."""
    people = User.objects.accepted().filter(is_active=True)
    return Membership.objects.filter(country=country, role=Role.FOCAL_POINT, user__in=people).exists()


def is_administrator_in_need(user: User, on: Subject) -> bool:
    """An administrator, for a country that has nobody to invite its people."""
    return isinstance(on, Country) and is_administrator(user, on) and not has_focal_point(on)


def is_server_command(user: User, on: Subject) -> bool:
    """A command of somebody with access to the server (rules/imports.py). No request sets `is_server_command`."""
    return getattr(user, "is_server_command", False)


def given_in(user: User, on: Subject) -> Assignment:
    report = report_of(on)
    return assignment(user, report) if report else Assignment()


def has_section(user: User, on: Subject) -> bool:
    """Was given the whole section."""
    section, given = section_of(on), given_in(user, on)
    return section is not None and (given.everything or section.pk in given.sections)


def has_contribution(user: User, on: Subject) -> bool:
    """The contribution is the one that was given to the user in this section."""
    return isinstance(on, Contribution) and assignment(user, on.section.report).own.get(on.section_id) == on.pk


def only_reads(user: User, on: Subject) -> bool:
    """Reads the draft of the country, and may not write this contribution."""
    return in_country(user, on) and not has_section(user, on) and not has_contribution(user, on)


def has_its_contribution(user: User, on: Subject) -> bool:
    """The comment is on the contribution that was given to the user."""
    return isinstance(on, Comment) and has_contribution(user, on.contribution)


def has_begun(user: User, on: Subject) -> bool:
    """Began the comment, and still has a role in its country."""
    return isinstance(on, Comment) and on.by_id == user.pk and in_country(user, on)


def has_place(user: User, on: Subject) -> bool:
    """Was given a contribution of their own in this section."""
    section = section_of(on)
    return section is not None and section.pk in assignment(user, section.report).own


def has_free_place(user: User, on: Subject) -> bool:
    """Was given a contribution of their own in this section, and has none there now."""
    section, given = section_of(on), given_in(user, on)
    return section is not None and (section.pk in given.gone or given.own.get(section.pk, 0) is None)


def writes_something(user: User, on: Subject) -> bool:
    """Was given at least one section of the report, or a contribution of their own."""
    given = given_in(user, on)
    return given.everything or bool(given.sections or given.own)


def has_everything(user: User, on: Subject) -> bool:
    return given_in(user, on).everything


def has_uploaded(user: User, on: Subject) -> bool:
    """Uploaded the file, and still writes in its report."""
    return isinstance(on, Upload) and on.by_id == user.pk and writes_something(user, on)


@dataclass(frozen=True)
class Permission:
    """One of `who` must be true, and the report, where there is one, must be in one of `states`.

    With `unless_frozen`, a section that the secretariat did not return stays closed.
    """

    who: tuple[Predicate, ...]
    states: tuple[State, ...] = tuple(State)
    unless_frozen: bool = False


DRAFT, SUBMITTED, RETURNED, ACCEPTED, PUBLISHED = State
SENT_IN = (SUBMITTED, RETURNED, ACCEPTED, PUBLISHED)
PERMISSIONS: dict[str, Permission] = {
    # A report.
    "see": Permission((in_country, at_secretariat)),
    "read_draft": Permission((in_country,)),
    "write": Permission((writes_for_country,), OPEN_STATES),
    # "upload" has a file read, which changes no report. What "import" writes is checked section by section.
    "upload": Permission((writes_something, is_server_command)),
    "import": Permission((writes_something, is_server_command), OPEN_STATES),
    # Files for a translation service. What goes out and what comes home is checked text by text.
    "exchange_translations": Permission((writes_something, is_translator, is_server_command)),
    "delegate": Permission((is_focal_point,)),
    "ask_approval": Permission((is_focal_point,), OPEN_STATES),
    "approve": Permission((in_country,), OPEN_STATES),
    "read_submission": Permission((in_country, has_it_from_country, has_record)),
    "see_openings": Permission((in_country,)),
    "read_review": Permission((has_it_from_country,)),
    "review": Permission((is_reviewer,), (SUBMITTED,)),
    "settle": Permission((is_reviewer,), SENT_IN),
    # The secretariat's own translation of what was sent in, apart from the country's (ADR 33): never of a draft.
    "translate_for_reading": Permission((is_reviewer,), SENT_IN),
    "read_questions": Permission((in_country,)),
    # What colleagues say to each other: nobody of the secretariat, in no state.
    "read_comments": Permission((in_country,)),
    "comment": Permission((in_country,), OPEN_STATES),
    "settle_comment": Permission((has_section, has_its_contribution, has_begun), OPEN_STATES),
    # The steps that change its state; rules/workflow.py says where each leads.
    Step.SEND_IN: Permission((is_focal_point,), (DRAFT, RETURNED)),
    Step.WITHDRAW: Permission((is_focal_point,), (SUBMITTED,)),
    Step.RETURN: Permission((is_reviewer,), (SUBMITTED,)),
    Step.ACCEPT: Permission((is_reviewer,), (SUBMITTED,)),
    Step.PUBLISH: Permission((is_administrator,), (ACCEPTED,)),
    Step.REOPEN: Permission((is_reviewer,), (ACCEPTED, PUBLISHED)),
    Step.EXTEND: Permission((is_administrator,), (DRAFT, RETURNED)),
    "decide_upload": Permission((has_everything, has_uploaded, is_server_command)),  # choices, import, undoing
    # A section: whoever writes in it, answers the secretariat's questions about it.
    "answer": Permission((has_section, has_place), (DRAFT, SUBMITTED, RETURNED)),
    # "write_section": everything in it, also others' contributions and "nothing to report". "write_in_section": at
    # least a contribution of one's own.
    "write_section": Permission((has_section, is_server_command), OPEN_STATES, unless_frozen=True),
    "write_in_section": Permission((has_section, has_place, is_server_command), OPEN_STATES, unless_frozen=True),
    "add_contribution": Permission((has_section, has_free_place, is_server_command), OPEN_STATES, unless_frozen=True),
    "write_contribution": Permission(
        (has_section, has_contribution, is_server_command), OPEN_STATES, unless_frozen=True
    ),
    # Every translation: nobody of the secretariat, in no state.
    "translate_contribution": Permission(
        (has_section, has_contribution, is_translator, is_server_command), OPEN_STATES, unless_frozen=True
    ),
    # What colleagues suggest: nobody of the secretariat, in no state. Who writes the contribution decides.
    "suggest": Permission((only_reads,), OPEN_STATES, unless_frozen=True),
    "withdraw_suggestion": Permission((in_country,)),
    # A country.
    "open_report": Permission((is_focal_point,)),
    "take_blank_form": Permission((in_country, at_secretariat)),
    "invite_colleague": Permission((is_focal_point, is_administrator_in_need)),
    "list_people": Permission((is_focal_point, is_administrator)),
    "see_people": Permission((in_country, at_secretariat)),
    # The portal.
    "use_desk": Permission((at_secretariat,)),
    "manage_people": Permission((is_administrator,)),
    "read_events": Permission((is_administrator,)),
    "manage_forms": Permission((is_administrator,)),
}


def writing_of(language: str) -> str:
    """Return the right to write a text of a contribution: "" is the original, a code the translation into it."""
    return "translate_contribution" if language else "write_contribution"


def has_right(user: User, action: str, on: Subject = None) -> bool:
    """Return whether `user` may do this now or in another state of the report."""
    return any(is_true(user, on) for is_true in PERMISSIONS[action].who)


def may(user: User, action: str, on: Subject = None) -> bool:
    """Return whether `user` may do this now. Raise KeyError for an action that the table does not have."""
    permission, report, section = PERMISSIONS[action], report_of(on), section_of(on)
    if report is not None and report.state not in permission.states:
        return False
    if permission.unless_frozen and section is not None and section.frozen:
        return False
    return has_right(user, action, on)


def check(user: User, action: str, on: Subject = None) -> None:
    """Raise PermissionDenied unless `may`."""
    if not may(user, action, on):
        raise PermissionDenied


def states_for(user: User, action: str) -> list[State]:
    """Return the states of a report in which `user` may do this. The action's right is the same for every report."""
    return [state for state in PERMISSIONS[action].states if has_right(user, action)]
