"""`export_schema`: print the JSON Schema of a report's document, which docs/document.schema.json is a copy of."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reports.document.tree import Document


class Command(BaseCommand):
    help = "Prints the JSON Schema of a report's document."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(Document.model_json_schema(by_alias=True), indent=2))
