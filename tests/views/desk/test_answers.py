"""The matrix of sections, the chart over time, and all answers to one goal."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from reports.models import ReportingForm, Step, StepLog, Submission
from reports.pages.desk.timeline import timeline_of
from reports.rules import workflow, writing
from tests.views.html import parse, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """A page in another language leaves its language behind in the thread of the tests."""
    with translation.override("en"):
        yield


@pytest.fixture
def reviewer(client, cast):
    client.force_login(cast.reviewer)
    return client


@pytest.fixture
def sent(written, cast):
    """Belgium's report, sent in with text in 2.1.A and nothing to report in 2.1.B."""
    report = written.section.report
    writing.set_nothing(report.sections.get(question__code="2.1.B"), True, by=cast.focal_point)
    return workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)


def row_of(answer, name):
    page = parse(answer)
    return next(row for row in page.xpath("//table//tr[th]") if row.xpath("th")[0].text_content() == name)


def test_the_matrix_shows_each_section_as_it_was_sent_in(reviewer, sent):
    answer = reviewer.get("/desk/2014/sections/")
    words = [cell.text_content().strip() for cell in row_of(answer, "Belgium").xpath("td")]
    assert words[3:6] == ["text", "nothing to report", "blank"]
    assert [cell.text_content() for cell in row_of(answer, "Countries with text").xpath("td")][3:6] == ["1", "0", "0"]


def test_the_matrix_shows_the_newest_submission(reviewer, sent, section, cast):
    workflow.take_step(sent, Step.RETURN, by=cast.reviewer, comment="One question.")
    writing.set_nothing(section, True, by=cast.focal_point)
    before = [cell.text_content() for cell in row_of(reviewer.get("/desk/2014/sections/"), "Belgium").xpath("td")]
    workflow.take_step(sent, Step.SEND_IN, by=cast.focal_point)
    after = [cell.text_content() for cell in row_of(reviewer.get("/desk/2014/sections/"), "Belgium").xpath("td")]
    assert (before[3], after[3]) == ("text", "nothing to report")


def test_the_matrix_can_show_one_goal_or_one_state(reviewer, sent):
    assert len(row_of(reviewer.get("/desk/2014/sections/?goal=2.1"), "Belgium").xpath("td")) == 3
    assert "No country matches these filters." in text(reviewer.get("/desk/2014/sections/?state=accepted"))


def test_countries_not_sent_in_are_listed_with_progress(reviewer, sent, begin):
    begin(2014, "IT")
    words = text(reviewer.get("/desk/2014/sections/"))
    assert "Not sent in yet: 54 countries" in words
    assert "Italy 0 of 21" in words
    assert "Austria not started" in words


def test_a_form_by_target_has_its_matrix_and_its_answers_too(reviewer, begin, cast):
    report = begin(2013)
    section = report.sections.get(question__code="1.planned")
    writing.add_contribution(section, "<p>Een meldpunt.</p>", by=cast.focal_point, language="nl")
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert row_of(reviewer.get("/desk/2013/sections/"), "Belgium").text_content().count("text") == 1
    words = text(reviewer.get("/desk/2013/goals/1/"))
    assert "Policy target 1: all answers" in words
    assert "Een meldpunt." in words


def test_answers_say_who_wrote_them_in_which_language(reviewer, sent):
    page = parse(reviewer.get("/desk/2014/goals/2.1/"))
    passage = page.xpath("//article")[0]
    assert "Justitie" in passage.text_content()
    assert "Dutch" in passage.text_content()
    assert passage.xpath(".//div[@lang='nl']/p/text()") == ["De wet is in werking."]
    words = " ".join(page.get_element_by_id("main").text_content().split())
    assert "Nothing to report" in words
    assert "Blank" in words


def test_one_section_can_be_shown_alone(reviewer, sent):
    words = text(reviewer.get("/desk/2014/goals/2.1/?section=2.1.B"))
    assert "De wet is in werking" not in words
    assert "Nothing to report" in words


def test_translation_is_shown_beside_its_original(reviewer, written, cast):
    writing.save_text(written, "<p>La loi est en vigueur.</p>", base=0, by=cast.focal_point, language="fr")
    workflow.take_step(written.section.report, Step.SEND_IN, by=cast.focal_point)
    assert "La loi est" not in text(reviewer.get("/desk/2014/goals/2.1/"))
    page = parse(reviewer.get("/desk/2014/goals/2.1/?translation=fr"))
    original, translated = page.xpath("//article/div")
    assert original.xpath(".//div/@lang") == ["nl"]
    assert translated.xpath(".//div/@lang") == ["fr"]
    assert "Translation" in translated.text_content()
    assert "La loi est en vigueur." in translated.text_content()


def test_translation_for_an_older_wording_says_so(reviewer, written, cast):
    writing.save_text(written, "<p>La loi est en vigueur.</p>", base=0, by=cast.focal_point, language="fr")
    writing.save_text(written, "<p>De wet is nog niet in werking.</p><p>Zie elders.</p>", base=1, by=cast.focal_point)
    workflow.take_step(written.section.report, Step.SEND_IN, by=cast.focal_point)
    page = parse(reviewer.get("/desk/2014/goals/2.1/?translation=fr"))
    _original, translated = page.xpath("//article/div")
    assert [" ".join(one.text_content().split()) for one in translated.xpath("p | div")][1:] == [
        "Translation for an older wording",
        "La loi est en vigueur.",
        "Not translated: this is the original",
        "Zie elders.",
    ]
    assert translated.xpath("div/@lang") == ["fr", "nl"]


