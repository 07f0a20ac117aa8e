"""The preview of a Word file of the portal: what was changed, section by section, and what becomes of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Conflict, Report, Upload
from reports.rules import word_files, writing
from tests.views.html import text
from tests.views.steps import signed_in
from tests.writers.word_changing import changed, emptied, typed_after

pytestmark = pytest.mark.django_db
LAW, NEW_LAW = "De wet is in werking.", "De wet is sinds mei in werking."


def uploaded(client, data):
    file = SimpleUploadedFile("report.docx", data)
    return text(client.post("/reports/BE/2014/upload/", {"file": file}, follow=True))


def taken(report, user):
    return word_files.draft(Report.objects.get(pk=report.pk), by=user)


def test_the_preview_names_every_kind_of_change(report, written, section, cast):
    loi = writing.add_contribution(section, "<p>La loi.</p>", by=cast.focal_point, language="fr", authority="SPF")
    file = changed(taken(report, cast.contributor), LAW, NEW_LAW)
    file = typed_after(emptied(file, f"c:{loi.pk}:"), f"c:{loi.pk}:", "The police trained two teams this year.")
    client = signed_in(cast.focal_point)
    page = uploaded(client, file)
    for words in (
        "Changed in the file",
        "Emptied in the file",
        "New contribution",
        "Downloaded by",
        "Word file of this report",
    ):
        assert words in page
    assert "Differs from the report" not in page


def test_an_import_says_where_two_versions_wait(report, written, cast):
    file = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    writing.save_text(written, "<p>De wet is sinds juni in werking.</p>", base=1, by=cast.contributor)
    client = signed_in(cast.focal_point)
    assert "Changed in the file and in the report" in uploaded(client, file)
    url = f"/reports/BE/2014/readings/{Upload.objects.get().pk}/"
    page = text(client.post(url, {"take-2.1.A": "merge", "apply": "yes"}, follow=True))
    assert "until somebody chooses one: 2.1.A" in page
    assert Conflict.objects.filter(settled_at=None).count() == 1
