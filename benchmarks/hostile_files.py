"""What each hostile file was answered, and what that took: processor time, and the memory of the reading process."""

import resource
import time

from reports import apart
from reports.document.problem import Problem
from reports.readers import Format, form, formats
from reports.readers.flow import Flow

MEGABYTE = 1024  # getrusage counts in kilobytes


def table(help_page: float) -> None:
    """Print a line for each file. `help_page` are the seconds of the page of help."""
    from tests.readers.hostile_files import HOSTILE

    for file in HOSTILE:
        answer, seconds, memory = answered(file.content(), file.name)
        peak = f"{memory:4.0f} MB" if memory else "–"
        print(f"  {seconds / help_page:7.1f} ×  {peak:>10}  {file.name}: {answer}", flush=True)


def answered(data: bytes, name: str) -> tuple[str, float, float]:
    """Return the sentence of a refusal, the seconds of both processes, and the peak of the other one in megabytes."""
    from tests.blank_forms import expected

    begun, since, inside, memory = time.process_time(), time.monotonic(), 0.0, 0.0
    try:
        file_format = formats.format_of(data, name)
        found, inside, memory = apart.run(apart.READING, measured, file_format, data)
        if isinstance(found, Flow):
            form.read_flow(found, expected(2014))
            found = "read"
    except apart.NotDone as stopped:  # the process reached a limit, and cannot say what it took
        return str(stopped), time.monotonic() - since, apart.READING.memory / MEGABYTE / 1024
    except Problem as problem:
        found = str(problem)
    return str(found), time.process_time() - begun + inside, memory


def measured(file_format: Format, data: bytes) -> tuple[Flow | str, float, float]:
    """Read a file; return its flow or the refusal, seconds and megabytes. It runs in a process of its own."""
    found: Flow | str
    try:
        result = formats.read_apart(file_format, data)
        found = result if isinstance(result, Flow) else "the portal's own data"
    except Problem as problem:
        found = str(problem)
    except MemoryError:
        found = apart.READING.reasons["memory"]
    used = resource.getrusage(resource.RUSAGE_SELF)
    return found, used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE
