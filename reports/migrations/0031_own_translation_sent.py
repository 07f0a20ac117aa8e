"""A save of the secretariat's translation keeps the row as it was sent, if merging changed it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0030_conflict_key")]

    operations = [
        migrations.AddField(
            model_name="owntranslation",
            name="sent",
            field=models.TextField(blank=True, default=""),
        ),
    ]
