"""Rows to document and back: compose and apply."""

import pytest

from reports.document import tree
from reports.document.problem import Problem
from reports.models import Report, Section, Step
from reports.rules import applying, documents, workflow, writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(report):
    """A document for Belgium's report: two languages in 1.1.A, nothing in 2.2.A, a translation in 3.1.B."""
    blank = documents.compose(report)
    dutch = tree.Contribution(authority="Politie", language="nl", body={"nl": "<p>Eerste.</p>"})
    german = tree.Contribution(authority="", language="de", body={"de": "<p>Zweite.</p>"})
    both = tree.Contribution(authority="", language="fr", body={"fr": "<p>Un.</p>", "en": "<p>One.</p>"})
    return blank.with_sections(
        {
            "1.1.A": blank.section("1.1.A").with_contributions(dutch, german),
            "2.2.A": blank.section("2.2.A").with_nothing_to_report(),
            "3.1.B": blank.section("3.1.B").with_contributions(both),
        }
    )


def compose(report):
    return documents.compose(Report.objects.get(pk=report.pk))


def section_state(report, code):
    return Section.objects.get(report=report, question__code=code).state


def test_a_blank_report_is_its_blank_form(report):
    document = documents.compose(report)
    assert [target.number for target in document.targets] == [1, 2, 3, 4]
    assert [goal.code for goal in document.targets[1].goals] == ["2.1", "2.2"]
    assert [s.code for s in document.sections()][:4] == ["1.1.A", "1.1.B", "1.1.C", "2.1.A"]
    assert {s.state for s in document.sections()} == {"blank"}
    assert document == documents.blank_form(report.form, report.country)


def test_a_form_by_target_has_sections_at_its_targets(begin):
    document = documents.compose(begin(2013))
    third = document.targets[2]
    assert [(goal.code, goal.sections) for goal in third.goals] == [("3.1", ()), ("3.2", ())]
    assert [s.code for s in third.sections] == ["3.undertaken", "3.planned"]
    assert third.sections[0].heading["en"] == "Actions ALREADY UNDERTAKEN"


def test_an_applied_document_is_composed_again(report, filled, cast):
    applied = applying.apply(filled, report, by=cast.focal_point)
    assert compose(report) == filled
    assert compose(report).canonical() == filled.canonical()
    assert applied.codes("filled") == ["1.1.A", "2.2.A", "3.1.B"]


def test_a_document_survives_its_json(filled):
    assert tree.Document.from_json(filled.canonical()) == filled
    assert tree.Document.from_json(filled.canonical()).sha256() == filled.sha256()


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_the_active_language_does_not_change_a_document(report, filled, cast, language):
    from django.utils import translation

    applying.apply(filled, report, by=cast.focal_point)
    with translation.override(language):
        assert compose(report).canonical() == filled.canonical()


def test_applying_the_same_again_changes_nothing(report, filled, cast):
    applying.apply(filled, report, by=cast.focal_point)
    again = applying.apply(filled, report, by=cast.focal_point)
    assert again.codes("same") == ["1.1.A", "2.2.A", "3.1.B"]
    assert compose(report) == filled


def test_a_section_that_differs_is_kept_and_named(report, filled, cast):
    section = report.sections.get(question__code="1.1.A")
    writing.add_contribution(section, "<p>Al geschreven.</p>", by=cast.contributor, language="nl")
    applied = applying.apply(filled, report, by=cast.focal_point)
    assert applied.codes("differs") == ["1.1.A"]
    assert [c.original for c in compose(report).section("1.1.A").contributions] == ["<p>Al geschreven.</p>"]


def test_replaced_texts_stay_in_the_history(report, filled, cast):
    section = report.sections.get(question__code="1.1.A")
    old = writing.add_contribution(section, "<p>Al geschreven.</p>", by=cast.contributor, language="nl")
    applying.apply(filled, report, by=cast.focal_point, replace=True)
    old.refresh_from_db()
    assert old.removed_at is not None
    assert old.revisions.get().body == "<p>Al geschreven.</p>"
    assert compose(report) == filled


def test_adding_keeps_both_texts(report, filled, cast):
    section = report.sections.get(question__code="1.1.A")
    writing.add_contribution(section, "<p>Al geschreven.</p>", by=cast.contributor, language="nl")
    applying.apply(filled, report, by=cast.focal_point, choices={"1.1.A": "add"})
    texts = [c.original for c in compose(report).section("1.1.A").contributions]
    assert texts == ["<p>Al geschreven.</p>", "<p>Eerste.</p>", "<p>Zweite.</p>"]


def test_a_document_of_another_country_is_refused(begin, filled, cast):
    with pytest.raises(Problem, match="of BE, not that of 2014 of NL"):
        applying.apply(filled, begin(2014, "NL"), by=cast.other_country)


def test_a_document_of_another_year_is_refused(begin, filled, cast):
    with pytest.raises(Problem, match="form of 2014 of BE, not that of 2016"):
        applying.apply(filled, begin(2016), by=cast.focal_point)


def test_a_submitted_report_refuses_a_document(report, filled, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(Problem, match="sent in"):
        applying.apply(filled, report, by=cast.focal_point)
    assert compose(report).section("1.1.A").state == "blank"


def test_a_document_has_only_what_is_shown(report, cast):
    sections = {s.question.code: s for s in report.sections.select_related("question")}
    aside = writing.add_contribution(sections["1.1.A"], "<p>Opzij.</p>", by=cast.focal_point)
    writing.set_nothing(aside.section, True, by=cast.focal_point)
    removed = writing.add_contribution(sections["1.1.B"], "<p>Weg.</p>", by=cast.focal_point)
    writing.remove(removed, by=cast.focal_point)
    emptied = writing.add_contribution(sections["1.1.C"], "<p>Leeg.</p>", by=cast.focal_point)
    writing.save_text(emptied, "", base=1, by=cast.focal_point)
    document = compose(report)
    assert [document.section(code).state for code in ("1.1.A", "1.1.B", "1.1.C")] == ["nothing", "blank", "blank"]
    for word in ("Opzij", "Weg", "Leeg"):
        assert word not in document.canonical()
