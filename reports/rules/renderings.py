"""The PDF of a document, made once in the background, kept, and then only sent."""

import hashlib
import json
import logging
import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from reports import writers
from reports.document.pdf_identity import ALL_COUNTRIES, DRAFT, FINAL, key_of
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Rendering, RenderingState, Submission

logger = logging.getLogger(__name__)
TRIES = 3
LONGEST = timedelta(minutes=5)  # a making that took longer died with its worker
DRAFTS_KEPT = timedelta(days=1)


def path_of(rendering: Rendering) -> Path:
    return Path(settings.MEDIA_ROOT) / rendering.file


def is_ready(rendering: Rendering) -> bool:
    return rendering.state == RenderingState.READY and path_of(rendering).is_file()


def ask(document: Document, *, form_language: str = "en", translation: str = "", mark: str = "") -> Rendering:
    """The rendering of a document, begun if need be; asking twice makes it once. See `is_ready`.

    Where no worker runs (settings.TASKS) it is made before this returns. What failed is tried again, up to three times.
    """
    key = key_of(document.sha256(), form_language, translation, mark)
    options = {"frame": form_language, "translation": translation, "mark": mark}
    return begin(key, {"document": document.canonical(), **options})


def ask_submission(submission: Submission, copy: str = "") -> Rendering:
    """Like `ask`, of what was sent in: the official PDF, or a copy for reading in that language, with its translations.

    Its document is not read when the PDF is there.
    """
    form_language = copy or "en"
    key = key_of(submission.sha256, form_language, copy, FINAL)
    found = Rendering.objects.filter(key=key).defer("document").first()
    if found and is_ready(found):
        return found
    return begin(key, {"document": submission.document, "frame": form_language, "translation": copy, "mark": FINAL})


def ask_all(submissions: Iterable[Submission], *, form_language: str = "en", translation: str = "") -> Rendering:
    """Like `ask`, of the compilation of these submissions, which are of one form and at least one."""
    rows = list(submissions)
    key = key_of("\n".join(row.sha256 for row in rows), form_language, translation, ALL_COUNTRIES)
    source = json.dumps([row.pk for row in rows])
    return begin(key, {"document": source, "frame": form_language, "translation": translation, "mark": ALL_COUNTRIES})


def begin(key: str, wanted: dict[str, str]) -> Rendering:
    rendering, new = Rendering.objects.get_or_create(key=key, defaults=wanted)
    if is_ready(rendering):
        return rendering
    if new or begins_again(rendering, wanted):
        make_pdf.enqueue(key)
        rendering.refresh_from_db()
    return rendering


def begins_again(rendering: Rendering, wanted: dict[str, str]) -> bool:
    """Puts one that failed, hangs, or whose file is gone back to the beginning; whether that was needed.

    One that has hung as often as others may fail has failed.
    """
    stale = timezone.now() - LONGEST
    hangs = (
        rendering.state in (RenderingState.WAITING, RenderingState.MAKING)
        and (rendering.started_at or rendering.asked_at) < stale
    )
    failed = rendering.state == RenderingState.FAILED and rendering.attempts < TRIES
    gone = rendering.state == RenderingState.READY
    if not (hangs or failed or gone):
        return False
    same = Rendering.objects.filter(pk=rendering.pk, state=rendering.state, attempts=rendering.attempts)
    if hangs and rendering.attempts >= TRIES:
        same.update(state=RenderingState.FAILED, trouble=f"It was not ready after {LONGEST}.")
        rendering.refresh_from_db()
        return False
    again = {"state": RenderingState.WAITING, "attempts": 0 if gone else rendering.attempts, "started_at": None}
    return same.update(**wanted, **again, asked_at=timezone.now()) == 1


@task()
def make_pdf(key: str) -> None:
    """Make one PDF, in the worker's process or, where no worker runs, in the caller's."""
    make(key)


def make(key: str) -> None:
    """Makes one PDF; does nothing when it is made already or somebody is at it. A failure is kept, not raised."""
    with transaction.atomic():
        rendering = Rendering.objects.select_for_update().get(key=key)
        if rendering.state != RenderingState.WAITING:
            return
        rendering.state, rendering.started_at = RenderingState.MAKING, timezone.now()
        rendering.attempts += 1
        rendering.save()
    try:
        keep(rendering, written(rendering))
    except Exception as error:
        logger.exception("A PDF could not be made: %s", key)
        Rendering.objects.filter(pk=rendering.pk).update(state=RenderingState.FAILED, trouble=str(error)[:500])


def written(rendering: Rendering) -> bytes:
    options = {"form_language": rendering.frame, "translation": rendering.translation}
    if rendering.mark == ALL_COUNTRIES:
        wanted = json.loads(rendering.document)
        texts = dict(Submission.objects.filter(pk__in=wanted).values_list("pk", "document"))
        return writers.write_compilation([Document.from_json(texts[pk]) for pk in wanted], **options)
    return writers.write(Document.from_json(rendering.document), ".pdf", mark=rendering.mark, **options)


def keep(rendering: Rendering, content: bytes) -> None:
    rendering.file = f"pdf/{rendering.key[:2]}/{rendering.key}.pdf"
    store(path_of(rendering), content)
    rendering.sha256, rendering.size = hashlib.sha256(content).hexdigest(), len(content)
    rendering.state, rendering.trouble, rendering.document = RenderingState.READY, "", ""
    rendering.ready_at = timezone.now()
    rendering.save()


def store(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def content_of(rendering: Rendering) -> bytes:
    """The finished file. Raises Problem where it could not be made."""
    if not is_ready(rendering):
        raise Problem(
            gettext_noop("The PDF could not be made yet (%(reason)s). The report itself has not changed. Try again."),
            reason=rendering.trouble or rendering.get_state_display(),
        )
    return path_of(rendering).read_bytes()


def sweep() -> int:
    """Removes the files of drafts that nobody asked for lately; how many."""
    old = list(Rendering.objects.filter(mark=DRAFT, asked_at__lt=timezone.now() - DRAFTS_KEPT))
    for rendering in old:
        if rendering.file:
            path_of(rendering).unlink(missing_ok=True)
        rendering.delete()
    return len(old)
