"""A translation on a page: in pieces, each of which says what it is; and never the secretariat's as the country's."""

import json

import pytest
from django.utils import translation

from reports.document.translation_marks import Gap, Translation
from reports.document.tree import Contribution
from reports.pages.desk.goal import passage
from reports.pages.review.section import passages
from reports.pages.translated import pieces


def contribution(text="<p>x</p><p>y</p>", **marks):
    body = {"nl": "<p>a</p><p>b</p>", "fr": text} if text else {"nl": "<p>a</p><p>b</p>"}
    return Contribution(authority="", language="nl", body=body, translations={"fr": Translation(**marks)})


def told(one):
    with translation.override("en"):
        return [(piece.html, piece.language, piece.note) for piece in pieces(one, "fr")]


def test_a_whole_current_translation_needs_no_words():
    assert told(contribution()) == told(contribution(whose="secretariat")) == [("<p>x</p><p>y</p>", "fr", "")]


def test_paragraphs_that_are_alike_are_one_piece():
    note = "Machine translation, not read by a person yet"
    assert told(contribution(machine=(0, 1))) == [("<p>x</p><p>y</p>", "fr", note)]


def test_every_piece_of_a_mixed_translation_says_what_it_is():
    gaps = {"unwanted": (Gap(block=0, before=0),), "untranslated": (Gap(block=1, before=2),)}
    assert told(contribution(older=(0, 1), machine=(1,), **gaps)) == [
        ("<p>a</p>", "nl", "No translation wanted: this is the original"),
        ("<p>x</p>", "fr", "Translation for an older wording"),
        ("<p>y</p>", "fr", "Machine translation for an older wording, not read by a person yet"),
        ("<p>b</p>", "nl", "Not translated: this is the original"),
    ]
    assert [note for _html, _language, note in told(contribution(older=(0,)))][1] == "Current translation"


def test_a_text_without_translation_has_no_pieces():
    assert pieces(contribution(text=""), "fr") == ()
    assert pieces(contribution(), "nl") == ()


@pytest.mark.parametrize("whose", ["country", "secretariat"])
def test_the_pages_of_the_secretariat_say_whose_it_is(whose):
    one = contribution(whose=whose)
    assert passages((one,), "fr")[0].is_secretariats == (whose == "secretariat")
    assert passage(json.loads(one.canonical()), "fr").is_secretariats == (whose == "secretariat")
