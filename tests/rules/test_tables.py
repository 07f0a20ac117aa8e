"""Tables in a report: rows are saved, merged and settled like paragraphs."""

import pytest

from reports.document.richtext import normalise
from reports.document.tree import Document
from reports.models import Contribution, Step
from reports.rules import documents, workflow, writing
from reports.rules.writing import conflicts

pytestmark = pytest.mark.django_db

TABLE = normalise(
    "<p>Zaken:</p><table><tr><th>Wie<th>2012<tr><td>Politie<td>12<tr><td>Parket<td>5<tr><td>Scholen<td>1</table><p>Einde.</p>"
)


@pytest.fixture
def table(written, cast):
    """The first revision with a table."""
    return writing.save_text(written, TABLE, base=1, by=cast.focal_point).revision


def test_two_people_change_two_rows(table, written, cast):
    writing.save_text(written, TABLE.replace(">12<", ">99<"), base=table.number, by=cast.contributor)
    saved = writing.save_text(written, TABLE.replace(">5<", ">7<"), base=table.number, by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == TABLE.replace(">12<", ">99<").replace(">5<", ">7<")
    assert not saved.conflicts


@pytest.fixture
def conflict(table, written, cast):
    """The focal point and the contributor changed one row; the newest revision is of another row."""
    theirs = TABLE.replace(">12<", ">13<")
    number = writing.save_text(written, theirs, base=table.number, by=cast.contributor).revision.number
    writing.save_text(written, theirs.replace(">1<", ">8<"), base=number, by=cast.focal_point)
    return writing.save_text(written, TABLE.replace(">12<", ">14<"), base=table.number, by=cast.focal_point).conflicts[
        0
    ]


@pytest.mark.parametrize(
    ("keep", "edited", "figure"),
    [("mine", "", "14"), ("theirs", "", "13"), ("edited", "<table><tr><td>Politie<td>27</table>", "27")],
)
def test_a_row_that_both_changed_is_settled_in_its_table(conflict, written, cast, keep, edited, figure):
    assert conflict.their_author == cast.contributor
    writing.settle_conflict(conflict, keep, by=cast.focal_point, edited=edited)
    written.refresh_from_db()
    assert written.body == TABLE.replace(">12<", f">{figure}<").replace(">1<", ">8<")
    assert not conflicts.unsettled(Contribution.objects.all())


def test_a_report_with_a_table_is_sent_in_and_its_hash_holds(table, written, report, cast):
    document = documents.compose(report)
    assert '"schema":2' in document.canonical()
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    sent = report.submissions.get()
    assert Document.from_json(sent.document) == document
    assert Document.from_json(sent.document).sha256() == sent.sha256
