"""The page "Your tasks": what it says, where its links lead, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.models import Country, LooseLine, Membership, Report, ReportingForm, Role, State, Upload, User
from reports.pages.people import home
from reports.rules import approvals, delegations, people, remarks, workflow, writing
from tests.accounts import html
from tests.views import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted(report, cast):
    """A contributor who was given 2.1.B and 2.1.C, both blank."""
    user = User.objects.create_user("restricted@example.org", "correct horse battery", name="Karin")
    Membership.objects.create(user=user, role=Role.CONTRIBUTOR, country=report.country)
    delegations.give(report, user, {"2.1.B": "whole", "2.1.C": "own"}, by=cast.focal_point)
    return user


def page(client, user, address="/tasks/"):
    client.force_login(user)
    return html(client.get(address))


def tasks(text):
    """Return the titles and addresses of the tasks on the page."""
    return [
        (re.sub(r"\s+", " ", title), address)
        for address, title in re.findall(r'<p class="t"><a href="([^"]+)">([^<]+)</a>', text)
    ]


def test_people_land_on_their_tasks(client, report, cast):
    for user in (cast.focal_point, cast.reviewer, cast.reader):
        client.force_login(user)
        assert client.get("/").url == reverse("your_tasks")


def test_each_section_given_to_me_is_a_task_until_it_has_text(client, report, restricted):
    assert tasks(page(client, restricted)) == [
        ("2.1.B Progress", "/reports/BE/2014/2.1/#section-2-1-b"),
        ("2.1.C Follow-up", "/reports/BE/2014/2.1/#section-2-1-c"),
    ]
    writing.add_contribution(steps.section(report, "2.1.B"), "<p>Text.</p>", by=restricted, language="en")
    assert [title for title, _address in tasks(page(client, restricted))] == ["2.1.C Follow-up"]


@pytest.mark.parametrize(("language", "name"), [("en", "1 Undertaken"), ("nl", "1 Ondernomen")])
def test_a_section_without_a_letter_is_named_in_words(client, cast, language, name):
    workflow.open_report(ReportingForm.objects.get(year=2013), Country.objects.get(code="BE"))
    User.objects.filter(pk=cast.focal_point.pk).update(language=language)
    shown = page(client, User.objects.get(pk=cast.focal_point.pk))
    assert f">{name}</a>" in shown
    assert ">1.undertaken" not in shown


def test_every_task_leads_to_a_place_that_exists(client, written, report, cast):
    approvals.ask(report, [cast.contributor], [steps.section(report, "2.1.A")], by=cast.focal_point)
    sent = steps.send_in(report, cast)
    steps.question(sent, "2.1.B", cast)
    answered = steps.question(sent, "2.1.A", cast)
    remarks.reply(answered, "Since 2012.", by=cast.focal_point)
    remarks.ask(sent, steps.section(report, "2.1.A"), "How many?", by=cast.reviewer)
    found = []
    for user in (cast.focal_point, cast.contributor, cast.reviewer, cast.administrator):
        for title, address in tasks(page(client, user)):
            place, _hash, anchor = address.partition("#")
            answer = client.get(place, follow=True)
            assert answer.status_code == 200, title
            assert not anchor or f'id="{anchor}"' in html(answer), address
            found.append(title)
    assert len(found) >= 8


@pytest.mark.parametrize(("unit", "word"), [("line", "line"), ("paragraph", "paragraph"), ("page", "paragraph")])
def test_what_a_file_left_is_counted_as_the_file_counts(client, report, cast, unit, word):
    row = Upload.objects.create(
        report=report, by=cast.focal_point, file_name="a", document="{}", unit=unit, applied_at=timezone.now()
    )
    for number, title in ((4, f"Place 1 {word} of an uploaded file"), (5, f"Place 2 {word}s of an uploaded file")):
        LooseLine.objects.create(upload=row, line=number, text="Left.", kind="loose")
        found = page(client, cast.focal_point)
        assert title in [words for words, _address in tasks(found)]
        assert f"Place the {word}s" in found


def test_the_head_of_every_page_has_the_number(client, report, restricted):
    for address in ("/tasks/", "/reports/BE/2014/", "/help/"):
        assert re.search(r"Your tasks <b>2</b>", page(client, restricted, address)), address


def test_a_refusal_does_not_count_the_tasks(client, report, restricted, django_assert_max_num_queries):
    client.force_login(restricted)
    client.get("/help/")
    with django_assert_max_num_queries(4):  # the session, the user, the roles, and whether a factor is missing
        assert b"</a></li>" in client.get("/no/such/page/").content


def test_a_person_with_nothing_to_do_reads_what_comes_next(client, report, cast):
    steps.send_in(report, cast)
    text = page(client, cast.contributor)
    assert "You have no tasks now." in text
    assert "The secretariat reviews the report of Belgium for 2014" in text
    assert "Your tasks <b>" not in text
    assert "You have no tasks now." in page(client, cast.reader)


def test_many_tasks_are_shown_page_by_page(client, report, cast, monkeypatch):
    monkeypatch.setattr(home, "TASKS", 2)
    for code in ("LU", "NL"):
        workflow.open_report(report.form, Country.objects.get(code=code))
    Report.objects.update(state=State.SUBMITTED)
    first = page(client, cast.reviewer)
    second = page(client, cast.reviewer, "/tasks/?page=2")
    assert [len(tasks(text)) for text in (first, second)] == [2, 1]
    assert len({title for text in (first, second) for title, _address in tasks(text)}) == 3
    assert all("3 tasks" in text and "of 2" in text for text in (first, second))
    assert 'href="?&amp;page=2" rel="next"' in first


def test_a_person_without_a_role_learns_whom_to_ask(client, report):
    text = page(client, User.objects.create_user("nobody@example.org", "correct horse battery", name="Nobody"))
    assert "You have no role in the portal." in text


def test_a_focal_point_invites_again_who_never_signed_in(client, report, cast):
    member = people.invite("new@justice.example", by=cast.focal_point, role=Role.CONTRIBUTOR, country=report.country)
    delegations.give(report, member.user, {"1.1.A": "whole"}, by=cast.focal_point)
    text = page(client, cast.focal_point)
    assert f'action="{reverse("invite_again", args=[member.pk])}"' in text
    assert "Has not signed in yet" in text
    assert 'href="/reports/BE/2014/1.1/#section-1-1-a">1.1.A</a>' in text
    writing.add_contribution(steps.section(report, "1.1.A"), "<p>Text.</p>", by=cast.focal_point, language="en")
    assert "With your colleagues" not in page(client, cast.focal_point)


def test_one_button_is_filled(client, report, restricted, cast):
    for user in (restricted, cast.focal_point):
        assert page(client, user).count("btn-primary") == 1


def queries(client, user):
    client.force_login(user)
    client.get("/tasks/")  # the session is saved by a first request
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/tasks/").status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_countries_and_people(client, written, report, restricted, cast, command):
    roles = {"focal_point": cast.focal_point, "restricted": restricted, "reviewer": cast.reviewer}
    roles["administrator"] = cast.administrator
    luxembourg = workflow.open_report(report.form, Country.objects.get(code="LU"))
    Membership.objects.create(user=cast.focal_point, role=Role.FOCAL_POINT, country=luxembourg.country)
    busy(luxembourg, cast)
    approvals.ask(report, [cast.focal_point, restricted], [], by=cast.focal_point)
    before = {role: queries(client, user) for role, user in roles.items()}
    for country in Country.objects.exclude(code__in=["BE", "LU"])[:15]:
        other = workflow.open_report(report.form, country)
        Membership.objects.update_or_create(user=cast.focal_point, country=country, defaults={"role": Role.FOCAL_POINT})
        cast.focal_point.__dict__.pop("roles", None)
        busy(other, cast)
    for number in range(5):
        user = User.objects.create_user(f"p{number}@example.org", "correct horse battery", name=f"Person {number}")
        Membership.objects.create(user=user, role=Role.CONTRIBUTOR, country=report.country)
        delegations.give(report, user, {"1.1.A": "whole", "3.1.A": "own"}, by=cast.focal_point)
        approvals.ask(report, [user, cast.focal_point], [], by=cast.focal_point)
    after = {role: queries(client, user) for role, user in roles.items()}
    assert after == before
    assert max(after.values()) <= 18


def busy(report, cast):
    """A report that was sent in, with an answered and an unsent question, and is open for its country too."""
    cast.focal_point.__dict__.pop("roles", None)
    sent = steps.send_in(report, cast)
    answered = steps.question(sent, "2.1.A", cast)
    remarks.reply(answered, "Since 2012.", by=cast.focal_point)
    steps.question(sent, "2.1.B", cast)
    remarks.ask(sent, steps.section(report, "2.1.C"), "How many?", by=cast.reviewer)
