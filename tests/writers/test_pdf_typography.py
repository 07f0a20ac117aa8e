"""Every word of a document is printed in order, and is the same when it is copied from the PDF."""

import pytest
from fontTools.ttLib import TTFont

from reports.document.tree import Document, Section
from reports.writers import pdf
from reports.writers.pdf_fonts import FACES, FONTS
from reports.writers.pdf_typography import BREAK, JOINER, ONE_CHARACTER_A_GLYPH, missing_glyphs, prepare, printable
from tests.seeds import SEEDS
from tests.writers import reading, samples
from tests.writers.reading import Passage, with_long_words_whole


def answer_words(section: Section) -> list[str]:
    if section.state == "nothing":
        return ["--"]
    return [word for contribution in section.contributions for word in Passage(contribution.original).words]


def by_goal_words(document: Document) -> list[str]:
    words = [document.form.title["en"], document.country.name["en"].upper()]
    for target in document.targets:
        words += [f"Policy Target No. {target.number}", target.text["en"] + "."]
        for goal in target.goals:
            words += [f"Operational Goal: {goal.text['en']}."]
            for section in goal.sections:
                words += [f"{section.letter}) {section.prompt['en']}", *answer_words(section)]
    return " ".join(words).split()


def by_target_words(document: Document) -> list[str]:
    words = [document.form.title["en"], document.country.name["en"]]
    for target in document.targets:
        words += [f"Policy target No. {target.number}: {target.text['en']}"]
        words += [f"Operational Goal: {goal.text['en']}" for goal in target.goals]
        for section in target.sections:
            words += [section.heading["en"], section.prompt["en"], *answer_words(section)]
    return " ".join(words).split()


@pytest.mark.parametrize(
    ("document", "expected_words"),
    [
        (samples.rich_by_goal(), by_goal_words),
        (samples.rich_by_target(), by_target_words),
        (samples.by_goal(a_1_1=samples.long_text(1, 15), c_2_2=samples.long_text(2, 4)), by_goal_words),
        (samples.by_target(undertaken_1=samples.long_text(3, 15), planned_2=samples.long_text(4, 4)), by_target_words),
        (samples.by_goal(), by_goal_words),
        (samples.by_target(undertaken_1="--"), by_target_words),
    ],
    ids=["by-goal", "by-target", "long by-goal", "long by-target", "blank", "nothing"],
)
def test_the_extracted_words_are_the_documents(document, expected_words):
    expected = expected_words(document)
    printed = reading.words(pdf.write(document))
    assert with_long_words_whole(printed, expected) == expected


if SEEDS:

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
    def test_the_extracted_words_are_a_real_forms(path):
        document = samples.real_form(path)
        expected = {"by-goal": by_goal_words, "by-target": by_target_words}[document.form.layout](document)
        assert reading.words(pdf.write(document)) == expected


def test_no_authority_is_printed():
    contributions = samples.text(("en", "<p>Text.</p>"), authority="Child Focus")
    assert "Focus" not in " ".join(reading.words(pdf.write(samples.by_goal(a_1_1=contributions))))


def test_no_inserted_mark_is_extracted():
    text = "".join(reading.pages(pdf.write(samples.rich_by_goal())))
    assert not {BREAK, JOINER} & set(text)


@pytest.mark.parametrize("word", ["near-identical", "CYBERCRIME/CSE", "jours…et", "word—word", "quoi?!oui"])
def test_no_line_breaks_within_a_word(word):
    assert printable(word).replace(JOINER, "") == word
    body = " ".join([f"{'x' * length} {word}" for length in range(1, 60)])
    words = reading.words(pdf.write(samples.by_goal(a_1_1=samples.text(("en", f"<p>{body}</p>")))))
    assert words.count(word) == 59


@pytest.mark.parametrize(
    "end",
    ["pre- and post", "<strong>pre-</strong> and post", "<strong>pre- </strong>and post", "pre-<br>and", "and pre-"],
)
def test_a_hyphen_at_a_line_end_is_extracted(end):
    html = "".join(f"<p>{'x' * length} word {'y' * 30} {end}</p>" for length in range(1, 39))
    words = reading.words(pdf.write(samples.by_goal(a_1_1=samples.text(("en", html)))))
    assert words.count("pre-") == 38


def test_prepare_changes_only_text():
    address = "https://www.example.org/" + "a-b" * 30
    contributions = samples.text(("en", f'<p><a href="{address}">x</a></p>'))
    tree = reading.tag_tree(pdf.write(samples.by_goal(a_1_1=contributions)))
    assert [link for tag in tree.walk() for link in tag.links] == [address]


def test_a_title_keeps_its_hyphens_and_gets_no_marks():
    class Node:
        tag, text, tail = "title", "Follow-up", None

        def iter(self):
            return [self]

    node = Node()
    prepare(node)
    assert node.text == "Follow-up"


def test_characters_without_a_glyph_are_replaced():
    document = samples.by_goal(a_1_1=samples.text(("ja", "<p>日本 OK 日 \U0001f600</p>")))
    assert missing_glyphs(document) == {"1.1.A": ("日", "本", "\U0001f600")}
    assert missing_glyphs(samples.rich_by_goal()) == {}
    assert "□□ OK □ □" in " ".join(reading.words(pdf.write(document)))


def test_characters_with_one_glyph_are_unified():
    html = "<p>non\u2011breaking co\u2010operation well-known 5 \u00b5m \u03bc\u03ad\u03c4\u03c1\u03bf</p>"
    words = reading.words(pdf.write(samples.by_goal(a_1_1=samples.text(("en", html)))))
    expected = ["non-breaking", "co-operation", "well-known", "5", "\u03bcm", "\u03bc\u03ad\u03c4\u03c1\u03bf"]
    assert words[words.index("non-breaking") :][: len(expected)] == expected


def test_no_other_characters_share_a_glyph():
    for name in FACES:
        by_glyph: dict[str, set[str]] = {}
        for point, glyph in TTFont(FONTS / name).getBestCmap().items():
            character = chr(point).translate(ONE_CHARACTER_A_GLYPH).strip(JOINER).replace("\u00ad", "-")
            by_glyph.setdefault(glyph, set()).add(character.replace("\u00a0", " "))
        assert [characters for characters in by_glyph.values() if len(characters) > 1] == []
