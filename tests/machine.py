"""Two translation services on a port of this computer, which keep what they are sent: DeepL, and eTranslation."""

import base64
import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Machine(ThreadingHTTPServer):
    """It translates a word by putting "fr:" before it; `answer`, if it is set, is what it answers instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}/translate"
        self.asked: list[dict] = []
        self.keys: list[str] = []
        self.status, self.answer = 200, None

    def reply(self, asked: dict) -> bytes:
        self.asked.append(asked)
        if self.answer is not None:
            return self.answer
        if "documentToTranslate" in asked:
            return json.dumps({"requestId": len(self.asked)}).encode()
        return json.dumps({"translations": [{"text": translated(text)} for text in asked["text"]]}).encode()

    def delivery(self) -> tuple[str, bytes]:
        """Return where eTranslation delivers what it was asked last, and what."""
        asked = self.asked[-1]
        page = base64.b64decode(asked["documentToTranslate"]["document"]["content"]).decode()
        body = {"result": base64.b64encode(translated(page).encode()).decode(), "targetLanguage": "FR"}
        return asked["deliveries"]["http"], json.dumps(body).encode()

    def failure(self) -> tuple[str, bytes]:
        """Return where eTranslation says that it could not translate what it was asked last, and what it says."""
        body = {"requestId": len(self.asked), "errorCode": -20049, "errorMessage": "Language pair not available"}
        return self.asked[-1]["notifications"]["failure"]["http"], json.dumps(body).encode()


def translated(html: str) -> str:
    return re.sub(r"(?<=>)(?=[^<\s])", "fr: ", html)


class Answers(BaseHTTPRequestHandler):
    server: Machine

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys.append(self.headers["Authorization"])
        body = self.server.reply(asked)
        self.send_response(self.server.status)
        if self.server.status == 307:
            self.send_header("Location", self.server.url)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def machine_at(settings, service):
    """Run a service and configure the portal to use it."""
    server = Machine()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRANSLATION_SERVICE, settings.TRANSLATION_URL = service, server.url
    settings.TRANSLATION_KEY = "portal:a-key"
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
