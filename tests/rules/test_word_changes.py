"""A Word file of the portal is uploaded again: each text is merged from the revision that it grew from."""

import pytest
from django.conf import settings

from reports.models import Conflict, Contribution, Revision, SectionLog, Step, Upload
from reports.pages.country.preview import upload_page
from reports.rules import delegations, uploads, word_files, workflow, writing
from tests.views.steps import send_in
from tests.writers.word_changing import (
    changed,
    emptied,
    retagged,
    typed_after,
    untagged,
    without_control,
    without_paragraph,
)
from tests.writers.word_reading import with_libreoffice

pytestmark = pytest.mark.django_db
LAW = "De wet is in werking."
NEW_LAW = "De wet is sinds mei in werking."


@pytest.fixture
def second(section, written, cast):
    """A French contribution beside the Dutch one."""
    body = "<p>La loi est en vigueur.</p><ul><li>Police</li><li>Justice</li></ul>"
    return writing.add_contribution(section, body, by=cast.focal_point, language="fr", authority="SPF")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def taken(report, by):
    return word_files.draft(fresh(report), by=by)


def read(data, report, by):
    return uploads.read(data, "report.docx", fresh(report), by=by)


def imported(data, report, by, **choices):
    found = read(data, report, by)
    return found, uploads.apply(found, by=by, **choices)


def kinds(upload, user):
    page = upload_page(user, Upload.objects.select_related("report").get(pk=upload.pk), upload.report)
    return {row.section.code: [change.kind for change in row.changes] for row in page.preview.changing}


def rows():
    return Revision.objects.count(), Contribution.objects.count(), SectionLog.objects.count()


def test_an_unchanged_file_writes_nothing(report, written, second, cast):
    before = rows()
    found, applied = imported(taken(report, cast.focal_point), report, cast.focal_point)
    assert rows() == before
    assert applied.sections["2.1.A"] == "same"
    assert kinds(found, cast.focal_point) == {}


def test_a_whole_report_is_recognised_as_unchanged(report, cast):
    for path in sorted((settings.BASE_DIR / "fixtures" / "demo").glob("belgium-2014.*")):
        imported(path.read_bytes(), report, cast.focal_point, replace=True)
    before = rows()
    _, applied = imported(taken(report, cast.focal_point), report, cast.focal_point)
    assert set(applied.sections.values()) == {"same", "blank"}
    assert rows() == before


def test_only_the_changed_contribution_gets_a_revision(report, written, second, cast):
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    found = read(data, report, cast.focal_point)
    assert kinds(found, cast.focal_point) == {"2.1.A": ["changed"]}
    assert uploads.apply(found, by=cast.focal_point).sections["2.1.A"] == "merged"
    now = fresh(written)
    assert (now.body, now.language, now.authority) == (f"<p>{NEW_LAW}</p>", "nl", "Justitie")
    assert [row.base for row in written.revisions.all()] == [0, 1]
    assert second.revisions.count() == 1


def test_a_late_file_keeps_what_was_written_since(report, written, cast):
    two = f"<p>{LAW}</p><p>Twee.</p>"
    writing.save_text(written, two, base=1, by=cast.focal_point)
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    writing.save_text(written, f"<p>{LAW}</p><p>Drie.</p>", base=2, by=cast.contributor)
    found = read(data, report, cast.focal_point)
    assert kinds(found, cast.focal_point) == {"2.1.A": ["both"]}
    uploads.apply(found, by=cast.focal_point)
    assert fresh(written).body == f"<p>{NEW_LAW}</p><p>Drie.</p>"
    assert not Conflict.objects.exists()


def test_two_changes_of_one_paragraph_are_a_conflict(report, written, cast):
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    writing.save_text(written, "<p>De wet is sinds juni in werking.</p>", base=1, by=cast.contributor)
    found, _ = imported(data, report, cast.focal_point)
    (conflict,) = Conflict.objects.all()
    assert ("mei" in conflict.mine, "juni" in conflict.theirs) == (True, True)
    assert conflict.their_author == cast.contributor
    assert uploads.conflicts_made(found) == ["2.1.A"]
    assert "juni" in fresh(written).body


