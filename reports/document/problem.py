"""What went wrong with a text, a document or a file, said so that a person can act on it."""

from collections.abc import Mapping


def gettext_noop(message: str) -> str:
    """Marks a message for the catalogues; the page that shows it translates it."""
    return message


def format_message(message: str, params: Mapping[str, object], language: str) -> str:
    """The sentence with its places format_message; a param in several languages in this one, else in English."""

    def in_language(value: object) -> object:
        return (value.get(language) or value.get("en", "")) if isinstance(value, Mapping) else value

    return message % {name: in_language(value) for name, value in params.items()} if params else message


class Problem(ValueError):
    """A refusal. `message` is English with %(name)s places, `params` fills them.

    A param may be a text in several languages, {"en": …, "nl": …}. Pages translate `message` before they fill it;
    `str()` gives the English sentence.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return format_message(self.message, self.params, "en")
