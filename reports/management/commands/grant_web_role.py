"""`grant_web_role NAME`: let the web process use a database role that owns nothing (PostgreSQL)."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from reports.models import web_role


class Command(BaseCommand):
    help = (
        "Gives a role of PostgreSQL what serving pages needs: it reads and writes rows, only adds to the append-only "
        "tables, and owns nothing. Run it with the owner's DATABASE_URL (or OWNER_DATABASE_URL) after the first "
        "migrate; later ones repeat it. A role that does not exist is created, with the password in "
        "WEB_ROLE_PASSWORD."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", metavar="NAME")

    def handle(self, *, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        if not web_role.owner(connection):
            raise CommandError("There are no tables yet: run `migrate` first.")
        if web_role.owner(connection) != web_role.current_role(connection):
            raise CommandError(f"Run this as {web_role.owner(connection)}, who owns the tables (OWNER_DATABASE_URL).")
        if not web_role.exists(connection, role):
            self.create(role)
        web_role.grant(connection, role)
        if excesses := web_role.excesses(connection, role):
            said = f"The role {role} may still {', '.join(excesses)}"
            raise CommandError(f"{said}. Let a superuser of the database take that right away.")
        self.stdout.write(f"{role} may read and write rows. Use it in DATABASE_URL of the server and its services.")

    def create(self, role: str) -> None:
        try:
            web_role.create(connection, role, os.environ.get("WEB_ROLE_PASSWORD", ""))
        except DatabaseError as error:
            raise CommandError(
                f"{role} cannot be created ({str(error).strip()}). Let a superuser of the database do it: "
                f"createuser --pwprompt {role}"
            ) from error
