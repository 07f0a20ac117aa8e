"""PDFs made by the worker in the background, in a process of its own, as a secretariat runs it."""

import shutil

import pytest

from tests.portal import Portal, template

SEND_IN = """
from reports.models import Country, Membership, Rendering, ReportingForm, Role, Step, User
from reports.rules import workflow
belgium = Country.objects.get(code="BE")
anke = User.objects.create_user("anke@example.org", None, name="Anke")
Membership.objects.create(user=anke, role=Role.FOCAL_POINT, country=belgium)
report = workflow.open_report(ReportingForm.objects.get(year=2014), belgium)
workflow.take_step(report, Step.SEND_IN, by=anke)
"""
TOLD = """
from reports.models import Rendering
from reports.rules import renderings
print([(one.state, one.attempts, renderings.is_ready(one)) for one in Rendering.objects.all()])
"""
QUEUED_BEFORE = """
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.update(task_path="reports.tasks.make_pdf"))
"""


@pytest.fixture
def portal(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("TASKS_BY_WORKER", "1")
    folder = tmp_path / "portal"
    shutil.copytree(template(tmp_path_factory.getbasetemp(), demo=False), folder)
    return Portal(folder)


def test_a_submission_is_printed_once_by_the_worker(portal):
    portal.run(SEND_IN)
    assert portal.run(TOLD).endswith("[('waiting', 0, False)]\n")
    for _turn in range(2):
        portal.manage("db_worker", "--batch", "--no-startup-delay")
        assert portal.run(TOLD).endswith("[('ready', 1, True)]\n")


def test_a_call_queued_by_an_older_version_is_run(portal):
    """It was queued when the task lived in reports/tasks.py."""
    portal.run(SEND_IN)
    assert portal.run(QUEUED_BEFORE) == "1\n"
    portal.manage("db_worker", "--batch", "--no-startup-delay")
    assert portal.run(TOLD).endswith("[('ready', 1, True)]\n")
