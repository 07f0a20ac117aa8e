"""The demonstration: a few people, blank reports of Belgium, and forms that are read by the real readers."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports.models import Country, Mail, Membership, ReportingForm, Role, Step, User
from reports.rules import imports, roles, workflow
from reports.writers import pdf_seal


@transaction.atomic
def load(folder: Path, password: str) -> list[tuple[User, str]]:
    """Create the people of `folder`/demo.json with this password, and begin, read and send in its reports.

    Return each person with a line about their roles. Raise Problem if a file cannot be read; then nothing is created.
    """
    if not settings.SEAL_FILE.exists():
        pdf_seal.make_demo_key(settings.SEAL_FILE)
    demo = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    for row in demo["forms"]:
        set_days(**row)
    people = [person(**row, password=password) for row in demo["people"]]
    for row in demo["reports"]:
        form, country = ReportingForm.objects.get(year=row["year"]), Country.objects.get(code=row["country"])
        report = workflow.open_report(form, country)
        if "file" in row:
            data = (folder / row["file"]).read_bytes()
            imports.import_file(data, row["file"], form=form, country=country, by=focal_point(country))
        if row.get("sent_in"):
            workflow.take_step(report, Step.SEND_IN, by=focal_point(country))
    Mail.objects.all().delete()  # they would tell people about a demonstration
    return [(user, roles.describe(user)) for user in people]


def set_days(*, year: int, opens: int, due: int) -> None:
    """Set the days of a form, in days from today, so that not every report of the demonstration is years late."""
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
