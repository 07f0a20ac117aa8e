"""Dates in words: the first day of a month as each language writes it."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from reports.dates import date_format
from reports.models import ReportingForm
from tests.views.html import text

FIRST, ELEVENTH = datetime.date(2034, 10, 1), datetime.date(2034, 10, 11)


@pytest.mark.parametrize(
    ("language", "first", "eleventh"),
    [
        ("fr", "1er octobre 2034", "11 octobre 2034"),
        ("nl", "1 oktober 2034", "11 oktober 2034"),
        ("en", "1 October 2034", "11 October 2034"),
    ],
)
def test_the_first_of_a_month(language, first, eleventh):
    shown = Template("{{ day|date:'j F Y' }}, {{ day|date:'DATE_FORMAT' }}, {{ day|date:'c' }}, {{ day|date:'j' }}")
    with translation.override(language):
        assert [date_format(day, "DATE_FORMAT") for day in (FIRST, ELEVENTH)] == [first, eleventh]
        assert shown.render(Context({"day": FIRST})) == f"{first}, {first}, 2034-10-01, 1"
        assert Template("{{ day|date:'j F Y' }}").render(Context({"day": None})) == ""


@pytest.mark.django_db
def test_a_page_in_french_says_1er(client, cast, framework):
    ReportingForm.objects.filter(year=2014).update(opens=datetime.date(2034, 8, 1), due=FIRST)
    cast.reviewer.language = "fr"
    cast.reviewer.save()
    client.force_login(cast.reviewer)
    assert "1er octobre 2034" in text(client.get("/desk/2014/"))
