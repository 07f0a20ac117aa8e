"""Pages with 200 countries and 20 forms, compared with 5 and 2, and with the alliance's 54 and 5."""

import datetime
import multiprocessing
import multiprocessing.pool
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache
from typing import Any

SECRETARIAT = (
    "/desk/{year}/",
    "/desk/{year}/?sort=-filled",
    "/desk/{year}/?sort=-activity",
    "/desk/{year}/countries.csv",
    "/desk/{year}/countries.xlsx",
    "/desk/{year}/sections/",
    "/desk/{year}/sections.csv",
    "/desk/{year}/progress/",
    "/desk/{year}/goals/1.1/",
    "/desk/{year}/goals/1.1/?translation=fr",
    "/desk/countries/AA/",
    "/tasks/",
    "/reports/AB/{year}/review/1.1.A/",
    "/reports/AB/{year}/review/1.1.A/translate/nl/",
)
COUNTRY = (
    "/reports/",
    "/tasks/",
    "/reports/AA/{year}/",
    "/reports/AA/{year}/1.1/",
    "/reports/AA/{year}/all/",
    "/reports/AA/{year}/read/",
    "/reports/AA/{year}/comments/",
    "/reports/AA/{year}/translate/nl/1.1.A/",
)
PAGES = {
    "reviewer": SECRETARIAT,
    "administrator": ("/forms/", "/forms/{year}/"),
    "focal_point": COUNTRY,
}


SIZES = {"small": (5, 2), "now": (54, 5), "large": (200, 20)}  # countries, forms
ROUNDS = 15


def run() -> None:
    """Measure the portals in turn, each in its own process, so that other work on the machine affects all of them."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        portals = [stack.enter_context(portal(size, folder)) for size in SIZES]
        print("  each page with 200 × 20, as a multiple of itself with 5 × 2 and with 54 × 5, and its queries in each:")
        for name in every_page():
            numbers = [one.apply(queries_of, (name,)) for one in portals]
            rounds = [[one.apply(seconds, (name,)) for one in portals] for _round in range(ROUNDS)]
            small, now, large = (statistics.median(times) for times in zip(*rounds, strict=True))
            in_each = " → ".join(f"{number:2}" for number in numbers)
            print(f"  {large / small:6.2f} × {large / now:6.2f} ×  {in_each}  {large * 1000:6.1f} ms  {name}")


def portal(size: str, folder: str) -> multiprocessing.pool.Pool:
    """Run a portal of a size in its own process."""
    return multiprocessing.get_context("spawn").Pool(1, begin, (size, folder))


def begin(size: str, folder: str) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/{size}.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("loaddata", "framework", verbosity=0)
    countries, years = SIZES[size]
    fill(countries=countries, years=years)


@cache
def way(name: str) -> Callable[[], object]:
    get = timed(name)
    get()
    return get


def seconds(name: str) -> float:
    """Return the processor time of one page."""
    begun = time.process_time()
    way(name)()
    return time.process_time() - begun


def queries_of(name: str) -> int:
    return queries(way(name))


def every_page() -> list[str]:
    return [f"{role} {url}" for role, urls in PAGES.items() for url in urls]


def timed(name: str) -> Callable[[], object]:
    from django.test import Client

    from reports.models import ReportingForm, User

    role, url = name.split(" ")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(name=role))
    address = url.format(year=ReportingForm.objects.latest("year").year)

    def get() -> object:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    return get


def queries(way: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        way()
    return len(captured)


def fill(*, countries: int, years: int) -> None:
    """Create so many countries with a filled-in report for each of so many forms; four of five are submitted."""
    from reports.models import (
        Contribution,
        Country,
        Membership,
        OperationalGoal,
        Question,
        Report,
        ReportingForm,
        Role,
        Section,
        User,
    )

    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = [a + b for a in letters for b in letters][:countries]
    for code in codes:
        Country.objects.get_or_create(code=code, defaults={"name": code, "name_en": code})
    for name, role, code in (
        ("reviewer", Role.REVIEWER, None),
        ("administrator", Role.ADMINISTRATOR, None),
        ("focal_point", Role.FOCAL_POINT, "AA"),
    ):
        if not User.objects.filter(name=name).exists():
            user = User.objects.create_user(f"{name}@example.org", None, name=name)
            Membership.objects.create(user=user, role=role, country=code and Country.objects.get(code=code))
    for year in range(1990, 1990 + years):
        day = datetime.date(year, 1, 1)
        form, made = ReportingForm.objects.get_or_create(
            year=year,
            defaults={"title": f"{year}", "title_en": f"{year}", "layout": "by-goal", "opens": day, "due": day},
        )
        if made:
            Question.objects.bulk_create(
                Question(
                    form=form,
                    code=f"{goal.code}.{letter}",
                    goal=goal,
                    letter=letter,
                    label_en=letter,
                    label=letter,
                    prompt="?",
                    prompt_en="?",
                    position=3 * at + n,
                )
                for at, goal in enumerate(OperationalGoal.objects.select_related("target"))
                for n, letter in enumerate("ABC")
            )
        for country in Country.objects.all():
            report, made = Report.objects.get_or_create(form=form, country=country)
            if made:
                Section.objects.bulk_create(Section(report=report, question=q) for q in form.questions.all())
    Contribution.objects.bulk_create(
        (
            Contribution(section=s, language="en", body="<p>Text.</p>")
            for s in Section.objects.filter(contributions=None)
        ),
        batch_size=2000,
    )
    go_on(Report.objects.filter(steps=None).select_related("form", "country"))


def go_on(reports: Iterable[Any]) -> None:
    """Leave every fifth report a draft, submit the others and ask questions about some."""
    from reports.models import Remark, RemarkMessage, Report, Revision, Section, State, StepLog, Submission, User
    from reports.rules import documents

    reports, by, newest = list(reports), User.objects.get(name="focal_point"), {}
    sent = [report for report in reports if (ord(report.country.code[1]) - ord("A")) % 5]
    for report in sent:
        if report.form_id not in newest:
            newest[report.form_id] = documents.compose(report)
    states = {form: {s.code: s.state for s in document.sections()} for form, document in newest.items()}
    texts = {form: document.canonical() for form, document in newest.items()}
    submissions = Submission.objects.bulk_create(
        Submission(report=r, number=1, document=texts[r.form_id], states=states[r.form_id], by=by) for r in sent
    )
    Report.objects.filter(pk__in=[report.pk for report in sent[:5000]]).update(state=State.SUBMITTED)
    StepLog.objects.bulk_create(StepLog(report=r, position=1, step="open", state_to="draft", by=by) for r in reports)
    StepLog.objects.bulk_create(
        StepLog(report=s.report, position=2, step="send_in", state_to="submitted", by=by) for s in submissions
    )
    drafts = Section.objects.filter(report__in={r.pk for r in reports} - {r.pk for r in sent}, contributions__gt=0)
    Revision.objects.bulk_create(
        (Revision(contribution_id=c, number=1, base=0, by=by) for c in drafts.values_list("contributions", flat=True)),
        batch_size=2000,
    )
    asked = Remark.objects.bulk_create(
        Remark(section=s.report.sections.first(), submission=s, by=by) for s in submissions[::7]
    )
    RemarkMessage.objects.bulk_create(RemarkMessage(remark=remark, text="?", by=by) for remark in asked)


if __name__ == "__main__":
    run()
