"""What went wrong with a text, a document or a file, said so that a person can act on it."""


def gettext_noop(message: str) -> str:
    """Marks a message for the catalogues; the page that shows it translates it."""
    return message


class Problem(ValueError):
    """A refusal. `message` is English with %(name)s places, `params` fills them.

    Pages translate `message` before they fill it; `str()` gives the English sentence.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message
