"""The commands behind `make`: run, setup, test, bench, fault-runs."""

import argparse
import subprocess
import sys

from alliance.steps import checks, debian, packages, portal
from alliance.steps.ground import PROJECT, PYTHON, Stop, check_folder, one_at_a_time, say, sentence_for

REQUIREMENTS, REQUIREMENTS_TEST = "requirements.txt", "requirements-test.txt"


def set_up(*, tests: bool) -> None:
    """Install everything that is missing, each thing after those it depends on."""
    check_folder()
    with one_at_a_time():
        debian.install_what_is_missing(tests=tests, venv=not PYTHON.exists())
        packages.install(REQUIREMENTS_TEST if tests else REQUIREMENTS)
        portal.write_secret_key()
        portal.prepare(database=False)


def run(arguments: list[str]) -> int:
    portal.check_port()
    set_up(tests=False)
    with one_at_a_time():
        say("Preparing the database")
        portal.prepare(database=True)
    portal.serve()
    return 0


def setup(arguments: list[str]) -> int:
    set_up(tests=True)
    say("Everything is in place: .venv/bin/python manage.py …")
    return 0


def test(arguments: list[str]) -> int:
    set_up(tests=True)
    return checks.test(arguments)


def bench(arguments: list[str]) -> int:
    set_up(tests=True)
    return subprocess.run([PYTHON, "-m", "benchmarks", *arguments], cwd=PROJECT).returncode


def fault_runs(arguments: list[str]) -> int:
    set_up(tests=True)
    return subprocess.run([PYTHON, "-m", "tests.faults", *arguments], cwd=PROJECT).returncode


COMMANDS = {"run": run, "setup": setup, "test": test, "bench": bench, "fault-runs": fault_runs}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="alliance/set_up.py", description="Sets the portal up and starts it.")
    parser.add_argument("command", choices=COMMANDS)
    chosen, rest = parser.parse_known_args(arguments)
    try:
        return COMMANDS[chosen.command](rest)
    except Stop as reason:
        print(reason, file=sys.stderr)
    except OSError as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 1
