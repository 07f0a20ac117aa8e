"""Every kind of fault strikes while a robot writes, on either database, and not one character is lost."""

import json
import subprocess
import sys

import pytest

from tests.faults.faults import KINDS, name_of
from tests.faults.ground import Postgres, Sqlite
from tests.portal import PROJECT
from tests.postgres import OLDEST, candidates

# Four seeds for each database that together meet every kind of fault, beside a colleague and in two tabs of one person.
N, SEED = 8, 53020


@pytest.mark.usefixtures("browser")  # it is not used itself, but without Chromium there is nothing to run
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
    again = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)  # nothing is left to run
    assert (again.returncode, again.stdout) == (
        0,
        ran.stdout.partition("runs: ")[1] + ran.stdout.partition("runs: ")[2],
    )
    if only:
        pytest.skip(f"only SQLite was struck: there is no PostgreSQL from version {OLDEST} on")
