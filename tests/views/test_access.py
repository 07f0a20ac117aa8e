"""Every address of the portal for every role: 404 for outsiders, 403 without the right."""

import pytest
from django.urls import reverse

from reports.models import Step
from reports.rules import workflow
from tests.cast import ROLES

pytestmark = pytest.mark.django_db

BE = ("BE", 2014)
SIGN_IN = 302  # to the sign-in page
COUNTRY = dict.fromkeys(ROLES, 404) | {"reviewer": 403, "reader": 403, "administrator": 403}
SECRETARIAT = {"reviewer": 200, "reader": 200, "administrator": 200}
TO_SECRETARIAT = {"focal_point": 403, "contributor": 403, "other_country": 404}
AT_DESK = {"focal_point": 403, "contributor": 403, "other_country": 403} | SECRETARIAT

# Address: arguments, and for each role the answer to a GET of a report that is a draft (405: only by POST).
PAGES = {
    "my_reports": (
        (),
        {"focal_point": 200, "contributor": 200, "other_country": 200} | dict.fromkeys(SECRETARIAT, 403),
    ),
    "your_tasks": ((), dict.fromkeys(ROLES, 200)),
    "report": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "part": ((*BE, "2.1"), COUNTRY | {"focal_point": 200, "contributor": 200}),
    # Without a text there is nothing to translate: back to the report.
    "translate": ((*BE, "nl"), COUNTRY | {"focal_point": 302, "contributor": 302}),
    "translate_section": ((*BE, "nl", "2.1.A"), COUNTRY | {"focal_point": 404, "contributor": 404}),
    "translation_beside": ((*BE, "2.1.A"), COUNTRY | {"focal_point": 200, "contributor": 200}),
    "save_row": ((*BE, "nl", "2.1.A"), dict.fromkeys(ROLES, 405)),
    "mark_row": ((*BE, "nl", "2.1.A"), dict.fromkeys(ROLES, 405)),
    "settle_row": ((*BE, "nl", "2.1.A", 1), dict.fromkeys(ROLES, 405)),
    "rows_now": ((*BE, "nl", "2.1.A"), COUNTRY | {"focal_point": 200, "contributor": 200}),
    "send_in": (BE, COUNTRY | {"focal_point": 200, "contributor": 403}),
    "upload": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "translation_files": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    # Without a text there is nothing to translate: back to the page.
    "translation_file": (BE, COUNTRY | {"focal_point": 302, "contributor": 302}),
    "reading": ((*BE, 1), COUNTRY | {"focal_point": 404, "contributor": 404}),
    "section_history": ((*BE, "2.1.A"), COUNTRY | {"focal_point": 200, "contributor": 200}),
    "history": ((*BE, 1), COUNTRY | {"focal_point": 404, "contributor": 404}),
    "bring_back": ((*BE, 1), dict.fromkeys(ROLES, 405)),
    "suggest": ((*BE, 1), COUNTRY | {"focal_point": 404, "contributor": 404}),
    "suggestion": ((*BE, 1), COUNTRY | {"focal_point": 404, "contributor": 404}),
    "read": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "draft_pdf": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "blank_form": (BE, dict.fromkeys(ROLES, 200) | {"other_country": 404}),
    "draft_word": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "own_word": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "submission_word": ((*BE, 1), dict.fromkeys(ROLES, 404)),
    "submission": ((*BE, 1), dict.fromkeys(ROLES, 404)),
    "submission_pdf": ((*BE, 1), dict.fromkeys(ROLES, 404)),
    "submission_json": ((*BE, 1), dict.fromkeys(ROLES, 404)),
    "archive": ((2014,), {"focal_point": 403, "contributor": 403, "other_country": 403} | SECRETARIAT),
    "compilation": (
        (2014,),
        {"focal_point": 403, "contributor": 403, "other_country": 403} | dict.fromkeys(SECRETARIAT, 302),
    ),
    "archive_zip": ((2014,), {"focal_point": 403, "contributor": 403, "other_country": 403} | SECRETARIAT),
    "desk": ((), AT_DESK),
    "desk_country": (("BE",), AT_DESK),
    "desk_sections": ((2014,), AT_DESK),
    "desk_progress": ((2014,), AT_DESK),
    "desk_goal": ((2014, "2.1"), AT_DESK),
    "countries_csv": ((2014,), AT_DESK),
    "countries_xlsx": ((2014,), AT_DESK),
    "sections_csv": ((2014,), AT_DESK),
    "forms": ((), dict.fromkeys(ROLES, 403) | {"administrator": 200}),
    "form": ((2014,), dict.fromkeys(ROLES, 403) | {"administrator": 200}),
    "open_form": ((2014,), dict.fromkeys(ROLES, 302)),  # to the page with its form, which says who may see it
    "extend": ((2014,), dict.fromkeys(ROLES, 302)),
    "now": ((*BE, "2.1"), COUNTRY | {"focal_point": 200, "contributor": 200}),
    "save": ((*BE, "2.1"), dict.fromkeys(ROLES, 405)),
    "save_field": ((*BE, "2.1"), dict.fromkeys(ROLES, 405)),
    "settle": ((*BE, "2.1", 1), dict.fromkeys(ROLES, 405)),
    "unsent": ((), dict.fromkeys(ROLES, 200)),
    "token": ((), dict.fromkeys(ROLES, 200)),
    "people": ((), dict.fromkeys(ROLES, 403) | {"administrator": 200}),
    "events": ((), dict.fromkeys(ROLES, 403) | {"administrator": 200}),
    "country_people": (("BE",), COUNTRY | {"focal_point": 200, "contributor": 403, "administrator": 200}),
    "invite_again": ((999_999,), dict.fromkeys(ROLES, 405)),
    "end_role": ((999_999,), dict.fromkeys(ROLES, 404)),
    "lost_device": ((999_999,), dict.fromkeys(ROLES, 403) | {"administrator": 404}),
    "lost_devices": ((), dict.fromkeys(ROLES, 200)),
    "answer_lost_device": ((999_999,), dict.fromkeys(ROLES, 405)),
    "usersessions_list": ((), dict.fromkeys(ROLES, 200)),
    "end_session": ((999_999,), dict.fromkeys(ROLES, 405)),
    "end_other_sessions": ((), dict.fromkeys(ROLES, 405)),
    "writers": (BE, COUNTRY | {"focal_point": 200, "contributor": 403}),
    "review": (BE, TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403)),
    "review_section": ((*BE, "2.1.A"), TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403)),
    "own_translation": ((*BE, "2.1.A", "en"), TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403)),
    "save_own": ((*BE, "2.1.A", "en"), dict.fromkeys(ROLES, 405)),
    "mark_own": ((*BE, "2.1.A", "en"), dict.fromkeys(ROLES, 405)),
    "own_rows_now": ((*BE, "2.1.A", "en"), TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403)),
    "decide": (BE, dict.fromkeys(ROLES, 302)),
    "questions": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "comments": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "comment": ((*BE, 999_999), dict.fromkeys(ROLES, 302)),  # to the list, which says who may see it
    "compare_submissions": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "log": (BE, dict.fromkeys(ROLES, 200) | {"other_country": 404}),
    "approvals": (BE, COUNTRY | {"focal_point": 200, "contributor": 200}),
    "answer_approval": ((*BE, 999_999), dict.fromkeys(ROLES, 302)),
    "account": ((), dict.fromkeys(ROLES, 200)),
    "account_data": ((), dict.fromkeys(ROLES, 200)),
    "delete_own_account": ((), dict.fromkeys(ROLES, 200)),
    "delete_account": ((999_999,), dict.fromkeys(ROLES, 403) | {"administrator": 404}),
    "change_address": ((), dict.fromkeys(ROLES, 200)),
    "mails": ((), dict.fromkeys(ROLES, 200)),
    "calendar": ((), dict.fromkeys(ROLES, 200)),
    "open_report": (BE, dict.fromkeys(ROLES, 405)),
    "withdraw": (BE, dict.fromkeys(ROLES, 405)),
    "undo_reading": ((*BE, 1), dict.fromkeys(ROLES, 405)),
}
# Answers to a POST.
OUTSIDERS = {role: status for role, status in COUNTRY.items() if role not in ("focal_point", "contributor")}
POSTS = {
    "open_report": dict.fromkeys(ROLES, 404) | {"focal_point": 302, "contributor": 403},
    "withdraw": OUTSIDERS | {"focal_point": 302, "contributor": 403},
    "undo_reading": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "bring_back": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "suggest": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "suggestion": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "people": dict.fromkeys(ROLES, 403) | {"administrator": 200},
    "country_people": OUTSIDERS | {"focal_point": 200, "contributor": 403, "administrator": 200},
    "invite_again": dict.fromkeys(ROLES, 404),
    "end_role": dict.fromkeys(ROLES, 404),
    "lost_device": dict.fromkeys(ROLES, 403) | {"administrator": 404},
    "answer_lost_device": dict.fromkeys(ROLES, 404),
    "end_session": dict.fromkeys(ROLES, 404),
    "end_other_sessions": dict.fromkeys(ROLES, 302),
    "writers": OUTSIDERS | {"focal_point": 404, "contributor": 403},
    "review_section": TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403),
    "own_translation": TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403),
    "decide": TO_SECRETARIAT | dict.fromkeys(SECRETARIAT, 403),
    "questions": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "comments": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "comment": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "approvals": OUTSIDERS | {"focal_point": 200, "contributor": 403},
    "answer_approval": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "delete_account": dict.fromkeys(ROLES, 403) | {"administrator": 404},
    "open_form": dict.fromkeys(ROLES, 403) | {"administrator": 200},
    "extend": dict.fromkeys(ROLES, 403) | {"administrator": 200},
    "part": OUTSIDERS,
    "translate_section": OUTSIDERS | {"focal_point": 404, "contributor": 404},
    "send_in": OUTSIDERS | {"contributor": 403},
    "upload": OUTSIDERS | {"focal_point": 200, "contributor": 200},
    "translation_files": OUTSIDERS | {"focal_point": 422, "contributor": 422},
    "reading": OUTSIDERS | {"focal_point": 404, "contributor": 404},
}
# Who must have a second factor where it is demanded.
DEMANDED = ("focal_point", "reviewer", "reader", "administrator")
IN_JSON = {"now", "save", "save_field", "settle", "token", "rows_now", "save_row", "mark_row", "settle_row"} | {
    "own_rows_now",
    "save_own",
    "mark_own",
}
FOR_EVERYBODY = {
    "alive",
    "ready",
    "machine_delivery",  # signed
    "verify",
    "verdict",
    "home",
    "language",
    "help",
    "accessibility",
    "privacy",
    "invitation",
    "confirm_address",
}


