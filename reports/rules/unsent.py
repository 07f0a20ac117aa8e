"""The key that a person's unsent text is encrypted with in the browser (ADR 14)."""

import base64

from django.utils.crypto import salted_hmac

from reports.models import User


def key_of(user: User) -> str:
    """Return the user's key: the same at every sign-in, and only on this user's own pages. It depends on SECRET_KEY."""
    secret = salted_hmac("reports.unsent", str(user.pk), algorithm="sha256").digest()
    return base64.b64encode(secret).decode()
