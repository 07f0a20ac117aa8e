"""The one form of an e-mail address: whoever types, pastes or imports the same mailbox gets the same text.

`AddressField` in models/people.py puts every address into this form before it is stored or compared.
"""

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

INVALID = _("Enter a full e-mail address, like name@ministry.example.")
AMBIGUOUS = _("This address mixes letters of different alphabets that look alike. Type it by hand, letter by letter.")
LONGEST = 254  # characters, RFC 5321
# Default_Ignorable_Code_Point of Unicode that is not a format character (Cf): it shows as nothing.
IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
LOOK_ALIKE = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE"}


def without_invisible(text: str) -> str:
    """Return the text without characters that show as nothing, and without white space at its ends."""
    return "".join(char for char in IGNORABLE.sub("", text) if unicodedata.category(char) != "Cf").strip()


def canonical(address: str) -> str:
    """Return the one form of this address: lower case, nothing invisible, the domain as it is sent over the network.

    A mail program and a browser write a domain with letters beyond ASCII in two ways ("münchen.example" and
    "xn--mnchen-3ya.example"); this returns the second. Raise ValidationError, with a sentence for the person who typed
    it, if this is no address or if it mixes alphabets that look alike.
    """
    if len(address) > 4 * LONGEST:
        raise ValidationError(INVALID)
    local, at, domain = unicodedata.normalize("NFKC", without_invisible(address)).rpartition("@")
    if not at or not local:
        raise ValidationError(INVALID)
    try:
        readable = idna.decode(domain, uts46=True)
        found = f"{local.lower()}@{idna.encode(readable).decode()}"
    except (idna.IDNAError, UnicodeError) as error:
        raise ValidationError(INVALID) from error
    if any(len(alphabets_of(label) & LOOK_ALIKE) > 1 for label in readable.split(".")):
        raise ValidationError(AMBIGUOUS)
    validate(found)
    return found


def validate(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(INVALID) from error
    if len(address) > LONGEST:
        raise ValidationError(INVALID)


def comparable(address: str) -> str:
    """Return the one form of this address, or, for something that is no address, at least its lower case."""
    try:
        return canonical(address)
    except ValidationError:
        return without_invisible(address).lower()


def alphabets_of(label: str) -> set[str]:
    """Return the first word of each letter's name in Unicode, which is its alphabet."""
    return {unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()}
