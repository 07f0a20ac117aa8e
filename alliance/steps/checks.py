"""`make test`: every test, on SQLite with the journeys in a browser, then on PostgreSQL, and what could not run."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from alliance.steps.ground import PROJECT, PYTHON, say

RUNS = (("SQLite", []), ("PostgreSQL", ["--postgres"]))
NO_TESTS = 5  # pytest's exit status when nothing was chosen
SHOWN = 5


def test(arguments: list[str]) -> int:
    """Run everything twice over; arguments are pytest's and narrow both runs."""
    failed = False
    accounts = []
    with tempfile.TemporaryDirectory() as folder:
        for name, options in RUNS:
            say(f"Tests on {name}")
            account = Path(folder) / f"{name}.json"
            status = pytest([*options, *arguments], account)
            # Narrowed by hand, a run may have nothing left to do; otherwise an empty run is a broken one.
            failed = failed or status not in (0, NO_TESTS if arguments else 0)
            if account.exists():
                accounts.append((name, json.loads(account.read_text(encoding="utf-8"))))
    report(accounts)
    return 1 if failed else 0


def pytest(options: list[str], account: Path) -> int:
    workers = max(2, min(os.cpu_count() or 2, 4))
    environment = {**os.environ, "ALLIANCE_ACCOUNT": str(account)}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    command = [PYTHON, "-m", "pytest", "-n", str(workers), "--dist", "worksteal", *options]
    return subprocess.run(command, cwd=PROJECT, env=environment).returncode


def report(accounts: list[tuple[str, dict]]) -> None:
    """Name what did not run, by its reason, and close with a line for each run."""
    reasons: dict[str, list[str]] = {}
    for name, account in accounts:
        for test_name, reason in account["skipped"]:
            reasons.setdefault(reason, []).append(f"{test_name} ({name})")
    print("\nNot run:" if reasons else "\nNot run: nothing. Every test ran.")
    for reason, tests in reasons.items():
        more = f", and {len(tests) - SHOWN} more" if len(tests) > SHOWN else ""
        print(f"  {reason}: {', '.join(tests[:SHOWN])}{more}")
    print()
    for name, account in accounts:
        skipped = f", {len(account['skipped'])} skipped" if account["skipped"] else ""
        print(f"{name}: {account['passed']} passed, {account['failed']} failed{skipped}", flush=True)
