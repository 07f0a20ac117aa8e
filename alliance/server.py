"""The settings of gunicorn, for `make run` and for a server. By default it listens on this computer only."""

import gc
import os
import signal
from pathlib import Path

from alliance import private_files

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
# Threads of one process wait for Python's global lock while they hold the database's, so there are more processes than
# threads: measured in ADR 19.
workers = 4
threads = 2
preload_app = True  # a portal that cannot start says so before its address is printed
loglevel = "warning"
# There is no access log: the web server in front keeps one, and can name X-Request-ID in it. Refusals and errors are in
# Django's log, with time and request id (settings.LOGGING).
accesslog = None
control_socket_disable = True
umask = private_files.UMASK
private_files.set_umask()  # gunicorn applies its setting to its own files only


def when_ready(server) -> None:
    from django.urls import get_resolver

    private_files.make_private()
    get_resolver().url_patterns  # noqa: B018  (imports every view once, before the workers are forked)
    # What is loaded stays: the workers' collectors need not look at it, and its memory stays shared.
    gc.collect()
    gc.freeze()
    accounts = demo_accounts()
    if accounts:
        print(f"\n{accounts}")
    print(f"\nThe portal is at http://{bind}/  (stop it with Ctrl+C)", flush=True)


def post_worker_init(worker) -> None:
    # The terminal sends Ctrl+C to the workers too: let them finish their requests, but not wait for idle connections.
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, worker.handle_exit)


def demo_accounts() -> str:
    """Return what `load_demo` printed when it filled this database, or "" for another database."""
    from django.conf import settings

    file = Path(settings.BASE_DIR) / "demo-accounts.txt"
    if not file.exists():
        return ""
    first, _, accounts = file.read_text(encoding="utf-8").partition("\n")
    return accounts.strip() if first.endswith(f": {settings.DATABASES['default']['NAME']}") else ""
