#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from alliance import private_files

# These change tables, or set where their numbers go on. Where the web process has a role that owns none
# (grant_web_role), they take the owner's.
OWNERS_COMMANDS = {"migrate", "grant_web_role", "createcachetable", "load_fixtures", "loaddata"}


def main() -> None:
    private_files.set_umask()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    if OWNERS_COMMANDS.intersection(sys.argv[1:2]) and os.environ.get("OWNER_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["OWNER_DATABASE_URL"]
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  (reads the settings now, so that a wrong one is a sentence)
    except ImproperlyConfigured as reason:
        sys.exit(f"A setting is wrong: {reason}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
