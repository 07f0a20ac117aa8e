"""The real portal for the journeys: gunicorn as `make run` starts it.

Starting and stopping it takes seconds, so the journeys of one pytest worker share a server, and its database and files
are restored before each of them. A journey that kills or restarts the server makes a `Portal` of its own.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import template
from tests.template import PROJECT, USUAL_UMASK

# Runs inside the portal, once for all journeys. Most of them start with one of the sessions: only the journeys about
# signing in use the form, which hashes a password and loads three pages.
FILL = """
import json
from pathlib import Path
from django.core.management import call_command
from alliance import static_files
from reports.models import User
from tests.portal import session_of
folder = Path({folder!r})
static_files.collect()
with (folder / "demo.txt").open("w", encoding="utf-8") as file:
    call_command("load_demo", stdout=file)
sessions = {{user.email: session_of(user) for user in User.objects.all()}}
(folder / "sessions.json").write_text(json.dumps(sessions))
"""


@dataclass
class Portal:
    """A portal that answers at `url` and stores everything in `folder`."""

    folder: Path
    url: str = ""
    process: subprocess.Popen | None = None
    log_start: int = 0  # bytes of the log that earlier journeys left
    keeps_django: bool = False  # whether `run` starts Django once for all pieces of code
    inside: subprocess.Popen | None = None  # that process: see tests/inside.py

    @property
    def database_path(self) -> Path:
        return self.folder / "portal.sqlite3"

    @property
    def password(self) -> str:
        """The password of every user of the demo."""
        return re.search(r"password (\S+)", (self.folder / "demo.txt").read_text(encoding="utf-8"))[1]

    @property
    def sessions(self) -> dict[str, str]:
        """A session key for each user of the demo, by e-mail address."""
        return json.loads((self.folder / "sessions.json").read_text())

    @property
    def log(self) -> str:
        """What the server has printed during this journey, including the e-mails of the console backend."""
        return (self.folder / "log").read_bytes()[self.log_start :].decode(errors="replace")

    @property
    def environment(self) -> dict[str, str]:
        changed = {
            "DATABASE_URL": f"sqlite:///{self.database_path}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "SEAL_FILE": str(self.folder / "demo-seal.p12"),
            "STATIC_FILES": "made",
        }
        return {**os.environ, **changed, "PYTHONUNBUFFERED": "1"}

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this portal's database and return what it printed."""
        command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
        ran = subprocess.run(
            command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, umask=USUAL_UMASK
        )
        assert ran.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{ran.stdout}{ran.stderr}"
        return ran.stdout

    def run(self, code: str) -> str:
        """Run Python inside the portal and return what it printed. The start of Django takes two seconds."""
        if not self.keeps_django:
            return self.manage("shell", "-v", "0", "-c", code)
        if self.inside is None:
            self.inside = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "tests.inside"],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                umask=USUAL_UMASK,
            )
        print(json.dumps(code), file=self.inside.stdin, flush=True)
        printed, trouble = json.loads(self.inside.stdout.readline())
        assert not trouble, f"{printed}{trouble}"
        return printed

    def sql(self, query: str, *values) -> list[tuple]:
        """Run one statement on the portal's database and return its rows. Much faster than `run`."""
        with contextlib.closing(sqlite3.connect(self.database_path, timeout=20)) as database, database:
            return database.execute(query, values).fetchall()

    def set_language(self, language: str) -> None:
        """Set the language of every user."""
        self.sql("UPDATE reports_user SET language = ?", language)

    def start(self) -> None:
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start the server without waiting until it answers."""
        with self.listening() as listening, (self.folder / "log").open("a") as log:
            self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            bind = f"fd://{listening.fileno()}"
            gunicorn = [sys.executable, "-W", "ignore", "-m", "gunicorn", "-c", "alliance/server.py", "-b", bind]
            self.process = subprocess.Popen(
                [*gunicorn, "alliance.wsgi"],
                cwd=PROJECT,
                env=self.environment,
                stdout=log,
                stderr=log,
                pass_fds=[listening.fileno()],
                start_new_session=True,
            )

    def listening(self) -> socket.socket:
        """Return a socket that listens already, so that no other process can take the port before the server does."""
        return socket.create_server(("127.0.0.1", 0), backlog=128)

    def wait(self) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=10).close()
                return
            except urllib.error.HTTPError:
                return  # an error page is an answer too
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError(f"The portal did not start:\n{self.log}")

    def stop(self) -> None:
        if self.inside:
            self.inside.communicate("")
            self.inside = None
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def session_of(user) -> str:
    """Return the key of a new session in which this user is signed in. Runs inside the portal."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from reports.signing_in.sessions import BEGAN

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BEGAN] = int(time.time()) + 24 * 3600  # a long run must not be asked to sign in again in its middle
    session.save()
    return session.session_key


@pytest.fixture(scope="session")
def filled_portal(tmp_path_factory) -> Path:
    """The folder of a portal with the demo in it, to be copied. All workers of a run share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "filled-portal"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first worker fills it, the others wait
        if not folder.exists():
            unfinished = Portal(folder.with_suffix(".unfinished"))
            shutil.rmtree(unfinished.folder, ignore_errors=True)
            unfinished.folder.mkdir()
            template.copy_to(str(unfinished.database_path))
            unfinished.run(FILL.format(folder=str(unfinished.folder)))
            unfinished.folder.rename(folder)
    return folder


def copy_filled(filled: Path, folder: Path) -> None:
    """Copy a filled portal. Nobody writes to it, so what SQLite keeps beside its database while a worker reads it, and
    removes at any moment, is not needed."""
    shutil.copytree(filled, folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))


@pytest.fixture(scope="session")
def shared_portal(filled_portal, tmp_path_factory):
    """The running portal that the journeys of one worker share."""
    portal = Portal(tmp_path_factory.mktemp("served") / "portal", keeps_django=True)
    copy_filled(filled_portal, portal.folder)
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def server(shared_portal, filled_portal) -> Portal:
    """A running portal in the state in which the demo leaves it.

    `open_page` has closed the pages of the previous journey: a page that still polled would write to the database.
    """
    restore(shared_portal, filled_portal)
    return shared_portal


def restore(portal: Portal, filled: Path) -> None:
    """Bring the database and the files of a running portal back to those of a filled folder.

    The database goes through SQLite's backup interface, because a file that is replaced under a running server is a
    broken database. Sessions, counts of sign-in attempts and queued tasks are rows, so they are restored as well.
    """
    with (
        contextlib.closing(sqlite3.connect(filled / "portal.sqlite3")) as source,
        contextlib.closing(sqlite3.connect(portal.database_path, timeout=20)) as target,
    ):
        source.backup(target)
    shutil.rmtree(portal.folder / "media", ignore_errors=True)
    if (filled / "media").exists():
        shutil.copytree(filled / "media", portal.folder / "media")
    portal.log_start = (portal.folder / "log").stat().st_size
