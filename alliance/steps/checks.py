"""`make test`: the tests on SQLite with the journeys in a browser, beside them those on PostgreSQL."""

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import IO

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
    views = ["--views-elsewhere"] if has_postgres() else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Beside each other: a journey waits for its browser and its portal more than half of the time, and the tests
        # of the other database use the processors meanwhile.
        say("Tests on SQLite; those on PostgreSQL run beside them, and their output follows")
        with (folder / "output").open("w+", encoding="utf-8") as output:
            beside = start("PostgreSQL", min(cpus, 6), ["--postgres", *arguments], folder, output)
            sqlite = start("SQLite", min(cpus + 1, 8), [*views, *arguments], folder)
            statuses = [one.wait() for one in (sqlite, beside)]
            say("Tests on PostgreSQL")
            output.seek(0)
            print(output.read(), end="", flush=True)
        report([read_account(folder, "PostgreSQL"), read_account(folder, "SQLite")])
    # With arguments a run may have no tests; without them an empty run means that something is broken.
    return int(any(status not in (0, NO_TESTS if arguments else 0) for status in statuses))


def has_postgres() -> bool:
    """Return whether a PostgreSQL server for the tests can be started."""
    tried = [PYTHON, "-m", "tests.postgres"]  # ends with its input
    return not subprocess.run(tried, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode


def start(database: str, workers: int, options: list[str], folder: Path, output: IO[str] | None = None) -> Popen[bytes]:
    """Start pytest with so many workers; it leaves its record in the folder."""
    environment = {**os.environ, "ALLIANCE_ACCOUNT": str(folder / database)}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    # Each worker gets one test at a time, in order: the longest come first (tests/selection.py), so that all workers
    # finish at the same time.
    workload = ["-n", str(workers), "--dist", "load", "--maxschedchunk", "1"]
    command = [PYTHON, "-m", "pytest", *workload, *options]
    return Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=output and subprocess.STDOUT)


def read_account(folder: Path, database: str) -> Account:
    file = folder / database
    return Account(database, **json.loads(file.read_text(encoding="utf-8")) if file.exists() else {})


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
