"""Compares ways of doing one thing. Seconds differ between machines; ratios measured in one run can be compared."""

import statistics
import time
from collections.abc import Callable


def compare(ways: dict[str, Callable[[], object]], *, rounds: int = 15) -> dict[str, float]:
    """Print and return the median time of each way as a multiple of the first way's.

    The ways are measured in turn, so that other work on the machine affects all of them.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()  # not measured: fills caches
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - begun)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    first = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"  {median / first:6.2f} ×  {name}  ({median * 1000:.1f} ms)")
    return {name: median / first for name, median in medians.items()}
