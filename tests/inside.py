"""Runs pieces of Python inside a portal, one after the other: `python -m tests.inside`.

Each line of standard input is a piece of code as JSON; the answer is a line with what it printed and its traceback, or
"" if it ended well. Each piece has names and a connection to the database of its own, as with `manage.py shell`, but
Django starts only once.
"""

import contextlib
import io
import json
import os
import sys
import traceback

import django

from alliance import private_files


def run(code: str) -> tuple[str, str]:
    """Run the code; return what it printed, and its traceback or ""."""
    from django.db import connections
    from django.utils import translation

    printed, trouble = io.StringIO(), ""
    language = translation.get_language()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, {"__name__": "__main__"})
    except BaseException:
        trouble = traceback.format_exc()
    finally:
        translation.activate(language)
        connections.close_all()
    return printed.getvalue(), trouble


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "alliance.settings"
    private_files.set_umask()
    django.setup()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
