"""A report holds so much text and no more; a text that becomes shorter is always taken."""

import pytest

from reports.document import lengths
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
