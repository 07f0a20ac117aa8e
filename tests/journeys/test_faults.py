"""A robot types while every kind of fault occurs, on both databases, and no character is lost."""

import json
import os
import subprocess
import sys

import pytest

from tests.faults.faults import KINDS, name_of
from tests.faults.ground import Postgres, Sqlite
from tests.portal import PROJECT
from tests.postgres import OLDEST, candidates

# Two seeds for each database, which together produce every kind of fault: on both with a colleague, on one of them with
# two tabs of a user, and on the other with a reviewer.
N, SEED, FAULTS = 4, 53060, 7


@pytest.mark.skipif(
    os.environ.get("ALLIANCE_REQUIRE_ALL") != "1",
    reason="fault runs take two minutes of two processors: `.ci/run` includes them, `make fault-runs` runs them",
)
@pytest.mark.usefixtures("browser")  # skips the test where there is no Chromium
def test_no_fault_loses_typed_text(tmp_path):
    databases = [Sqlite, Postgres] if candidates() else [Sqlite]
    only = "" if Postgres in databases else Sqlite.name
    told = tmp_path / "figures.json"
    command = [
        sys.executable,
        "-m",
        "tests.faults",
        f"N={N}",
        f"SEED={SEED}",
        f"FAULTS={FAULTS}",
        f"DATABASE={only}",
        f"KEEP={told}",
        "BUSY=1",
    ]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    story = f"{ran.stdout}\n{ran.stderr}"
    assert told.exists(), story
    figures = json.loads(told.read_text())
    assert (figures["lost"], figures["failed"], ran.returncode) == (0, [], 0), story
    assert figures["by_database"] == {database.name: N // 2 for database in databases}, story
    for database in databases:
        assert set(figures["faults"][database.name]) == {name_of(kind, database) for kind in KINDS}
    again = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)  # every seed has been run
    assert (again.returncode, again.stdout) == (
        0,
        ran.stdout.partition("runs: ")[1] + ran.stdout.partition("runs: ")[2],
    )
    if only:
        pytest.skip(f"only SQLite was tested: there is no PostgreSQL {OLDEST} or newer")
