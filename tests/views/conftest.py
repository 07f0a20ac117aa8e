"""Who writes and who reads, and what was sent in."""

import pytest

from tests.views.kept_boxes import unkept_boxes


@pytest.fixture
def client(client, monkeypatch):
    """A client that fails for a page with a box whose text nothing keeps."""
    fetch = client.request

    def fetch_and_look(**request):
        page = fetch(**request)
        is_page = not page.streaming and page.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not request["PATH_INFO"].startswith("/administration/"):
            assert not unkept_boxes(page.content.decode()), request["PATH_INFO"]
        return page

    monkeypatch.setattr(client, "request", fetch_and_look)
    return client


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
