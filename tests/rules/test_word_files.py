"""Word files of a report: who may take them, what is in them, and what they say about their origin."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from reports.document.problem import Problem
from reports.models import Country, Report, ReportingForm
from reports.rules import delegations, documents, word_files, writing
from tests.views.steps import send_in
from tests.writers.word_reading import WordText

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(written, cast):
    """A French contribution beside the Dutch one, which has been changed once since."""
    row = writing.add_contribution(
        written.section, "<p>La loi.</p>", by=cast.focal_point, language="fr", authority="SPF"
    )
    writing.save_text(written, "<p>De wet geldt.</p>", base=1, by=cast.focal_point)
    return row


def fresh(report):
    return Report.objects.get(pk=report.pk)


def tags(data, *kinds):
    return [one.tag for one in WordText(data).controls() if one.tag[0] in kinds]


def texts(data):
    return {one.tag: one.text for one in WordText(data).controls() if one.tag.startswith("c:")}


def test_a_draft_names_contributions_and_revisions(report, written, second, cast):
    data = word_files.draft(fresh(report), by=cast.focal_point)
    assert texts(data) == {f"c:{written.pk}:2": "De wet geldt.", f"c:{second.pk}:1": "La loi."}
    assert "s:2.1.A" in tags(data, "s")


def test_a_draft_says_where_it_comes_from(report, written, cast):
    origin = WordText(word_files.draft(fresh(report), by=cast.contributor)).origin
    document = documents.compose(fresh(report))
    assert (origin.country, origin.year, origin.kind) == ("BE", 2014, "draft")
    assert (origin.sha256, origin.form_language) == (document.sha256(), "en")
    assert (origin.made_for, origin.submission) == (cast.contributor.pk, 0)


def test_a_draft_is_dated_by_its_newest_save(report, written, second, cast):
    data = word_files.draft(fresh(report), by=cast.focal_point)
    newest = written.revisions.get(number=2).at.replace(microsecond=0)
    assert WordText(data).document.core_properties.created == newest
    assert data == word_files.draft(fresh(report), by=cast.focal_point)


def test_only_the_country_takes_its_draft(report, cast):
    for role in ("other_country", "reviewer", "administrator"):
        with pytest.raises(PermissionDenied):
            word_files.draft(report, by=cast[role])


def test_own_sections_are_those_that_were_given(report, written, second, cast):
    delegations.give(report, cast.contributor, {"2.1.A": "whole", "1.1.B": "own"}, by=cast.focal_point)
    data = word_files.own_sections(fresh(report), by=cast.contributor)
    assert tags(data, "c", "s") == ["s:1.1.B", f"c:{written.pk}:2", f"c:{second.pk}:1", "s:2.1.A"]
    assert WordText(data).origin.kind == "own"
    assert WordText(data).styled("Heading 1") == ["Policy Target No. 1", "Policy Target No. 2"]


def test_a_contribution_of_ones_own_comes_without_the_others(report, written, second, section, cast):
    delegations.give(report, cast.contributor, {"2.1.A": "own"}, by=cast.focal_point)
    before = word_files.own_sections(fresh(report), by=cast.contributor)
    assert tags(before, "c", "s") == ["s:2.1.A"]
    section.report = fresh(report)
    own = writing.add_contribution(section, "<p>Ours.</p>", by=cast.contributor, language="en", authority="Police")
    cast.contributor.__dict__.pop("_assignments", None)  # as in the next request
    assert tags(word_files.own_sections(fresh(report), by=cast.contributor), "c", "s") == [f"c:{own.pk}:1"]


def test_who_was_given_nothing_is_told_so(report, cast):
    delegations.give(report, cast.contributor, {}, by=cast.focal_point)
    with pytest.raises(Problem, match="Ask your focal point"):
        word_files.own_sections(fresh(report), by=cast.contributor)


def test_own_sections_are_refused_once_sent_in(report, written, cast):
    send_in(report, cast)
    with pytest.raises(PermissionDenied):
        word_files.own_sections(fresh(report), by=cast.contributor)


def test_a_submission_names_the_revisions_it_holds(report, written, second, cast):
    sent = send_in(report, cast)
    data = word_files.submission(sent, by=cast.reader)
    assert texts(data) == {f"c:{written.pk}:2": "De wet geldt.", f"c:{second.pk}:1": "La loi."}
    origin = WordText(data).origin
    assert (origin.kind, origin.submission, origin.sha256) == ("submission", 1, sent.sha256)
    assert WordText(data).document.core_properties.created == sent.at.replace(microsecond=0)


def test_a_submission_stays_what_it_was(report, written, second, cast):
    from reports.models import Step
    from reports.rules import workflow

    sent = send_in(report, cast)
    before = word_files.submission(sent, by=cast.focal_point)
    workflow.take_step(fresh(report), Step.WITHDRAW, by=cast.focal_point)
    again = type(written).objects.get(pk=written.pk)
    writing.save_text(again, "<p>Anders.</p>", base=2, by=cast.focal_point)
    writing.remove(type(written).objects.get(pk=second.pk), by=cast.focal_point)
    assert word_files.submission(sent, by=cast.focal_point) == before


def test_a_submission_is_refused_like_its_page(report, written, cast):
    sent = send_in(report, cast)
    with pytest.raises(PermissionDenied):
        word_files.submission(sent, by=cast.other_country)


@pytest.mark.parametrize(("language", "title"), [("en", "Policy Target No. 1"), ("nl", "Beleidsdoelstelling nr. 1")])
def test_the_blank_form_comes_in_each_language(cast, language, title):
    country, form = Country.objects.get(code="BE"), ReportingForm.objects.get(year=2014)
    text = WordText(word_files.blank(form, country, language, by=cast.contributor))
    assert text.styled("Heading 1")[0] == title
    assert all(one.is_empty for one in text.controls())
    assert len(text.controls()) == 21
    assert (text.origin.kind, text.origin.form_language) == ("blank", language)


def test_the_blank_form_is_not_for_other_countries(cast):
    with pytest.raises(PermissionDenied):
        word_files.blank(
            ReportingForm.objects.get(year=2014), Country.objects.get(code="BE"), "en", by=cast.other_country
        )


@pytest.mark.parametrize("count", [1, 12])
def test_queries_do_not_grow_with_the_texts(report, section, cast, count, django_assert_num_queries):
    for number in range(count):
        writing.add_contribution(section, f"<p>{number}.</p>", by=cast.focal_point, language="en")
    with django_assert_num_queries(7):
        word_files.draft(fresh(report), by=cast.focal_point)


def test_the_command_writes_a_word_file(report, written, second, tmp_path):
    call_command("export_report", "be", 2014, tmp_path / "OUT.DOCX", stdout=StringIO())
    data = (tmp_path / "OUT.DOCX").read_bytes()
    assert texts(data) == {f"c:{written.pk}:2": "De wet geldt.", f"c:{second.pk}:1": "La loi."}
    assert WordText(data).origin.made_for == 0


def test_the_command_names_the_formats_it_knows(report, tmp_path):
    with pytest.raises(CommandError, match=r"\.pdf, \.json, \.docx"):
        call_command("export_report", "BE", 2014, tmp_path / "out.doc")
