"""The road of a report: begin, send in, take back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.document import tree
from reports.document.problem import Problem
from reports.models import Country, Report, ReportingForm, State, Step, StepLog, Submission
from reports.rules import documents, workflow, writing

pytestmark = pytest.mark.django_db


def test_beginning_a_report_twice_makes_one_with_a_section_for_each_question(begin):
    assert begin() == begin()
    assert Report.objects.count() == 1
    assert begin().sections.count() == 21


def test_a_form_that_is_not_open_yet_cannot_be_begun(cast):
    form = ReportingForm.objects.get(year=2016)
    form.opens = form.due = timezone.localdate() + timezone.timedelta(days=30)
    form.save()
    with pytest.raises(Problem, match="not open yet"):
        workflow.open_report(form, Country.objects.get(code="BE"), by=cast.focal_point)
    assert not Report.objects.exists()


def test_sending_in_freezes_the_document_and_logs_the_step(report, written, cast):
    sent = workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    submission = Submission.objects.get()
    assert sent.state == State.SUBMITTED
    assert (submission.number, submission.by) == (1, cast.focal_point)
    assert tree.Document.from_json(submission.document) == documents.compose(sent)
    assert tree.Document.from_json(submission.document).sha256() == submission.sha256
    log = StepLog.objects.last()
    assert (log.step, log.state_from, log.state_to, log.submission) == ("send_in", "draft", "submitted", submission)


def test_what_was_sent_in_stays_as_it_was_when_the_report_is_taken_back_and_changed(report, written, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    before = Submission.objects.get().document
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    writing.save_text(written, "<p>Anders.</p>", base=1, by=cast.focal_point)
    again = workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert list(again.submissions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Submission.objects.get(number=1).document == before
    assert "Anders" in Submission.objects.get(number=2).document


def test_a_report_that_changed_under_the_summary_is_not_sent_in(report, written, cast):
    seen = documents.compose(report).sha256()
    writing.save_text(written, "<p>Net veranderd.</p>", base=1, by=cast.contributor)
    with pytest.raises(Problem, match="changed while you were looking"):
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point, sha256=seen)
    report.refresh_from_db()
    assert report.state == State.DRAFT
    assert not Submission.objects.exists()


def test_sending_in_twice_makes_one_submission(report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(Problem, match="changed the state of this report before you"):
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("role", ["contributor", "other_country", "reviewer", "reader", "administrator"])
def test_only_a_focal_point_of_the_country_sends_in(report, cast, role):
    with pytest.raises(PermissionDenied):
        workflow.take_step(report, Step.SEND_IN, by=cast[role])
    assert StepLog.objects.count() == 1  # that it was begun
