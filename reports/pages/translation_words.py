"""What the page of a translation says: the states of rows, and the questions of the checks, in words."""

import re
from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from reports.dates import date_format
from reports.document.translation.checks import Check, Finding
from reports.models import MachineRequest
from reports.rules.translation_counts import RowState, Tally

MONTH = re.compile(r"[^\W\d_]{3}")  # no name of a month is shorter; "1st" is a number
CHECKS: dict[Check, Callable[[str], str]] = {
    "number-missing": lambda value: (
        gettext("The date %(date)s is missing.") % {"date": value}
        if is_date(value)
        else gettext("The number %(number)s is missing.") % {"number": value}
    ),
    "number-added": lambda value: (
        gettext("The date %(date)s is not in the original.") % {"date": value}
        if is_date(value)
        else gettext("The number %(number)s is not in the original.") % {"number": value}
    ),
    "link-missing": lambda value: gettext("The link %(link)s is missing.") % {"link": value},
    "link-added": lambda value: gettext("The link %(link)s is not in the original.") % {"link": value},
    "list-depth": lambda value: gettext("The list has other levels than in the original."),
    "item-count": lambda value: items_in_words(*value.split(":")),
    "untranslated": lambda value: (
        gettext("This passage is the same as in the original: “%(words)s…”") % {"words": value}
    ),
    "emptied-cell": lambda value: cell_in_words(*value.split(":")),
}


def is_date(value: str) -> bool:
    """Return whether a number that a check names has a month in words: "12 April"."""
    return bool(MONTH.search(value))


def finding_in_words(finding: Finding) -> str:
    return CHECKS[finding.check](finding.value)


def items_in_words(original: str, here: str) -> str:
    return gettext("List items in the original: %(original)s. Here: %(here)s.") % {"original": original, "here": here}


def cell_in_words(row: str, column: str) -> str:
    return gettext("The cell in row %(row)s, column %(column)s is empty here.") % {"row": row, "column": column}


def state_in_words(state: RowState) -> str:
    return {
        "untranslated": gettext("Not translated"),
        "stale": gettext("Out of date"),
        "draft": gettext("Machine draft, not read by a person yet"),
        "current": gettext("Done"),
        "not wanted": gettext("No translation wanted"),
    }[state]


def left_in_words(tally: Tally) -> str:
    """Return what is left to do: "1 out of date, 2 not translated"; "" for nothing."""
    parts = []
    if tally.stale:
        parts.append(
            ngettext("%(number)s out of date", "%(number)s out of date", tally.stale) % {"number": tally.stale}
        )
    if tally.untranslated:
        words = ngettext("%(number)s not translated", "%(number)s not translated", tally.untranslated)
        parts.append(words % {"number": tally.untranslated})
    if tally.drafts:
        words = ngettext("%(number)s machine draft", "%(number)s machine drafts", tally.drafts)
        parts.append(words % {"number": tally.drafts})
    return ", ".join(parts)


def drafted_in_words(landed: int, later: int, service: str) -> str:
    """Say how many drafts there are now, and how many the service will send."""
    if later:
        words = ngettext(
            "%(service)s has the text of %(number)s paragraph. Its draft appears here as soon as it comes back, "
            "usually within minutes.",
            "%(service)s has the text of %(number)s paragraphs. Their drafts appear here as soon as they come back, "
            "usually within minutes.",
            later,
        )
        return words % {"service": service, "number": later}
    words = ngettext(
        "%(service)s has drafted %(number)s paragraph. Read it, and correct it where needed.",
        "%(service)s has drafted %(number)s paragraphs. Read them, and correct them where needed.",
        landed,
    )
    return words % {"service": service, "number": landed}


def no_draft_in_words(requests: Sequence[MachineRequest]) -> str:
    """Say which drafts of a section should have come and did not. `requests`: one for each text, the newest first."""
    if not requests:
        return ""
    newest, number = requests[0], sum(one.passages for one in requests)
    words = ngettext(
        "%(service)s has sent no draft of %(number)s paragraph. Its text was sent to %(service)s on %(time)s, by "
        "%(who)s. Send it again, or translate the paragraph yourself.",
        "%(service)s has sent no draft of %(number)s paragraphs. Their text was sent to %(service)s on %(time)s, by "
        "%(who)s. Send it again, or translate the paragraphs yourself.",
        number,
    )
    time = date_format(timezone.localtime(newest.at), "DATETIME_FORMAT")
    return words % {"service": newest.service, "number": number, "time": time, "who": newest.by}
