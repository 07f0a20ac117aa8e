"""A page with text editors only, under the portal's Content-Security-Policy."""

import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from csp.middleware import CSPMiddleware
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import escape

from reports.document.richtext import normalise, to_plain

PAGE = """{% load i18n static %}<!doctype html>
{% get_current_language as language %}<html lang="{{ language }}">
<head><meta charset="utf-8"><title>Editor</title>{% include "components/styles.html" %}</head>
<body><main class="page"><h1>Goal 2.1</h1>
<form method="post" action="/sent" id="form" data-warn-unsaved>
{{ boxes|safe }}
<details><summary>Translation</summary>{{ folded|safe }}</details>
<p><a href="#id_one-body">Go to the first text</a></p>
<button class="btn btn-primary">Save</button>
</form></main>
{% include "components/editor_toolbar.html" %}
<script type="module" src="{% static 'js/editor/editor.js' %}"></script>
<script type="module" src="{% static 'js/saving/warn_unsaved.js' %}"></script>
</body></html>"""
BOX = """<h2 id="h-{name}">Measures</h2><h3 id="{name}">Ministry of Justice</h3>
<div class="editor">
<textarea class="form-control prose" id="id_{name}-body" name="{name}-body" rows="6" lang="nl" data-editor
 data-html="{html}" data-format="id_{name}-text_format" aria-labelledby="h-{name} {name}">
{text}</textarea>
</div>
<input type="hidden" id="id_{name}-text_format" name="{name}-text_format" value="{format}">"""
ORIGINAL = (
    "<p>De wet is in <strong>april</strong> in werking; zie "
    '<a href="https://example.org/wet?a=1&amp;b=2">de tekst</a>.<br>Prijs: 5\u00a0€ -- "zoals gezegd"</p>'
    "<ul><li><p>een</p><ol><li><p>één</p></li></ol></li><li><p>twee</p></li></ul>"
)


def box(name: str, html: str, *, text: str | None = None, text_format: str = "plain") -> str:
    text = to_plain(html) if text is None else text
    return BOX.format(name=name, html=escape(html), text=escape(text), format=text_format)


class Shown:
    """The content of the page and what it sent. A test changes it before it opens the page."""

    original = ORIGINAL
    language = "en"

    def __init__(self) -> None:
        self.boxes = box("one", ORIGINAL) + box("two", "")
        self.folded = box("three", "<p>folded</p>")
        self.sent: list[bytes] = []

    def put(self, *boxes: tuple[str, str], **how) -> None:
        self.boxes = "".join(box(name, html, **how) for name, html in boxes)


@pytest.fixture
def shown() -> Shown:
    return Shown()


class Handler(BaseHTTPRequestHandler):
    """Answers with the page that the journey wants, and with the static files; keeps what is sent."""

    shown: Shown

    def do_GET(self):
        if self.path.startswith("/static/") and (file := finders.find(self.path.removeprefix("/static/"))):
            self.reply(Path(file).read_bytes(), mimetypes.guess_type(file)[0], {"Cache-Control": "max-age=3600"})
        elif self.path == "/":
            context = {"boxes": self.shown.boxes, "folded": self.shown.folded}
            with translation.override(self.shown.language):
                page = engines["django"].from_string(PAGE).render(context)
            self.reply(page.encode(), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def do_POST(self):
        self.shown.sent.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.reply(b"<title>Sent</title><link rel=icon href=data:,>", "text/html")

    def reply(self, body: bytes, kind: str | None, headers: dict[str, str] | None = None):
        self.send_response(200)
        self.send_header("Content-Type", kind or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        for name, value in {**policy(), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def editor_server():
    """A server of that page for all journeys of a worker, so that the browser's tab knows it already."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield SimpleNamespace(url=f"http://127.0.0.1:{listening.server_port}")
        listening.shutdown()
        thread.join()


@pytest.fixture
def server(shown, editor_server):
    Handler.shown = shown
    return editor_server


def policy() -> dict[str, str]:
    """Return the policy headers that the portal's settings produce."""
    response = CSPMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))
    return {name: value for name, value in response.items() if name.startswith("Content-Security-Policy")}


class Text:
    """An editor with its text area and its toolbar."""

    def __init__(self, page, name: str) -> None:
        self.page, self.name = page, name
        self.area = page.locator(f"#id_{name}-body")
        self.prose = page.locator(f"#id_{name}-body-text")
        self.box = page.locator(f".editor:has(#id_{name}-body)")
        self.toolbar = self.box.get_by_role("toolbar")

    @property
    def sent(self) -> str:
        return self.area.input_value()

    @property
    def format(self) -> str:
        return self.page.locator(f"#id_{self.name}-text_format").input_value()

    @property
    def line(self):
        """What is said of the last paste."""
        return self.box.locator("[data-pasted] [role=status]")

    def paste_button(self, name: str):
        return self.box.locator("[data-pasted]").get_by_role("button", name=name, exact=True)

    def button(self, name: str):
        return self.toolbar.get_by_role("button", name=name, exact=True)

    def paste(self, *, html: str = "", text: str = "") -> str:
        self.prose.focus()
        self.prose.evaluate(
            """(element, [html, text]) => {
                const clipboardData = new DataTransfer();
                if (html) clipboardData.setData("text/html", html);
                if (text) clipboardData.setData("text/plain", text);
                element.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
            }""",
            [html, text],
        )
        return normalise(self.sent)


@pytest.fixture
def text(page):
    """Return a function that finds a text by its name: `text("one")`."""
    return lambda name: Text(page, name)


@pytest.fixture
def one(page, text) -> Text:
    page.goto("/")
    text("two").prose.wait_for()
    return text("one")


@pytest.fixture
def empty(one, text) -> Text:
    return text("two")
