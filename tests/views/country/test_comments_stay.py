"""A word that is only in a comment is found nowhere but on the pages of the country, and in no file at all."""

import io
import logging
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from reports.document.passages import Quote
from reports.models import Mail, Step, Submission
from reports.rules import comments, documents, history, personal_data, remarks, workflow
from tests.cast import ROLES
from tests.views.html import DESK
from tests.views.test_access import PAGES
from tests.writers import reading

pytestmark = pytest.mark.django_db
CANARY = "hippogriff"
BE = ["BE", 2014]
OF_COUNTRY = {"part", "comments"}  # the only pages that show it, to people of the country


@pytest.fixture
def talked(written, cast):
    """A comment with the word, answered and settled by colleagues, and one that is open."""
    begun = comments.add(written, f"{CANARY}, @contributor", by=cast.focal_point, quote=Quote("De wet"))
    comments.answer(begun, f"No {CANARY}.", by=cast.contributor)
    comments.settle(begun, by=cast.focal_point)
    return comments.add(written, f"{CANARY} again", by=cast.contributor, quote=Quote(CANARY), named=cast.focal_point.pk)


def bytes_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def has_it(data):
    """Whether the word is in these bytes, in the files of a ZIP, or in the text of a PDF."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(has_it(archive.read(name)) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        return CANARY in " ".join(reading.words(data)).casefold()
    return CANARY in data.decode(errors="replace").casefold()


def pages(client, role, *, sent_in):
    """Every address of the portal, of the country's report and of what was sent in, with its answer.

    While the report is a draft, only those that the table of access opens to the role: the others answer with an error
    or lead to the page of sign-in (test_access.py), and they are asked again once it is sent in.
    """
    for name, (arguments, expected) in PAGES.items():
        if sent_in or expected[role] == 200:
            yield name, client.get(reverse(name, args=arguments))
    for url in [*DESK, "/", "/help/", "/desk/2014/archive/?go=1", "/reports/BE/2014/read/", "/reports/BE/2014/2.1.A/"]:
        yield url, client.get(url)


def shown(client, role, *, sent_in):
    return {name for name, answer in pages(client, role, sent_in=sent_in) if has_it(bytes_of(answer))}


def test_only_the_country_and_only_two_pages_show_it(talked, report, cast, caplog):
    caplog.set_level(logging.DEBUG)
    for sent_in in (False, True):
        if sent_in:
            workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
            remarks.ask(Submission.objects.get(), talked.contribution.section, "Since when?", by=cast.reviewer)
        for role in ROLES:
            client = Client()
            client.force_login(cast[role])
            allowed = OF_COUNTRY | {"/reports/BE/2014/2.1.A/"} if role in ("focal_point", "contributor") else set()
            assert shown(client, role, sent_in=sent_in) == allowed, role
    assert shown(Client(), "anonymous", sent_in=True) == set()
    assert CANARY not in caplog.text.casefold()


def test_no_document_of_any_kind_has_it(talked, report, cast):
    document = documents.compose(report)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    sent = Submission.objects.get()
    assert CANARY not in document.canonical() + sent.document
    client = Client()
    client.force_login(cast.focal_point)
    for end in ("json", "docx", "pdf"):
        answer = client.get(f"/reports/BE/2014/submissions/1.{end}")
        assert answer.status_code == 200
        assert not has_it(bytes_of(answer)), end


def test_no_history_has_it(talked, cast):
    assert all(CANARY not in str(vars(one)) for one in history.versions(talked.contribution))
    assert not talked.contribution.section.log.exists()


def test_only_mail_to_the_named_colleagues_has_it(talked, cast):
    told = {mail.to for mail in Mail.objects.all() if CANARY in mail.text + mail.subject}
    assert told == {cast.focal_point, cast.contributor}


def test_the_data_of_the_secretariat_have_nothing_of_it(talked, cast):
    for role in ("reviewer", "administrator", "other_country"):
        data = "".join(personal_data.as_json(cast[role]))
        assert CANARY not in data
        assert '"comments": []' in data
