"""What a translation service sent back lands, is for an older wording, or stands beside newer work; twice is once."""

from dataclasses import replace

import pytest

from reports.document.block import Block
from reports.document.lengths import LONGEST_REPORT
from reports.document.problem import Problem
from reports.document.translation.exchange import Sent, SentText, to_send
from reports.models import Conflict, Contribution, Country, How, Membership, Revision, Role, Step, User
from reports.rules import delegations, translations, workflow, writing
from reports.rules.writing.in_hand import newest_number
from tests.rules.test_races import together

pytestmark = pytest.mark.django_db
DUTCH = "<p>De wet is in werking.</p><p>De dienst heeft 12 dossiers.</p><p>De minister meldt dat.</p>"
FRENCH = ("La loi est en vigueur.", "Le service a 12 dossiers.", "Le ministre le signale.")


@pytest.fixture
def text(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl")


@pytest.fixture
def translator(cast):
    user = User.objects.create_user("translator@example.org", "correct horse battery", name="Tove Taal")
    Membership.objects.create(user=user, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    return user


def fresh(text):
    return Contribution.objects.with_units().get(pk=text.pk)


def rows(text):
    return translations.aligned(fresh(text), "fr").rows


def states(text):
    return [row.state for row in rows(text)]


def sent(*texts, words=FRENCH):
    """What goes out now, and comes home later with these words."""
    out = []
    for text in texts:
        units = to_send(translations.aligned(fresh(text), "fr"))
        known = dict(enumerate(words))
        units = [replace(unit, target=(Block("p", 0, known[n]),)) for n, unit in enumerate(units) if known.get(n)]
        out.append(SentText(str(text.pk), f"{text.section.code} Measures", "nl", tuple(units)))
    return Sent("BE/2014", "fr", tuple(out))


def outcomes(brought):
    return [one.outcome for text in brought.texts for one in text.arrivals]


def change(text, old, new, by):
    body = fresh(text).body
    assert old in body
    return writing.save_text(text, body.replace(old, new), base=newest_number(text), by=by)


def typed(text, place, html, by):
    seen = writing.Shown("fr", place, newest_number(text), newest_number(text, "fr"))
    return writing.save_row(text, html, seen, by=by)


def test_translations_land_with_who_brought_them(text, translator, report):
    brought = writing.bring_home(report, sent(text), by=translator)
    assert outcomes(brought) == ["lands"] * 3
    assert fresh(text).translation_fr == "".join(f"<p>{words}</p>" for words in FRENCH)
    assert [(row.state, row.unit.origin) for row in rows(text)] == [("current", "import")] * 3
    revision = text.revisions.get(language="fr")
    assert (revision.by, revision.how) == (translator, How.IMPORTED)


def test_the_same_file_again_changes_nothing(text, cast, report):
    out = sent(text)
    typed(text, 1, "<p>Notre service.</p>", cast.contributor)
    writing.bring_home(report, out, by=cast.focal_point)
    before = list(Revision.objects.values_list("pk", flat=True)), Conflict.objects.count()
    again = writing.bring_home(report, out, by=cast.contributor)
    assert outcomes(again) == ["unchanged"] * 3
    assert before == (list(Revision.objects.values_list("pk", flat=True)), Conflict.objects.count())


def test_a_translation_of_an_older_wording_is_marked(text, cast, report):
    writing.bring_home(report, sent(text), by=cast.focal_point)
    out = sent(text, words=("La loi est en vigueur depuis peu.",))
    change(text, "De wet is", "De nieuwe wet is", cast.focal_point)
    assert outcomes(writing.bring_home(report, out, by=cast.focal_point)) == ["older"]
    assert states(text) == ["stale", "current", "current"]
    assert rows(text)[0].target[0].html == "La loi est en vigueur depuis peu."
    change(text, "De nieuwe wet is", "De wet is", cast.focal_point)
    assert states(text) == ["current"] * 3


def test_newer_work_stays_and_the_other_stands_beside_it(text, cast, translator, report):
    out = sent(text)
    typed(text, 1, "<p>Notre service.</p>", cast.contributor)
    brought = writing.bring_home(report, out, by=translator)
    assert outcomes(brought) == ["lands", "beside", "lands"]
    assert brought.sections("beside") == ["2.1.A"]
    assert fresh(text).translation_fr == f"<p>{FRENCH[0]}</p><p>Notre service.</p><p>{FRENCH[2]}</p>"
    conflict = Conflict.objects.get()
    assert (conflict.mine, conflict.theirs, conflict.place) == (f"<p>{FRENCH[1]}</p>", "<p>Notre service.</p>", 1)
    assert (conflict.revision.by, conflict.their_author) == (translator, cast.contributor)


@pytest.mark.parametrize(("keep", "words"), [("mine", FRENCH[1]), ("theirs", "Notre service.")])
def test_a_choice_between_both_is_final(text, cast, report, keep, words):
    out = sent(text)
    typed(text, 1, "<p>Notre service.</p>", cast.contributor)
    writing.bring_home(report, out, by=cast.focal_point)
    writing.settle_conflict(Conflict.objects.get(), keep, by=cast.focal_point)
    again = writing.bring_home(report, out, by=cast.focal_point)
    assert outcomes(again) == ["unchanged"] * 3
    assert rows(text)[1].target[0].html == words
    assert Conflict.objects.count() == 1


def test_a_choice_for_a_removed_paragraph_comes_back_with_it(text, cast, report):
    writing.bring_home(report, sent(text), by=cast.focal_point)
    out = sent(text, words=("", "Le service compte 12 dossiers."))
    typed(text, 1, "<p>Notre service.</p>", cast.contributor)
    paragraph = "<p>De dienst heeft 12 dossiers.</p>"
    change(text, paragraph, "", cast.focal_point)
    assert outcomes(writing.bring_home(report, out, by=cast.focal_point)) == ["beside"]
    writing.settle_conflict(Conflict.objects.get(), "mine", by=cast.focal_point)
    writing.save_text(text, fresh(text).body + paragraph, base=newest_number(text), by=cast.focal_point)
    assert rows(text)[2].target[0].html == "Le service compte 12 dossiers."


def test_what_a_colleague_does_not_want_translated_stands_beside(text, cast, report):
    writing.bring_home(report, sent(text), by=cast.focal_point)
    out = sent(text, words=("", "Le service compte 12 dossiers."))
    seen = writing.Shown("fr", 1, 1, newest_number(text, "fr"))
    writing.want_row(text, seen, wanted=False, by=cast.contributor)
    assert outcomes(writing.bring_home(report, out, by=cast.focal_point)) == ["beside"]
    assert states(text) == ["current", "not wanted", "current"]
    writing.settle_conflict(Conflict.objects.get(), "mine", by=cast.focal_point)
    assert states(text) == ["current"] * 3
    assert "Le service compte 12 dossiers." in fresh(text).translation_fr


def test_a_translation_that_was_removed_meanwhile_is_no_loss(text, cast, report):
    writing.bring_home(report, sent(text), by=cast.focal_point)
    out = sent(text, words=("", "Le service compte 12 dossiers."))
    typed(text, 1, "", cast.contributor)
    assert outcomes(writing.bring_home(report, out, by=cast.focal_point)) == ["beside"]
    conflict = Conflict.objects.get()
    assert (conflict.theirs, conflict.their_author) == ("", cast.contributor)
    writing.settle_conflict(conflict, "mine", by=cast.focal_point)
    assert rows(text)[1].target[0].html == "Le service compte 12 dossiers."


def test_texts_that_are_gone_or_not_given_are_named(text, cast, report):
    other = report.sections.get(question__code="2.1.B")
    theirs = writing.add_contribution(other, DUTCH, by=cast.focal_point, language="nl")
    french = writing.add_contribution(other, "<p>La loi.</p>", by=cast.focal_point, language="nl")
    removed = writing.add_contribution(other, DUTCH, by=cast.focal_point, language="nl")
    out = sent(text, theirs, french, removed)
    writing.set_language(french, "fr", by=cast.focal_point)
    writing.remove(removed, by=cast.focal_point)
    delegations.give(report, cast.contributor, {"2.1.A": "whole"}, by=cast.focal_point)
    brought = writing.bring_home(report, out, by=cast.contributor)
    assert outcomes(brought) == ["lands"] * 3
    assert [one.why for one in brought.left] == ["not yours", "own language", "gone"]
    assert {one.title for one in brought.left} == {"2.1.B Measures"}
    assert not theirs.revisions.filter(language="fr").exists()


def test_a_text_of_another_report_is_not_touched(text, cast, begin):
    brought = writing.bring_home(begin(2013), sent(text), by=cast.focal_point)
    assert [one.why for one in brought.left] == ["gone"]
    assert not text.revisions.filter(language="fr").exists()


def test_a_report_that_was_sent_in_is_not_changed(text, cast, report):
    out = sent(text)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(Problem, match="has been sent in"):
        writing.bring_home(report, out, by=cast.focal_point)


def test_of_a_file_that_is_too_long_nothing_is_saved(text, cast, report):
    other = writing.add_contribution(text.section, DUTCH, by=cast.focal_point, language="nl")
    out = sent(text, other, words=("a" * (LONGEST_REPORT // 2 - 1_000),))
    for place in range(2):
        writing.add_contribution(
            report.sections.get(question__code="2.1.B"),
            f"<p>{place}{'b' * 9_000}</p>",
            by=cast.focal_point,
            language="nl",
        )
    with pytest.raises(Problem, match="Nothing was saved"):
        writing.bring_home(report, out, by=cast.focal_point)
    assert not Revision.objects.filter(language="fr").exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_bring_one_file_home_bring_it_once(text, cast, report):
    out = sent(text)
    typed(text, 1, "<p>Notre service.</p>", cast.contributor)
    assert together(lambda number: writing.bring_home(report, out, by=cast.focal_point), 4) == []
    assert text.revisions.filter(language="fr", how=How.IMPORTED).count() == 1
    assert Conflict.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_typing_while_a_file_comes_home_loses_neither(text, cast, report):
    out = sent(text)

    def work(number):
        if number:
            writing.save_row(
                text, f"<p>Ligne {number}.</p>", writing.Shown("fr", number - 1, 1, 0), by=cast.contributor
            )
        else:
            writing.bring_home(report, out, by=cast.focal_point)

    assert together(work, 4) == []
    kept = {block.html for row in rows(text) for block in row.target}
    for conflict in Conflict.objects.all():
        kept |= {conflict.mine[3:-4], conflict.theirs[3:-4]}
    assert kept == {*FRENCH, "Ligne 1.", "Ligne 2.", "Ligne 3."}
