"""Notes of the ends of the logs, which leave the machine: kept elsewhere, they show what was rewritten here.

Whoever owns the database can rewrite the end of a log with hashes that fit. A note that somebody else received before
differs then. Its lines name, for each report, the last entry of the log, each submission and each record by its hash,
and for two tables without a chain the hash of all their rows so far.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from reports import notifications
from reports.models import AuditEvent, Record, Report, RoleLog, Submission, append_only
from reports.rules import chain
from reports.rules.stored_files import write_atomically

# The columns that a hash covers; a column that is added later changes no hash. Failures to sign in are swept.
TABLES: dict[str, tuple[QuerySet[Any], tuple[str, ...]]] = {
    "roles": (RoleLog.objects.all(), ("pk", "user_id", "country_id", "role", "ended", "by_id", "at")),
    "events": (
        AuditEvent.objects.exclude(event__in=append_only.FAILURES),
        ("pk", "at", "event", "person_id", "about_id", "country_id", "report_id", "submission_id", "address", "detail"),
    ),
}


def lines() -> Iterator[str]:
    """Yield the lines of a note: a kind, what it is about, and a hash. The kind of a log's entry is left out."""
    reports = Report.objects.select_related("country", "form").order_by("form__year", "country__code")
    for report in reports.iterator():
        name = f"{report.country.code} {report.form.year}"
        if last := chain.head(report):
            yield f"{name} {last.position} {last.hash}"
        for submission in report.submissions.defer("document").select_related("record").order_by("number"):
            yield f"submission {name} {submission.number} {submission.sha256}"
            if hasattr(submission, "record"):
                yield f"record {name} {submission.number} {submission.record.sha256}"
    for table, (rows, _columns) in TABLES.items():
        if last_row := rows.aggregate(last=Max("pk"))["last"]:
            yield f"{table} {last_row} {hash_of_rows(table, last_row)}"


def hash_of_rows(table: str, last: int) -> str:
    """Return the hash of a table's rows up to the one with the key `last`."""
    rows, columns = TABLES[table]
    found = hashlib.sha256()
    for row in rows.filter(pk__lte=last).order_by("pk").values_list(*columns).iterator():
        values = [value.isoformat() if isinstance(value, datetime) else value for value in row]
        found.update(json.dumps(values, separators=(",", ":")).encode() + b"\n")
    return found.hexdigest()


def differences(note: str) -> Iterator[str]:
    """Yield what in the database differs from a note, in English. Raise ValueError if the text is no note."""
    for line in note.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            trouble = difference(words)
        except (ValueError, KeyError) as error:
            raise ValueError(f"this line is not of a note: {line[:100]}") from error
        if trouble:
            yield trouble


def difference(words: list[str]) -> str:
    """Return how the database differs from a line, or "". Raise ValueError or KeyError for no line of a note."""
    if words[0] in TABLES:
        table, last, digest = words
        same = hash_of_rows(table, int(last)) == digest
        return "" if same else f"{table}: the rows up to {last} differ from the list."
    kind, code, year, number, digest = words if len(words) == 5 else ["log", *words]
    of_report = {"report__country__code": code, "report__form__year": int(year)}
    if kind == "log":
        report = Report.objects.filter(country__code=code, form__year=int(year)).first()
        found = report is not None and report.steps.filter(position=int(number), hash=digest).exists()
        return "" if found else f"{code} {year}: entry {number} of the log differs from the list."
    submissions = Submission.objects.filter(**of_report, number=int(number))
    known: dict[str, QuerySet[Any]] = {
        "submission": submissions.filter(sha256=digest),
        "record": Record.objects.filter(submission__in=submissions, sha256=digest),
    }
    found = known[kind].exists()
    return "" if found else f"{code} {year}: {kind} {number} differs from the list."


def send_due(now: datetime) -> bool:
    """Send today's note to NOTES_TO, a mail address or a folder; return whether one was sent.

    There is at most one a day, and none if nothing is new. A copy of the last one stays under MEDIA_ROOT/notes; its
    time of change is that of the last look. Raise OSError if the mail or the file cannot be written: then the next
    call tries again.
    """
    kept = Path(settings.MEDIA_ROOT) / "notes" / "last.txt"
    if not settings.NOTES_TO or day_of_change(kept) == timezone.localdate(now):
        return False
    note = "".join(f"{line}\n" for line in lines())
    is_new = bool(note) and (not kept.exists() or kept.read_text(encoding="utf-8") != note)
    if is_new:
        deliver(f"portal-{timezone.localtime(now):%Y-%m-%d}.txt", note)
        write_atomically(kept, note.encode())
    elif not kept.exists():
        return False  # there is nothing to note yet
    os.utime(kept, (now.timestamp(), now.timestamp()))
    return is_new


def day_of_change(path: Path) -> date | None:
    if not path.exists():
        return None
    return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone()).date()


def deliver(name: str, note: str) -> None:
    if "@" in settings.NOTES_TO:
        notifications.send_note(settings.NOTES_TO, name, note)
    else:
        write_atomically(Path(settings.NOTES_TO) / name, note.encode())
