"""All countries in one PDF: its extracted text and its tags."""

from itertools import pairwise

import pytest

from reports.document.tree import Document, Section
from reports.writers import pdf
from tests.writers import reading, samples
from tests.writers.reading import Passage, with_long_words_whole

BELGIUM = samples.rich_by_goal()
LUXEMBOURG = BELGIUM.country.model_copy(update={"code": "LU", "name": {"en": "Luxembourg"}})
FRENCH = samples.text(("fr", "<p>Une équipe a commencé.</p>"))
OTHER = samples.by_goal(a_1_1=FRENCH, c_2_2="--").model_copy(update={"country": LUXEMBOURG})
BY_TARGET = [samples.rich_by_target(), samples.by_target()]


def answered(section: Section) -> list[str]:
    if section.state == "nothing":
        return ["--"]
    return [word for contribution in section.contributions for word in Passage(contribution.original).words]


def question_words(code: str, title: str, documents: list[Document]) -> list[str]:
    """Return the words of a question, of each country's answer, and of the countries that left it blank."""
    words, blank = title.split(), []
    for document in documents:
        section = document.section(code)
        if section.state == "blank":
            blank.append(document.country.name["en"])
        else:
            words += [*document.country.name["en"].split(), *answered(section)]
    return words + (f"Left blank by: {', '.join(blank)}".split() if blank else [])


def expected_words(documents: list[Document]) -> list[str]:
    words = []
    for target in documents[0].targets:
        if target.sections:
            words += f"Policy Target No. {target.number} {target.text['en']}.".split()
        for section in target.sections:
            words += question_words(section.code, f"{section.heading['en']}: {section.prompt['en']}", documents)
        for goal in target.goals:
            if goal.sections:
                words += f"Operational Goal: {goal.code} {goal.text['en']}.".split()
            for section in goal.sections:
                words += question_words(section.code, f"{section.letter}) {section.prompt['en']}", documents)
    return words


@pytest.mark.parametrize("documents", [[BELGIUM, OTHER], BY_TARGET], ids=["by-goal", "by-target"])
def test_every_word_of_every_country_is_printed_in_order(documents):
    printed = " ".join(reading.pages(pdf.write_compilation(documents))[1:]).split()
    expected = expected_words(documents)
    assert with_long_words_whole(printed, expected) == expected


def test_headings_are_goal_question_and_country():
    tree = reading.tag_tree(pdf.write_compilation([BELGIUM, OTHER]))
    headings = tree.all("H1", "H2", "H3", "H4")
    assert [tag.name for tag in headings][:6] == ["H1", "H2", "H2", "H3", "H4", "H4"]
    assert [tag.whole_text.strip() for tag in headings][4:6] == ["Belgium", "Luxembourg"]
    levels = [int(tag.name[1]) for tag in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_link_to_every_goal_and_its_page():
    file = pdf.write_compilation([BELGIUM, OTHER])
    tree = reading.tag_tree(file)
    contents = tree.all("L")[0]
    goals = [goal for target in BELGIUM.targets for goal in target.goals if goal.sections]
    entries = ["".join(item.whole_text.split()) for item in contents.all("LI")]
    assert len(entries) == len(goals)
    pages = reading.pages(file)
    for goal, entry in zip(goals, entries, strict=True):
        assert goal.code in entry
        number = int(entry.rpartition(".")[2])
        assert f"Operational Goal: {goal.code}" in " ".join(pages[number - 1].split())


def test_each_answer_is_tagged_with_its_language():
    tree = reading.tag_tree(pdf.write_compilation([BELGIUM, OTHER]))
    told = {tag.lang for tag in tree.walk() if "équipe a commencé" in tag.text}
    assert told == {"fr"}


def test_a_copy_prints_translations_or_else_originals():
    body = {"nl": "<p>Een team begon.</p>", "fr": "<p>Une équipe a commencé.</p>"}
    passage = samples.text(("nl", body["nl"]))[0].model_copy(update={"body": body})
    original = samples.text(("nl", "<p>Zonder vertaling.</p>"))
    document = samples.by_goal(a_1_1=[passage, *original])
    tree = reading.tag_tree(pdf.write_compilation([document], form_language="fr", translation="fr"))
    told = {tag.text.strip(): tag.lang for tag in tree.walk() if tag.text.strip()}
    assert told["Une équipe a commencé."] == "fr"
    assert told["Zonder vertaling."] == "nl"
    assert "Een team begon." not in told
