"""Count the work of a function: the count is the same on every machine, also on a busy one."""

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Do the work, and return how many functions it called, Python's own among them."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
