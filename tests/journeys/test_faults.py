"""Nothing typed is lost, whatever breaks: a few of the fault runs. `make fault-runs N=1000` does more of them."""

import json
import subprocess
import sys

import pytest

from tests.faults.computer import program
from tests.portal import PROJECT
from tests.postgres import candidates

SEEDS = 10  # half of them for each database, with three kinds of fault each: all of them once


@pytest.mark.skipif(program() is None, reason="there is no Chromium")
@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_while_everything_breaks_every_character_is_kept(database, tmp_path):
    if database == "PostgreSQL" and not candidates():
        pytest.skip("there is no PostgreSQL")
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.faults", f"N={SEEDS}", f"DATABASE={database}", f"JSON={figures}"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert found["lost"] == 0
    assert found["runs"] == SEEDS // 2
    assert len(found["faults"]) == 14, "each kind of fault struck"
