"""`make test`: the tests of the database on PostgreSQL, then the tests on SQLite with the journeys in a browser."""

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from alliance.steps.ground import PROJECT, PYTHON, say

NO_TESTS = 5  # pytest's exit status when nothing was chosen
SHOWN = 5
SLOWEST = 20


@dataclass
class Account:
    """The record of one run of pytest, which `tests/outcomes.py` writes."""

    database: str
    passed: int = 0
    failed: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    seconds: list[tuple[str, float]] = field(default_factory=list)


def test(arguments: list[str]) -> int:
    """Run the tests on both databases and print what came of it. The arguments are those of pytest, for both runs.

    Pages are tested once: on PostgreSQL, or on SQLite where there is no PostgreSQL (docs/adr/0020).
    """
    cpus = os.cpu_count() or 2
    # A test waits for the server of its database, and a journey for its browser and its portal more than half of the
    # time. The additional workers use the processors meanwhile.
    failed, postgres = run("PostgreSQL", min(cpus + 1, 6), ["--postgres"], arguments)
    views = ["--views-elsewhere"] if postgres.passed and not postgres.skipped else []
    failed_too, sqlite = run("SQLite", min(2 * cpus, 8), views, arguments)
    report([postgres, sqlite])
    return 1 if failed or failed_too else 0


def run(database: str, workers: int, options: list[str], arguments: list[str]) -> tuple[bool, Account]:
    """Return whether the run failed, and its record."""
    say(f"Tests on {database}")
    # Each worker gets one test at a time, in order: the longest come first (tests/selection.py), so that all workers
    # finish at the same time.
    workload = ["-n", str(workers), "--dist", "load", "--maxschedchunk", "1"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "account.json"
        status = pytest([*workload, *options, *arguments], file)
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    # With arguments a run may have no tests; without them an empty run means that something is broken.
    return status not in (0, NO_TESTS if arguments else 0), Account(database, **told)


def pytest(options: list[str], account: Path) -> int:
    environment = {**os.environ, "ALLIANCE_ACCOUNT": str(account)}
    # Without compiled files each worker and each server of a journey would compile the portal and the tests anew.
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    return subprocess.run([PYTHON, "-m", "pytest", *options], cwd=PROJECT, env=environment).returncode


def report(accounts: list[Account]) -> None:
    """Print the slowest tests, the tests that did not run by reason, and a line for each run."""
    times = [(seconds, f"{name} ({one.database})") for one in accounts for name, seconds in one.seconds]
    print(f"\nThe {SLOWEST} slowest tests, in seconds:")
    for seconds, name in sorted(times, reverse=True)[:SLOWEST]:
        print(f"  {seconds:6.1f}  {name}")
    reasons: dict[str, list[str]] = {}
    for one in accounts:
        for name, reason in one.skipped:
            reasons.setdefault(reason, []).append(f"{name} ({one.database})")
    print("\nNot run:" if reasons else "\nNot run: nothing. Every test ran.")
    for reason, tests in reasons.items():
        more = f", and {len(tests) - SHOWN} more" if len(tests) > SHOWN else ""
        print(f"  {reason}: {', '.join(tests[:SHOWN])}{more}")
    print()
    for one in accounts:
        skipped = f", {len(one.skipped)} skipped" if one.skipped else ""
        print(f"{one.database}: {one.passed} passed, {one.failed} failed{skipped}", flush=True)
