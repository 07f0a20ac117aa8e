"""The history page: who may read it, what it compares, and bringing a version back with a button."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.document import compare
from reports.models import How, Revision, Step, Upload
from reports.pages.country.history import AT_ONCE
from reports.rules import workflow, writing
from reports.templatetags.portal import marked
from tests.cast import ROLES
from tests.views.html import parse, text

pytestmark = pytest.mark.django_db
LIMIT = 20  # session and person are two, the number of tasks in the head is five


@pytest.fixture
def url(written):
    return f"/reports/BE/2014/history/{written.pk}/"


@pytest.fixture
def second(written, cast):
    """A second version, by a colleague."""
    return writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.contributor).revision


def rows(answer):
    """The list of versions as it reads, a line for each."""
    return [" ".join(row.text_content().split()) for row in parse(answer).xpath("//table//tbody/tr")]


def checked(answer):
    """The versions that are compared, as the form would ask for them again."""
    page = parse(answer)
    return tuple(page.xpath(f"string(//input[@name='{name}'][@checked]/@value)") for name in ("from", "to"))


def bring_back(client, answer, number):
    """Presses the button of the version whose last save has that number."""
    form = parse(answer).get_element_by_id("bring-back")
    assert parse(answer).xpath(f"//button[@name='number'][@value='{number}']")
    return client.post(form.action, dict(form.form_values()) | {"number": number}, follow=True)


def test_it_is_for_those_who_write_for_the_country(client, url, cast):
    got = {}
    for role in ROLES:
        client.force_login(cast[role])
        got[role] = (client.get(url).status_code, client.post(url + "bring-back/", {"number": 9}).status_code)
    secretariat = dict.fromkeys(("reviewer", "reader", "administrator"), (403, 403))
    assert got == {"focal_point": (200, 404), "contributor": (200, 404), "other_country": (404, 404), **secretariat}


def test_a_contribution_of_another_report_is_not_found_here(anke, written, begin):
    begin(2013)
    assert anke.get(f"/reports/BE/2013/history/{written.pk}/").status_code == 404
    assert anke.post(f"/reports/BE/2013/history/{written.pk}/bring-back/").status_code == 404


def test_history_names_section_authority_and_language(anke, url):
    answer = anke.get(url)
    said = text(answer)
    assert "History of 2.1.A" in said
    assert "Contribution of Justitie" in said
    assert "Dutch" in said
    assert "De wet is in werking." in said
    assert [level.tag for level in parse(answer).xpath("//main//h1 | //main//h2")] == ["h1", "h2", "h2"]


def test_each_version_says_who_when_and_from_where(anke, url, second, report, written, cast):
    found = Upload.objects.create(report=report, by=cast.focal_point, file_name="be.docx", sha256="", document="")
    writing.save_text(written, "<p>Uit een bestand.</p>", base=2, by=cast.focal_point, how=How.READ, upload=found)
    writing.save_text(written, "<p>Geplakt.</p>", base=3, by=cast.contributor, how=How.PASTED)
    fourth, third, second, first = rows(anke.get(url))
    assert "contributor, pasted" in fourth
    assert "current text" in fourth
    assert "focal point, read from “be.docx”" in third
    assert "contributor, typed" in second
    assert str(timezone.localtime().year) in first


def test_the_newest_version_is_compared_with_the_one_before_it(anke, url, second):
    answer = anke.get(url)
    page = parse(answer)
    assert checked(answer) == ("1", "2")
    assert "From version 1 to version 2" in text(answer)
    (prose,) = page.xpath("//section[@aria-labelledby='compared']//div[@lang='nl']")
    assert prose.xpath(".//ins")
    assert "nu" in prose.xpath("string(.//ins)")


def test_a_single_version_is_only_shown(anke, url):
    answer = anke.get(url)
    assert "Version 1" in text(answer)
    assert not parse(answer).xpath("//main//input[@type='radio'] | //main//ins | //main//button[not(@name)]")


def test_any_two_versions_can_be_compared(anke, url, second, written, cast):
    for number in range(3, 7):
        person = cast.contributor if number % 2 == 0 else cast.focal_point
        writing.save_text(written, f"<p>Tekst {number}.</p>", base=number - 1, by=person)
    assert "From version 2 to version 5" in text(anke.get(url, {"from": 2, "to": 5}))
    assert "From version 5 to version 2" in text(anke.get(url, {"from": 5, "to": 2}))
    assert checked(anke.get(url, {"to": 3})) == ("2", "3")
    assert "Version 1" in text(anke.get(url, {"to": 1}))
    assert "Tekst 4." in text(anke.get(url, {"from": 4, "to": 4}))
    assert checked(anke.get(url, {"from": "99", "to": "²"})) == ("5", "6")


def test_two_versions_of_the_same_text_are_said_to_be_the_same(anke, url, second, written, cast):
    writing.save_text(written, "<p>De wet is in werking.</p>", base=2, by=cast.focal_point)
    assert "The text is the same in both." in text(anke.get(url, {"from": 1, "to": 3}))


def test_the_comparison_passes_an_allow_list_on_its_way_out():
    bad = (
        '<p onclick="x()">a<ins class="x" style="y">b</ins><del>c</del><script>alert(1)</script><img src=x onerror=y>'
        '<a href="javascript:x()">d</a><a href="https://example.org/" target="z">e</a></p><h1>f</h1><iframe></iframe>'
    )
    assert marked(bad) == ('<p>a<ins>b</ins><del>c</del><a>d</a><a href="https://example.org/">e</a></p>f')


def test_comparison_keeps_paragraphs_and_lists():
    old = "<p>Een <strong>wet</strong>.</p><ul><li><p>punt</p></li></ul>"
    new = "<p>Een <strong>wet</strong>.</p><ul><li><p>punt</p></li><li><p>nieuw <em>punt</em></p></li></ul>"
    assert marked(compare.compare(old, new)) == compare.compare(old, new)


def test_a_translation_has_a_tab_and_versions_of_its_own(anke, url, written, cast):
    assert not parse(anke.get(url)).xpath("//main//nav")
    writing.save_text(written, "<p>The law is in force.</p>", base=0, by=cast.focal_point, language="en")
    tabs = parse(anke.get(url)).xpath("//main//nav//a")
    assert [tab.text_content() for tab in tabs] == ["Original, Dutch", "Translation, English"]
    page = anke.get(url + tabs[1].get("href"))
    assert "The law is in force." in text(page)
    assert "De wet" not in text(page)
    assert parse(page).xpath("//div[@lang='en']")
    assert "nothing was saved in this language yet" in text(anke.get(url, {"language": "fr"}))
    assert anke.get(url, {"language": "xx"}).status_code == 404


def test_bringing_back_is_one_button_and_a_new_version(anke, url, second, written):
    answer = bring_back(anke, anke.get(url), 1)
    assert answer.redirect_chain == [("/reports/BE/2014/2.1/#section-2-1-a", 302)]
    assert "is in the report again, as a new version. Nothing was deleted." in text(answer)
    written.refresh_from_db()
    assert written.body == "<p>De wet is in werking.</p>"
    assert "restored" in rows(anke.get(url))[0]
    assert written.revisions.count() == 3


def test_pressing_it_twice_brings_back_once_and_says_so(anke, url, second, written):
    page = anke.get(url)
    bring_back(anke, page, 1)
    assert "Nothing was changed" in text(bring_back(anke, page, 1))
    assert written.revisions.count() == 3


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(anke, url, second, written, cast):
    page = anke.get(url)
    writing.save_text(written, "<p>De wet is nu in werking.</p><p>Nieuw.</p>", base=2, by=cast.contributor)
    answer = bring_back(anke, page, 1)
    assert "A colleague saved this text meanwhile." in text(answer)
    written.refresh_from_db()
    assert written.body == "<p>De wet is in werking.</p><p>Nieuw.</p>"


def test_a_translation_is_brought_back_into_its_own_place(anke, url, written, cast):
    for number, words in enumerate(("First.", "Second.")):
        person = (cast.focal_point, cast.contributor)[number]
        writing.save_text(written, f"<p>{words}</p>", base=number, by=person, language="en")
    bring_back(anke, anke.get(url, {"language": "en"}), 1)
    written.refresh_from_db()
    assert (written.translation_en, written.body) == ("<p>First.</p>", "<p>De wet is in werking.</p>")


def test_removed_contribution_can_be_restored(anke, url, written, cast):
    writing.remove(written, by=cast.contributor)
    page = anke.get(url)
    assert "was removed from its section" in text(page)
    assert "current text" not in text(page)
    assert "is in its section again" in text(bring_back(anke, page, 1))
    assert list(written.section.contributions.live()) == [written]


def test_history_of_a_closed_report_has_no_buttons(anke, url, second, report, cast):
    before = anke.get(url)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    page = anke.get(url)
    assert "Sent in as submission 1" in rows(page)[0]
    assert "Bring" not in text(page)
    form = parse(before).get_element_by_id("bring-back")
    answer = anke.post(form.action, dict(form.form_values()) | {"number": 1}, follow=True)
    assert answer.redirect_chain[0][0].startswith(url)
    assert "has been sent in, so it cannot be changed now" in text(answer)


@pytest.fixture
def conflict(written, second, cast):
    """The focal point changed the paragraph that the contributor had changed too."""
    return writing.save_text(written, "<p>De wet is weer in werking.</p>", base=1, by=cast.focal_point).conflicts[0]


def test_history_shows_conflicts_and_their_outcome(anke, url, conflict, cast):
    answer = anke.get(url)
    assert "merged with a change of contributor" in rows(answer)[0]
    assert "Two versions of 1 paragraph, none chosen yet" in rows(answer)[0]
    pair = [" ".join(side.text_content().split()) for side in parse(answer).xpath("//div[@class='pair']/div")]
    assert pair == ["focal point De wet is weer in werking.", "contributor De wet is nu in werking."]
    assert "No version chosen yet" in text(answer)
    writing.settle_conflict(conflict, "mine", by=cast.contributor)
    answer = anke.get(url, {"to": 3})
    assert "Two versions of 1 paragraph, one chosen" in rows(answer)[1]
    assert "Version chosen by contributor" in text(answer)


def test_text_as_sent_is_shown_for_a_merged_save(anke, url, conflict):
    page = parse(anke.get(url))
    (link,) = [a.get("href") for a in page.xpath("//table//a") if " typed it on " in a.text_content()]
    answer = anke.get(url + link.partition("#")[0])
    section = parse(answer).get_element_by_id("as-sent")
    assert "De wet is weer in werking." in section.text_content()
    assert section.xpath(".//div[@lang='nl']")
    assert checked(answer) == ("2", "3")
    assert anke.get(url, {"sent": 2}).status_code == 404
    assert anke.get(url, {"sent": "x"}).status_code == 404


def long_history(contribution, cast, count, body):
    """So many saves by two people in turn: as many versions."""
    people = [cast.focal_point, cast.contributor]
    first = contribution.revisions.filter(language="").count() + 1
    Revision.objects.bulk_create(
        Revision(contribution=contribution, number=n, base=n - 1, body=body, sent=body, by=people[(n - 1) % 2])
        for n in range(first, count + 1)
    )


def test_long_history_has_pages_and_keeps_the_compared(anke, url, written, cast):
    long_history(written, cast, 120, "<p>Tekst.</p>")
    page = anke.get(url)
    assert len(rows(page)) == AT_ONCE
    (older,) = [a.get("href") for a in parse(page).xpath("//main//a") if a.text_content() == "Older versions"]
    page = anke.get(url + older)
    numbers = [int(row.split()[0]) for row in rows(page)]
    assert numbers == [120, 119, *range(70, 20, -1)]
    assert checked(page) == ("119", "120")
    assert "Newer versions" in text(page)


def asked(client, url):
    """The queries of one look at the page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


