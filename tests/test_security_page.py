"""docs/security.md names only tests that exist."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def test_every_promise_names_tests_that_exist():
    page = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))
    names, places = set(re.findall(r"`(test_\w+)`", page)), set(re.findall(r"`(tests/[\w/.]+)`", page))
    assert len(names) > 10
    assert {name for name in names if f"def {name}(" not in code} == set()
    assert {place for place in places if not (PROJECT / place).exists()} == set()
    assert "to be named" not in page
