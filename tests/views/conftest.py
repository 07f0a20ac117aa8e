"""Who reads, and what was sent in, for the tests of reading and deciding."""

import pytest


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.reviewer)
    return client


@pytest.fixture
def sent(written, report, cast):
    from tests.views.road import send_in  # the models cannot be loaded yet when this file is

    return send_in(report, cast)
