"""A translation that is saved as a whole keeps what each passage was made from, whichever verb saves it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.document.translation.rows import align
from reports.models import Conflict, Contribution, How, Suggestion
from reports.pages.country.changes import section_changes
from reports.pages.country.comments import comments_of
from reports.pages.country.suggestions import suggestions_of
from reports.rules import comments, writing
from reports.rules.duties import awaited_by
from reports.rules.translations import units_of
from reports.rules.writing import conflicts
from reports.rules.writing.in_hand import newest_number

pytestmark = pytest.mark.django_db
DUTCH = [f"<p>Alinea {n} zegt wat de dienst in het jaar {n} heeft gedaan.</p>" for n in range(1, 5)]
FRENCH = [f"<p>Le paragraphe {n} dit ce que le service a fait.</p>" for n in range(1, 5)]


@pytest.fixture
def translated(section, cast):
    row = writing.add_contribution(section, "".join(DUTCH), by=cast.focal_point, language="nl")
    writing.save_text(row, "".join(FRENCH), base=0, by=cast.focal_point, language="fr")
    return row


def save(row, text, by, language="", **wish):
    return writing.save_text(row, text, base=newest_number(row, language), by=by, language=language, **wish)


def aligned(row):
    stored = Contribution.objects.with_units().get(pk=row.pk)
    return align(stored.body, units_of(stored, "fr"))


def states(row):
    return [one.state for one in aligned(row).rows]


def targets(row):
    return ["".join(f"<p>{block.html}</p>" for block in one.target) for one in aligned(row).rows]


def test_a_changed_paragraph_alone_is_stale_until_it_is_changed_back(translated, cast):
    changed = DUTCH[1].replace("dienst", "politie")
    save(translated, DUTCH[0] + changed + DUTCH[2] + DUTCH[3], cast.contributor)
    assert states(translated) == ["current", "stale", "current", "current"]
    assert targets(translated) == FRENCH
    assert "<ins> politie</ins>" in aligned(translated).rows[1].changes()
    save(translated, "".join(DUTCH), cast.contributor)
    assert states(translated) == ["current"] * 4
    assert translated.revisions.filter(language="fr").count() == 1


def test_typing_in_the_whole_translation_makes_nothing_current(translated, cast):
    save(translated, DUTCH[0].replace("dienst", "politie") + "".join(DUTCH[1:]), cast.contributor)
    edited = [FRENCH[0].replace("fait", "réalisé"), *FRENCH[1:]]
    save(translated, "".join(edited), cast.contributor, "fr")
    assert states(translated) == ["stale", "current", "current", "current"]
    assert targets(translated) == edited
    revision = translated.revisions.get(language="fr", number=2)
    stored = Contribution.objects.with_units().get(pk=translated.pk)
    assert revision.units == stored.units_fr != ""
    assert stored.translation_fr == revision.body == "".join(edited)


def test_two_translators_of_a_whole_text_keep_their_marks(translated, cast):
    save(translated, DUTCH[0].replace("dienst", "politie") + "".join(DUTCH[1:]), cast.contributor)
    writing.save_text(
        translated, "".join([*FRENCH[:3], "<p>Autre fin.</p>"]), base=1, by=cast.contributor, language="fr"
    )
    second = "".join([FRENCH[0], FRENCH[1].replace("fait", "réalisé"), *FRENCH[2:]])
    assert writing.save_text(translated, second, base=1, by=cast.focal_point, language="fr").is_merged
    assert states(translated) == ["stale", "current", "current", "current"]
    assert targets(translated)[1:] == [FRENCH[1].replace("fait", "réalisé"), FRENCH[2], "<p>Autre fin.</p>"]


def test_an_original_in_another_order_keeps_its_rows_when_somebody_types(translated, cast):
    save(translated, "".join(reversed(DUTCH)), cast.contributor)
    edited = [FRENCH[0].replace("fait", "réalisé"), *FRENCH[1:]]
    save(translated, "".join(edited), cast.contributor, "fr")
    assert states(translated) == ["current"] * 4
    assert targets(translated) == list(reversed(edited))


def test_the_passage_of_a_removed_paragraph_stays_apart_when_somebody_types(translated, cast):
    save(translated, "".join(DUTCH[1:]), cast.contributor)
    edited = [*FRENCH[:3], FRENCH[3].replace("fait", "réalisé")]
    save(translated, "".join(edited), cast.contributor, "fr")
    assert (states(translated), targets(translated)) == (["current"] * 3, edited[1:])
    save(translated, "".join(DUTCH), cast.contributor)
    assert (states(translated), targets(translated)) == (["current"] * 4, edited)


def test_a_restored_translation_is_for_the_wording_that_it_was_made_from(translated, cast):
    old = translated.revisions.get(language="fr")
    changed = DUTCH[0].replace("dienst", "politie") + "".join(DUTCH[1:])
    save(translated, changed, cast.contributor)
    save(translated, "<p>La police.</p>" + "".join(FRENCH[1:]), cast.contributor, "fr", units=())
    assert states(translated) == ["current"] * 4
    writing.restore_version(translated, old, base=2, by=cast.focal_point)
    assert states(translated) == ["stale", "current", "current", "current"]
    assert targets(translated) == FRENCH


def test_a_split_gives_each_part_its_translation(translated, cast):
    save(translated, DUTCH[0] + DUTCH[1] + DUTCH[2].replace("dienst", "politie") + DUTCH[3], cast.contributor)
    first, second = DUTCH[0] + DUTCH[1], DUTCH[2].replace("dienst", "politie") + DUTCH[3]
    below = writing.split(translated, first, second, base=2, by=cast.focal_point)
    assert (states(translated), targets(translated)) == (["current"] * 2, FRENCH[:2])
    assert (states(below), targets(below)) == (["stale", "current"], FRENCH[2:])
    kept = Contribution.objects.get(pk=translated.pk), Contribution.objects.get(pk=below.pk)
    assert [row.translation_fr for row in kept] == ["".join(FRENCH[:2]), "".join(FRENCH[2:])]
    writing.join(below, by=cast.focal_point)
    assert states(translated) == ["current", "current", "stale", "current"]
    assert targets(translated) == FRENCH


def test_a_translation_from_a_file_is_current(translated, cast):
    save(translated, DUTCH[0].replace("dienst", "politie"), cast.contributor)
    save(translated, "<p>La police.</p>", cast.contributor, "fr", how=How.READ, units=())
    assert states(translated) == ["current"]


def test_a_translation_outlives_an_original_that_was_emptied(translated, cast):
    save(translated, "", cast.contributor)
    save(translated, "".join(FRENCH[:3]), cast.contributor, "fr")
    save(translated, "".join(DUTCH[:3]), cast.contributor)
    assert targets(translated) == FRENCH[:3]


def test_pages_do_not_load_units(translated, section, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = list(section.contributions.live().with_numbers())
    assert rows[0].get_deferred_fields() == {"units_en", "units_nl", "units_fr"}
    with django_assert_num_queries(1):
        (row,) = section.contributions.live().with_numbers().with_units()
        assert units_of(row, "fr")


def test_rows_beside_a_contribution_do_not_load_its_units(translated, section, cast):
    """Lists of a history, of comments, suggestions and conflicts may have many rows of one contribution."""
    writing.set_authority(translated, "Politie", by=cast.focal_point)
    comments.add(translated, "Since when, @contributor?", by=cast.focal_point)
    Conflict.objects.create(
        revision=translated.revisions.get(language=""), mine="<p>a</p>", their_author=cast.contributor
    )
    Suggestion.objects.create(contribution=translated, base=1, body="<p>b</p>", by=cast.contributor)
    report = section.report
    awaited_by(cast.focal_point)  # counts what is left, once
    with CaptureQueriesContext(connection) as captured:
        awaited_by(cast.contributor)
        conflicts.unsettled(Contribution.objects.all())
        section_changes(section, report)
        list(comments_of([section]))
        list(suggestions_of(report))
    texts = [one["sql"].split(" FROM ")[0] for one in captured]
    assert sum('"reports_contribution"."authority"' in sql for sql in texts) >= 5
    assert [sql for sql in texts if "units" in sql] == []
