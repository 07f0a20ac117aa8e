"""The cast: the users and the report that most tests of rules and pages share."""

from dataclasses import dataclass

import pytest

BELGIUM = "BE"


@dataclass
class Cast:
    """Belgium's focal point and contributor, the focal point of the Netherlands, and the secretariat."""

    focal_point: object
    contributor: object
    other_country: object
    reviewer: object
    reader: object
    administrator: object

    def __getitem__(self, name):
        return getattr(self, name)


ROLES = ("focal_point", "contributor", "other_country", "reviewer", "reader", "administrator")
COUNTRIES = {"focal_point": BELGIUM, "contributor": BELGIUM, "other_country": "NL"}


@pytest.fixture
def framework(db):
    """Countries, targets, goals and forms. `tests/database.py` loads them once, so this only asks for the database."""


@pytest.fixture
def cast(framework):
    """The users, made with three queries: more than half of all tests begin here."""
    from django.contrib.auth.hashers import make_password

    from reports.models import Country, Membership, Role, User

    countries = Country.objects.in_bulk(COUNTRIES.values(), field_name="code")
    password = make_password("correct horse battery")
    users = [User(email=f"{role}@example.org", password=password, name=role.replace("_", " ")) for role in ROLES]
    people = dict(zip(ROLES, User.objects.bulk_create(users), strict=True))
    Membership.objects.bulk_create(
        Membership(
            user=user,
            role=Role.FOCAL_POINT if role == "other_country" else role,
            country=countries.get(COUNTRIES.get(role)),
        )
        for role, user in people.items()
    )
    return Cast(**people)


@pytest.fixture
def begin(cast):
    """Return a function that opens a report: Belgium's for 2014, or of another year or country."""
    from reports.models import Country, ReportingForm
    from reports.rules import workflow

    def begin_report(year=2014, code=BELGIUM):
        return workflow.open_report(ReportingForm.objects.get(year=year), Country.objects.get(code=code))

    return begin_report


@pytest.fixture
def command(db):
    """The user that a command of the server acts as: it writes in every country's open report."""
    from reports.rules import imports

    user = imports.importer()
    user.is_server_command = True
    return user


@pytest.fixture
def report(begin):
    return begin(2014)


@pytest.fixture
def section(report):
    """Section 2.1.A of Belgium's report for 2014."""
    return report.sections.get(question__code="2.1.A")


@pytest.fixture
def written(section, cast):
    """A Dutch contribution to `section`, by the focal point."""
    from reports.rules import writing

    return writing.add_contribution(
        section, "<p>De wet is in werking.</p>", by=cast.focal_point, language="nl", authority="Justitie"
    )
