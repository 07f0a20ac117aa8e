"""Forms: opened for chosen countries, and more time for one of them, by the administrator alone."""

import datetime

import pytest
from django.utils import timezone

from reports.models import Country, Mail, Report, ReportingForm, Step
from reports.rules import workflow
from tests.views.html import parse, text

pytestmark = pytest.mark.django_db
FORM = "/forms/2014/"


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def later(framework):
    return ReportingForm.objects.get(year=2014).due + datetime.timedelta(20)


def begun():
    return sorted(Report.objects.filter(form__year=2014).values_list("country__code", flat=True))


def test_forms_are_listed_with_dates_and_reports_begun(administrator, report):
    words = text(administrator.get("/forms/"))
    assert "2014 1 of 55" in words
    assert "30 June 2014" in words


def test_dates_are_shown_with_their_time_zone(administrator, cast):
    form = ReportingForm.objects.get(year=2014)
    form.time_zone = "Asia/Tokyo"
    form.save()
    page = administrator.get(FORM)
    assert "30 June 2014 at 23:59" in text(page)
    assert "Tokyo time" in text(page)
    assert "in the administration" not in text(page)
    cast.administrator.is_staff = True
    cast.administrator.save()
    links = parse(administrator.get(FORM)).xpath("//main//a/@href")
    assert f"/administration/reports/reportingform/{form.pk}/change/" in links


def test_a_form_is_opened_for_the_countries_that_were_ticked(administrator, report):
    answer = administrator.post(FORM + "open/", {"countries": ["IT", "AT"]}, follow=True)
    assert begun() == ["AT", "BE", "IT"]
    assert "Opened for 2 countries." in text(answer)
    assert Report.objects.get(country__code="IT", form__year=2014).sections.count() == 21


def test_opening_for_no_country_says_what_to_do(administrator, report):
    assert "Choose at least one country." in text(administrator.post(FORM + "open/", {}))
    assert begun() == ["BE"]


def test_a_form_is_opened_for_everyone_at_once(administrator, report):
    administrator.post(FORM + "open/", {"everyone": "1"})
    assert len(begun()) == 55


def test_a_form_can_be_opened_before_its_day(administrator, cast):
    form = ReportingForm.objects.get(year=2014)
    form.opens = timezone.localdate() + datetime.timedelta(10)
    form.due = form.opens
    form.save()
    assert "before the opening day" in text(administrator.get(FORM))
    administrator.post(FORM + "open/", {"countries": ["BE"]})
    assert begun() == ["BE"]


def test_opening_for_nobody_says_what_to_do(administrator, cast):
    answer = administrator.post(FORM + "open/", {})
    assert "Choose at least one country." in text(answer)
    assert begun() == []


def test_form_already_opened_for_a_country_is_no_error(administrator, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    answer = administrator.post(FORM + "open/", {"countries": ["BE", "IT", "QQ"]}, follow=True)
    assert "Opened for 1 country." in text(answer)
    assert Report.objects.get(pk=report.pk).state == "submitted"


def test_the_countries_that_have_a_report_are_named(administrator, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    page = parse(administrator.get(FORM))
    [heading] = page.xpath("//h2[@id='begun-title']/text()")
    assert heading == "1 country has a report already"
    assert "Belgium To review" in " ".join(page.get_element_by_id("main").text_content().split())
    assert not page.xpath("//input[@value='BE']")


def test_more_time_for_one_country(administrator, report, later):
    answer = administrator.post(
        FORM + "extend/", {"country": "BE", "due": later.isoformat(), "comment": "Elections."}, follow=True
    )
    assert "Belgium can send in until 20 July 2014." in text(answer)
    assert "extended to 20 July 2014" in text(answer)
    step = report.steps.get(step=Step.EXTEND)
    assert (step.comment, step.due) == ("Elections.", later)


def test_more_time_for_a_country_without_a_report_begins_it(administrator, cast, later):
    administrator.post(FORM + "extend/", {"country": "NL", "due": later.isoformat(), "comment": "Elections."})
    assert Report.objects.get(form__year=2014).extended_to == later
    assert Mail.objects.filter(to=cast.other_country).exists()


def test_a_day_that_is_no_later_is_refused_and_nothing_is_begun(administrator, cast):
    answer = administrator.post(FORM + "extend/", {"country": "IT", "due": "2014-06-30", "comment": "Typed with care."})
    assert "Enter a date after the current due date." in text(answer)
    assert "Typed with care." in text(answer)
    assert parse(answer).xpath("//select[@id='id_country']/option[@selected]/@value") == ["IT"]
    assert begun() == []


@pytest.mark.parametrize(
    ("missing", "words"),
    [("country", "Choose the country."), ("due", "Enter the new due date."), ("comment", "Say why:")],
)
def test_what_is_missing_is_named(administrator, report, later, missing, words):
    asked = {"country": "BE", "due": later.isoformat(), "comment": "Elections."}
    answer = administrator.post(FORM + "extend/", asked | {missing: ""})
    assert words in text(answer)
    assert Report.objects.get(pk=report.pk).extended_to is None


def test_a_country_that_has_sent_in_needs_no_extension(administrator, report, cast, later):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert not parse(administrator.get(FORM)).xpath("//select[@id='id_country']/option[@value='BE']")
    asked = {"country": "BE", "due": later.isoformat(), "comment": "Elections."}
    assert "can no longer write" in text(administrator.post(FORM + "extend/", asked))


def test_a_reader_and_a_reviewer_can_open_nothing(client, report, cast, later):
    for person in (cast.reader, cast.reviewer, cast.focal_point):
        client.force_login(person)
        assert client.post(FORM + "open/", {"countries": ["IT"]}).status_code == 403
        asked = {"country": "BE", "due": later.isoformat(), "comment": "Elections."}
        assert client.post(FORM + "extend/", asked).status_code == 403
    assert begun() == ["BE"]
    assert Report.objects.get(pk=report.pk).extended_to is None


def test_the_countrys_page_leads_to_its_extension(administrator, report):
    links = parse(administrator.get("/desk/countries/BE/")).xpath("//main//a/@href")
    assert "/forms/2014/?country=BE#extension" in links
    page = parse(administrator.get("/forms/2014/?country=BE"))
    assert page.xpath("//select[@id='id_country']/option[@selected]/@value") == ["BE"]


def test_only_an_administrator_finds_the_forms_in_the_menu(client, cast):
    for person, shown in ((cast.reviewer, False), (cast.administrator, True)):
        client.force_login(person)
        places = parse(client.get("/desk/2014/")).xpath("//nav[@class='places']//a/@href")
        assert ("/forms/" in places) == shown


def test_every_country_of_the_fixtures_can_be_chosen(administrator, framework):
    offered = parse(administrator.get(FORM)).xpath("//input[@name='countries']/@value")
    assert set(offered) == set(Country.objects.values_list("code", flat=True))
