"""Translating a report of 105 texts, compared with reading its page where one writes."""

import json
import os
import random
import tempfile
from uuid import uuid4

from benchmarks.ratio import compare

TEXTS = 105
PARAGRAPHS = 8
SENTENCE = "de dienst politie magistraat opleiding wet in elk arrondissement werd besloten om na te gaan"
PAGE = "/reports/BE/2014/translate/fr/2.1.A/"


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/portal.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_fixtures", verbosity=0)
        measure()


def measure() -> None:
    from django.test import Client

    from reports.rules.translation_counts import tally_of_texts

    user, row = filled()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)

    def get(address: str) -> None:
        assert client.get(address).status_code == 200, address

    def count_anew() -> None:
        tally_of_texts.cache_clear()
        get(PAGE)

    def save() -> None:
        address = {"section": "2.1.A", "contribution": row.pk, "language": "fr", "place": 0, "original": 1, "base": 0}
        body = {"id": str(uuid4()), "user": user.pk, "html": f"<p>Texte {uuid4()}</p>", **address}
        body["base"] = row.revisions.filter(language="fr").count()
        answer = client.post(PAGE + "save/", json.dumps(body), content_type="application/json")
        assert answer.json()["outcome"] == "saved", answer.json()

    compare(
        {
            "the page where one writes": lambda: get("/reports/BE/2014/2.1/"),
            "the page of a translation": lambda: get(PAGE),
            "the page of a translation, everything counted anew": count_anew,
            "the page of the report, with its counts": lambda: get("/reports/BE/2014/"),
            "a save of one row": save,
        }
    )


def filled():
    """Return a focal point, and a text of the report for 2014 with others like it, a third of them translated; the
    report before it is translated as a whole."""
    from reports.models import Country, Membership, ReportingForm, Role, User
    from reports.rules import workflow, writing

    user = User.objects.create(email="focal@example.org", name="focal point")
    belgium = Country.objects.get(code="BE")
    Membership.objects.create(user=user, role=Role.FOCAL_POINT, country=belgium)
    chance = random.Random(1)
    first = None
    for year in (2013, 2014):
        report = workflow.open_report(ReportingForm.objects.get(year=year), belgium, by=user)
        sections = list(report.sections.order_by("question__position"))
        sections.sort(key=lambda section: section.code != "2.1.A")
        for number in range(TEXTS):
            row = writing.add_contribution(sections[number % len(sections)], text(chance), by=user, language="nl")
            if year == 2013 or number % 3 == 1:
                writing.save_text(row, text(chance), base=0, by=user, language="fr")
            if year == 2014 and first is None:
                first = row
    return user, first


def text(chance: random.Random) -> str:
    lines = [
        f"{' '.join(chance.choices(SENTENCE.split(), k=16))} {chance.randrange(1000)}." for _line in range(PARAGRAPHS)
    ]
    return "".join(f"<p>{line}</p>" for line in lines)
