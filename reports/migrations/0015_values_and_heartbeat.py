"""Values that no address can hold are refused from here on; workers leave a heartbeat; keys of unsent text change.

A country's code in small letters becomes capitals where no log of a report has it in its hashes. Any other value that no address
can hold stops the migration with a sentence that names the rows: only a person knows what they should be.
"""

import re

from django.core.management import CommandError
from django.db import migrations, models

COUNTRY = r"^[A-Z]{2}\Z"
QUESTION = r"^[0-9A-Za-z][0-9A-Za-z.]{0,29}\Z"
NUMBERS = range(1, 100)


def mend_or_refuse(apps, schema_editor):
    """Raise CommandError that names every row which the constraints below would refuse."""
    mend_countries(apps)
    get = apps.get_model
    wrong = [f"country “{row.code}” ({row.name})" for row in get("reports", "Country").objects.all() if not fits(COUNTRY, row)]
    for row in get("reports", "Question").objects.select_related("form"):
        if not fits(QUESTION, row):
            wrong.append(f"question “{row.code}” of the form of {row.form.year}")
    for name, word in (("PolicyTarget", "target"), ("OperationalGoal", "goal")):
        wrong += [f"{word} number {row.number} (row {row.pk})" for row in get("reports", name).objects.all() if row.number not in NUMBERS]
    if wrong:
        raise CommandError(
            f"These rows have a code or number that no address can hold: {'; '.join(wrong)}. Nothing was changed. "
            "Correct them with the version of the portal that ran before (Administration), then migrate again: a "
            "country’s code is two capital letters, a question’s has letters, digits and full stops, and a number is "
            "from 1 to 99."
        )


def mend_countries(apps):
    """Write codes in small letters in capitals, except where that is taken or is part of a log's hashes."""
    countries = apps.get_model("reports", "Country").objects
    logged = {
        country
        for name in ("Submission", "StepLog")
        for country in apps.get_model("reports", name).objects.values_list("report__country_id", flat=True)
    }
    for row in countries.all():
        better = row.code.upper()
        is_free = not countries.filter(code=better).exists()
        if not fits(COUNTRY, row) and re.search(COUNTRY, better) and is_free and row.pk not in logged:
            row.code = better
            row.save(update_fields=["code"])


def fits(expression, row):
    return re.search(expression, row.code) is not None


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_own_draft")]
    operations = [
        migrations.RunPython(mend_or_refuse, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="unsent_keys",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddConstraint(
            model_name="country",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", COUNTRY)),
                name="country_code_is_two_capitals",
                violation_error_message="A country’s code is two capital letters, such as BE.",
            ),
        ),
        migrations.AddConstraint(
            model_name="operationalgoal",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 99)),
                name="goal_number_fits_address",
                violation_error_message="The number is from 1 to 99: it is part of the addresses of pages.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policytarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 99)),
                name="target_number_fits_address",
                violation_error_message="The number is from 1 to 99: it is part of the addresses of pages.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", QUESTION)),
                name="question_code_fits_address",
                violation_error_message=(
                    "The code has letters without accents, digits and full stops, and begins with a letter or a digit."
                ),
            ),
        ),
    ]
