"""The secretariat reads what was sent in: never a draft, section by section, with remarks."""

import pytest

from reports.models import ReadMark, Remark, RemarkState, Step
from reports.rules import remarks, workflow, writing
from tests.views.html import parse, text
from tests.views.steps import change, give_back, question, section, send_in

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/review/"
PAGE = URL + "2.1.A/"
DECIDE = "/reports/BE/2014/decide/"


def stop(page, code):
    """What the list of sections says of one."""
    found = parse(page).xpath("//nav[contains(@class,'rail')]//a")
    return " ".join(next(one for one in found if one.text_content().split()[0] == code).text_content().split()[1:])


# ---- what is read


def test_review_of_a_draft_says_who_can_read_it(ruth, written):
    page = ruth.get(URL)
    assert page.status_code == 403
    assert "Only the country can read its draft" in text(page)
    assert "De wet is in werking" not in page.content.decode()


def test_review_shows_the_submission_not_later_changes(ruth, sent, written, report, cast):
    give_back(report, cast)
    change(written, "<p>Dit is nog een concept.</p>", cast)
    writing.set_nothing(section(report, "2.1.B"), True, by=cast.focal_point)
    page = ruth.get(PAGE)
    assert "De wet is in werking." in text(page)
    assert "concept." not in page.content.decode()
    assert "This report is with Belgium again" in text(page)
    assert "Blank" in text(ruth.get(URL + "2.1.B/"))


def test_review_redirects_to_the_first_unread_section(ruth, sent, report, cast):
    assert ruth.get(URL).url.endswith("/review/1.1.A/")
    remarks.mark_as_read(sent, section(report, "1.1.A"), by=cast.administrator)
    assert ruth.get(URL).url.endswith("/review/1.1.B/")
    assert ruth.get(URL + "9.9.Z/").status_code == 404


def test_marking_as_read_leads_to_next_section_then_decision(ruth, sent, report, cast):
    for row in report.sections.exclude(question__code__in=("1.1.B", "2.1.A", "4.2.C")):
        remarks.mark_as_read(sent, row, by=cast.reviewer)
    assert ruth.post(PAGE, {"do": "read"}).url.endswith("/review/4.2.C/")
    assert ruth.post(URL + "4.2.C/", {"do": "read"}).url.endswith("/review/1.1.B/")
    answer = ruth.post(URL + "1.1.B/", {"do": "read"})
    assert answer.url.endswith("#decide")
    page = ruth.get(answer.url)
    assert "every section has been read" in text(page)
    assert "21 of 21 sections" in text(page)
    assert stop(page, "1.1.B") == "read"


def test_unchanged_sections_stay_read_in_a_new_submission(ruth, sent, written, report, cast):
    for code in ("1.1.A", "2.1.A"):
        remarks.mark_as_read(sent, section(report, code), by=cast.reviewer)
    give_back(report, cast)
    change(written, "<p>De wet is nu in werking.</p>", cast)
    send_in(report, cast)
    page = ruth.get(PAGE)
    assert "1 of 21 sections" in text(page)
    assert stop(page, "2.1.A") == "changed"
    assert stop(page, "1.1.A") == "read"


def test_a_mark_can_be_taken_off_again(ruth, sent, report, cast):
    remarks.mark_as_read(sent, section(report, "2.1.A"), by=cast.reviewer)
    page = ruth.get(PAGE)
    assert "Read by reviewer" in text(page)
    ruth.post(PAGE, {"do": "unread"})
    assert not ReadMark.objects.exists()


def test_a_form_by_target_is_read_the_same_way(ruth, begin, cast):
    report = begin(2013)
    writing.add_contribution(section(report, "1.planned"), "<p>A hotline.</p>", by=cast.focal_point, language="en")
    send_in(report, cast)
    page = ruth.get("/reports/BE/2013/review/1.planned/")
    assert "A hotline." in text(page)
    assert "Actions that WILL BE UNDERTAKEN" in text(page)


# ---- changes


