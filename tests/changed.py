"""Runs the tests of what changed since the last commit: `python -m tests.changed` (`make check`).

A test file is chosen by its name alone, in whatever folder it is:

- a test file that changed;
- for a module or template called `people`: `test_people.py` and `test_people_*.py`; where there are none, the tests of
  its own folder (`reports/views/desk/rendered.py`: `tests/views/desk/`), or else those of the longest beginning of its
  name (`append_only_rows`: `test_append_only.py`);
- for a file of `alliance/`, `fixtures/`, `reports/migrations/` or `static/js/`: the one file that tests all of these.

Journeys take minutes, so a journey is only chosen when it changed itself. `make test` runs everything.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ALWAYS = "tests/test_house.py"
TESTED_AS_ONE = {
    "alliance": "tests/test_set_up.py",
    "fixtures": "tests/test_fixtures.py",
    "reports/migrations": "tests/test_migrations.py",
    "static/js": "tests/js/test_js.py",
    "tests/js": "tests/js/test_js.py",
}
SOURCES = ("reports", "templates", "tests")


def changed() -> list[str]:
    """Return the paths that differ from the last commit, new files among them and deleted ones not."""
    commands = (["git", "diff", "--name-only", "HEAD"], ["git", "ls-files", "--others", "--exclude-standard"])
    listed = [subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True) for command in commands]
    names = {name for one in listed for name in one.stdout.splitlines()}
    return sorted(name for name in names if (PROJECT / name).exists())


def chosen_for(path: str, tests: Iterable[str]) -> list[str]:
    """Return those of these test files that belong to a changed file."""
    if path in tests:
        return [path]
    for folder, test in TESTED_AS_ONE.items():
        if path.startswith(f"{folder}/"):
            return [test]
    if not path.startswith(tuple(f"{folder}/" for folder in SOURCES)):
        return []
    quick = [test for test in tests if "/journeys/" not in test]
    parts = Path(path).stem.strip("_").split("_")
    names = ["_".join(parts[:end]) for end in range(len(parts), 0, -1)]
    return next(
        filter(None, (named(names[0], quick), beside(path, quick), *(named(one, quick) for one in names[1:]))), []
    )


def named(name: str, tests: Iterable[str]) -> list[str]:
    return [test for test in tests if f"{Path(test).stem}_".startswith(f"test_{name}_")]


def beside(path: str, tests: Iterable[str]) -> list[str]:
    """Return the tests of the folder that mirrors a subfolder of `reports/` or `templates/`."""
    parts = Path(path).parent.parts
    room = Path("tests", *parts[1:]) if parts[0] == "reports" else Path("tests/views", *parts[1:])
    return [test for test in tests if Path(test).parent == room] if len(room.parts) > 2 else []


def main() -> int:
    tests = sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / "tests").rglob("test_*.py"))
    chosen = {ALWAYS}
    for path in changed():
        found = chosen_for(path, tests)
        chosen.update(found)
        if path.endswith((".py", ".html")) and not found:
            print(f"No test is named after {path}.")
    print("Tests: " + " ".join(sorted(chosen)), flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", "-n0", *sorted(chosen)], cwd=PROJECT).returncode


if __name__ == "__main__":
    sys.exit(main())
