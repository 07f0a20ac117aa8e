"""What awaits whoever translates: one task for each report and language, with what is left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Country, Membership, Role, Section, State, User
from reports.pages.duty_words import task_of
from reports.rules import writing
from reports.rules.duties import Kind, awaited_by
from reports.rules.writing.in_hand import newest_number
from tests.views.html import parse, text
from tests.views.steps import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(cast):
    user = User.objects.create_user("tove@example.org", "correct horse battery", name="Tove Taal", language="fr")
    Membership.objects.create(user=user, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    return user


@pytest.fixture
def other(report, cast):
    """Another text, in English."""
    section = report.sections.get(question__code="1.1.A")
    return writing.add_contribution(section, "<p>Courts.</p><p>Police.</p>", by=cast.focal_point, language="en")


def translate(row, body, by, language="fr"):
    return writing.save_text(row, body, base=newest_number(row, language), by=by, language=language)


def awaited(user):
    """Return language, numbers and sections of the tasks of somebody who asks anew."""
    user = User.objects.get(pk=user.pk)
    found = [duty for duty in awaited_by(user) if duty.kind == Kind.TRANSLATE]
    return [
        (one.language, one.tally.untranslated, one.tally.stale, [row.code for row in one.sections]) for one in found
    ]


def test_a_translator_awaits_the_whole_report_in_one_task(written, other, translator):
    assert awaited(translator) == [("fr", 3, 0, ["1.1.A", "2.1.A"])]


def test_who_writes_awaits_only_what_was_begun(written, other, cast):
    assert awaited(cast.contributor) == []
    writing.save_row(other, "<p>Tribunaux.</p>", writing.Shown("fr", 0, 1, 0), by=cast.focal_point)
    assert awaited(cast.contributor) == [("fr", 1, 0, ["1.1.A"])]
    translate(other, "<p>Tribunaux.</p><p>Police.</p>", cast.focal_point)
    assert awaited(cast.contributor) == []
    writing.save_text(other, "<p>Courts and judges.</p><p>Police.</p>", base=1, by=cast.focal_point)
    assert awaited(cast.contributor) == [("fr", 0, 1, ["1.1.A"])]
    writing.save_text(other, "<p>Courts.</p><p>Police.</p>", base=2, by=cast.focal_point)
    assert awaited(cast.contributor) == []


def test_a_language_that_was_begun_awaits_every_translator(written, other, translator, cast):
    translate(other, "<p>Rechtbanken.</p><p>Politie.</p>", cast.focal_point, "nl")
    assert awaited(translator) == [("fr", 3, 0, ["1.1.A", "2.1.A"])]
    translate(written, "<p>The law.</p>", cast.focal_point, "en")
    writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.focal_point)
    assert awaited(translator) == [("en", 0, 1, ["2.1.A"]), ("fr", 3, 0, ["1.1.A", "2.1.A"])]


@pytest.mark.parametrize("role", ["reader", "reviewer", "administrator", "other_country"])
def test_nobody_else_awaits_a_translation(written, other, cast, role):
    translate(other, "<p>Tribunaux.</p>", cast.focal_point)
    assert awaited(cast[role]) == []


def test_what_is_closed_awaits_nobody(written, other, translator, report):
    other.section.frozen = True
    other.section.save()
    assert awaited(translator) == [("fr", 1, 0, ["2.1.A"])]
    report.state = State.SUBMITTED
    report.save()
    assert awaited(translator) == []


def test_what_is_not_wanted_is_not_awaited(other, translator):
    writing.want_row(other, writing.Shown("fr", 0, 1, 0), wanted=False, by=translator)
    assert awaited(translator) == [("fr", 1, 0, ["1.1.A"])]


def test_the_home_page_says_how_many_passages(written, other, translator, cast):
    translate(other, "<p>Tribunaux.</p><p>Police.</p>", cast.focal_point)
    writing.save_text(other, "<p>Courts and judges.</p><p>Police.</p>", base=1, by=cast.focal_point)
    (duty,) = [one for one in awaited_by(translator) if one.kind == Kind.TRANSLATE]
    task = task_of(duty)
    assert (task.title, task.detail) == (
        "Translate 2 passages into French",
        "1 out of date, 1 not translated",
    )
    page = signed_in(translator).get("/tasks/")
    assert parse(page).xpath(f"//a[@href='{task.url}']")


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_more_translations_cost_no_more_queries(report, cast, translator):
    clients = [signed_in(translator), signed_in(cast.focal_point)]
    urls = ("/tasks/", "/reports/BE/2014/", "/reports/BE/2014/2.1/")
    sections = list(report.sections.select_related("question", "report__country"))

    def fill(some):
        for section in some:
            row = writing.add_contribution(section, "<p>Tekst.</p>", by=cast.focal_point, language="nl")
            for language in ("en", "fr"):
                translate(row, f"<p>{language}</p>", cast.focal_point, language)
            writing.save_text(row, "<p>Tekst twee.</p>", base=1, by=cast.focal_point)

    fill(sections[:1])
    before = [queries(client, url) for client in clients for url in urls]
    fill(sections[1:])
    assert [queries(client, url) for client in clients for url in urls] <= before


def test_sending_in_names_what_is_stale_and_goes_on(written, other, cast, report):
    focal_point = signed_in(cast.focal_point)
    url = "/reports/BE/2014/send-in/"
    translate(other, "<p>Tribunaux.</p><p>Police.</p>", cast.focal_point)
    assert "out of date" not in text(focal_point.get(url))
    writing.save_text(other, "<p>Courts and judges.</p><p>Police.</p>", base=1, by=cast.focal_point)
    page = focal_point.get(url)
    (notice,) = parse(page).xpath("//div[contains(@class,'notice')][contains(.,'out of date')]")
    assert "1 passage in French" in text(page)
    assert notice.xpath(".//a[contains(@href,'translate/fr/1.1.A')]")
    Section.objects.filter(pk=other.section_id).update(frozen=True)
    assert "out of date" not in text(focal_point.get(url))
    page = focal_point.get(url)
    assert focal_point.post(url, {"confirm": "yes", "document": page.context["document"].sha256()}).status_code == 302
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
