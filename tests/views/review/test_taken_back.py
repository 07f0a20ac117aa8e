"""What a country took back is its own again: the secretariat reads no submission of it until it is sent in again."""

import pytest

from reports.models import Record, ReportingForm, Step
from reports.rules import delegations, permissions, remarks, workflow, writing
from tests.views.html import parse, text
from tests.views.steps import change, give_back, question, section, send_in

pytestmark = pytest.mark.django_db
BE = "/reports/BE/2014/"
TEXT = "De wet is in werking"
PLACES = [
    "review/",
    "review/2.1.A/",
    "review/2.1.A/?show=text",
    "compare/",
    "compare/?from=1&to=2",
    *(f"submissions/{number}{kind}" for number in (1, 2) for kind in ("/", ".pdf", ".json", ".pdf?copy=nl")),
]


def withdraw(report, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    report.refresh_from_db()


@pytest.fixture
def twice(sent, written, report, cast):
    """A report that was sent in, returned and sent in again."""
    give_back(report, cast)
    change(written, f"<p>{TEXT} sinds mei.</p>", cast)
    send_in(report, cast)
    return report


def test_nothing_of_it_is_read_until_it_is_sent_in_again(ruth, twice, cast):
    for place in PLACES:
        assert ruth.get(BE + place).status_code in (200, 302), place
    withdraw(twice, cast)
    for place in PLACES:
        page = ruth.get(BE + place)
        assert page.status_code == 403, place
        assert "Belgium has taken this report back. You can read it again once it has been sent in." in text(page)
        assert TEXT not in page.content.decode(), place
    send_in(twice, cast)
    for place in PLACES:
        assert ruth.get(BE + place).status_code in (200, 302), place


def test_the_country_itself_reads_on(anke, twice, cast):
    withdraw(twice, cast)
    for place in PLACES[3:]:
        assert anke.get(BE + place).status_code == 200, place


def test_a_returned_report_stays_readable(ruth, sent, report, cast):
    give_back(report, cast)
    assert TEXT in text(ruth.get(BE + "submissions/1/"))


@pytest.mark.parametrize("posted", [{"do": "ask", "question": "x"}, {"do": "read"}])
def test_nothing_is_done_about_it(ruth, sent, report, cast, posted):
    withdraw(report, cast)
    assert ruth.post(BE + "review/2.1.A/", posted).status_code == 403
    assert ruth.post(BE + "decide/", {"decision": "accept"}).status_code == 403


def test_a_published_record_stays_readable(ruth, twice, cast):
    workflow.take_step(twice, Step.ACCEPT, by=cast.reviewer)
    workflow.take_step(twice, Step.PUBLISH, by=cast.administrator)
    workflow.take_step(twice, Step.REOPEN, by=cast.reviewer, comment="One more thing.")
    send_in(twice, cast)
    withdraw(twice, cast)
    assert Record.objects.get().submission.number == 2
    answers = [ruth.get(f"{BE}submissions/{number}/").status_code for number in (1, 2, 3)]
    assert answers == [403, 200, 403]
    links = parse(ruth.get("/desk/countries/BE/")).xpath("//td//a[contains(@href, '/submissions/')]/@href")
    assert links == [BE + "submissions/2/"]


def test_the_desks_page_of_the_country_names_it_without_a_link(ruth, twice, cast):
    withdraw(twice, cast)
    page = ruth.get("/desk/countries/BE/")
    assert "Submission 2" in text(page)
    assert not parse(page).xpath("//td//a[contains(@href, '/submissions/') or contains(@href, '/review/')]")


def test_the_next_form_does_not_show_what_it_announced(ruth, begin, cast):
    form = ReportingForm.objects.get(year=2014)
    before = begin(form.previous.year)
    row = next(row for row in section(begin(2014), "1.1.A").report.sections.all() if row.question.follows.exists())
    delegate = before.sections.get(question=row.question.follows.first())
    writing.add_contribution(delegate, "<p>Een meldpunt.</p>", by=cast.focal_point, language="nl")
    send_in(before, cast)
    send_in(row.report, cast)
    url = f"{BE}review/{row.code}/"
    assert "Een meldpunt." in text(ruth.get(url))
    withdraw(before, cast)
    page = ruth.get(url)
    assert (page.status_code, "Een meldpunt." in text(page)) == (200, False)


def test_a_contributor_answers_in_given_sections_only(client, sent, report, cast):
    asked = {code: question(sent, code, cast, f"Since when, {code}?") for code in ("2.1.A", "2.1.B", "1.1.A")}
    delegations.give(report, cast.contributor, {"2.1.A": "whole", "2.1.B": "own"}, by=cast.focal_point)
    client.force_login(cast.contributor)
    page = client.get(BE + "questions/")
    boxes = parse(page).xpath("//main//form//input[@name='remark']/@value")
    assert sorted(map(int, boxes)) == sorted([asked["2.1.A"].pk, asked["2.1.B"].pk])
    answers = {
        code: client.post(BE + "questions/", {"remark": remark.pk, "text": "In May."}).status_code
        for code, remark in asked.items()
    }
    assert answers == {"2.1.A": 302, "2.1.B": 302, "1.1.A": 403}
    assert not permissions.may(cast.contributor, "answer", section(report, "1.1.A"))
    assert remarks.reply(asked["1.1.A"], "In June.", by=cast.focal_point)
