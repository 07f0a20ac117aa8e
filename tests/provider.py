"""A small OpenID Connect provider on a port of this computer, for the tests of single sign-on."""

import json
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT = {"id": "portal", "secret": "only-for-tests-only-for-tests-only-for-tests"}


class Provider(ThreadingHTTPServer):
    """It signs in `claims`, whoever asks, without a page in between."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}/realm"
        self.claims: dict[str, object] = {}
        self.nonce = ""

    def discovery(self) -> dict[str, object]:
        addresses = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "userinfo_endpoint": "userinfo",
            "jwks_uri": "keys",
        }
        return {name: f"{self.url}/{place}" for name, place in addresses.items()} | {
            "issuer": self.url,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self) -> dict[str, object]:
        now = int(time.time())
        about = {"iss": self.url, "aud": CLIENT["id"], "iat": now, "exp": now + 60, "nonce": self.nonce}
        return {
            "access_token": "anything",
            "token_type": "Bearer",
            "id_token": jwt.encode(about | self.claims, CLIENT["secret"], algorithm="HS256"),
        }


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path.endswith("/authorize"):
            self.server.nonce = asked.get("nonce", "")
            back = urlencode({"code": "a-code", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self.answer(self.server.claims if address.path.endswith("/userinfo") else self.server.discovery())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(self.server.token())

    def answer(self, data: dict[str, object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


@contextmanager
def running_provider():
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


def location_of(url: str) -> str:
    """Return where the address redirects to."""
    try:
        urllib.request.build_opener(NoRedirect).open(url, timeout=30)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError(f"{url} redirects nowhere")
