"""Writing with a part of the report only: what somebody sees, may save, and is refused, at every door."""

import json
from uuid import uuid4

import pytest

from reports.models import Conflict, Contribution, Revision, Section
from reports.rules import delegations, writing
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
WRITERS = "/reports/BE/2014/writers/"
NOT_YOURS = "is not assigned to you"


@pytest.fixture
def luc(client, report, cast):
    """Writes 2.1.B, one contribution in 2.1.A, and nothing in 2.1.C."""
    delegations.give(report, cast.contributor, {"2.1.B": "whole", "2.1.A": "own"}, by=cast.focal_point)
    client.force_login(cast.contributor)
    return client


@pytest.fixture
def others(report, cast):
    """A passage of the focal point in 2.1.C, which is not Luc's."""
    return writing.add_contribution(
        report.sections.get(question__code="2.1.C"), "<p>Van Anke.</p>", by=cast.focal_point, language="nl"
    )


def message(cast, **changes):
    plain = {"id": str(uuid4()), "user": cast.contributor.pk, "section": "2.1.A", "contribution": None, "language": ""}
    return plain | {"base": 0, "html": "<p>Van Luc.</p>", "how": "typed"} | changes


def save(client, data, url=f"{URL}save/"):
    return client.post(url, json.dumps(data), content_type="application/json")


def boxes(page):
    return [box.get("name") for box in parse(page).xpath("//main//textarea[@data-editor][@name]")]


def section_of(page, code):
    return " ".join(parse(page).get_element_by_id(f"section-{code}").text_content().split())


def texts(report, code):
    return [
        row.body for row in Contribution.objects.live().filter(section__report=report, section__question__code=code)
    ]


def test_others_sections_are_text_and_ones_own_are_boxes(luc, written, others):
    page = luc.get(URL)
    assert boxes(page) == ["new-2-1-A-body", "new-2-1-B-body"]
    assert "De wet is in werking." in section_of(page, "2-1-a")
    assert "A colleague writes this section." in section_of(page, "2-1-c")
    assert "Van Anke." in section_of(page, "2-1-c")
    buttons = [button.get("value") for button in parse(page).xpath("//main//button[@name='add']")]
    assert buttons == ["2.1.A", "2.1.B"]
    assert [box.get("name") for box in parse(page).xpath("//input[@type='checkbox'][contains(@name,'nothing')]")] == [
        "section-2-1-B-nothing"
    ]


def test_a_page_without_any_section_of_ones_own_is_read(luc, report):
    page = luc.get("/reports/BE/2014/3.1/")
    assert boxes(page) == []
    assert "A colleague writes this section." in text(page)


def test_text_for_anothers_section_is_refused_and_kept(luc, report):
    posted = fields(luc.get(URL)) | {"new-2-1-C-body": "Toch getypt.", "new-2-1-C-save_id": str(uuid4())}
    page = luc.post(URL, posted)
    assert NOT_YOURS in text(page)
    assert fields(page)["new-2-1-C-body"] == "Toch getypt."
    assert texts(report, "2.1.C") == []


def test_forged_form_changes_no_other_contribution(luc, written, others, report):
    for row in (written, others):
        name = f"c{row.pk}"
        posted = fields(luc.get(URL)) | {
            f"{name}-body": "Overschreven.",
            f"{name}-base": "1",
            f"{name}-authority": "Overschreven",
            f"{name}-language": "en",
        }
        assert NOT_YOURS in text(luc.post(URL, posted))
        row.refresh_from_db()
        assert (row.language, "Overschreven" in row.body + row.authority) == ("nl", False)


@pytest.mark.parametrize("button", ["remove", "up", "down", "bring_back"])
def test_no_button_moves_or_removes_what_is_somebody_elses(luc, written, others, cast, button):
    if button == "bring_back":
        writing.remove(others, by=cast.focal_point)
    for row in (written, others):
        before = Contribution.objects.values("position", "removed_at", "body").get(pk=row.pk)
        assert NOT_YOURS in text(luc.post(URL, fields(luc.get(URL)) | {button: str(row.pk)}, follow=True))
        assert Contribution.objects.values("position", "removed_at", "body").get(pk=row.pk) == before


