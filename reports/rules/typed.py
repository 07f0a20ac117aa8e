"""What people type into a box that a button sends, such as an answer or a note. Nothing reads it before its length."""

from reports.document.clean import refuse_control_characters
from reports.document.problem import Problem, gettext_noop


def written(text: str, limit: int) -> str:
    """Return what `checked` does. Raise Problem if nothing was written, too."""
    text = checked(text, limit)
    if not text:
        raise Problem(gettext_noop("Write something first."))
    return text


def checked(text: str, limit: int) -> str:
    """Return the text without surrounding white space. Raise Problem if it has more than `limit` characters, or some
    that no text may have.
    """
    text = text.strip()
    if len(text) > limit:
        raise Problem(
            gettext_noop("This text has %(length)s characters; the maximum is %(limit)s. Shorten it."),
            length=len(text),
            limit=limit,
        )
    refuse_control_characters(text)
    return text
