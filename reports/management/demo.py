"""The demonstration: a few people, Belgium's reports begun and blank, and forms read in through the real reader."""

from pathlib import Path

from django.db import transaction

from reports.models import Country, Membership, ReportingForm, Role, Step, User
from reports.rules import imports, permissions, workflow

PEOPLE = (
    ("focalpoint.be@example.org", "Anke Peeters", "nl", Role.FOCAL_POINT, "BE"),
    ("police.be@example.org", "Luc Lambert", "fr", Role.CONTRIBUTOR, "BE"),
    ("focalpoint.nl@example.org", "Sanne de Wit", "nl", Role.FOCAL_POINT, "NL"),
    ("focalpoint.lu@example.org", "Claire Weber", "fr", Role.FOCAL_POINT, "LU"),
    ("reviewer@example.org", "Ruth Miller", "en", Role.REVIEWER, None),
    ("reader@example.org", "Paul Novak", "en", Role.READER, None),
    ("administrator@example.org", "Ada Rossi", "en", Role.ADMINISTRATOR, None),
)
BEGUN = (("BE", 2013), ("BE", 2014))
SENT_IN = (("NL", 2013), ("LU", 2014))


@transaction.atomic
def load(folder: Path, password: str) -> list[tuple[User, str]]:
    """Makes the demo's people with this password, begins and fills reports from `folder`'s "country-year.txt" files.

    Returns each person with a line about them. Raises Problem when a file cannot be placed; then nothing is made.
    """
    people = [person(*row, password=password) for row in PEOPLE]
    for code, year in BEGUN:
        workflow.open_report(ReportingForm.objects.get(year=year), Country.objects.get(code=code))
    for file in sorted(folder.glob("*-[0-9]*.txt")):
        name, year = file.stem.rsplit("-", 1)
        country = Country.objects.get(name_en__iexact=name.replace("-", " "))
        result = imports.import_file(
            file.read_bytes(),
            file.name,
            form=ReportingForm.objects.get(year=int(year)),
            country=country,
            by=focal_point(country),
        )
        if (country.code, int(year)) in SENT_IN:
            workflow.take_step(result.report, Step.SEND_IN, by=focal_point(country))
    return [(user, permissions.describe(user)) for user in people]


def person(email: str, name: str, language: str, role: Role, code: str | None, *, password: str) -> User:
    user = User.objects.create_user(email, password, name=name, language=language)
    user.is_staff = user.is_superuser = role == Role.ADMINISTRATOR
    user.save()
    country = Country.objects.get(code=code) if code else None
    Membership.objects.create(user=user, role=role, country=country)
    return user


def focal_point(country: Country) -> User:
    return User.objects.get(memberships__country=country, memberships__role=Role.FOCAL_POINT)
