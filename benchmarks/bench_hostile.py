"""The worst request of each door, and each hostile file, compared with the page of help."""

import json
import logging
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATTERNS = ["&#", "<p>.</p>", "**a", "<ul><li>", "- a\n", "<!--", "[a](", "«", "<a href='", "* a\n  "]
LENGTHS = [50_000, 200_000, 2_000_000]
LONGEST = 60  # seconds; a longer request is not repeated with more text
URL = "/reports/BE/2014/2.1/"


def run() -> None:
    """Print for each door and length the pattern that took longest, as a multiple of the page of help."""
    with tempfile.TemporaryDirectory() as folder:
        doors = begin(folder)
        plain = doors.pop("help")
        help_page = statistics.median(seconds(plain, "") for _round in range(9))
        print(f"    1.00 ×  the page of help  ({help_page * 1000:.1f} ms)")
        for name, door in doors.items():
            slow: set[str] = set()
            for length in LENGTHS:
                taken = {}
                for pattern in PATTERNS:
                    if pattern not in slow:
                        taken[pattern] = seconds(door, (pattern * (length // len(pattern) + 1))[:length])
                        slow |= {pattern} if taken[pattern] > LONGEST / 10 else set()
                if taken:
                    worst = max(taken, key=lambda pattern: taken[pattern])
                    print(
                        f"  {taken[worst] / help_page:7.0f} ×  {name}, {length:9,} characters of {worst!r}"
                        f"  ({taken[worst] * 1000:.0f} ms)",
                        flush=True,
                    )
        from benchmarks import hostile_files

        print("\n  Hostile files: the time, the peak of the process that reads each, and the answer")
        hostile_files.table(help_page)


def seconds(door: Callable[[str], Any], text: str) -> float:
    """Return the processor's seconds: a request waits for nothing but the processor."""
    begun = time.process_time()
    door(text)
    return time.process_time() - begun


def begin(folder: str) -> dict[str, Callable[[str], Any]]:
    """Make a portal with one report and its writer; return a function for each door, which takes the text."""
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/hostile.sqlite3"
    os.environ["MEDIA_ROOT"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    import django

    django.setup()
    logging.disable()  # of the refusals
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.test import Client

    from reports.models import Country, Membership, ReportingForm, Role, User
    from reports.rules import workflow, writing

    call_command("migrate", verbosity=0)
    call_command("load_fixtures", verbosity=0)
    belgium = Country.objects.get(code="BE")
    anke = User.objects.create_user("anke@example.org", name="Anke")
    Membership.objects.create(user=anke, country=belgium, role=Role.FOCAL_POINT)
    report = workflow.open_report(ReportingForm.objects.get(year=2014), belgium)
    writing.add_contribution(report.sections.get(question__code="2.1.A"), "<p>Kort.</p>", by=anke, language="nl")
    row = report.sections.get(question__code="2.1.A").contributions.get()
    writer, stranger = Client(SERVER_NAME="127.0.0.1"), Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    writer.force_login(anke)
    form = Path("fixtures/demo/belgium-2014.txt").read_text(encoding="utf-8")
    middle = form.index("\n\n", len(form) // 2)

    def page(text: str, text_format: str) -> Any:
        body = {f"c{row.pk}-body": text, f"c{row.pk}-text_format": text_format, f"c{row.pk}-base": "1"}
        return writer.post(URL, body)

    def save(text: str) -> Any:
        body = {"id": str(uuid.uuid4()), "section": "2.1.A", "contribution": row.pk, "base": 1, "html": text}
        return writer.post(f"{URL}save/", json.dumps(body | {"user": anke.pk}), content_type="application/json")

    def upload(text: str) -> Any:
        content = (form[:middle] + "\n\n" + text + form[middle:]).encode()
        return writer.post("/reports/BE/2014/upload/", {"file": SimpleUploadedFile("form.txt", content)})

    return {
        "help": lambda text: stranger.get("/help/"),
        "an error page, signed out": lambda text: stranger.post("/sign-in/", {"q-body": text, "q-text_format": "html"}),
        "an error page, signed in": lambda text: writer.post(
            "/reports/NL/2014/2.1/", {"q-body": text, "q-text_format": "html"}
        ),
        "a page from the editor": lambda text: page(text, "html"),
        "a page without JavaScript": lambda text: page(text, "plain"),
        "a save": save,
        "an upload": upload,
    }
