"""A country sees who opened what it sent in, on whichever page or file that was."""

import pytest

from reports.models import AuditEvent, SubmissionOpening
from tests.views.html import parse, text
from tests.views.steps import change, give_back, send_in

pytestmark = pytest.mark.django_db
BE = "/reports/BE/2014/"
WAYS = {
    BE + "submissions/1/": "page",
    BE + "submissions/1.pdf": "pdf",
    BE + "submissions/1.pdf?copy=nl": "pdf",
    BE + "submissions/1.docx": "word",
    BE + "submissions/1.json": "json",
    BE + "review/2.1.A/": "page",
    "/desk/2014/goals/2.1/": "overview",
    "/desk/2014/all-countries.pdf": "compilation",
    "/desk/2014/archive.zip": "archive",
}


@pytest.mark.parametrize("place", WAYS)
def test_every_page_and_file_with_its_text_is_listed(ruth, sent, cast, place):
    ruth.get(place)
    row = SubmissionOpening.objects.get()
    assert (row.submission, row.by, row.kind, row.by_country) == (sent, cast.reviewer, WAYS[place], False)


@pytest.mark.parametrize("place", WAYS)
def test_the_audit_trail_has_the_address_and_the_request(ruth, sent, cast, place):
    answers = [ruth.get(place), ruth.get(place)]
    rows = list(AuditEvent.objects.filter(event__startswith="submission_").order_by("pk"))
    assert {(row.submission, row.person, row.address) for row in rows} == {(sent, cast.reviewer, "127.0.0.1")}
    is_read = WAYS[place] in ("page", "overview")
    assert [row.event for row in rows] == ["submission_read"] if is_read else ["submission_downloaded"] * 2
    assert rows[0].request == answers[0]["X-Request-ID"]


@pytest.mark.parametrize("place", ["compare/", "review/2.1.A/"])
def test_both_submissions_that_a_page_compares_are_listed(ruth, sent, written, report, cast, place):
    give_back(report, cast)
    change(written, "<p>Anders.</p>", cast)
    send_in(report, cast)
    ruth.get(BE + place)
    assert sorted(row.submission.number for row in SubmissionOpening.objects.all()) == [1, 2]


def test_pages_without_its_text_list_nobody(ruth, sent):
    for place in ("/desk/2014/", "/desk/2014/sections/", "/desk/2014/archive/", BE + "log/", "/desk/countries/BE/"):
        assert ruth.get(place).status_code == 200
    assert not SubmissionOpening.objects.exists()


def test_the_country_reads_who_opened_it(client, sent, cast):
    for person, place in ((cast.reader, "submissions/1.json"), (cast.administrator, "review/2.1.A/")):
        client.force_login(person)
        client.get(BE + place)
    client.force_login(cast.contributor)
    rows = parse(client.get(BE + "submissions/1/")).xpath("//section[@aria-labelledby='openings']//tbody/tr")
    assert [[cell.text_content() for cell in row[1:]] for row in rows] == [
        ["contributor", "Belgium", "read on a page"],
        ["administrator", "Secretariat", "read on a page"],
        ["reader", "Secretariat", "downloaded as data"],
    ]


def test_the_secretariat_does_not_read_who_opened_it(ruth, sent):
    assert "Who opened this submission" not in text(ruth.get(BE + "submissions/1/"))


def test_a_long_list_folds_its_older_entries(anke, sent, cast):
    for day in range(25):
        SubmissionOpening.objects.create(
            submission=sent, by=cast.reader, by_country=False, kind="pdf", day=f"2026-10-{day + 1:02}"
        )
    section = parse(anke.get(BE + "submissions/1/")).xpath("//section[@aria-labelledby='openings']")[0]
    assert len(section.xpath("./table/tbody/tr")) == 20
    assert len(section.xpath("./details/table/tbody/tr")) == 6
    assert "6 older entries" in section.text_content()
