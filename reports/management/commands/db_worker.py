"""`db_worker`: make PDFs in the background: the worker of django_tasks_db, which a lost database does not end."""

import logging
import signal
import sys
from typing import Any

from django_tasks.signals import task_started
from django_tasks_db.management.commands import db_worker

from reports.rules import workers


class Command(db_worker.Command):
    help = "Makes PDFs in the background. Goes on when the database comes back."

    def handle(self, **options: Any) -> None:
        """Run the queue again and again; with --batch, --reload or --max-tasks once, as the library does it."""
        if options["batch"] or options["reload"] or options["max_tasks"]:
            super().handle(**options)
            return
        once = options | {"batch": True, "interval": 0, "startup_delay": False}
        task_started.connect(beat)  # a long queue must not look like a worker that stands still
        self.stdout.write("The worker makes PDFs; Ctrl+C stops it.")
        workers.keep_running(workers.PDF_WORKER, lambda: self.empty_queue(once), every=options["interval"])

    def empty_queue(self, once: dict[str, Any]) -> None:
        """Make what waits. Raise SystemExit if the process was told to stop meanwhile: the library ends its task then,
        and returns as it does for an empty queue."""
        db_worker.Command.handle(self, **once)
        stopping = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)  # the library's worker
        if isinstance(stopping, db_worker.Worker) and not stopping.running:
            sys.exit(0)

    def configure_logging(self, verbosity: int) -> None:
        super().configure_logging(verbosity)
        # It would say each second that it starts and that there is nothing to do.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)


def beat(**signal: Any) -> None:
    workers.beat(workers.PDF_WORKER)