def test_only_a_whole_section_has_nothing_to_report(luc, report):
    posted = fields(luc.get(URL))
    luc.post(URL, posted | {f"section-2-1-{letter}-nothing": "on" for letter in "ABC"})
    states = {s.question.code: s.nothing_to_report for s in report.sections.filter(question__code__startswith="2.1")}
    assert states == {"2.1.A": False, "2.1.B": True, "2.1.C": False}
    for code in ("2.1.A", "2.1.C"):
        assert NOT_YOURS in text(luc.post(URL, fields(luc.get(URL)) | {"nothing": code}, follow=True))
        assert not Section.objects.get(report=report, question__code=code).nothing_to_report


def test_saving_in_json_is_refused_in_words_and_writes_nothing(luc, written, others, cast):
    wanted = [
        message(cast, section="2.1.C"),
        message(cast, section="2.1.C", contribution=others.pk, base=1),
        message(cast, contribution=written.pk, base=1),
        message(cast, contribution=written.pk, base=0, language="en"),
    ]
    for data in wanted:
        answer = save(luc, data)
        assert (answer.status_code, NOT_YOURS in answer.json()["message"]) == (422, True)
    assert Revision.objects.count() == 2


def test_own_contribution_is_begun_and_saved_in_json(luc, written, cast, report):
    once = message(cast)
    first = save(luc, once).json()
    assert save(luc, once).json()["contribution"] == first["contribution"]
    base = first["number"]
    for number in range(3):
        again = message(cast, contribution=first["contribution"], base=base, html=f"<p>Van Luc, {number}.</p>")
        answer = save(luc, again)
        assert answer.status_code == 200
        base = answer.json()["number"]
    assert texts(report, "2.1.A") == ["<p>De wet is in werking.</p>", "<p>Van Luc, 2.</p>"]
    refused = save(luc, message(cast, html="<p>Een tweede.</p>"))
    assert (refused.status_code, NOT_YOURS in refused.json()["message"]) == (422, True)


def test_own_contribution_is_begun_in_the_form(luc, written, report):
    posted = fields(luc.get(URL)) | {"new-2-1-A-body": "Van Luc."}
    assert "Saved." in text(luc.post(URL, posted, follow=True))
    luc.post(URL, posted)
    assert texts(report, "2.1.A") == ["<p>De wet is in werking.</p>", "<p>Van Luc.</p>"]
    mine = Contribution.objects.get(body="<p>Van Luc.</p>")
    page = luc.get(URL)
    assert [name for name in boxes(page) if name.count("-") == 1 or "2-1-A" in name] == [f"c{mine.pk}-body"]
    luc.post(URL, fields(page) | {f"c{mine.pk}-body": "Van Luc, herzien."})
    assert texts(report, "2.1.A")[1] == "<p>Van Luc, herzien.</p>"


def test_who_removes_their_only_contribution_finds_it_back(luc, written, report, cast):
    made = save(luc, message(cast)).json()["contribution"]
    page = luc.post(URL, fields(luc.get(URL)) | {"remove": str(made)}, follow=True)
    assert "1 removed contribution" in section_of(page, "2-1-a")
    assert "new-2-1-A-body" in boxes(page)
    luc.post(URL, fields(page) | {"bring_back": str(made)}, follow=True)
    assert texts(report, "2.1.A")[1] == "<p>Van Luc.</p>"
    assert "removed" not in section_of(luc.get(URL), "2-1-a")


def test_removed_contributions_of_others_are_not_listed(luc, written, cast):
    writing.remove(written, by=cast.focal_point)
    assert "removed contribution" not in section_of(luc.get(URL), "2-1-a")


def test_a_conflict_in_somebody_elses_text_is_not_settled(luc, others, cast, command):
    writing.save_text(others, "<p>Van Anke, in mei.</p>", base=1, by=cast.focal_point)
    writing.save_text(others, "<p>Van Anke, in juni.</p>", base=1, by=command)
    conflict = Conflict.objects.get()
    answer = save(luc, {"keep": "mine"}, f"{URL}save/conflicts/{conflict.pk}/")
    assert (answer.status_code, NOT_YOURS in answer.json()["message"]) == (422, True)
    assert NOT_YOURS in text(luc.post(URL, fields(luc.get(URL)) | {"settle": f"{conflict.pk}:mine"}, follow=True))
    conflict.refresh_from_db()
    assert conflict.settled_at is None


