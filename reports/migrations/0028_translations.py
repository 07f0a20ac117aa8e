"""A translation keeps what it was made from (ADR 33); who confirmed what; the role of translators.

Every translation that exists becomes units of which all are current: nobody knows what they were made from, so they
count as made from the original as it is. The texts stay as they are.
"""

import json
import re
from itertools import groupby

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LANGUAGES = ("en", "nl", "fr")
AT_ONCE = 50  # contributions in memory: each has a text, and up to three translations
TAG = re.compile(r"<(/?)(p|ul|ol|table|thead|tr|td|th)>")
ANY_TAG = re.compile(r"<[^>]*>")
EMPTY_AT_END = re.compile(r"(?:<td></td>)+$")
GROUPS = {"p": "p", "ul": "list", "ol": "list", "row": "table", "head": "table"}
ROLES = [
    ("contributor", "Contributor"),
    ("translator", "Translator"),
    ("approver", "Approver"),
    ("focal_point", "Focal point"),
    ("reader", "Reader of the secretariat"),
    ("reviewer", "Reviewer"),
    ("administrator", "Administrator of the secretariat"),
]
HOWS = [
    ("typed", "typed"),
    ("pasted", "pasted"),
    ("read", "read from a file"),
    ("merged", "merged"),
    ("restored", "restored"),
    ("copied", "taken over from an earlier report"),
    ("suggested", "suggested by a colleague"),
    ("machine", "translated by a machine"),
    ("imported", "from a translation service"),
    ("marked", "marked, with the same text"),
]
WHOSE = [("country", "the country"), ("secretariat", "the secretariat")]
ACTS = [
    ("confirmed", "confirmed for the wording of now"),
    ("not_wanted", "no translation wanted"),
    ("wanted", "translation wanted after all"),
    ("read", "draft of a machine read"),
    ("dismissed", "question dismissed"),
]
COUNTRY_FITS_ROLE = models.CheckConstraint(
    name="membership_country_fits_role",
    condition=models.Q(country__isnull=False, role__in=("contributor", "translator", "approver", "focal_point"))
    | models.Q(country__isnull=True, role__in=("reader", "reviewer", "administrator")),
    violation_error_message=(
        "Contributors, translators, approvers and focal points belong to a country; the secretariat's roles to none."
    ),
)


def fill(apps, schema_editor):
    """Give each translation its units, in its contribution and in its newest revision."""
    on_table = " ON reports_revision" if schema_editor.connection.vendor == "postgresql" else ""
    # The triggers that guard revisions are created again after every migrate.
    schema_editor.execute(f"DROP TRIGGER IF EXISTS reports_revision_no_update{on_table}")
    contributions = apps.get_model("reports", "Contribution").objects.order_by("pk")
    revisions = apps.get_model("reports", "Revision").objects
    columns = [f"translation_{language}" for language in LANGUAGES]
    last = 0
    while rows := list(contributions.filter(pk__gt=last).values("pk", "body", *columns)[:AT_ONCE]):
        last = rows[-1]["pk"]
        for row in rows:
            found = {code: units_of(row["body"], row[f"translation_{code}"] or "") for code in LANGUAGES}
            known = {f"units_{language}": units for language, units in found.items() if units}
            if known:
                contributions.filter(pk=row["pk"]).update(**known)
            for language, units in found.items():
                of_text = revisions.filter(contribution_id=row["pk"], language=language) if units else revisions.none()
                for pk in of_text.order_by("-number").values_list("pk", flat=True)[:1]:
                    revisions.filter(pk=pk).update(units=units)


def units_of(original, translation):
    """Return the units of a translation as they are stored; "" where there is none, or no original to compare it with.

    A copy of what the portal did when this migration was written; see reports/document/translation/stored.py. Texts of
    another structure than their original are one unit.
    """
    sources, targets = blocks(original), blocks(translation)
    if not sources or not targets:
        return ""
    pairs = [(sources, targets)]
    if [shape(one) for one in sources] == [shape(one) for one in targets]:
        pairs = list(alike(sources, targets))
    units = [{"origin": "person", "source": one, "target": other, "wanted": True} for one, other in pairs]
    return json.dumps({"units": units, "version": 1}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def shape(block):
    return (block["kind"], block["depth"])


def alike(sources, targets):
    """Yield paragraphs and rows one to one, and each list as a whole."""
    for kind, group in groupby(zip(sources, targets, strict=True), lambda pair: GROUPS[pair[0]["kind"]]):
        pairs = list(group)
        if kind == "list":
            yield [one for one, _other in pairs], [other for _one, other in pairs]
        else:
            yield from (([one], [other]) for one, other in pairs)


def blocks(html):
    """Return the paragraphs, items and rows of a text in normal form; none if a part of it is in none of them."""
    found, lists, cells = [], [], None
    row, begin, is_head = [], 0, False
    for tag in TAG.finditer(html):
        closing, name = tag.groups()
        match name:
            case "thead":
                is_head = not closing
            case "table":
                cells = None if closing else []
            case "tr" if closing:
                text = EMPTY_AT_END.sub("", "".join(f"<td>{cell}</td>" for cell in row))
                found.append({"depth": 0, "html": text, "kind": "head" if is_head else "row"})
                row = []
            case "td" | "th" if closing:
                row.append(html[begin : tag.start()])
            case "td" | "th":
                begin = tag.end()
            case _ if cells is not None:  # paragraphs and lists of a cell are a part of its row
                pass
            case "ul" | "ol" if closing:
                del lists[-1:]
            case "ul" | "ol":
                lists.append(name)
            case "p" if not closing:
                begin = tag.end()
            case "p":
                text = html[begin : tag.start()]
                found.append({"depth": len(lists), "html": text, "kind": lists[-1] if lists else "p"})
    found = [block for block in found if block["html"]]
    words = "".join(ANY_TAG.sub("", block["html"]) for block in found)
    return found if words == ANY_TAG.sub("", html) else []


class Migration(migrations.Migration):
    dependencies = [("reports", "0027_comments")]
    operations = [
        migrations.RemoveConstraint("membership", "membership_country_fits_role"),
        migrations.AlterField(
            "membership", "role", models.CharField(choices=ROLES, max_length=20, verbose_name="role")
        ),
        migrations.AlterField("rolelog", "role", models.CharField(choices=ROLES, max_length=20)),
        migrations.AddConstraint("membership", COUNTRY_FITS_ROLE),
        *(
            migrations.AddField(
                "contribution", f"units_{language}", models.TextField(blank=True, default="", editable=False)
            )
            for language in LANGUAGES
        ),
        migrations.AddField("revision", "units", models.TextField(blank=True, default="", editable=False)),
        migrations.AlterField(
            "revision", "how", models.CharField(choices=HOWS, default="typed", max_length=10)
        ),
        migrations.CreateModel(
            name="TranslationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("whose", models.CharField(choices=WHOSE, default="country", max_length=12)),
                ("kind", models.CharField(choices=ACTS, max_length=12)),
                ("hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translation_events",
                        to="reports.contribution",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(kind__in=[act for act, _label in ACTS]), name="translation_event_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(whose__in=[one for one, _label in WHOSE]),
                        name="translation_event_whose_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
