"""Requests to remove the second factors of a person who lost a device, and e-mails about how somebody signs in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL
KINDS = [
    ("reports", "A report is sent in, returned, accepted or published"),
    ("questions", "Questions of the secretariat and their answers"),
    ("approvals", "Approvals requested and given"),
    ("deadlines", "Reminders of a due date"),
    ("invitation", "Invitations"),
    ("roles", "Roles and accounts"),
    ("security", "Changes to how you sign in"),
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_door")]
    operations = [
        migrations.AlterField("mail", "kind", models.CharField(max_length=20, choices=KINDS)),
        migrations.CreateModel(
            "FactorReset",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("confirmed", models.BooleanField(default=False)),
                ("user", models.ForeignKey(USER, django.db.models.deletion.PROTECT, related_name="factor_resets")),
                ("asked_by", models.ForeignKey(USER, django.db.models.deletion.PROTECT, related_name="+")),
                ("decided_by", models.ForeignKey(USER, django.db.models.deletion.PROTECT, null=True, related_name="+")),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(name="factor_reset_of_another", condition=~Q(asked_by=F("user"))),
                    models.CheckConstraint(
                        name="factor_reset_by_two",
                        condition=Q(confirmed=False)
                        | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user"))),
                    ),
                    models.UniqueConstraint(
                        fields=["user"], condition=Q(decided_at__isnull=True), name="factor_reset_open_once"
                    ),
                ],
            },
        ),
    ]
