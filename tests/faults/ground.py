"""The server and the database of the fault runs. Both can be killed; the port stays the same."""

import contextlib
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import template
from tests.portal import PROJECT, Portal

PEOPLE = ("anke@example.org", "luc@example.org")
REVIEWER = "ruth@example.org"
PASSWORD = "four sober words together"
GOALS = ("2.1", "2.2")
TABLES = ("reports_conflict", "reports_revision", "reports_contribution")
SET_UP = f"""
from django.core.management import call_command
for command in ("migrate", "load_fixtures"):
    call_command(command, verbosity=0)
from reports.models import Country, Membership, ReportingForm, Role, User
from reports.models import Step
from reports.rules import approvals, remarks, workflow
belgium = Country.objects.get(code="BE")
for email, role in zip({PEOPLE!r}, (Role.FOCAL_POINT, Role.CONTRIBUTOR)):
    user = User.objects.create_user(email, {PASSWORD!r}, name=email.split("@")[0].title())
    Membership.objects.create(user=user, role=role, country=belgium)
form = ReportingForm.objects.get(year=2014)
report = workflow.open_report(form, belgium)
anke, luc = User.objects.order_by("pk")
ruth = User.objects.create_user({REVIEWER!r}, {PASSWORD!r}, name="Ruth")
Membership.objects.create(user=ruth, role=Role.REVIEWER)
luxembourg = Country.objects.get(code="LU")
claire = User.objects.create_user("claire@example.org", {PASSWORD!r}, name="Claire")
Membership.objects.create(user=claire, role=Role.FOCAL_POINT, country=luxembourg)
# Questions to answer, an approval to give, and a report to review: the boxes that a button sends.
workflow.take_step(workflow.open_report(form, luxembourg), Step.SEND_IN, by=claire)
workflow.take_step(report, Step.SEND_IN, by=anke)
for question in ("Since when?", "By whom?"):
    remarks.ask(report.submissions.get(), report.sections.get(question__code="2.1.B"), question, by=ruth)
remarks.send_questions(report, by=ruth)
workflow.take_step(report, Step.RETURN, by=ruth, comment="Please complete it.")
approvals.ask(report, [anke, luc], [], by=anke)
"""


class Sqlite:
    """SQLite. It cannot be restarted, but another connection can hold its lock."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "portal.sqlite3"
        self.url = f"sqlite:///{self.path}"
        self.held: sqlite3.Connection | None = None

    def ask(self, query: str, *values) -> list[tuple]:
        self.recover()  # the query would wait for the lock that this process holds
        with contextlib.closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as database:
            return database.execute(query, values).fetchall()

    def clear(self, tables: tuple[str, ...]) -> None:
        """Empty the tables, the append-only ones included."""
        guards = self.ask("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'")
        drops, creates = [f"DROP TRIGGER {name}" for name, _sql in guards], [sql for _name, sql in guards]
        with contextlib.closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as database:
            for statement in ("BEGIN IMMEDIATE", *drops, *map("DELETE FROM {}".format, tables), *creates, "COMMIT"):
                database.execute(statement)

    def strike(self) -> None:
        self.recover()
        self.held = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        self.held.execute("BEGIN IMMEDIATE")

    def recover(self) -> None:
        if self.held:
            self.held.close()
        self.held = None

    stop = recover


class Postgres:
    """PostgreSQL with durable commits, as in production."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.keeper"]
        self.keeper = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self.url = self.keeper.stdout.readline().strip()
        self.restarting = False
        if not self.url:
            raise RuntimeError("no PostgreSQL could be started")
        self.host = re.fullmatch("postgres://portal@/(.*)/postgres", self.url)[1]

    def ask(self, query: str, *values) -> list[tuple]:
        import psycopg2

        until = time.monotonic() + 20
        while True:
            try:
                with contextlib.closing(self.connect()) as connection, connection, connection.cursor() as cursor:
                    cursor.execute(query.replace("?", "%s"), values)
                    return cursor.fetchall() if cursor.description else []
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def clear(self, tables: tuple[str, ...]) -> None:
        """Empty the tables, the append-only ones included."""
        without_triggers = "SET LOCAL session_replication_role = replica"
        self.ask("; ".join([without_triggers, *map("DELETE FROM {}".format, tables)]))

    def connect(self):
        import psycopg2

        return psycopg2.connect(host=self.host, user="portal", dbname="postgres")

    def strike(self) -> None:
        self.recover()
        self.order("restart")
        self.restarting = True

    def order(self, what: str) -> None:
        """Send a line to the keeper, which answers with a line once it is done."""
        self.keeper.stdin.write(f"{what}\n")
        self.keeper.stdin.flush()

    def go_away(self) -> None:
        """Stop the server until `come_back`."""
        self.order("stop")
        self.keeper.stdout.readline()

    def come_back(self) -> None:
        self.order("start")
        self.keeper.stdout.readline()

    def recover(self) -> None:
        if self.restarting:
            self.keeper.stdout.readline()
        self.restarting = False

    def stop(self) -> None:
        self.keeper.stdin.close()
        self.keeper.wait(60)


