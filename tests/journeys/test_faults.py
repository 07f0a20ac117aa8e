"""Every kind of fault strikes while a robot writes, on either database, and not one character is lost."""

import json
import subprocess
import sys

import pytest

from tests.faults.faults import KINDS, name_of
from tests.faults.ground import Postgres, Sqlite
from tests.portal import PROJECT
from tests.postgres import OLDEST, candidates

# Ten seeds, five on each database, whose plans hold every kind of fault, with and without a colleague or a second tab.
N, SEED = 10, 783


@pytest.mark.usefixtures("browser")  # not that one is used: without Chromium there is nothing to run
@pytest.mark.parametrize("database", [Sqlite, Postgres], ids=lambda database: database.name)
def test_whatever_breaks_nothing_that_was_typed_is_lost(database, tmp_path):
    if database is Postgres and not candidates():
        pytest.skip(f"there is no PostgreSQL from version {OLDEST} on (apt-get install postgresql)")
    told = tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.faults", f"N={N}", f"SEED={SEED}", f"DATABASE={database.name}"]
    ran = subprocess.run([*command, f"JSON={told}"], cwd=PROJECT, capture_output=True, text=True)
    story = f"{ran.stdout}\n{ran.stderr}"
    assert told.exists(), story
    figures = json.loads(told.read_text())
    assert (figures["lost"], figures["failed"], ran.returncode) == (0, [], 0), story
    assert figures["by_database"] == {database.name: N // 2}, story
    assert set(figures["faults"]) == {name_of(kind, database) for kind in KINDS}
    assert figures["typed"] > 0
