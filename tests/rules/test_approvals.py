"""Approvals: an official approves exactly one text; any change of it makes the approval void."""

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import Approval, Mail, Report, Step
from reports.rules import approvals, documents, people, workflow, writing

pytestmark = pytest.mark.django_db


def now(report):
    return documents.compose(Report.objects.get(pk=report.pk))


def statuses(report):
    return approvals.of_report(report, now(report))


@pytest.fixture
def asked(report, written, cast):
    """The contributor is asked to approve 2.1.A, which has a text."""
    approvals.ask(report, [cast.contributor], [written.section], by=cast.focal_point)
    return Approval.objects.get()


def approve(approval, cast, **more):
    sha256 = approvals.text_hash(now(approval.report), approval.section)
    return approvals.answer(approval, True, by=cast.contributor, sha256=sha256, **more)


def test_an_approval_is_of_the_text_that_was_read(asked, cast, report):
    approve(asked, cast, comment=" Akkoord. ")
    (one,) = statuses(report)
    assert (one.approval.answer, one.approval.comment, one.is_valid, one.is_void) == ("given", "Akkoord.", True, False)
    assert len(one.approval.sha256) == 64


def test_an_approval_is_valid_only_for_its_text(asked, cast, report, written):
    approve(asked, cast)
    writing.save_text(written, "<p>Anders.</p>", base=1, by=cast.focal_point)
    assert [(one.is_valid, one.is_void) for one in statuses(report)] == [(False, True)]
    writing.save_text(written, "<p>De wet is in werking.</p>", base=2, by=cast.focal_point)
    assert [(one.is_valid, one.is_void) for one in statuses(report)] == [(True, False)]


@pytest.mark.parametrize(
    "change",
    [
        lambda row, by: writing.set_authority(row, "Politie", by=by),
        lambda row, by: writing.set_language(row, "fr", by=by),
        lambda row, by: writing.save_text(row, "<p>In force.</p>", base=0, by=by, language="en"),
        lambda row, by: writing.remove(row, by=by),
        lambda row, by: writing.set_nothing(row.section, True, by=by),
        lambda row, by: writing.add_contribution(row.section, "<p>Nog iets.</p>", by=by),
    ],
    ids=["authority", "language", "translation", "removed", "nothing to report", "another contribution"],
)
def test_any_change_of_what_is_sent_in_voids_an_approval(asked, cast, report, written, change):
    approve(asked, cast)
    change(written, cast.focal_point)
    assert [one.is_void for one in statuses(report)] == [True]


def test_another_section_voids_only_approvals_of_the_report(report, written, cast):
    approvals.ask(report, [cast.contributor], [], by=cast.focal_point)
    approvals.ask(report, [cast.contributor], [written.section], by=cast.focal_point)
    for approval in Approval.objects.all():
        approve(approval, cast)
    writing.add_contribution(report.sections.get(question__code="4.2.C"), "<p>Elders.</p>", by=cast.focal_point)
    assert {one.approval.section_id: one.is_valid for one in statuses(report)} == {
        None: False,
        written.section_id: True,
    }


def test_a_text_changed_meanwhile_is_not_approved(asked, cast, report, written):
    read = approvals.text_hash(now(report), asked.section)
    writing.save_text(written, "<p>Anders.</p>", base=1, by=cast.focal_point)
    with pytest.raises(Problem, match="changed while you were reading it"):
        approvals.answer(asked, True, by=cast.contributor, sha256=read)
    asked.refresh_from_db()
    assert asked.answer == "asked"


def test_approving_needs_the_hash_of_the_text(asked, cast):
    with pytest.raises(Problem, match="changed while you were reading it"):
        approvals.answer(asked, True, by=cast.contributor)


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_declining_needs_a_comment(asked, cast, comment):
    with pytest.raises(Problem, match="Say what should change"):
        approvals.answer(asked, False, by=cast.contributor, comment=comment)


def test_the_asker_is_told_why_an_official_declined(asked, cast):
    Mail.objects.all().delete()
    approvals.answer(asked, False, by=cast.contributor, comment="Het cijfer klopt niet.")
    mail = Mail.objects.get()
    assert (mail.to, "Het cijfer klopt niet." in mail.text) == (cast.focal_point, True)


def test_an_official_answers_once(asked, cast):
    approve(asked, cast)
    with pytest.raises(Problem, match="answered this already"):
        approvals.answer(asked, False, by=cast.contributor, comment="Toch niet.")
    asked.refresh_from_db()
    assert (asked.answer, asked.comment) == ("given", "")


def test_nobody_answers_for_another_official(asked, cast):
    with pytest.raises(Problem, match="Somebody else was asked"):
        approvals.answer(asked, False, by=cast.focal_point, comment="Nee.")
    for role in ("other_country", "reviewer", "administrator"):
        with pytest.raises(PermissionDenied):
            approvals.answer(asked, False, by=cast[role], comment="Nee.")


def test_an_official_whose_role_ended_cannot_answer(asked, cast):
    people.end_role(cast.contributor.memberships.get(), by=cast.focal_point)
    with pytest.raises(PermissionDenied):
        approvals.answer(asked, False, by=type(cast.contributor).objects.get(pk=cast.contributor.pk), comment="Nee.")


def test_each_official_is_asked_once_for_each_text(report, section, cast):
    Mail.objects.all().delete()
    officials = [cast.contributor, cast.focal_point]
    assert approvals.ask(report, officials, [section], by=cast.focal_point) == 2
    assert approvals.ask(report, officials, [section], by=cast.focal_point) == 0
    assert approvals.ask(report, officials, [], by=cast.focal_point) == 2
    assert Mail.objects.filter(kind="approvals").count() == 4


def test_an_official_can_be_asked_again_after_a_change(asked, cast, report, written):
    approve(asked, cast)
    writing.save_text(written, "<p>Anders.</p>", base=1, by=cast.focal_point)
    assert approvals.ask(report, [cast.contributor], [written.section], by=cast.focal_point) == 1
    (newest,) = approvals.latest(statuses(report))
    assert newest.approval.answer == "asked"


def test_officials_need_a_role_in_the_country(report, section, cast):
    for role in ("other_country", "reviewer"):
        with pytest.raises(Problem, match="no role in this country"):
            approvals.ask(report, [cast.contributor, cast[role]], [section], by=cast.focal_point)
    assert not Approval.objects.exists()


def test_asking_nobody_is_refused(report, cast):
    with pytest.raises(Problem, match="Choose at least one person"):
        approvals.ask(report, [], [], by=cast.focal_point)


def test_only_focal_points_ask_while_the_report_is_open(report, cast):
    with pytest.raises(PermissionDenied):
        approvals.ask(report, [cast.focal_point], [], by=cast.contributor)
    sent_in = workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(PermissionDenied):
        approvals.ask(sent_in, [cast.contributor], [], by=cast.focal_point)


def test_sending_in_does_not_wait_for_approvals(asked, cast, report):
    assert workflow.take_step(report, Step.SEND_IN, by=cast.focal_point).state == "submitted"
    with pytest.raises(PermissionDenied):
        approve(asked, cast)
