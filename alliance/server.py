"""gunicorn's settings for `make run`: on this computer only, announced when it answers."""

import os
import signal
from pathlib import Path

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = 4  # threads of one process wait for each other's Python while they hold the database's lock
threads = 2
preload_app = True  # a portal that cannot start says so here, before its address is printed
loglevel = "warning"
control_socket_disable = True


def when_ready(server) -> None:
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  (loads every page once, before the workers part)
    accounts = demo_accounts()
    if accounts:
        print(f"\n{accounts}")
    print(f"\nThe portal is at http://{bind}/  (stop it with Ctrl+C)", flush=True)


def post_worker_init(worker) -> None:
    # Ctrl+C reaches the workers too. They finish what they are saving, and wait for no idle connection.
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, worker.handle_exit)


def demo_accounts() -> str:
    """What `load_demo` printed when it filled the database that is served now."""
    from django.conf import settings

    file = Path(settings.BASE_DIR) / "demo-accounts.txt"
    if not file.exists():
        return ""
    first, _, accounts = file.read_text(encoding="utf-8").partition("\n")
    return accounts.strip() if first.endswith(f": {settings.DATABASES['default']['NAME']}") else ""
