"""A reading copy says of each translation whose it is and whether it is current; the official form has originals."""

import pytest

from reports.document.pdf_identity import LANGUAGES
from reports.document.translation_marks import Translation
from reports.writers import pdf
from tests.writers import reading, samples
from tests.writers.test_pdf_form_text import printed_lines

CANARY = "the secretariat wrote this"


def copy_of(language, whose="country", layout="by-goal"):
    return printed_lines(samples.with_marks(layout, language, whose), form_language=language, translation=language)


def answer(lines, first, last):
    """Return the lines from the one that begins so to the one that ends so."""
    start = next(number for number, line in enumerate(lines) if line.startswith(first))
    stop = next(number for number, line in enumerate(lines) if number >= start and line.endswith(last))
    return lines[start : stop + 1]


def test_each_paragraph_that_is_not_current_begins_with_its_mark():
    (line,) = answer(copy_of("en"), "The act", "Ein dritter Tag folgt.")
    assert line == (
        "The act entered into force on 10 April. "
        "[Translation for an older wording] The service reported 10 cases. "
        "[Original text in German] Jede Staatsanwaltschaft hat eine Kontaktperson. "
        "[Machine translation, not read by a person yet] Two training days. "
        "[Original text in German; no translation wanted] Siehe www.example.org. "
        "Year [Original text in German] 2013 10 [Translation for an older wording] 12 "
        "[Original text in German] Ein dritter Tag folgt."
    )


@pytest.mark.parametrize(
    ("language", "notes"),
    [
        (
            "en",
            [
                "Translation by the country",
                "Translation by the country. Translation for an older wording",
                "Translation by the country. Machine translation, not read by a person yet",
                "Translation by the country. Machine translation for an older wording, not read by a person yet",
                "Original text in German; no translation wanted",
                "Original text in German",
            ],
        ),
        (
            "nl",
            [
                "Vertaling van het land",
                "Vertaling van het land. Vertaling bij een oudere tekst",
                "Vertaling van het land. Machinevertaling, nog niet door een persoon gelezen",
                "Vertaling van het land. Machinevertaling bij een oudere tekst, nog niet door een persoon gelezen",
                "Oorspronkelijke tekst in het Duits; geen vertaling gewenst",
                "Oorspronkelijke tekst in het Duits",
            ],
        ),
        (
            "fr",
            [
                "Traduction du pays",
                "Traduction du pays. Traduction d’un texte antérieur",
                "Traduction du pays. Traduction automatique, pas encore lue par une personne",
                "Traduction du pays. Traduction automatique d’un texte antérieur, pas encore lue par une personne",
                "Texte original en allemand ; aucune traduction souhaitée",
                "Texte original en allemand",
            ],
        ),
    ],
)
def test_what_is_alike_has_one_note_in_the_copy_language(language, notes):
    lines = copy_of(language)
    start = lines.index(notes[0])
    assert lines[start : start + 12 : 2] == notes
    assert lines[start + 11] == "Die Polizei meldet jeden Fall innerhalb von fünf Arbeitstagen."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_below_the_country_tells_of_the_notes(language):
    told = {"en": "a note says", "nl": "een vermelding zegt", "fr": "une mention indique"}[language]
    assert told in copy_of(language)[2]


@pytest.mark.parametrize("layout", ["by-goal", "by-target"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_official_form_prints_originals_alone(language, layout):
    document = samples.with_marks(layout, language, "secretariat")
    printed = " ".join(printed_lines(document))
    assert "Das Gesetz ist am 10. April in Kraft getreten. Der Dienst hat 12 Fälle gemeldet." in printed
    assert not any(text in printed for text in (*samples.STEPS_IN[language][:3], "[", "ranslation", "secretariat"))


def secretariats(**marks):
    """Return a report with a translation of the secretariat between two of the country."""
    texts = [f"<p>{text}</p>" for text in ("The country wrote this.", f"Here {CANARY}.", "The country wrote more.")]
    whose = ("country", "secretariat", "country")
    return samples.by_goal(
        a_1_1=[
            samples.contribution(
                {"de": samples.GERMAN, "en": text}, {"en": Translation(whose=one, **marks if one != "country" else {})}
            )
            for text, one in zip(texts, whose, strict=True)
        ]
    )


@pytest.mark.parametrize("marks", [{}, {"older": (0,)}, {"machine": (0,)}])
def test_a_translation_of_the_secretariat_is_never_the_countrys(marks):
    lines = printed_lines(secretariats(**marks), translation="en")
    start = lines.index("The country wrote this.")
    assert lines[start - 1] == lines[start + 3] == "Translation by the country"
    assert lines[start + 1].startswith("Translation by the secretariat")
    assert lines[start + 2] == f"Here {CANARY}."
    assert not any(CANARY in line for line in printed_lines(secretariats(**marks)))


def test_a_mixed_translation_of_the_secretariat_says_so_above():
    lines = copy_of("en", "secretariat")
    (line,) = answer(lines, "The act", "Ein dritter Tag folgt.")
    assert lines[lines.index(line) - 1] == "Translation by the secretariat"


def test_originals_in_a_copy_are_tagged_with_their_language():
    tree = reading.tag_tree(pdf.write(samples.with_marks("by-goal", "en"), translation="en"))
    told = {text for tag in tree.walk() if tag.lang == "de" for text in [tag.whole_text.strip()]}
    for text in ("Jede Staatsanwaltschaft hat eine Kontaktperson.", "Siehe www.example.org.", "2013", "10"):
        assert text in told
    assert not any("Original text" in text or "The service" in text for text in told)


def test_marks_leave_lists_and_tables_whole():
    tree = reading.tag_tree(pdf.write(samples.with_marks("by-goal", "en"), translation="en"))
    assert len(tree.all("L")) == 1
    assert len(tree.all("LI")) == 2
    assert [len(table.all("TR")) for table in tree.all("Table")] == [3]


def test_a_table_that_is_alike_has_one_mark():
    row = "<tr><td><p>{}</p></td></tr>"
    table = f"<table><tbody>{row.format('one')}{row.format('two')}</tbody></table>"
    body = {"de": samples.GERMAN, "en": f"<p>Cases:</p>{table}"}
    document = samples.by_goal(a_1_1=[samples.contribution(body, {"en": Translation(older=(1, 2))})])
    printed = " ".join(printed_lines(document, translation="en"))
    assert "Cases: Translation for an older wording one two" in printed


def test_a_copy_of_all_countries_tells_of_the_notes():
    documents = [samples.by_goal(a_1_1="--"), samples.with_marks("by-goal", "fr")]
    tree = reading.tag_tree(pdf.write_compilation(documents, form_language="fr", translation="fr"))
    told = " ".join(tree.whole_text.split())
    assert "une mention indique" in told
    assert "[Traduction d’un texte antérieur]" in told
