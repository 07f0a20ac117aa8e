"""Uploads of Word files: what the preview says and keeps, who may import what, and what happens in between."""

import io

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import readers
from reports.document.tree import Contribution
from reports.models import LooseLine, Membership, Report, Section, Step, Upload
from reports.rules import delegations, documents, upload_choices, uploads, workflow, writing
from tests.views.html import text
from tests.views.steps import signed_in

pytestmark = pytest.mark.django_db
UPLOAD = "/reports/BE/2014/upload/"
ENGLISH = "The joint training weeks were held in spring and the units took part in both."
LATER = "The police will share one list of contact persons with the prosecutors next year."


def word_file(report, answers):
    """Return a filled-in form as Word writes it: a paragraph for each prompt and for each line of an answer."""
    form = documents.blank_form(report.form, report.country)
    file = docx.Document()
    file.add_paragraph(form.form.title["en"])
    file.add_paragraph(form.country.name["en"].upper())
    for target in form.targets:
        file.add_paragraph(f"Policy Target No. {target.number}")
        file.add_paragraph(target.text["en"] + ".")
        for goal in target.goals:
            file.add_paragraph(f"Operational Goal: {goal.text['en']}.")
            for section in goal.sections:
                file.add_paragraph(f"{section.letter}) {section.prompt['en']}")
                for line in answers.get(section.code, "").split("\n"):
                    file.add_paragraph(line)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def upload(client, data, name="form.docx"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)}, follow=True)


def url_of(uploaded):
    return f"/reports/BE/2014/readings/{uploaded.pk}/"


def section_of(report, code):
    return report.sections.get(question__code=code)


def texts(report, code):
    return [(row.language, row.body) for row in section_of(report, code).contributions.live()]


@pytest.fixture
def luc(client, cast, report):
    """A contributor who was given 1.1.A, and a contribution of their own in 2.1.A, signed in."""
    delegations.give(report, cast.contributor, {"1.1.A": "whole", "2.1.A": "own"}, by=cast.focal_point)
    client.force_login(cast.contributor)
    return client


def test_the_preview_speaks_of_paragraphs_of_a_word_file(anke, report):
    page = text(upload(anke, word_file(report, {"1.1.A": ENGLISH, "2.1.C": f"{LATER}\n--"})))
    assert "Word file" in page
    loose = LooseLine.objects.get()
    assert f"Place paragraph {loose.line}" in page
    assert "Place line" not in page
    uploaded = Upload.objects.get()
    assert (uploaded.format, uploaded.unit) == ("word", "paragraph")


def test_comments_and_deleted_passages_are_listed_with_their_places(anke, report):
    upload(anke, word_file(report, {"1.1.A": ENGLISH}))
    uploaded = Upload.objects.get()
    uploaded.lines += [
        {
            "number": 14,
            "page": 3,
            "text": "Ask Justice.",
            "kind": "comment",
            "section": "",
            "near": "1.1.A",
            "note": "",
        },
        {"number": 15, "page": 3, "text": "in May", "kind": "deleted", "section": "", "near": "1.1.A", "note": ""},
        {"number": 16, "page": 3, "text": "Page 3 of 9", "kind": "furniture", "section": "", "near": "", "note": ""},
    ]
    uploaded.unit = "page"
    uploaded.save()
    page = text(anke.get(url_of(uploaded)))
    assert "1 comment page 3, paragraph 14, near 1.1.A Ask Justice." in page
    assert "1 deleted passage page 3, paragraph 15, near 1.1.A in May" in page
    assert "Headers, footers and page numbers (1) page 3, paragraph 16 Page 3 of 9" in page


def test_a_paragraph_may_give_several_loose_lines(report, cast):
    upload_row = uploads.store(
        readers.ReadResult(
            documents.blank_form(report.form, report.country),
            tuple(readers.Line(14, text, "loose", near="1.1.A") for text in ("One.", "Two.")),
            (),
            "word",
            "paragraph",
        ),
        "0" * 64,
        "form.docx",
        report,
        by=cast.focal_point,
    )
    assert [line.key for line in upload_row.loose_lines.all()] == ["14", "14-2"]


def test_both_texts_stand_side_by_side_with_the_difference_marked(anke, report, cast):
    old = "<p>The joint training weeks were held in autumn and the units took part in both.</p>"
    writing.add_contribution(section_of(report, "1.1.A"), old, by=cast.contributor, language="en", authority="Police")
    page = upload(anke, word_file(report, {"1.1.A": ENGLISH})).content.decode()
    assert "<del>autumn</del>" in page.replace(" <del>", "<del>").replace("<del> ", "<del>")
    assert "<ins>spring</ins>" in page.replace(" <ins>", "<ins>").replace("<ins> ", "<ins>")


def test_the_same_text_of_a_named_authority_does_not_differ(anke, report, cast):
    row = section_of(report, "1.1.A")
    writing.add_contribution(row, f"<p>{ENGLISH}</p>", by=cast.contributor, language="en", authority="Police")
    assert "The same 1.1.A" in text(upload(anke, word_file(report, {"1.1.A": ENGLISH})))


