"""What a button sends is kept in the browser; the server says what has arrived, and takes what comes twice once."""

import re
from pathlib import Path

import pytest

from reports.models import Remark
from tests.views.html import parse
from tests.views.kept_boxes import BOX, unkept_boxes
from tests.views.steps import question

pytestmark = pytest.mark.django_db
QUESTIONS, SECTION = "/reports/BE/2014/questions/", "/reports/BE/2014/review/2.1.A/"
PROJECT = Path(__file__).resolve().parents[2]
KEPT_ELSEWHERE = {"answers.py"}  # the texts of a report, whose box is in country/text_box.html


def test_every_box_of_the_templates_is_kept():
    for template in (PROJECT / "templates").rglob("*.html"):
        for box in BOX.findall(template.read_text(encoding="utf-8")):
            assert re.search(r"data-(keep=|editor)| readonly", box), f"{template.relative_to(PROJECT)}: {box}"


def test_every_box_of_the_forms_is_kept():
    for module in (PROJECT / "reports" / "forms").glob("*.py"):
        source = module.read_text(encoding="utf-8")
        assert "Textarea" not in source or "data-keep" in source or module.name in KEPT_ELSEWHERE, module.name


@pytest.mark.parametrize(
    ("page", "unkept"),
    [
        ('<textarea name="why"></textarea>', 1),
        ('<textarea name="why" data-keep="why"></textarea>', 1),  # without the script
        ('<textarea name="why" data-keep="why"></textarea><div id="kept-boxes"></div>', 0),
        ('<form id="part-form"><textarea data-editor></textarea></form>', 0),
        ("<textarea readonly></textarea>", 0),
    ],
)
def test_a_box_that_nothing_keeps_is_found(page, unkept):
    assert len(unkept_boxes(page)) == unkept


def arrived(page):
    [keeper] = parse(page).xpath("//*[@id='kept-boxes']")
    return keeper.get("data-arrived").split()


def test_the_next_pages_name_what_arrived(anke, sent, cast):
    answer = {"remark": question(sent, "2.1.A", cast).pk, "text": "Since May.", "kept-text": "a1-b2"}
    assert arrived(anke.post(QUESTIONS, answer, follow=True)) == ["a1-b2"]
    assert arrived(anke.get(QUESTIONS)) == ["a1-b2"]


def test_a_refused_text_has_not_arrived(anke, sent, cast):
    answer = {"remark": question(sent, "2.1.A", cast).pk, "text": "", "kept-text": "a1-b2"}
    assert arrived(anke.post(QUESTIONS, answer)) == []


def test_only_the_box_of_the_pressed_button_arrives(ruth, sent):
    typed = {"do": "note", "note": "For us.", "question": "For them?", "kept-note": "n1", "kept-question": "q1"}
    assert arrived(ruth.post(SECTION, typed)) == ["n1"]


@pytest.mark.parametrize("odd", ['"><b>', "x" * 41, ""])
def test_an_odd_id_is_not_repeated_on_pages(anke, sent, cast, odd):
    answer = {"remark": question(sent, "2.1.A", cast).pk, "text": "Since May.", "kept-text": odd}
    assert arrived(anke.post(QUESTIONS, answer, follow=True)) == []


def test_an_answer_that_comes_twice_is_one_answer(anke, sent, cast):
    remark = question(sent, "2.1.A", cast)
    for _again in range(2):
        anke.post(QUESTIONS, {"remark": remark.pk, "text": "Since May."})
    assert remark.messages.filter(by_country=True).count() == 1


def test_a_question_that_comes_twice_is_one_question(ruth, sent):
    for quote in ("", "", "The law"):
        ruth.post(SECTION, {"do": "ask", "question": "Give the source.", "quote": quote})
    assert Remark.objects.count() == 2  # the same words about another sentence are another question
