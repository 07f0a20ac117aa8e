"""A passage keeps its language: no switch of the interface shows, moves, empties or doubles anything."""

import re
from pathlib import Path

import pytest

from reports.models import Contribution, Country, ReportingForm
from reports.rules import imports
from tests.seeds import SEEDS
from tests.views.html import fields

pytestmark = pytest.mark.django_db
OWN = Path(__file__).parents[2] / "forms" / "marks-2014.txt"
FORMS = [OWN, *(seed for seed in SEEDS if seed.stem.endswith("2014"))]
URL = "/reports/BE/2014/3.1/"
LANGUAGES = ("en", "nl", "fr")


@pytest.fixture(params=FORMS, ids=lambda form: form.stem)
def imported(request, client, cast):
    data = request.param.read_text(encoding="utf-8").replace("LUXEMBOURG", "BELGIUM").encode()
    result = imports.import_file(
        data,
        "form.txt",
        form=ReportingForm.objects.get(year=2014),
        country=Country.objects.get(code="BE"),
        by=cast.focal_point,
    )
    client.force_login(cast.focal_point)
    return result.report


def everything(report):
    rows = Contribution.objects.filter(section__report=report).order_by("pk")
    return [
        (r.pk, r.language, r.body, r.translation_en, r.translation_nl, r.translation_fr, r.removed_at) for r in rows
    ]


if FORMS[1:]:

    @pytest.mark.parametrize("imported", FORMS[1:], ids=lambda form: form.stem, indirect=True)
    def test_section_has_eleven_items_in_two_languages(imported):
        english, dutch = imported.sections.get(question__code="3.1.B").contributions.live()
        (below,) = re.findall(r":</p><ul>(.*?)</ul>", english.body)
        assert (english.language, dutch.language) == ("en", "nl")
        assert (english.body.count("<li>"), dutch.body.count("<li>"), below.count("<li>")) == (9, 2, 5)
        assert english.body.count("<strong>") == 2
        assert english.body.count("<a href=") == 2
        assert dutch.body.endswith("zouden beter worden gevormd,</p></li></ul>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_looking_and_saving_in_each_language_changes_nothing(client, imported, cast, language):
    before = everything(imported)
    client.post(URL, fields(client.get(URL)) | {"language": language})
    assert everything(imported) == before
    client.post(URL, fields(client.get(URL)))
    assert everything(imported) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edit_of_one_word_changes_that_word_alone(client, imported, cast, language):
    client.post(URL, fields(client.get(URL)) | {"language": language})
    english = imported.sections.get(question__code="3.1.B").contributions.live().first()
    before = everything(imported)
    posted = fields(client.get(URL))
    box = f"c{english.pk}-body"
    word = "young"
    assert word in posted[box]
    client.post(URL, posted | {box: posted[box].replace(word, "YOUNG", 1)})
    expected = [
        row if row[0] != english.pk else (*row[:2], row[2].replace(word, "YOUNG", 1), *row[3:]) for row in before
    ]
    assert everything(imported) == expected
