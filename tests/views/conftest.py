"""Who writes and who reads, and what was sent in."""

import pytest


@pytest.fixture
def anke(client, cast, report):
    """The focal point of a country with a report that is being written, signed in."""
    client.force_login(cast.focal_point)
    return client


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.reviewer)
    return client


@pytest.fixture
def sent(written, report, cast):
    from tests.views.steps import send_in  # the models cannot be loaded yet when this file is

    return send_in(report, cast)
