"""A filled-in form through the browser: preview, placing, confirming, undoing; and what is refused."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports.models import LooseLine, Rendering, RenderingState, Report, Revision, Section, Step, Upload
from reports.pages.country.preview import preview_of
from reports.rules import documents, renderings, uploads, workflow, writing
from tests.views.html import text

pytestmark = pytest.mark.django_db
UPLOAD = "/reports/BE/2014/upload/"


@pytest.fixture
def form_text(report):
    """A small filled-in form of our own: one answer, one "--", and a stray line of dashes after an answer."""
    blank_form = documents.blank_form(report.form, report.country)
    lines = [blank_form.form.title["en"], "", blank_form.country.name["en"].upper(), ""]
    answers = {
        "1.1.A": "The joint training weeks were held in spring and the units took part in both.",
        "2.1.C": "A circular for the prosecutors is in preparation and will be issued next year.\n\n--",
        "2.2.A": "--",
    }
    for target in blank_form.targets:
        lines += [f"Policy Target No. {target.number}", "", target.text["en"] + ".", ""]
        for goal in target.goals:
            lines += [f"Operational Goal: {goal.text['en']}.", ""]
            for section in goal.sections:
                lines += [f"{section.letter}) {section.prompt['en']}", "", answers.get(section.code, ""), ""]
    return "\n".join(lines)


def upload(client, content, name="form.txt"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)}, follow=True)


def state_of(report, code):
    return Section.objects.get(report=report, question__code=code).state


def test_an_upload_shows_what_goes_where_and_changes_nothing(anke, form_text, report):
    page = upload(anke, form_text)
    said = text(page)
    assert "Nothing is in the report yet" in said
    assert "The joint training weeks were held in spring" in said
    assert "1 decision to make" in said
    assert state_of(report, "1.1.A") == "blank"
    assert not Revision.objects.exists()


def test_the_preview_survives_a_reload_and_a_new_sign_in(anke, form_text, cast):
    upload(anke, form_text)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    anke.logout()
    anke.force_login(cast.focal_point)
    assert "The joint training weeks" in text(anke.get(url))


def test_import_includes_a_placed_line(anke, form_text, report):
    upload(anke, form_text)
    loose = LooseLine.objects.get()
    assert (loose.text.strip(), loose.near) == ("--", "2.1.C")
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    page = anke.post(url, {f"line-{loose.line}": "2.2.B", "apply": "yes"}, follow=True)
    assert "4 sections were imported into the report." in text(page)
    assert [state_of(report, code) for code in ("1.1.A", "2.1.C", "2.2.A", "2.2.B")] == [
        "text",
        "text",
        "nothing",
        "nothing",
    ]


@pytest.fixture
def applied(anke, form_text):
    """A file in the report that has thirty lines more without a place."""
    upload(anke, form_text)
    uploaded = Upload.objects.get()
    lines = [LooseLine(upload=uploaded, line=number, text="Stray.", kind="loose") for number in range(1000, 1030)]
    LooseLine.objects.bulk_create(lines)
    anke.post(f"/reports/BE/2014/readings/{uploaded.pk}/", {"apply": "yes"})
    return uploaded


def with_the_files_text(captured, besides=""):
    return [one["sql"] for one in captured if '"reports_upload"."document"' in one["sql"] and besides in one["sql"]]


def test_file_text_is_not_fetched_for_each_line(anke, applied, cast):
    assert len({id(loose.line.upload) for loose in preview_of(applied, cast.focal_point).loose}) == 1
    with CaptureQueriesContext(connection) as captured:
        page = anke.get(f"/reports/BE/2014/readings/{applied.pk}/")
        anke.post(f"/reports/BE/2014/readings/{applied.pk}/", {"line-1000": "2.2.B"})
    assert page.status_code == 200
    assert with_the_files_text(captured)
    assert not with_the_files_text(captured, besides='"reports_looseline"')


@pytest.mark.parametrize("url", ["/reports/BE/2014/", "/reports/BE/2014/send-in/", UPLOAD])
def test_naming_a_file_does_not_fetch_its_text(anke, applied, url):
    with CaptureQueriesContext(connection) as captured:
        page = text(anke.get(url))
    assert "form.txt" in page if url == UPLOAD else "31 lines of the uploaded file" in page
    assert not with_the_files_text(captured)


def test_a_line_left_in_the_tray_can_be_placed_after_the_import(anke, form_text, report):
    upload(anke, form_text)
    uploaded = Upload.objects.get()
    url = f"/reports/BE/2014/readings/{uploaded.pk}/"
    page = anke.post(url, {"apply": "yes"}, follow=True)
    assert "1 line of the uploaded file has not been placed yet" in text(page)
    anke.post(url, {f"line-{LooseLine.objects.get().line}": "3.1.A"})
    assert state_of(report, "3.1.A") == "nothing"
    assert "has not been placed yet" not in text(anke.get("/reports/BE/2014/"))


def test_differing_section_is_kept_by_default(anke, form_text, report, cast):
    section = report.sections.get(question__code="1.1.A")
    writing.add_contribution(section, "<p>Already here.</p>", by=cast.contributor, language="en")
    page = upload(anke, form_text)
    assert "Differs from the report" in text(page)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    page = anke.post(url, {"apply": "yes"}, follow=True)
    assert "left as they are: 1.1.A" in text(page)
    assert [row.body for row in section.contributions.live()] == ["<p>Already here.</p>"]


def test_a_whole_import_is_undone(anke, form_text, report, cast):
    section = report.sections.get(question__code="1.1.A")
    writing.add_contribution(section, "<p>Already here.</p>", by=cast.contributor, language="en")
    before = documents.compose(Report.objects.get(pk=report.pk))
    upload(anke, form_text)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    anke.post(url, {"apply": "yes", "take-1.1.A": "replace"})
    assert documents.compose(Report.objects.get(pk=report.pk)) != before
    page = anke.post(url + "undo/", follow=True)
    assert "was undone" in text(page)
    assert documents.compose(Report.objects.get(pk=report.pk)) == before


def test_undoing_leaves_what_somebody_wrote_since_and_names_it(anke, form_text, report, cast):
    upload(anke, form_text)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    anke.post(url, {"apply": "yes"})
    row = report.sections.get(question__code="1.1.A").contributions.live().get()
    writing.save_text(row, "<p>Changed since.</p>", base=1, by=cast.contributor)
    page = anke.post(url + "undo/", follow=True)
    assert "left as they were: 1.1.A" in text(page) or "left as they are: 1.1.A" in text(page)
    assert [state_of(report, code) for code in ("1.1.A", "2.1.C", "2.2.A")] == ["text", "blank", "blank"]


def test_undoing_leaves_a_translation_that_somebody_wrote_since(anke, form_text, report, cast):
    upload(anke, form_text)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    anke.post(url, {"apply": "yes"})
    row = report.sections.get(question__code="1.1.A").contributions.live().get()
    writing.save_text(row, "<p>De oefenweken.</p>", base=0, by=cast.contributor, language="nl")
    anke.post(url + "undo/")
    assert state_of(report, "1.1.A") == "text"


def test_undoing_keeps_text_written_beside_the_import(anke, form_text, report, cast):
    section = report.sections.get(question__code="1.1.A")
    writing.set_nothing(section, True, by=cast.focal_point)
    upload(anke, form_text)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    anke.post(url, {"apply": "yes", "take-1.1.A": "replace"})
    writing.add_contribution(section, "<p>Van de politie.</p>", by=cast.contributor, language="nl")
    page = anke.post(url + "undo/", follow=True)
    assert "1.1.A" in text(page)
    assert state_of(report, "1.1.A") == "text"


def test_line_placed_twice_at_once_is_written_once(applied, report, cast):
    twice = [LooseLine.objects.select_related("upload").get(line=1000) for _turn in range(2)]
    for line in twice:
        uploads.settle(line, "2.2.B", by=cast.focal_point)
    (row,) = report.sections.get(question__code="2.2.B").contributions.live()
    assert row.body == "<p>Stray.</p>"


def test_line_placed_during_the_import_reaches_the_report(anke, form_text, report, cast):
    upload(anke, form_text)
    uploaded = Upload.objects.get()
    LooseLine.objects.create(upload=uploaded, line=1000, text="Stray.", kind="loose")
    line = LooseLine.objects.select_related("upload").get(line=1000)
    uploads.apply(uploaded, by=cast.focal_point)
    uploads.settle(line, "2.2.B", by=cast.contributor)
    (row,) = report.sections.get(question__code="2.2.B").contributions.live()
    assert row.body == "<p>Stray.</p>"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "form.txt", "This file is empty"),
        (b"   \n\n", "form.txt", "This file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "form.txt", "This is a picture."),
        (b"%PDF-1.7 \x00\x01", "form.pdf", "This PDF is damaged"),
        (b"Dear all, here are the minutes of the meeting of Monday.", "minutes.txt", "form"),
        (b'{"schema": 1, "targets": 5}', "report.json", "JSON"),
        (b"x" * 2_000_001, "form.txt", "larger than 2 MB"),
    ],
)
def test_what_is_no_filled_in_form_is_refused_with_a_sentence(anke, content, name, said):
    answer = upload(anke, content, name)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Upload.objects.exists()


def test_another_countrys_form_is_refused_by_name(anke, form_text):
    answer = upload(anke, form_text.replace("BELGIUM", "NETHERLANDS"))
    assert "This is the form of Netherlands, not of Belgium" in text(answer)


def test_another_years_form_is_refused_by_its_year(anke, form_text):
    wrong = form_text.replace("2014 Reporting Form", "2016 Reporting Form").replace("2013 report", "2014 report")
    answer = upload(anke, wrong)
    assert answer.status_code == 422
    assert "2016" in text(answer)


def test_draft_and_submission_are_downloaded_as_files(anke, written, report, cast):
    draft = anke.get("/reports/BE/2014/draft.pdf")
    assert draft["Content-Type"] == "application/pdf"
    assert draft.getvalue().startswith(b"%PDF-")
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    official = anke.get("/reports/BE/2014/submissions/1.pdf")
    content = official.getvalue()
    assert content.startswith(b"%PDF-")
    assert official["Content-Disposition"] == 'inline; filename="belgium-2014-1.pdf"'
    assert anke.get("/reports/BE/2014/submissions/1.pdf").getvalue() == content
    data = json.loads(anke.get("/reports/BE/2014/submissions/1.json").content)
    assert data["country"]["code"] == "BE"


def test_waiting_page_is_shown_while_a_worker_makes_the_pdf(anke, written, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for _turn in range(2):
        page = anke.get("/reports/BE/2014/draft.pdf")
        assert (page.status_code, page["Refresh"]) == (202, "2")
        assert "The PDF is being made" in text(page)
    assert DBTaskResult.objects.count() == 1
    renderings.make(Rendering.objects.get().key)  # as the worker does
    assert anke.get("/reports/BE/2014/draft.pdf").getvalue().startswith(b"%PDF-")


def test_pdf_that_times_out_three_times_has_failed(anke, written, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for turn in range(renderings.TRIES):
        for _refresh in range(2):
            assert anke.get("/reports/BE/2014/draft.pdf").status_code == 202
        assert DBTaskResult.objects.count() == turn + 1
        long_ago = timezone.now() - renderings.TIMEOUT - timedelta(seconds=1)
        Rendering.objects.update(state=RenderingState.MAKING, attempts=F("attempts") + 1, started_at=long_ago)
    for _refresh in range(2):
        page = anke.get("/reports/BE/2014/draft.pdf")
        assert (page.status_code, "Refresh" in page) == (503, False)
        assert "The report itself has not changed" in text(page)
    assert DBTaskResult.objects.count() == renderings.TRIES


def test_a_pdf_that_cannot_be_made_says_so_and_harms_nothing(anke, written, monkeypatch):
    monkeypatch.setattr(renderings.writers, "write_pdf_apart", lambda *args, **options: 1 / 0)
    for _turn in range(renderings.TRIES):
        page = anke.get("/reports/BE/2014/draft.pdf")
    assert page.status_code == 503
    assert "The report itself has not changed" in text(page)
    assert anke.get("/reports/BE/2014/").status_code == 200


def test_the_pdf_of_a_submission_can_be_uploaded_again(anke, written, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    data = anke.get("/reports/BE/2014/submissions/1.pdf").getvalue()
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    page = upload(anke, data, "report.pdf")
    assert "What was read from the file" in text(page)
    assert "The same" in text(page)


def test_the_json_of_a_submission_can_be_uploaded_again(anke, written, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    data = anke.get("/reports/BE/2014/submissions/1.json").content
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    page = upload(anke, data, "report.json")
    assert "What was read from the file" in text(page)
    assert "The same" in text(page)
