"""What a piece of work takes, as a count that is the same on every machine and beside whatever else it does."""

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
