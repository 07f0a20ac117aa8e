"""What sending in freezes of each translation: its text, whether it was current, and where none was wanted."""

import pytest

from reports import readers
from reports.document.translation_marks import Gap, Translation
from reports.document.tree import Contribution, Document
from reports.models import Contribution as Row
from reports.models import Report, Step, Submission
from reports.pages.review.differences import between
from reports.readers import Expected
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


def test_a_mark_is_no_change_of_what_the_country_wrote(translated, cast):
    report, code = translated.section.report, translated.section.code
    rewrite(translated, cast.focal_point, DUTCH[0].replace("gedaan", "beslist"), *DUTCH[1:])
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    writing.confirm_row(translated, shown(translated, 0), by=cast.focal_point)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    first, second = Submission.objects.order_by("number")
    old, new = (Document.from_json(one.document) for one in (first, second))
    assert (old.version, new.version) == (3, 1)
    assert code in documents.unchanged(first, second)
    assert between(old.section(code), new.section(code), first, second).is_same


def test_units_cost_one_query_however_many_texts(translated, cast, django_assert_num_queries):
    report = Report.objects.with_sections().get(pk=translated.section.report_id)
    list(report.sections.all())
    with django_assert_num_queries(1):
        found = documents.units_in(report)
    report = Report.objects.with_sections(units=True).get(pk=report.pk)
    with django_assert_num_queries(0):
        assert documents.units_in(report) == found
    assert list(found) == [(translated.pk, language) for language in documents.LANGUAGES]
    assert found[translated.pk, "fr"] == Row.objects.with_units().get(pk=translated.pk).units_fr


def test_a_composed_document_applied_again_changes_nothing(translated, cast):
    rewrite(translated, cast.focal_point, DUTCH[0].replace("gedaan", "beslist"), *DUTCH[1:])
    document, _found = composed(translated)
    applied = applying.apply(document, translated.section.report, by=cast.focal_point)
    assert applied.codes("same") == [translated.section.code]
    assert composed(translated)[0] == document


def marked(report, whose="country"):
    """Return the report's document with a text of four paragraphs that has a translation with every mark."""
    marks = Translation(
        whose=whose,
        older=(0,),
        machine=(1,),
        unwanted=(Gap(block=1, before=1),),
        untranslated=(Gap(block=3, before=2),),
    )
    body = {"nl": "".join(DUTCH), "fr": FRENCH[0] + FRENCH[2]}
    blank = documents.compose(report)
    one = Contribution(authority="", language="nl", body=body, translations={"fr": marks})
    return blank.with_sections({"2.1.A": blank.section("2.1.A").with_contributions(one)})


def test_the_marks_of_a_file_are_imported(report, cast):
    document = marked(report)
    read = readers.read(document.canonical().encode(), "report.json", Expected(documents.compose(report)))
    assert (read.document, read.notices) == (document, ())
    applying.apply(read.document, report, by=cast.focal_point)
    assert documents.compose(Report.objects.get(pk=report.pk)) == document


def test_a_file_says_that_no_translation_is_wanted(report, cast):
    marks = Translation(unwanted=(Gap(block=0, before=0),))
    one = Contribution(authority="", language="nl", body={"nl": DUTCH[0]}, translations={"fr": marks})
    blank = documents.compose(report)
    document = blank.with_sections({"2.1.A": blank.section("2.1.A").with_contributions(one)})
    applying.apply(document, report, by=cast.focal_point)
    assert documents.compose(Report.objects.get(pk=report.pk)) == document


def test_a_translation_of_the_secretariat_is_never_imported(report, cast):
    document = marked(report, "secretariat")
    read = readers.read(document.canonical().encode(), "report.json", Expected(documents.compose(report)))
    assert [str(notice) for notice in read.notices] == [
        "Translations by the secretariat in section 2.1.A were left out: a report has those of the country only."
    ]
    assert (read.document.version, FRENCH[0] in read.document.canonical()) == (1, False)
    for found in (read.document, document):
        applying.apply(found, report, by=cast.focal_point, replace=True)
        (row,) = documents.compose(Report.objects.get(pk=report.pk)).section("2.1.A").contributions
        assert (list(row.body), row.translations) == (["nl"], {})
