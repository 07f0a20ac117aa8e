"""Gives every step that was taken before its place in its report's chain, and every submission its states."""

import json

from django.db import migrations

from reports.rules.chain import digest


def fill(apps, schema_editor):
    Report, StepLog = apps.get_model("reports", "Report"), apps.get_model("reports", "StepLog")
    for report in Report.objects.select_related("country", "form").order_by("pk"):
        steps = list(StepLog.objects.filter(report=report).select_related("submission").order_by("pk"))
        begun = StepLog(report=report, step="open", state_to="draft", at=report.opened_at)
        head = ""
        for position, step in enumerate([begun, *steps], start=1):
            step.position, step.before = position, head
            submission = step.submission
            if submission:
                submission.states, submission.log_head = states_of(json.loads(submission.document)), head
                submission.save(update_fields=["states", "log_head"])
            step.hash = head = digest(step)
            step.save()


def states_of(document):
    states = {}
    for target in document["targets"]:
        for part in (*target["goals"], target):
            states |= {section["code"]: section["state"] for section in part["sections"]}
    return states


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_road_of_a_report")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
