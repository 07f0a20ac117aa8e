"""Add the audit trail. No data change."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEPT = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [("reports", "0015_values_and_heartbeat")]
    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("event", models.CharField(max_length=40)),
                ("person", models.ForeignKey(to=settings.AUTH_USER_MODEL, **KEPT)),
                ("about", models.ForeignKey(to=settings.AUTH_USER_MODEL, **KEPT)),
                ("country", models.ForeignKey(to="reports.country", **KEPT)),
                ("report", models.ForeignKey(to="reports.report", **KEPT)),
                ("submission", models.ForeignKey(to="reports.submission", **KEPT)),
                ("address", models.GenericIPAddressField(null=True)),
                ("request", models.CharField(blank=True, max_length=20)),
                ("detail", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["event", "at"], name="audit_event_at")],
            },
        ),
    ]
