"""The kind of an uploaded file, what people decide before its import, and more than one loose line in a paragraph.

Files that were read before were text, and their loose lines the only ones with their number.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORMATS = [
    ("text", "Text file"),
    ("word", "Word file"),
    ("opendocument", "OpenDocument file"),
    ("rtf", "RTF file"),
    ("web", "Web page"),
    ("pdf", "PDF file"),
    ("json", "Data of the portal (JSON)"),
]
UNITS = [("line", "Line"), ("paragraph", "Paragraph"), ("page", "Page")]
USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [("reports", "0018_factor_reset")]
    operations = [
        migrations.AddField("upload", "format", models.CharField(max_length=12, choices=FORMATS, default="text")),
        migrations.AddField("upload", "unit", models.CharField(max_length=10, choices=UNITS, default="line")),
        migrations.AddField("upload", "choices", models.JSONField(default=dict)),
        migrations.AddField("upload", "languages", models.JSONField(default=dict)),
        migrations.AddField(
            "upload",
            "applied_by",
            models.ForeignKey(USER, django.db.models.deletion.PROTECT, null=True, related_name="+"),
        ),
        migrations.AddField("looseline", "part", models.PositiveIntegerField(default=1)),
        migrations.AddField("looseline", "page", models.PositiveIntegerField(default=0)),
        migrations.AlterModelOptions("looseline", options={"ordering": ["line", "part"]}),
        migrations.RemoveConstraint("looseline", "loose_line_once"),
        migrations.AddConstraint(
            "looseline", models.UniqueConstraint(fields=["upload", "line", "part"], name="loose_line_once")
        ),
    ]
