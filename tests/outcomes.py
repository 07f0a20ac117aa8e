"""What came of a run: what passed, failed and did not run, and how long each test took; `make test` prints it."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

outcomes: Counter[str] = Counter()
skipped: list[tuple[str, str]] = []
seconds: Counter[str] = Counter()


def pytest_runtest_logreport(report):
    seconds[report.nodeid] += report.duration
    if report.skipped and not hasattr(report, "wasxfail"):
        note_skipped(report)
    elif report.failed:
        outcomes["failed"] += 1
    elif report.when == "call":
        outcomes["passed"] += 1


def pytest_collectreport(report):
    if report.skipped:
        note_skipped(report)
    elif report.failed:
        outcomes["failed"] += 1


def note_skipped(report) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    skipped.append((report.nodeid, reason.removeprefix("Skipped: ")))


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        return
    if skipped and is_all_demanded():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    account = os.environ.get("ALLIANCE_ACCOUNT")
    if account:
        counts = {**dict.fromkeys(("passed", "failed"), 0), **outcomes}
        Path(account).write_text(json.dumps({**counts, "skipped": skipped, "seconds": seconds.most_common(20)}))


def pytest_terminal_summary(terminalreporter):
    if not skipped:
        return
    terminalreporter.section("not run" + (", although ALLIANCE_REQUIRE_ALL=1 demands it" if is_all_demanded() else ""))
    for test, reason in skipped:
        terminalreporter.line(f"{test}: {reason}")


def is_all_demanded() -> bool:
    return os.environ.get("ALLIANCE_REQUIRE_ALL") == "1"
