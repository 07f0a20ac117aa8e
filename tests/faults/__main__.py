"""Run the seeds from SEED on: `python -m tests.faults [N=20] [SEED=0]`; even seeds on SQLite, odd ones on PostgreSQL.

FAULTS=7 plans seven kinds of fault in each run instead of four.
KEEP=FILE stores the figures in a file, from which the same command continues after it was stopped. BUSY=1 is for a
machine with other work: what a killed page may lose is then counted in keystrokes (tests/faults/ledger.py).
"""

import logging
import multiprocessing
import os
import queue
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.figures import Figures, Outcome

LONGEST_RUN = 600  # seconds; after that a run counts as hanging
TELL_EVERY = 25
DATABASES = ("SQLite", "PostgreSQL")


def options(arguments: list[str]) -> dict[str, str]:
    known = {"N": "20", "SEED": "0", "DATABASE": "", "WORKERS": "2", "KEEP": "", "BUSY": "", "FAULTS": "4"}
    for argument in arguments:
        name, sign, value = argument.partition("=")
        if not sign or name not in known:
            raise SystemExit(f"What does “{argument}” mean? Known are {', '.join(f'{name}=…' for name in known)}.")
        known[name] = value
    return known


def work(kind: str, folder: str, seeds: list[int], outcomes: multiprocessing.Queue, by_keys: bool, faults: int) -> None:
    """Run one worker with its own portal; the target of a process."""
    from tests.faults.run import Bench

    exit_on_signals()
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # about requests of browsers that were killed
    bench = Bench(Path(folder), kind, by_keys=by_keys, faults=faults)
    try:
        bench.start()
        for outcome in bench.runs(seeds):
            outcomes.put(outcome)
    finally:
        bench.stop()


def exit_on_signals() -> None:
    """Exit on a signal, so that `finally` stops the server, the database and the browsers."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))


def main(arguments: list[str]) -> int:
    os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
    exit_on_signals()
    chosen = options(arguments)
    keep = Path(chosen["KEEP"] or os.devnull)
    figures = Figures.kept_in(keep)
    seeds = range(int(chosen["SEED"]), int(chosen["SEED"]) + int(chosen["N"]))
    left = [seed for seed in seeds if seed not in figures.seeds]
    lists = share(left, chosen["DATABASE"], max(1, int(chosen["WORKERS"]) // 2))
    hung = True
    with tempfile.TemporaryDirectory(prefix="fault-runs-", ignore_cleanup_errors=True) as folder:
        try:
            hung = gather(lists, folder, figures, keep, by_keys=bool(chosen["BUSY"]), faults=int(chosen["FAULTS"]))
        finally:  # also when the runs are interrupted
            print(figures.told(), flush=True)
    for seed in stopped_at(lists, figures):
        print(f"stopped at: SEED={seed}", flush=True)
    return 1 if hung or figures.failed else 0


def share(seeds: Sequence[int], database: str, each: int) -> dict[tuple[str, int], list[int]]:
    """Return the seeds of each worker, by database and number."""
    lists = {}
    for place, kind in enumerate(DATABASES):
        mine = [seed for seed in seeds if seed % 2 == place and database in ("", kind)]
        lists |= {(kind, number): mine[number::each] for number in range(each) if mine[number::each]}
    return lists


def stopped_at(lists: dict[tuple[str, int], list[int]], figures: Figures) -> list[int]:
    """Return the seed at which each worker stopped that did not finish its list."""
    return [left[0] for mine in lists.values() if (left := [seed for seed in mine if seed not in figures.seeds])]


def gather(
    lists: dict[tuple[str, int], list[int]], folder: str, figures: Figures, keep: Path, *, by_keys: bool, faults: int
) -> bool:
    """Add up the outcomes and store the figures after each run; return whether a worker stopped early."""
    outcomes: multiprocessing.Queue[Outcome] = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(
            target=work, args=(kind, f"{folder}/{kind}-{number}", mine, outcomes, by_keys, faults), daemon=True
        )
        for (kind, number), mine in lists.items()
    ]
    for worker in workers:
        worker.start()
    last = time.monotonic()
    wanted = figures.runs + sum(map(len, lists.values()))
    while figures.runs < wanted and time.monotonic() - last < LONGEST_RUN:
        try:
            outcome = outcomes.get(timeout=1)
        except queue.Empty:
            if not any(worker.is_alive() for worker in workers) and outcomes.empty():
                break
            continue
        last = time.monotonic()
        figures.add(outcome)
        figures.keep_in(keep)
        tell(outcome, figures, wanted)
    for worker in workers:
        worker.join(60)
        if worker.is_alive():
            worker.terminate()
    return figures.runs < wanted or any(worker.exitcode for worker in workers)


def tell(outcome: Outcome, figures: Figures, wanted: int) -> None:
    if outcome.troubles:
        print(outcome.told(), flush=True)
    if figures.runs % TELL_EVERY == 0:
        print(f"{figures.runs} of {wanted} runs, {figures.lost} characters lost", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
