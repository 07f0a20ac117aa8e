"""Every cell of role × state × action, and of role × state × step."""

import pytest

from reports.models import State, Step
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
    "import": ({"focal_point"}, OPEN),
    "delegate": ({"focal_point"}, ANY),
    "ask_approval": ({"focal_point"}, OPEN),
    "approve": (COUNTRY, OPEN),
    "read_submission": (COUNTRY | SECRETARIAT, ANY),
    "read_review": (SECRETARIAT, ANY),
    "review": (REVIEWERS, {SUBMITTED}),
    "settle": (REVIEWERS, ANY - {DRAFT}),
    "read_questions": (COUNTRY, ANY),
    "answer": (COUNTRY, {DRAFT, SUBMITTED, RETURNED}),
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


def test_the_tables_name_every_action_and_every_step():
    assert ACTIONS.keys() == permissions.ALLOWED.keys()
    assert STEPS.keys() == workflow.STEPS.keys() == set(Step) - {Step.OPEN}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", [*ACTIONS, *STEPS])
def test_each_role_may_exactly_what_the_table_says(report, cast, state, action):
    report.state = state
    may, (who, when) = (workflow.may, STEPS[action]) if action in STEPS else (permissions.may, ACTIONS[action])
    allowed = {role for role in ROLES if may(cast[role], action, report)}
    assert allowed == (who if state in when else set())
