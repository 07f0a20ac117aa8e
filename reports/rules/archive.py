"""All reports of a form as one ZIP: the official PDFs, reading copies in chosen languages, the data, and an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Func, IntegerField, Max, QuerySet
from zipstream import ZIP_STORED, ZipStream

from reports.models import Record, Rendering, Report, ReportingForm, Submission, User
from reports.rules import reading_copies, records, renderings, seals
from reports.rules.permissions import SENT_IN
from reports.writers import table

PDFS_PER_REQUEST = 3  # PDFs that one request makes where no worker does
INDEX = ["country", "name", "year", "submission", "sent_in", "state", "document_sha256", "record_sha256"]


class Octets(Func):
    """The length of a text in UTF-8, computed by the database."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="LENGTH(CAST(%(expressions)s AS BLOB))", **context)


@dataclass(frozen=True)
class ArchivePdf:
    """One PDF of the archive: the official one, or with `copy` a reading copy in that language."""

    submission: Submission
    copy: str = ""
    file: Path | None = None  # None until the PDF is ready

    @property
    def name(self) -> str:
        report = self.submission.report
        stem = f"{report.country.code}-{report.form.year}-{self.submission.number}"
        return f"{stem}-{self.copy}.pdf" if self.copy else f"{stem}.pdf"


def newest_submissions(form: ReportingForm, reports: list[int] | None = None) -> QuerySet[Submission]:
    """Return the newest submission of each report that is sent in, or of each of these `reports` (primary keys).

    Reports that were taken back are left out. This is what the secretariat sees of a form, on its desk and in files.
    """
    sent_in = Report.objects.filter(form=form, state__in=SENT_IN).order_by()
    if reports is not None:
        sent_in = sent_in.filter(pk__in=reports)
    return Submission.objects.filter(pk__in=sent_in.annotate(n=Max("submissions__pk")).values("n")).order_by()


def by_country(form: ReportingForm) -> list[Submission]:
    """Return the newest submissions in the order of the countries' codes, without their documents."""
    rows = newest_submissions(form).select_related("report__country", "report__form").defer("document")
    return list(rows.order_by("report__country__code"))


def pdfs(form: ReportingForm, copies: list[str]) -> list[ArchivePdf]:
    """Return every PDF of the archive, with its file if it is ready. Three queries, and one more for each language of
    copies."""
    submissions = by_country(form)
    sealed = {record.submission_id: record for record in Record.objects.filter(submission__in=submissions)}
    keys = {(pk, copy): key for copy in ("", *copies) for pk, key in reading_copies.keys_of(submissions, copy).items()}
    made = {row.key: row for row in Rendering.objects.filter(key__in=keys.values()).defer("document")}
    found = []
    for row in submissions:
        for copy in ("", *copies):
            rendering = made.get(keys[row.pk, copy])
            file = renderings.path_of(rendering) if rendering and renderings.is_ready(rendering) else None
            if not copy and row.pk in sealed:
                file = seals.path_of(sealed[row.pk])
            found.append(ArchivePdf(row, copy, file))
    return found


def prepare(form: ReportingForm, copies: list[str]) -> tuple[int, int]:
    """Request every PDF that is not ready; return (ready, total).

    Without a worker one call makes PDFS_PER_REQUEST of them, so that no request takes minutes: call it until all are
    ready.
    """
    missing = [part for part in pdfs(form, copies) if part.file is None]
    for part in missing if settings.TASKS_BY_WORKER else missing[:PDFS_PER_REQUEST]:
        renderings.request_submission(part.submission, part.copy)
    now = pdfs(form, copies)
    return sum(part.file is not None for part in now), len(now)


def stream(form: ReportingForm, copies: list[str], *, by: User) -> ZipStream:
    """Return the ZIP as a stream of known size. Only one of its files is in memory at a time.

    Raise seals.ChangedFile if the stored file of a record is not the one that was published.
    """
    submissions = newest_submissions(form)
    for record in Record.objects.filter(submission__in=submissions).select_related("submission__report"):
        records.content_for(record, by=by)
    archive = ZipStream(compress_type=ZIP_STORED, sized=True)
    archive.add(index(form), "index.csv")
    sized = Submission.objects.filter(report__form=form).annotate(size=Octets("document"))
    sizes = dict(sized.values_list("pk", "size"))
    for part in pdfs(form, copies):
        if part.file:
            archive.add_path(str(part.file), part.name)
        if not part.copy:
            name = part.name.replace(".pdf", ".json")
            archive.add(lazy_document(part.submission), name, size=sizes[part.submission.pk])
    return archive


def document_of(submission: Submission) -> str:
    return str(Submission.objects.values_list("document", flat=True).get(pk=submission.pk))


def lazy_document(submission: Submission) -> Iterator[bytes]:
    """Yield the document; it is loaded when the stream comes to it."""
    yield document_of(submission).encode()


def index(form: ReportingForm) -> bytes:
    """Return a CSV with a line for each report, with the hashes that identify its files."""
    published = dict(Record.objects.filter(submission__report__form=form).values_list("submission_id", "sha256"))
    rows = [
        (
            row.report.country.code,
            row.report.country.name_en,
            form.year,
            row.number,
            row.at.isoformat(timespec="seconds"),
            row.report.state,
            row.sha256,
            published.get(row.pk, ""),
        )
        for row in by_country(form)
    ]
    return table.write_csv(INDEX, rows)
