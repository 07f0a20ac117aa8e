"""A paragraph that two people changed: kept with both versions, settled once, in its own place."""

import pytest

from reports.models import Contribution, Country, Membership, Role, User
from reports.rules import writing
from reports.rules.writing import conflicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def conflict(written, cast):
    three = "<p>Een.</p><p>De wet is sinds {} in werking.</p><p>Drie.</p>"
    first = writing.save_text(written, three.format("kort"), base=1, by=cast.focal_point).revision
    writing.save_text(written, three.format("mei"), base=first.number, by=cast.contributor)
    return writing.save_text(written, three.format("juni"), base=first.number, by=cast.focal_point).conflicts[0]


@pytest.mark.parametrize(
    ("keep", "edited", "word"),
    [("mine", "", "juni"), ("theirs", "", "mei"), ("edited", "<p>De wet: mei of juni.</p>", "mei of juni")],
)
def test_a_conflict_is_settled_with_one_choice(conflict, written, cast, keep, edited, word):
    writing.settle_conflict(conflict, keep, by=cast.contributor, edited=edited)
    written.refresh_from_db()
    assert written.body.count("<p>") == 3
    assert word in written.body.split("</p>")[1]
    assert not written.revisions.last().conflicts.filter(settled_at=None).exists()
    assert not conflicts.unsettled(Contribution.objects.all())


