"""Pages with 200 countries and 20 forms beside the same pages with 5 countries and 2 forms."""

import datetime
import os
import tempfile
from collections.abc import Callable

PAGES = {"reviewer": ("/desk/{year}/",), "focal_point": ("/reports/", "/reports/AA/{year}/", "/reports/AA/{year}/1.1/")}


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/pages.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("loaddata", "framework", verbosity=0)
        fill(countries=5, years=2)
        small = {name: timed(name) for name in every_page()}
        before = {name: compare_one(way) for name, way in small.items()}
        fill(countries=200, years=20)
        print("  each page with 200 × 20, as a multiple of itself with 5 × 2:")
        for name, seconds in before.items():
            print(f"  {compare_one(timed(name)) / seconds:6.2f} ×  {name}")


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


def compare_one(way: Callable[[], object]) -> float:
    """The median time of one page, in seconds."""
    import statistics
    import time

    way()
    times = []
    for _ in range(9):
        begun = time.perf_counter()
        way()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def fill(*, countries: int, years: int) -> None:
    """That many countries with a report for each of that many forms, every section written in."""
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
    for name, role, code in (("reviewer", Role.REVIEWER, None), ("focal_point", Role.FOCAL_POINT, "AA")):
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


if __name__ == "__main__":
    run()
