"""`make test`: the tests on SQLite with the journeys in a browser, and beside them the tests on PostgreSQL."""

import contextlib
import json
import os
import shutil
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
    # Each worker of the journeys collects all tests, and has a server and a browser of its own.
    many = max(1, min(cpus, 8))
    with tempfile.TemporaryDirectory() as folder:
        say("Tests on SQLite and, beside them, on PostgreSQL")
        # The journeys wait for their browser and their portal more than half of the time. The tests on PostgreSQL use
        # the processors meanwhile, after everybody else, so that no journey waits for them.
        beside = Run("PostgreSQL", Path(folder) / "postgres", min(cpus, 6), ["--postgres", *arguments], behind=True)
        runs = [beside, Run("SQLite", Path(folder) / "sqlite", many, ["--pages=elsewhere", *arguments])]
        for one in reversed(runs):
            one.wait()
        say("Tests on PostgreSQL")
        print(beside.said, flush=True)
        if beside.account.skipped:
            say("Tests of pages, on SQLite")
            runs.append(Run("SQLite, pages", Path(folder) / "pages", cpus, ["--pages=only", *arguments]))
            runs[-1].wait()
        report([one.account for one in runs])
        # With arguments a run may have no tests; without them an empty run means that something is broken.
        return 0 if all(one.process.returncode in (0, NO_TESTS if arguments else 0) for one in runs) else 1


class Run:
    """A run of pytest that has started. With `behind` it uses the processors that others leave, and prints nothing."""

    def __init__(self, database: str, folder: Path, workers: int, options: list[str], *, behind: bool = False) -> None:
        self.database, self.folder = database, folder
        folder.mkdir()
        environment = {**os.environ, "ALLIANCE_ACCOUNT": str(folder / "account.json")}
        # Without compiled files each worker and each server of a journey would compile the portal and the tests anew.
        for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        # Each worker gets one test at a time, in order: the longest come first (tests/selection.py), so that all
        # workers finish at the same time.
        workload = ["-n", str(workers), "--dist", "load", "--maxschedchunk", "1"]
        command = [str(PYTHON), "-m", "pytest", *workload, *options]
        with (folder / "said").open("w") as said:
            streams = {"stdout": said, "stderr": subprocess.STDOUT} if behind else {}
            nice = ["nice", "-n", "10"] if behind and shutil.which("nice") else []
            self.process = subprocess.Popen([*nice, *command], cwd=PROJECT, env=environment, **streams)

    def wait(self) -> None:
        """Wait until the run has ended, also after Ctrl+C, which reaches it too: it stops its servers first."""
        while self.process.returncode is None:
            with contextlib.suppress(KeyboardInterrupt):
                self.process.wait()

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")

    @property
    def account(self) -> Account:
        file = self.folder / "account.json"
        return Account(self.database, **(json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}))


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
