#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from alliance import private_files


def main() -> None:
    private_files.set_umask()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
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
