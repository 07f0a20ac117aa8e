"""Renderings: the PDF of a document is made once in the background, kept, and then only sent.

Making a PDF takes seconds, so no page waits for one. A rendering goes from WAITING to MAKING to READY or FAILED. A
worker can die at any point: a rendering that stays unfinished for TIMEOUT is put back to WAITING by the next request.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from reports import writers
from reports.apart import NotDone
from reports.document.pdf_identity import ALL_COUNTRIES, DRAFT, FINAL, key_of
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Event, Rendering, RenderingState, Submission
from reports.rules import audit, reading_copies
from reports.rules.stored_files import has_hash, write_atomically

logger = logging.getLogger(__name__)
TRIES = 3
TIMEOUT = timedelta(minutes=5)  # a rendering that is not ready by then has lost its worker
DRAFTS_KEPT_FOR = timedelta(days=1)
COPIES_KEPT_FOR = timedelta(days=30)


def path_of(rendering: Rendering) -> Path:
    return Path(settings.MEDIA_ROOT) / rendering.file


def is_ready(rendering: Rendering) -> bool:
    """Return whether the file is there, and is the one that was made: a changed file counts as lost."""
    return rendering.state == RenderingState.READY and has_hash(path_of(rendering), rendering.sha256)


def request(document: Document, *, form_language: str = "en", translation: str = "", mark: str = "") -> Rendering:
    """Return the rendering of a document; enqueue it if it is new, failed or timed out. See `is_ready`.

    Where no worker runs (settings.TASKS) it is made before this returns. A failure is tried again, up to TRIES times.
    """
    key = key_of(document.sha256(), form_language, translation, mark)
    options = {"form_language": form_language, "translation": translation, "mark": mark}
    return get_or_enqueue(key, {"document": document.canonical(), **options})


def request_submission(submission: Submission, copy: str = "") -> Rendering:
    """Return the rendering of a submission: the official PDF, or a reading copy with translations into `copy`.

    The document of the submission is not loaded if the PDF is ready.
    """
    key = reading_copies.keys_of([submission], copy)[submission.pk]
    found = Rendering.objects.filter(key=key).defer("document").first()
    if found and is_ready(found):
        return found
    options = {"form_language": copy or "en", "translation": copy, "mark": FINAL}
    return get_or_enqueue(key, {"document": json.dumps([submission.pk]) if copy else submission.document, **options})


def request_compilation(submissions: Iterable[Submission], copy: str = "") -> Rendering:
    """Return the rendering of these submissions in one file; they are of one form, and at least one."""
    rows, form_language = list(submissions), copy or "en"
    of_each = reading_copies.keys_of(rows, copy)
    key = key_of("\n".join(of_each[row.pk] for row in rows), form_language, copy, ALL_COUNTRIES)
    options = {"form_language": form_language, "translation": copy, "mark": ALL_COUNTRIES}
    return get_or_enqueue(key, {"document": json.dumps([row.pk for row in rows]), **options})


def get_or_enqueue(key: str, fields: dict[str, str]) -> Rendering:
    rendering, new = Rendering.objects.get_or_create(key=key, defaults=fields)
    if is_ready(rendering):
        return rendering
    if new or reset(rendering, fields):
        make_pdf.enqueue(key)
        rendering.refresh_from_db()
    return rendering


def reset(rendering: Rendering, fields: dict[str, str]) -> bool:
    """Put a rendering that failed, timed out or lost its file back to WAITING; return whether that was done.

    After TRIES timeouts it counts as failed.
    """
    since = rendering.started_at or rendering.asked_at
    is_unfinished = rendering.state in (RenderingState.WAITING, RenderingState.MAKING)
    timed_out = is_unfinished and since < timezone.now() - TIMEOUT
    failed = rendering.state == RenderingState.FAILED and rendering.attempts < TRIES
    is_lost = rendering.state == RenderingState.READY  # and yet the caller found no file
    if not (timed_out or failed or is_lost):
        return False
    if is_lost and path_of(rendering).exists():
        logger.error("The stored PDF %s was changed, and is made anew.", rendering.file)
        audit.record(Event.FILE_REFUSED, detail=rendering.file)
    # The condition lets only one of several concurrent requests reset it.
    same = Rendering.objects.filter(pk=rendering.pk, state=rendering.state, attempts=rendering.attempts)
    if timed_out and rendering.attempts >= TRIES:
        same.update(state=RenderingState.FAILED, trouble=f"It was not ready after {TIMEOUT}.")
        rendering.refresh_from_db()
        return False
    attempts = 0 if is_lost else rendering.attempts
    start = {"state": RenderingState.WAITING, "attempts": attempts, "started_at": None, "asked_at": timezone.now()}
    return same.update(**fields, **start) == 1


@task()
def make_pdf(key: str) -> None:
    """Make one PDF, in the worker's process or, where no worker runs, in the caller's."""
    make(key)


def make(key: str) -> None:
    """Make one PDF, unless it is ready or another process is making it. Store a failure instead of raising it."""
    with transaction.atomic():
        rendering = Rendering.objects.select_for_update().get(key=key)
        if rendering.state != RenderingState.WAITING:
            return
        rendering.state, rendering.started_at = RenderingState.MAKING, timezone.now()
        rendering.attempts += 1
        rendering.save()
    try:
        store(rendering, render(rendering))
    except NotDone as problem:
        logger.error("A PDF could not be made (%s): %s", problem.kind, key)
        fail(rendering, problem.message, for_good=problem.kind in ("memory", "time"))
    except Exception as error:  # whatever it is, the page that waits for this PDF must be able to say that it failed
        logger.exception("A PDF could not be made: %s", key)
        fail(rendering, str(error))


def fail(rendering: Rendering, trouble: str, *, for_good: bool = False) -> None:
    """Store why a PDF could not be made. With `for_good` another try would end in the same way, and none is made."""
    attempts = TRIES if for_good else rendering.attempts
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.FAILED, trouble=trouble[:500], attempts=attempts
    )


def render(rendering: Rendering) -> bytes:
    options = {"form_language": rendering.form_language, "translation": rendering.translation}
    texts = texts_of(rendering)
    if rendering.mark == ALL_COUNTRIES:
        return writers.write_compilation_apart(texts, options)
    return writers.write_pdf_apart(texts[0], options | {"mark": rendering.mark})


def texts_of(rendering: Rendering) -> list[str]:
    """Return the documents that are printed. A draft and an official PDF carry theirs; copies name submissions."""
    if not rendering.document.startswith("["):
        return [rendering.document]
    wanted = json.loads(rendering.document)
    rows = Submission.objects.in_bulk(wanted)
    return [reading_copies.printed_document(rows[pk], rendering.translation) for pk in wanted]


def store(rendering: Rendering, content: bytes) -> None:
    rendering.file = f"pdf/{rendering.key[:2]}/{rendering.key}.pdf"
    write_atomically(path_of(rendering), content)
    rendering.sha256, rendering.size = hashlib.sha256(content).hexdigest(), len(content)
    rendering.state, rendering.trouble, rendering.document = RenderingState.READY, "", ""
    rendering.ready_at = timezone.now()
    rendering.save()


def content_of(rendering: Rendering) -> bytes:
    """Return the finished file. Raise Problem if it could not be made."""
    if not is_ready(rendering):
        raise Problem(
            gettext_noop("The PDF could not be made yet (%(reason)s). The report itself has not changed. Try again."),
            reason=rendering.trouble or rendering.get_state_display(),
        )
    return path_of(rendering).read_bytes()


def retry_timed_out() -> int:
    """Enqueue again what has waited longer than TIMEOUT, so that nobody need ask for it; return the number."""
    unfinished = Rendering.objects.filter(state__in=[RenderingState.WAITING, RenderingState.MAKING])
    retried = [row for row in unfinished.filter(asked_at__lt=timezone.now() - TIMEOUT) if reset(row, {})]
    for rendering in retried:
        make_pdf.enqueue(rendering.key)
    return len(retried)


def delete_old_files() -> int:
    """Delete the PDFs of drafts after DRAFTS_KEPT_FOR and reading copies after COPIES_KEPT_FOR; return their number.

    Both are made again when somebody asks. A correction of the secretariat's translation leaves a copy that nobody can
    ask for any more.
    """
    now = timezone.now()
    drafts = Q(mark=DRAFT, asked_at__lt=now - DRAFTS_KEPT_FOR)
    copies = Q(asked_at__lt=now - COPIES_KEPT_FOR) & ~Q(translation="")
    old = list(Rendering.objects.filter(drafts | copies).defer("document"))
    for rendering in old:
        if rendering.file:
            path_of(rendering).unlink(missing_ok=True)
        rendering.delete()
    return len(old)
