"""Run in .venv: compile the catalogues, make the static files and, with --database, prepare the database.

Django starts only once.
"""

import io
import os
import sys

from alliance import private_files
from alliance.steps.ground import ACCOUNTS, PROJECT, write_atomically


def compile_catalogues() -> None:
    """Compile each catalogue that is older than its source, with polib, because a bare Debian has no msgfmt."""
    import polib

    for source in sorted(PROJECT.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime > source.stat().st_mtime:
            continue
        unfinished = compiled.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(unfinished))
        unfinished.replace(compiled)


def make_static_files() -> None:
    """Make the static files that the server sends (alliance/static_files.py), if a source is newer."""
    import django

    django.setup()
    from alliance import static_files

    static_files.collect()


def fill_database() -> None:
    """Migrate, and load fixtures and demo into an empty database."""
    from django.core.management import call_command

    private_files.set_umask()  # after what the user of a service must be able to read
    private_files.make_private()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_fixtures", verbosity=0)
    load_demo()


def load_demo() -> None:
    """Load the demo if the database allows it, and keep the passwords it prints: the database has only hashes."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import CommandError, call_command

    users = get_user_model().objects
    before, printed = users.count(), io.StringIO()
    try:
        call_command("load_demo", stdout=printed)
    except CommandError as refusal:
        if not ACCOUNTS.exists():
            print(f"The demo was not loaded. {refusal}", flush=True)
        return
    if users.count() > before:
        database = settings.DATABASES["default"]["NAME"]
        write_atomically(ACCOUNTS, f"Demo accounts of the database: {database}\n\n{printed.getvalue()}", mode=0o600)


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db.utils import OperationalError

    try:
        compile_catalogues()
        make_static_files()
        if "--database" in arguments:
            fill_database()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        problem = f"The database cannot be used: {reason}. Check DATABASE_URL and who owns the file."
    except ImproperlyConfigured as error:
        problem = f"A setting is wrong: {error}"
    except (CommandError, OSError) as error:
        problem = str(error)
    else:
        return 0
    print(problem, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