def test_an_emptied_text_stays_unless_it_is_removed(report, written, second, cast):
    data = emptied(taken(report, cast.focal_point), f"c:{written.pk}:")
    found, applied = imported(data, report, cast.focal_point)
    assert kinds(found, cast.focal_point) == {"2.1.A": ["emptied"]}
    assert applied.sections["2.1.A"] == "differs"
    assert fresh(written).removed_at is None
    again, _ = imported(data, report, cast.focal_point, choices={"2.1.A": "remove"})
    assert fresh(written).removed_at
    assert fresh(second).removed_at is None
    assert uploads.undo(again, by=cast.focal_point) == []
    assert fresh(written).removed_at is None


def test_an_emptied_text_stays_beside_a_change(report, written, second, cast):
    data = changed(emptied(taken(report, cast.focal_point), f"c:{second.pk}:"), LAW, NEW_LAW)
    found, applied = imported(data, report, cast.focal_point)
    assert applied.sections["2.1.A"] == "merged"
    assert fresh(written).body == f"<p>{NEW_LAW}</p>"
    assert fresh(second).removed_at is None
    assert kinds(found, cast.focal_point) == {"2.1.A": ["emptied"]}


def test_what_was_removed_since_stays_removed(report, written, second, cast):
    data = taken(report, cast.focal_point)
    for row in (written, second):
        writing.remove(row, by=cast.contributor)
    _, applied = imported(data, report, cast.focal_point)
    assert applied.sections["2.1.A"] == "same"
    assert not written.section.contributions.live().exists()
    imported(changed(data, LAW, NEW_LAW), report, cast.focal_point)
    assert [row.body for row in written.section.contributions.live()] == [f"<p>{NEW_LAW}</p>"]
    assert fresh(written).removed_at


def test_a_text_that_quotes_the_form_is_a_text(report, section, cast):
    prompt = section.question.prompt_en
    body = f"<p>Before.</p><p>B) {prompt}</p><p>Operational Goal: {section.question.goal.text_en}.</p><p>After.</p>"
    writing.add_contribution(section, body, by=cast.focal_point, language="en")
    before = rows()
    found, applied = imported(taken(report, cast.focal_point), report, cast.focal_point)
    assert applied.sections["2.1.A"] == "same"
    assert rows() == before
    assert not found.loose_lines.exists()


def test_a_foreign_tag_reaches_no_other_country(report, written, begin, cast):
    theirs = begin(2014, "NL")
    section = theirs.sections.get(question__code="2.1.A")
    foreign = writing.add_contribution(section, "<p>Geheim.</p>", by=cast.other_country, language="nl")
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    data = retagged(data, f"c:{written.pk}:", f"c:{foreign.pk}:1")
    found = read(data, report, cast.focal_point)
    page = upload_page(cast.focal_point, found, fresh(report))
    (row,) = [row for row in page.preview.rows if row.section.code == "2.1.A"]
    assert row.outcome == "differs"
    assert any("treated as a new text" in notice["message"] for notice in row.notices)
    assert "Geheim" not in str(page)
    uploads.apply(found, by=cast.focal_point)
    assert (fresh(foreign).body, fresh(written).body) == ("<p>Geheim.</p>", f"<p>{LAW}</p>")
    assert foreign.revisions.count() == 1


@pytest.mark.parametrize("tag", ["c:{}:99", "c:999999999:1", "c:{}:99999999", "c:99999999999999999:1"])
def test_a_made_up_tag_is_a_text_like_any_other(report, written, cast, tag):
    data = retagged(taken(report, cast.focal_point), f"c:{written.pk}:", tag.format(written.pk))
    _, applied = imported(changed(data, LAW, NEW_LAW), report, cast.focal_point)
    assert applied.sections["2.1.A"] == "differs"
    assert fresh(written).body == f"<p>{LAW}</p>"


def test_who_may_not_write_a_text_changes_nothing_in_it(report, written, second, cast):
    delegations.give(report, cast.contributor, {"2.1.A": "own"}, by=cast.focal_point)
    data = changed(taken(report, cast.contributor), LAW, NEW_LAW)
    found = read(data, report, cast.contributor)
    assert kinds(found, cast.contributor) == {"2.1.A": ["not yours"]}
    applied = uploads.apply(found, by=cast.contributor)
    assert applied.sections["2.1.A"] == "not yours"
    assert fresh(written).body == f"<p>{LAW}</p>"
    assert Contribution.objects.count() == 2