def test_choices_are_kept_and_used_at_the_import(anke, report, cast):
    writing.add_contribution(section_of(report, "1.1.A"), "<p>Already here.</p>", by=cast.contributor, language="en")
    upload(anke, word_file(report, {"1.1.A": ENGLISH, "2.1.C": f"{LATER}\n--"}))
    uploaded = Upload.objects.get()
    anke.post(url_of(uploaded), {"take-1.1.A": "replace", "language-2.1.C/0": "nl"})
    page = anke.get(url_of(uploaded)).content.decode()
    assert 'value="replace" checked' in page
    anke.post(url_of(uploaded), {"apply": "yes"})
    assert texts(report, "1.1.A") == [("en", f"<p>{ENGLISH}</p>")]
    assert [language for language, _body in texts(report, "2.1.C")] == ["nl"]


def test_a_script_gets_no_page_when_it_keeps_choices(anke, report):
    upload(anke, word_file(report, {"1.1.A": ENGLISH}))
    answer = anke.post(url_of(Upload.objects.get()), {"language-1.1.A/0": "nl", "by-script": "yes"})
    assert answer.status_code == 204
    assert Upload.objects.get().languages == {"1.1.A/0": "nl"}


def test_a_language_or_choice_that_was_not_offered_is_left_out(anke, report):
    upload(anke, word_file(report, {"1.1.A": ENGLISH}))
    uploaded = Upload.objects.get()
    anke.post(
        url_of(uploaded), {"language-1.1.A/0": "xx", "language-9.9.Z/0": "nl", "take-1.1.A": "burn", "take-9": "add"}
    )
    uploaded.refresh_from_db()
    assert (uploaded.choices, uploaded.languages) == ({}, {})


def test_a_corrected_text_becomes_one_with_the_text_beside_it(report):
    section = documents.blank_form(report.form, report.country).section("1.1.A")
    values = [("nl", "<p>Een.</p>"), ("fr", "<p>Deux.</p>"), ("nl", "<p>Drie.</p>")]
    section = section.with_contributions(
        *(Contribution(authority="", language=code, body={code: body}) for code, body in values)
    )
    corrected = upload_choices.corrected_section(section, {"1.1.A/1": "nl"})
    assert [value.body for value in corrected.contributions] == [{"nl": "<p>Een.</p><p>Deux.</p><p>Drie.</p>"}]


def test_a_contributor_imports_their_sections_and_no_others(luc, report, cast):
    page = upload(luc, word_file(report, {"1.1.A": ENGLISH, "2.1.C": LATER}))
    assert "Not yours 2.1.C" in text(page)
    page = luc.post(url_of(Upload.objects.get()), {"apply": "yes"}, follow=True)
    assert "not assigned to you; they were left as they are: 2.1.C" in text(page)
    assert texts(report, "1.1.A") == [("en", f"<p>{ENGLISH}</p>")]
    assert texts(report, "2.1.C") == []
    row = section_of(report, "1.1.A").contributions.get()
    assert row.revisions.get().by == cast.contributor
    assert Upload.objects.get().applied_by == cast.contributor


def test_a_contributor_fills_their_own_place_and_no_other(luc, report, cast):
    theirs = writing.add_contribution(
        section_of(report, "2.1.A"), f"<p>{LATER}</p>", by=cast.focal_point, language="en", authority="Justice"
    )
    upload(luc, word_file(report, {"2.1.A": f"{LATER}\nLa police a formé ses enquêteurs et ses analystes en mai."}))
    luc.post(url_of(Upload.objects.get()), {"apply": "yes"})
    theirs.refresh_from_db()
    assert (theirs.body, theirs.authority) == (f"<p>{LATER}</p>", "Justice")
    assert [language for language, _body in texts(report, "2.1.A")] == ["en", "fr"]


def test_a_contributor_changes_their_own_text_and_undoes_it(luc, report, cast):
    own = writing.add_contribution(section_of(report, "2.1.A"), "<p>Before.</p>", by=cast.contributor, language="nl")
    upload(luc, word_file(report, {"2.1.A": ENGLISH}))
    uploaded = Upload.objects.get()
    luc.post(url_of(uploaded), {"take-2.1.A": "replace", "apply": "yes"})
    assert texts(report, "2.1.A") == [("en", f"<p>{ENGLISH}</p>")]
    luc.post(url_of(uploaded) + "undo/")
    assert texts(report, "2.1.A") == [("nl", "<p>Before.</p>")]
    assert own.revisions.count() == 3


def test_undoing_leaves_an_own_text_that_was_changed_since(luc, report, cast):
    own = writing.add_contribution(section_of(report, "2.1.A"), "<p>Before.</p>", by=cast.contributor, language="en")
    upload(luc, word_file(report, {"2.1.A": ENGLISH}))
    uploaded = Upload.objects.get()
    luc.post(url_of(uploaded), {"take-2.1.A": "replace", "apply": "yes"})
    writing.save_text(own, "<p>Since.</p>", base=2, by=cast.contributor)
    page = luc.post(url_of(uploaded) + "undo/", follow=True)
    assert "left as they are: 2.1.A" in text(page)
    assert texts(report, "2.1.A") == [("en", "<p>Since.</p>")]