def test_a_choice_leaves_what_was_written_since_alone(conflict, written, cast):
    written.refresh_from_db()
    number = written.revisions.last().number
    writing.save_text(written, written.body.replace("Drie.", "Vier."), base=number, by=cast.contributor)
    writing.settle_conflict(conflict, "mine", by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == "<p>Een.</p><p>De wet is sinds juni in werking.</p><p>Vier.</p>"


def test_a_choice_against_a_version_that_grew_meanwhile_shows_both_again_and_doubles_nothing(conflict, written, cast):
    written.refresh_from_db()
    number, on = written.revisions.last().number, written.body.replace("mei", "mei 2013")
    writing.save_text(written, on, base=number, by=cast.contributor)
    (again,) = writing.settle_conflict(conflict, "mine", by=cast.focal_point).conflicts
    written.refresh_from_db()
    assert written.body == on
    assert "juni" in again.mine
    assert "mei 2013" in again.theirs
    writing.settle_conflict(again, "mine", by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == on.replace("mei 2013", "juni")


def test_words_typed_while_a_colleague_settles_stand_beside_the_colleagues_choice_as_a_version(conflict, written, cast):
    writing.settle_conflict(conflict, "mine", by=cast.contributor)
    late = writing.settle_conflict(
        conflict, "edited", by=cast.focal_point, edited="<p>De wet is sinds juli in werking.</p>"
    )
    written.refresh_from_db()
    assert (written.body.count("<p>"), "juni" in written.body) == (3, True)
    assert "juli" in late.conflicts[0].mine


def test_a_removed_paragraph_that_the_other_kept_writing_comes_back_in_its_place(written, cast):
    three = "<p>Een.</p><p>De wet is sinds kort in werking.</p><p>Drie.</p>"
    number = writing.save_text(written, three, base=1, by=cast.focal_point).revision.number
    writing.save_text(written, "<p>Een.</p><p>Drie.</p>", base=number, by=cast.contributor)
    (conflict,) = writing.save_text(written, three.replace("kort", "mei"), base=number, by=cast.focal_point).conflicts
    writing.settle_conflict(conflict, "mine", by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == three.replace("kort", "mei")


def test_a_second_choice_of_the_same_conflict_changes_nothing(conflict, written, cast):
    writing.settle_conflict(conflict, "theirs", by=cast.contributor)
    writing.settle_conflict(conflict, "mine", by=cast.focal_point)
    written.refresh_from_db()
    assert "mei" in written.body


def test_typing_on_in_a_paragraph_in_conflict_keeps_one_conflict_with_the_newest_words(conflict, written, cast):
    sent = conflict.revision
    on = sent.as_sent.replace("juni", "juni en juli")
    writing.save_text(written, on, base=sent.number, from_sent=True, by=cast.focal_point)
    (only,) = conflicts.unsettled(Contribution.objects.all())
    assert only.mine == "<p>De wet is sinds juni en juli in werking.</p>"


def test_a_choice_is_put_where_the_conflict_is_also_where_another_paragraph_reads_like_theirs(written, cast):
    four = "<p>Project A</p><p>Stand: loopt.</p><p>Project B</p><p>Stand: {}.</p>"
    first = writing.save_text(written, four.format("gepland"), base=1, by=cast.focal_point).revision
    writing.save_text(written, four.format("loopt"), base=first.number, by=cast.contributor)
    (conflict,) = writing.save_text(written, four.format("klaar"), base=first.number, by=cast.focal_point).conflicts
    writing.settle_conflict(conflict, "mine", by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == four.format("klaar")


def test_a_first_paragraph_that_they_removed_comes_back_at_the_start(written, cast):
    two = "<p>{}De politie kreeg een handleiding.</p><p>Twee.</p>"
    first = writing.save_text(written, two.format(""), base=1, by=cast.focal_point).revision
    writing.save_text(written, "<p>Twee.</p>", base=first.number, by=cast.contributor)
    mine = writing.save_text(written, two.format("In mei: "), base=first.number, by=cast.focal_point)
    writing.settle_conflict(mine.conflicts[0], "mine", by=cast.focal_point)
    written.refresh_from_db()
    assert written.body == two.format("In mei: ")


def test_of_two_conflicts_that_read_the_same_each_goes_on_by_itself(written, cast):
    both = "<p>De stand van dit project is: {}.</p><p>Tussen.</p><p>De stand van dit project is: {}.</p>"
    first = writing.save_text(written, both.format("een", "twee"), base=1, by=cast.focal_point).revision
    writing.save_text(written, both.format("hun een", "hun twee"), base=first.number, by=cast.contributor)
    mine = writing.save_text(written, both.format("klaar", "klaar"), base=first.number, by=cast.focal_point)
    later = writing.save_text(
        written, both.format("klaar", "klaar in mei"), base=mine.revision.number, by=cast.focal_point, from_sent=True
    )
    assert [conflict.mine for conflict in later.conflicts] == ["<p>De stand van dit project is: klaar in mei.</p>"]
    shown = conflicts.unsettled(Contribution.objects.filter(pk=written.pk))
    assert sorted((conflict.place, conflict.mine, conflict.theirs) for conflict in shown) == [
        (0, "<p>De stand van dit project is: klaar.</p>", "<p>De stand van dit project is: hun een.</p>"),
        (2, "<p>De stand van dit project is: klaar in mei.</p>", "<p>De stand van dit project is: hun twee.</p>"),
    ]


def test_who_writes_on_in_a_conflict_does_not_become_the_author_of_both_versions(conflict, cast):
    seen = conflict.revision
    on = seen.as_sent.replace("juni", "juni en juli")
    (moved,) = writing.save_text(seen.contribution, on, base=seen.number, by=cast.focal_point, from_sent=True).conflicts
    assert (moved.revision.by, moved.their_author) == (cast.focal_point, cast.contributor)


@pytest.fixture
def third(cast):
    """A third person who writes for Belgium."""
    user = User.objects.create_user("third@example.org", None, name="third")
    Membership.objects.create(user=user, role=Role.CONTRIBUTOR, country=Country.objects.get(code="BE"))
    return user


def test_the_author_of_their_version_is_who_wrote_that_paragraph(written, cast, third):
    texts = ("<p>De wet is van kracht.</p>", "<p>De politie leest mee.</p>")
    writing.save_text(written, "".join(texts), base=1, by=cast.focal_point)
    writing.save_text(written, texts[0].replace("wet", "nieuwe wet") + texts[1], base=2, by=cast.contributor)
    writing.save_text(written, texts[0] + texts[1].replace("leest", "las"), base=2, by=third)
    mine = texts[0].replace("wet", "oude wet") + texts[1]
    (conflict,) = writing.save_text(written, mine, base=2, by=cast.focal_point).conflicts
    assert conflict.their_author == cast.contributor


def test_the_author_of_a_removal_is_who_removed_it(written, cast, third):
    texts = ("<p>De wet is van kracht.</p>", "<p>De politie leest mee.</p>")
    writing.save_text(written, "".join(texts), base=1, by=cast.focal_point)
    writing.save_text(written, texts[1], base=2, by=cast.contributor)
    writing.save_text(written, texts[0] + texts[1].replace("leest", "las"), base=2, by=third)
    mine = texts[0].replace("wet", "oude wet") + texts[1]
    (conflict,) = writing.save_text(written, mine, base=2, by=cast.focal_point).conflicts
    assert (conflict.theirs, conflict.their_author) == ("", cast.contributor)


def test_one_is_not_named_beside_a_colleagues_words_that_came_with_ones_own_save(written, cast):
    texts = ("<p>De wet is van kracht.</p>", "<p>De politie leest mee.</p>")
    writing.save_text(written, "".join(texts), base=1, by=cast.focal_point)
    writing.save_text(written, texts[0].replace("wet", "nieuwe wet") + texts[1], base=2, by=cast.contributor)
    sent = texts[0] + texts[1].replace("leest", "las")
    merged = writing.save_text(written, sent, base=2, by=cast.focal_point).revision
    on = sent.replace("wet", "oude wet")
    (conflict,) = writing.save_text(written, on, base=merged.number, by=cast.focal_point, from_sent=True).conflicts
    assert conflict.their_author == cast.contributor


@pytest.mark.parametrize("keep", ["mine", "theirs", "edited"])
def test_a_version_whose_writer_wrote_on_is_shown_again_before_anybody_settles_it(conflict, written, cast, keep):
    seen = conflict.revision
    on = seen.as_sent.replace("juni", "juni en juli")
    writing.save_text(written, on, base=seen.number, by=cast.focal_point, from_sent=True)
    answer = writing.settle_conflict(
        conflict, keep, by=cast.contributor, edited="<p>De wet: mei.</p>", number=seen.number
    )
    assert [one.mine for one in answer.conflicts] == ["<p>De wet is sinds juni en juli in werking.</p>"]
    assert [one.pk for one in conflicts.unsettled(Contribution.objects.filter(pk=written.pk))] == [conflict.pk]
    writing.settle_conflict(conflict, "mine", by=cast.contributor, number=answer.conflicts[0].revision.number)
    written.refresh_from_db()
    assert "juni en juli" in written.body


def test_who_empties_a_text_takes_no_paragraph_of_a_colleague_away(written, cast):
    theirs = "<p>De wet is in werking.</p><p>Hun alinea.</p>"
    writing.save_text(written, theirs, base=1, by=cast.contributor)
    emptied = writing.save_text(written, "", base=1, by=cast.focal_point)
    assert emptied.is_merged
    assert emptied.revision.body == "<p>Hun alinea.</p>"
    anew = {"base": emptied.revision.number, "by": cast.focal_point, "from_sent": True}
    writing.save_text(written, "<p>Opnieuw begonnen.</p>", **anew)
    written.refresh_from_db()
    assert written.body == "<p>Hun alinea.</p><p>Opnieuw begonnen.</p>"


def test_who_empties_a_text_that_a_colleague_changed_sees_both(written, cast):
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    (conflict,) = writing.save_text(written, "", base=1, by=cast.focal_point).conflicts
    assert (conflict.mine, conflict.theirs) == ("", "<p>De wet is sinds mei in werking.</p>")


def in_two_windows(row, person, first, second):
    """Save the two texts in this order, both from the same revision, and return the last save."""
    base = row.revisions.last().number
    writing.save_text(row, first, base=base, by=person)
    return writing.save_text(row, second, base=base, by=person)


def test_two_windows_of_one_person_are_joined(written, cast):
    first = "<p>De wet is sinds mei in werking.</p><p>Twee.</p>"
    saved = in_two_windows(written, cast.focal_point, first, "<p>De wet is sinds juni in werking.</p>")
    written.refresh_from_db()
    assert (saved.conflicts, saved.is_joined, saved.is_merged) == ((), True, True)
    assert written.body == "<p>De wet is sinds mei sinds juni in werking.</p><p>Twee.</p>"
    assert not conflicts.unsettled(Contribution.objects.all())
    assert saved.revision.as_sent == "<p>De wet is sinds juni in werking.</p>"


def test_typing_on_in_one_of_two_windows_doubles_nothing(written, cast):
    law = "<p>De wet is sinds kort in werking.{}</p>"
    writing.save_text(written, law.format(""), base=1, by=cast.focal_point)
    saved = in_two_windows(written, cast.focal_point, law.format(" In mei."), law.format(" In ju"))
    for typed in (" In juni", " In juni van", " In juli."):
        text, base = law.format(typed), saved.revision.number
        saved = writing.save_text(written, text, base=base, by=cast.focal_point, from_sent=True)
    written.refresh_from_db()
    assert written.body == law.format(" In mei. In juli.")
    assert not conflicts.unsettled(Contribution.objects.all())


def test_a_window_that_joins_ones_own_text_asks_about_a_colleagues(written, cast):
    base = "<p>Scholen kregen een folder.</p><p>De wet is sinds kort in werking.</p>"
    first = writing.save_text(written, base, base=1, by=cast.focal_point).revision.number
    writing.save_text(written, base.replace("kort", "mei"), base=first, by=cast.contributor)
    writing.save_text(written, base.replace("folder", "boek"), base=first, by=cast.focal_point)
    late = base.replace("kort", "juni").replace("folder", "brief")
    saved = writing.save_text(written, late, base=first, by=cast.focal_point)
    assert ["mei" in one.theirs for one in saved.conflicts] == [True]
    assert saved.conflicts[0].their_author == cast.contributor
    assert "<p>Scholen kregen een boek. brief.</p>" in saved.revision.body


def test_a_colleagues_words_in_ones_own_paragraph_are_no_own_text(written, cast):
    """The paragraph was last saved by the same person, in whose save the colleague's words were merged."""
    base = "<p>De politie leidt elk jaar speurders op. Scholen kregen een folder.</p>"
    first = writing.save_text(written, base, base=1, by=cast.focal_point).revision.number
    writing.save_text(written, base.replace("folder", "boek"), base=first, by=cast.contributor)
    merged = writing.save_text(written, base.replace("politie", "lokale politie"), base=first, by=cast.focal_point)
    assert merged.conflicts == ()
    late = writing.save_text(written, base.replace("folder", "brief"), base=first, by=cast.focal_point)
    assert ["boek" in one.theirs for one in late.conflicts] == [True]
    typed = base.replace("folder", "brief van de school")
    late = writing.save_text(written, typed, base=late.revision.number, by=cast.focal_point, from_sent=True)
    assert ["boek" in one.theirs for one in late.conflicts] == [True]


def test_a_paragraph_removed_in_one_window_and_changed_in_another(written, cast):
    base = "<p>Een.</p><p>De wet is sinds kort in werking.</p>"
    number = writing.save_text(written, base, base=1, by=cast.focal_point).revision.number
    assert number
    in_two_windows(written, cast.focal_point, "<p>Een.</p>", base.replace("kort", "mei"))
    written.refresh_from_db()
    assert written.body == base.replace("kort", "mei")