def test_missing_translation_is_named(reviewer, sent):
    assert "There is no translation into this language: French." in text(
        reviewer.get("/desk/2014/goals/2.1/?translation=fr")
    )
    assert "There is no translation" not in text(reviewer.get("/desk/2014/goals/2.1/?translation=nl"))


def test_only_allowed_html_reaches_the_page(reviewer, report, cast):
    """A stored document is trusted no more than any other source."""
    from reports.models import State
    from reports.rules.documents import compose

    writing.add_contribution(
        report.sections.get(question__code="2.1.A"), "<p>Rein.</p>", by=cast.focal_point, language="nl"
    )
    document = compose(report).canonical().replace("<p>Rein.</p>", "<p>Rein.</p><script>alert(1)</script>")
    Submission.objects.create(report=report, number=1, document=document, sha256="?", states={}, by=cast.focal_point)
    report.state = State.SUBMITTED
    report.save()
    page = reviewer.get("/desk/2014/goals/2.1/").content.decode()
    assert "Rein." in page
    assert "<script>alert" not in page


def test_goal_page_reads_documents_of_ten_countries(reviewer, framework, cast, django_assert_max_num_queries):
    from reports.models import Country, Membership, Role

    form = ReportingForm.objects.get(year=2014)
    for country in Country.objects.order_by("code")[:12]:
        report = workflow.open_report(form, country)
        Membership.objects.get_or_create(user=cast.focal_point, country=country, defaults={"role": Role.FOCAL_POINT})
        cast.focal_point.__dict__.pop("roles", None)
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    first = parse(reviewer.get("/desk/2014/goals/2.1/?section=2.1.A"))
    assert len(first.xpath("//main//section/h2")) == 10
    following = first.xpath("//a[@rel='next']/@href")[0]
    assert following == "?section=2.1.A&page=2"
    assert len(parse(reviewer.get("/desk/2014/goals/2.1/" + following)).xpath("//main//section/h2")) == 2


def moment(day, hour=12):
    return datetime.datetime.combine(day, datetime.time(hour), ZoneInfo("Europe/Brussels"))


def step(report, name, at):
    state = {"send_in": "submitted", "accept": "accepted"}[name]
    StepLog.objects.bulk_create(
        [StepLog(report=report, position=StepLog.objects.count() + 50, step=name, state_to=state, at=at, hash="")]
    )


def test_a_report_counts_from_its_first_time_on(reviewer, begin, framework):
    form = ReportingForm.objects.get(year=2014)
    belgium, italy = begin(2014), begin(2014, "IT")
    step(belgium, "send_in", moment(datetime.date(2014, 6, 1)))
    step(belgium, "send_in", moment(datetime.date(2014, 6, 20)))
    step(italy, "send_in", moment(datetime.date(2014, 6, 30), 23))
    step(belgium, "accept", moment(datetime.date(2014, 7, 5)))
    assert timeline_of(form).sent_in == (datetime.date(2014, 6, 1), datetime.date(2014, 6, 30))
    rows = [
        " ".join(row.text_content().split())
        for row in parse(reviewer.get("/desk/2014/progress/")).xpath("//table/tbody/tr")
    ]
    assert "1 June 2014 1 0" in rows
    assert "30 June 2014 (due date) 2 0" in rows
    assert "5 July 2014 2 1" in rows
    assert "2 of 55 countries sent in, 1 accepted or published" in text(reviewer.get("/desk/2014/progress/"))


def test_the_chart_names_itself_and_needs_no_inline_style(reviewer, sent):
    page = parse(reviewer.get("/desk/2014/progress/"))
    charts = page.xpath("//svg")
    assert len(charts) == 2
    for chart in charts:
        assert chart.get("role") == "img"
        assert page.get_element_by_id(chart.get("aria-labelledby")).text_content()
        assert "1 of 55 countries sent in" in page.get_element_by_id(chart.get("aria-describedby")).text_content()
    assert not page.xpath("//main//*[@style]")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_languages_comma_does_not_break_the_chart(reviewer, sent, cast, language):
    cast.reviewer.language = language
    cast.reviewer.save()
    page = parse(reviewer.get("/desk/2014/progress/"))
    numbers = page.xpath("//svg//@x | //svg//@y | //svg//@x1 | //svg//@y1 | //svg/@viewbox | //svg//@d")
    assert numbers
    assert not [number for number in numbers if "," in number]


def test_chart_of_a_form_not_due_ends_on_its_due_day(reviewer, report):
    form = report.form
    form.opens, form.due = timezone.localdate(), timezone.localdate() + datetime.timedelta(30)
    form.save()
    found = timeline_of(form)
    assert (found.until, found.end) == (timezone.localdate(), form.due)
    assert reviewer.get("/desk/2014/progress/").status_code == 200
