"""`export_schema`: prints the JSON Schema of a report's document, as docs/document.schema.json has it."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reports.document.tree import Document


class Command(BaseCommand):
    help = "Prints the JSON Schema of a report's document."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(Document.model_json_schema(by_alias=True), indent=2))
