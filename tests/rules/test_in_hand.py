"""A text in hand: split it, join it with the one above, take over an earlier passage. Nothing is lost."""

import pytest

from reports.document.problem import Problem
from reports.models import Change, Contribution
from reports.rules import writing
from reports.rules.writing.in_hand import newest_number

pytestmark = pytest.mark.django_db
LAW, COURTS = "<p>De wet is in werking.</p>", "<p>De rechtbanken zijn ingelicht.</p>"


@pytest.fixture
def long(written, cast):
    writing.save_text(written, LAW + COURTS, base=1, by=cast.focal_point)
    return written


def texts(section):
    return [(row.body, row.language, row.authority) for row in section.contributions.live()]


def test_a_split_keeps_both_parts_with_language_and_authority(section, long, cast):
    last = writing.add_contribution(section, "<p>Laatste.</p>", by=cast.focal_point, language="nl")
    made = writing.split(long, LAW, COURTS, base=2, by=cast.focal_point)
    assert texts(section) == [(LAW, "nl", "Justitie"), (COURTS, "nl", "Justitie"), ("<p>Laatste.</p>", "nl", "")]
    assert [row.pk for row in section.contributions.live()] == [long.pk, made.pk, last.pk]
    assert section.log.get().change == Change.SPLIT
    assert made.revisions.get().by == cast.focal_point


def test_a_text_that_a_colleague_changed_is_not_split(section, long, cast):
    writing.save_text(long, LAW + COURTS + "<p>Ook de politie.</p>", base=2, by=cast.contributor)
    with pytest.raises(Problem):
        writing.split(long, LAW, COURTS, base=2, by=cast.focal_point)
    assert texts(section) == [(LAW + COURTS + "<p>Ook de politie.</p>", "nl", "Justitie")]


@pytest.mark.parametrize("parts", [("", LAW + COURTS), (LAW + COURTS, "<p></p>")], ids=["begin", "end"])
def test_a_split_without_two_parts_is_refused(section, long, cast, parts):
    with pytest.raises(Problem):
        writing.split(long, *parts, base=2, by=cast.focal_point)
    assert len(texts(section)) == 1


def test_join_puts_the_text_under_the_one_above(section, long, cast):
    below = writing.split(long, LAW, COURTS, base=2, by=cast.focal_point)
    writing.save_text(below, "<p>Les tribunaux.</p>", base=0, by=cast.focal_point, language="fr")
    above = writing.join(below, by=cast.focal_point)
    assert above.pk == long.pk
    assert texts(section) == [(LAW + COURTS, "nl", "Justitie")]
    assert Contribution.objects.get(pk=above.pk).translation_fr == "<p>Les tribunaux.</p>"
    writing.restore(below, by=cast.focal_point)  # the undo of tomorrow
    assert texts(section)[1][0] == COURTS


def test_texts_in_two_languages_are_not_joined(section, written, cast):
    french = writing.add_contribution(section, "<p>La loi.</p>", by=cast.focal_point, language="fr")
    with pytest.raises(Problem):
        writing.join(french, by=cast.focal_point)
    assert len(texts(section)) == 2


def test_the_first_contribution_has_none_to_join(written, cast):
    with pytest.raises(Problem):
        writing.join(written, by=cast.focal_point)


def test_a_copy_is_marked_until_somebody_edits_it(begin, section, cast):
    planned = begin(2013).sections.get(question__code="2.planned")
    source = writing.add_contribution(
        planned, "<p>Elk parket.</p>", by=cast.focal_point, language="nl", authority="FOD"
    )
    copy = writing.take_over(section, source, by=cast.contributor)
    shown = section.contributions.with_numbers().get(pk=copy.pk)
    assert (shown.body, shown.language, shown.authority, shown.is_unedited_copy) == (source.body, "nl", "FOD", True)
    writing.save_text(copy, "<p>Elk parket, sinds mei.</p>", base=newest_number(copy), by=cast.contributor)
    assert not section.contributions.with_numbers().get(pk=copy.pk).is_unedited_copy


def test_another_countrys_passage_is_not_taken_over(begin, section, cast):
    planned = begin(2013, "NL").sections.get(question__code="2.planned")
    source = Contribution.objects.create(section=planned, body="<p>Geheim.</p>", language="nl")
    with pytest.raises(Problem):
        writing.take_over(section, source, by=cast.focal_point)
    assert "Geheim" not in str(texts(section))
