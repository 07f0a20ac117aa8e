"""Nothing typed is lost, whatever breaks: a few of the fault runs. `make fault-runs N=1000` does more of them."""

import json
import subprocess
import sys

import pytest

from tests.faults.computer import program
from tests.faults.faults import KINDS
from tests.portal import PROJECT
from tests.postgres import candidates

SEEDS = 6  # with three kinds of fault each, in turn, and some more by chance


@pytest.mark.skipif(program() is None, reason="there is no Chromium (apt-get install chromium)")
@pytest.mark.skipif(not candidates(), reason="there is no PostgreSQL")
def test_while_everything_breaks_every_character_is_kept(tmp_path):
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.faults", f"N={SEEDS}", f"JSON={figures}"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert (found["runs"], found["lost"]) == (SEEDS, 0)
    struck = {"database restarted" if kind == "database locked" else kind for kind in found["faults"]}
    assert struck == set(KINDS)
