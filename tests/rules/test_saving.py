"""A save names what it started from; nobody is overwritten in silence; nothing typed is lost."""

from uuid import uuid4

import pytest

from reports.document.problem import Problem
from reports.models import Contribution, Revision, Section, Step
from reports.rules import workflow, writing

pytestmark = pytest.mark.django_db


def bodies(contribution, language=""):
    return list(contribution.revisions.filter(language=language).values_list("number", "body"))


def test_a_save_becomes_the_text_and_a_row_of_its_history(written, cast):
    saved = writing.save_text(written, "<p>De wet geldt.</p>", base=1, by=cast.contributor)
    written.refresh_from_db()
    assert (saved.outcome, saved.revision.number, written.body) == ("saved", 2, "<p>De wet geldt.</p>")
    assert bodies(written) == [(1, "<p>De wet is in werking.</p>"), (2, "<p>De wet geldt.</p>")]
    assert written.revisions.get(number=2).by == cast.contributor


def test_two_people_in_two_paragraphs_are_merged(written, cast):
    writing.save_text(written, "<p>De wet is in werking.</p><p>Hun alinea.</p>", base=1, by=cast.contributor)
    mine = writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == "<p>De wet is nu in werking.</p><p>Hun alinea.</p>"
    assert (mine.is_merged, mine.conflicts, mine.revision.number) == (True, (), 3)
    assert mine.revision.sent == "<p>De wet is nu in werking.</p>"


def test_the_same_paragraph_changed_by_both_is_shown_as_both_and_neither_is_lost(written, cast):
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    mine = writing.save_text(written, "<p>De wet is sinds juni in werking.</p>", base=1, by=cast.focal_point)
    written.refresh_from_db()
    (conflict,) = mine.conflicts
    assert written.body == "<p>De wet is sinds mei in werking.</p>"
    assert (conflict.mine, conflict.theirs) == (
        "<p>De wet is sinds juni in werking.</p>",
        "<p>De wet is sinds mei in werking.</p>",
    )
    assert conflict.their_author == cast.contributor


def test_going_on_from_what_was_sent_does_not_take_the_others_words_away(written, cast):
    writing.save_text(written, "<p>De wet is in werking.</p><p>Hun alinea.</p>", base=1, by=cast.contributor)
    sent = writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.focal_point).revision
    writing.save_text(
        written, "<p>De wet is nu echt in werking.</p>", base=sent.number, from_sent=True, by=cast.focal_point
    )
    written.refresh_from_db()
    assert written.body == "<p>De wet is nu echt in werking.</p><p>Hun alinea.</p>"


def test_somebody_elses_save_id_opens_no_door_to_their_text(section, written, cast):
    theirs = written.revisions.get()
    with pytest.raises(Problem, match="belongs to another text"):
        writing.save_text(written, "<p>x</p>", base=1, by=cast.contributor, save_id=theirs.pk)
    with pytest.raises(Problem, match="belongs to another text"):
        writing.add_contribution(section, "<p>x</p>", by=cast.contributor, save_id=theirs.pk)


def test_a_stale_page_that_changed_nothing_takes_nothing_back(written, cast):
    writing.save_text(written, "<p>Hun tekst.</p>", base=1, by=cast.contributor)
    stale = writing.save_text(written, "<p>De wet is in werking.</p>", base=1, by=cast.focal_point)
    written.refresh_from_db()
    assert (stale.outcome, stale.is_merged, written.body) == ("unchanged", True, "<p>Hun tekst.</p>")


def test_the_same_save_twice_is_one_save(written, cast):
    once = uuid4()
    first = writing.save_text(written, "<p>Een keer.</p>", base=1, by=cast.focal_point, save_id=once)
    writing.save_text(written, "<p>Later.</p>", base=2, by=cast.focal_point)
    again = writing.save_text(written, "<p>Een keer.</p>", base=1, by=cast.focal_point, save_id=once)
    assert (first.revision.number, again.revision.number, again.revision.body) == (2, 2, "<p>Een keer.</p>")
    assert len(bodies(written)) == 3


def test_the_same_id_with_more_text_is_a_save_that_grew_from_the_first(written, cast):
    wish = {"base": 1, "by": cast.contributor, "save_id": uuid4()}
    writing.save_text(written, "<p>De wet geldt.</p>", **wish)
    writing.save_text(written, "<p>De wet geldt.</p><p>Van een collega.</p>", base=2, by=cast.focal_point)
    writing.save_text(written, "<p>De wet geldt nu.</p>", **wish)
    written.refresh_from_db()
    assert written.body == "<p>De wet geldt nu.</p><p>Van een collega.</p>"


def test_a_new_contribution_with_the_same_id_and_more_text_keeps_both(section, cast):
    wish = {"by": cast.focal_point, "save_id": uuid4()}
    writing.add_contribution(section, "<p>Eerst.</p>", **wish)
    row = writing.add_contribution(section, "<p>Eerst, en dan.</p>", **wish)
    row.refresh_from_db()
    assert (row.body, section.contributions.count()) == ("<p>Eerst, en dan.</p>", 1)


