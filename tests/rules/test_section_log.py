"""Every change beside the texts leaves a row: who did what, when, from what to what."""

import pytest
from django.db import DatabaseError, transaction

from reports.document.problem import Problem
from reports.models import Change, SectionLog
from reports.rules import writing

pytestmark = pytest.mark.django_db


def logged(section):
    return [(row.change, row.before, row.after, row.by) for row in section.log.all()]


def test_authority_and_language_are_logged_with_both_values(section, written, cast):
    writing.set_authority(written, "Politie", by=cast.contributor)
    writing.set_language(written, "de", by=cast.focal_point)
    assert logged(section) == [
        (Change.AUTHORITY, "Justitie", "Politie", cast.contributor),
        (Change.LANGUAGE, "nl", "de", cast.focal_point),
    ]
    assert {row.contribution for row in section.log.all()} == {written}


def test_who_removed_a_colleagues_text_can_be_told(section, written, cast):
    writing.remove(written, by=cast.contributor)
    writing.remove(written, by=cast.focal_point)  # already removed
    writing.restore(written, by=cast.focal_point)
    assert logged(section) == [(Change.REMOVED, "", "", cast.contributor), (Change.RESTORED, "", "", cast.focal_point)]


def test_a_save_that_brings_a_text_back_says_so(section, written, cast):
    writing.remove(written, by=cast.contributor)
    writing.save_text(written, "<p>Nog steeds nodig.</p>", base=1, by=cast.focal_point)
    assert logged(section)[-1] == (Change.RESTORED, "", "", cast.focal_point)


def test_moving_is_logged_once_with_both_places(section, written, cast):
    second = writing.add_contribution(section, "<p>Van de politie.</p>", by=cast.contributor)
    writing.move(second, places=-5, by=cast.focal_point)
    assert logged(section) == [(Change.MOVED, "2", "1", cast.focal_point)]
    assert [row.pk for row in section.contributions.live()] == [second.pk, written.pk]


def test_nothing_to_report_is_logged_for_the_section(section, cast):
    writing.set_nothing(section, True, by=cast.focal_point)
    writing.set_nothing(section, True, by=cast.contributor)
    writing.set_nothing(section, False, by=cast.contributor)
    assert logged(section) == [
        (Change.NOTHING, "", "", cast.focal_point),
        (Change.NOT_NOTHING, "", "", cast.contributor),
    ]


def test_what_changes_nothing_leaves_no_row(section, written, cast):
    writing.set_authority(written, " Justitie ", by=cast.focal_point)
    writing.set_language(written, "nl", by=cast.focal_point)
    writing.move(written, places=1, by=cast.focal_point)
    writing.restore(written, by=cast.focal_point)
    writing.set_nothing(section, False, by=cast.focal_point)
    assert not SectionLog.objects.exists()


VERBS = {
    "save_text": lambda section, row, by: writing.save_text(row, "<p>Anders.</p>", base=1, by=by),
    "translate": lambda section, row, by: writing.save_text(row, "<p>The law.</p>", base=0, by=by, language="en"),
    "add_contribution": lambda section, row, by: writing.add_contribution(section, "<p>Erbij.</p>", by=by),
    "set_authority": lambda section, row, by: writing.set_authority(row, "Politie", by=by),
    "set_language": lambda section, row, by: writing.set_language(row, "de", by=by),
    "remove": lambda section, row, by: writing.remove(row, by=by),
    "restore": lambda section, row, by: writing.restore(row, by=by),
    "move": lambda section, row, by: writing.move(row, places=1, by=by),
    "set_nothing": lambda section, row, by: writing.set_nothing(section, True, by=by),
    "restore_version": lambda section, row, by: writing.restore_version(row, row.revisions.get(), base=1, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["other_country", "reviewer", "reader", "administrator"])
def test_each_verb_checks_the_right_itself(section, written, cast, verb, role):
    with pytest.raises(Problem, match="is not assigned to you"):
        VERBS[verb](section, written, cast[role])
    written.refresh_from_db()
    assert (written.body, written.authority, written.language) == ("<p>De wet is in werking.</p>", "Justitie", "nl")
    assert not SectionLog.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_respects_a_frozen_section(section, written, cast, verb):
    section.frozen = True
    section.save()
    with pytest.raises(Problem, match="returned other sections only"):
        VERBS[verb](section, written, cast.focal_point)


def test_the_database_refuses_to_change_the_log(section, cast):
    writing.set_nothing(section, True, by=cast.focal_point)
    for change in (SectionLog.objects.update, SectionLog.objects.all().delete):
        with pytest.raises(DatabaseError, match=r"only added|permission denied"), transaction.atomic():
            change(**({"by": cast.contributor} if change == SectionLog.objects.update else {}))
