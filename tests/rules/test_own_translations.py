"""The secretariat's own translation of what was sent in: apart from the country's, and never of a draft."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import Contribution, How, OwnTranslation, Report, Revision, Step, TranslationEvent
from reports.rules import documents, workflow, writing
from reports.rules.own_translations import (
    OwnText,
    TranslatedMeanwhile,
    aligned_texts,
    confirm_own_row,
    save_own_row,
    want_own_row,
)
from reports.rules.writing.in_hand import newest_number
from tests.views import steps

pytestmark = pytest.mark.django_db
DUTCH = ["<p>De wet is in werking sinds mei.</p>", "<p>Rechters krijgen een opleiding.</p>", "<p>Cijfers volgen.</p>"]
ENGLISH = [
    "<p>Canary: the law has been in full force since the month of May.</p>",
    "<p>Canary training of judges.</p>",
    "<p>Canary figures.</p>",
]


@pytest.fixture
def sent(written, report, cast):
    writing.save_text(written, "".join(DUTCH), base=1, by=cast.focal_point)
    return steps.send_in(report, cast)


@pytest.fixture
def text(sent):
    return OwnText(sent, "2.1.A", 0, "en")


def rows(text):
    return aligned_texts(text.submission, text.language)[text.code, text.position][0].rows


def states(text):
    return [row.state for row in rows(text)]


def said(text, place):
    return "".join(f"<p>{block.html}</p>" for block in rows(text)[place].target)


def newest(text):
    return aligned_texts(text.submission, text.language)[text.code, text.position][1]


def translate(text, by):
    for place, html in enumerate(ENGLISH):
        save_own_row(text, html, place=place, base=newest(text), by=by)


def test_a_reviewer_translates_what_was_sent_in(text, cast):
    saved = save_own_row(text, ENGLISH[1], place=1, base=0, by=cast.reviewer)
    assert (saved.is_saved, saved.is_merged, saved.row.by, saved.row.how) == (True, False, cast.reviewer, How.TYPED)
    assert (states(text), said(text, 1)) == (["untranslated", "current", "untranslated"], ENGLISH[1])
    again = save_own_row(text, ENGLISH[1], place=1, base=1, by=cast.reviewer)
    assert (again.is_saved, again.row) == (False, saved.row)


def test_it_never_becomes_the_countrys(text, written, report, cast):
    before = Contribution.objects.with_units().values().get(pk=written.pk), Revision.objects.count()
    translate(text, cast.reviewer)
    confirm_own_row(text, place=0, base=newest(text), by=cast.reviewer)
    want_own_row(text, place=1, base=newest(text), wanted=False, by=cast.reviewer)
    assert (Contribution.objects.with_units().values().get(pk=written.pk), Revision.objects.count()) == before
    assert not TranslationEvent.objects.exists()
    assert "Canary" not in documents.compose(Report.objects.with_sections().get(pk=report.pk)).canonical()
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    assert "Canary" not in steps.send_in(report, cast).document


def test_the_countrys_is_not_in_the_secretariats(written, report, cast):
    writing.save_text(written, "<p>The country’s words.</p>", base=0, by=cast.focal_point, language="en")
    text = OwnText(steps.send_in(report, cast), "2.1.A", 0, "en")
    assert states(text) == ["untranslated"]


@pytest.mark.parametrize("who", ["reader", "focal_point", "contributor", "other_country"])
def test_nobody_else_writes_it(text, cast, who):
    for refused in (
        lambda: save_own_row(text, ENGLISH[0], place=0, base=0, by=cast[who]),
        lambda: confirm_own_row(text, place=0, base=0, by=cast[who]),
        lambda: want_own_row(text, place=0, base=0, wanted=False, by=cast[who]),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert not OwnTranslation.objects.exists()


def test_a_report_that_was_taken_back_is_not_translated(text, report, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    with pytest.raises(PermissionDenied):
        save_own_row(text, ENGLISH[0], place=0, base=0, by=cast.reviewer)


def test_the_next_submission_keeps_it_and_marks_what_changed(text, written, report, cast):
    translate(text, cast.reviewer)
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    changed = [DUTCH[2], DUTCH[0].replace("mei", "juni"), "<p>Nieuwe zaken kwamen daar vervolgens bij.</p>"]
    writing.save_text(written, "".join(changed), base=newest_number(written), by=cast.focal_point)
    later = OwnText(steps.send_in(report, cast), "2.1.A", 0, "en")
    assert (states(later), newest(later)) == (["current", "stale", "untranslated"], 0)
    assert [said(later, 0), said(later, 1)] == [ENGLISH[2], ENGLISH[0]]
    confirm_own_row(later, place=1, base=0, by=cast.administrator)
    assert states(later) == ["current", "current", "untranslated"]
    saved = OwnTranslation.objects.get(submission=later.submission)
    assert (saved.by, saved.how, saved.number) == (cast.administrator, How.MARKED, 1)
    assert states(text) == ["current"] * 3  # the submission before keeps its own


def test_two_colleagues_are_merged_or_told(text, cast):
    translate(text, cast.reviewer)
    base = newest(text)
    save_own_row(text, ENGLISH[0].replace("Canary", "Another"), place=0, base=base, by=cast.administrator)
    saved = save_own_row(text, ENGLISH[0].replace("May", "June"), place=0, base=base, by=cast.reviewer)
    merged = ENGLISH[0].replace("Canary", "Another").replace("May", "June")
    assert (saved.is_merged, said(text, 0)) == (True, merged)
    with pytest.raises(TranslatedMeanwhile) as told:
        save_own_row(text, ENGLISH[0].replace("May", "July"), place=0, base=base, by=cast.administrator)
    assert (told.value.theirs, told.value.number) == (merged, newest(text))
    assert said(text, 0) == merged
    mine = ENGLISH[0].replace("May", "July")
    save_own_row(text, mine, place=0, base=told.value.number, by=cast.administrator)  # having seen theirs
    assert said(text, 0) == mine


def merged_by_the_reviewer(text, cast, save_id):
    """Save what is merged with a colleague's words, of which the reviewer does not hear; return the save."""
    translate(text, cast.reviewer)
    base = newest(text)
    save_own_row(text, ENGLISH[0].replace("Canary", "Another"), place=0, base=base, by=cast.administrator)
    june = ENGLISH[0].replace("May", "June")
    return june, save_own_row(text, june, place=0, base=base, by=cast.reviewer, save_id=save_id).row


