"""Addresses in one form, counts of tries, and links that are kept as a hash.

Accounts that would then have the same address stop the migration, and are named. Links of invitations that were sent
before can no longer be used: who invited sends the invitation again.
"""

import unicodedata

import django.db.models.deletion
import idna
from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models.functions import Lower

KINDS = [
    ("reports", "A report is sent in, returned, accepted or published"),
    ("questions", "Questions of the secretariat and their answers"),
    ("approvals", "Approvals requested and given"),
    ("deadlines", "Reminders of a due date"),
    ("invitation", "Invitations"),
    ("roles", "Roles and accounts"),
    ("security", "Changes to how you sign in"),
]


def one_form(address):
    visible = "".join(char for char in address if unicodedata.category(char) != "Cf").strip()
    local, _at, domain = unicodedata.normalize("NFKC", visible).rpartition("@")
    try:
        return f"{local.lower()}@{idna.encode(idna.decode(domain, uts46=True)).decode()}"
    except (idna.IDNAError, UnicodeError):
        return visible.lower()


def bring_into_one_form(apps, schema_editor):
    User = apps.get_model("reports", "User")
    kept = {}
    for user in User.objects.order_by("pk"):
        kept.setdefault(one_form(user.email), []).append(user)
    alike = [users for users in kept.values() if len(users) > 1]
    if alike:
        lines = ["; ".join(f"{user.email!r} (account {user.pk})" for user in users) for users in alike]
        raise CommandError(
            "These accounts have one and the same address, in different spellings. Nothing was changed. Give all but "
            "one of them another address in the version of the portal that ran until now, then migrate again:\n"
            + "\n".join(lines)
        )
    for address, (user,) in kept.items():
        if user.email != address:
            User.objects.filter(pk=user.pk).update(email=address)


def empty_sent_mails(apps, schema_editor):
    apps.get_model("reports", "Mail").objects.exclude(sent_at=None).update(text="", html="")


class Migration(migrations.Migration):
    dependencies = [("reports", "0016_audit_event")]
    operations = [
        migrations.CreateModel(
            "RateLimit",
            [
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("begins", models.FloatField(db_index=True)),
                ("tries", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "InvitationLink",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, django.db.models.deletion.CASCADE, related_name="+"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "AddressChange",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old", models.EmailField(max_length=254)),
                ("new", models.EmailField(max_length=254)),
                ("old_hash", models.CharField(max_length=64, unique=True)),
                ("new_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("old_at", models.DateTimeField(null=True)),
                ("new_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, django.db.models.deletion.CASCADE, related_name="+"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="address_change_confirmed_twice",
                        condition=models.Q(done_at__isnull=True)
                        | models.Q(old_at__isnull=False, new_at__isnull=False),
                    )
                ]
            },
        ),
        migrations.AddField("mail", "address", models.EmailField(blank=True, max_length=254)),
        migrations.AlterField("mail", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.RunPython(bring_into_one_form, migrations.RunPython.noop),
        migrations.RunPython(empty_sent_mails, migrations.RunPython.noop),
        migrations.AddConstraint("user", models.UniqueConstraint(Lower("email"), name="user_email_once")),
    ]