def test_long_history_loads_only_the_compared_texts(anke, url, second, cast, written):
    anke.get(url)
    before = asked(anke, url)
    long_history(written, cast, 200, "<p>" + "woord " * 8_500 + "</p>")
    after = asked(anke, url)
    assert len(after) <= len(before) <= LIMIT
    of_texts = [
        sql for sql in after if sql.startswith("SELECT") and '"reports_revision"."body"' in sql.split(" FROM ")[0]
    ]
    assert len(of_texts) == 2
    assert all('WHERE "reports_revision"."id" =' in sql for sql in of_texts)


def test_submissions_and_conflicts_add_one_query_each(anke, url, conflict, cast, report, written):
    for _again in range(3):
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
        workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    for number in range(3, 6):
        writing.save_text(written, f"<p>De wet, {number}.</p>", base=number, by=cast.contributor)
        writing.save_text(written, f"<p>De wet ({number}).</p>", base=number, by=cast.focal_point)
    anke.get(url)
    assert len(asked(anke, url)) <= LIMIT + 4
    assert len(asked(anke, url + "?sent=3")) <= LIMIT + 4


def test_part_page_links_to_each_history(anke, url, written, cast):
    part = "/reports/BE/2014/2.1/"
    links = parse(anke.get(part)).xpath(f"//main//a[starts-with(@href, '{url}')]/@href")
    assert links == [url]
    writing.save_text(written, "<p>The law is in force.</p>", base=0, by=cast.focal_point, language="en")
    links = parse(anke.get(part)).xpath(f"//main//a[starts-with(@href, '{url}')]/@href")
    assert links == [url, url + "?language=en"]


