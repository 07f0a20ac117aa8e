"""A role that only reads and approves, and a message that the inviter writes to an invited person.

Existing roles stay as they are, with an empty message.
"""

from django.db import migrations, models

ROLES = [
    ("contributor", "Contributor"),
    ("approver", "Approver"),
    ("focal_point", "Focal point"),
    ("reader", "Reader of the secretariat"),
    ("reviewer", "Reviewer"),
    ("administrator", "Administrator of the secretariat"),
]
COUNTRY_FITS_ROLE = models.CheckConstraint(
    name="membership_country_fits_role",
    condition=models.Q(country__isnull=False, role__in=("contributor", "approver", "focal_point"))
    | models.Q(country__isnull=True, role__in=("reader", "reviewer", "administrator")),
    violation_error_message=(
        "Contributors, approvers and focal points belong to a country; the secretariat's roles to none."
    ),
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0023_in_hand")]
    operations = [
        migrations.RemoveConstraint("membership", "membership_country_fits_role"),
        migrations.AddField("membership", "message", models.TextField(blank=True, editable=False)),
        migrations.AlterField(
            "membership", "role", models.CharField(choices=ROLES, max_length=20, verbose_name="role")
        ),
        migrations.AlterField("rolelog", "role", models.CharField(choices=ROLES, max_length=20)),
        migrations.AddConstraint("membership", COUNTRY_FITS_ROLE),
    ]
