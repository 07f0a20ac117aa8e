"""Saving through the real server, compared with a bare view that runs one UPDATE behind the same middleware."""

import json
import statistics
import tempfile
from contextlib import nullcontext
from pathlib import Path

from benchmarks import writers
from benchmarks.served import Served
from benchmarks.writers import Writer
from tests.postgres import running

WRITERS, SECONDS, ROUNDS = 100, 4, 5
FILL = f"""
import json
from django.core.management import call_command
for command in ("migrate", "load_fixtures"):
    call_command(command, verbosity=0)
from tests.portal import session_of
from reports.models import Country, Membership, ReportingForm, Role, User
from reports.rules import workflow, writing
form = ReportingForm.objects.get(year=2014)
people, countries = [], list(Country.objects.all()[:50])
for number in range({WRITERS}):
    country = countries[number % len(countries)]
    user = User.objects.create_user(f"writer{{number}}@example.org", None, name=f"Writer {{number}}")
    Membership.objects.create(user=user, role=Role.FOCAL_POINT, country=country)
    report = workflow.open_report(form, country)
    section = report.sections.get(question__code=("2.1.A", "2.1.B")[number // len(countries)])
    row = writing.add_contribution(section, "<p>Begun.</p>", by=user, language="en")
    people.append(dict(user=user.pk, session=session_of(user), token="a" * 32, contribution=row.pk,
        section=section.question.code, address=f"/reports/{{country.code}}/{{form.year}}/2.1/"))
print(json.dumps(people))
"""
# Makes every section of one user's report long, and gives a text of another user a long history.
GROW = """
from uuid import uuid4
from reports.models import Contribution, Revision, Section
long, old = Contribution.objects.get(pk={long}), Contribution.objects.get(pk={old})
body = "<p>" + "A paragraph of a long report. " * 40 + "</p>"
Contribution.objects.bulk_create(
    Contribution(section=section, position=9 + n, language="en", body=body * 3)
    for section in Section.objects.filter(report=long.section.report) for n in range(5))
last = old.revisions.order_by("number").last()
Revision.objects.bulk_create(
    [Revision(id=uuid4(), contribution=old, number=n, base=n - 1, body=last.body + "<p>" + str(n) + "</p>", by=last.by)
     for n in range(last.number + 1, last.number + 5001)], batch_size=500)
print(last.number + 5000)
"""


def run() -> None:
    for name in ("SQLite", "PostgreSQL"):
        with (
            tempfile.TemporaryDirectory() as folder,
            running(durable=True) if name == "PostgreSQL" else nullcontext("") as url,
        ):
            portal = Served(Path(folder), database=url)
            people = [Writer(**row) for row in json.loads(portal.run(FILL))]
            portal.start()
            try:
                print(f" {name}, {WRITERS} writers")
                beside_bare(portal, people)
                grown(portal, people)
            finally:
                portal.stop()


def beside_bare(portal: Served, people: list[Writer]) -> None:
    """Measure the two in turn, so that other work on the machine affects both."""
    ways = {"the bare view": Writer.update, "saving": Writer.save}
    loads: dict[str, list[writers.Load]] = {name: [] for name in ways}
    for way in ways.values():
        writers.run(people, portal.port, way, seconds=1)  # warm
    memory = []
    for _round in range(ROUNDS):
        for name, way in ways.items():
            loads[name].append(writers.run(people, portal.port, way, seconds=SECONDS))
        memory.append(portal.memory)
    rates = {name: statistics.median(load.rate for load in found) for name, found in loads.items()}
    p95 = {name: statistics.median(load.p95 for load in found) for name, found in loads.items()}
    for name, rate in rates.items():
        share = rate / rates["the bare view"]
        print(f"  {share:6.2f} ×  {name}: {rate:.0f} a second, 95 of 100 within {1000 * p95[name]:.0f} ms")
    shares = ", ".join(f"{each / memory[0]:.2f}" for each in memory)
    print(f"  {shares} ×  the server's memory after each round ({memory[0]:.0f} MB after the first)")


def grown(portal: Served, people: list[Writer]) -> None:
    """Compare one user's saves in a short and a long report, and of a new text and one with 5,000 versions."""
    short, long, old = people[0], people[1], people[2]
    portal_of = {"a text of a short report": short}
    old.number = int(portal.run(GROW.format(long=long.contribution, old=old.contribution)))
    portal_of |= {"one with 105 texts of 3,500 characters": long, "a text with 5,000 versions": old}
    times: dict[str, list[float]] = {name: [] for name in portal_of}
    for _round in range(ROUNDS):
        for name, writer in portal_of.items():
            times[name] += writers.run([writer], portal.port, Writer.save, seconds=1).times
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"  {median / medians['a text of a short report']:6.2f} ×  a save of {name} ({1000 * median:.1f} ms)")
