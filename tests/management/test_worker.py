"""PDFs made by the worker in the background, in a process of its own, as a secretariat runs it."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.portal import PROJECT, Portal

PATIENCE = 60  # seconds
SEND_IN = """
from reports.models import Report, Step, User
from reports.rules import workflow, writing
by = User.objects.get(email="focalpoint.be@example.org")
report = Report.objects.get(country__code="BE", form__year=2014)
workflow.take_step(report, Step.SEND_IN, by=by)
workflow.take_step(report, Step.WITHDRAW, by=by)
writing.add_contribution(report.sections.first(), "<p>A new unit began its work.</p>", by=by, language="en")
workflow.take_step(report, Step.SEND_IN, by=by)
"""


@pytest.fixture
def portal(tmp_path, filled_portal, monkeypatch):
    """A portal that leaves PDFs to the worker, with a report that has just been sent in twice."""
    monkeypatch.setenv("TASKS_BY_WORKER", "1")
    portal = Portal(tmp_path / "portal")
    shutil.copytree(filled_portal, portal.folder)
    portal.run(SEND_IN)
    return portal


def renderings(portal):
    """Return the state of both PDFs, how often each was tried, and whether its file is there."""
    rows = portal.sql("SELECT state, attempts, file FROM reports_rendering ORDER BY id DESC LIMIT 2")
    return [
        (state, attempts, bool(file) and (portal.folder / "media" / file).is_file()) for state, attempts, file in rows
    ]


def test_submissions_are_printed_once_by_the_worker(portal):
    """The first was queued by an older version, whose task was in `reports/tasks.py`."""
    assert renderings(portal) == [("waiting", 0, False)] * 2
    queued = "django_tasks_database_dbtaskresult"
    portal.sql(
        f"UPDATE {queued} SET task_path = 'reports.tasks.make_pdf' "
        f"WHERE id = (SELECT id FROM {queued} ORDER BY enqueued_at LIMIT 1)"
    )
    paths = {path for (path,) in portal.sql(f"SELECT task_path FROM {queued}")}
    assert len(paths) == 2
    for _turn in range(2):
        portal.manage("db_worker", "--batch", "--no-startup-delay")
        assert renderings(portal) == [("ready", 1, True)] * 2


def test_a_worker_that_is_stopped_ends_with_its_task(portal):
    """A service manager sends SIGTERM once, waits, and then kills."""
    command = [sys.executable, "-W", "ignore", "manage.py", "db_worker"]
    with subprocess.Popen(command, cwd=PROJECT, env=portal.environment, stderr=subprocess.DEVNULL) as worker:
        until = time.monotonic() + PATIENCE
        while renderings(portal)[0][0] == "waiting" and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(worker.pid, signal.SIGTERM)
        try:
            assert worker.wait(PATIENCE) == 0
        finally:
            worker.kill()
    assert renderings(portal) == [("ready", 1, True)] * 2
