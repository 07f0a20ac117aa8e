"""What sending in freezes of each translation: its text, whether it was current, and where none was wanted."""

import pytest

from reports.document.translation_marks import Translation
from reports.document.tree import Document
from reports.models import Contribution, Report, Step, Submission
from reports.rules import applying, documents, workflow, writing
from reports.rules.writing.in_hand import newest_number

pytestmark = pytest.mark.django_db
DUTCH = [f"<p>Alinea {n} zegt wat de dienst in het jaar {n} heeft gedaan.</p>" for n in range(1, 5)]
FRENCH = [f"<p>Le paragraphe {n} dit ce que le service a fait.</p>" for n in range(1, 5)]


@pytest.fixture
def translated(section, cast):
    row = writing.add_contribution(section, "".join(DUTCH), by=cast.focal_point, language="nl")
    writing.save_text(row, "".join(FRENCH), base=0, by=cast.focal_point, language="fr")
    return row


def composed(row):
    document = documents.compose(Report.objects.get(pk=row.section.report_id))
    return document, next(one for section in document.sections() for one in section.contributions)


def rewrite(row, by, *paragraphs):
    writing.save_text(row, "".join(paragraphs), base=newest_number(row), by=by)


def shown(row, place):
    return writing.Shown("fr", place, newest_number(row), newest_number(row, "fr"))


def test_a_current_translation_is_kept_as_before(translated):
    document, found = composed(translated)
    assert (document.version, found.translations) == (1, {})
    assert found.body == {"nl": "".join(DUTCH), "fr": "".join(FRENCH)}


def test_sending_in_freezes_what_is_for_an_older_wording(translated, cast):
    rewrite(translated, cast.focal_point, DUTCH[0], DUTCH[1].replace("gedaan", "beslist"), *DUTCH[2:])
    workflow.take_step(translated.section.report, Step.SEND_IN, by=cast.focal_point)
    document = Document.from_json(Submission.objects.get().document)
    found = document.section(translated.section.code).contributions[0]
    assert (document.version, found.translation("fr")) == (3, Translation(older=(1,)))
    assert document.sha256() == Submission.objects.get().sha256


def test_turning_the_change_back_gives_the_hash_of_before(translated, cast):
    before = composed(translated)[0].sha256()
    rewrite(translated, cast.focal_point, DUTCH[0].replace("gedaan", "beslist"), *DUTCH[1:])
    assert composed(translated)[0].sha256() != before
    rewrite(translated, cast.focal_point, *DUTCH)
    assert composed(translated)[0].sha256() == before


def test_the_translation_follows_moved_and_removed_paragraphs(translated, cast):
    rewrite(translated, cast.focal_point, DUTCH[3], DUTCH[0], DUTCH[2])
    _document, found = composed(translated)
    assert (found.body["fr"], found.translations) == (FRENCH[3] + FRENCH[0] + FRENCH[2], {})


def test_a_new_paragraph_and_one_not_wanted_have_their_places(translated, cast):
    rewrite(translated, cast.focal_point, DUTCH[0], "<p>Een geheel nieuw besluit volgt.</p>", *DUTCH[1:])
    writing.want_row(translated, shown(translated, 4), wanted=False, by=cast.focal_point)
    marks = composed(translated)[1].translation("fr")
    assert [(gap.block, gap.before) for gap in marks.untranslated] == [(1, 1)]
    assert [(gap.block, gap.before) for gap in marks.unwanted] == [(4, 3)]


def test_a_text_that_needs_no_translation_is_kept_as_such(section, cast):
    row = writing.add_contribution(section, DUTCH[0], by=cast.focal_point, language="nl")
    writing.want_row(row, shown(row, 0), wanted=False, by=cast.focal_point)
    _document, found = composed(row)
    assert list(found.body) == ["nl"]
    assert len(found.translation("fr").unwanted) == 1


def test_units_cost_one_query_however_many_texts(translated, cast, django_assert_num_queries):
    report = Report.objects.with_sections().get(pk=translated.section.report_id)
    list(report.sections.all())
    with django_assert_num_queries(1):
        found = documents.units_in(report)
    report = Report.objects.with_sections(units=True).get(pk=report.pk)
    with django_assert_num_queries(0):
        assert documents.units_in(report) == found
    assert list(found) == [(translated.pk, language) for language in documents.LANGUAGES]
    assert found[translated.pk, "fr"] == Contribution.objects.with_units().get(pk=translated.pk).units_fr


def test_a_composed_document_applied_again_changes_nothing(translated, cast):
    rewrite(translated, cast.focal_point, DUTCH[0].replace("gedaan", "beslist"), *DUTCH[1:])
    document, _found = composed(translated)
    applied = applying.apply(document, translated.section.report, by=cast.focal_point)
    assert applied.codes("same") == [translated.section.code]
    assert composed(translated)[0] == document
