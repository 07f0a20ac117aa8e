"""The fixtures: countries, framework and forms in three languages, as data alone."""

import json
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from modeltranslation.translator import translator

from reports.models import Country, OperationalGoal, PolicyTarget, Question, ReportingForm
from reports.rules import documents
from tests.portal import PROJECT
from tests.seeds import FOLDER, SEEDS

pytestmark = pytest.mark.usefixtures("as_owner")  # loaddata sets sequences
FIXTURES = PROJECT / "fixtures"
FORMS = sorted(FIXTURES.glob("form-*.json"))
FILES = [FIXTURES / "countries.json", FIXTURES / "framework.json", *FORMS]
DEMO = sorted((FIXTURES / "demo").glob("*.txt"))
QUESTIONS = {2013: 8, 2014: 21, 2016: 21}
LANGUAGES = ("en", "nl", "fr")


def rows(*files):
    return [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))]


def multilingual(row):
    """Yield the name of each multilingual field of a row and its texts by language ("" is the column without one)."""
    for name in translator.get_options_for_model(apps.get_model(row["model"])).fields:
        fields = row["fields"]
        yield name, {"": fields[name], **{language: fields[f"{name}_{language}"] for language in LANGUAGES}}


def load(*files):
    call_command("loaddata", *map(str, files), verbosity=0)


def one_line(text):
    """Join the lines of a text that was copied from a PDF. Hyphens at line ends belong to words."""
    return " ".join(re.sub(r"-\s*\n\s*", "-", text).split())


@pytest.fixture
def loaded(db):
    load(*FILES)


def test_every_fixture_is_loaded_by_these_tests():
    assert sorted(FIXTURES.glob("*.json")) == sorted(FILES)


def test_loading_twice_doubles_nothing(loaded):
    load(*FILES)

    assert Country.objects.count() == 55
    assert PolicyTarget.objects.count() == 4
    assert OperationalGoal.objects.count() == 7
    counts = {form.year: form.questions.count() for form in ReportingForm.objects.all()}
    assert counts.items() >= QUESTIONS.items()
    assert len(counts) == len(FORMS)


def test_loading_again_brings_an_edited_text_back(loaded):
    Country.objects.filter(code="NL").update(name_fr="Hollande")

    load(*FILES)

    assert Country.objects.get(code="NL").name_fr == "Pays-Bas"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_there_in_three_languages(file):
    for row in rows(file):
        for name, texts in multilingual(row):
            assert texts[""] == texts["en"], row
            # A heading that the layout does not print is empty in every language.
            assert all(texts.values()) or (name == "heading" and set(texts.values()) == {""}), row


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_text_has_a_final_period_or_stray_spaces(file):
    for row in rows(file):
        for _name, texts in multilingual(row):
            for text in texts.values():
                assert text == text.strip()
                assert "  " not in text
                assert not text.endswith(".")


def test_translations_use_official_names_and_apostrophes():
    for row in rows(*FORMS):
        if row["model"] == "reports.reportingform":
            nl, fr = row["fields"]["title_nl"], row["fields"]["title_fr"]
            assert nl.startswith("Wereldwijde Alliantie tegen seksueel misbruik van kinderen via het internet")
            assert fr.startswith("Alliance mondiale contre les abus sexuels commis contre des enfants via internet")
    for row in rows(*FILES):
        for _name, texts in multilingual(row):
            assert "'" not in texts["nl"] + texts["fr"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_fixture_files_are_readable(file):
    text = file.read_text(encoding="utf-8")

    assert "\\u" not in text
    assert '"pk"' not in text
    assert text.startswith('[\n  {\n    "model": "reports.')
    assert text.endswith("\n]\n")


def test_a_form_asks_about_the_form_before_and_no_other(loaded):
    followed = Question.objects.exclude(follows=None).prefetch_related("follows__form")

    assert {question.letter for question in followed} == {"A"}
    for question in followed:
        assert [other.form for other in question.follows.all()] == [question.form.previous]


def test_measures_follow_what_was_announced(loaded):
    """It is in the previous form: under C of the same goal, or in the plans of the same target."""
    previous = {form.year: form.previous and form.previous.year for form in ReportingForm.objects.all()}
    assert previous.items() >= {2013: None, 2014: 2013, 2016: 2014}.items()

    for question in Question.objects.filter(letter="A", form__previous__isnull=False):
        by_goal = question.form.previous.layout == "by-goal"
        announced = f"{question.goal.code}.C" if by_goal else f"{question.goal.target.number}.planned"
        assert [other.code for other in question.follows.all()] == [announced]


def test_questions_are_in_the_order_of_the_framework(loaded):
    goals = [goal.code for goal in OperationalGoal.objects.all()]
    assert goals == ["1.1", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2"]

    for form in ReportingForm.objects.all():
        questions = list(form.questions.order_by("position"))
        assert [question.position for question in questions] == list(range(1, len(questions) + 1))
        if form.layout == "by-goal":
            assert [question.code for question in questions] == [f"{goal}.{c}" for goal in goals for c in "ABC"]
        else:
            codes = [f"{target}.{part}" for target in (1, 2, 3, 4) for part in ("undertaken", "planned")]
            assert [question.code for question in questions] == codes


def test_a_fourth_form_is_data_alone(loaded, tmp_path):
    """A copy of the previous form with two years changed in it, and a year left out between them."""
    edition = (FIXTURES / "form-2016.json").read_text(encoding="utf-8").replace("2016", "2019").replace("2014", "2016")
    file = tmp_path / "form-2019.json"
    file.write_text(edition, encoding="utf-8")

    load(file)

    form = ReportingForm.objects.get(year=2019)
    assert form.previous.year == 2016
    assert [(other.form.year, other.code) for other in form.questions.get(code="3.2.A").follows.all()] == [
        (2016, "3.2.C")
    ]
    blank_form = documents.blank_form(form, Country.objects.get(code="BE"))
    assert blank_form.form.title["nl"].endswith("Rapportageformulier 2019")
    assert len(list(blank_form.sections())) == 21
    assert "2016 report" in blank_form.section("1.1.A").prompt["en"]


def test_no_module_and_no_template_names_the_year_of_a_form():
    years = "|".join(file.stem.removeprefix("form-") for file in FORMS)
    named = re.compile(rf"(?<![\du])({years})(?!\d)")
    modules = [file for file in (PROJECT / "reports").rglob("*.py") if "migrations" not in file.parts]
    templates = [file for file in (PROJECT / "templates").rglob("*") if file.is_file()]

    found = [
        f"{file.relative_to(PROJECT)}:{number}: {line.strip()}"
        for file in (*modules, *templates)
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="ignore").splitlines(), start=1)
        if named.search(line)
    ]

    assert not found, "\n".join(found)


