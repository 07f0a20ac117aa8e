"""eTranslation of the European Commission (REST, version 2): it takes a document, and delivers its translation later.

Each passage is a `div` of one HTML document, so that a request takes more than the 5,000 characters of a snippet. The
delivery is JSON with the translated document in Base64.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from html import escape

from lxml import etree, html
from requests.auth import HTTPBasicAuth

from reports.machine.service import NOT_READABLE, NOT_TAKEN, fail, post_json


class ETranslation:
    name = "eTranslation"

    def __init__(self, key: str, url: str) -> None:
        self.user, _colon, self.password = key.partition(":")
        self.url = url

    def ask(self, passages: Sequence[str], source: str, into: str, *, deliver_to: str) -> list[str] | None:
        """Send the passages, as in Service, and return None: they are delivered later."""
        parts = "".join(f'<div id="p{place}">{passage}</div>' for place, passage in enumerate(passages))
        page = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{parts}</body></html>'
        content = {
            "documentToTranslate": {
                "document": {"format": "html", "content": base64.b64encode(page.encode()).decode()}
            },
            "sourceLanguage": source.split("-")[0].upper(),
            "targetLanguages": [into.upper()],
            "domain": "GEN",
            "deliveries": {"http": deliver_to},
            "notifications": {"failure": {"http": deliver_to}},
        }
        auth = HTTPBasicAuth(self.user, self.password)
        answer = post_json(self.url, content, auth=auth, service=self.name)
        if not isinstance(answer, dict) or "errorCode" in answer or "requestId" not in answer:
            fail(self.name, NOT_TAKEN, "refused")
        return None

    def read(self, delivery: bytes) -> list[str]:
        """Return the passages of a delivery, in order. Raise Problem for anything else, also for a failure."""
        try:
            page = base64.b64decode(json.loads(delivery)["result"], validate=True).decode()
            root = html.document_fromstring(page)
        except (ValueError, KeyError, TypeError, binascii.Error, etree.ParserError):
            fail(self.name, NOT_READABLE, "a delivery")
        found: list[str] = []
        while parts := root.xpath("//div[@id=$name]", name=f"p{len(found)}"):
            found.append(inner(parts[0]))
        if not found:
            fail(self.name, NOT_READABLE, "no passages")
        return found


def inner(part: html.HtmlElement) -> str:
    """Return what stands in an element, as HTML. It is cleaned where it is saved, like anything from outside."""
    return escape(part.text or "") + "".join(html.tostring(one, encoding="unicode") for one in part)
