"""The buttons for a text in hand, on the page of a goal, of one section, and of the whole report."""

import pytest

from reports.models import Contribution, Step
from reports.rules import workflow, writing
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
LAW, COURTS = "<p>De wet is in werking.</p>", "<p>De rechtbanken zijn ingelicht.</p>"


@pytest.fixture
def long(written, cast):
    writing.save_text(written, LAW + COURTS, base=1, by=cast.focal_point)
    return written


@pytest.fixture
def announced(begin, cast):
    planned = begin(2013).sections.get(question__code="2.planned")
    return writing.add_contribution(planned, "<p>Elk parket.</p>", by=cast.focal_point, language="nl")


def cut(long, base):
    return {"split": long.pk, "split-first": LAW, "split-second": COURTS, "split-base": base}


@pytest.mark.parametrize("page", ["2.1", "2.1.A", "all"])
def test_split_and_join_lead_back_to_the_text(anke, long, page):
    url = f"/reports/BE/2014/{page}/"
    answer = anke.post(url, fields(anke.get(url)) | cut(long, 2))
    made = Contribution.objects.latest("pk")
    assert answer["Location"] == f"{url}#c{made.pk}"
    answer = anke.post(url, fields(anke.get(url)) | {"join": made.pk})
    assert answer["Location"] == f"{url}#c{long.pk}"
    assert Contribution.objects.live().get().body == LAW + COURTS


def test_a_split_of_an_older_text_says_why_not(anke, long):
    page = anke.post(URL, fields(anke.get(URL)) | cut(long, 1), follow=True)
    assert "A colleague has changed this text in the meantime" in text(page)
    assert Contribution.objects.live().get().body == LAW + COURTS


def test_an_announced_passage_is_copied_and_marked(anke, announced, report):
    button = parse(anke.get(URL)).xpath("//button[@name='copy']")[0]
    assert button.get("value") == f"2.1.A:{announced.pk}"
    page = anke.post(URL, fields(anke.get(URL)) | {"copy": button.get("value")}, follow=True)
    assert "Taken over, not edited yet" in text(page)
    assert "nobody has edited since" in text(anke.get("/reports/BE/2014/send-in/"))


def test_a_foreign_passage_is_not_there(anke, announced, begin):
    foreign = begin(2013, "NL").sections.first()
    row = Contribution.objects.create(section=foreign, body="<p>Geheim.</p>", language="nl")
    assert anke.post(URL, fields(anke.get(URL)) | {"copy": f"2.1.A:{row.pk}"}).status_code == 404


def test_the_panel_shows_guidance_and_says_what_is_missing(anke, report):
    page = text(anke.get(URL))
    assert "Take the measures announced before one by one" in page
    assert "There is no earlier answer to this question." in page


def test_the_goal_is_open_at_the_first_visit_only(anke, report):
    assert parse(anke.get(URL)).xpath("//details[@class='goal-text'][@open]")
    assert not parse(anke.get(URL)).xpath("//details[@class='goal-text'][@open]")
    assert parse(anke.get("/reports/BE/2014/2.2/")).xpath("//details[@class='goal-text'][@open]")


def test_the_whole_report_is_one_page(anke, long, report, cast):
    page = parse(anke.get("/reports/BE/2014/all/"))
    assert len(page.xpath("//section[@class='section']")) == 21
    posted = fields(anke.get("/reports/BE/2014/all/"))
    body = next(name for name in posted if name.startswith("new-2-2-A") and name.endswith("-body"))
    anke.post("/reports/BE/2014/all/", posted | {body: "Een tekst."})
    assert "Een tekst." in text(anke.get("/reports/BE/2014/2.2.A/"))
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert "it cannot be changed now" in text(anke.get("/reports/BE/2014/all/"))


def test_the_draft_can_be_read_as_it_prints(anke, long):
    page = anke.get("/reports/BE/2014/read/")
    assert "De rechtbanken zijn ingelicht." in text(page)
    assert not parse(page).xpath("//textarea")


def test_a_removal_can_be_undone_in_its_place(anke, long):
    page = anke.post(URL, fields(anke.get(URL)) | {"remove": long.pk}, follow=True)
    assert "Removed: “De wet is in werking.De rechtbanken zijn ingelicht.”" in text(page)
    anke.post(URL, fields(page) | {"bring_back": long.pk})
    assert Contribution.objects.live().get() == long
