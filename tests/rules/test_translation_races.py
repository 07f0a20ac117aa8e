"""Many translators at once through real connections: nothing is saved over, and no save is refused."""

import pytest

from reports.models import Conflict, Contribution, TranslationEvent
from reports.rules import translations, writing
from tests.rules.test_races import WRITERS, together

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ("Aangiften", "Beelden", "Cijfers", "Dossiers", "Experten", "Feiten", "Gidsen", "Huizen")


@pytest.fixture
def text(section, cast):
    body = "".join(f"<p>{word} van de dienst {word.lower()} gemeld in mei.</p>" for word in WORDS)
    return writing.add_contribution(section, body, by=cast.focal_point, language="nl")


def rows(text):
    return translations.aligned(Contribution.objects.with_units().get(pk=text.pk), "fr").rows


def test_translators_of_different_rows_never_meet(text, cast):
    """All have the page that was opened before anybody translated anything; the last one changes the original."""

    def work(number):
        if number == WRITERS - 1:
            body = text.body.replace("Aangiften van de dienst", "Aangiften van de politie")
            writing.save_text(text, body, base=1, by=cast.focal_point)
        else:
            seen = writing.Shown("fr", number, 1, 0)
            by = cast.contributor if number % 2 else cast.focal_point
            writing.save_row(text, f"<p>Traduction {number}.</p>", seen, by=by)

    assert together(work) == []
    found = rows(text)
    assert [row.state for row in found] == ["stale", *["current"] * (WRITERS - 2), "untranslated"]
    assert [row.target[0].html for row in found[:-1]] == [f"Traduction {n}." for n in range(WRITERS - 1)]
    assert not Conflict.objects.exists()
    numbers = text.revisions.filter(language="fr").values_list("number", flat=True)
    assert list(numbers) == list(range(1, WRITERS))


def test_of_two_first_translations_of_a_row_both_are_kept(text, cast):
    people = (cast.focal_point, cast.contributor)

    def work(number):
        writing.save_row(text, f"<p>Version {number}.</p>", writing.Shown("fr", 0, 1, 0), by=people[number])

    assert together(work, 2) == []
    (conflict,) = Conflict.objects.all()
    assert {conflict.mine, conflict.theirs} == {"<p>Version 0.</p>", "<p>Version 1.</p>"}
    assert f"<p>{rows(text)[0].target[0].html}</p>" == conflict.theirs


def test_a_row_is_confirmed_once_by_many(text, cast):
    writing.save_text(
        text, "".join(f"<p>Ligne {n}.</p>" for n in range(WRITERS)), base=0, by=cast.focal_point, language="fr"
    )
    writing.save_text(text, text.body.replace("Aangiften van", "Aangiften bij"), base=1, by=cast.focal_point)
    seen = writing.Shown("fr", 0, 2, 1)
    assert together(lambda _: writing.confirm_row(text, seen, by=cast.contributor)) == []
    assert {row.state for row in rows(text)} == {"current"}
    assert TranslationEvent.objects.count() == 1
