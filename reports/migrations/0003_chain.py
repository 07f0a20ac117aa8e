"""Gives every step that was taken before its place in its report's chain, and every submission its states."""

import hashlib
import json
from datetime import timezone

from django.db import migrations


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


def digest(entry):
    """Return the hash of an entry as reports.rules.chain.digest computed it when this migration was written.

    This copy must not change: the hashes of every later entry build on the ones that are written here.
    """
    content = {
        "report": f"{entry.report.country.code} {entry.report.form.year}",
        "position": entry.position,
        "step": entry.step,
        "from": entry.state_from,
        "to": entry.state_to,
        "by": entry.by_id,
        "at": entry.at.astimezone(timezone.utc).isoformat(timespec="microseconds"),
        "comment": entry.comment,
        "sections": entry.sections,
        "due": entry.due.isoformat() if entry.due else None,
        "submission": entry.submission.sha256 if entry.submission else "",
        "before": entry.before,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def states_of(document):
    states = {}
    for target in document["targets"]:
        for part in (*target["goals"], target):
            states |= {section["code"]: section["state"] for section in part["sections"]}
    return states


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_road_of_a_report")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
