"""What the set-up makes of scripts and style sheets."""

import json
import re
import shutil
from pathlib import Path

import pytest
import tinycss2
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from alliance import static_files, style_sheet

SCRIPT = "js/saving/autosave.js"
IMPORTED = re.compile(r"""(?:from|import)\s*["']([^"']+)["']""")


def purged(css: str, *used: str) -> str:
    return "".join(style_sheet.purged(tinycss2.parse_stylesheet(css), set(used)))


@pytest.fixture
def collect(settings, tmp_path):
    """Return a function that makes the static files in an empty folder and returns the manifest's names."""
    settings.STATIC_FILES, settings.STATIC_ROOT = "made", tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "alliance.static_files.BundledStorage"}}
    # The names are the same without the compressed files, which take most of the time: the journeys ask for those.
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS, "css", "js", "svg"]

    def make() -> dict[str, str]:
        call_command(
            "collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.min.js", "admin", "modeltranslation"]
        )
        return json.loads((tmp_path / "staticfiles.json").read_text())["paths"]

    return make


def test_a_rule_without_a_used_class_is_left_out():
    assert purged(".row{a:b}.col,.card>p{c:d}", "card") == ".card>p{c:d}"
    assert purged("@media print{.row{a:b}}p{c:d}") == "p{c:d}"
    assert purged("[data-bs-theme=dark]{a:b}[type=button]{c:d}") == "[type=button]{c:d}"


def test_a_class_in_brackets_does_not_cost_a_rule():
    assert purged(".btn:not(.row){a:b}", "btn") == ".btn:not(.row){a:b}"


def test_a_script_and_all_it_imports_have_hashes(collect, tmp_path):
    if not shutil.which("esbuild"):
        pytest.skip("there is no esbuild (apt-get install esbuild)")
    names = collect()
    seen, todo = set(), {names[script] for script in static_files.scripts_of_pages()}
    while todo:
        name = todo.pop()
        seen.add(name)
        assert re.search(r"\.[0-9a-f]{12}\.js$", name)
        text = (tmp_path / name).read_text(encoding="utf-8")
        found = IMPORTED.findall(text) if "django_prose_editor" not in name else []
        todo |= {str((Path(name).parent / address).as_posix()) for address in found} - seen
    assert len([name for name in seen if "django_prose_editor" in name]) == 1


def test_without_esbuild_scripts_keep_their_names(collect, monkeypatch):
    monkeypatch.setattr(static_files.shutil, "which", lambda name: None)
    names = collect()
    assert names[SCRIPT] == SCRIPT
    assert names["django_prose_editor/editor.js"] == "django_prose_editor/editor.js"
    assert names["pages.css"].startswith("pages.bundled.")


def test_a_server_without_static_files_says_how_to_make_them(settings, tmp_path):
    settings.STATIC_FILES, settings.STATIC_ROOT = "made", tmp_path
    with pytest.raises(ImproperlyConfigured, match=re.escape("-m alliance.steps.prepare")):
        static_files.check()
