"""Links for a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import int_to_base36

from reports import notifications
from reports.models import Event, User
from reports.rules import audit


def send_link(address: str) -> None:
    """Mail a link for a new password to the person with this address. Without an account nothing is sent to anybody."""
    user = User.objects.filter(email=address, is_active=True).first()
    if user is not None:
        audit.record(Event.PASSWORD_ASKED, about=user)
        token = PasswordResetTokenGenerator().make_token(user)
        notifications.notify_reset(user, int_to_base36(user.pk), token)