def test_an_id_of_another_text_of_ones_own_is_refused(section, written, cast):
    wish = {"base": 1, "by": cast.contributor, "save_id": uuid4()}
    writing.save_text(written, "<p>De wet geldt.</p>", **wish)
    other = writing.add_contribution(section, "<p>Iets anders.</p>", by=cast.contributor)
    with pytest.raises(Problem):
        writing.save_text(other, "<p>De wet geldt nu.</p>", **wish)


def test_the_same_new_contribution_twice_is_one_contribution(section, cast):
    once = uuid4()
    first = writing.add_contribution(section, "<p>Tekst</p>", by=cast.focal_point, save_id=once)
    again = writing.add_contribution(section, "<p>Tekst</p>", by=cast.focal_point, save_id=once)
    assert first == again
    assert section.contributions.count() == 1


def test_text_for_a_contribution_that_a_colleague_removed_brings_it_back(written, cast):
    writing.remove(written, by=cast.contributor)
    writing.save_text(written, "<p>Nog steeds nodig.</p>", base=1, by=cast.focal_point)
    assert [row.body for row in written.section.contributions.live()] == ["<p>Nog steeds nodig.</p>"]


def test_each_translation_has_its_own_history_and_leaves_the_original_alone(written, cast):
    writing.save_text(written, "<p>The law is in force.</p>", base=0, by=cast.focal_point, language="en")
    writing.save_text(written, "<p>De wet geldt.</p>", base=1, by=cast.focal_point)
    written.refresh_from_db()
    assert written.translation_en == "<p>The law is in force.</p>"
    assert bodies(written, "en") == [(1, "<p>The law is in force.</p>")]
    assert len(bodies(written)) == 2


def test_correcting_the_language_moves_no_text_and_no_history(written, cast):
    writing.set_language(written, "de", by=cast.focal_point)
    written.refresh_from_db()
    assert (written.language, written.body) == ("de", "<p>De wet is in werking.</p>")
    assert len(bodies(written)) == 1


def test_a_language_that_the_text_is_translated_into_is_refused_with_what_to_do(written, cast):
    writing.save_text(written, "<p>The law is in force.</p>", base=0, by=cast.focal_point, language="en")
    with pytest.raises(Problem, match="Empty the translation first"):
        writing.set_language(written, "en", by=cast.focal_point)


def test_nothing_to_report_keeps_the_text_aside_and_brings_it_back(written, cast):
    writing.set_nothing(written.section, True, by=cast.focal_point)
    section = Section.objects.get(pk=written.section_id)
    assert section.state == "nothing"
    writing.set_nothing(section, False, by=cast.focal_point)
    assert [row.body for row in Section.objects.get(pk=section.pk).contributions_now] == [written.body]


def test_a_text_over_the_limit_is_refused_with_its_length_and_nothing_is_cut(written, cast):
    long = "<p>" + "woord " * 40_000 + "</p>"
    with pytest.raises(Problem, match=r"maximum for a contribution is 200000.*Nothing was lost"):
        writing.save_text(written, long, base=1, by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == "<p>De wet is in werking.</p>"


def test_a_section_that_is_full_says_so_and_has_room_again_when_one_is_removed(section, cast):
    for number in range(50):
        row = writing.add_contribution(section, f"<p>Bijdrage {number}.</p>", by=cast.contributor, language="nl")
    with pytest.raises(Problem, match="which is the maximum"):
        writing.add_contribution(section, "<p>Nog een.</p>", by=cast.contributor)
    writing.remove(row, by=cast.contributor)
    writing.add_contribution(section, "<p>Nog een.</p>", by=cast.contributor)
    assert section.contributions.live().count() == 50


def test_scripts_and_handlers_never_get_in(section, cast):
    row = writing.add_contribution(
        section,
        '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a><img src=x onerror=y></p>',
        by=cast.focal_point,
    )
    assert row.body == "<p>ab</p>"


def test_a_report_that_was_sent_in_takes_no_text(report, written, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(Problem, match="sent in"):
        writing.save_text(written, "<p>Te laat.</p>", base=1, by=cast.focal_point)
    assert Revision.objects.count() == 1


def test_contributions_change_places_and_are_numbered_anew(section, cast):
    rows = [writing.add_contribution(section, f"<p>{n}</p>", by=cast.focal_point) for n in "abc"]
    writing.move(rows[2], places=-1, by=cast.focal_point)
    assert [row.body for row in section.contributions.live()] == ["<p>a</p>", "<p>c</p>", "<p>b</p>"]
    writing.move(rows[0], places=1, by=cast.focal_point)
    assert list(section.contributions.values_list("position", flat=True)) == [1, 2, 3]


def test_the_database_refuses_a_translation_into_the_own_language(written):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=written.pk).update(translation_nl="<p>dubbel</p>")
