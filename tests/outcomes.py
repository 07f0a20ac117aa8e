"""Records what passed, failed and did not run, and how long the tests took. `make test` prints it at the end."""

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
        record_skipped(report)
    elif report.failed:
        outcomes["failed"] += 1
    elif report.when == "call":
        outcomes["passed"] += 1


def pytest_collectreport(report):
    if report.skipped:
        record_skipped(report)
    elif report.failed:
        outcomes["failed"] += 1


def record_skipped(report) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    skipped.append((report.nodeid, reason.removeprefix("Skipped: ")))


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        return
    if skipped and skips_fail():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    account = os.environ.get("ALLIANCE_ACCOUNT")
    if account:
        counts = {**dict.fromkeys(("passed", "failed"), 0), **outcomes}
        Path(account).write_text(json.dumps({**counts, "skipped": skipped, "seconds": seconds.most_common(20)}))


def pytest_terminal_summary(terminalreporter):
    if not skipped:
        return
    terminalreporter.section("not run" + (", although ALLIANCE_REQUIRE_ALL=1 demands it" if skips_fail() else ""))
    for test, reason in skipped:
        terminalreporter.line(f"{test}: {reason}")


def skips_fail() -> bool:
    return os.environ.get("ALLIANCE_REQUIRE_ALL") == "1"