def test_changes_are_marked_and_contributions_named(ruth, sent, written, report, cast):
    other = writing.add_contribution
    give_back(report, cast)
    change(written, "<p>De wet is eindelijk in werking.</p>", cast)
    other(section(report, "2.1.A"), "<p>One tool.</p>", by=cast.focal_point, language="en", authority="Police")
    send_in(report, cast)
    page = ruth.get(PAGE)
    assert [one.text_content().strip() for one in parse(page).xpath("//ins")] == ["eindelijk", "One tool."]
    assert "new contribution in submission 2" in text(page)
    give_back(report, cast)
    writing.remove(written, by=cast.focal_point)
    send_in(report, cast)
    page = ruth.get(PAGE)
    assert "removed contribution, no longer in submission 3" in text(page)
    assert parse(page).xpath("//del")[0].text_content() == "De wet is eindelijk in werking."


def test_change_of_state_is_described_in_words(ruth, sent, report, cast):
    give_back(report, cast)
    writing.set_nothing(section(report, "2.1.A"), True, by=cast.focal_point)
    writing.set_nothing(section(report, "2.2.B"), True, by=cast.focal_point)
    send_in(report, cast)
    assert "Text in submission 1, “Nothing to report” in submission 2." in text(ruth.get(PAGE))
    assert "Blank in submission 1, “Nothing to report” in submission 2." in text(ruth.get(URL + "2.2.B/"))
    assert "Nothing changed in this section." in text(ruth.get(URL + "2.2.C/"))


def test_section_has_views_for_text_and_translation(ruth, sent, written, report, cast):
    give_back(report, cast)
    change(written, "<p>De wet is eindelijk in werking.</p>", cast)
    writing.save_text(written, "<p>The act is in force.</p>", base=0, language="en", by=cast.focal_point)
    send_in(report, cast)
    page = ruth.get(PAGE + "?show=text")
    assert "De wet is eindelijk in werking." in text(page)
    assert not parse(page).xpath("//ins | //del")
    page = ruth.get(PAGE + "?show=translation")
    assert parse(page).xpath("//*[@data-passage and @lang='en']")[0].text_content() == "The act is in force."
    assert "De wet" not in text(page)
    following = parse(page).xpath("//a[@data-key='j']/@href")[0]
    assert following.endswith("/2.1.B/?show=translation")


def test_translation_for_an_older_wording_is_read_with_its_mark(ruth, written, report, cast):
    writing.save_text(written, "<p>The act is in force.</p>", base=0, language="en", by=cast.focal_point)
    change(written, "<p>De wet is eindelijk in werking.</p><p>Zie elders.</p>", cast)
    send_in(report, cast)
    page = ruth.get(PAGE + "?show=translation")
    passages = parse(page).xpath("//*[@data-passage]")
    assert [(one.get("lang"), one.text_content()) for one in passages] == [
        ("en", "The act is in force."),
        ("nl", "Zie elders."),
    ]
    assert "Translation for an older wording" in text(page)
    assert "Not translated: this is the original" in text(page)
    assert "the country’s translation" in text(page)


def test_passage_without_translation_is_shown_and_marked(ruth, sent):
    page = ruth.get(PAGE + "?show=translation")
    assert "De wet is in werking." in text(page)
    assert "there is no translation; this is the original" in text(page)


# ---- what was announced before


def test_announcements_come_from_submissions_not_drafts(ruth, sent, begin, cast):
    before = begin(2013)
    planned = section(before, "2.planned")
    text_2013 = writing.add_contribution(planned, "<p>Een nieuwe wet.</p>", by=cast.focal_point, language="nl")
    page = ruth.get(PAGE)
    assert "Belgium has sent in no report for 2013" in text(page)
    assert "Een nieuwe wet" not in text(page)
    send_in(before, cast)
    give_back(before, cast)
    change(text_2013, "<p>Een oud besluit.</p>", cast)
    page = ruth.get(PAGE)
    assert "What Belgium announced in 2013" in text(page)
    assert "Een nieuwe wet." in text(page)
    assert "Een oud besluit" not in text(page)
    send_in(before, cast)
    assert "Een oud besluit." in text(ruth.get(PAGE))
    assert "announced in 2013" not in text(ruth.get(URL + "2.1.B/"))


# ---- remarks


