"""History as one reads it: a sitting of one writer is one version, and what was sent in stays one of them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.document.problem import Problem
from reports.models import How, Revision, Step, Upload
from reports.rules import history, workflow, writing

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2014, 6, 10, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """The tests' own time: it stands still until a test moves it."""
    with time_machine.travel(BEGINNING, tick=False) as stopped:
        yield stopped


@pytest.fixture
def save(clock, written, cast):
    """Saves a text some minutes after the save before, on top of the newest."""

    def one(words, minutes=1, by=None, language="", **options):
        clock.shift(timedelta(minutes=minutes))
        base = written.revisions.filter(language=language).count()
        by = by or cast.focal_point
        return writing.save_text(written, f"<p>{words}</p>", base=base, by=by, language=language, **options)

    return one


def reading_of(report, cast):
    return Upload.objects.create(
        report=report, by=cast.focal_point, file_name="België 2014.docx", sha256="0" * 64, document="{}"
    )


def shown(contribution, language=""):
    """Of each version: its number, the numbers of its first and last save, and how it came in."""
    return [
        (version.number, version.saves[0].number, version.revision.number, [how.value for how in version.hows])
        for version in history.versions(contribution, language)
    ]


def test_a_sitting_of_one_writer_is_one_version_with_its_last_text(save, written, cast):
    for number in range(2, 40):
        save(f"Tekst {number}.")
    (version,) = history.versions(written)
    assert (version.number, version.by, version.revision.body) == (1, cast.focal_point, "<p>Tekst 39.</p>")
    assert (version.since, version.until) == (BEGINNING, BEGINNING + timedelta(minutes=38))
    assert Revision.objects.count() == 39


@pytest.mark.parametrize(("minutes", "count"), [(30, 1), (31, 2)])
def test_a_pause_of_more_than_half_an_hour_begins_another_version(save, written, minutes, count):
    save("Na de pauze.", minutes=minutes)
    assert len(history.versions(written)) == count


def test_a_long_day_of_short_pauses_is_one_sitting(save, written):
    for number in range(20):
        save(f"Tekst {number}.", minutes=29)
    assert len(history.versions(written)) == 1


def test_a_save_by_somebody_else_ends_a_sitting(save, written, cast):
    save("Van mij.")
    save("Van een collega.", by=cast.contributor)
    save("Weer van mij.")
    assert shown(written) == [(1, 1, 2, ["typed"]), (2, 3, 3, ["typed"]), (3, 4, 4, ["typed"])]


def test_typing_and_pasting_are_one_sitting(save, written):
    save("Geplakt.", how=How.PASTED)
    save("Getypt.")
    assert shown(written) == [(1, 1, 3, ["typed", "pasted"])]


@pytest.mark.parametrize("how", [How.READ, How.RESTORED])
def test_a_reading_and_a_bringing_back_are_versions_of_their_own(save, written, how):
    save("Op zichzelf.", how=how)
    save("Daarna getypt.")
    assert shown(written) == [(1, 1, 1, ["typed"]), (2, 2, 2, [how.value]), (3, 3, 3, ["typed"])]


def test_what_was_placed_from_a_file_names_the_file(save, report, written, cast):
    found = reading_of(report, cast)
    save("Een regel.", upload=found)
    save("Nog een regel.", upload=found)
    save("Getypt.")
    first, placed, typed = history.versions(written)
    assert (first.file_name, placed.file_name, typed.file_name) == ("", "België 2014.docx", "")
    assert len(placed.saves) == 2


def test_what_was_sent_in_stays_one_of_the_versions(save, report, written, cast, clock):
    save("Ingediend.")
    clock.shift(60)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    save("Later.")
    first, second = history.versions(written)
    assert (first.revision.body, first.submissions) == ("<p>Ingediend.</p>", (1,))
    assert (second.revision.body, second.submissions) == ("<p>Later.</p>", ())


def test_one_text_sent_in_twice_is_one_version_with_both_submissions(save, report, written, cast, clock):
    for step in (Step.SEND_IN, Step.WITHDRAW, Step.SEND_IN, Step.WITHDRAW):
        clock.shift(60)
        workflow.take_step(report, step, by=cast.focal_point)
    assert [version.submissions for version in history.versions(written)] == [(1, 2)]


def test_a_contribution_that_was_not_printed_is_not_called_sent_in(save, report, written, cast, clock):
    save("The law is in force.", language="en")
    writing.remove(written, by=cast.focal_point)
    clock.shift(60)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert history.versions(written)[0].submissions == ()
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    writing.restore(written, by=cast.focal_point)
    clock.shift(60)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert history.versions(written)[0].submissions == (2,)
    assert history.versions(written, "en")[0].submissions == (2,)


def test_each_translation_has_versions_of_its_own(save, written, cast):
    save("The law is in force.", language="en")
    assert history.languages(written) == ["", "en"]
    assert shown(written, "en") == [(1, 1, 1, ["typed"])]
    assert shown(written) == [(1, 1, 1, ["typed"])]


