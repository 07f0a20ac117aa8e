"""What is recorded when a text leaves the portal for a translation service, and who reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.document.problem import Problem
from reports.models import AuditEvent, Contribution, MachineOutcome, MachineRequest
from reports.pages.country.changes import contribution_changes, section_changes
from reports.rules import machine_requests, writing
from reports.rules.writing import Shown, draft_by_machine
from tests.machine import machine_at

pytestmark = pytest.mark.django_db
DUTCH = "<p>De wet is in werking.</p><p>De politie volgt een opleiding.</p>"
SENT = "sent the text of 2 passages to {}, to be translated into French"


@pytest.fixture
def text(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl", authority="Justitie")


@pytest.fixture
def etranslation(settings):
    with machine_at(settings, "etranslation") as machine:
        yield machine


def now(text):
    return Contribution.objects.with_units().select_related("section__report", "section__question").get(pk=text.pk)


def draft(text, by):
    return draft_by_machine(now(text), "fr", by=by)


def deliver(client, address, body):
    path = address.removeprefix("http://127.0.0.1:8000")
    return client.post(path, body, content_type="application/json").status_code


def without_draft(text):
    return [one.passages for one in machine_requests.without_draft([text], "fr")]


def made_long_ago():
    MachineRequest.objects.update(at=timezone.now() - machine_requests.LATE - timedelta(minutes=1))


@pytest.mark.parametrize("status", [200, 500])
def test_what_leaves_the_portal_is_an_event_whatever_comes_back(text, cast, settings, status):
    with machine_at(settings, "deepl") as machine:
        machine.status = status
        if status == 200:
            draft(text, cast.focal_point)
        else:
            with pytest.raises(Problem):
                draft(text, cast.focal_point)
    event = AuditEvent.objects.get(event="text_sent")
    assert (event.person, event.report, event.country.code) == (cast.focal_point, text.section.report, "BE")
    assert event.detail == "DeepL: 2.1.A into fr, 2 passages"
    assert event.get_event_display() == "text sent to a translation service"
    (request,) = MachineRequest.objects.all()
    assert (request.outcome, request.passages) == ("answered" if status == 200 else "refused", 2)


def test_it_is_recorded_before_anything_leaves(text, cast, etranslation, monkeypatch):
    known = []
    monkeypatch.setattr(
        machine_requests.audit, "record", lambda *args, **more: known.append(("recorded", len(etranslation.asked)))
    )
    draft(text, cast.focal_point)
    assert (known, len(etranslation.asked)) == ([("recorded", 0)], 1)


def test_nothing_is_recorded_when_nothing_is_sent(text, cast, settings):
    with pytest.raises(Problem):
        draft(text, cast.focal_point)
    with machine_at(settings, "deepl"), pytest.raises(Problem):
        draft(text, cast.other_country)
    assert not AuditEvent.objects.filter(event="text_sent").exists()
    assert not MachineRequest.objects.exists()


def test_the_country_reads_it_in_the_history(text, cast, etranslation):
    draft(text, cast.focal_point)
    report = text.section.report
    said = [change for change in section_changes(text.section, report) if "sent" in change.sentence]
    assert [(change.sentence, change.by) for change in said] == [(SENT.format("eTranslation"), cast.focal_point)]
    for language, there in (("", True), ("fr", True), ("en", False)):
        found = [change.sentence for change in contribution_changes(text, language, report)]
        assert (SENT.format("eTranslation") in found) == there


def test_a_failure_that_comes_later_counts_as_no_draft(text, cast, etranslation, client):
    draft(text, cast.focal_point)
    assert without_draft(text) == []
    assert deliver(client, *etranslation.failure()) == 422
    assert without_draft(text) == [2]
    assert MachineRequest.objects.get().outcome == MachineOutcome.FAILED


def test_a_draft_that_does_not_come_is_missing_after_a_while(text, cast, etranslation):
    draft(text, cast.focal_point)
    made_long_ago()
    assert without_draft(text) == [2]


def test_drafts_that_come_end_it_whatever_was_said_before_or_after(text, cast, etranslation, client):
    draft(text, cast.focal_point)
    deliver(client, *etranslation.failure())
    assert deliver(client, *etranslation.delivery()) == 204
    deliver(client, *etranslation.failure())
    made_long_ago()
    assert without_draft(text) == []
    assert MachineRequest.objects.get().outcome == MachineOutcome.ANSWERED


@pytest.mark.parametrize("outcome", [MachineOutcome.ANSWERED, MachineOutcome.FAILED])
def test_a_delivery_may_come_before_the_answer_to_the_request(text, cast, etranslation, outcome):
    draft(text, cast.focal_point)
    request = MachineRequest.objects.get()
    machine_requests.end(request.pk, outcome)
    machine_requests.end(request.pk, MachineOutcome.AWAITED)
    assert MachineRequest.objects.get().outcome == outcome


def test_a_document_without_passages_is_a_failure(text, cast, etranslation, client):
    draft(text, cast.focal_point)
    address, _body = etranslation.delivery()
    assert deliver(client, address, b'{"result": "PHA+bm90aGluZzwvcD4="}') == 422
    assert without_draft(text) == [2]


@pytest.mark.parametrize("newer", ["a save", "a request"])
def test_something_newer_takes_the_notice_away(text, cast, etranslation, client, newer):
    draft(text, cast.focal_point)
    deliver(client, *etranslation.failure())
    if newer == "a save":
        writing.save_row(text, "<p>La loi.</p>", Shown("fr", 0, 1, 0), by=cast.contributor)
    else:
        draft(text, cast.contributor)
    assert without_draft(text) == []
