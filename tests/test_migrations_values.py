"""The migration that refuses values which no address can hold, on a database that has some."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reports import models
from tests.database import drop_triggers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_owner")]
TESTED = ("reports", "0015_values_and_heartbeat")


@pytest.fixture
def before():
    """Migrate back to just before; return the models of that time. Afterwards the tables are empty and of today."""
    drop_triggers()
    call_command("flush", verbosity=0, interactive=False)
    drop_triggers()
    loader = MigrationExecutor(connection).loader
    place = [parent.key for parent in loader.graph.node_map[TESTED].parents if parent.key[0] == "reports"]
    MigrationExecutor(connection).migrate(place)
    yield MigrationExecutor(connection).loader.project_state(place).apps.get_model
    drop_triggers()
    call_command("flush", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)


@pytest.fixture
def filled(before):
    """A form with two questions, and two countries: one of them was written in small letters."""
    get = before
    target = get("reports", "PolicyTarget").objects.create(number=2, text="Prosecute")
    goal = get("reports", "OperationalGoal").objects.create(target=target, number=1, text="Framework")
    form = get("reports", "ReportingForm").objects.create(
        year=2014, title="Form", layout="by-goal", opens="2014-01-01", due="2014-06-30"
    )
    for position, code in enumerate(("2.1.A", "1.undertaken")):
        get("reports", "Question").objects.create(form=form, code=code, goal=goal, position=position, prompt="Which?")
    for code, name in (("BE", "Belgium"), ("br", "Brazil")):
        country = get("reports", "Country").objects.create(code=code, name=name)
        get("reports", "Report").objects.create(form=form, country=country)
    return get


def migrate():
    call_command("migrate", verbosity=0)


def test_a_code_in_small_letters_becomes_capitals(filled):
    migrate()
    assert set(models.Country.objects.values_list("code", flat=True)) == {"BE", "BR"}
    assert models.Report.objects.filter(country__code="BR").count() == 1
    assert set(models.Question.objects.values_list("code", flat=True)) == {"2.1.A", "1.undertaken"}


def test_rows_that_only_a_person_can_mend_are_named(filled):
    filled("reports", "Country").objects.create(code="BR", name="Brazil again")
    filled("reports", "Question").objects.filter(code="2.1.A").update(code="2.1 A")
    filled("reports", "PolicyTarget").objects.update(number=100)
    with pytest.raises(CommandError) as refusal:
        migrate()
    for named in ("country “br” (Brazil)", "question “2.1 A” of the form of 2014", "target number 100"):
        assert named in str(refusal.value)
    assert "goal number" not in str(refusal.value)
    assert filled("reports", "Country").objects.filter(code="br").exists()


def test_a_code_under_which_a_report_was_sent_in_stays(filled):
    user = filled("reports", "User").objects.create(email="anke@example.org", name="Anke")
    report = filled("reports", "Report").objects.get(country__code="br")
    filled("reports", "Submission").objects.create(report=report, number=1, document="{}", sha256="0" * 64, by=user)
    with pytest.raises(CommandError, match="country “br”"):
        migrate()
