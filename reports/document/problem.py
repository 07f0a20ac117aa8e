"""An error in a text, a document or a file, with a message that a person can act on."""

from collections.abc import Mapping


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogues; the page that shows it translates it."""
    return message


def format_message(message: str, params: Mapping[str, object], language: str) -> str:
    """Return the message with its params; one in several languages is used in this language, else in English."""

    def in_language(value: object) -> object:
        return (value.get(language) or value.get("en", "")) if isinstance(value, Mapping) else value

    return message % {name: in_language(value) for name, value in params.items()} if params else message


class Problem(ValueError):
    """An error that a person can act on. `message` is English, with a %(name)s placeholder for each of `params`.

    A param may be a text in several languages: {"en": …, "nl": …}. Pages translate `message` before they insert the
    params; `str()` returns it in English.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return format_message(self.message, self.params, "en")
