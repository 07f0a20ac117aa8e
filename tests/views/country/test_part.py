"""Filling in: a page of sections saved by its button, without JavaScript as with it."""

import pytest

from reports.models import Contribution, Revision, Section, Step
from reports.rules import workflow, writing
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"


def body_of(name, posted):
    return next(key for key in posted if key.startswith(name) and key.endswith("-body"))


def live(report, code):
    return list(Contribution.objects.live().filter(section__report=report, section__question__code=code))


def test_the_page_shows_the_three_sections_in_order(anke, written):
    page = parse(anke.get(URL))
    assert [s.get("id") for s in page.xpath("//main//section[@class='section']")] == [
        "section-2-1-a",
        "section-2-1-b",
        "section-2-1-c",
    ]


@pytest.mark.parametrize("base", ["²", "x", "9" * 5000], ids=["squared", "word", "huge"])
@pytest.mark.parametrize("typed", ["Kort.", "woord " * 40_000], ids=["short", "too long"])
def test_save_with_an_invalid_base_loses_no_text(anke, written, base, typed):
    posted = fields(anke.get(URL))
    body = body_of(f"c{written.pk}", posted)
    page = anke.post(URL, posted | {body: typed, body.replace("-body", "-base"): base}, follow=True)
    assert page.status_code in (200, 422)
    assert typed.strip() in page.content.decode()


def test_text_in_a_blank_section_adds_a_contribution(anke, report):
    posted = fields(anke.get(URL))
    posted["new-2-1-B-body"] = "De termijn daalde.\n\n- eerste punt\n- **tweede** punt"
    posted["new-2-1-B-authority"] = "Ministerie van Justitie"
    posted["new-2-1-B-language"] = "nl"
    answer = anke.post(URL, posted, follow=True)
    assert "Saved." in text(answer)
    (row,) = live(report, "2.1.B")
    assert row.body == (
        "<p>De termijn daalde.</p><ul><li><p>eerste punt</p></li><li><p><strong>tweede</strong> punt</p></li></ul>"
    )
    assert (row.language, row.authority) == ("nl", "Ministerie van Justitie")


def test_saving_a_page_that_nobody_changed_writes_nothing(anke, written):
    posted = fields(anke.get(URL))
    anke.post(URL, posted)
    assert Revision.objects.count() == 1


def test_pressing_save_twice_saves_once(anke, report):
    posted = fields(anke.get(URL)) | {"new-2-1-B-body": "Een tekst."}
    anke.post(URL, posted)
    anke.post(URL, posted)
    assert [row.body for row in live(report, "2.1.B")] == ["<p>Een tekst.</p>"]


def test_language_is_detected_when_not_chosen(anke, report):
    posted = fields(anke.get(URL))
    posted["new-2-1-B-body"] = "De doorlooptijd van een dossier daalde aanzienlijk in het voorbije jaar."
    anke.post(URL, posted)
    assert live(report, "2.1.B")[0].language == "nl"


def test_conflict_shows_both_versions_and_is_settled(anke, written, cast):
    posted = fields(anke.get(URL))
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    mine = body_of(f"c{written.pk}", posted)
    answer = anke.post(URL, posted | {mine: "De wet is sinds juni in werking."}, follow=True)
    assert "Both versions are safe" in text(answer)
    (panel,) = parse(answer).xpath("//*[@data-conflict]")
    assert "sinds mei" in panel.text_content()
    assert "sinds juni" in panel.text_content()
    assert "Use the version of focal point" in " ".join(panel.text_content().split())
    answer = anke.post(URL, fields(answer) | {"settle": f"{panel.get('data-conflict')}:mine"}, follow=True)
    assert not parse(answer).xpath("//*[@data-conflict]")
    written.refresh_from_db()
    assert written.body == "<p>De wet is sinds juni in werking.</p>"


def test_button_of_an_outdated_version_chooses_nothing(anke, written, cast):
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    mine = writing.save_text(written, "<p>De wet is sinds juni in werking.</p>", base=1, by=cast.focal_point)
    page = anke.get(URL)
    button = parse(page).xpath("//button[@name='settle']/@value")[0]
    later = "<p>De wet is sinds juni of juli in werking.</p>"
    writing.save_text(written, later, base=mine.revision.number, by=cast.focal_point, from_sent=True)
    answer = anke.post(URL, fields(page) | {"settle": button}, follow=True)
    assert "One of the versions has been added to meanwhile" in text(answer)
    assert "juni of juli" in parse(answer).xpath("//*[@data-conflict]")[0].text_content()


def test_changes_to_different_paragraphs_are_merged(anke, written, cast):
    posted = fields(anke.get(URL))
    writing.save_text(written, "<p>De wet is in werking.</p><p>Van de politie.</p>", base=1, by=cast.contributor)
    answer = anke.post(URL, posted | {f"c{written.pk}-body": "De wet is nu in werking."}, follow=True)
    assert "Saved." in text(answer)
    written.refresh_from_db()
    assert written.body == "<p>De wet is nu in werking.</p><p>Van de politie.</p>"


def test_old_page_does_not_reset_the_authority(anke, written, cast):
    posted = fields(anke.get(URL))
    writing.set_authority(written, "FOD Justitie", by=cast.contributor)
    anke.post(URL, posted | {f"c{written.pk}-body": "Nieuwe tekst."})
    written.refresh_from_db()
    assert (written.authority, written.body) == ("FOD Justitie", "<p>Nieuwe tekst.</p>")


