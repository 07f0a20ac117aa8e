"""The static files as a server sends them: put together, with a hash in each name, and compressed (ADR 29).

`collectstatic` makes them in STATIC_ROOT, and the set-up calls it. Nothing of this is in the repository.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from alliance import style_sheet
from alliance.steps.ground import write_atomically

STAMP = ".made"
SHEET, WHOLE_SHEET = "pages.css", "pages.bundled.css"
MODULES = "js/"
# js/editor/editor.js is put together as bundled-js-editor-editor.js. Not in a folder: esbuild 0.17 writes the addresses
# of files that stay apart as seen from the root.
BUNDLE = "bundled-"
# Tiptap stays a file of its own: it changes less often than the portal's scripts.
TIPTAP = "django_prose_editor/editor.js"
STATED = re.compile(r"""{%\s*static\s+['"](js/[\w/-]+\.js)['"]""")
# Apps that make parts of the portal's pages, besides `reports`.
MAKERS = ("crispy_forms", "crispy_bootstrap5", "allauth", "django_prose_editor")
# What no page of the portal asks for. Django's administration has its own style.
UNUSED = ("bootstrap-*", "bootstrap.css*", "bootstrap.rtl*", "bootstrap.*.js*", "bootstrap.js*", "*.rtl.min.css*")


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Serve each script of a page and the style sheet in one piece, under the name that templates use.

    A module that a script imports is part of it, or of a piece that several scripts share, so that it still runs only
    once. Without esbuild the modules stay as they are, under their own names: Django cannot put hashes into modules
    that import each other.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (f"{BUNDLE}*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
    bundled: dict[str, str] = {}

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            root = Path(self.location)
            self.bundled = {**bundle_scripts(root), **bundle_sheet(root)}
            for made in (WHOLE_SHEET, *(file.name for file in root.glob(f"{BUNDLE}*.js"))):
                paths[made] = (self, made)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def save_manifest(self) -> None:
        apart = len(self.bundled) == 1  # the style sheet alone: there is no esbuild
        for name in self.hashed_files:
            if name.startswith(MODULES) or (apart and name == TIPTAP):
                self.hashed_files[name] = name
        for name, made in self.bundled.items():
            self.hashed_files[name] = self.hashed_files[made]
        super().save_manifest()

    def compress_files(self, paths: Any) -> Iterator[tuple[str, str]]:
        """Compress what a page can name, unless an earlier set-up did: it takes most of the time."""
        served = set(self.hashed_files.values())
        yield from super().compress_files([name for name in served if not self.is_compressed(name)])

    def is_compressed(self, name: str) -> bool:
        file = Path(self.path(name))
        made = file.with_name(f"{file.name}.gz")
        has_hash = self.hashed_files.get(name) != name
        return made.exists() and (has_hash or made.stat().st_mtime >= file.stat().st_mtime)


def bundle_scripts(root: Path) -> dict[str, str]:
    """Put the scripts that templates name together with the modules they import; return the names of both."""
    for old in root.glob(f"{BUNDLE}*.js"):
        old.unlink()
    program = shutil.which("esbuild")
    scripts = {name: f"{BUNDLE}{name.replace('/', '-')}" for name in scripts_of_pages() if (root / name).exists()}
    if not program or not scripts:
        return {}
    entries = [f"{made.removesuffix('.js')}={name}" for name, made in scripts.items()]
    options = ["--bundle", "--splitting", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none"]
    places = ["--outdir=.", f"--chunk-names={BUNDLE}[hash]", f"--external:./{TIPTAP}"]
    subprocess.run([program, *entries, *options, *places, "--log-level=warning"], cwd=root, check=True)
    return scripts


def bundle_sheet(root: Path) -> dict[str, str]:
    text = style_sheet.flattened(root / SHEET, style_sheet.words_in(makers_of_pages()))
    (root / WHOLE_SHEET).write_text(text, encoding="utf-8")
    return {SHEET: WHOLE_SHEET}


def scripts_of_pages() -> list[str]:
    """Return the modules that the portal's templates name."""
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    return sorted({name for file in templates for name in STATED.findall(file.read_text(encoding="utf-8"))})


def makers_of_pages() -> Iterator[Path]:
    """Yield the files that can contain a class of a page."""
    folders = [
        (settings.BASE_DIR / "templates", "*.html"),
        (settings.BASE_DIR / "static" / "js", "*.js"),
        (settings.BASE_DIR / "reports", "*.py"),
    ]
    for name in MAKERS:
        folder = Path(apps.get_app_config(name).path)
        folders += [(folder, "*.html"), (folder, "*.py")]
    for folder, pattern in folders:
        yield from sorted(folder.rglob(pattern))


def collect() -> None:
    """Make the files that the server sends, unless nothing they depend on has changed since the last time."""
    if settings.STATIC_FILES != "made":
        return
    stamp = Path(settings.STATIC_ROOT) / STAMP
    state = state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=[*UNUSED])
    write_atomically(stamp, state)


def state_of_sources() -> str:
    """Return a hash of the name, time and size of every file on which the collected ones depend."""
    files = {*makers_of_pages(), *(settings.BASE_DIR / "alliance").glob("*.py")}
    for finder in finders.get_finders():
        files |= {Path(storage.path(name)) for name, storage in finder.list(UNUSED)}
    found = sorted((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return hashlib.sha256(repr((found, shutil.which("esbuild"))).encode()).hexdigest()


def check() -> None:
    """Raise ImproperlyConfigured if the files to send were never made: every page would be an error."""
    if settings.STATIC_FILES == "made" and not (Path(settings.STATIC_ROOT) / STAMP).exists():
        raise ImproperlyConfigured(
            "The static files are missing. Make them with `.venv/bin/python -m alliance.steps.prepare`."
        )
