"""A report holds so much text and no more; a text that becomes shorter is always taken."""

import pytest

from reports.document import lengths, richtext
from reports.document.problem import Problem
from reports.rules import writing

pytestmark = pytest.mark.django_db
PIECE = 190_000
REFUSED = "With this text the report would have"


def paragraphs(characters):
    """Return a text that has so many characters in its normal form."""
    return f"<p>{'a' * (characters - 7)}</p>"


@pytest.fixture
def full(report, written, cast):
    """Belgium's report with two long texts: `written` has the first one."""
    writing.save_text(written, paragraphs(PIECE), base=1, by=cast.focal_point)
    section = report.sections.get(question__code="2.1.B")
    writing.add_contribution(section, paragraphs(PIECE), by=cast.focal_point, language="nl")
    return written


def test_no_contribution_is_added_to_a_full_report(full, report, cast):
    section = report.sections.get(question__code="2.1.C")
    with pytest.raises(Problem, match=REFUSED):
        writing.add_contribution(section, paragraphs(20_001), by=cast.focal_point)
    writing.add_contribution(section, paragraphs(19_999), by=cast.focal_point)


def test_no_text_grows_beyond_a_full_report(full, cast):
    with pytest.raises(Problem, match=REFUSED):
        writing.save_text(full, paragraphs(PIECE), base=0, by=cast.focal_point, language="fr")
    full.refresh_from_db()
    assert full.translation_fr in (None, "")


def test_a_text_of_a_report_that_is_too_long_can_be_shortened(full, cast, monkeypatch):
    monkeypatch.setattr(lengths, "LONGEST_REPORT", 100_000)
    saved = writing.save_text(full, paragraphs(PIECE - 10), base=2, by=cast.focal_point)
    assert saved.outcome == "saved"


def test_a_removed_text_does_not_count(full, report, cast):
    writing.remove(full, by=cast.focal_point)
    writing.add_contribution(report.sections.get(question__code="2.1.C"), paragraphs(PIECE), by=cast.focal_point)


def items(count):
    return "<ul>" + "<li><p>a</p></li>" * count + "</ul>"


def test_a_text_with_too_many_pieces_is_refused(written, cast):
    with pytest.raises(Problem, match="has 6003 paragraphs, lines, list items"):
        writing.save_text(written, items(3_001), base=1, by=cast.focal_point)
    assert writing.save_text(written, items(2_999), base=1, by=cast.focal_point).outcome == "saved"


def test_a_stored_text_with_too_many_pieces_can_be_made_smaller(written, cast, monkeypatch):
    writing.save_text(written, items(100), base=1, by=cast.focal_point)
    monkeypatch.setattr(richtext, "MOST_PIECES", 150)
    monkeypatch.setattr(lengths, "MOST_PIECES", 150)
    monkeypatch.setattr("reports.rules.writing.texts.MOST_PIECES", 150)
    with pytest.raises(Problem, match="the maximum for a contribution is 150"):
        writing.save_text(written, items(101), base=2, by=cast.focal_point)
    assert writing.save_text(written, items(99), base=2, by=cast.focal_point).outcome == "saved"


def test_a_stored_text_can_be_sent_again_from_a_plain_box(monkeypatch):
    stored = richtext.normalise(items(100))
    plain = richtext.to_plain(stored)
    monkeypatch.setattr(richtext, "MOST_PIECES", 150)
    monkeypatch.setattr(lengths, "MOST_PIECES", 150)
    assert richtext.from_typed(plain, is_html=False, stored=stored) == stored
    with pytest.raises(Problem, match="has 202 paragraphs"):
        richtext.from_typed(f"{plain}\n- a", is_html=False, stored=stored)


def test_no_report_has_more_pieces_than_it_can_print(report, written, cast):
    sections = [report.sections.get(question__code=f"{goal}.A") for goal in ("2.1", "2.2", "3.1")]
    for section in sections:
        writing.add_contribution(section, items(2_650), by=cast.focal_point, language="nl")
    with pytest.raises(Problem, match="the maximum for all texts of a report is 16000"):
        writing.save_text(written, items(100), base=1, by=cast.focal_point)
    assert writing.save_text(written, items(10), base=1, by=cast.focal_point).outcome == "saved"


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><p>b</p>",
        "<ol><li><p>a<br>b</p></li><li><p><strong>a</strong> <em>b</em></p></li></ol>",
        '<p><a href="https://example.org/"><strong><em>a</em></strong></a> [b] c\\d **e</p>',
    ],
)
def test_a_plain_text_has_at_most_three_times_the_pieces(html):
    stored = richtext.normalise(html * 50)
    assert lengths.pieces(richtext.to_plain(stored), is_html=False) <= 3 * lengths.pieces(stored, is_html=True)
