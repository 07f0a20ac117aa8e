"""`verify_log`: intact after a full workflow, and what it names after changes directly in the database."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reports.models import Report, StepLog, Submission, append_only
from reports.models.review import Step
from reports.rules import chain, workflow, writing
from tests.database import create_triggers, drop_triggers, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(report, written, cast, begin, settings, demo_key):
    """Belgium's report: sent in, taken back, sent in, returned in part, extended, sent in, accepted, published, and
    reopened. Beside it the Netherlands', which was only begun."""
    settings.SEAL_FILE = demo_key
    later = report.form.due + datetime.timedelta(days=10_000)
    steps = [
        (Step.SEND_IN, "focal_point", {}),
        (Step.WITHDRAW, "focal_point", {}),
        (Step.SEND_IN, "focal_point", {}),
        (Step.RETURN, "reviewer", {"comment": "Vul aan: “5,5 %” – é 日本.", "sections": ("2.1.A",)}),
        (Step.EXTEND, "administrator", {"comment": "Verkiezingen.", "due": later}),
        (Step.SEND_IN, "focal_point", {}),
        (Step.ACCEPT, "reviewer", {}),
        (Step.PUBLISH, "administrator", {}),
        (Step.REOPEN, "reviewer", {"comment": "Een cijfer."}),
    ]
    for number, (step, role, fields) in enumerate(steps):
        if step == Step.SEND_IN and number:
            body = f"<p>De wet is in werking, {number}.</p>"
            writing.save_text(written, body, base=written.revisions.count(), by=cast.focal_point)
        workflow.take_step(report, step, by=cast[role], **fields)
    begin(2014, "NL")
    connection.check_constraints()
    return Report.objects.get(pk=report.pk)


def verify():
    """Return the exit status and the output."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_log", stdout=out, stderr=err)
    except CommandError as error:
        return 1, f"{err.getvalue()}{error}"
    return 0, out.getvalue() + err.getvalue()


def behind_the_back(statement, *params):
    """Make a change for which the triggers must be dropped, and create them again."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        assert cursor.rowcount == 1
    create_triggers()


def test_the_log_of_a_full_workflow_is_intact(published):
    status, said = verify()
    assert (status, "The logs of 2 reports are intact." in said) == (0, True)
    assert [entry.position for entry in published.steps.all()] == list(range(1, 11))
    assert len({entry.hash for entry in published.steps.all()}) == 10


def test_without_reports_the_logs_are_intact(db):
    assert verify() == (0, "The logs of 0 reports are intact.\n")


# column -> value of entry 5 of the log
CHANGED_ENTRIES = {
    "comment": "Een andere reden.",
    "sections": '["2.1.B"]',
    "step": "extend",
    "state_from": "accepted",
    "state_to": "accepted",
    "by_id": "SOMEBODY",
    "at": "2014-01-01 00:00:00+00:00",
    "due": "2099-01-01",
    "before": "0" * 64,
    "hash": "0" * 64,
    "submission_id": "FIRST",
}
# change of submission 2 -> its value
CHANGED_SUBMISSIONS = {
    "document = replace(document, 'in werking', 'niet in werking')": None,
    "sha256 = %s": "0" * 64,
    "log_head = %s": "0" * 64,
    "states = %s": '{"2.1.A": "blank"}',
}


def test_a_changed_row_is_named(published, cast):
    """One published report serves all changes, because it takes most of a second to make."""
    for column, value in CHANGED_ENTRIES.items():
        with undone():
            a_changed_entry_is_named_by_report_and_position(published, cast, column, value)
    for position in (1, 5, 10):
        with undone():
            a_missing_entry_is_found(published, position)
    for state in ("draft", "published"):
        with undone():
            a_state_without_its_step_is_found(published, state)
    for change, value in CHANGED_SUBMISSIONS.items():
        with undone():
            a_changed_submission_is_found(published, change, value)
    assert verify()[0] == 0


def a_changed_entry_is_named_by_report_and_position(published, cast, column, value):
    entry = published.steps.get(position=5)
    first = published.submissions.order_by("number").first()
    value = {"SOMEBODY": cast.contributor.pk, "FIRST": first.pk}.get(value, value)
    behind_the_back(f"UPDATE reports_steplog SET {column} = %s WHERE id = %s", value, entry.pk)
    status, said = verify()
    assert status == 1, column
    assert "Belgium 2014: entry 5 of the log was changed after it was written." in said, column
    assert "Netherlands" not in said


