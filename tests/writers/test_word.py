"""The Word file of a document: its layout, and what a person who types in it meets."""

from datetime import UTC, datetime

import pytest
from docx.oxml.ns import qn

from reports.document.inline import Run
from reports.document.lengths import MOST_PIECES
from reports.document.problem import Problem
from reports.document.tree import Document
from reports.document.word_identity import PLACE_STYLE, PLACEHOLDERS, Origin
from reports.writers import word
from reports.writers.word.answers import Answers, Place
from tests.seeds import SEEDS
from tests.writers import samples
from tests.writers.word_reading import (
    WordText,
    all_with_libreoffice,
    languages,
    paragraph_text,
    printed_in_order,
    value,
    with_libreoffice,
)

PAIRS = {
    "1.1.A": [(11, 3), (12, 1)],
    "2.1.A": [(13, 4)],
    "2.1.B": [(14, 1), (15, 2)],
    "2.2.C": [(16, 1), (17, 1), (18, 2)],
}
RICH = {"by-goal": samples.rich_by_goal, "by-target": samples.rich_by_target}


@pytest.fixture(params=RICH)
def document(request) -> Document:
    return RICH[request.param]()


def numbered(document: Document) -> dict[str, list[tuple[int, int]]]:
    """Return a pair for each contribution, no two alike."""
    count = iter(range(1, 10_000))
    return {one.code: [(next(count), 7) for _ in one.contributions] for one in document.sections()}


def test_by_goal_has_headings_and_prompts_in_styles():
    text = WordText(word.write(samples.rich_by_goal()))
    assert text.styled("Title") == ["Global Alliance Against Child Sexual Abuse Online – 2014 Reporting Form"]
    assert text.styled("Country") == ["BELGIUM"]
    assert text.styled("Heading 1") == ["Policy Target No. 1", "Policy Target No. 2"]
    goals = [goal for _aim, goals in samples.TARGETS.values() for goal in goals]
    assert text.styled("Heading 2") == [f"Operational Goal: {goal}." for goal in goals]
    assert text.styled("Prompt") == [f"{letter})\t{prompt}" for letter, prompt in samples.PROMPTS.items()] * 3


def test_by_goal_prompts_are_bold_and_italic():
    font = WordText(word.write(samples.rich_by_goal())).document.styles["Prompt"].font
    assert (font.bold, font.italic) == (True, True)


def test_by_target_is_a_table_for_each_target():
    text = WordText(word.write(samples.rich_by_target()))
    assert text.styled("Heading 1") == [
        f"Policy target No. {number}: {aim}" for number, (aim, _goals) in samples.TARGETS.items()
    ]
    first, second = text.document.tables
    rows = [[cell.text.split("\n")[0] for cell in row.cells] for row in second.rows]
    assert rows[:2] == [["Operational Goal:", goal] for goal in samples.TARGETS[2][1]]
    assert rows[2][0] == "Actions ALREADY UNDERTAKEN"
    assert rows[3][0] == "Description of the actions already undertaken"
    assert [len(row._tr.tc_lst) for row in first.rows] == [2, 1, 2, 1, 2]


def test_by_target_each_further_target_begins_a_page():
    text = WordText(word.write(samples.rich_by_target()))
    headings = [one for one in text.paragraphs if text.style_of(one) == "Heading 1"]
    breaks = [one.find("w:pPr/w:pageBreakBefore", one.nsmap) is not None for one in headings]
    assert breaks == [False, True]


def test_by_target_the_goals_are_header_rows():
    for table in WordText(word.write(samples.rich_by_target())).document.tables:
        heads = [row._tr.find(".//w:tblHeader", row._tr.nsmap) is not None for row in table.rows]
        labels = [row.cells[0].text == "Operational Goal:" for row in table.rows]
        assert heads == labels
        assert heads[0]


def test_every_cell_ends_with_a_paragraph():
    """Word takes a file with any other end for damaged."""
    body = WordText(word.write(samples.rich_by_target())).body
    assert {cell[-1].tag for cell in body.iter(qn("w:tc"))} == {qn("w:p")}


