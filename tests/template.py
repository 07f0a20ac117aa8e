"""The filled test database, made once in a run. Each worker copies it, because the migrations take seconds.

`python -m tests.template` makes it; `begin()` starts that in the background while the workers collect the tests.
"""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
USUAL_UMASK = 0o022  # that of most systems, under which everybody may read a new file
FOLDER = "ALLIANCE_TEST_TEMPLATE"  # the workers inherit it from their controller
NAME = "portal_template"  # on PostgreSQL
WEB_ROLE = "portal_web"
FILL = f"""
from django.core.management import call_command
from django.db import connection
for command in ("migrate", "load_fixtures"):
    call_command(command, verbosity=0)
if connection.vendor == "postgresql":
    call_command("grant_web_role", {WEB_ROLE!r}, verbosity=0)
connection.close()  # SQLite then has the whole database in one file
"""


def prepare(config) -> None:
    """Choose the folder of this run. Nothing is made yet."""
    folder = tempfile.TemporaryDirectory(prefix="portal-template-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ[FOLDER] = folder.name


def begin(config) -> None:
    """Make the template in the background."""
    maker = subprocess.Popen([sys.executable, "-m", "tests.template"], cwd=PROJECT, stderr=subprocess.DEVNULL)
    config.add_cleanup(maker.wait)  # a test that needs the template makes it if this fails, and says why


@contextlib.contextmanager
def made() -> Iterator[str]:
    """Make the template unless that is done, and yield its DATABASE_URL. Nobody else uses it meanwhile."""
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        url = address(folder)
        if not (folder / "made").exists():
            fill(url)
            (folder / "made").touch()
        yield url


def server() -> str:
    """Return the address of the run's PostgreSQL server; "" on SQLite."""
    return os.environ.get("DATABASE_URL", "")


def address(folder: Path) -> str:
    return re.sub("/postgres$", f"/{NAME}", server()) if server() else f"sqlite:///{folder / 'portal.sqlite3'}"


def fill(url: str) -> None:
    if server():
        order(f"DROP DATABASE IF EXISTS {NAME}")  # of a maker that was stopped
        order(f"CREATE DATABASE {NAME}")
    else:
        Path(url.removeprefix("sqlite:///")).unlink(missing_ok=True)
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "-v", "0", "-c", FILL]
    environment = {**os.environ, "DATABASE_URL": url}
    ran = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, umask=USUAL_UMASK)
    assert ran.returncode == 0, f"The test database could not be made:\n{ran.stdout}{ran.stderr}"


def order(statement: str) -> None:
    """Run a statement on the PostgreSQL server, outside of a transaction."""
    import psycopg2

    host = re.fullmatch("postgres://portal@/(.*)/postgres", server())[1]
    connection = psycopg2.connect(host=host, user="portal", dbname="postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def copy_to(name: str) -> None:
    """Make a database of this name, a file on SQLite, or put it back. Nobody may use it meanwhile."""
    with made() as url:
        if server():
            order(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            order(f'CREATE DATABASE "{name}" TEMPLATE {NAME}')
            order(f'REVOKE CREATE, TEMPORARY ON DATABASE "{name}" FROM PUBLIC')  # a copy has no rights of its template
        else:
            unfinished = shutil.copy2(url.removeprefix("sqlite:///"), f"{name}.unfinished")
            for suffix in ("-wal", "-shm"):  # they belong to the old file
                Path(f"{name}{suffix}").unlink(missing_ok=True)
            Path(unfinished).replace(name)


if __name__ == "__main__":
    with made():
        pass
