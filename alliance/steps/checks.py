"""`make test`: the database's tests on PostgreSQL, then everything else on SQLite with the journeys in a browser."""

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
    """What one run of pytest said of itself (tests/outcomes.py)."""

    database: str
    passed: int = 0
    failed: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    seconds: list[tuple[str, float]] = field(default_factory=list)


def test(arguments: list[str]) -> int:
    """Run the tests on both databases. The arguments are pytest's and narrow both runs.

    The pages are tested once, on PostgreSQL, as they are served (docs/adr/0020); on SQLite where there is none.
    """
    cpus = os.cpu_count() or 2
    failed, postgres = run("PostgreSQL", min(cpus, 4), ["--postgres"], arguments)
    views = ["--views-elsewhere"] if postgres.passed and not postgres.skipped else []
    # A journey waits for its browser half of the time: one worker more keeps the processors busy.
    failed_too, sqlite = run("SQLite", min(cpus + 1, 5), views, arguments)
    report([postgres, sqlite])
    return 1 if failed or failed_too else 0


def run(database: str, workers: int, options: list[str], arguments: list[str]) -> tuple[bool, Account]:
    """Return whether the run failed, and its account."""
    say(f"Tests on {database}")
    # One test at a time and in their order, the longest first: no worker is left alone with a long one at the end.
    workload = ["-n", str(workers), "--dist", "load", "--maxschedchunk", "1"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "account.json"
        status = pytest([*workload, *options, *arguments], file)
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    # Narrowed by hand, a run may have nothing left to do; otherwise an empty run is a broken one.
    return status not in (0, NO_TESTS if arguments else 0), Account(database, **told)


def pytest(options: list[str], account: Path) -> int:
    environment = {**os.environ, "ALLIANCE_ACCOUNT": str(account)}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    return subprocess.run([PYTHON, "-m", "pytest", *options], cwd=PROJECT, env=environment).returncode


def report(accounts: list[Account]) -> None:
    """Print the slowest tests, what did not run and why, and a line for each run."""
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
