"""Append-only tables: the database refuses every change, whether by SQL or through Django."""

from functools import partial

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from reports.models import (
    AuditEvent,
    Country,
    OpeningKind,
    OwnDismissal,
    OwnTranslation,
    Record,
    Revision,
    Role,
    RoleLog,
    SectionLog,
    Step,
    StepLog,
    Submission,
    SubmissionOpening,
    Suggestion,
    SuggestionEnd,
    TranslationEvent,
    append_only,
)
from reports.rules import openings, people, workflow, writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_owner")]
MODELS = (
    StepLog,
    Submission,
    Revision,
    RoleLog,
    SectionLog,
    Record,
    SubmissionOpening,
    AuditEvent,
    Suggestion,
    SuggestionEnd,
    TranslationEvent,
    OwnDismissal,
    OwnTranslation,
)
TOLD_BY_ID = (
    "reports_rolelog",
    "reports_sectionlog",
    "reports_auditevent",
    "reports_suggestion",
    "reports_translationevent",
)
REFUSED = "only added"
TABLES = [model._meta.db_table for model in MODELS]


@pytest.fixture
def filled(report, written, cast):
    """At least one row in each of the tables."""
    writing.set_authority(written, "Politie", by=cast.focal_point)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    people.invite("new@justice.example", by=cast.administrator, role=Role.READER, country=None)
    made = {"file": "x.pdf", "sha256": "1" * 64, "unsealed_sha256": "2" * 64, "size": 1, "manifest": "{}"}
    Record.objects.create(submission=Submission.objects.get(), by=cast.administrator, **made)
    openings.record_opening(Submission.objects.get(), by=cast.reviewer, kind=OpeningKind.PDF)
    suggestion = Suggestion.objects.create(contribution=written, base=1, body="<p>Wet.</p>", by=cast.contributor)
    revision = written.revisions.get()
    SuggestionEnd.objects.create(suggestion=suggestion, outcome="accepted", revision=revision, by=cast.focal_point)
    TranslationEvent.objects.create(contribution=written, language="fr", kind="confirmed", by=cast.contributor)
    own = {"code": "2.1.A", "position": 0, "language": "en", "number": 1, "base": 0, "by": cast.reviewer}
    OwnTranslation.objects.create(submission=Submission.objects.get(), **own)
    OwnDismissal.objects.create(report=report, language="en", hash="1" * 64, by=cast.reviewer)
    assert all(model.objects.exists() for model in MODELS)
    connection.check_constraints()  # PostgreSQL empties and alters no table with checks still to come


def refused(statement, *params):
    """Return whether the database refuses a statement with the message of the triggers, and changes no row."""
    before = {table: rows(table) for table in TABLES}
    said = ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
    except DatabaseError as error:
        said = str(error)
    return REFUSED in said and {table: rows(table) for table in TABLES} == before


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return cursor.fetchall()


def columns(table):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def test_every_append_only_table_has_its_triggers():
    assert set(append_only.TABLES) == set(TABLES)
    assert append_only.missing_triggers(connection) == []


def test_rows_cannot_be_updated(filled):
    changes = [f"UPDATE {table} SET {column} = {column}" for table in TABLES for column in columns(table)]
    assert [change for change in changes if not refused(change)] == []


def test_rows_cannot_be_deleted(filled):
    for table in TABLES:
        assert refused(f"DELETE FROM {table}"), table
        assert refused(f"DELETE FROM {table} WHERE id = %s", rows(table)[0][0]), table


@pytest.mark.postgres
def test_tables_cannot_be_emptied(filled):
    assert [table for table in TABLES if not refused(f"TRUNCATE {table} CASCADE")] == []


@pytest.mark.sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT INTO"])
def test_rows_cannot_be_replaced_by_id(filled, verb):
    for table in TABLES:
        names = ", ".join(columns(table))
        assert refused(f"{verb} {table} ({names}) SELECT {names} FROM {table}"), table


@pytest.mark.sqlite
def test_rows_cannot_be_replaced_by_another_key(filled):
    """Another unique key is taken: the position in the log, or the number of a submission."""
    for table in TABLES:
        if table in TOLD_BY_ID:
            continue
        names = columns(table)
        another = "'0' || substr(id, 2)" if table in ("reports_revision", "reports_owntranslation") else "id + 1000"
        values = ", ".join(another if name == "id" else name for name in names)
        assert refused(f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}"), table


def test_django_cannot_change_or_delete_rows(filled):
    for model in MODELS:
        row = model.objects.first()
        own = model.objects.filter(pk=row.pk)
        for change in (
            row.save,
            partial(model.objects.all()._raw_delete, "default"),
            partial(own.update, at=row.at),
            partial(model.objects.bulk_update, [row], ["at"]),
            partial(own.update, at=Now()),
        ):
            with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
                change()
        assert own.exists()


def test_rows_can_be_added(filled, cast):
    before = {model: model.objects.count() for model in MODELS}
    people.invite("another@justice.example", by=cast.administrator, role=Role.READER, country=None)
    assert RoleLog.objects.count() == before[RoleLog] + 1


def test_rows_protect_their_person_and_report(filled, report, cast):
    for row in (cast.focal_point, report, Submission.objects.get()):
        with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
            row.delete()
    assert all(model.objects.exists() for model in MODELS)


def alter(model, field):
    """Rebuild the table as a migration does that widens a field."""
    state = ProjectState.from_apps(model._meta.apps)
    operation = migrations.AlterField(model._meta.model_name, field.name, wider(field))
    before, after = state, state.clone()
    operation.state_forwards("reports", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("reports", editor, before, after)


def wider(field):
    _name, _path, args, options = field.deconstruct()
    return type(field)(*args, **options | {"max_length": field.max_length + 1})


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [StepLog, Submission, RoleLog, Record])
def test_migrate_recreates_triggers_that_were_dropped(filled, model):
    field = next(one for one in model._meta.local_fields if isinstance(one, models.CharField))
    table = model._meta.db_table
    alter(model, field)
    assert append_only.missing_triggers(connection) == append_only.trigger_names(table, "sqlite")
    call_command("migrate", verbosity=0)
    assert append_only.missing_triggers(connection) == []
    assert refused(f"UPDATE {table} SET {field.column} = {field.column}")


@pytest.mark.postgres
def test_a_disabled_trigger_counts_as_missing(filled):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_steplog DISABLE TRIGGER reports_steplog_no_update")
    assert append_only.missing_triggers(connection) == ["reports_steplog_no_update"]


def test_country_is_not_append_only(cast):
    assert Country.objects.filter(code="BE").update(name_en="Belgium") == 1
