"""`load_fixtures`: load the countries, the framework and every form of fixtures/ into an empty database."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from reports.models import Country


class Command(BaseCommand):
    help = "Loads countries, framework and forms into an empty database; does nothing in any other."

    def handle(self, *args: Any, **options: Any) -> None:
        if Country.objects.exists():
            return
        forms = sorted(file.stem for file in settings.FIXTURE_DIRS[0].glob("form-*.json"))
        call_command("loaddata", "countries", "framework", *forms, verbosity=0)
        self.stdout.write(f"Loaded countries, framework and the forms {', '.join(forms)}.")
