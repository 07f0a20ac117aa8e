from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_conflict_place")]
    operations = [
        migrations.RenameField("reading", "poured_at", "applied_at"),
        migrations.RenameField("reading", "poured", "undo_data"),
    ]
