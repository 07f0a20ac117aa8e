"""Any two submissions of a report are compared: texts, languages, translations and states, by contribution."""

import pytest

from reports.rules import writing
from tests.views.html import parse, text
from tests.views.steps import change, give_back, section, send_in

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/compare/"


@pytest.fixture(params=["focal_point", "reader"])
def somebody(request, client, cast):
    client.force_login(cast[request.param])
    return client


def differing(page):
    return [one.text_content() for one in parse(page).xpath("//main//section/h3")]


def test_a_draft_has_nothing_to_compare(anke, written):
    assert "has not been sent in yet" in text(anke.get(URL))


def test_one_submission_has_nothing_to_compare(somebody, written, report, cast):
    send_in(report, cast)
    page = somebody.get(URL)
    assert "was sent in once" in text(page)
    assert "De wet is in werking" not in text(page)


def test_two_submissions_that_are_the_same_are_said_to_be(somebody, written, report, cast):
    send_in(report, cast)
    give_back(report, cast)
    send_in(report, cast)
    assert "The two submissions are identical." in text(somebody.get(URL))


def test_comparison_lists_sections_with_their_changes(somebody, written, report, cast):
    send_in(report, cast)
    give_back(report, cast)
    change(written, "<p>De wet is eindelijk in werking.</p>", cast)
    writing.set_nothing(section(report, "2.1.B"), True, by=cast.focal_point)
    send_in(report, cast)
    page = somebody.get(URL)
    assert "2 of 21 sections differ" in text(page)
    assert differing(page) == ["2.1.A", "2.1.B"]
    assert parse(page).xpath("//ins")[0].text_content().strip() == "eindelijk"
    assert "Blank in submission 1, “Nothing to report” in submission 2." in text(page)


def test_comparison_shows_language_authority_translation(somebody, written, report, cast):
    writing.save_text(written, "<p>The act is in force.</p>", base=0, language="en", by=cast.focal_point)
    send_in(report, cast)
    give_back(report, cast)
    writing.set_authority(written, "Ministerie", by=cast.focal_point)
    writing.set_language(written, "de", by=cast.focal_point)
    writing.save_text(written, "<p>The law is in force.</p>", base=1, language="en", by=cast.focal_point)
    send_in(report, cast)
    page = text(somebody.get(URL))
    assert "Previous authority: Justitie." in page
    assert "Previous language: Dutch." in page
    assert "Changed translation: English" in page
    assert "text unchanged" in page
    assert [one.text_content().strip() for one in parse(somebody.get(URL)).xpath("//ins")] == ["law"]


def test_any_two_can_be_chosen_also_the_other_way_round(somebody, written, report, cast):
    for number in range(3):
        change(written, f"<p>De wet {number} is in werking.</p>", cast)
        send_in(report, cast)
        give_back(report, cast)
    page = somebody.get(URL, {"from": "3", "to": "1"})
    assert "From submission 3 to submission 1" in text(page)
    assert [one.text_content().strip() for one in parse(page).xpath("//ins | //del")] == ["2", "0"]
    assert "From submission 2 to submission 3" in text(somebody.get(URL))
    assert somebody.get(URL, {"from": "1", "to": "9"}).status_code == 404


def test_the_order_of_contributions_is_a_change_of_its_own(somebody, written, report, cast):
    other = writing.add_contribution(
        section(report, "2.1.A"), "<p>One tool for all.</p>", by=cast.focal_point, language="en"
    )
    send_in(report, cast)
    give_back(report, cast)
    writing.move(other, places=-1, by=cast.focal_point)
    send_in(report, cast)
    page = somebody.get(URL)
    assert differing(page) == ["2.1.A"]
    assert "only their order differs" in text(page)


def test_a_draft_is_never_compared(somebody, written, report, cast):
    send_in(report, cast)
    give_back(report, cast)
    send_in(report, cast)
    give_back(report, cast)
    change(written, "<p>Dit is nog een concept.</p>", cast)
    assert "concept." not in somebody.get(URL).content.decode()


def test_both_sides_have_links_to_the_comparison(client, written, report, cast):
    send_in(report, cast)
    client.force_login(cast.focal_point)
    assert not parse(client.get("/reports/BE/2014/")).xpath(f"//a[@href='{URL}']")
    give_back(report, cast)
    send_in(report, cast)
    assert parse(client.get("/reports/BE/2014/")).xpath(f"//a[@href='{URL}']")
    client.force_login(cast.reader)
    assert parse(client.get("/reports/BE/2014/review/2.1.A/")).xpath(f"//a[@href='{URL}']")
