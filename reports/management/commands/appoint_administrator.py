"""`appoint_administrator EMAIL`: make somebody an administrator of the secretariat, as for the very first one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from reports.document.problem import Problem
from reports.rules import administration


class Command(BaseCommand):
    help = (
        "Gives a person the role of administrator of the secretariat, and tells all other administrators. A new person "
        "chooses a password with the link that this prints. All other people are invited on the pages of the portal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", help="the name, as colleagues will see it")
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user, key = administration.appoint_administrator(
                options["email"], name=options["name"], language=options["language"]
            )
        except ValidationError as error:
            raise CommandError(f"{options['email']}: {' '.join(error.messages)}") from error
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{user.email} is an administrator of the secretariat.")
        if key:
            link = settings.SITE_URL + reverse("invitation", args=[key])
            self.stdout.write(f"Choose a password here, once, within 14 days: {link}")
