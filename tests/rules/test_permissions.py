"""Every cell of role × state × action, and of role × state × step."""

import pytest

from reports.models import Comment, Delegation, Membership, State, Step
from reports.rules import permissions, workflow
from tests.cast import ROLES

pytestmark = pytest.mark.django_db

DRAFT, SUBMITTED, RETURNED, ACCEPTED, PUBLISHED = State
OPEN = {DRAFT, RETURNED}
ANY = set(State)
COUNTRY = {"focal_point", "contributor"}
SECRETARIAT = {"reviewer", "reader", "administrator"}
REVIEWERS = {"reviewer", "administrator"}

# Action: who may, and in which states. Whoever is not named may not.
ACTIONS = {
    "see": (COUNTRY | SECRETARIAT, ANY),
    "read_draft": (COUNTRY, ANY),
    "write": (COUNTRY, OPEN),
    "upload": (COUNTRY, ANY),
    "import": (COUNTRY, OPEN),
    "exchange_translations": (COUNTRY, ANY),
    "delegate": ({"focal_point"}, ANY),
    "ask_approval": ({"focal_point"}, OPEN),
    "approve": (COUNTRY, OPEN),
    "see_openings": (COUNTRY, ANY),
    "read_review": (SECRETARIAT, ANY - {DRAFT}),
    "review": (REVIEWERS, {SUBMITTED}),
    "settle": (REVIEWERS, ANY - {DRAFT}),
    "translate_for_reading": (REVIEWERS, ANY - {DRAFT}),
    "read_questions": (COUNTRY, ANY),
    "withdraw_suggestion": (COUNTRY, ANY),
    "read_comments": (COUNTRY, ANY),
    "comment": (COUNTRY, OPEN),
}
STEPS = {
    Step.SEND_IN: ({"focal_point"}, OPEN),
    Step.WITHDRAW: ({"focal_point"}, {SUBMITTED}),
    Step.RETURN: (REVIEWERS, {SUBMITTED}),
    Step.ACCEPT: (REVIEWERS, {SUBMITTED}),
    Step.PUBLISH: ({"administrator"}, {ACCEPTED}),
    Step.REOPEN: (REVIEWERS, {ACCEPTED, PUBLISHED}),
    Step.EXTEND: ({"administrator"}, OPEN),
}


SPECIAL = {"read_submission", "answer", "decide_upload", "suggest", "settle_comment"}
WRITING = {"write_section", "write_in_section", "add_contribution", "write_contribution", "translate_contribution"}
OF_A_COUNTRY = {
    "open_report": {"focal_point"},
    "invite_colleague": {"focal_point"},
    "list_people": {"focal_point", "administrator"},
    "see_people": COUNTRY | SECRETARIAT,
    "take_blank_form": COUNTRY | SECRETARIAT,
}
OF_THE_PORTAL = {
    "use_desk": SECRETARIAT,
    "manage_people": {"administrator"},
    "read_events": {"administrator"},
    "manage_forms": {"administrator"},
}


def test_every_action_and_step_is_in_these_tables():
    assert permissions.PERMISSIONS.keys() == {*ACTIONS, *STEPS, *SPECIAL, *WRITING, *OF_A_COUNTRY, *OF_THE_PORTAL}
    assert STEPS.keys() == workflow.TRANSITIONS.keys() == set(Step) - {Step.OPEN}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", [*ACTIONS, *STEPS])
def test_each_role_may_what_the_table_says(report, cast, state, action):
    report.state = state
    who, when = {**ACTIONS, **STEPS}[action]
    assert {role for role in ROLES if permissions.may(cast[role], action, report)} == (who if state in when else set())


@pytest.mark.parametrize("state", State)
def test_the_secretariat_reads_no_report_that_is_a_draft(report, cast, state):
    report.state = state
    allowed = {role for role in ROLES if permissions.may(cast[role], "read_submission", report)}
    assert allowed == (COUNTRY if state == DRAFT else COUNTRY | SECRETARIAT)


@pytest.mark.parametrize("state", State)
def test_the_country_answers_until_the_report_is_accepted(section, cast, state):
    section.report.state = state
    allowed = {role for role in ROLES if permissions.may(cast[role], "answer", section)}
    assert allowed == (COUNTRY if state in (DRAFT, SUBMITTED, RETURNED) else set())


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", sorted(WRITING))
def test_each_role_writes_in_its_own_open_reports(report, section, written, cast, state, action):
    section.report.state = written.section.report.state = state
    subject = written if action in ("write_contribution", "translate_contribution") else section
    allowed = {role for role in ROLES if permissions.may(cast[role], action, subject)}
    assert allowed == (COUNTRY if state in OPEN else set())


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("state", State)
def test_who_writes_a_text_suggests_nothing_and_who_reads_it_does(written, cast, state, frozen):
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    written.section.report.state, written.section.frozen = state, frozen
    allowed = {role for role in ROLES if permissions.may(cast[role], "suggest", written)}
    assert allowed == ({"contributor"} if state in OPEN and not frozen else set())


@pytest.mark.parametrize("state", State)
def test_whoever_writes_the_text_or_began_a_comment_settles_it(written, cast, state):
    limited = Membership.objects.get(user=cast.contributor)
    limited.only_given = True
    limited.save()
    of_focal_point, of_contributor = (
        Comment.objects.create(contribution=written, number=1, by=by) for by in (cast.focal_point, cast.contributor)
    )
    written.section.report.state = state
    for comment, who in ((of_focal_point, {"focal_point"}), (of_contributor, COUNTRY)):
        allowed = {role for role in ROLES if permissions.may(cast[role], "settle_comment", comment)}
        assert allowed == (who if state in OPEN else set())
    Delegation.objects.create(section=written.section, user=cast.contributor, contribution=written, by=cast.focal_point)
    permissions.forget_assignments(cast.contributor)
    assert permissions.may(cast.contributor, "settle_comment", of_focal_point) == (state in OPEN)


@pytest.mark.parametrize("action", [*OF_A_COUNTRY, *OF_THE_PORTAL])
def test_actions_without_a_report(report, cast, action):
    country = report.country if action in OF_A_COUNTRY else None
    allowed = {role for role in ROLES if permissions.may(cast[role], action, country)}
    assert allowed == {**OF_A_COUNTRY, **OF_THE_PORTAL}[action]
