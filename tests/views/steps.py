"""Steps of a report with which the tests of the review, questions, comparison and log begin."""

from django.test import Client

from reports.models import Step
from reports.rules import remarks, workflow, writing


def send_in(report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    report.refresh_from_db()
    return report.submissions.first()


def give_back(report, cast, *codes, comment="Please look at this again."):
    workflow.take_step(report, Step.RETURN, by=cast.reviewer, comment=comment, sections=codes)
    report.refresh_from_db()


def section(report, code):
    return report.sections.get(question__code=code)


def change(contribution, body, cast):
    last = contribution.revisions.filter(language="").order_by("number").last()
    contribution.refresh_from_db()
    writing.save_text(contribution, body, base=last.number, by=cast.focal_point)


def question(sent, code, cast, text="Since when?", **more):
    """Ask about a section, and send the question to the country; with `private`, write a note."""
    return ask(sent, section(sent.report, code), text, by=cast.reviewer, **more)


def ask(submission, row, text, *, by, **more):
    remark = remarks.ask(submission, row, text, by=by, **more)
    if not remark.private:
        remarks.send_questions(submission.report, by=by)
        remark.refresh_from_db()
    return remark


def signed_in(person):
    """Return a client whose session a first request has saved, so that its later requests can be counted."""
    client = Client()
    client.force_login(person)
    client.get("/reports/")
    return client
