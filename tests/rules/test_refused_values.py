"""Values that would break pages: the database refuses them, and the administration says what to write instead."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import NoReverseMatch, reverse

from reports.models import Country, OperationalGoal, PolicyTarget, Question, ReportingForm, fixed_columns

pytestmark = pytest.mark.django_db


def is_refused(change):
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


@pytest.fixture
def staff(client, cast):
    cast.administrator.is_staff = cast.administrator.is_superuser = True
    cast.administrator.save()
    client.force_login(cast.administrator)
    return client


@pytest.mark.parametrize("code", ["br", "B", "", "B1", "ÀB", "B\n", " B"])
def test_a_countrys_code_is_two_capitals(framework, code):
    assert is_refused(lambda: Country.objects.create(code=code, name="Brazil"))
    assert is_refused(lambda: Country.objects.filter(code="BE").update(code=code))


@pytest.mark.parametrize("code", ["", ".", "2.1/A", "2.1 A", "é", "2.1.A\n", "../x"])
def test_a_questions_code_fits_an_address(framework, code):
    question = Question.objects.filter(form__year=2016).first()
    with pytest.raises(NoReverseMatch):
        reverse("section_history", args=("BE", 2016, code))
    assert is_refused(lambda: Question.objects.filter(pk=question.pk).update(code=code))


@pytest.mark.parametrize("code", ["2.1.A", "1.undertaken", "a" * 30])
def test_a_code_that_fits_is_stored(framework, code):
    question = Question.objects.get(form__year=2016, code="2.1.A")
    assert not is_refused(lambda: Question.objects.filter(pk=question.pk).update(code=code))
    assert reverse("section_history", args=("BE", 2016, code))


@pytest.mark.parametrize("model", [PolicyTarget, OperationalGoal])
@pytest.mark.parametrize("number", [0, 100])
def test_a_number_fits_an_address(framework, model, number):
    assert is_refused(lambda: model.objects.filter(pk=model.objects.first().pk).update(number=number))


def test_year_and_layout_of_a_form_in_use_stay(report):
    form = ReportingForm.objects.filter(pk=report.form_id)
    assert is_refused(lambda: form.update(year=2015))
    assert is_refused(lambda: form.update(layout="by-target"))
    assert not is_refused(lambda: form.update(title="Form of the year"))
    assert not is_refused(lambda: ReportingForm.objects.filter(year=2016).update(year=2018))


def test_codes_that_a_report_uses_stay(report, section):
    assert is_refused(lambda: Country.objects.filter(code="BE").update(code="BX"))
    assert is_refused(lambda: Question.objects.filter(pk=section.question_id).update(code="2.1.X"))
    assert not is_refused(lambda: Country.objects.filter(code="NL").update(code="NX"))


def test_all_triggers_exist_and_a_missing_one_is_named(report, as_owner):
    assert fixed_columns.missing_triggers(connection) == []
    name = fixed_columns.FIXED[0].trigger
    on = " ON reports_reportingform" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert fixed_columns.missing_triggers(connection) == [name]
    assert not is_refused(lambda: ReportingForm.objects.filter(pk=report.form_id).update(year=2015))


def test_the_administration_says_what_a_code_looks_like(staff):
    answer = staff.post("/administration/reports/country/add/", {"code": "br", "name_en": "Brazil"})
    assert answer.status_code == 200
    assert "two capital letters" in answer.content.decode()


def test_the_administration_says_that_a_year_stays(staff, report):
    form = report.form
    data = {"year": 2015, "layout": form.layout, "title_en": form.title, "opens": form.opens, "due": form.due}
    data |= {"time_zone": form.time_zone, "questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}
    answer = staff.post(f"/administration/reports/reportingform/{form.pk}/change/", data)
    assert answer.status_code == 200
    assert "Reports use this already, so it stays as it is." in answer.content.decode()
    assert ReportingForm.objects.get(pk=form.pk).year == 2014
