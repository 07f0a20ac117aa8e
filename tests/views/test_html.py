"""The HTML of every page, for every role: valid where it once was not, and with a style for each class."""

import re
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from tinycss2 import parse_rule_list

from alliance import static_files, style_sheet
from reports.models import Step
from reports.rules import workflow
from tests.cast import ROLES
from tests.views.test_access import PAGES

pytestmark = pytest.mark.django_db

FOR_ALL = ("/", "/help/", "/accessibility/", "/privacy/", "/verify/", "/sign-in/", "/password/reset/")
ELSEWHERE = ("/reports/BE/2014/submissions/1/", "/reports/BE/2014/review/1.1.A/", "/account/security/")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
BOOTSTRAP = "js-lib-bootstrap5/css/bootstrap.min.css"
# What the Nu HTML checker found in pages of the portal. It needs Java and half a minute, so it does not run here.
INVALID = {
    "aria on a hidden field": "//input[@type='hidden'][@*[starts-with(name(), 'aria-')]]",
    "autocomplete on a box": "//input[@type='checkbox' or @type='radio'][@autocomplete]",
    "a name of an empty id": "//*[@id='']",
}


@pytest.fixture(params=["draft", "sent in"])
def state(request, written, report, cast):
    if request.param == "sent in":
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    return request.param


def pages_of(client, cast, state):
    """Yield the address and the HTML of each page that somebody can open. All languages share the templates.

    While the report is a draft, the pages that the table of access refuses a role are left out: they are error pages,
    which are looked at in the other state.
    """
    for role in ROLES:
        client.force_login(cast[role])
        named = [
            reverse(name, args=arguments)
            for name, (arguments, expected) in PAGES.items()
            if state == "sent in" or expected[role] == 200
        ]
        for address in (*FOR_ALL, *ELSEWHERE, *(address for address in named if address.endswith("/"))):
            answer = client.get(address)
            if answer.get("Content-Type", "").startswith("text/html") and answer.content:
                yield f"{address} for {role}", lxml.html.fromstring(answer.content.decode())


@pytest.fixture(scope="module")
def lost() -> set[str]:
    """The classes whose rules the set-up leaves out of Bootstrap."""
    whole = Path(finders.find(BOOTSTRAP)).read_text(encoding="utf-8")
    rules = parse_rule_list(whole, skip_comments=True, skip_whitespace=True)
    kept = "".join(style_sheet.purged(rules, style_sheet.words_in(static_files.makers_of_pages())))
    return set(CLASS.findall(whole)) - set(CLASS.findall(kept))


def test_pages_are_valid_and_no_class_lost_its_rule(client, state, cast, lost):
    assert len(lost) > 500
    pages = dict(pages_of(client, cast, state))
    assert len(pages) > 100
    for page, html in pages.items():
        for what, path in INVALID.items():
            found = [lxml.html.tostring(one, with_tail=False, encoding="unicode") for one in html.xpath(path)]
            assert not found, f"{what} on {page}"
        # Not by XPath, whose work for this would grow by the square.
        assert [name for name, times in Counter(html.xpath("//@id")).items() if times > 1] == [], page
        shown = {name for element in html.iter() for name in (element.get("class") or "").split()}
        assert not shown & lost, page
