"""`load_demo`: load the demonstration into an empty SQLite database, and print its accounts."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reports.management import demo
from reports.models import User


class Command(BaseCommand):
    help = "Fills an empty SQLite database with a demonstration and prints its accounts; refuses any other."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("The demonstration is loaded into SQLite only, never into a real database.")
        if User.objects.exists():
            raise CommandError("There are people in this database, so no demonstration is loaded into it.")
        password = secrets.token_urlsafe(9)
        accounts = demo.load(settings.FIXTURE_DIRS[0] / "demo", password)
        self.stdout.write(f"Demo accounts, all with the password {password}")
        for user, role in accounts:
            self.stdout.write(f"  {user.email:<34} {role}")
