"""Columns that stay as they are once reports use their row: triggers make the database refuse another value.

The year and the layout of a form are part of every address, document and submission of its reports, and so are the
codes of its questions and of the country. Another value would break all of them. The triggers are recreated after
every `migrate`, as those of the append-only tables are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from reports.models import append_only

REFUSAL = "reports use this row, so this column stays as it is"


@dataclass(frozen=True)
class Fixed:
    """`columns` of `table` are fixed while a row of `used_by` has the row in its column `link`."""

    table: str
    columns: tuple[str, ...]
    used_by: str
    link: str

    @property
    def trigger(self) -> str:
        return f"{self.table}_fixed_once_used"

    @property
    def condition(self) -> str:
        changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in self.columns)
        return f"({changed}) AND EXISTS (SELECT 1 FROM {self.used_by} WHERE {self.link} = OLD.id)"


FIXED = (
    Fixed("reports_reportingform", ("year", "layout"), "reports_report", "form_id"),
    Fixed("reports_question", ("form_id", "code"), "reports_section", "question_id"),
    Fixed("reports_country", ("code",), "reports_report", "country_id"),
)


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers of every table that exists already."""
    there = set(connection.introspection.table_names())
    statements = postgres_statements if connection.vendor == "postgresql" else sqlite_statements
    with connection.cursor() as cursor:
        for fixed in FIXED:
            if {fixed.table, fixed.used_by} <= there:
                for statement in statements(fixed):
                    cursor.execute(statement)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that do not exist or are disabled."""
    return append_only.missing_of(connection, [fixed.trigger for fixed in FIXED])


def postgres_statements(fixed: Fixed) -> Iterable[str]:
    """Return the statements that recreate a trigger. PostgreSQL allows no subquery in WHEN, so the function asks."""
    refuse = f"IF {fixed.condition} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW;"
    before = f"BEFORE UPDATE ON {fixed.table}"
    return (
        f"CREATE OR REPLACE FUNCTION {fixed.trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$",
        f"DROP TRIGGER IF EXISTS {fixed.trigger} ON {fixed.table}",
        f"CREATE TRIGGER {fixed.trigger} {before} FOR EACH ROW EXECUTE FUNCTION {fixed.trigger}()",
    )


def sqlite_statements(fixed: Fixed) -> Iterable[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return (
        f"DROP TRIGGER IF EXISTS {fixed.trigger}",
        f"CREATE TRIGGER {fixed.trigger} BEFORE UPDATE ON {fixed.table} WHEN {fixed.condition} {refuse}",
    )


def check(row: models.Model, used_by: str) -> None:
    """Raise ValidationError, for the administration's form, where the database would refuse this row's new values.

    `used_by` is the row's relation to the reports or sections that use it.
    """
    if row.pk is None:
        return
    fixed = next(one for one in FIXED if one.table == row._meta.db_table)
    before = type(row)._default_manager.filter(pk=row.pk).values(*fixed.columns).first() or {}
    changed = [name for name in before if before[name] != getattr(row, name)]
    if changed and getattr(row, used_by).exists():
        sentence = _("Reports use this already, so it stays as it is. Add a new one instead.")
        raise ValidationError({name.removesuffix("_id"): sentence for name in changed})