def test_typing_on_keeps_what_was_merged_meanwhile(text, cast):
    june, row = merged_by_the_reviewer(text, cast, uuid4())
    assert row.sent == june
    on = june.replace("June.", "June 2014.")
    saved = save_own_row(text, on, place=0, base=row.number, by=cast.reviewer, from_sent=True)
    assert (saved.is_merged, said(text, 0)) == (True, on.replace("Canary", "Another"))


def test_a_merged_save_sent_again_takes_nothing_back(text, cast):
    once = uuid4()
    june, row = merged_by_the_reviewer(text, cast, once)
    saved = save_own_row(text, june, place=0, base=row.base, by=cast.reviewer, save_id=once)
    assert (saved.row, saved.is_merged) == (row, True)
    assert said(text, 0) == june.replace("Canary", "Another")
    save_own_row(text, june.replace("June.", "June 2014."), place=0, base=row.base, by=cast.reviewer, save_id=once)
    assert said(text, 0) == june.replace("Canary", "Another").replace("June.", "June 2014.")


def test_two_windows_of_one_person_are_joined(text, cast):
    save_own_row(text, "<p>First.</p>", place=0, base=0, by=cast.reviewer)
    assert save_own_row(text, "<p>Second thoughts entirely.</p>", place=0, base=0, by=cast.reviewer).is_merged
    assert "First" in said(text, 0)
    assert "Second thoughts entirely" in said(text, 0)


def test_the_same_save_twice_is_once(text, cast):
    once = uuid4()
    for _again in range(2):
        assert save_own_row(text, "<p>Law.</p>", place=0, base=0, by=cast.reviewer, save_id=once).row.pk == once
    assert OwnTranslation.objects.count() == 1
    save_own_row(text, "<p>Law of May.</p>", place=0, base=0, by=cast.reviewer, save_id=once)
    assert said(text, 0) == "<p>Law of May.</p>"
    with pytest.raises(Problem):
        save_own_row(text, "<p>Law.</p>", place=0, base=0, by=cast.administrator, save_id=once)


@pytest.mark.parametrize(
    "wrong",
    [{"code": "9.9.Z"}, {"code": "2.1.B"}, {"position": 1}, {"language": "nl"}, {"language": "de"}],
    ids=["no section", "blank", "no contribution", "its own language", "no language of the portal"],
)
def test_what_was_not_sent_in_is_not_translated(sent, cast, wrong):
    text = OwnText(sent, **{"code": "2.1.A", "position": 0, "language": "en"} | wrong)
    with pytest.raises(Problem):
        save_own_row(text, "<p>x</p>", place=0, base=0, by=cast.reviewer)


@pytest.mark.parametrize(("place", "base"), [(3, 0), (0, 7)])
def test_a_row_that_was_not_shown_is_refused(text, cast, place, base):
    with pytest.raises(Problem):
        save_own_row(text, "<p>x</p>", place=place, base=base, by=cast.reviewer)


def test_nothing_to_confirm_is_refused(text, cast):
    with pytest.raises(Problem):
        confirm_own_row(text, place=0, base=0, by=cast.reviewer)


def test_what_is_not_wanted_is_wanted_again(text, cast):
    want_own_row(text, place=2, base=0, wanted=False, by=cast.reviewer)
    assert states(text)[2] == "not wanted"
    want_own_row(text, place=2, base=1, wanted=True, by=cast.reviewer)
    assert states(text)[2] == "untranslated"


def test_a_submission_takes_two_queries(text, cast, django_assert_num_queries):
    translate(text, cast.reviewer)
    with django_assert_num_queries(2):
        aligned_texts(text.submission, "en")
