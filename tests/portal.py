"""The real portal for the journeys: gunicorn as `make run` starts it, on a database of its own for each test."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@dataclass
class Portal:
    """A portal that answers at `url`, with everything it keeps under `folder`."""

    folder: Path
    url: str = ""
    process: subprocess.Popen | None = None

    @property
    def database_path(self) -> Path:
        return self.folder / "portal.sqlite3"

    @property
    def demo_accounts(self) -> str:
        """What `load_demo` printed; empty without the mark `demo`."""
        file = self.folder / "demo.txt"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    @property
    def log(self) -> str:
        """What the server has written so far, the e-mails of the console backend among it."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def environment(self) -> dict[str, str]:
        changed = {
            "DATABASE_URL": f"sqlite:///{self.database_path}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "SEAL_FILE": str(self.folder / "demo-seal.p12"),
        }
        return {**os.environ, **changed, "PYTHONUNBUFFERED": "1"}

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this portal's database; what it printed."""
        command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
        ran = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True)
        assert ran.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{ran.stdout}{ran.stderr}"
        return ran.stdout

    def run(self, code: str) -> str:
        """Run Python inside the portal (its models at hand as in `manage.py shell`); what it printed."""
        return self.manage("shell", "-v", "0", "-c", code)

    def start(self) -> None:
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Starts the server, without waiting until it answers."""
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
        """The server gets a socket that already listens: no port can be lost to somebody else in between."""
        return socket.create_server(("127.0.0.1", 0), backlog=128)

    def wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=10).close()
                return
            except urllib.error.HTTPError:
                return  # it answers; what it answers is for the test to judge
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError(f"The portal did not start:\n{self.log}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def template(base: Path, *, demo: bool) -> Path:
    """A folder with a filled database, made once for all workers of a run and then only copied."""
    folder = base / ("portal-with-demo" if demo else "portal")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = Portal(folder.with_suffix(".unfinished"))
            shutil.rmtree(unfinished.folder, ignore_errors=True)
            unfinished.folder.mkdir()
            for command in ("migrate", "load_fixtures"):
                unfinished.manage(command, "-v", "0")
            if demo:
                (unfinished.folder / "demo.txt").write_text(unfinished.manage("load_demo"), encoding="utf-8")
            unfinished.folder.rename(folder)
    return folder


@pytest.fixture
def server(request, tmp_path, tmp_path_factory):
    """A running portal with the fixtures in its database, and the demo where the test is marked `demo`."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = tmp_path / "portal"
    shutil.copytree(template(base, demo=request.node.get_closest_marker("demo") is not None), folder)
    portal = Portal(folder)
    portal.start()
    yield portal
    portal.stop()