def test_answers_are_read_back_as_they_were(document):
    text = WordText(word.write(document, contributions=numbered(document)))
    found = {one.tag: text.html(one.paragraphs) for one in text.controls() if one.tag.startswith("c:")}
    expected = {
        f"c:{pk}:{revision}": one.original
        for section in document.sections()
        for (pk, revision), one in zip(numbered(document)[section.code], section.contributions, strict=True)
    }
    assert found == expected


@pytest.mark.parametrize("seed", range(4))
def test_long_answers_are_read_back_as_they_were(seed):
    document = samples.by_goal(b_1_1=samples.long_text(seed, 60))
    [control] = [
        one
        for one in WordText(word.write(document, contributions={"1.1.B": [(1, 1)]})).controls()
        if one.tag == "c:1:1"
    ]
    text = WordText(word.write(document))
    assert text.html(control.paragraphs) == document.section("1.1.B").contributions[0].original


@pytest.mark.parametrize(("raised", "aligned"), [("sup", "superscript"), ("sub", "subscript"), ("", "")])
def test_raised_and_lowered_digits_stay_so(raised, aligned):
    answers = Answers("BE", str, Place())
    [run] = answers.runs(iter([Run("2", raised=raised)]), "en")
    assert value(run, "w:rPr/w:vertAlign") == aligned


def test_every_numbered_list_begins_at_one():
    lists = "<ol><li><p>One.</p><ol><li><p>Below.</p></li></ol></li><li><p>Two.</p></li></ol>"
    document = samples.by_goal(a_1_1=samples.text(("en", f"{lists}<p>Then:</p>{lists}")))
    text = WordText(word.write(document))
    items = [one for one in text.paragraphs if text.style_of(one).startswith("List Number")]
    first, below, second, again, *_rest = [value(one, "w:pPr/w:numPr/w:numId") for one in items]
    assert first == second
    assert len({first, below, again}) == 3
    numbering = text.document.part.numbering_part.element
    starts = {one: value(numbering, f"w:num[@w:numId='{one}']/w:lvlOverride/w:startOverride") for one in (first, again)}
    assert starts == {first: "1", again: "1"}


def test_lists_are_in_words_own_styles_with_numbering(document):
    text = WordText(word.write(document))
    assert text.styled("List Bullet")[0] == "One, the first of the measures."
    assert text.styled("List Bullet 2") == ["Two, below the first."]
    assert text.styled("List Bullet 3")[0].startswith("Three, the deepest level")
    assert text.styled("List Number") == ["First step.", "Second step."]
    style = text.document.styles["List Bullet 2"].element
    assert text.format_of(value(style, "w:pPr/w:numPr/w:numId"), 1) == "bullet"


def test_every_passage_names_its_language(document):
    text = WordText(word.write(document, contributions=numbered(document)))
    found = {one.tag: languages(one.paragraphs) for one in text.controls() if one.tag.startswith("c:")}
    expected = [one.language for section in document.sections() for one in section.contributions]
    assert list(found.values()) == [{language} for language in expected]
    form = [one for one in text.paragraphs if next(one.iterancestors(qn("w:sdt")), None) is None]
    assert languages(form) == {"en"}


def test_languages_have_the_country_spelling():
    text = WordText(word.write(samples.by_goal(a_1_1=samples.text(("nl", samples.DUTCH), ("bg", samples.BULGARIAN)))))
    dutch, bulgarian, *_rest = [one for one in text.paragraphs if text.style_of(one) == "Body Text"]
    assert value(dutch, "w:r/w:rPr/w:lang") == "nl-BE"
    assert value(bulgarian, "w:r/w:rPr/w:lang") == "bg-BG"


def test_the_file_has_a_title_a_language_and_the_given_date(document):
    day = datetime(2014, 3, 1, 9, 30, tzinfo=UTC)
    properties = WordText(word.write(document, created=day)).document.core_properties
    assert properties.title == f"{document.form.title['en']}, Belgium"
    assert properties.language == "en-GB"
    assert (properties.created, properties.modified) == (day, day)
    assert (properties.author, properties.last_modified_by) == ("", "")


