"""Every cell of role × state × action."""

import pytest

from reports.models import State
from reports.rules import permissions
from tests.cast import ROLES

pytestmark = pytest.mark.django_db

OPEN = {State.DRAFT, State.RETURNED}
ANY = set(State)
COUNTRY = {"focal_point", "contributor"}
SECRETARIAT = {"reviewer", "reader", "administrator"}

# Action: who may, and in which states. Whoever is not named may not.
TABLE = {
    "see": (COUNTRY | SECRETARIAT, ANY),
    "read_draft": (COUNTRY, ANY),
    "write": (COUNTRY, OPEN),
    "import": ({"focal_point"}, OPEN),
    "send_in": ({"focal_point"}, OPEN),
    "withdraw": ({"focal_point"}, {State.SUBMITTED}),
    "read_submission": (COUNTRY | SECRETARIAT, ANY),
}


def test_the_table_names_every_action():
    assert TABLE.keys() == permissions.ALLOWED.keys()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", TABLE)
def test_each_role_may_exactly_what_the_table_says(report, cast, state, action):
    report.state = state
    who, when = TABLE[action]
    allowed = {role for role in ROLES if permissions.may(cast[role], action, report)}
    assert allowed == (who if state in when else set())
