"""The services beside the server, in processes of their own, while the database goes away and comes back."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.faults.ground import FaultPortal, Postgres
from tests.portal import PROJECT, Portal
from tests.postgres import candidates

WORKERS = {"db_worker": [], "send_reminders": ["--every", "1"]}
# A PDF that waits for its worker, and an e-mail that waits for its own.
LEAVE_WORK = """
from reports.document.pdf_identity import DRAFT
from reports.models import Country, Report, Role, User
from reports.rules import documents, people, renderings
report = Report.objects.get(country__code="BE", form__year=2014)
renderings.request(documents.compose(report), form_language="{language}", mark=DRAFT)
administrator = User.objects.get(email="anke@example.org")
people.invite("{address}", by=administrator, role=Role.CONTRIBUTOR, country=report.country)
"""


class Worker:
    """A worker's process, whose output is kept in a file."""

    def __init__(self, portal: Portal, name: str) -> None:
        self.output = portal.folder / f"{name}.log"
        with self.output.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "manage.py", name, *WORKERS[name]],
                cwd=PROJECT,
                env=portal.environment,
                stdout=log,
                stderr=log,
            )

    def said(self, text: str) -> bool:
        assert self.process.poll() is None, f"it ended:\n{self.output.read_text()}"
        return text in self.output.read_text()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(autouse=True)
def by_workers(monkeypatch):
    monkeypatch.setenv("TASKS_BY_WORKER", "1")
    monkeypatch.setenv("MAILS_BY_WORKER", "1")


@pytest.fixture
def start():
    """Return a function that starts both workers of a portal."""
    started: list[Worker] = []

    def start_workers(portal) -> list[Worker]:
        started.extend(Worker(portal, name) for name in WORKERS)
        return started

    yield start_workers
    for worker in started:
        worker.stop()


def wait_until(happened) -> None:
    until = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < until, "nothing came of it in two minutes"
        time.sleep(0.2)


def is_done(ask, address, language) -> bool:
    """Whether this PDF is ready and the e-mail to this address is sent."""
    ready = "SELECT 1 FROM reports_rendering WHERE state = 'ready' AND form_language = ?"
    sent = "SELECT 1 FROM reports_mail m JOIN reports_user u ON u.id = to_id WHERE email = ? AND sent_at IS NOT NULL"
    return bool(ask(ready, language)) and bool(ask(sent, address))


@pytest.mark.skipif(not candidates(), reason="there is no PostgreSQL here")
def test_workers_outlive_a_postgresql_that_stops(tmp_path, start):
    database = Postgres(tmp_path)
    try:
        portal = FaultPortal(tmp_path, database)
        portal.keeps_django = True
        portal.fill()
        workers = start(portal)
        portal.run(LEAVE_WORK.format(address="first@justice.example", language="en"))
        wait_until(lambda: is_done(database.ask, "first@justice.example", "en"))
        # Also those of the demo: a task that runs while the database stops leaves its traceback.
        wait_until(lambda: not database.ask("SELECT 1 FROM reports_rendering WHERE state <> 'ready'"))

        database.go_away()
        wait_until(lambda: all(worker.said("the database does not answer") for worker in workers))
        database.come_back()

        portal.run(LEAVE_WORK.format(address="second@justice.example", language="nl"))
        wait_until(lambda: is_done(database.ask, "second@justice.example", "nl"))
        assert {name for (name,) in database.ask("SELECT name FROM reports_heartbeat")} >= set(WORKERS)
        assert not any(worker.said("Traceback") for worker in workers)
        portal.stop()
    finally:
        database.stop()


def test_workers_wait_for_a_file_that_is_missing_or_locked(tmp_path, filled_portal, start):
    portal = Portal(tmp_path / "portal")
    portal.folder.mkdir()
    portal.database_path.mkdir()  # no database can be opened there
    workers = start(portal)
    wait_until(lambda: all(worker.said("the database does not answer") for worker in workers))

    portal.database_path.rmdir()
    with contextlib.closing(sqlite3.connect(filled_portal / "portal.sqlite3")) as source:
        unfinished = tmp_path / "copy"
        with contextlib.closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
    shutil.move(unfinished, portal.database_path)
    wait_until(lambda: len(portal.sql("SELECT 1 FROM reports_heartbeat WHERE name IN (?, ?)", *WORKERS)) == 2)

    with contextlib.closing(sqlite3.connect(portal.database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        wait_until(lambda: any(worker.said("database is locked") for worker in workers))
    portal.sql("DELETE FROM reports_heartbeat")
    wait_until(lambda: len(portal.sql("SELECT 1 FROM reports_heartbeat WHERE name IN (?, ?)", *WORKERS)) == 2)
