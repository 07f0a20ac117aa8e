"""The secretariat's desk: who is how far, in any order, and never a word of a draft."""

import datetime

import pytest
from django.utils import timezone

from reports.models import Country, Membership, ReportingForm, Revision, Role, State, Step, StepLog
from reports.pages.desk import rows as desk_rows
from reports.rules import remarks, workflow, writing
from tests.views import steps
from tests.views.html import DESK, parse, text

pytestmark = pytest.mark.django_db
SECRET = "Kwispelstaart"


@pytest.fixture
def desk(client, cast):
    """Reads a page of the desk as the reviewer; its rows by country."""
    client.force_login(cast.reviewer)

    def rows(address="/desk/2014/"):
        answer = client.get(address)
        assert answer.status_code == 200
        return {
            " ".join(row.xpath("th")[0].text_content().split()): [
                " ".join(cell.text_content().split()) for cell in row.xpath("td")
            ]
            for row in parse(answer).xpath("//main//table/tbody/tr")
        }

    return rows


@pytest.fixture
def due(framework):
    """Sets the form's due day so many days from today."""

    def set_due(days):
        form = ReportingForm.objects.get(year=2014)
        form.due = timezone.localdate() + datetime.timedelta(days)
        form.opens = form.due - datetime.timedelta(60)
        form.save()
        return form

    return set_due


def send_in(report, cast):
    return workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)


def back(report, cast):
    """Returned by the reviewer."""
    return workflow.take_step(report, Step.RETURN, by=cast.reviewer, comment="One question.")


def names(rows):
    return list(rows)


@pytest.mark.parametrize("place", DESK)
def test_no_word_of_a_draft_is_at_the_desk(client, section, cast, place):
    writing.add_contribution(section, f"<p>{SECRET}</p>", by=cast.focal_point, language="nl", authority=SECRET)
    client.force_login(cast.reviewer)
    assert SECRET.encode() not in client.get(place).content


@pytest.mark.parametrize("place", DESK)
def test_desk_shows_no_changes_before_they_are_sent_in(client, section, cast, place):
    before = writing.add_contribution(section, "<p>Zoals ingediend.</p>", by=cast.focal_point, language="nl")
    back(send_in(section.report, cast), cast)
    writing.save_text(before, f"<p>{SECRET}</p>", base=1, by=cast.focal_point)
    writing.save_text(before, f"<p>{SECRET}</p>", base=0, by=cast.focal_point, language="fr")
    client.force_login(cast.reviewer)
    answer = client.get(place)
    assert SECRET.encode() not in answer.content
    if "goals" in place:
        assert "Zoals ingediend." in text(answer)


def test_a_report_that_was_taken_back_is_a_draft_again(client, written, cast):
    workflow.take_step(send_in(written.section.report, cast), Step.WITHDRAW, by=cast.focal_point)
    client.force_login(cast.reviewer)
    assert "De wet is in werking" not in text(client.get("/desk/2014/goals/2.1/"))
    assert "0 of 55" in text(client.get("/desk/2014/"))
    assert "Belgium 1 of 21" in text(client.get("/desk/2014/sections/"))


def test_every_country_has_a_row_with_how_far_it_is(desk, written, due):
    due(12)
    rows = desk()
    assert len(rows) == 55
    assert rows["Belgium"][:4] == ["Draft", "1of 21", "", "12 days left"]
    assert rows["Italy"][:4] == ["Not started", "0of 21", "", "12 days left"]


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 day left"), (0, "Due today"), (-1, "1 day late"), (-15, "15 days late")]
)
def test_the_days_are_counted_to_the_due_day(desk, report, due, days, words):
    due(days)
    assert desk()["Belgium"][3] == words


def test_an_extension_counts_for_its_country_alone(desk, report, cast, due):
    form = due(-3)
    day = timezone.localdate() + datetime.timedelta(4)
    workflow.give_extension(form, report.country, by=cast.administrator, comment="Asked.", due=day)
    rows = desk()
    assert rows["Belgium"][3].startswith("4 days left, extended to ")
    assert rows["Italy"][3] == "3 days late"


