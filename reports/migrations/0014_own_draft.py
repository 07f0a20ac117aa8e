"""A country's draft is its own: who opened a submission, and nobody with roles on both sides."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Questions that exist were sent to their country when they were asked, so none becomes "unsent".
REMARK_STATES = [
    ("unsent", "Not sent yet"),
    ("open", "Open question"),
    ("answered", "Answered, not settled"),
    ("settled", "Settled"),
]
MAIL_KINDS = [
    ("reports", "A report is sent in, returned, accepted or published"),
    ("questions", "Questions of the secretariat and their answers"),
    ("approvals", "Approvals requested and given"),
    ("deadlines", "Reminders of a due date"),
    ("invitation", "Invitations"),
    ("roles", "Roles and accounts"),
]


def refuse_both_sides(apps, schema_editor):
    """Refuse while anybody has roles both in a country and at the secretariat, which no later version accepts.

    Nothing decides here which of the roles ends: that would take a focal point from a country, or an administrator from
    the secretariat, without anybody knowing.
    """
    Membership = apps.get_model("reports", "Membership")
    at_secretariat = Membership.objects.filter(country=None).values("user")
    both = Membership.objects.filter(user__in=at_secretariat).exclude(country=None).order_by("user__email")
    people = list(dict.fromkeys(both.values_list("user__email", flat=True)))
    if people:
        raise RuntimeError(
            f"These people have roles both in a country and at the secretariat: {', '.join(people)}. Nobody may have "
            "both. Nothing was changed. Start the version that was installed before, open its page “People”, end one "
            "of the two roles of each of them, and run `migrate` again."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0013_form_language'),
    ]

    operations = [
        migrations.RunPython(refuse_both_sides, migrations.RunPython.noop),
        migrations.AddField("rolelog", "by_secretariat", models.BooleanField(default=False)),
        migrations.AddField("user", "closed_at", models.DateTimeField(editable=False, null=True)),
        migrations.AlterField(
            "remark", "state", models.CharField(choices=REMARK_STATES, default="open", max_length=10)
        ),
        migrations.AlterField("mail", "kind", models.CharField(choices=MAIL_KINDS, max_length=20)),
        migrations.CreateModel(
            name='SubmissionOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_country', models.BooleanField()),
                ('kind', models.CharField(choices=[('page', 'read on a page'), ('overview', 'read beside the answers of other countries'), ('pdf', 'downloaded as a PDF'), ('json', 'downloaded as data'), ('compilation', 'downloaded in the PDF of all countries'), ('archive', 'downloaded in the archive of all countries')], max_length=20)),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='reports.submission')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'by', 'kind', 'day'), name='opening_once_a_day'), models.CheckConstraint(condition=models.Q(('kind__in', ['page', 'overview', 'pdf', 'json', 'compilation', 'archive'])), name='opening_kind_known')],
            },
        ),
    ]
