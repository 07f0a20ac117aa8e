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
from reports.rules import workflow
report = Report.objects.get(country__code="BE", form__year=2014)
workflow.take_step(report, Step.SEND_IN, by=User.objects.get(email="focalpoint.be@example.org"))
"""


@pytest.fixture
def portal(tmp_path, filled_portal, monkeypatch):
    """A portal that leaves PDFs to the worker, with a report that has just been sent in."""
    monkeypatch.setenv("TASKS_BY_WORKER", "1")
    portal = Portal(tmp_path / "portal")
    shutil.copytree(filled_portal, portal.folder)
    portal.run(SEND_IN)
    return portal


def rendering(portal):
    """Return the state of the newest PDF, how often it was tried, and whether its file is there."""
    [(state, attempts, file)] = portal.sql(
        "SELECT state, attempts, file FROM reports_rendering ORDER BY id DESC LIMIT 1"
    )
    return state, attempts, bool(file) and (portal.folder / "media" / file).is_file()


def work(portal):
    portal.manage("db_worker", "--batch", "--no-startup-delay")


def test_a_submission_is_printed_once_by_the_worker(portal):
    assert rendering(portal) == ("waiting", 0, False)
    for _turn in range(2):
        work(portal)
        assert rendering(portal) == ("ready", 1, True)


def test_a_call_queued_by_an_older_version_is_run(portal):
    """It was queued when the task was in `reports/tasks.py`."""
    portal.sql("UPDATE django_tasks_database_dbtaskresult SET task_path = 'reports.tasks.make_pdf'")
    work(portal)
    assert rendering(portal) == ("ready", 1, True)


def test_a_worker_that_is_stopped_ends_with_its_task(portal):
    """A service manager sends SIGTERM once, waits, and then kills."""
    command = [sys.executable, "-W", "ignore", "manage.py", "db_worker"]
    with subprocess.Popen(command, cwd=PROJECT, env=portal.environment, stderr=subprocess.DEVNULL) as worker:
        until = time.monotonic() + PATIENCE
        while rendering(portal)[0] == "waiting" and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(worker.pid, signal.SIGTERM)
        try:
            assert worker.wait(PATIENCE) == 0
        finally:
            worker.kill()
    assert rendering(portal) == ("ready", 1, True)
