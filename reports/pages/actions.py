"""What the user may do with a report now, for the buttons and links of a page."""

from reports.models import Report, User
from reports.rules import permissions


def allowed(user: User, report: Report, *actions: str) -> dict[str, bool]:
    """Return, for each action of rules/permissions.py, whether the user may take it now."""
    return {action: permissions.may(user, action, report) for action in actions}
