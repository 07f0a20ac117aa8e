"""The daily note of the logs, by mail to somebody who keeps it away from the portal's server (rules/notes.py)."""

from django.conf import settings
from django.core.mail import EmailMessage

TEXT = """\
The attached file lists the newest entries of the logs of {url}.

Keep it where nobody who runs the portal can change it. If the logs are ever in doubt, this command compares them:

    manage.py verify_log --against {name}
"""


def send_note(address: str, name: str, note: str) -> None:
    """Send a note. Raise OSError or SMTPException, which is one, if the mail server does not take it."""
    subject = f"Country reports: {name}"
    text = TEXT.format(url=settings.SITE_URL, name=name)
    mail = EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"})
    mail.attach(name, note, "text/plain")
    mail.send()