def test_a_contributor_decides_about_their_own_files_only(luc, report, cast):
    uploaded = uploads.read(word_file(report, {"1.1.A": ENGLISH}), "form.docx", report, by=cast.focal_point)
    assert luc.get(url_of(uploaded)).status_code == 200
    assert luc.post(url_of(uploaded), {"apply": "yes"}).status_code == 403
    with pytest.raises(PermissionDenied):
        uploads.apply(uploaded, by=cast.contributor)
    with pytest.raises(PermissionDenied):
        upload_choices.keep(uploaded, choices={}, languages={}, by=cast.contributor)


def test_a_contributor_places_no_line_in_others_sections(luc, report, cast):
    upload(luc, word_file(report, {"1.1.A": f"{ENGLISH}\n--"}))
    line = LooseLine.objects.get()
    luc.post(url_of(line.upload), {f"line-{line.key}": "2.1.C"})
    line.refresh_from_db()
    assert line.placed_in == ""
    with pytest.raises(PermissionDenied):
        uploads.settle(line, "2.1.C", by=cast.contributor)


def test_somebody_without_sections_may_not_upload(client, report, cast):
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    client.force_login(cast.contributor)
    assert client.get(UPLOAD).status_code == 403
    assert upload(client, word_file(report, {})).status_code == 403
    with pytest.raises(PermissionDenied):
        uploads.read(word_file(report, {}), "form.docx", report, by=cast.contributor)


def test_the_same_file_again_is_named(anke, report):
    data = word_file(report, {"1.1.A": ENGLISH})
    upload(anke, data)
    assert "uploaded this same file before" in text(upload(anke, data, "again.docx"))
    assert Upload.objects.count() == 2


def test_a_colleagues_open_upload_is_named(anke, report, cast):
    uploads.read(word_file(report, {"1.1.B": LATER}), "theirs.docx", report, by=cast.contributor)
    page = text(upload(anke, word_file(report, {"1.1.A": ENGLISH})))
    assert "contributor uploaded theirs.docx" in page
    assert "has not imported it yet" in page


def test_a_file_for_a_report_sent_in_meanwhile_is_kept(anke, report, cast):
    upload(anke, word_file(report, {"1.1.A": ENGLISH, "2.1.C": f"{LATER}\n--"}))
    uploaded, line = Upload.objects.get(), LooseLine.objects.get()
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    page = anke.post(url_of(uploaded), {f"line-{line.key}": "2.2.B", "apply": "yes"}, follow=True)
    assert "This report has been sent in, so it cannot be changed now." in text(page)
    assert "The file and your choices stay here" in text(page)
    line.refresh_from_db()
    assert line.placed_in == "2.2.B"
    assert Section.objects.get(report=report, question__code="1.1.A").state == "blank"
    again = text(upload(anke, word_file(report, {"1.1.A": LATER})))
    assert "The file and your choices stay here" in again
    workflow.take_step(Report.objects.get(pk=report.pk), Step.WITHDRAW, by=cast.focal_point)
    anke.post(url_of(uploaded), {"apply": "yes"})
    assert texts(report, "1.1.A") == [("en", f"<p>{ENGLISH}</p>")]


def test_a_script_gets_the_address_of_the_preview(anke, report):
    file = SimpleUploadedFile("form.docx", word_file(report, {"1.1.A": ENGLISH}))
    answer = anke.post(UPLOAD, {"file": file, "by-script": "yes"})
    assert (answer.status_code, answer["Location"]) == (201, url_of(Upload.objects.get()))


def test_the_file_box_names_the_endings(anke):
    page = anke.get(UPLOAD).content.decode()
    assert "Word, OpenDocument, RTF, PDF with text" in page
    assert 'accept=".docx,' in page


def test_queries_of_a_preview_do_not_grow(report, cast):
    """Counted with one text and with many texts, loose lines, uploads, and sections that differ."""
    client = signed_in(cast.focal_point)
    small = uploads.read(word_file(report, {"1.1.A": ENGLISH}), "small.docx", report, by=cast.focal_point)
    client.get(url_of(small))
    with CaptureQueriesContext(connection) as before:
        client.get(url_of(small))
    codes = [section.code for section in documents.blank_form(report.form, report.country).sections()]
    data = word_file(report, dict.fromkeys(codes, f"{ENGLISH}\n--"))
    large = uploads.read(data, "large.docx", report, by=cast.contributor)
    for section in report.sections.all():
        writing.add_contribution(section, f"<p>{LATER}</p>", by=cast.focal_point, language="en", authority="Police")
    with CaptureQueriesContext(connection) as after:
        client.get(url_of(large))
    assert large.loose_lines.count() > 10
    assert len(after) <= len(before) <= 18