def test_the_table_names_every_address_of_the_portal():
    from reports import urls

    names = {pattern.name for pattern in urls.urlpatterns}
    assert names == set(PAGES) | FOR_EVERYBODY


def answers(client):
    """Yield the name of each page with its answer to a GET."""
    for name, (arguments, _expected) in PAGES.items():
        yield name, client.get(reverse(name, args=arguments))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_it_may_see_and_nothing_is_stored(client, report, cast, role):
    client.force_login(cast[role])
    got = dict(answers(client))
    expected = {name: by_role[role] for name, (_arguments, by_role) in PAGES.items()}
    assert {name: answer.status_code for name, answer in got.items()} == expected
    assert [name for name, answer in got.items() if "no-store" not in answer.get("Cache-Control", "")] == []


@pytest.mark.parametrize("name", POSTS)
def test_each_role_can_do_exactly_what_it_may(client, report, cast, name):
    arguments, expected = PAGES[name][0], POSTS[name]
    got = {}
    for role in expected:
        client.force_login(cast[role])
        got[role] = client.post(reverse(name, args=arguments)).status_code
    assert got == expected


def test_anonymous_users_are_redirected_to_sign_in(client, report):
    for name, answer in answers(client):
        if name in IN_JSON:
            assert (answer.status_code, answer.json()) == (401, {"outcome": "signed-out"}), name
        else:
            assert answer.status_code == SIGN_IN, name
            assert answer.url.startswith("/sign-in/"), name