def test_question_with_quote_is_saved_and_shown(ruth, sent):
    typed = {"do": "ask", "quote": " De wet is  in werking. ", "question": "Since when?"}
    page = ruth.post(PAGE, typed, follow=True)
    remark = Remark.objects.get()
    assert (remark.quote, remark.quote_language) == ("De wet is in werking.", "nl")
    assert not remark.private
    assert "Question, not sent yet" in text(page)
    assert parse(page).xpath("//blockquote[@lang='nl']")[0].text_content() == "De wet is in werking."
    assert stop(page, "2.1.A") == "open question"


def test_quote_language_must_be_one_of_the_section(ruth, sent):
    ruth.post(PAGE, {"do": "ask", "quote": "Elsewhere", "quote_language": "xx", "question": "Why?"})
    assert Remark.objects.get().quote_language == ""


def test_a_private_note_is_marked_as_one_and_cannot_be_settled(ruth, sent):
    page = ruth.post(PAGE, {"do": "note", "note": "Compare with 2013."}, follow=True)
    assert "Only the secretariat sees this." in text(page)
    assert not parse(page).xpath("//button[@value='settle']")
    assert stop(page, "2.1.A") == ""


def test_empty_remark_is_refused_and_keeps_its_quote(ruth, sent):
    page = ruth.post(PAGE, {"do": "note", "quote": "De wet", "note": "  ", "question": "Why?"})
    assert page.status_code == 422
    form = parse(page).xpath("//form[.//*[@name='quote']]")[0]
    assert dict(form.form_values())["quote"].strip() == "De wet"
    assert dict(form.form_values())["question"].strip() == "Why?"
    assert "Write something first." in text(page)
    assert not Remark.objects.exists()


def test_a_reply_settling_and_opening_again(ruth, sent, cast):
    remark = question(sent, "2.1.A", cast)
    remarks.reply(remark, "Since May.", by=cast.contributor)
    page = ruth.get(PAGE)
    assert "Belgium" in [one.text_content().split()[0] for one in parse(page).xpath("//div[@class='says']/b")]
    assert "contributor" not in text(page)
    ruth.post(PAGE, {"do": "say", "remark": remark.pk, "text": "Of which year?"})
    ruth.post(PAGE, {"do": "settle", "remark": remark.pk})
    page = ruth.get(PAGE)
    assert "1 settled question" in text(page)
    assert "Of which year?" in text(page)
    ruth.post(PAGE, {"do": "open", "remark": remark.pk})
    remark.refresh_from_db()
    assert remark.state == RemarkState.OPEN


def test_reply_to_a_settled_question_keeps_its_text(ruth, sent, cast):
    remark = question(sent, "2.1.A", cast)
    remarks.settle(remark, by=cast.administrator)
    page = ruth.post(PAGE, {"do": "say", "remark": remark.pk, "text": "One more thing"})
    assert page.status_code == 422
    assert "has been settled meanwhile" in text(page)
    assert "One more thing" in text(page)


def test_remark_on_a_withdrawn_report_keeps_its_text(ruth, sent, report, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    page = ruth.post(PAGE, {"do": "ask", "question": "Since when, please?"})
    assert page.status_code == 403
    assert "Belgium has taken this report back." in text(page)
    assert parse(page).xpath("//textarea[@readonly]")[0].text_content().strip() == "Since when, please?"
    assert not Remark.objects.exists()


def test_remark_of_another_section_is_not_found(ruth, sent, cast):
    remark = question(sent, "2.1.B", cast)
    assert ruth.post(PAGE, {"do": "settle", "remark": remark.pk}).status_code == 404
    assert ruth.post(PAGE, {"do": "dance"}).status_code == 404


def test_reader_of_the_secretariat_changes_nothing(client, sent, cast):
    question(sent, "2.1.A", cast, "For us alone.", private=True)
    client.force_login(cast.reader)
    page = client.get(PAGE)
    assert "For us alone." in text(page)
    assert not parse(page).xpath("//main//form[@method='post']")
    for posted in ({"do": "ask", "question": "x"}, {"do": "send"}, {"do": "read"}):
        assert client.post(PAGE, posted).status_code == 403
    assert client.post(DECIDE, {"decision": "accept"}).status_code == 403
