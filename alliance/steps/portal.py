"""The portal itself: its secret key, its port, its database and its server."""

import os
import secrets
import socket
import subprocess

from alliance.steps.ground import PROJECT, PYTHON, SECRET_KEY, Stop, write_atomically


def write_secret_key() -> None:
    if not os.environ.get("SECRET_KEY") and not SECRET_KEY.exists():
        write_atomically(SECRET_KEY, secrets.token_urlsafe(50) + "\n", mode=0o600)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As gunicorn does: a port whose last connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(f"This user may not serve on port {port}. Choose one from 1024 on: PORT=8000 make run") from None
        except OSError:
            return False
    return True


def check_port() -> None:
    """Raise Stop if the port is invalid or taken, before anything is installed."""
    value = os.environ.get("PORT") or "8000"
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise Stop(f"PORT must be a number from 1 to 65535, and it is “{value}”. For example: PORT=8000 make run")
    port = int(value)
    if is_free(port):
        return
    other = next((number for number in range(port + 1, min(port + 100, 65535)) if is_free(number)), port + 1)
    raise Stop(
        f"Port {port} is taken, perhaps by a portal that is still running. "
        f"Stop that one, or choose another port: PORT={other} make run"
    )


def prepare(*, database: bool) -> None:
    """Compile the catalogues and, with `database`, migrate and fill the database, in a process of .venv's Python."""
    options = ["--database"] if database else []
    ran = subprocess.run([PYTHON, "-W", "ignore", "-m", "alliance.steps.prepare", *options], cwd=PROJECT)
    if ran.returncode:
        raise Stop("Nothing was started; the reason is above.")


def serve() -> None:
    """Replace this process by the server, so that the signals that stop it reach it directly."""
    os.chdir(PROJECT)
    os.execv(PYTHON, [str(PYTHON), "-W", "ignore", "-m", "gunicorn", "-c", "alliance/server.py", "alliance.wsgi"])
