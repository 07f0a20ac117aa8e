"""The form text in the PDF: its wording, feet, copies in other languages, and refusals."""

import re

import pytest

from reports.document.pdf_identity import LANGUAGES
from reports.document.problem import Problem
from reports.writers import pdf
from reports.writers.pdf_strings import STRINGS
from tests.writers import reading, samples
from tests.writers.reading import Passage


def lines(page: str) -> list[str]:
    """Return the text of an HTML page, one line for each source line that has text."""
    found = [" ".join(Passage(line).words) for line in page.split("<body", 1)[1].split(">", 1)[1].splitlines()]
    return [line for line in found if line]


def printed_lines(document, **options):
    return lines(pdf.html(document, **options))


def test_the_form_by_goal_word_for_word():
    assert lines(pdf.html(samples.by_goal(a_1_1="--")))[:8] == [
        "Global Alliance Against Child Sexual Abuse Online – 2014 Reporting Form",
        "BELGIUM",
        "Policy Target No. 1",
        (
            "Enhancing efforts to identify victims and ensuring that they receive the necessary assistance, support and"
            " protection."
        ),
        (
            "Operational Goal: Increase the number of identified victims in the International Child Sexual Exploitation"
            " images database (ICSE database) managed by INTERPOL by at least 10% yearly."
        ),
        "A) Please report on implementation of any measures announced in your country's 2013 report",
        "--",
        "B) Please assess progress made in your country to pursue this shared policy target",
    ]


def test_the_form_by_target_word_for_word():
    assert lines(pdf.html(samples.by_target(planned_1="--")))[:9] == [
        "Global Alliance against Child Sexual Abuse Online",
        "Belgium",
        (
            "Policy target No. 1: Enhancing efforts to identify victims and ensuring that they receive the necessary"
            " assistance, support and protection"
        ),
        (
            "Operational Goal: Increase the number of identified victims in the International Child Sexual Exploitation"
            " images database (ICSE database) managed by INTERPOL by at least 10% yearly"
        ),
        "Actions ALREADY UNDERTAKEN",
        "Description of the actions already undertaken",
        "Actions that WILL BE UNDERTAKEN",
        "Description of the actions that will be undertaken and timeframe",
        "--",
    ]


def test_by_target_every_further_target_starts_a_page():
    starts = [page.split(":")[0] for page in reading.pages(pdf.write(samples.by_target()))]
    assert starts[1:] == ["Policy target No. 2"]


@pytest.mark.parametrize(
    ("mark", "foot"), [("", "Belgium {page}"), ("Draft", "Belgium Draft {page}")], ids=["final", "draft"]
)
@pytest.mark.parametrize("document", [samples.rich_by_goal(), samples.by_target()], ids=["by-goal", "by-target"])
def test_a_foot_names_country_page_and_draft(document, mark, foot):
    feet = reading.feet(pdf.write(document, mark=mark))
    assert feet == [foot.format(page=page) for page in range(1, len(feet) + 1)]


def test_headings_stay_with_the_text_below():
    documents = [
        samples.by_goal(a_1_1=samples.long_text(seed, 9), a_2_1=samples.long_text(seed, 4)) for seed in range(3)
    ]
    for document in documents:
        for page in reading.pages(pdf.write(document)):
            last = page.strip().splitlines()[-1]
            assert not re.match(r"Policy Target|Operational Goal|A\) ", last)


TWO_PASSAGES = samples.text(("nl", "<p>Twee woorden.</p>"), ("fr", "<p>Deux mots.</p>"), fr="<p>Deux paroles.</p>")


def test_a_copy_notes_each_untranslated_answer():
    document = samples.by_goal(a_1_1=[*TWO_PASSAGES, *samples.text(("en", "<p>Two words.</p>"))])
    printed = printed_lines(document, translation="fr")
    assert printed[2] == (
        "Traduction : seules les réponses qui portent une mention sont imprimées dans leur langue d’origine."
    )
    start = printed.index("Deux paroles.")
    assert printed[start : start + 5] == [
        "Deux paroles.",
        "Texte original en français",
        "Deux mots.",
        "Texte original en anglais",
        "Two words.",
    ]
    assert "Twee woorden." not in printed
    assert reading.feet(pdf.write(document, translation="fr"))[0] == "Belgium Traduction 1"


def test_the_official_pdf_has_originals_and_no_note():
    printed = printed_lines(samples.by_goal(a_1_1=TWO_PASSAGES))
    assert "Twee woorden." in printed
    assert "Deux paroles." not in printed
    assert not any("riginal" in line or "ranslation" in line for line in printed)


@pytest.mark.parametrize(
    ("translation", "language", "note"),
    [
        ("en", "nl", "Original text in Dutch"),
        ("nl", "de-BE", "Oorspronkelijke tekst in het Duits"),
        ("fr", "el", "Texte original en grec"),
        ("en", "vi", "Original text (language: vi)"),
    ],
)
def test_a_note_names_the_language_of_the_original(translation, language, note):
    document = samples.by_goal(a_1_1=samples.text((language, "<p>x</p>")))
    assert note in printed_lines(document, translation=translation)


def test_another_form_language_makes_a_marked_copy():
    printed = printed_lines(samples.by_goal(a_1_1=TWO_PASSAGES), form_language="fr")
    assert printed[:4] == [
        "Alliance mondiale – Formulaire de rapport 2014",
        "BELGIQUE",
        (
            "Traduction : les réponses sont imprimées dans leur langue d’origine. Le texte du formulaire est une"
            " traduction propre au portail."
        ),
        "Objectif stratégique n° 1",
    ]
    assert "Twee woorden." in printed


def test_untranslated_form_text_is_tagged_as_english():
    page = pdf.html(samples.by_target(), form_language="nl")
    assert '<html lang="nl">' in page
    assert '<h1 lang="en"' in page
    assert "<p>Operationeel doel:</p>" in page
    assert '<h3 lang="en">Actions ALREADY UNDERTAKEN</h3>' in page


def test_a_draft_copy_is_marked_as_both():
    foot = reading.feet(pdf.write(samples.by_target(), form_language="nl", translation="fr", mark="Draft"))[0]
    assert foot == "België Concept · Traduction 1"


def test_markup_in_the_form_text_is_escaped():
    country = samples.BELGIUM.model_copy(update={"name": {"en": 'A <b> & "B"'}})
    assert reading.feet(pdf.write(samples.by_goal(country=country)))[0] == 'A <b> & "B" 1'


def test_an_unknown_layout_is_refused():
    form = samples.BY_GOAL.model_copy(update={"layout": "by-year"})
    with pytest.raises(Problem, match=r"by-year.*by-goal, by-target"):
        pdf.write(samples.by_goal().model_copy(update={"form": form}))


def test_a_layout_that_omits_a_section_is_refused():
    with pytest.raises(Problem, match=r"no place for section 1\.undertaken"):
        pdf.write(samples.by_target().model_copy(update={"form": samples.BY_GOAL}))
    with pytest.raises(Problem, match=r"no place for section 1\.1\.A"):
        pdf.write(samples.by_goal().model_copy(update={"form": samples.BY_TARGET}))


@pytest.mark.parametrize("options", [{"form_language": "de"}, {"translation": "../en"}])
def test_an_unknown_language_is_refused(options):
    with pytest.raises(Problem, match="Choose one of: en, nl, fr"):
        pdf.write(samples.by_goal(), **options)


def test_the_languages_of_the_identity_are_the_printed_ones():
    assert tuple(STRINGS) == LANGUAGES
