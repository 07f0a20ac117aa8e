"""The characters of a text: which ones show, and the one form in which a text is stored.

Programs write the same words in different characters: an accent of its own, a ligature, a hyphen that shows only at a
line's end. `canonical` gives all of them one form, at the door: what comes from a person or a file passes it, and what
is stored keeps the characters that its hash covers.
"""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
LINE, PARAGRAPH = "\u2028", "\u2029"  # separators of Unicode

# Default_Ignorable_Code_Point of Unicode that is a letter, and the blank of Braille: they show as nothing.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_SHOWN = re.compile("[!-~]")
_NEVER_SHOWN = ("Cc", "Cf", "Mn", "Me", "Mc", "Zs", "Zl", "Zp")
# The ligatures FB00 to FB06. Not by NFKC, which would also make "m2" of "m²".
_LIGATURES = {0xFB00 + at: text for at, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
# A joiner has a meaning between letters of Hebrew, Arabic, the scripts of India and the like, and between emoji.
_JOINING = "\u0590-\u1c7f\u203c-\u3299\ua000-\uabff\ufe0f\U00010800-\U0001faff"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # the flags of regions: a flag, its code in invisible letters
_SEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MEANINGLESS = re.compile(
    f"(?P<kept>{_FLAG}|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}]))"
    "|\u00ad(?:[ \t]*[\r\n]+[ \t]*(?=[^\\W\\d_]))?"  # at a line's end, the word goes on in the next line
    "|[\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_DIRECTION = re.compile(f"[{_DIRECTIONS}]")


def is_visible(text: str) -> bool:
    """Return whether a text has a character that shows. Spaces, invisible characters and accents alone are nothing."""
    if _SHOWN.search(text):
        return True  # nearly every text, and quicker than its characters one by one
    return any(char not in _BLANK and unicodedata.category(char) not in _NEVER_SHOWN for char in text)


def without_invisible(text: str) -> str:
    """Return the text without soft hyphens and other invisible characters that carry no meaning.

    A joiner stays between letters that need it, and a sign of direction in a text that is written from the right.
    """
    if not _SEEN.search(text):
        return text
    text = _MEANINGLESS.sub(lambda found: found["kept"] or "", text)
    return text if _RIGHT_TO_LEFT.search(text) else _DIRECTION.sub("", text)


def composed(text: str) -> str:
    """Return the text in NFC, with its ligatures as letters. It adds and removes no white space."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_LIGATURES))


def canonical(text: str) -> str:
    """Return plain text in the form in which it is stored."""
    return composed(without_invisible(text))