def test_what_was_sent_in_late_says_how_late(desk, report, cast, due):
    send_in(report, cast)
    due(-2)
    assert desk()["Belgium"][3] == "Sent in 2 days late"
    due(0)
    assert desk()["Belgium"][3] == "On time"
    back(report, cast)
    assert desk()["Belgium"][3] == "Sent in on time, returned"


def test_country_page_tells_secretariat_to_use_the_desk(client, report, cast):
    client.force_login(cast.reviewer)
    answer = client.get("/reports/BE/2014/")
    assert answer.status_code == 403
    assert "Only the country can read its draft; you can read the report once it has been sent in." in text(answer)
    assert parse(answer).xpath("//main//a/@href") == ["/desk/"]


def test_only_unsettled_questions_are_counted(desk, report, section, cast):
    send_in(report, cast)
    submission = report.submissions.get()
    steps.ask(submission, section, "A note.", by=cast.reviewer, private=True)
    settled = steps.ask(submission, section, "Which year?", by=cast.reviewer)
    remarks.settle(settled, by=cast.reviewer)
    assert desk()["Belgium"][2] == ""
    steps.ask(submission, section, "How many?", by=cast.reviewer)
    assert desk()["Belgium"][2] == "1 question not settled"
    assert names(desk("/desk/2014/?questions=1")) == ["Belgium"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("name=kingdom", ["United Kingdom"]),
        ("name=BE", ["Belgium"]),
        ("state=submitted", ["Belgium"]),
        ("state=none&name=ita", ["Italy"]),
        ("state=nonsense&name=ital", ["Italy"]),
    ],
)
def test_the_countries_can_be_chosen(desk, report, cast, query, shown):
    send_in(report, cast)
    assert set(shown) <= set(names(desk(f"/desk/2014/?{query}")))
    assert len(names(desk(f"/desk/2014/?{query}"))) <= 2


def test_a_choice_that_nothing_fits_says_so_and_leads_back(client, cast):
    client.force_login(cast.reviewer)
    answer = client.get("/desk/2014/?name=atlantis")
    assert "No country matches these filters. Show all countries" in text(answer)


def order_of(begin, command):
    """Three reports that differ in everything that can be sorted by."""
    belgium, italy, austria = (begin(2014, code) for code in ("BE", "IT", "AT"))
    writing.set_nothing(italy.sections.all()[0], True, by=command)
    for section in belgium.sections.all()[:2]:
        writing.set_nothing(section, True, by=command)
    for at, row in enumerate((austria, belgium, italy)):
        moment = timezone.now() + datetime.timedelta(minutes=at)
        StepLog.objects.bulk_create([StepLog(report=row, position=9, step="extend", comment="?", at=moment, hash="")])


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", ["Albania", "Armenia"]),
        ("-name", ["Vietnam", "United States of America"]),
        ("-filled", ["Belgium", "Italy", "Albania"]),
        ("-activity", ["Italy", "Belgium", "Austria"]),
        ("-state", ["Austria", "Belgium", "Italy"]),
        ("nonsense", ["Albania", "Armenia"]),
    ],
)
def test_countries_are_sorted_as_asked(desk, begin, command, sort, first):
    order_of(begin, command)
    assert names(desk(f"/desk/2014/?sort={sort}"))[: len(first)] == first


def test_column_heading_sorts_and_then_reverses(client, report, cast):
    client.force_login(cast.reviewer)
    page = parse(client.get("/desk/2014/?state=draft"))
    heading = next(th for th in page.xpath("//thead//th") if "Last activity" in th.text_content())
    assert "aria-sort" not in heading.attrib
    address = heading.xpath("a/@href")[0]
    page = parse(client.get("/desk/2014/" + address))
    heading = next(th for th in page.xpath("//thead//th") if "Last activity" in th.text_content())
    assert heading.get("aria-sort") == "descending"
    assert heading.xpath("a/@href")[0] == "?state=draft&sort=activity"
    assert parse(client.get("/desk/2014/")).xpath("//thead//th/a/@href")[0] == "?sort=-name"


def test_tally_counts_states_and_links_to_countries(client, begin, cast):
    send_in(begin(2014), cast)
    begin(2014, "IT")
    client.force_login(cast.reviewer)
    tally = parse(client.get("/desk/2014/")).xpath("//ul[contains(@class, 'tally')]//a")
    words = [" ".join(link.text_content().split()) for link in tally]
    assert words == ["53 Not started", "1 Draft", "1 To review", "0 Returned", "0 Accepted", "0 Published"]
    assert tally[1].get("href") == "?state=draft"


