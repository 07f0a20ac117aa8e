"""Rename what is said in a remark to RemarkMessage. No data changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_wording")]
    operations = [
        migrations.RenameModel("Saying", "RemarkMessage"),
        migrations.AlterField(
            "remarkmessage",
            "remark",
            models.ForeignKey("reports.remark", django.db.models.deletion.CASCADE, related_name="messages"),
        ),
        migrations.RenameIndex("revision", "revision_by_time", old_name="revision_lately"),
    ]
