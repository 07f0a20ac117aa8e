"""Many hands on one text through real connections: no update is lost, no save is refused for being one of many."""

import threading
import time
from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from reports.document import richtext
from reports.models import Contribution, LooseLine, Report, Revision, State, Step, StepLog, Upload
from reports.rules import chain, uploads, workflow, writing

WRITERS = 8
SAVES = 4
PATIENCE = 60  # seconds


def together(work, count=WRITERS):
    """Runs `work(number)` in so many threads, all at once; returns what went wrong."""
    errors = []
    ready = threading.Barrier(count)

    def run(number):
        try:
            ready.wait()
            work(number)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_writers_who_each_add_paragraphs_lose_none_and_double_none(written, cast):
    def work(number):
        base, text = 1, written.body
        for turn in range(SAVES):
            mine = text + f"<p>Paragraph {number}-{turn} of writer {number}.</p>"
            saved = writing.save_text(written, mine, base=base, by=cast.focal_point)
            base, text = saved.revision.number, saved.revision.body

    assert together(work) == []
    paragraphs = Counter(block.html for block in richtext.blocks(Contribution.objects.get(pk=written.pk).body))
    expected = {f"Paragraph {n}-{turn} of writer {n}." for n in range(WRITERS) for turn in range(SAVES)}
    lost = expected - set(paragraphs)
    assert (len(lost), max(paragraphs.values())) == (0, 1)
    numbers = list(Revision.objects.filter(contribution=written).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS * SAVES + 2))


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_paragraph_find_every_version_in_the_text_or_in_a_conflict(written, cast):
    def work(number):
        writing.save_text(written, f"<p>De wet is in werking, zegt {number}.</p>", base=1, by=cast.focal_point)

    assert together(work) == []
    kept = Contribution.objects.get(pk=written.pk).body + "".join(
        conflict.mine for revision in Revision.objects.all() for conflict in revision.conflicts.all()
    )
    assert [n for n in range(WRITERS) if f"zegt {n}." not in kept] == []


@pytest.mark.django_db(transaction=True)
def test_the_same_save_from_many_requests_at_once_is_one(section, cast):
    once = uuid4()
    assert (
        together(lambda _: writing.add_contribution(section, "<p>Een keer.</p>", by=cast.focal_point, save_id=once))
        == []
    )
    assert section.contributions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_and_the_focal_point_in_the_same_second_one_takes_a_step_and_the_others_hear_of_it(
    report, written, cast
):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    wishes = [
        (Step.ACCEPT, cast.reviewer, {}),
        (Step.RETURN, cast.administrator, {"comment": "Please say since when."}),
        (Step.WITHDRAW, cast.focal_point, {}),
    ]

    def work(number):
        step, by, wish = wishes[number]
        workflow.take_step(report, step, by=by, **wish)

    told = together(work, len(wishes))
    taken = list(StepLog.objects.filter(report=report).order_by("position"))[2:]
    assert len(taken) == 1
    assert len(told) == len(wishes) - 1
    assert all(f"{taken[0].by} changed the state of this report before you" in str(problem) for problem in told)
    report = Report.objects.get(pk=report.pk)
    assert report.state == taken[0].state_to in (State.ACCEPTED, State.RETURNED, State.DRAFT)
    assert list(chain.problems(report)) == []


@pytest.mark.django_db(transaction=True)
def test_sending_in_from_many_windows_at_once_makes_one_submission(report, written, cast):
    told = together(lambda _: workflow.take_step(report, Step.SEND_IN, by=cast.focal_point))
    assert len(told) == WRITERS - 1
    assert report.submissions.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_line_is_placed_while_its_import_is_undone_and_neither_waits_for_the_other_for_ever(report, cast):
    upload = Upload.objects.create(
        report=report, by=cast.focal_point, document={}, undo_data={}, applied_at=timezone.now()
    )
    line = LooseLine.objects.create(upload=upload, line=1, text="Stray.", kind="loose")
    is_held, is_being_placed = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Upload.objects.select_for_update().get(pk=upload.pk)
            is_held.set()
            wait_until_so_many_wait(1)
            is_being_placed.set()
            wait_until_so_many_wait(2)

    def place():
        assert is_held.wait(PATIENCE)
        uploads.settle(line, "2.2.B", by=cast.focal_point)

    def undo():
        assert is_being_placed.wait(PATIENCE)
        uploads.undo(upload, by=cast.focal_point)

    steps = [hold, place, undo]
    assert together(lambda number: steps[number](), len(steps)) == []
    (row,) = report.sections.get(question__code="2.2.B").contributions.live()
    assert row.body == "<p>Stray.</p>"


def wait_until_so_many_wait(count):
    """Until so many connections to this database wait for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")  # the web role is not told what other connections wait for
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.05)
    raise AssertionError(f"{count} connections do not wait for a lock")