def test_next_report_is_the_one_waiting_longest(client, begin, cast):
    first, second = begin(2014, "NL"), begin(2014)
    workflow.take_step(first, Step.SEND_IN, by=cast.other_country)
    send_in(second, cast)
    client.force_login(cast.reviewer)
    page = parse(client.get("/desk/2014/"))
    assert page.xpath("//a[text()='Read the next report']/@href") == ["/reports/NL/2014/review/"]
    workflow.take_step(first, Step.RETURN, by=cast.reviewer, comment="One question.")
    workflow.take_step(first, Step.SEND_IN, by=cast.other_country)
    page = parse(client.get("/desk/2014/"))
    assert page.xpath("//a[text()='Read the next report']/@href") == ["/reports/BE/2014/review/"]


def test_name_links_to_the_review_or_the_country_page(client, begin, cast):
    send_in(begin(2014), cast)
    client.force_login(cast.reviewer)
    links = {a.text_content(): a.get("href") for a in parse(client.get("/desk/2014/")).xpath("//tbody//th/a")}
    assert links["Belgium"] == "/reports/BE/2014/review/"
    assert links["Italy"] == "/desk/countries/IT/"


def test_the_last_activity_of_a_draft_is_its_last_save(desk, begin, cast):
    report = begin(2014)
    writing.add_contribution(report.sections.all()[0], "<p>Tekst.</p>", by=cast.focal_point, language="nl")
    rows = desk_rows.rows_of(report.form)
    desk_rows.add_activity(rows)
    assert next(row.activity for row in rows if row.code == "BE") == Revision.objects.get().at


def test_many_countries_are_shown_on_several_pages(client, cast):
    Country.objects.bulk_create(
        Country(code=f"Q{chr(77 + n)}", name=f"Zone {n}", name_en=f"Zone {n}") for n in range(9)
    )
    client.force_login(cast.reviewer)
    first = client.get("/desk/2014/?sort=-name")
    assert len(parse(first).xpath("//tbody/tr")) == 60
    following = parse(first).xpath("//a[@rel='next']/@href")[0]
    assert following == "?sort=-name&page=2"
    assert len(parse(client.get("/desk/2014/" + following)).xpath("//tbody/tr")) == 4


def test_a_country_whose_name_is_markup_is_only_a_name(client, cast):
    Country.objects.filter(code="BE").update(name_en="<b>{name}</b>")
    client.force_login(cast.reviewer)
    page = client.get("/desk/2014/").content.decode()
    assert "&lt;b&gt;{name}&lt;/b&gt;" in page
    assert "<b>{name}" not in page


def test_the_names_are_in_the_readers_language(client, cast):
    cast.reviewer.language = "nl"
    cast.reviewer.save()
    client.force_login(cast.reviewer)
    assert "Duitsland" in text(client.get("/desk/2014/"))


def test_without_any_form_the_desk_says_so(client, db):
    from reports.models import User

    user = User.objects.create_user("reviewer@example.org", "correct horse battery", name="Reviewer")
    Membership.objects.create(user=user, role=Role.REVIEWER)
    client.force_login(user)
    ReportingForm.objects.update(previous=None)
    ReportingForm.objects.all().delete()
    assert "There is no form yet" in text(client.get("/desk/"))
    assert client.get("/desk/2014/sections/").status_code == 404


def test_a_countrys_page_names_its_focal_points_and_every_year(client, report, cast):
    send_in(report, cast)
    client.force_login(cast.reviewer)
    answer = client.get("/desk/countries/BE/")
    words = text(answer)
    assert "focal point focal_point@example.org" in words
    assert "contributor@example.org" not in words
    assert "2014 To review Filled in 0 of 21" in words
    assert parse(answer).xpath("//td//a[contains(@href, 'submissions/1')]")
    assert client.get("/desk/countries/QQ/").status_code == 404


def test_states_of_the_desk_are_those_of_a_report():
    assert set(desk_rows.STATES) == {desk_rows.NONE, *State.values}
