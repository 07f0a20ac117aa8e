#!/usr/bin/env python3
"""Set the portal up and start it, with nothing but Python: `python3 alliance/set_up.py run`.

An older Python must be able to parse this file, so that it can say which version is needed.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def starts(name):
    return shutil.which(name) is not None and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0


def main(arguments):
    if sys.version_info < OLDEST:
        found = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if starts(name)]
        advice = (
            "Start it with that one: {} alliance/set_up.py {}".format(found[0], " ".join(arguments))
            if found
            else "Install one (on Debian 12: apt-get install python3 python3-venv) and start this again."
        )
        print(
            "Python {}.{} or newer is needed; this one is {}.{}. {}".format(*OLDEST, *sys.version_info[:2], advice),
            file=sys.stderr,
        )
        return 1
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from alliance.steps import commands

    return commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
