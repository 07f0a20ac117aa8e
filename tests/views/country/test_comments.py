"""Comments on the pages of the country: where they are shown, sent with and without the page's script, and refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.document.passages import Quote
from reports.models import Comment, Membership, Step
from reports.pages.country import comments as comments_page
from reports.rules import comments, workflow, writing
from tests.views.html import fields, parse, text
from tests.views.steps import signed_in

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
LIST = "/reports/BE/2014/comments/"
LAW = Quote("De wet", "", " is in werking.")
JSON = {"Accept": "application/json"}


@pytest.fixture
def begun(written, cast):
    return comments.add(written, "Since when?", by=cast.contributor, quote=LAW)


def thread(answer, comment):
    return parse(answer).get_element_by_id(f"comment-{comment.pk}")


def words(element):
    return " ".join(element.text_content().split())


def test_a_comment_is_begun_answered_and_settled_without_a_script(anke, written):
    form = next(one for one in parse(anke.get(URL)).forms if one.get("action") == LIST)
    posted = dict(form.form_values()) | {"text": "Since when?"}
    answer = anke.post(LIST, posted)
    begun = Comment.objects.get()
    assert answer["Location"] == f"{URL}#comment-{begun.pk}"
    assert (begun.contribution, begun.quote) == (written, "")
    own = f"{LIST}{begun.pk}/"
    answer = anke.post(own, {"text": "Since April.", "act": "settle", "page": "2.1"})
    assert answer["Location"] == f"{URL}#comment-{begun.pk}"
    assert "Since April. Settled by focal point" in words(thread(anke.get(URL), begun))
    anke.post(own, {"act": "reopen"})
    assert Comment.objects.unsettled().get() == begun


def test_the_script_gets_the_comment_as_it_is_now(anke, written):
    posted = {"contribution": written.pk, "quote": " De\nwet ", "after": " is in", "text": "Since when?", "page": "2.1"}
    answer = anke.post(LIST, posted, headers=JSON).json()
    assert (answer["outcome"], answer["section"], answer["open"]) == ("saved", "section-2-1-a", 1)
    assert 'data-words="De wet"' in answer["html"]
    begun = Comment.objects.get()
    answer = anke.post(f"{LIST}{begun.pk}/", {"act": "settle"}, headers=JSON).json()
    assert answer["open"] == 0
    assert "Settled by focal point" in answer["html"]


def test_what_is_refused_is_shown_again_with_the_reason(anke, written, begun):
    for address, more in ((LIST, {"contribution": written.pk, "quote": "De wet"}), (f"{LIST}{begun.pk}/", {})):
        long = "x" * (comments.LONGEST + 1)
        assert "2001" in anke.post(address, more | {"text": long}, headers=JSON).json()["message"].replace(",", "")
        answer = anke.post(address, more | {"text": long})
        assert answer.status_code == 422
        form = next(one for one in parse(answer).forms if one.get("class") == "notice wait refused-comment")
        again = dict(form.form_values())
        assert again["text"].strip() == long
        assert form.get("action") == address
        assert again.get("quote", "") == more.get("quote", "")
    assert Comment.objects.count() == 1


def test_a_text_that_is_much_too_long_is_shown_again(anke, begun):
    answer = anke.post(f"{LIST}{begun.pk}/", {"text": "woord " * 40_000})
    assert answer.status_code == 422
    assert answer.content.decode().count("woord") == 40_000


def test_an_answer_is_not_added_where_settling_is_refused(client, begun, written, cast):
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    other = comments.add(written, "And where?", by=cast.focal_point)
    client.force_login(cast.contributor)
    answer = client.post(f"{LIST}{other.pk}/", {"text": "In the courts.", "act": "settle"})
    assert answer.status_code == 422
    assert fields(answer, None)["text"] == "In the courts."
    assert other.messages.count() == 1


def test_a_passage_is_followed_and_its_old_words_stay(anke, begun, written, cast):
    at = parse(anke.get(URL)).get_element_by_id(f"comment-{begun.pk}")
    assert (at.get("data-words"), at.get("data-contribution")) == ("De wet", str(written.pk))
    writing.save_text(written, "<p>De nieuwe wet is in werking.</p>", base=1, by=cast.focal_point)
    at = thread(anke.get(URL), begun)
    assert at.get("data-words") == "De nieuwe wet"
    assert "“De wet”" in words(at)
    writing.save_text(written, "<p>Niets.</p>", base=2, by=cast.focal_point)
    at = thread(anke.get(URL), begun)
    assert at.get("data-words") is None
    assert "“De wet” These words are no longer in the text." in words(at)
    assert not at.xpath(".//p[contains(@class, 'gone')][@hidden]")


def test_a_comment_goes_with_its_passage_into_another_contribution(anke, written, section, cast):
    courts = "<p>De rechtbanken zijn ingelicht.</p>"
    writing.save_text(written, written.body + courts, base=1, by=cast.focal_point)
    begun = comments.add(written, "All of them?", by=cast.contributor, quote=Quote("rechtbanken"))
    made = writing.split(written, "<p>De wet is in werking.</p>", courts, base=2, by=cast.focal_point)
    assert thread(anke.get(URL), begun).get("data-contribution") == str(made.pk)
    writing.remove(made, by=cast.focal_point)
    assert "no longer in the text" in words(thread(anke.get(URL), begun))
    assert "Since" not in text(anke.get(LIST))
    assert "All of them?" in text(anke.get(LIST))


def test_comments_are_read_and_not_added_after_sending_in(anke, begun, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    for url in (URL, LIST):
        page = anke.get(url)
        assert "Since when?" in words(thread(page, begun))
        assert not thread(page, begun).xpath(".//form")
    answer = anke.post(f"{LIST}{begun.pk}/", {"text": "Too late.", "act": "answer"})
    assert answer.status_code == 422
    assert "Too late." in answer.content.decode()


def news(client, said, url=URL):
    return client.get(f"{url}now/?known=&said={said}").json()["comments"]


def newest(page):
    return max((int(one) for one in parse(page).xpath("//@data-said")), default=0)


def test_an_open_page_gets_what_a_colleague_says(anke, written, cast):
    assert newest(anke.get(URL)) == 0
    begun = comments.add(written, "Since when?", by=cast.contributor, quote=LAW)
    [one] = news(anke, 0)
    assert (one["code"], one["section"], one["open"]) == ("2.1.A", "section-2-1-a", 1)
    assert "Since when?" in one["html"]
    assert newest(anke.get(URL)) == one["newest"]
    assert news(anke, one["newest"]) == []
    comments.answer(begun, "And where?", by=cast.contributor)
    comments.settle(begun, by=cast.contributor)
    [two] = news(anke, one["newest"])
    assert (two["code"], two["open"]) == ("2.1.A", 0)
    comments.reopen(begun, by=cast.contributor)
    comments.add(written, "By whom?", by=cast.focal_point)
    assert [(three["code"], three["open"]) for three in news(anke, two["newest"])] == [("", 2), ("", 2)]


def test_an_open_page_gets_comments_of_its_own_sections(anke, begun, client, cast):
    assert [one["code"] for one in news(anke, 0, "/reports/BE/2014/2.1.A/")] == ["2.1.A"]
    assert news(anke, 0, "/reports/BE/2014/2.2/") == []
    assert anke.get(f"{URL}now/?known=").json()["comments"] == []  # a page without the panel
    for who, status in (("other_country", 404), ("reviewer", 403)):
        client.force_login(cast[who])
        assert client.get(f"{URL}now/?known=&said=0").status_code == status


def test_an_open_page_gets_many_comments_in_turn(anke, written, cast, monkeypatch):
    monkeypatch.setattr(comments_page, "MOST_NEWS", 2)
    begun = [comments.add(written, f"{number}?", by=cast.contributor) for number in range(3)]
    comments.answer(begun[0], "First.", by=cast.contributor)
    first = news(anke, 0)
    second = news(anke, first[-1]["newest"])
    shown = [re.search(r'id="comment-(\d+)"', one["html"])[1] for one in (*first, *second)]
    assert shown == [str(begun[at].pk) for at in (1, 2, 0)]


def test_a_comment_of_another_report_is_not_found(anke, begun, begin, cast):
    begin(2013)
    assert anke.post(f"/reports/BE/2013/comments/{begun.pk}/", {"text": "x"}).status_code == 404
    assert (
        anke.post("/reports/BE/2013/comments/", {"text": "x", "contribution": begun.contribution_id}).status_code == 404
    )
    assert begun.messages.count() == 1


@pytest.mark.parametrize("page", ["2.1", "all"])
def test_queries_do_not_grow_with_comments(report, written, cast, page):
    url, client = f"/reports/BE/2014/{page}/", signed_in(cast.focal_point)

    def counted():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    without = counted()
    begun = comments.add(written, "@contributor", by=cast.focal_point, quote=LAW)
    one = counted()
    assert one <= without + 2
    for number in range(5):
        comments.answer(begun, f"@focal point {number}", by=cast.contributor)
        comments.add(written, f"@contributor {number}", by=cast.focal_point, quote=Quote("werking"))
    comments.settle(begun, by=cast.focal_point)
    assert counted() == one


def test_only_so_much_text_is_searched_for_edited_passages(anke, begun, written, cast, monkeypatch):
    monkeypatch.setattr(comments_page, "MOST_SEARCHED", 100)
    second = comments.add(written, "Where?", by=cast.contributor, quote=Quote("wet is in"))
    third = comments.add(written, "And when?", by=cast.contributor, quote=Quote("werking"))
    long = "<p>De nieuwe wet is helaas nog steeds niet in werking getreden in dit jaar.</p>"  # 70 characters
    writing.save_text(written, long, base=1, by=cast.focal_point)
    page = anke.get(URL)
    found = [thread(page, one).get("data-words") for one in (begun, second, third)]
    assert found == ["De nieuwe wet", None, "werking"]  # the same words are always found
