"""Pages without a report: open pages, account pages and error pages."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path, reverse

from alliance.urls import handler400, handler403, handler404, handler500  # noqa: F401
from alliance.urls import urlpatterns as portal_urls
from reports.models import User
from reports.views import errors
from tests.accounts import html, make_anna, sign_in

LANGUAGES = [code for code, name in django_settings.LANGUAGES]


def refuse(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("denied/", refuse(PermissionDenied("Only the focal point sends a report in."))),
    path("malformed/", refuse(SuspiciousOperation("malformed"))),
    path("broken/", refuse(RuntimeError("broken"))),
    *portal_urls,
]


@pytest.fixture
def anna(db):
    return make_anna()


class Inline(HTMLParser):
    """Collect what a strict Content-Security-Policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        is_data = names.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in names and not is_data):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]


def blocked(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


OPEN_PAGES = [
    "/sign-in/", "/sign-in/closed/", "/password/reset/", "/password/reset/sent/", "/password/reset/done/",
    "/password/reset/key/1-none/", "/help/", "/accessibility/", "/privacy/",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_the_open_pages_work_in_every_language(client, django_assert_max_num_queries, address, language):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_max_num_queries(2):
        response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in html(response)
    assert re.search(rf'value="{language}" lang="{language}"[^>]*aria-current="true"', html(response))
    assert not blocked(html(response))
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/sign-out/", "/password/change/", "/help/", "/no/such/page/"])
def test_the_pages_of_an_account_work_in_every_language(client, anna, django_assert_max_num_queries, address, language):
    User.objects.update(language=language)
    client.force_login(anna)
    with django_assert_max_num_queries(7):
        response = client.get(address)

    assert response.status_code == (404 if "such" in address else 200)
    assert f'<html lang="{language}">' in html(response)
    assert 'action="/sign-out/"' in html(response)
    assert not blocked(html(response))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status"), [("/denied/", 403), ("/malformed/", 400), ("/no/such/page/", 404), ("/broken/", 500)]
)
def test_error_pages_say_what_to_do_in_every_language(address, status, language):
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    response = client.get(address)

    assert response.status_code == status
    assert f'<html lang="{language}">' in html(response)
    assert 'class="btn btn-primary"' in html(response)
    assert not blocked(html(response))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_refusal_gives_its_reason(client):
    assert "Only the focal point sends a report in." in html(client.get("/denied/"))


def test_a_missing_page_links_to_home_or_sign_in(client, anna):
    assert f'href="{reverse("account_login")}"' in html(client.get("/no/such/page/"))
    sign_in(client)
    assert f'href="{reverse("home")}"' in html(client.get("/no/such/page/"))


def test_the_server_error_page_needs_no_database(rf, caplog):
    """This test has no access to the database, so a query would fail."""
    page = html(errors.server_error(rf.get("/help/?page=2", headers={"accept-language": "fr"})))
    reference = re.search(r"\w{3}-\w{3}", caplog.text)[0]

    assert '<html lang="fr">' in page
    assert reference in page
    assert 'href="/help/?page=2"' in page
    assert django_settings.SECRETARIAT_EMAIL in page


@pytest.mark.parametrize(
    ("following", "lands"),
    [("/help/", "/help/"), ("desk", "desk"), ("nowhere", "nowhere"), ("//evil.example/", "/"), ("http://[", "/")],
)
def test_the_switch_of_language_leads_nowhere_else(client, db, following, lands):
    answer = client.post("/language/", {"language": "nl", "next": following})
    assert (answer.status_code, answer["Location"]) == (302, lands)


@pytest.mark.parametrize("page", ["/sign-in/", "/password/reset/"])
@pytest.mark.parametrize("following", ["http://[", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_else(client, anna, page, following):
    assert client.get(page, {"next": following}).status_code == 200
    assert sign_in(client, next=following)["Location"] == "/"


def test_a_length_that_is_no_number_is_no_error(client, db):
    assert client.get("/help/", headers={"content-length": "many"}).status_code == 200
