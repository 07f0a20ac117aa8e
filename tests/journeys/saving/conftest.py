"""One portal, and the people who write in it."""

import contextlib
import os
import shutil
import sqlite3

import pytest

from tests.journeys.saving.pages import ANKE, LUC, opened
from tests.portal import Portal, template


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One portal for all of these tests."""
    base = tmp_path_factory.getbasetemp()
    filled = template(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base, demo=True)
    portal = Portal(tmp_path_factory.mktemp("saving") / "portal")
    shutil.copytree(filled, portal.folder)
    shutil.copy(portal.database_path, portal.folder / "demo.sqlite3")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(autouse=True)
def blank(server):
    """Everything is as the demo brought it, and everybody reads English."""
    demo, database = sqlite3.connect(server.folder / "demo.sqlite3"), sqlite3.connect(server.database_path)
    with contextlib.closing(demo), contextlib.closing(database), database:
        demo.backup(database)
        database.execute("UPDATE reports_user SET language = 'en'")


@pytest.fixture
def anke(server, page):
    return opened(server, page, ANKE)


@pytest.fixture
def luc(server, open_page):
    """Somebody of the same country, at another computer."""
    return lambda: opened(server, open_page(), LUC)
