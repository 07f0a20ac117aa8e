"""The demonstration: a few people, Belgium's reports begun and blank, and forms read in through the real reader."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports.models import Country, Mail, Membership, ReportingForm, Role, Step, User
from reports.rules import imports, permissions, workflow
from reports.writers import pdf_seal


@transaction.atomic
def load(folder: Path, password: str) -> list[tuple[User, str]]:
    """Makes the people of `folder`/demo.json with this password, then begins, reads and sends in its reports.

    Returns each person with a line about them. Raises Problem when a file cannot be placed; then nothing is made.
    """
    if not settings.SEAL_FILE.exists():
        pdf_seal.make_demo_key(settings.SEAL_FILE)
    demo = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    for row in demo["forms"]:
        begin(**row)
    people = [person(**row, password=password) for row in demo["people"]]
    for row in demo["reports"]:
        form, country = ReportingForm.objects.get(year=row["year"]), Country.objects.get(code=row["country"])
        report = workflow.open_report(form, country)
        if "file" in row:
            data = (folder / row["file"]).read_bytes()
            imports.import_file(data, row["file"], form=form, country=country, by=focal_point(country))
        if row.get("sent_in"):
            workflow.take_step(report, Step.SEND_IN, by=focal_point(country))
    Mail.objects.all().delete()  # nobody hears of what is only shown
    return [(user, permissions.describe(user)) for user in people]


def begin(*, year: int, opens: int, due: int) -> None:
    """Lays the days of a form so many days from today: where everything is years late, there is little to see."""
    today = timezone.localdate()
    days = {"opens": today + timedelta(days=opens), "due": today + timedelta(days=due)}
    ReportingForm.objects.filter(year=year).update(**days)


def person(*, email: str, name: str, language: str, role: str, country: str | None, password: str) -> User:
    user = User.objects.create_user(email, password, name=name, language=language)
    user.is_staff = user.is_superuser = role == Role.ADMINISTRATOR
    user.save()
    of = Country.objects.get(code=country) if country else None
    Membership.objects.create(user=user, role=role, country=of)
    return user


def focal_point(country: Country) -> User:
    return User.objects.get(memberships__country=country, memberships__role=Role.FOCAL_POINT)
