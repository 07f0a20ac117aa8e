"""Note for which country its reader gets an e-mail, also for those that are still pending."""

import django.db.models.deletion
from django.db import migrations, models


def set_country(apps, schema_editor):
    """Until now the link told it: to a report of the country, or to its review for the secretariat."""
    Country, Mail = apps.get_model("reports", "Country"), apps.get_model("reports", "Mail")
    pending = Mail.objects.filter(sent_at=None).exclude(text__contains="/review/")
    for country in Country.objects.all():
        pending.filter(text__contains=f"/reports/{country.code}/").update(country=country)


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_remark_message")]
    operations = [
        migrations.AddField(
            "mail",
            "country",
            models.ForeignKey("reports.country", django.db.models.deletion.CASCADE, null=True, related_name="+"),
        ),
        migrations.RunPython(set_country, migrations.RunPython.noop),
    ]
