"""The tests of the scripts that save texts: they run without a browser, in the Node that Playwright brings."""

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

PROJECT = Path(__file__).resolve().parent.parent.parent
FILES = sorted(path.name for path in Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("name", FILES)
def test_scripts(name):
    node, _cli = compute_driver_executable()
    # No package.json says that the scripts are modules, as Node expects; the browser is told by the page.
    command = [node, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", f"tests/js/{name}"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_there_are_tests_of_the_scripts():
    assert FILES