@pytest.mark.parametrize("role", DEMANDED)
def test_without_the_demanded_second_factor_no_page_opens(client, report, cast, settings, role):
    settings.SECOND_FACTOR = True
    client.force_login(cast[role])
    for name, (arguments, _expected) in PAGES.items():
        url = reverse(name, args=arguments)
        for answer in (client.get(url), client.post(url)):
            assert (answer.status_code, answer.get("Location")) in [(302, "/account/security/"), (403, None)], name
        page = client.post(url, "{}", content_type="application/json")
        assert (page.status_code, page.json()) == (403, {"outcome": "second-factor"}), name


def test_a_contributor_needs_no_second_factor(client, report, cast, settings):
    settings.SECOND_FACTOR = True
    client.force_login(cast.contributor)
    got = {name: answer.status_code for name, answer in answers(client)}
    assert got == {name: expected["contributor"] for name, (_arguments, expected) in PAGES.items()}


@pytest.mark.parametrize("name", ["submission", "submission_pdf", "submission_word", "submission_json"])
def test_a_submission_is_for_its_country_and_the_secretariat(client, report, cast, name):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    got = {}
    for role in ROLES:
        client.force_login(cast[role])
        got[role] = client.get(reverse(name, args=(*BE, 1))).status_code
    assert got == dict.fromkeys(ROLES, 200) | {"other_country": 404}


def test_a_person_without_a_role_sees_no_report(client, report, cast):
    from reports.models import User

    client.force_login(User.objects.create_user("nobody@example.org", "correct horse battery", name="Nobody"))
    assert client.get("/reports/BE/2014/").status_code == 404
    assert client.get("/reports/").status_code == 403


def test_secretariat_sees_progress_but_no_text_of_a_draft(client, written, cast):
    client.force_login(cast.reviewer)
    page = client.get("/desk/2014/").content.decode()
    assert 'value="1" aria-label="Belgium, filled in"' in page
    assert "De wet is in werking" not in page


@pytest.mark.parametrize(
    "model", ["section", "contribution", "revision", "upload", "submission", "steplog", "suggestion"]
)
def test_the_administration_registers_no_answers(client, cast, model):
    cast.administrator.is_staff = cast.administrator.is_superuser = True
    cast.administrator.save()
    client.force_login(cast.administrator)
    assert client.get(f"/administration/reports/{model}/").status_code == 404


def test_the_administration_cannot_change_a_reports_state(client, report, cast):
    cast.administrator.is_staff = cast.administrator.is_superuser = True
    cast.administrator.save()
    client.force_login(cast.administrator)
    url = f"/administration/reports/report/{report.pk}/change/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"state": "published"}).status_code == 403
