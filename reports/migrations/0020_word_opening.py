"""A submission can also be opened as a Word file."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("page", "read on a page"),
    ("overview", "read beside the answers of other countries"),
    ("pdf", "downloaded as a PDF"),
    ("word", "downloaded as a Word file"),
    ("json", "downloaded as data"),
    ("compilation", "downloaded in the PDF of all countries"),
    ("archive", "downloaded in the archive of all countries"),
]
KNOWN = models.CheckConstraint(name="opening_kind_known", condition=Q(kind__in=[kind for kind, _name in KINDS]))


class Migration(migrations.Migration):
    dependencies = [("reports", "0019_file_kind")]
    operations = [
        migrations.AlterField("submissionopening", "kind", models.CharField(max_length=20, choices=KINDS)),
        migrations.RemoveConstraint("submissionopening", "opening_kind_known"),
        migrations.AddConstraint("submissionopening", KNOWN),
    ]
