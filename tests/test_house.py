"""The house keeps its order: imports run one way, files stay short, a year is data, no registry is named."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
REPORTS = PROJECT / "reports"
ABOVE = {"rules", "forms", "views", "urls", "admin", "tasks"}
# What each room must not know. Models and document are the ground floor; see README, "How the house is built".
UNKNOWN_TO = {
    "document": {"models", "readers", "writers", "notifications", *ABOVE},
    "models": {"document", "readers", "writers", "notifications", *ABOVE},
    "readers": {"models", "writers", "notifications", *ABOVE},
    "writers": {"models", "readers", "notifications", *ABOVE},
    "notifications": {"readers", "writers", *ABOVE},
    "rules": {"forms", "views", "urls", "admin", "tasks"},
    "forms": {"views", "urls", "admin"},
}
REGISTRIES = re.compile(r"\b(pypi|pythonhosted|npmjs|debian)\.(org|com|net)\b", re.IGNORECASE)


def modules_of(room: str) -> list[Path]:
    return [*sorted((REPORTS / room).rglob("*.py")), *REPORTS.glob(f"{room}.py")]


def imported_by(module: Path) -> set[str]:
    """Full names of everything a module imports, also inside its functions."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = module.relative_to(PROJECT).with_suffix("").parts
            base = ".".join(parts[: -node.level]) if node.level else ""
            source = ".".join(filter(None, (base, node.module)))
            names |= {f"{source}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("room", UNKNOWN_TO)
def test_imports_run_one_way(room):
    for module in modules_of(room):
        known = {name.split(".")[1] for name in imported_by(module) if name.startswith("reports.")}
        assert not known & UNKNOWN_TO[room], f"{module.relative_to(PROJECT)} imports {known & UNKNOWN_TO[room]}"


def test_a_document_needs_no_django():
    for module in modules_of("document"):
        assert not any(name.split(".")[0] == "django" for name in imported_by(module)), module


def test_migrations_import_nothing_of_reports():
    """A migration must do the same in every later version, so it keeps its own copy of what it needs."""
    for module in modules_of("migrations"):
        assert not any(name.split(".")[0] == "reports" for name in imported_by(module)), module


def test_files_stay_short():
    modules = [path for room in ("reports", "alliance") for path in (PROJECT / room).rglob("*.py")]
    limits = {path: 300 for path in modules if "migrations" not in path.parts}
    limits |= dict.fromkeys((PROJECT / "templates").rglob("*.html"), 130)
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    long = {str(path.relative_to(PROJECT)): lengths[path] for path in limits if lengths[path] > limits[path]}
    assert not long


def test_no_template_asks_which_year_it_is():
    asks = re.compile(r"{%\s*(el)?if\b[^%]*(\byear\s*(==|!=|<|>|in\b)|\b20\d\d\b)")
    guilty = [path for path in (PROJECT / "templates").rglob("*") if path.is_file() and asks.search(text_of(path))]
    assert not guilty


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_registry():
    rooms = ("alliance", "reports", "tests", "templates", "benchmarks", ".ci")
    files = [path for room in rooms for path in (PROJECT / room).rglob("*") if path.suffix in (".py", ".html", "")]
    files += [path for pattern in ("*.txt", "*.in", "*.toml", "*.md", "Makefile") for path in PROJECT.glob(pattern)]
    assert not [path for path in files if path.is_file() and REGISTRIES.search(text_of(path))]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_requirements_are_locked_and_name_no_index(name):
    lines = (PROJECT / name).read_text().splitlines()
    packages = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z]", line)]
    assert packages
    assert all("==" in lines[number] and "--hash=sha256:" in lines[number + 1] for number in packages)
    assert not any("://" in line or line.startswith("-") for line in lines)
    # Django would prefer psycopg 3 wherever it can be imported.
    assert not any(re.match(r"psycopg\b(?!2)", line) for line in lines)


def test_tools_are_told_the_oldest_python():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
