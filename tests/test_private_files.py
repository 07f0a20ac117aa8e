"""Nothing of the portal's is readable by other users of the computer, whatever umask its processes start with."""

import os
import sqlite3
import subprocess
import sys
import urllib.request

import pytest

from alliance import private_files
from tests.portal import PROJECT, USUAL_UMASK, Portal, copy_filled

SEND_IN = """
from reports.models import Report, Step, User
from reports.rules import workflow
report = Report.objects.get(country__code="BE", form__year=2014)
workflow.take_step(report, Step.SEND_IN, by=User.objects.get(email="focalpoint.be@example.org"))
"""


@pytest.fixture(autouse=True)
def usual_umask():
    before = os.umask(USUAL_UMASK)
    yield
    os.umask(before)


def readable_by_others(folder):
    """Return what others can read: nothing in a folder that they cannot enter."""
    found = []
    for path in folder.iterdir():
        if path.stat().st_mode & 0o007:
            found.append(path.name)
            if path.is_dir():
                found += readable_by_others(path)
    return found


def test_commands_and_server_write_private_files(tmp_path, filled_portal):
    """`migrate`, `load_fixtures` and `load_demo` made the files of the filled portal; a copy keeps their modes."""
    portal = Portal(tmp_path / "portal")
    copy_filled(filled_portal, portal.folder)
    assert set(readable_by_others(portal.folder)) == set()
    portal.run(SEND_IN)
    portal.start()
    try:
        urllib.request.urlopen(f"{portal.url}/health/ready/", timeout=30).close()
        assert (portal.folder / "portal.sqlite3-wal").exists()
        assert (portal.folder / "media").exists()
        assert (portal.folder / "demo-seal.p12").exists()
        assert set(readable_by_others(portal.folder)) == {"log"}  # this test wrote it
    finally:
        portal.stop()


def test_the_server_closes_files_of_an_earlier_version(tmp_path, filled_portal):
    portal = Portal(tmp_path / "portal")
    copy_filled(filled_portal, portal.folder)
    for name, mode in (("portal.sqlite3", 0o644), ("media", 0o755), ("demo-seal.p12", 0o664)):
        (portal.folder / name).chmod(mode)
    portal.start()
    try:
        modes = [(portal.folder / name).stat().st_mode & 0o777 for name in ("portal.sqlite3", "media", "demo-seal.p12")]
        assert modes == [0o640, 0o750, 0o660]
    finally:
        portal.stop()


def test_set_up_closes_files_of_an_earlier_version(tmp_path):
    database, media = tmp_path / "portal.sqlite3", tmp_path / "media"
    sqlite3.connect(database).execute("CREATE TABLE kept (id)").connection.close()
    media.mkdir()
    database.chmod(0o644)
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "MEDIA_ROOT": str(media)}
    code = "import django; django.setup(); from alliance import private_files; private_files.make_private()"
    environment["DJANGO_SETTINGS_MODULE"] = "alliance.settings"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, check=True)
    assert readable_by_others(tmp_path) == []


def test_the_keys_of_this_folder_are_among_the_private_files():
    names = {path.name for path in private_files.paths()}
    assert {".secret-key", "demo-accounts.txt", "media"} <= names
