"""A portal on a public host starts only when it knows its address; the README's steps lead to one that works."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from alliance import public_host
from tests.postgres import Unavailable, candidates, running

PROJECT = Path(__file__).resolve().parent.parent
HOST = "reports.example.org"
IN_ORDER = {
    "hosts": [HOST],
    "site_url": f"https://{HOST}",
    "debug": False,
    "email_url": "smtp://mail.example.org",
}
STEPS = re.search(r"## Running it on PostgreSQL\n.*?```sh\n(.*?)```", (PROJECT / "README.md").read_text(), re.S)[1]


def check(**changed):
    options = IN_ORDER | changed
    public_host.check(options.pop("hosts"), **options)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"site_url": ""}, f"Set SITE_URL, for example https://{HOST}"),
        ({"site_url": f"http://{HOST}"}, "must begin with https://"),
        ({"site_url": "https://"}, "must begin with https://"),
        ({"site_url": "https://other.example.org"}, "not in ALLOWED_HOSTS"),
        ({"site_url": "https://127.0.0.1:8000"}, "not in ALLOWED_HOSTS"),
        ({"debug": True}, "DEBUG is on"),
        ({"email_url": ""}, "Set EMAIL_URL to a mail server"),
    ],
)
def test_a_public_host_is_refused_with_a_sentence(changed, sentence):
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        check(**changed)


@pytest.mark.parametrize("hosts", [[HOST], [".example.org"], ["*"], ["127.0.0.1", HOST]])
def test_a_public_host_in_order_starts(hosts):
    check(hosts=hosts)
    check(hosts=hosts, email_url="consolemail://", site_url=f"https://{HOST}:8443")


@pytest.mark.parametrize(
    "command", [["manage.py", "check"], ["-m", "gunicorn", "-c", "alliance/server.py", "alliance.wsgi"]]
)
def test_command_and_server_stop_with_the_sentence(command):
    environment = {**os.environ, "ALLOWED_HOSTS": HOST, "PORT": "1"}
    ran = subprocess.run([sys.executable, *command], cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert ran.returncode != 0
    assert "Set SITE_URL, for example https://reports.example.org" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the project, as somebody has it who cloned it, with the packages already installed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    folder = tmp_path / "portal"
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, folder / name)
    (folder / ".venv").symlink_to((PROJECT / ".venv").resolve())
    if (PROJECT / "static-collected").is_dir():  # an update: the same files need not be compressed again
        shutil.copytree(PROJECT / "static-collected", folder / "static-collected")
    return folder


def steps(database: str) -> tuple[str, str]:
    """Return the README's commands up to the server, and the server's, with what a reader fills in filled in."""
    text = STEPS
    for written, filled_in in (
        ("python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.txt\n", ""),
        ("postgres://portal:PASSWORD@127.0.0.1:5432/portal", database),
        ("SECRET_KEY=…", "SECRET_KEY=long-random-kept-long-random-kept-long-random-kept"),
    ):
        assert written in text, f"the README no longer says {written!r}"
        text = text.replace(written, filled_in)
    before, server = text.rsplit("\n.venv/bin/gunicorn", 1)
    return f"set -e\n{before}\n", f".venv/bin/gunicorn{server.split('#')[0]}"


INVITE = """
from reports.models import Country, Mail, Role, User
from reports.rules import people
first = User.objects.get(email="ada@example.org")
people.invite("anke@example.org", by=first, role=Role.FOCAL_POINT, country=Country.objects.get(code="BE"))
print(Mail.objects.get(kind="invitation").text)
"""


@pytest.mark.skipif(not candidates(), reason="there is no PostgreSQL here")
def test_the_steps_of_the_readme_lead_to_a_portal_that_works(copy):
    try:
        with running() as database:
            follow(copy, database)
    except Unavailable as reason:
        pytest.skip(str(reason))


def follow(copy, database):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "MAILS_BY_WORKER": "1", "TASKS_BY_WORKER": "1"}  # the README: "for the server too"
    before, server = steps(database)
    exports = "".join(line + "\n" for line in before.splitlines() if line.startswith("export "))

    def shell(script):
        ran = subprocess.run(["bash", "-c", script], cwd=copy, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    shell(before)
    mail = shell(f"{exports}.venv/bin/python manage.py shell -v 0 -c '{INVITE}'")
    links = re.findall(r"https?://\S+", mail)
    assert links
    assert all(link.startswith(f"https://{HOST}/") for link in links)

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = f"{exports}exec {server.strip()} --bind 127.0.0.1:{port}"
    process = subprocess.Popen(["bash", "-c", command], cwd=copy, env=environment, start_new_session=True)
    try:
        assert status_of(port, "/health/") == 200
        invitation = next(link for link in links if "/invitation/" in link).removeprefix(f"https://{HOST}")
        assert status_of(port, invitation) == 200
        assert status_of(port, invitation, proto="http") == 301
        assert status_of(port, "/health/", host="elsewhere.example.org") == 400
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def status_of(port, path, *, host=HOST, proto="https"):
    """Return the answer to a request as the web server in front passes it on; wait until the portal listens."""
    until = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(
                "GET", path, headers={"Host": host, "X-Forwarded-Proto": proto, "X-Forwarded-For": "192.0.2.1"}
            )
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.2)
        finally:
            connection.close()