def test_a_contributor_uploads_their_own_text_again(report, written, section, cast):
    delegations.give(report, cast.contributor, {"2.1.A": "own"}, by=cast.focal_point)
    section.report = fresh(report)
    own = writing.add_contribution(section, "<p>Wij delen de lijst.</p>", by=cast.contributor, language="nl")
    data = changed(taken(report, cast.contributor), "Wij delen", "Wij delen sinds mei")
    imported(data, report, cast.contributor)
    assert fresh(own).body == "<p>Wij delen sinds mei de lijst.</p>"
    assert written.revisions.count() == 1


def test_the_same_file_twice_writes_once(report, written, cast):
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    imported(data, report, cast.focal_point)
    writing.save_text(written, "<p>Anders.</p>", base=2, by=cast.contributor)
    before = rows()
    found, applied = imported(data, report, cast.focal_point)
    assert applied.sections["2.1.A"] == "same"
    assert rows() == before
    assert upload_page(cast.focal_point, found, report).twins


def test_text_outside_the_controls_is_a_new_contribution(report, written, cast):
    data = typed_after(taken(report, cast.focal_point), f"c:{written.pk}:", "La police a formé deux équipes.")
    found = read(data, report, cast.focal_point)
    assert kinds(found, cast.focal_point) == {"2.1.A": ["new"]}
    uploads.apply(found, by=cast.focal_point)
    assert [row.body for row in written.section.contributions.live()] == [
        f"<p>{LAW}</p>",
        "<p>La police a formé deux équipes.</p>",
    ]
    assert written.revisions.count() == 1
    _, applied = imported(data, report, cast.focal_point)
    assert applied.sections["2.1.A"] == "same"


def test_an_import_is_undone_as_far_as_nothing_followed(report, written, second, cast):
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    found, _ = imported(data, report, cast.focal_point)
    assert uploads.undo(found, by=cast.focal_point) == []
    assert fresh(written).body == f"<p>{LAW}</p>"
    again, _ = imported(data, report, cast.focal_point)
    assert fresh(written).body == f"<p>{NEW_LAW}</p>"
    writing.save_text(written, "<p>Anders.</p>", base=4, by=cast.contributor)
    assert uploads.undo(again, by=cast.focal_point) == ["2.1.A"]
    assert fresh(written).body == "<p>Anders.</p>"


def test_undoing_closes_the_conflicts_it_made(report, written, cast):
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    writing.save_text(written, "<p>De wet is sinds juni in werking.</p>", base=1, by=cast.contributor)
    found, _ = imported(data, report, cast.focal_point)
    assert uploads.undo(found, by=cast.focal_point) == []
    assert not Conflict.objects.filter(settled_at=None).exists()
    assert "juni" in fresh(written).body


def test_the_report_can_be_kept_as_it_is(report, written, cast):
    data = changed(taken(report, cast.focal_point), LAW, NEW_LAW)
    imported(data, report, cast.focal_point, choices={"2.1.A": "keep"})
    assert fresh(written).body == f"<p>{LAW}</p>"


def test_a_copied_control_is_a_new_text(report, written, second, cast):
    data = typed_after(taken(report, cast.focal_point), f"c:{written.pk}:", "Tussen twee teksten.")
    data = retagged(data, f"c:{second.pk}:", f"c:{written.pk}:1")
    data = changed(data, "La loi", "Cette loi")
    imported(data, report, cast.focal_point)
    assert written.revisions.count() == 1
    assert second.revisions.count() == 1


def test_a_file_says_who_downloaded_it(report, written, cast):
    found = read(taken(report, cast.contributor), report, cast.focal_point)
    origin = upload_page(cast.focal_point, found, report).origin
    assert (origin.submission, origin.taken_by) == (0, cast.contributor)
    own = read(taken(report, cast.focal_point), report, cast.focal_point)
    assert upload_page(cast.focal_point, own, report).origin.taken_by is None


def test_a_file_names_nobody_of_another_country(report, written, cast):
    found = read(taken(report, cast.focal_point), report, cast.focal_point)
    found.claims["origin"]["made_for"] = cast.other_country.pk
    assert upload_page(cast.focal_point, found, report).origin.taken_by is None