SECTION_HISTORY = "/reports/BE/2014/sections/2.1.A/history/"


def test_the_history_names_who_changed_what_beside_the_text(anke, url, written, cast):
    writing.set_authority(written, "Politie", by=cast.contributor)
    writing.set_language(written, "de", by=cast.focal_point)
    writing.set_nothing(written.section, True, by=cast.contributor)
    page = text(anke.get(url))
    assert "contributor: authority changed from “Justitie” to “Politie”" in page
    assert "focal point: language corrected: German instead of Dutch" in page
    assert "contributor: set to nothing to report" in page


def test_a_sections_history_names_who_removed_a_colleagues_text(anke, written, cast):
    writing.remove(written, by=cast.contributor)
    page = text(anke.get(SECTION_HISTORY))
    assert "contributor: Justitie , removed" in page or "contributor: Justitie, removed" in page
    assert "Justitie, removed on" in page


def test_a_blank_sections_history_says_that_there_is_none(anke, report):
    assert "Nothing has been written in this section yet." in text(anke.get(SECTION_HISTORY))


@pytest.mark.parametrize("role", ROLES)
def test_a_sections_history_is_the_countrys_own(client, written, cast, role):
    client.force_login(cast[role])
    expected = {"focal_point": 200, "contributor": 200, "other_country": 404}.get(role, 403)
    assert client.get(SECTION_HISTORY).status_code == expected


def test_a_sections_history_costs_the_same_for_many_changes(anke, written, cast, django_assert_max_num_queries):
    for number in range(6):
        writing.set_authority(written, f"Dienst {number}", by=cast.contributor)
    with django_assert_max_num_queries(19):
        anke.get(SECTION_HISTORY)
