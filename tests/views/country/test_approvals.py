"""Asking for approvals and giving them, as the focal point and the official see it."""

import pytest

from reports.models import Approval
from reports.rules import approvals, writing
from tests.accounts import html
from tests.views.html import parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/approvals/"
ROWS = "//table[contains(@class,'approvals')]//tr[td]"


@pytest.fixture
def luc(client, cast, report, written):
    """The contributor, who is asked for 2.1.A."""
    approvals.ask(report, [cast.contributor], [written.section], by=cast.focal_point)
    other = client.__class__()
    other.force_login(cast.contributor)
    return other


def form_of(page, name):
    (form,) = parse(page).xpath(f"//main//form[.//*[@name='{name}']]")
    return form.get("action"), dict(form.form_values())


def answer(client, **changes):
    action, posted = form_of(client.get(URL), "comment")
    return client.post(action, posted | changes, follow=True)


def states(page):
    return [" ".join(row.text_content().split()) for row in parse(page).xpath(ROWS)]


def test_official_reads_and_approves_what_was_asked(anke, cast, written, client):
    _action, posted = form_of(anke.get(URL), "officials")
    page = anke.post(URL, posted | {"officials": str(cast.contributor.pk), "sections": "2.1.A"}, follow=True)
    assert "1 approval has been requested." in text(page)
    assert "not answered yet" in states(page)[0]

    luc = client.__class__()
    luc.force_login(cast.contributor)
    assert "Next: Approve 2.1.A" in text(luc.get("/reports/BE/2014/"))
    assert "De wet is in werking." in text(luc.get(URL))
    page = answer(luc, answer="given")
    assert "contributor 2.1.A Approved on" in states(page)[0]
    assert not parse(page).xpath("//main//textarea")
    assert "Approve 2.1.A" not in text(luc.get("/reports/BE/2014/"))


def test_official_asked_for_the_report_sees_all_of_it(luc, cast, report):
    approvals.ask(report, [cast.contributor], [], by=cast.focal_point)
    page = luc.get(URL)
    assert "Your approval is requested: the whole report" in text(page)
    ids = parse(page).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(parse(page).xpath("//input[@name='sha256']")) == 2


def test_not_approving_without_a_reason_is_refused_at_its_box(luc):
    page = parse(answer(luc, answer="declined"))
    [box] = page.xpath("//textarea[@name='comment'][@aria-invalid='true']")
    error, _help = box.get("aria-describedby").split()
    assert "Say what should change" in page.get_element_by_id(error).text_content()
    assert Approval.objects.get().answer == "asked"


def test_an_approval_that_was_answered_meanwhile_says_so(luc):
    action, posted = form_of(luc.get(URL), "comment")
    luc.post(action, posted | {"answer": "given"})
    page = luc.post(action, posted | {"answer": "declined", "comment": "Het cijfer klopt niet."})
    assert "Het cijfer klopt niet." not in states(page)[0]
    assert parse(page).xpath("//main//*[@role='alert'] | //*[contains(@class, 'messages')]//li")


@pytest.mark.parametrize(
    ("comment", "refusal"),
    [
        ("x" * 5001, "This comment has 5001 characters; the maximum is 5000."),
        ("Het cijfer klopt\0 niet.", "Null characters are not allowed."),
    ],
    ids=["too long", "a character that no database holds"],
)
@pytest.mark.parametrize("word", ["given", "declined"])
def test_invalid_comment_is_refused_and_stays_in_its_box(luc, word, comment, refusal):
    page = answer(luc, answer=word, comment=comment)
    assert refusal in text(page)
    assert "Het cijfer klopt" in html(page) or comment in html(page)
    assert Approval.objects.get().answer == "asked"


def test_declined_approval_is_listed_with_its_reason(luc, anke):
    answer(luc, answer="declined", comment="Het cijfer klopt niet.")
    (row,) = states(anke.get(URL))
    assert "Not approved on" in row
    assert "Het cijfer klopt niet." in row


def test_changed_text_is_shown_again_with_the_comment(luc, cast, written):
    action, posted = form_of(luc.get(URL), "comment")
    writing.save_text(written, "<p>Net veranderd.</p>", base=1, by=cast.focal_point)
    page = luc.post(action, posted | {"answer": "given", "comment": "Mooi zo."})
    assert "The text changed while you were reading it." in text(page)
    assert "Net veranderd." in text(page)
    _action, again = form_of(page, "comment")
    assert again["comment"].strip() == "Mooi zo."
    assert Approval.objects.get().answer == "asked"
    luc.post(action, again | {"answer": "given"})
    assert Approval.objects.get().answer == "given"


def test_lapsed_approval_is_listed_and_shown_in_summary(luc, anke, cast, written):
    answer(luc, answer="given")
    assert "Approved on" in states(anke.get("/reports/BE/2014/send-in/"))[0]
    writing.save_text(written, "<p>Net veranderd.</p>", base=1, by=cast.focal_point)
    for url in (URL, "/reports/BE/2014/send-in/"):
        (row,) = states(anke.get(url))
        assert "Lapsed: the text has changed since" in row


def test_approvals_are_no_obstacle_to_sending_in(luc, anke, report):
    page = anke.get("/reports/BE/2014/send-in/")
    assert "not answered yet" in states(page)[0]
    _action, posted = form_of(page, "confirm")
    anke.post("/reports/BE/2014/send-in/", posted | {"confirm": "yes"})
    report.refresh_from_db()
    assert report.state == "submitted"
    assert "not answered yet" in states(luc.get(URL))[0]
    assert not parse(luc.get(URL)).xpath("//main//textarea")


def test_an_approval_asked_of_somebody_else_is_not_answered(luc, anke):
    url = f"{URL}{Approval.objects.get().pk}/"
    assert anke.post(url, {"answer": "declined", "comment": "Nee."}).status_code == 404


def test_a_contributor_asks_nobody(luc, cast):
    assert luc.post(URL, {"officials": str(cast.contributor.pk)}).status_code == 403
    assert not parse(luc.get(URL)).xpath("//*[@name='officials']")


def test_asking_nobody_and_asking_twice_are_told(anke, cast):
    assert "Choose at least one person to ask." in text(anke.post(URL, {}, follow=True))
    anke.post(URL, {"officials": str(cast.contributor.pk)})
    page = anke.post(URL, {"officials": str(cast.contributor.pk)}, follow=True)
    assert "Nobody was asked twice." in text(page)
    assert "The whole report" in states(page)[0]
    assert Approval.objects.count() == 1


def test_a_stranger_is_not_to_be_chosen(anke, cast):
    page = anke.post(URL, {"officials": str(cast.other_country.pk)})
    assert not Approval.objects.exists()
    assert "is not one of the available choices" in text(page)
