"""Rename the language of a PDF's form text. No data changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_mail_country")]
    operations = [migrations.RenameField("rendering", "frame", "form_language")]
