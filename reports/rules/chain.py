"""The hash chain of a report's log: each entry's hash covers its content and the hash of the entry before it.

Triggers keep rows from being changed (models/append_only.py), but whoever owns the database can remove them. The chain
makes such a change visible, unless every later hash is rewritten too; the submissions, the records and the lists of
`verify_log --note` keep copies of hashes that would then differ (ADR 15).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Report, State, Step, StepLog, Submission


def digest(entry: StepLog) -> str:
    """Return the SHA-256 of an entry's canonical JSON, without its `hash`.

    The format must not change: every stored hash depends on it. Needs the entry's report, form, country, submission.
    """
    content = {
        "report": f"{entry.report.country.code} {entry.report.form.year}",
        "position": entry.position,
        "step": entry.step,
        "from": entry.state_from,
        "to": entry.state_to,
        "by": entry.by_id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "comment": entry.comment,
        "sections": entry.sections,
        "due": entry.due.isoformat() if entry.due else None,
        "submission": entry.submission.sha256 if entry.submission else "",
        "before": entry.before,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def head(report: Report) -> StepLog | None:
    """Return the newest entry of a report's log."""
    return report.steps.order_by("position").last()


def head_hash(report: Report) -> str:
    """Return the hash of the newest entry, which covers all entries before it; "" if there is none."""
    last = head(report)
    return last.hash if last else ""


def append(entry: StepLog) -> StepLog:
    """Save an entry at the end of its report's chain, and return it. The caller holds the report's lock."""
    last = head(entry.report)
    entry.position = last.position + 1 if last else 1
    entry.before = last.hash if last else ""
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    return entry


def problems(report: Report) -> Iterator[Problem]:
    """Yield what is wrong with a report's log, submissions and records; nothing if all is as it was written."""
    entries = list(report.steps.select_related("report__country", "report__form", "submission"))
    before, state = "", ""
    for position, entry in enumerate(entries, start=1):
        broken = entry.hash != digest(entry) or (entry.position, entry.before, entry.state_from) != (
            position,
            before,
            state,
        )
        if broken:
            yield Problem(
                gettext_noop("%(report)s: entry %(position)s of the log was changed after it was written."),
                report=str(report),
                position=position,
            )
        before, state = entry.hash, entry.state_to
    if report.state != state:
        yield Problem(
            gettext_noop("%(report)s: the report is “%(state)s”, and its log does not say so."),
            report=str(report),
            state=State(report.state).value,
        )
    submissions = list(report.submissions.select_related("record"))
    yield from problems_of_submissions(report, submissions, entries)
    yield from problems_of_records(report, submissions, entries)


def problems_of_submissions(report: Report, submissions: list[Submission], entries: list[StepLog]) -> Iterator[Problem]:
    """Yield the submissions whose document, states or log head are not those that were sent in."""
    logged = {entry.submission_id: entry.before for entry in entries if entry.submission_id}
    for submission in submissions:
        document = Document.from_json(submission.document)
        states = {section.code: section.state for section in document.sections()}
        sound = (document.sha256(), states) == (submission.sha256, submission.states)
        if not sound or logged.get(submission.pk) != submission.log_head:
            yield Problem(
                gettext_noop("%(report)s: submission %(number)s was changed after it was sent in."),
                report=str(report),
                number=submission.number,
            )


def problems_of_records(report: Report, submissions: list[Submission], entries: list[StepLog]) -> Iterator[Problem]:
    """Yield the submissions whose record names another log head. Older records name none."""
    known = {None, *(entry.before for entry in entries if entry.step == Step.PUBLISH)}
    for submission in submissions:
        record = getattr(submission, "record", None)
        if record and json.loads(record.manifest).get("log_at_publication") not in known:
            yield Problem(
                gettext_noop("%(report)s: the log differs from what it was when submission %(number)s was published."),
                report=str(report),
                number=submission.number,
            )
