"""The document: one value, one canonical text, one published schema."""

import json
from pathlib import Path

import pytest

from reports.document.problem import Problem
from reports.document.translation_marks import Gap, Translation
from reports.document.tree import Contribution, Document
from tests.blank_forms import blank_form
from tests.writers import samples

SCHEMA = Path(__file__).parents[2] / "docs" / "document.schema.json"


@pytest.fixture
def document():
    blank = blank_form(2014)
    dutch = Contribution(authority="", language="nl", body={"nl": "<p>Één tekst.</p>", "en": "<p>One text.</p>"})
    return blank.with_sections(
        {
            "1.1.A": blank.section("1.1.A").with_contributions(dutch),
            "2.2.A": blank.section("2.2.A").with_nothing_to_report(),
        }
    )


def test_the_published_schema_is_that_of_the_code():
    assert json.loads(SCHEMA.read_text()) == Document.model_json_schema(by_alias=True)


def test_json_out_and_in_is_the_identity(document):
    assert Document.from_json(document.canonical()) == document


def test_the_canonical_text_does_not_depend_on_the_order_of_keys(document):
    shuffled = json.dumps(dict(reversed(list(json.loads(document.canonical()).items()))))
    assert Document.from_json(shuffled).canonical() == document.canonical()


def test_blank_nothing_and_text_stay_apart(document):
    again = Document.from_json(document.canonical())
    assert [again.section(code).state for code in ("1.1.A", "1.1.B", "2.2.A")] == ["text", "blank", "nothing"]


def changed(document, change):
    data = document.as_dict()
    change(data, data["targets"][0]["goals"][0]["sections"][0])
    return json.dumps(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda data, section: data.update(schema=4),
        lambda data, section: data.update(unknown=True),
        lambda data, section: section.update(state="blank"),
        lambda data, section: section.update(contributions=[]),
        lambda data, section: section["contributions"][0].update(language="de"),
        lambda data, section: section["contributions"][0]["body"].update(nl="<p> </p>"),
        lambda data, section: section.update(code="1.1.B"),
        lambda data, section: section["contributions"][0].update(language="no language"),
    ],
)
def test_json_against_the_schema_names_the_place(document, change):
    with pytest.raises(Problem, match="This is not a report's JSON"):
        Document.from_json(changed(document, change))


def test_rich_text_in_json_is_normalised(document):
    text = changed(
        document,
        lambda data, section: section["contributions"][0]["body"].update(nl="<p onclick=x>a<script>b</script></p>"),
    )
    assert Document.from_json(text).section("1.1.A").contributions[0].original == "<p>a</p>"


def with_text(document, html):
    return document.with_sections(
        {
            "1.1.B": document.section("1.1.B").with_contributions(
                Contribution(authority="", language="nl", body={"nl": html})
            )
        }
    )


@pytest.mark.parametrize(
    "html", ["<p>10<sup>6</sup></p>", "<p>CO<sub>2</sub></p>", "<table><tr><td>a</td></tr></table>"]
)
def test_only_a_document_with_newer_marks_is_of_version_2(document, html):
    newer = with_text(document, html)
    assert json.loads(document.canonical())["schema"] == 1
    assert json.loads(newer.canonical())["schema"] == 2
    assert json.loads(newer.blank().canonical())["schema"] == 1
    assert Document.from_json(newer.canonical()) == newer


def test_what_was_stored_before_keeps_its_hash(document):
    """The hash was taken before texts got one form of characters."""
    old = with_text(document, "<p>kinder\u00adbescherming e\u0301</p><p>\u200b</p>").canonical()
    assert Document.from_json(old).canonical() == old


def marked(document, **marks):
    """Return the document with a translation of two paragraphs that has these marks."""
    body = {"nl": "<p>a</p><p>b</p><p>c</p>", "fr": "<p>x</p><p>y</p>"}
    one = Contribution(authority="", language="nl", body=body, translations={"fr": Translation(**marks)})
    return document.with_sections({"1.1.B": document.section("1.1.B").with_contributions(one)})


@pytest.mark.parametrize(
    "marks",
    [
        {"whose": "secretariat"},
        {"older": (1,)},
        {"machine": (0, 1)},
        {"unwanted": (Gap(block=1, before=1),)},
        {"untranslated": (Gap(block=2, before=2),)},
    ],
)
def test_a_document_with_marks_of_translations_is_of_version_3(document, marks):
    newer = marked(document, **marks)
    assert json.loads(newer.canonical())["schema"] == 3
    assert Document.from_json(newer.canonical()) == newer
    assert json.loads(newer.blank().canonical())["schema"] == 1


def test_a_translation_without_marks_leaves_the_version_as_it_was(document):
    assert json.loads(marked(document).canonical())["schema"] == 1
    assert "translations" not in marked(document).canonical()
    assert "translations" not in marked(document).section("1.1.B").canonical()


def test_no_translation_wanted_needs_no_text(document):
    alone = Contribution(
        authority="",
        language="nl",
        body={"nl": "<p>a</p>"},
        translations={"fr": Translation(unwanted=(Gap(block=0, before=0),)), "en": Translation(whose="secretariat")},
    )
    assert list(alone.translations) == ["fr"]
    assert alone.canonical_texts() == alone


@pytest.mark.parametrize(
    "translations",
    [
        {"nl": {"whose": "secretariat"}},
        {"fr": {"whose": "somebody"}},
        {"fr": {"older": [2]}},
        {"fr": {"older": [1, 0]}},
        {"fr": {"machine": [1, 1]}},
        {"fr": {"older": [-1]}},
        {"fr": {"unwanted": [{"block": 3, "before": 0}]}},
        {"fr": {"unwanted": [{"block": 0, "before": 3}]}},
        {"fr": {"unwanted": [{"block": 0, "before": 1}, {"block": 1, "before": 0}]}},
        {"fr": {"unwanted": [{"block": 0, "before": 0}], "untranslated": [{"block": 0, "before": 0}]}},
        {"fr": {"by": "a person"}},
        {"no language": {"whose": "secretariat"}},
    ],
)
def test_marks_that_fit_no_text_are_refused(document, translations):
    data = marked(document).as_dict()
    data["targets"][0]["goals"][0]["sections"][1]["contributions"][0]["translations"] = translations
    with pytest.raises(Problem, match="This is not a report's JSON"):
        Document.from_json(json.dumps(data))


def test_marks_do_not_come_to_stand_at_another_block():
    body = {"nl": "<p>a</p><p>b</p>", "fr": "<p>\u200b</p><p>x</p><p>y</p>"}
    found = Contribution(authority="", language="nl", body=body, translations={"fr": Translation(older=(1,))})
    assert found.canonical_texts().translation("fr").older == (0, 1)


@pytest.mark.parametrize(
    ("written", "sha256"),
    [
        (samples.rich_by_goal, "3d322c5e47c3192a608fb3c9b333b02ba2472d06bac1d9b3d96aef6e962e725b"),
        (samples.rich_by_target, "a89b81cb4bed5825f0019bfb60e5c4c1254aa3cea80a40719bfc029f1b972c5e"),
    ],
)
def test_what_was_written_before_version_3_keeps_its_hash(written, sha256):
    """The hashes were taken before documents kept marks of translations; both documents have translations."""
    assert written().sha256() == sha256
    assert Document.from_json(written().canonical()).sha256() == sha256
