"""The people who write in one report."""

import pytest

from tests.journeys.saving.pages import ANKE, LUC, open_goal


@pytest.fixture
def server(server):
    """The portal, in English for everybody."""
    server.set_language("en")
    return server


@pytest.fixture
def anke(server, page):
    return open_goal(server, page, ANKE)


@pytest.fixture
def luc(server, open_page):
    """Open the page of somebody of the same country, at another computer."""
    return lambda: open_goal(server, open_page(), LUC)