def test_a_submission_can_be_uploaded_too(report, written, cast):
    sent = send_in(report, cast)
    data = changed(word_files.submission(sent, by=cast.focal_point), LAW, NEW_LAW)
    found = read(data, report, cast.focal_point)
    assert upload_page(cast.focal_point, found, fresh(report)).origin.submission == 1
    workflow.take_step(fresh(report), Step.WITHDRAW, by=cast.focal_point)
    uploads.apply(found, by=cast.focal_point)
    assert fresh(written).body == f"<p>{NEW_LAW}</p>"


def test_without_tags_it_is_a_filled_in_form(report, written, cast):
    found, applied = imported(untagged(taken(report, cast.focal_point)), report, cast.focal_point)
    blanks = {code for code, outcome in applied.sections.items() if outcome == "blank"}
    assert len(blanks) == len(applied.sections) - 1
    assert not found.loose_lines.exists()
    assert fresh(written).body == f"<p>{LAW}</p>"


def test_a_file_that_libreoffice_saved_is_still_read(report, written, cast, tmp_path):
    data = with_libreoffice(taken(report, cast.focal_point), tmp_path, "docx")
    _, applied = imported(changed(data, LAW, NEW_LAW), report, cast.focal_point, choices={"2.1.A": "replace"})
    assert applied.codes("replaced") == ["2.1.A"]
    assert set(applied.sections.values()) == {"replaced", "blank"}
    assert [row.body for row in written.section.contributions.live()] == [f"<p>{NEW_LAW}</p>"]


def test_a_control_that_was_deleted_is_named(report, written, second, cast):
    data = without_control(taken(report, cast.focal_point), f"c:{second.pk}:")
    found, applied = imported(data, report, cast.focal_point)
    assert kinds(found, cast.focal_point) == {"2.1.A": ["missing"]}
    assert applied.sections["2.1.A"] == "same"
    assert fresh(second).removed_at is None


def test_all_controls_of_a_section_may_be_deleted(report, written, second, cast):
    data = taken(report, cast.focal_point)
    for row in (written, second):
        data = without_control(data, f"c:{row.pk}:")
    found, _ = imported(data, report, cast.focal_point)
    assert kinds(found, cast.focal_point) == {"2.1.A": ["missing", "missing"]}
    assert [fresh(row).removed_at for row in (written, second)] == [None, None]


def test_two_controls_with_one_tag_are_two_texts(report, written, second, cast):
    data = retagged(taken(report, cast.focal_point), f"c:{second.pk}:", f"c:{written.pk}:1")
    found = read(changed(data, "La loi", "Cette loi"), report, cast.focal_point)
    page = upload_page(cast.focal_point, found, fresh(report))
    (row,) = page.preview.changing
    assert [change.kind for change in row.changes] == ["new", "missing"]
    assert any("twice" in notice["message"] for notice in row.notices)
    uploads.apply(found, by=cast.focal_point)
    assert fresh(written).body == f"<p>{LAW}</p>"
    bodies = [one.body for one in written.section.contributions.live()]
    assert bodies[:2] == [f"<p>{LAW}</p>", second.body]
    assert "Cette loi" in bodies[2]


def test_lists_that_meet_stay_lists(report, section, cast):
    lists = ("<ol><li><p>Een</p></li></ol>", "<p>Tussen de lijsten.</p>", "<ol><li><p>Twee</p></li></ol>")
    row = writing.add_contribution(section, "".join(lists), by=cast.focal_point, language="nl")
    data = without_paragraph(taken(report, cast.focal_point), "Tussen de lijsten.")
    imported(data, report, cast.focal_point)
    assert fresh(row).body == "<ol><li><p>Een</p></li><li><p>Twee</p></li></ol>"


@pytest.mark.parametrize("emptied_item", ["Een", "Twee"])
def test_an_emptied_item_leaves_the_others_in_their_list(report, section, cast, emptied_item):
    items = {word: f"<li><p>{word}</p></li>" for word in ("Een", "Twee", "Drie", "Vier")}
    row = writing.add_contribution(section, f"<ol>{''.join(items.values())}</ol>", by=cast.focal_point, language="nl")
    imported(changed(taken(report, cast.focal_point), emptied_item, ""), report, cast.focal_point)
    del items[emptied_item]
    assert fresh(row).body == f"<ol>{''.join(items.values())}</ol>"
