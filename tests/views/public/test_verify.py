"""The public page that says whether a PDF is the published record."""

import pytest

from reports.models import Step
from reports.rules import records, seals, workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(report, written, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
    workflow.take_step(report, Step.PUBLISH, by=cast.administrator)
    return workflow.newest(report).record


@pytest.mark.parametrize("address", ["/verify/?sha256={}", "/verify/{}/"])
def test_a_citizen_learns_that_a_file_is_the_published_record(client, record, address):
    page = client.get(address.format(record.sha256.upper()))
    assert page.status_code == 200
    assert "This is the published record." in page.content.decode()
    assert "Belgium" in page.content.decode()


@pytest.mark.parametrize("address", ["/verify/?sha256={}", "/verify/{}/"])
def test_a_changed_file_is_unknown(client, record, address):
    page = client.get(address.format(records.sha256(b"changed"))).content.decode()
    assert "This portal has not published this file" in page
    assert "Belgium" not in page


def test_invalid_hash_is_refused_and_stays_in_its_field(client, db):
    page = client.get("/verify/?sha256=12ab")
    assert page.status_code == 400
    assert "has 64 characters" in page.content.decode()
    assert 'value="12ab"' in page.content.decode()


def test_only_the_country_downloads_its_sealed_record(client, record, cast):
    client.force_login(cast.focal_point)
    answer = client.get("/reports/BE/2014/submissions/1.pdf")
    assert records.sha256(b"".join(answer.streaming_content)) == record.sha256
    client.force_login(cast.other_country)
    assert client.get("/reports/BE/2014/submissions/1.pdf").status_code == 404


def test_a_copy_for_reading_is_not_sealed(client, record, cast):
    client.force_login(cast.focal_point)
    answer = client.get("/reports/BE/2014/submissions/1.pdf?copy=nl")
    assert seals.examine(b"".join(answer.streaming_content)).standing == "none"