def test_the_demo_holds_both_layouts_and_more_than_one_country():
    layout = {
        row["fields"]["year"]: row["fields"]["layout"]
        for row in rows(*FORMS)
        if row["model"] == "reports.reportingform"
    }
    countries, years = zip(*(file.stem.rsplit("-", 1) for file in DEMO), strict=True)

    assert {layout[int(year)] for year in years} == {"by-goal", "by-target"}
    assert len(set(countries)) > 1


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file.stem)
def test_a_demo_form_has_the_official_wording(file):
    text = one_line(file.read_text(encoding="utf-8"))

    for row in rows(FIXTURES / "framework.json"):
        assert row["fields"]["text"] in text
    for row in rows(FIXTURES / f"form-{file.stem.rpartition('-')[2]}.json"):
        if row["model"] == "reports.reportingform":
            assert row["fields"]["title"] in text


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file.stem)
def test_addresses_in_demo_forms_are_examples(file):
    """All addresses are of example.org, except a broken one, since real forms have broken ones."""
    text = file.read_text(encoding="utf-8")
    hosts = set(re.findall(r"(?:https?://|mailto:\S*@|\bwww\.|[\w.]@)([\w.-]*\w)", text))

    assert hosts
    assert {host for host in hosts if not host.lower().endswith("example.org")} <= {"www.meldpunt", "meldpunt"}


if SEEDS:
    BY_GOAL = (FOLDER / "belgium-2014.txt").read_text(encoding="utf-8").splitlines()
    BY_TARGET = one_line((FOLDER / "belgium-2013.txt").read_text(encoding="utf-8"))

    def in_order(pattern):
        """Return the matched part of each matching line of the by-goal form."""
        return [found[1] for line in BY_GOAL if (found := re.fullmatch(pattern, line))]

    @pytest.mark.parametrize("year", [2013, 2014])
    def test_titles_are_those_of_the_real_forms(loaded, year):
        printed = {2013: BY_TARGET.partition(" Belgium")[0], 2014: in_order(r"\*\*(Global Alliance.*)\*\*")[0]}

        assert ReportingForm.objects.get(year=year).title_en == printed[year]

    def test_targets_and_goals_are_those_of_the_real_forms(loaded):
        headings = [number for number, line in enumerate(BY_GOAL) if line.startswith("**Policy Target No. ")]
        targets = [target.text_en for target in PolicyTarget.objects.all()]
        goals = [goal.text_en for goal in OperationalGoal.objects.all()]

        assert [f"{text}." for text in targets] == [BY_GOAL[number + 2] for number in headings]
        assert [f"{text}." for text in goals] == in_order(r"\*\*Operational Goal:\*\* (.*)")
        for number, text in enumerate(targets, start=1):
            assert f"Policy target No. {number}: {text} Operational Goal:" in BY_TARGET
        for text in goals:
            assert f"Operational Goal: {text}" in BY_TARGET

    def test_prompts_by_goal_are_those_of_the_real_form(loaded):
        printed = in_order(r"\*+([ABC]\) .*)")
        questions = Question.objects.filter(form__year=2014).order_by("position")

        asked = [f"{question.letter}) {question.prompt_en}" for question in questions]
        assert asked == [prompt.replace("*", "") for prompt in printed]

    def test_prompts_by_target_are_those_of_the_real_form(loaded):
        questions = Question.objects.filter(form__year=2013).order_by("position")

        at = 0
        for question in questions:
            at = BY_TARGET.index(f"{question.heading_en} {question.prompt_en} ", at) + 1
