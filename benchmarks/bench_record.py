"""Stored PDFs: sending one compared with a static file, making many with one and two workers, and a form's ZIP."""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.served import Served
from tests.portal import PROJECT
from tests.postgres import Unavailable, running

STATIC = "BENCHMARK_STATIC"
FEW, MANY = 5, 54
JOBS = 24
# So many countries of one form, each with a submission of the same text, and a session of a reviewer.
FILL = """
import json
from django.core.management import call_command
for command in ("migrate", "load_fixtures"):
    call_command(command, verbosity=0)
from tests.portal import session_of
from reports import readers
from reports.document.tree import Document
from reports.models import Country, Membership, Report, ReportingForm, Role, State, Submission, User
from reports.rules import workflow
from tests.blank_forms import expected
form = ReportingForm.objects.get(year=2014)
text = open("tests/forms/marks-2014.txt", "rb").read()
written = json.loads(readers.read(text, "marks-2014.txt", expected(2014, "LU")).document.canonical())
reviewer = User.objects.create_user("reviewer@example.org", None, name="Reviewer")
Membership.objects.create(user=reviewer, role=Role.REVIEWER)
for country in Country.objects.order_by("code")[:{countries}]:
    name = {{"en": country.name_en, "nl": country.name_nl, "fr": country.name_fr}}
    document = Document.from_json(json.dumps(written | {{"country": {{"code": country.code, "name": name}}}}))
    report = workflow.open_report(form, country)
    Submission.objects.create(report=report, number=1, document=document.canonical(), sha256=document.sha256(),
        states={{s.code: s.state for s in document.sections()}}, by=reviewer)
Report.objects.update(state=State.SUBMITTED)
print(session_of(reviewer))
"""
ASK = """
from reports.models import Submission
from reports.rules import renderings
for submission in Submission.objects.all():
    renderings.request_submission(submission)
"""
# The first PDFs of each worker are not counted, because they also read the fonts.
ASK_ANEW = """
from reports.models import Rendering, Submission
from reports.rules import renderings
Rendering.objects.all().delete()
for submission in Submission.objects.all()[:8]:
    renderings.request_submission(submission, "nl")
for submission in Submission.objects.all():
    renderings.request_submission(submission, "fr")
"""
MADE = """
SELECT extract(epoch FROM max(ready_at) - min(started_at)) FROM reports_rendering
WHERE translation = 'fr' AND state = 'ready' HAVING count(*) = %s
"""


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        downloads(Path(folder))
    print(f" a whole form as a ZIP, {MANY} countries beside {FEW}")
    archives()
    try:
        with running(durable=True) as database, tempfile.TemporaryDirectory() as folder:
            workers(Served(Path(folder), database=database))
    except Unavailable as reason:
        print(f"  no PostgreSQL, so two workers were not measured: {reason}")


def downloads(folder: Path) -> None:
    """Compare sending a stored PDF to a signed-in user with sending a static file of the same size to anybody."""
    portal = Served(folder)
    session = portal.run(FILL.format(countries=1))
    portal.run(ASK)
    (pdf,) = (folder / "media" / "pdf").glob("*/*.pdf")
    (folder / "static").mkdir()
    (folder / "static" / "same-size.pdf").write_bytes(pdf.read_bytes())
    os.environ |= {STATIC: str(folder / "static"), "STATIC_FILES": "plain"}
    portal.start()
    print(f" a PDF of {pdf.stat().st_size:,} bytes from the same server, one request after the other")
    code = portal.run("from reports.models import Report; print(Report.objects.get().country.code)")
    ways = {
        "a static file": "/static/same-size.pdf",
        "a stored PDF": f"/reports/{code}/2014/submissions/1.pdf",
        "a page that only asks who is signed in": "/bare/",
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    connection = http.client.HTTPConnection("127.0.0.1", portal.port)
    try:
        for _turn in range(300):
            for name, address in ways.items():
                begun = time.perf_counter()
                connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
                answer = connection.getresponse()
                content = answer.read()
                times[name].append(time.perf_counter() - begun)
                assert answer.status == 200, (address, answer.status, content[:300])
    finally:
        connection.close()
        portal.stop()
        del os.environ[STATIC], os.environ["STATIC_FILES"]
    tell({name: statistics.median(found) for name, found in times.items()})


def archives() -> None:
    seconds, peaks = {}, {}
    for countries in (FEW, MANY):
        with tempfile.TemporaryDirectory() as folder:
            portal = Served(Path(folder))
            session = portal.run(FILL.format(countries=countries))
            portal.run(ASK)
            portal.start()
            try:
                take(portal, session)  # warm
                portal.forget_peak()
                seconds[countries] = statistics.median(take(portal, session) for _turn in range(5)) / countries
                peaks[countries] = portal.peak
            finally:
                portal.stop()
    print(f"  {seconds[MANY] / seconds[FEW]:6.2f} ×  time per report ({seconds[MANY] * 1000:.1f} ms)")
    print(f"  {peaks[MANY] / peaks[FEW]:6.2f} ×  peak memory of a process of the server ({peaks[MANY]:.0f} MB)")


def take(portal: Served, session: str) -> float:
    """Download the ZIP without storing it, and return the seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", portal.port)
    begun = time.perf_counter()
    connection.request("GET", "/desk/2014/archive.zip", headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    while answer.read(65536):
        pass
    connection.close()
    return time.perf_counter() - begun


def workers(portal: Served) -> None:
    """Compare one worker with two workers that make the same PDFs."""
    os.environ["TASKS_BY_WORKER"] = "1"
    rates: dict[int, list[float]] = {1: [], 2: []}
    try:
        portal.run(FILL.format(countries=JOBS))
        for number in (1, 2, 1, 2):
            rates[number].append(JOBS / made_by(portal, number))
    finally:
        del os.environ["TASKS_BY_WORKER"]
    one, two = (statistics.mean(rates[number]) for number in (1, 2))
    print(" PDFs made in the background, PostgreSQL")
    print(f"  {1:6.2f} ×  one worker ({one:.2f} a second)\n  {two / one:6.2f} ×  two workers ({two:.2f} a second)")


def made_by(portal: Served, number: int) -> float:
    """Return the seconds from the start of the first PDF to the end of the last, with so many workers."""
    command = [sys.executable, "-W", "ignore", "manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay"]
    quiet = {"cwd": PROJECT, "env": portal.environment, "stderr": subprocess.DEVNULL}
    at_work = [subprocess.Popen([*command, "--worker-id", f"worker-{n}"], **quiet) for n in range(number)]
    try:
        portal.run(ASK_ANEW)
        return wait(portal.database)
    finally:
        for worker in at_work:
            worker.terminate()
        for worker in at_work:
            worker.wait()


def wait(database: str) -> float:
    """Wait until all PDFs are made, without starting a process that would compete with the workers."""
    import psycopg2

    folder = database.removeprefix("postgres://portal@/").removesuffix("/postgres")
    with closing(psycopg2.connect(host=folder, user="portal", dbname="postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            while True:
                cursor.execute(MADE, [JOBS])
                if row := cursor.fetchone():
                    return float(row[0])
                time.sleep(0.5)


def tell(medians: dict[str, float]) -> None:
    first = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"  {median / first:6.2f} ×  {name} ({median * 1000:.1f} ms)")