def test_a_merging_says_with_whom_and_keeps_what_was_sent(save, written, cast):
    save("De wet is in werking.</p><p>Van de collega.", by=cast.contributor)
    writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.focal_point)
    merged = history.versions(written)[-1]
    assert (merged.hows, merged.merged_with) == ((How.MERGED,), cast.contributor)
    (sent,) = merged.as_sent
    assert (sent.number, sent.sent) == (3, "<p>De wet is nu in werking.</p>")


def test_of_saves_merged_in_a_row_the_last_one_stands_for_them(save, written, cast):
    save("Van de collega.", by=cast.contributor)
    for words in ("Mijn begin.", "Mijn begin en einde."):
        base = written.revisions.order_by("number").last().number if words.endswith("einde.") else 1
        writing.save_text(written, f"<p>{words}</p>", base=base, by=cast.focal_point, from_sent=base > 1)
    (sent,) = history.versions(written)[-1].as_sent
    assert sent.sent == "<p>Mijn begin en einde.</p>"


def test_a_version_counts_its_conflicts_and_gives_both_texts(save, written, cast):
    save("De wet is sinds mei in werking.", by=cast.contributor)
    mine = writing.save_text(written, "<p>De wet is sinds juni in werking.</p>", base=1, by=cast.focal_point)
    version = history.versions(written)[-1]
    (conflict,) = history.conflicts_of(version)
    assert (version.settled, version.unsettled) == (0, 1)
    assert (conflict.mine, conflict.theirs) == (
        "<p>De wet is sinds juni in werking.</p>",
        "<p>De wet is sinds mei in werking.</p>",
    )
    writing.settle_conflict(mine.conflicts[0], "theirs", by=cast.contributor)
    version = history.versions(written)[-1]
    assert (version.settled, version.unsettled) == (1, 0)
    assert history.conflicts_of(history.versions(written)[0]) == []


def test_bringing_back_is_a_new_save_and_deletes_nothing(save, written, cast):
    save("Nieuwe tekst.", by=cast.contributor)
    saved = writing.restore_version(written, written.revisions.get(number=1), base=2, by=cast.focal_point)
    written.refresh_from_db()
    assert (saved.outcome, saved.revision.how, written.body) == ("saved", "restored", "<p>De wet is in werking.</p>")
    assert [row.body for row in written.revisions.all()] == [
        "<p>De wet is in werking.</p>",
        "<p>Nieuwe tekst.</p>",
        "<p>De wet is in werking.</p>",
    ]


def test_bringing_back_what_stands_there_saves_nothing(save, written, cast):
    assert writing.restore_version(written, written.revisions.get(), base=1, by=cast.focal_point).outcome == "unchanged"
    assert written.revisions.count() == 1


def test_bringing_back_does_not_overwrite_what_was_saved_meanwhile(save, written, cast):
    save("De wet is in werking.</p><p>Tweede alinea.")
    save("De wet is in werking.</p><p>Tweede alinea.</p><p>Van een collega.", by=cast.contributor)
    saved = writing.restore_version(written, written.revisions.get(number=1), base=2, by=cast.focal_point)
    assert "Van een collega." in saved.revision.body


def test_bringing_back_puts_a_removed_contribution_into_its_section_again(save, written, cast):
    writing.remove(written, by=cast.contributor)
    saved = writing.restore_version(written, written.revisions.get(), base=1, by=cast.focal_point)
    assert saved.outcome == "unchanged"
    assert list(written.section.contributions.live()) == [written]


def test_a_translation_into_what_is_the_contributions_own_language_now_is_refused_with_what_to_do(save, written, cast):
    save("The law is in force.", language="en")
    writing.save_text(written, "", base=1, by=cast.focal_point, language="en")
    writing.set_language(written, "en", by=cast.focal_point)
    with pytest.raises(Problem, match="copy it from the history"):
        writing.restore_version(written, written.revisions.get(language="en", number=1), base=2, by=cast.focal_point)


def test_a_report_that_was_sent_in_takes_no_version_back(save, report, written, cast):
    save("Nieuwe tekst.")
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(Problem, match="sent in"):
        writing.restore_version(written, written.revisions.get(number=1), base=2, by=cast.focal_point)


def test_versions_of_a_long_history_take_three_queries_and_load_no_text(written, cast):
    people = [cast.focal_point, cast.contributor]
    Revision.objects.bulk_create(
        Revision(
            contribution=written, number=number, base=number - 1, body=f"<p>{number}</p>", by=people[(number - 1) % 2]
        )
        for number in range(2, 301)
    )
    with CaptureQueriesContext(connection) as captured:
        found = history.versions(written)
        assert [version.hows for version in found] == [(How.TYPED,)] * 300
        assert {str(version.by) for version in found} == {"focal point", "contributor"}
    assert len(captured) == 3
    assert '"reports_revision"."body"' not in captured[0]["sql"].partition(" FROM ")[0]
    assert "body" not in found[0].revision.__dict__
