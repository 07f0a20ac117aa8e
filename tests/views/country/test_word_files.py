"""Word files on the pages of a country: where they are offered, their names, and what opening one leaves behind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import AuditEvent, Event, SubmissionOpening
from reports.rules import delegations, writing
from tests.views.html import parse, text
from tests.views.steps import send_in, signed_in
from tests.writers.word_reading import WordText

pytestmark = pytest.mark.django_db
BE = "/reports/BE/2014/"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLANK_FORMS = [f"{BE}form.docx?language={language}" for language in ("en", "nl", "fr")]


def links(page):
    """Return the addresses of the Word files that a page offers."""
    return [address for address in parse(page).xpath("//main//a/@href") if ".docx" in address]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("form.docx", "belgium-2014-form-en.docx"),
        ("form.docx?language=fr", "belgium-2014-form-fr.docx"),
        ("form.docx?language=xx", "belgium-2014-form-en.docx"),
        ("draft.docx", "belgium-2014-draft.docx"),
        ("own.docx", "belgium-2014-own.docx"),
        ("submissions/1.docx", "belgium-2014-1.docx"),
    ],
)
def test_each_word_file_has_its_name_and_is_not_stored(client, written, report, cast, address, name):
    client.force_login(cast.focal_point)
    if "submissions" in address:
        send_in(report, cast)
    answer = client.get(BE + address)
    assert answer["Content-Type"] == DOCX
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert WordText(answer.content).document.core_properties.title


def test_the_draft_is_the_text_as_it_is_now(client, written, cast):
    client.force_login(cast.contributor)
    assert "De wet is in werking." in WordText(client.get(f"{BE}draft.docx").content).styled("Body Text")


def test_the_blank_form_is_offered_before_a_report_is_begun(client, cast):
    client.force_login(cast.focal_point)
    offered = links(client.get("/reports/"))
    assert [one.partition("?")[2] for one in offered] == ["language=en", "language=nl", "language=fr"]
    assert all(client.get(one).status_code == 200 for one in offered)


def test_the_blank_form_is_offered_while_nothing_is_written(anke, report, section, cast):
    assert sorted(links(anke.get(BE))) == sorted([f"{BE}draft.docx", *BLANK_FORMS])
    writing.set_nothing(section, True, by=cast.focal_point)
    assert links(anke.get(BE)) == [f"{BE}draft.docx"]


def test_the_upload_page_offers_the_blank_form(anke):
    assert links(anke.get(f"{BE}upload/")) == BLANK_FORMS


def test_who_writes_a_part_is_offered_that_part(client, written, report, cast):
    client.force_login(cast.contributor)
    assert links(client.get(BE)) == [f"{BE}draft.docx"]
    delegations.give(report, cast.contributor, {"1.1.A": "whole"}, by=cast.focal_point)
    assert links(client.get(BE)) == [f"{BE}draft.docx", f"{BE}own.docx"]
    assert [one.tag for one in WordText(client.get(f"{BE}own.docx").content).controls()] == ["s:1.1.A"]


def test_who_writes_nothing_is_told_whom_to_ask(client, report, cast):
    delegations.give(report, cast.contributor, {}, by=cast.focal_point)
    client.force_login(cast.contributor)
    assert "Ask your focal point." in text(client.get(f"{BE}own.docx", follow=True))


def test_a_report_that_was_sent_in_has_no_own_part(client, written, report, cast):
    send_in(report, cast)
    client.force_login(cast.contributor)
    assert client.get(f"{BE}own.docx").status_code == 403


def test_a_submission_is_offered_and_its_opening_recorded(client, written, report, cast):
    sent = send_in(report, cast)
    client.force_login(cast.reader)
    assert links(client.get(f"{BE}submissions/1/")) == [f"{BE}submissions/1.docx"]
    content = client.get(f"{BE}submissions/1.docx").content
    assert WordText(content).origin.sha256 == sent.sha256
    row = SubmissionOpening.objects.get(kind="word")
    assert (row.submission, row.by, row.by_country) == (sent, cast.reader, False)
    event = AuditEvent.objects.get(event=Event.SUBMISSION_DOWNLOADED)
    assert (event.submission, event.person, event.detail) == (sent, cast.reader, "word")


def test_a_submission_of_another_country_leaves_no_trace(client, written, report, cast):
    send_in(report, cast)
    client.force_login(cast.other_country)
    assert client.get(f"{BE}submissions/1.docx").status_code == 404
    assert not SubmissionOpening.objects.exists()


# Session and person are two of each; the rest is the file's own.
LIMITS = {"form.docx": 7, "draft.docx": 9, "own.docx": 9, "submissions/1.docx": 10}


@pytest.mark.parametrize("address", LIMITS)
def test_queries_do_not_grow_with_contributions(report, section, cast, address):
    client = signed_in(cast.focal_point)
    counts = []
    for _turn in range(2):
        for number in range(1, 4):
            writing.add_contribution(section, f"<p>{number}.</p>", by=cast.focal_point, language="en")
        if address.startswith("sub"):
            send_in(report, cast)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BE + address).status_code == 200
        counts.append(len(captured))
        if address.startswith("sub"):
            break
    assert max(counts) <= LIMITS[address], counts
    assert len(set(counts)) == 1
