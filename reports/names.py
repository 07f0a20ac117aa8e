"""A person's name: it stands in e-mails and on pages, so it is a name and nothing else."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.addresses import without_invisible

LONGEST = 100  # characters
REFUSED = re.compile(r"[^\w\s.,'’‘`´·()&–-]|_")
LIKE_AN_ADDRESS = re.compile(r"\.\w\w|\bwww\b", re.IGNORECASE)  # a mail program would make a link of it


def plain_name(text: str) -> str:
    """Return the name on one line, without invisible characters.

    Raise ValidationError, with a sentence for the person who typed it, if it is too long, contains a sign that is in no
    name, or looks like the address of a web site.
    """
    name = " ".join(without_invisible(unicodedata.normalize("NFC", text)).split())
    if len(name) > LONGEST:
        raise ValidationError(_("A name has at most %(limit)s characters."), params={"limit": LONGEST})
    if found := REFUSED.search(name):
        raise ValidationError(_("A name cannot contain “%(sign)s”. Write it in letters."), params={"sign": found[0]})
    if LIKE_AN_ADDRESS.search(name):
        raise ValidationError(_("A name cannot contain an address. After a full stop, leave a space."))
    return name
