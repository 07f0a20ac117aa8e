"""An uploaded file is called Upload, and its document is applied to the report. No data changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_conflict_place")]
    operations = [
        migrations.RemoveConstraint("looseline", "loose_line_once"),
        migrations.RenameModel("Reading", "Upload"),
        migrations.RenameField("upload", "poured_at", "applied_at"),
        migrations.RenameField("upload", "poured", "undo_data"),
        migrations.RenameField("looseline", "reading", "upload"),
        migrations.RenameField("revision", "reading", "upload"),
        migrations.AlterField(
            "upload",
            "by",
            models.ForeignKey(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, related_name="uploads"),
        ),
        migrations.AlterField(
            "upload",
            "report",
            models.ForeignKey("reports.report", django.db.models.deletion.CASCADE, related_name="uploads"),
        ),
        migrations.AddConstraint(
            "looseline", models.UniqueConstraint(fields=["upload", "line"], name="loose_line_once")
        ),
    ]
