"""What a Word file of the portal says about its texts when it is uploaded again. Files that were read before say
nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_word_opening")]
    operations = [migrations.AddField("upload", "claims", models.JSONField(default=dict))]
