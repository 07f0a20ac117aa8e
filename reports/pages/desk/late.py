"""What the administrator is told at the top of the desk when something of the portal's own has waited too long."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.rules import health
from reports.rules.health import Check

SERVICES = {"oldest_waiting_pdf": "db_worker", "oldest_waiting_mail": "send_reminders"}


def late_words() -> list[str]:
    """Return a sentence for each thing that has waited too long; normally there is none."""
    return [words(check) for check in health.late()]


def words(check: Check) -> str:
    minutes = (check.seconds or 0) // 60
    if check.seconds is None:
        return _("The service %(service)s has never run. Start it on the server.") % {"service": check.name}
    params = {"minutes": minutes, "service": SERVICES.get(check.name, check.name)}
    if check.name == "oldest_waiting_pdf":
        sentence = ngettext(
            "A PDF has been waiting for %(minutes)s minute. Check the service %(service)s on the server.",
            "A PDF has been waiting for %(minutes)s minutes. Check the service %(service)s on the server.",
            minutes,
        )
    elif check.name == "oldest_waiting_mail":
        sentence = ngettext(
            "An e-mail has been waiting for %(minutes)s minute. Check the service %(service)s and the mail server.",
            "An e-mail has been waiting for %(minutes)s minutes. Check the service %(service)s and the mail server.",
            minutes,
        )
    else:
        sentence = ngettext(
            "The service %(service)s last worked %(minutes)s minute ago. Start it again on the server.",
            "The service %(service)s last worked %(minutes)s minutes ago. Start it again on the server.",
            minutes,
        )
    return sentence % params
