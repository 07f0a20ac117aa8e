"""The import of a file in one step, for the command line and the demo. It succeeds as a whole or changes nothing."""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction

from reports import readers
from reports.models import Country, Report, ReportingForm, User
from reports.rules import uploads, workflow


@dataclass(frozen=True)
class Imported:
    outcome: readers.ReadResult
    report: Report
    sections: dict[str, str]
    dry_run: bool
    left: list[str] = field(default_factory=list)


class DryRun(Exception):
    """Rolls back what a dry run wrote."""


def importer() -> User:
    """Return the user that the command line acts as. It has no password and can never sign in."""
    user, _made = User.objects.get_or_create(
        email="import@localhost", defaults={"name": "import", "is_active": False, "password": "!"}
    )
    return user


def command_user() -> User:
    """Return the same user with the rights of a command: it writes in every open report (rules/permissions.py)."""
    user = importer()
    user.is_server_command = True  # type: ignore[attr-defined]
    return user


def import_file(
    data: bytes,
    file_name: str,
    *,
    form: ReportingForm,
    country: Country,
    by: User | None = None,
    replace: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Begin the report if necessary, read the file and apply it. Raise Problem; then nothing is saved."""
    try:
        with transaction.atomic():
            report = workflow.open_report(form, country)
            outcome = readers.read(data, file_name, uploads.expected(report))
            by = by or importer()
            by.is_server_command = True  # type: ignore[attr-defined]  # rules/permissions.py
            upload = uploads.store(outcome, hashlib.sha256(data).hexdigest(), file_name, report, by=by)
            applied = uploads.apply(upload, by=by, replace=replace)
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return Imported(outcome, report, applied.sections, dry_run, applied.codes("differs"))
