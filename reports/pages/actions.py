"""What the user may do now, for the buttons and links of a page."""

from reports.models import Report, Step, User
from reports.rules import permissions, workflow


def allowed(user: User, report: Report, *actions: str) -> dict[str, bool]:
    """Return, for each action or step of the workflow, whether the user may take it now."""
    return {
        action: workflow.may(user, Step(action), report) if action in Step else permissions.may(user, action, report)
        for action in actions
    }


def is_administrator(user: User) -> bool:
    """Whether the user administers the portal for the secretariat."""
    return permissions.administers(user, None)
