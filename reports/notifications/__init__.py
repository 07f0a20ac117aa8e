"""What the portal tells people by e-mail: whom, in which words, with which link.

Each function here but `send_note` writes e-mails into the outbox. Call it in the transaction of the change that it
tells of: if that is rolled back, nobody is told.
"""

from reports.notifications.account import (
    notify_address_asked,
    notify_changed_address,
    notify_password,
    notify_reset,
)
from reports.notifications.approvals import notify_answer, notify_requests
from reports.notifications.comments import notify_comment
from reports.notifications.delegations import notify_sections_given
from reports.notifications.invitations import notify_invitation
from reports.notifications.notes import send_note
from reports.notifications.outbox import cancel_pending
from reports.notifications.remarks import notify_message, notify_questions
from reports.notifications.reminders import notify_due_date
from reports.notifications.roles import notify_account, notify_role_ended, notify_role_given
from reports.notifications.security import (
    notify_connected,
    notify_factor_added,
    notify_factor_removed,
    notify_reset_asked,
    notify_reset_done,
    notify_reset_refused,
)
from reports.notifications.steps import notify_step
from reports.notifications.suggestions import notify_outcome, notify_suggestion

__all__ = [
    "cancel_pending",
    "notify_account",
    "notify_address_asked",
    "notify_answer",
    "notify_changed_address",
    "notify_comment",
    "notify_connected",
    "notify_due_date",
    "notify_factor_added",
    "notify_factor_removed",
    "notify_invitation",
    "notify_message",
    "notify_outcome",
    "notify_password",
    "notify_questions",
    "notify_requests",
    "notify_reset",
    "notify_reset_asked",
    "notify_reset_done",
    "notify_reset_refused",
    "notify_role_ended",
    "notify_role_given",
    "notify_sections_given",
    "notify_step",
    "notify_suggestion",
    "send_note",
]
