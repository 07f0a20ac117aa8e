"""Many hands on one text through real connections: no update is lost, no save is refused for being one of many."""

import threading
from collections import Counter
from uuid import uuid4

import pytest
from django.db import connections

from reports.document import richtext
from reports.models import Contribution, Revision
from reports.rules import saving

WRITERS = 8
SAVES = 4


def together(work):
    """Runs `work(number)` in as many threads as there are writers, all at once; returns what went wrong."""
    errors = []
    ready = threading.Barrier(WRITERS)

    def run(number):
        try:
            ready.wait()
            work(number)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
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
            saved = saving.save_text(written, mine, base=base, by=cast.focal_point)
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
        saving.save_text(written, f"<p>De wet is in werking, zegt {number}.</p>", base=1, by=cast.focal_point)

    assert together(work) == []
    kept = Contribution.objects.get(pk=written.pk).body + "".join(
        conflict.mine for revision in Revision.objects.all() for conflict in revision.conflicts.all()
    )
    assert [n for n in range(WRITERS) if f"zegt {n}." not in kept] == []


@pytest.mark.django_db(transaction=True)
def test_the_same_save_from_many_requests_at_once_is_one(section, cast):
    once = uuid4()
    assert (
        together(lambda _: saving.add_contribution(section, "<p>Een keer.</p>", by=cast.focal_point, save_id=once))
        == []
    )
    assert section.contributions.count() == 1