def test_the_same_document_gives_the_same_bytes(document):
    data = word.write(document)
    assert data == word.write(Document.from_json(document.canonical()))
    assert {entry.date_time for entry in WordText(data).zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_blank_section_is_an_empty_control(document):
    controls = {one.tag: one for one in WordText(word.write(document)).controls()}
    blank = [f"s:{one.code}" for one in document.sections() if one.state == "blank"]
    assert [tag for tag, one in controls.items() if one.is_empty] == blank
    for tag in blank:
        assert controls[tag].text == "Type the answer here."
        [paragraph] = controls[tag].paragraphs
        assert value(paragraph, "w:r/w:rPr/w:rStyle") == "PlaceholderText"


def test_nothing_to_report_is_two_hyphens_in_a_control(document):
    controls = {one.tag: one for one in WordText(word.write(document)).controls()}
    nothing = [controls[f"s:{one.code}"] for one in document.sections() if one.state == "nothing"]
    assert [(one.text, one.is_empty) for one in nothing] == [("--", False)]


def test_open_sections_end_with_an_empty_control():
    text = WordText(word.write(samples.rich_by_goal(), contributions=PAIRS, open_ends=frozenset({"2.1.A", "1.1.B"})))
    tags = [
        (one.tag, one.is_empty) for one in text.controls() if one.tag in ("c:13:4", "s:2.1.A", "s:1.1.B", "s:2.1.B")
    ]
    assert tags == [("s:1.1.B", True), ("c:13:4", False), ("s:2.1.A", True)]


def test_a_control_has_the_authority_as_its_title():
    long = "Directorate " * 20
    document = samples.by_goal(a_1_1=samples.text(("en", "<p>Yes.</p>"), ("en", "<p>No.</p>"), authority=long))
    titles = [one.title for one in WordText(word.write(document, contributions=PAIRS)).controls()[:2]]
    assert titles == [long[:64]] * 2


def test_controls_have_ids_of_their_own(document):
    body = WordText(word.write(document, contributions=numbered(document))).body
    ids = [value(one, "w:sdtPr/w:id") for one in body.iter(qn("w:sdt"))]
    assert len(set(ids)) == len(ids)


def test_a_contribution_that_is_not_known_has_no_control():
    text = WordText(word.write(samples.rich_by_goal(), contributions={"1.1.A": [None, (12, 1)]}))
    assert [one.tag for one in text.controls() if one.tag.startswith("c:")] == ["c:12:1"]
    assert "The police:" in text.styled("Body Text")


def test_the_origin_is_read_back():
    document = samples.rich_by_goal()
    origin = Origin("BE", 2014, document.sha256(), "nl", kind="own", made_for=12)
    assert WordText(word.write(document, origin=origin)).origin == origin


def feet(text: WordText) -> list[str]:
    return [paragraph_text(one._p) for one in text.document.sections[0].footer.paragraphs]


def test_the_form_text_is_in_the_language_asked_for():
    text = WordText(word.write(samples.by_goal(), form_language="fr"))
    assert text.styled("Title") == ["Alliance mondiale – Formulaire de rapport 2014"]
    assert feet(text)[1:] == ["Le texte du formulaire est une traduction propre au portail."]
    assert text.controls()[0].text == "Saisissez la réponse ici."
    assert languages([one for one in text.paragraphs if text.style_of(one) in ("Title", "Heading 1")]) == {"fr"}
    assert languages([one for one in text.paragraphs if text.style_of(one) == "Prompt"]) == {"fr", "en"}


def test_a_copy_with_answers_says_that_they_are_not_translated():
    _country, note = feet(WordText(word.write(samples.rich_by_goal(), form_language="nl")))
    assert "in hun oorspronkelijke taal" in note


@pytest.mark.parametrize(("mark", "foot"), [("", "Belgium\t\t1"), ("Draft", "Belgium\tDraft\t1")])
def test_the_foot_has_country_state_and_page(mark, foot):
    assert feet(WordText(word.write(samples.rich_by_goal(), mark=mark))) == [foot]


def test_right_to_left_answers_run_from_the_right():
    hebrew = "<p>המשטרה <strong>מדווחת</strong> על 5 תיקים.</p><ul><li><p>ראשון</p></li></ul>"
    document = samples.by_goal(a_1_1=samples.text(("he", hebrew), ("en", "<p>Left.</p>")))
    text = WordText(word.write(document, contributions=PAIRS))
    first, second = text.controls()[:2]
    for paragraph in first.paragraphs:
        assert paragraph.find("w:pPr/w:bidi", paragraph.nsmap) is not None
        assert paragraph.find("w:r/w:rPr/w:rtl", paragraph.nsmap) is not None
        assert paragraph.find("w:r/w:rPr/w:lang", paragraph.nsmap).get(qn("w:bidi")) == "he-IL"
    assert second.paragraphs[0].find("w:pPr/w:bidi", second.paragraphs[0].nsmap) is None
    assert text.html(first.paragraphs) == hebrew


def test_a_very_long_answer_is_written_whole():
    """As many links and line breaks as one text may have."""
    body = (
        "<p>"
        + "<br>".join(
            f'<a href="https://www.example.org/{n}">word {n}</a> and more' for n in range(MOST_PIECES * 2 // 3)
        )
        + "</p>"
    )
    document = samples.by_target(undertaken_1=samples.text(("en", body)))
    text = WordText(word.write(document, contributions={"1.undertaken": [(1, 1)]}))
    assert text.html(text.controls()[0].paragraphs) == document.section("1.undertaken").contributions[0].original


def test_a_very_long_address_is_a_field():
    address = "https://www.example.org/" + "a" * 3000
    document = samples.by_goal(a_1_1=samples.text(("en", f'<p>See <a href="{address}">this page</a> now.</p>')))
    text = WordText(word.write(document))
    [paragraph] = [one for one in text.paragraphs if text.style_of(one) == "Body Text"]
    assert paragraph_text(paragraph) == "See this page now."
    assert [one.text for one in paragraph.iter(qn("w:instrText"))] == [f' HYPERLINK "{address}" ']
    assert not [one for one in text.document.part.rels.values() if one.is_external]


@pytest.mark.parametrize(("change", "said"), [({"layout": "by-year"}, "by-year"), ({}, "de")])
def test_an_unknown_language_or_layout_is_refused(change, said):
    document = samples.by_goal()
    document = document.model_copy(update={"form": document.form.model_copy(update=change)})
    with pytest.raises(Problem, match=said):
        word.write(document, form_language="en" if change else "de")


def test_libreoffice_prints_the_same_text(tmp_path):
    files = {name: word.write(make(), contributions=numbered(make())) for name, make in RICH.items()}
    files |= {seed.stem: word.write(samples.real_form(seed)) for seed in SEEDS}
    printed = all_with_libreoffice([*files.values()], tmp_path, "pdf")
    for (name, data), file in zip(files.items(), printed, strict=True):
        assert printed_in_order(data, file), name


def test_libreoffice_keeps_text_and_styles(tmp_path):
    """It drops tags and the custom part, so that the form's own words have to say where an answer belongs."""
    before = WordText(word.write(samples.rich_by_goal(), contributions=PAIRS))
    after = WordText(with_libreoffice(word.write(samples.rich_by_goal(), contributions=PAIRS), tmp_path, "docx"))
    for name in ("Title", "Heading 1", "Heading 2", "Prompt", "Body Text"):
        assert after.styled(name) == before.styled(name)
    links = list(before.body.iter(qn("w:hyperlink")))
    assert len(list(after.body.iter(qn("w:hyperlink")))) == len(links) > 5
    assert set(after.styled(PLACE_STYLE)) <= PLACEHOLDERS
    assert len(after.styled(PLACE_STYLE)) == len(before.styled(PLACE_STYLE))