def test_nothing_to_report_keeps_the_text(anke, written, report):
    posted = fields(anke.get(URL))
    anke.post(URL, posted | {"section-2-1-A-nothing": "on"})
    assert Section.objects.get(pk=written.section_id).state == "nothing"
    page = anke.get(URL)
    assert "kept aside" in text(page)
    off = fields(page)
    del off["section-2-1-A-nothing"]
    anke.post(URL, off)
    assert Section.objects.get(pk=written.section_id).state == "text"


def test_two_dashes_ask_for_nothing_to_report(anke, report):
    answer = anke.post(URL, fields(anke.get(URL)) | {"new-2-1-B-body": "--"})
    assert "means that there is nothing to report. Is that what you want to say" in text(answer)
    assert fields(answer)["new-2-1-B-body"] == "--"
    assert not live(report, "2.1.B")
    done = anke.post(URL, fields(answer) | {"nothing": "2.1.B"})
    assert done.status_code == 302
    assert report.sections.get(question__code="2.1.B").nothing_to_report


def test_text_saving_itself_does_not_block_the_page(anke, written):
    posted = fields(anke.get(URL))
    del posted[f"c{written.pk}-body"]
    anke.post(URL, posted | {f"c{written.pk}-authority": "Binnenlandse Zaken", f"c{written.pk}-language": "fr"})
    written.refresh_from_db()
    assert (written.authority, written.language) == ("Binnenlandse Zaken", "fr")
    assert written.body == "<p>De wet is in werking.</p>"


@pytest.mark.parametrize("number", ["²", "9" * 30])
def test_a_button_with_no_number_removes_nothing(anke, report, written, number):
    anke.post(URL, fields(anke.get(URL)) | {"remove": number})
    assert written in live(report, "2.1.A")


def test_switching_the_language_saves_the_page(anke, report, cast):
    posted = fields(anke.get(URL)) | {"new-2-1-B-body": "Onderweg getypt.", "language": "nl"}
    answer = anke.post(URL, posted, follow=True)
    assert answer.redirect_chain[-1][0] == URL
    assert [row.body for row in live(report, "2.1.B")] == ["<p>Onderweg getypt.</p>"]
    cast.focal_point.refresh_from_db()
    assert cast.focal_point.language == "nl"
    assert anke.cookies["django_language"].value == "nl"
    assert 'lang="nl"' in answer.content.decode()[:200]


def test_text_over_the_limit_is_refused_and_kept(anke, written):
    long = "woord " * 40_000
    answer = anke.post(URL, fields(anke.get(URL)) | {f"c{written.pk}-body": long})
    assert "Split it into two contributions" in text(answer)
    assert fields(answer)[f"c{written.pk}-body"].strip() == long.strip()


def test_text_that_looks_like_markup_stays_text(anke, report):
    typed = "Zie <script>alert(1)</script> & a < b, [geen link](nergens) en 5 * 4 * 3"
    anke.post(URL, fields(anke.get(URL)) | {"new-2-1-B-body": typed})
    page = anke.get(URL)
    assert "<script>alert" not in page.content.decode()
    row = live(report, "2.1.B")[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; a &lt; b" in row.body
    assert "5 * 4 * 3" in row.body


def test_text_for_a_closed_report_is_shown_again(anke, report, cast):
    posted = fields(anke.get(URL)) | {"new-2-1-B-body": "Nog niet opgeslagen."}
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    answer = anke.post(URL, posted)
    assert "has been sent in" in text(answer)
    assert fields(answer)["new-2-1-B-body"] == "Nog niet opgeslagen."


def test_a_contribution_is_added_moved_removed_and_brought_back(anke, written, report):
    page = anke.post(URL, fields(anke.get(URL)) | {"add": "2.1.A"}, follow=True)
    anke.post(URL, fields(page) | {"new-2-1-A-body": "Since May.", "new-2-1-A-language": "en"})
    first, second = live(report, "2.1.A")
    anke.post(URL, fields(anke.get(URL)) | {"up": str(second.pk)})
    assert live(report, "2.1.A") == [second, first]
    page = anke.post(URL, fields(anke.get(URL)) | {"remove": str(second.pk)}, follow=True)
    assert live(report, "2.1.A") == [first]
    assert "1 removed contribution" in text(page)
    anke.post(URL, fields(page) | {"bring_back": str(second.pk)})
    assert set(live(report, "2.1.A")) == {first, second}


def test_a_translation_has_its_own_box(anke, written):
    anke.post(URL, fields(anke.get(URL)) | {f"c{written.pk}-en-body": "The law is in force."})
    written.refresh_from_db()
    assert written.translation_en == "<p>The law is in force.</p>"
    assert written.body == "<p>De wet is in werking.</p>"


def test_announcement_is_shown_beside_question_a(anke, begin, cast):
    planned = begin(2013).sections.get(question__code="2.planned")
    writing.add_contribution(planned, "<p>De richtlijn omzetten.</p>", by=cast.focal_point, language="nl")
    page = parse(anke.get(URL))
    (beside,) = page.xpath("//section[@data-beside='section-2-1-a']")
    said = " ".join(beside.text_content().split())
    assert "What Belgium announced in 2013" in said
    assert "For policy target 2 as a whole" in said
    assert "De richtlijn omzetten." in said
    assert "De richtlijn" not in page.get_element_by_id("part-form").xpath("string(.//textarea)")


def test_without_a_form_before_it_says_so(anke):
    assert "There is no report of Belgium for 2013, so nothing was announced." in text(anke.get(URL))


def test_a_report_that_was_sent_in_is_read_only(anke, written, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    page = anke.get(URL)
    assert "it cannot be changed now" in text(page)
    assert "De wet is in werking." in text(page)
    assert not parse(page).xpath("//textarea")
