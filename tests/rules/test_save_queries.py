"""What a save asks of PostgreSQL: as many rows of a long history as of a short one, also before it has statistics."""

from uuid import uuid4

import pytest
from django.db import connection

from reports.models import Revision, save_queries
from reports.rules import writing


def rows_looked_at(node: dict) -> int:
    """By a plan's node and all below it, as often as each was asked."""
    here = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
    return here * node["Actual Loops"] + sum(rows_looked_at(below) for below in node.get("Plans", ()))


def looked_at_for_a_save(of: Revision) -> int:
    wanted = {"contribution": of.contribution_id, "language": "", "base": of.number, "save_id": uuid4()}
    with connection.cursor() as cursor:
        query = save_queries.TEXT + save_queries.OR_THIS_SAVE
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", wanted)
        [[[found]]] = cursor.fetchall()
    return rows_looked_at(found["Plan"])


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_long_history_does_not_cost_more_rows(written, cast):
    first = writing.save_text(written, "<p>Again.</p>", base=1, by=cast.focal_point).revision
    short = looked_at_for_a_save(first)
    Revision.objects.bulk_create(
        Revision(id=uuid4(), contribution=written, number=n, base=n - 1, body=f"<p>{n}</p>" * 80, by=cast.focal_point)
        for n in range(3, 1003)
    )
    last = Revision.objects.get(contribution=written, number=1002)
    assert looked_at_for_a_save(last) < 2 * short