def a_missing_entry_is_found(published, position):
    entry = published.steps.get(position=position)
    behind_the_back("DELETE FROM reports_steplog WHERE id = %s", entry.pk)
    status, said = verify()
    assert status == 1, position
    if position < 10:
        assert f"Belgium 2014: entry {position} of the log was changed after it was written." in said
    else:  # the end is missing: the report's state tells
        assert "Belgium 2014: the report is “returned”, and its log does not say so." in said


def a_state_without_its_step_is_found(published, state):
    Report.objects.filter(pk=published.pk).update(state=state)
    status, said = verify()
    assert status == 1, state
    assert f"Belgium 2014: the report is “{state}”, and its log does not say so." in said


def a_changed_submission_is_found(published, change, value):
    submission = Submission.objects.get(report=published, number=2)
    behind_the_back(f"UPDATE reports_submission SET {change} WHERE id = %s", *filter(None, [value]), submission.pk)
    status, said = verify()
    assert status == 1, change
    assert "Belgium 2014: submission 2 was changed after it was sent in." in said, change
    assert "submission 1 is" not in said


def test_a_rewritten_log_is_found(published, tmp_path):
    for found in (
        a_changed_entry_with_a_new_hash_is_found,
        a_rewritten_log_differs_from_the_submissions,
        a_rewritten_log_differs_from_the_record,
        a_missing_trigger_is_found,
    ):
        with undone():
            found(published)
    a_rewritten_last_entry_differs_from_the_list(published, tmp_path)


def a_changed_entry_with_a_new_hash_is_found(published):
    """A hash that fits the entry breaks the chain to the next one."""
    drop_triggers()
    entry = published.steps.select_related("report__country", "report__form", "submission").get(position=5)
    entry.comment = "Een andere reden."
    StepLog.objects.filter(pk=entry.pk).update(comment=entry.comment, hash=chain.digest(entry))
    create_triggers()
    assert "Belgium 2014: entry 6 of the log was changed after it was written." in verify()[1]


def a_rewritten_log_differs_from_the_submissions(published):
    drop_triggers()
    before = ""
    for entry in published.steps.select_related("report__country", "report__form", "submission").order_by("position"):
        entry.before = before
        entry.comment = "Een andere reden." if entry.position == 5 else entry.comment
        before = chain.digest(entry)
        StepLog.objects.filter(pk=entry.pk).update(comment=entry.comment, before=entry.before, hash=before)
    create_triggers()
    status, said = verify()
    assert status == 1
    assert "Belgium 2014: submission 3 was changed after it was sent in." in said


def a_missing_trigger_is_found(published):
    drop_triggers()
    status, said = verify()
    assert status == 1
    for name in append_only.trigger_names("reports_steplog", connection.vendor):
        assert f"The trigger {name} is missing: run `migrate`." in said
    create_triggers()
    assert verify()[0] == 0


def rewritten(published, comment):
    """Rewrite the newest entry with another comment and a hash that fits, which the chain cannot show."""
    entry = chain.head(published)
    entry.comment = comment
    behind_the_back(
        "UPDATE reports_steplog SET comment = %s, hash = %s WHERE id = %s", comment, chain.digest(entry), entry.pk
    )


def a_rewritten_last_entry_differs_from_the_list(published, tmp_path):
    noted = tmp_path / "logs.txt"
    call_command("verify_log", note=noted)
    assert noted.read_text().splitlines()[0].startswith("BE 2014 10 ")
    call_command("verify_log", against=noted)
    rewritten(published, "Een ander cijfer.")
    assert verify()[0] == 0
    with pytest.raises(CommandError, match="1 problems"):
        call_command("verify_log", against=noted, stderr=(said := io.StringIO()))
    assert "BE 2014: entry 10 of the log differs from the list." in said.getvalue()


def a_rewritten_log_differs_from_the_record(published):
    """The log is rewritten from the acceptance on with hashes that fit; the record names another head."""
    drop_triggers()
    accepted = published.steps.get(step=Step.ACCEPT)
    accepted.comment, before = "Aanvaard zonder lezen.", accepted.before
    for entry in (accepted, *published.steps.filter(position__gt=accepted.position).order_by("position")):
        entry.before = before
        entry.hash = before = chain.digest(entry)
        StepLog.objects.filter(pk=entry.pk).update(comment=entry.comment, before=entry.before, hash=entry.hash)
    create_triggers()
    status, said = verify()
    assert status == 1
    assert "the log differs from what it was when submission 3 was published" in said


def test_a_file_that_is_not_a_list_is_refused(db, tmp_path):
    (tmp_path / "other.txt").write_text("BE 2014\n")
    with pytest.raises(CommandError, match="not a list written with --note"):
        call_command("verify_log", against=tmp_path / "other.txt")
