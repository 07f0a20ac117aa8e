"""The users who write in one report."""

import pytest

from tests.journeys.saving.pages import ANKE, LUC, open_goal


@pytest.fixture
def server(server):
    """The portal, in English for every user."""
    server.set_language("en")
    return server


@pytest.fixture
def anke(server, page):
    return open_goal(server, page, ANKE)


@pytest.fixture
def luc(server, open_page):
    """Return a function that opens the page as a colleague, in another browser."""
    return lambda: open_goal(server, open_page(), LUC)