def test_history_of_others_can_be_read_not_restored(luc, others, cast):
    writing.save_text(others, "<p>Van Anke, herzien.</p>", base=1, by=cast.focal_point)
    url = f"/reports/BE/2014/history/{others.pk}/"
    page = luc.get(url)
    assert "Van Anke" in text(page)
    assert not parse(page).xpath("//main//form[@method='post']")
    assert luc.post(f"{url}bring-back/", {"number": "1", "base": "2"}).status_code == 403
    assert Revision.objects.filter(contribution=others).count() == 2


def test_contributor_reads_sections_of_others(luc, others):
    assert luc.get("/reports/BE/2014/").status_code == 200
    assert luc.get("/reports/BE/2014/draft.pdf").status_code == 200
    assert luc.get(WRITERS).status_code == 403


# The page on which sections are given.


def form_of(page, user):
    (form,) = parse(page).xpath(f"//main//form[.//*[starts-with(@name,'p{user.pk}-')]]")
    return dict(form.form_values())


def test_a_focal_point_gives_sections_and_the_page_says_so(anke, report, cast):
    prefix = f"p{cast.contributor.pk}-"
    posted = form_of(anke.get(WRITERS), cast.contributor)
    chosen = {prefix + "reach": "given", prefix + "s-2.1.A": "own", prefix + "g-1.1": "on", prefix + "s-1.1.A": "own"}
    page = anke.post(WRITERS, posted | chosen, follow=True)
    assert delegations.of_report(report) == {
        cast.contributor.pk: {"1.1.A": "whole", "1.1.B": "whole", "1.1.C": "whole", "2.1.A": "own"}
    }
    assert "Writing rights saved: contributor." in text(page)
    (summary,) = parse(page).xpath("//main//dl[@class='sums']")
    assert [dd.text_content() for dd in summary.findall("dd")] == ["1.1.A, 1.1.B, 1.1.C", "2.1.A"]
    assert form_of(page, cast.contributor)[prefix + "s-1.1.B"] == "whole"


def test_sections_chosen_beside_any_section_are_asked_about(anke, report, cast):
    prefix = f"p{cast.contributor.pk}-"
    page = anke.post(WRITERS, form_of(anke.get(WRITERS), cast.contributor) | {prefix + "s-2.1.A": "own"})
    assert "Choose one of the two." in text(page)
    assert form_of(page, cast.contributor)[prefix + "s-2.1.A"] == "own"
    assert delegations.of_report(report) == {}


def test_any_section_again_needs_no_clearing_of_the_list(anke, report, cast):
    delegations.give(report, cast.contributor, {"2.1.A": "whole"}, by=cast.focal_point)
    prefix = f"p{cast.contributor.pk}-"
    page = anke.post(WRITERS, form_of(anke.get(WRITERS), cast.contributor) | {prefix + "reach": "any"}, follow=True)
    assert "May write in all sections" in text(page)
    assert delegations.of_report(report) == {}


def test_a_form_by_target_is_given_by_target(anke, begin, cast):
    earlier = begin(2013)
    page = anke.get("/reports/BE/2013/writers/")
    prefix = f"p{cast.contributor.pk}-"
    posted = form_of(page, cast.contributor) | {prefix + "reach": "given", prefix + "g-2": "on"}
    anke.post("/reports/BE/2013/writers/", posted)
    assert delegations.of_report(earlier) == {cast.contributor.pk: {"2.undertaken": "whole", "2.planned": "whole"}}


def test_without_contributors_the_page_leads_to_inviting_one(anke, cast):
    cast.contributor.memberships.all().delete()
    page = anke.get(WRITERS)
    assert "Belgium has no contributors yet." in text(page)
    assert parse(page).xpath("//main//a[@href='/countries/BE/people/']")


@pytest.mark.parametrize(
    "person", ["", "x", "²", "999999", "9" * 5000], ids=["none", "word", "squared", "nobody", "huge"]
)
def test_a_person_who_does_not_exist_is_not_found(anke, person):
    assert anke.post(WRITERS, {"person": person}).status_code == 404


def test_a_focal_point_is_given_no_sections(anke, cast):
    page = anke.post(WRITERS, {"person": cast.focal_point.memberships.get().pk})
    assert "not a contributor of this country" in text(page)