class FaultPortal(Portal):
    """A portal that keeps its address when its process is killed and started again."""

    def __init__(self, folder: Path, database: Sqlite | Postgres) -> None:
        super().__init__(folder)
        self.database = database
        self.port = free_port()

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "DATABASE_URL": self.database.url}

    def fill(self) -> None:
        if template.FOLDER in os.environ and isinstance(self.database, Sqlite):
            template.copy_to(str(self.database.path))  # `migrate` then finds nothing to do
        self.run(SET_UP)

    def launch(self) -> None:
        if self.process and self.process.poll() is None:
            return  # it was killed twice, and has been started again since
        (self.folder / "log").write_text("")  # a thousand runs must not fill the disk
        super().launch()

    def listening(self) -> socket.socket:
        until = time.monotonic() + 20
        while True:
            try:
                return socket.create_server(("127.0.0.1", self.port), backlog=128)
            except OSError:  # a worker of the killed server is still exiting
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def kill(self) -> None:
        """Kill the master and its workers at once, like a power cut."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/help/", timeout=5).close()
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False
        return True


def free_port() -> int:
    """Return a port below the ephemeral ones, so that no other process gets it while the server is down."""
    while True:
        port = random.randrange(20_000, 30_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def reset_report(database: Sqlite | Postgres) -> None:
    """Empty the report and add a contribution to 2.1.A, 2.1.B and 2.2.A."""
    database.clear(TABLES)
    database.ask("UPDATE reports_approval SET answer = 'asked', answered_at = NULL, comment = ''")
    codes = dict(database.ask("SELECT q.code, s.id FROM reports_section s JOIN reports_question q ON q.id=question_id"))
    [(author,)] = database.ask("SELECT id FROM reports_user WHERE email = ?", PEOPLE[0])
    for code in ("2.1.A", "2.1.B", "2.2.A"):
        body = f"<p>Boven {code}.</p><p>De politie kreeg een handleiding.</p><ul><li><p>Een punt.</p></li></ul>"
        [(pk,)] = database.ask(
            "INSERT INTO reports_contribution"
            " (section_id, position, authority, language, body, translation, units_en, units_nl, units_fr)"
            " VALUES (?, 1, 'Justitie', 'nl', ?, '', '', '', '') RETURNING id",
            codes[code],
            body,
        )
        database.ask(
            "INSERT INTO reports_revision"
            " (id, contribution_id, language, number, base, body, units, sent, by_id, at, how)"
            " VALUES (?, ?, '', 1, 0, ?, '', '', ?, CURRENT_TIMESTAMP, 'typed')",
            f"{random.getrandbits(128):032x}",
            pk,
            body,
            author,
        )
