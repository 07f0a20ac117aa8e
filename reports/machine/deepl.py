"""DeepL (https://developers.deepl.com): one request, and the answer has the translation."""

from collections.abc import Sequence

import requests
from requests.auth import AuthBase

from reports.machine.service import NOT_READABLE, checked, fail, post_json

INTO = {"en": "EN-GB", "nl": "NL", "fr": "FR"}


class Key(AuthBase):
    """Sends the key. As `auth` it also keeps requests from using a password of the server's .netrc."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"DeepL-Auth-Key {self.key}"
        return request


class DeepL:
    name = "DeepL"

    def __init__(self, key: str, url: str) -> None:
        self.key, self.url = key, url

    def ask(self, passages: Sequence[str], source: str, into: str, *, deliver_to: str) -> list[str] | None:
        """Return the passages in another language, as in Service. `deliver_to` is not sent."""
        content = {
            "text": list(passages),
            "source_lang": source.split("-")[0].upper(),
            "target_lang": INTO[into],
            "tag_handling": "html",
        }
        answer = post_json(self.url, content, auth=Key(self.key), service=self.name)
        try:
            found = [one["text"] for one in answer["translations"]]
        except (KeyError, TypeError):
            fail(self.name, NOT_READABLE, "another form")
        return checked(found, len(passages), self.name)

    def read(self, delivery: bytes) -> list[str]:
        """DeepL sends nothing later. Raise Problem."""
        fail(self.name, NOT_READABLE, "a delivery")
