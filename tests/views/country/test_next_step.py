"""A report's page begins with what to do next, in each of its states, with one filled button."""

import pytest

from reports.models import Role, Step
from reports.rules import delegations, people, remarks, workflow, writing
from tests.accounts import html
from tests.views import steps

pytestmark = pytest.mark.django_db
PAGE = "/reports/BE/2014/"


def page(client, user):
    client.force_login(user)
    text = html(client.get(PAGE)).partition("<main")[2]
    assert text.count("btn-primary") <= 1
    return text


def button(text):
    return " ".join(text.partition('btn btn-primary" href="')[2].partition("</a>")[0].split())


def test_an_empty_report_offers_three_ways_to_begin(client, report, cast):
    text = page(client, cast.focal_point)
    assert button(text) == '/reports/BE/2014/1.1/">Start with 1.1'
    assert 'btn btn-quiet" href="/reports/BE/2014/upload/"' in text
    assert "/reports/BE/2014/form.docx?language=nl" in text
    assert text.index("Start with 1.1") < text.index("Check and send in")


def test_a_draft_offers_its_next_blank_section(client, written, cast):
    assert button(page(client, cast.focal_point)) == '/reports/BE/2014/1.1/#section-1-1-a">Write in 1.1.A'


def test_a_returned_report_offers_its_questions(client, written, report, cast):
    asked = steps.question(steps.send_in(report, cast), "2.1.A", cast)
    steps.give_back(report, cast)
    assert button(page(client, cast.focal_point)) == f'/reports/BE/2014/questions/#remark-{asked.pk}">Answer'
    remarks.reply(asked, "Since 2012.", by=cast.focal_point)
    assert "Write in 1.1.A" in button(page(client, cast.focal_point))


def test_a_complete_draft_offers_sending_in(client, report, cast):
    for section in report.sections.all():
        writing.set_nothing(section, True, by=cast.focal_point)
    assert button(page(client, cast.focal_point)) == '/reports/BE/2014/send-in/">Check and send in'


def test_a_published_report_offers_its_official_pdf(client, report, cast):
    steps.send_in(report, cast)
    assert "The secretariat reviews this report" in page(client, cast.focal_point)
    workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
    assert "The secretariat has accepted this report" in page(client, cast.focal_point)
    workflow.take_step(report, Step.PUBLISH, by=cast.administrator)
    assert button(page(client, cast.contributor)).startswith(
        '/reports/BE/2014/submissions/1.pdf">Download the official'
    )


def test_a_contributor_is_led_to_what_was_given(client, report, cast):
    member = people.invite(
        "new@justice.example", by=cast.focal_point, role=Role.CONTRIBUTOR, country=report.country, only_given=True
    )
    delegations.give(report, member.user, {"2.1.B": "whole"}, by=cast.focal_point)
    assert button(page(client, member.user)) == '/reports/BE/2014/2.1/#section-2-1-b">Start writing'
    writing.add_contribution(steps.section(report, "2.1.B"), "<p>Text.</p>", by=member.user, language="en")
    text = page(client, member.user)
    assert "There is nothing for you to do in this report now" in text
    assert "btn-primary" not in text


def test_sending_in_without_the_tick_leads_to_it(client, report, cast):
    client.force_login(cast.focal_point)
    text = html(client.post(f"{PAGE}send-in/", {}))
    summary = text.partition('class="notice stop"')[2].partition("</div>")[0]
    assert 'href="#confirm"' in summary
    assert 'role="alert"' in text
    assert 'id="confirm"' in text
    report.refresh_from_db()
    assert report.state == "draft"
