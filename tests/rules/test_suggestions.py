"""Suggestions: who may make and decide them, what accepting saves, and that nothing else of them is kept anywhere."""

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import Frequency, How, Mail, MailKind, Membership, Outcome, Step, Suggestion, SuggestionEnd
from reports.rules import delegations, history, mails, permissions, personal_data, suggestions, workflow, writing
from tests.rules.test_races import together
from tests.views.steps import give_back, send_in

pytestmark = pytest.mark.django_db

LAW, COURTS, SCHOOLS = (
    "<p>De wet is in mei in werking getreden.</p>",
    "<p>De rechtbanken zijn ingelicht over de nieuwe regels.</p>",
    "<p>Scholen kregen een brochure over veilig internet.</p>",
)
LATER_LAW = LAW.replace("mei", "juni")
MORE_SCHOOLS = SCHOOLS.replace("Scholen", "Alle scholen")


@pytest.fixture
def text(written, cast):
    """A contribution of three paragraphs, of which the contributor was given nothing to write."""
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    cast.contributor.__dict__.pop("roles", None)
    writing.save_text(written, LAW + COURTS + SCHOOLS, base=1, by=cast.focal_point)
    return written


@pytest.fixture
def suggestion(text, cast):
    body = LATER_LAW + COURTS + MORE_SCHOOLS
    return suggestions.suggest(text, body, base=2, by=cast.contributor, note="Zie de wet.")


def told(suggestion):
    """The e-mails about it: to whom, and their text."""
    return [(row.to, row.text) for row in Mail.objects.filter(key__startswith=f"suggestion/{suggestion.pk}")]


def body_of(text):
    text.refresh_from_db()
    return text.body


@pytest.mark.parametrize(
    ("who", "may"),
    [("contributor", True)]
    + [(role, False) for role in ("focal_point", "other_country", "reviewer", "reader", "administrator")],
)
def test_only_a_colleague_who_may_not_write_suggests(text, cast, who, may):
    assert permissions.may(cast[who], "suggest", text) == may
    if not may:
        with pytest.raises((Problem, PermissionDenied)):
            suggestions.suggest(text, LATER_LAW, base=2, by=cast[who])
        assert not Suggestion.objects.exists()


def test_who_was_given_the_section_writes_and_suggests_nothing(text, section, cast):
    delegations.give(section.report, cast.contributor, {"2.1.A": "whole"}, by=cast.focal_point)
    permissions.forget_assignments(cast.contributor)
    assert not permissions.may(cast.contributor, "suggest", text)


def test_a_suggestion_changes_no_text_and_tells_who_writes_it(suggestion, text, section, cast):
    assert body_of(text) == LAW + COURTS + SCHOOLS
    [(to, words)] = told(suggestion)
    assert to == cast.focal_point
    assert "contributor suggests changes" in words
    assert "Zie de wet." in words
    assert f"/reports/BE/2014/suggestions/{suggestion.pk}/" in words


def test_who_wants_no_such_mail_gets_none(text, cast):
    mails.choose({MailKind.SUGGESTIONS: Frequency.NEVER}, by=cast.focal_point)
    suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor)
    assert not Mail.objects.filter(kind=MailKind.SUGGESTIONS).exists()


def test_the_same_suggestion_again_is_one(suggestion, text, cast):
    again = suggestions.suggest(text, suggestion.body, base=2, by=cast.contributor, note="Zie de wet.")
    assert again == suggestion
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("body", [LAW + COURTS + SCHOOLS, "", "<p>--</p>"], ids=["unchanged", "empty", "dashes"])
def test_a_suggestion_without_a_text_of_its_own_is_refused(text, cast, body):
    with pytest.raises(Problem):
        suggestions.suggest(text, body, base=2, by=cast.contributor)


def test_a_long_text_or_note_is_refused(text, cast):
    for body, note in (("x" * 200_001, ""), (LATER_LAW, "x" * 2_001)):
        with pytest.raises(Problem):
            suggestions.suggest(text, body, base=2, by=cast.contributor, note=note)
    assert not Suggestion.objects.exists()


def test_a_person_has_only_some_suggestions_waiting_for_a_text(text, cast):
    for number in range(suggestions.MOST_OF_PERSON):
        last = suggestions.suggest(text, f"<p>{number}</p>", base=2, by=cast.contributor)
    with pytest.raises(Problem):
        suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor)
    suggestions.withdraw(last, by=cast.contributor)
    suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor)


def test_accepting_saves_the_text_and_says_whose_it_was(suggestion, text, cast):
    saved = suggestions.accept(suggestion, by=cast.focal_point)
    assert body_of(text) == LATER_LAW + COURTS + MORE_SCHOOLS
    assert (saved.revision.by, saved.revision.how) == (cast.focal_point, How.SUGGESTED)
    assert (suggestion.end.outcome, suggestion.end.revision_id) == (Outcome.ACCEPTED, saved.revision.pk)
    assert [version.suggestion for version in history.versions(text)] == [None, suggestion]
    assert history.versions(text)[-1].by == cast.focal_point
    _first, (to, words) = told(suggestion)
    assert to == cast.contributor
    assert "focal point has accepted your suggestion" in words


def test_an_accepted_suggestion_is_a_version_by_itself(suggestion, text, cast):
    writing.save_text(text, LAW + COURTS + SCHOOLS + "<p>Einde.</p>", base=2, by=cast.focal_point)
    saved = suggestions.accept(suggestion, by=cast.focal_point)  # merged
    writing.save_text(text, LAW, base=saved.revision.number, by=cast.focal_point)
    found = [[save.number for save in version.saves] for version in history.versions(text)]
    assert found == [[1, 2, 3], [4], [5]]
    assert history.versions(text)[1].suggestion == suggestion


def test_accepting_some_changes_leaves_the_others_out(suggestion, text, cast):
    suggestions.accept(suggestion, by=cast.focal_point, chosen={1})
    assert body_of(text) == LAW + COURTS + MORE_SCHOOLS
    assert suggestion.end.outcome == Outcome.PARTLY


@pytest.mark.parametrize("chosen", [set(), {7}])
def test_accepting_no_change_is_refused(suggestion, cast, chosen):
    with pytest.raises(Problem):
        suggestions.accept(suggestion, by=cast.focal_point, chosen=chosen)
    assert not SuggestionEnd.objects.exists()


def test_what_was_saved_meanwhile_is_merged(suggestion, text, cast):
    later = COURTS.replace("ingelicht", "geschoold")
    writing.save_text(text, LAW + later + SCHOOLS, base=2, by=cast.focal_point)
    saved = suggestions.accept(suggestion, by=cast.focal_point)
    assert body_of(text) == LATER_LAW + later + MORE_SCHOOLS
    assert not saved.conflicts


def test_what_cannot_be_merged_becomes_a_conflict(suggestion, text, cast):
    theirs = LAW.replace("mei", "april")
    writing.save_text(text, theirs + COURTS + SCHOOLS, base=2, by=cast.focal_point)
    saved = suggestions.accept(suggestion, by=cast.focal_point)
    assert body_of(text) == theirs + COURTS + MORE_SCHOOLS
    [conflict] = saved.conflicts
    assert (conflict.mine, conflict.theirs) == (LATER_LAW, theirs)


def test_of_two_writers_one_decides_and_the_other_is_told(suggestion, text, cast):
    suggestions.decline(Suggestion.objects.get(), by=cast.focal_point, comment="Het was mei.")
    with pytest.raises(Problem, match="focal point has decided"):
        suggestions.accept(suggestion, by=cast.focal_point)
    assert body_of(text) == LAW + COURTS + SCHOOLS
    assert SuggestionEnd.objects.get().outcome == Outcome.DECLINED


def test_the_same_decision_sent_again_is_one(suggestion, text, cast):
    writing.save_text(text, LAW.replace("mei", "april") + COURTS + SCHOOLS, base=2, by=cast.focal_point)
    first = suggestions.accept(suggestion, by=cast.focal_point, chosen={0})
    again = suggestions.accept(Suggestion.objects.get(), by=cast.focal_point, chosen={0})
    assert (again.revision, again.conflicts) == (first.revision, first.conflicts)
    assert again.conflicts
    assert (text.revisions.count(), len(told(suggestion))) == (4, 2)
    with pytest.raises(Problem, match="focal point has decided"):
        suggestions.accept(suggestion, by=cast.focal_point, chosen={1})


def test_declining_and_withdrawing_again_are_one(suggestion, text, cast):
    other = suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor)
    for _time in range(2):
        suggestions.decline(suggestion, by=cast.focal_point, comment="Het was mei.")
        suggestions.withdraw(other, by=cast.contributor)
    assert len(told(suggestion)) == 2
    with pytest.raises(Problem, match="focal point has decided"):
        suggestions.decline(suggestion, by=cast.focal_point, comment="Toch niet.")
    with pytest.raises(Problem, match="contributor has withdrawn"):
        suggestions.decline(other, by=cast.focal_point)


def test_what_was_accepted_already_said_so_is_accepted_once(suggestion, text, cast):
    writing.save_text(text, suggestion.body, base=2, by=cast.focal_point)
    first, again = (suggestions.accept(suggestion, by=cast.focal_point) for _time in range(2))
    assert (first.outcome, again.outcome, again.revision) == ("unchanged", "unchanged", first.revision)


def test_declining_tells_why(suggestion, cast):
    suggestions.decline(suggestion, by=cast.focal_point, comment=" Het was mei. ")
    assert suggestion.end.comment == "Het was mei."
    _first, (to, words) = told(suggestion)
    assert to == cast.contributor
    assert "Het was mei." in words


def test_who_has_left_the_country_is_not_told(suggestion, cast):
    Membership.objects.filter(user=cast.contributor).delete()
    suggestions.decline(suggestion, by=cast.focal_point)
    assert len(told(suggestion)) == 1  # about the suggestion itself


def test_a_suggestion_is_withdrawn_by_who_made_it(suggestion, cast):
    for who in (cast.focal_point, cast.other_country, cast.reviewer):
        with pytest.raises(PermissionDenied):
            suggestions.withdraw(suggestion, by=who)
    suggestions.withdraw(suggestion, by=cast.contributor)
    with pytest.raises(Problem, match="contributor has withdrawn"):
        suggestions.accept(suggestion, by=cast.focal_point)


@pytest.mark.parametrize("who", ["contributor", "other_country", "reviewer", "administrator"])
def test_only_who_writes_the_text_decides(suggestion, text, cast, who):
    for decide in (suggestions.accept, suggestions.decline):
        with pytest.raises(Problem):
            decide(suggestion, by=cast[who])
    assert body_of(text) == LAW + COURTS + SCHOOLS


@pytest.mark.parametrize(
    ("who", "may"),
    [("focal_point", True), ("contributor", True), ("other_country", False), ("reviewer", False), ("reader", False)],
)
def test_only_its_maker_and_the_writers_read_a_suggestion(suggestion, cast, who, may):
    assert suggestions.may_read(cast[who], suggestion) == may


def test_another_reader_of_the_country_does_not_read_it(suggestion, cast):
    Membership.objects.filter(user=cast.other_country).update(country=suggestion.contribution.section.report.country)
    Membership.objects.filter(user=cast.other_country).update(role="contributor", only_given=True)
    cast.other_country.__dict__.pop("roles", None)
    assert permissions.may(cast.other_country, "suggest", suggestion.contribution)
    assert not suggestions.may_read(cast.other_country, suggestion)


def test_a_report_that_was_sent_in_takes_no_suggestion_and_no_decision(suggestion, text, report, cast):
    send_in(report, cast)
    for refused in (
        lambda: suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor),
        lambda: suggestions.accept(suggestion, by=cast.focal_point),
    ):
        with pytest.raises(Problem):
            refused()
    assert Suggestion.objects.to_decide().count() == 1  # it waits for the report to come back
    give_back(report, cast, "2.2.A")
    assert Suggestion.objects.to_decide().count() == 0  # the section stays closed
    with pytest.raises(Problem):
        suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)


def test_a_suggestion_for_a_translation_changes_the_translation(text, cast):
    writing.save_text(text, "<p>The law.</p>", base=0, by=cast.focal_point, language="en")
    made = suggestions.suggest(text, "<p>The new law.</p>", base=1, by=cast.contributor, language="en")
    suggestions.accept(made, by=cast.focal_point)
    text.refresh_from_db()
    assert (text.translation_en, text.body) == ("<p>The new law.</p>", LAW + COURTS + SCHOOLS)


def test_a_translator_decides_about_translations_alone(text, cast):
    writing.save_text(text, "<p>The law.</p>", base=0, by=cast.focal_point, language="en")
    made = suggestions.suggest(text, "<p>The new law.</p>", base=1, by=cast.contributor, language="en")
    original = suggestions.suggest(text, LATER_LAW, base=2, by=cast.contributor)
    Membership.objects.filter(user=cast.other_country).update(country=text.section.report.country, role="translator")
    translator = type(cast.other_country).objects.get(pk=cast.other_country.pk)
    assert [suggestions.may_read(translator, one) for one in (made, original)] == [True, False]
    with pytest.raises(Problem):
        suggestions.accept(original, by=translator)
    with pytest.raises(Problem, match="write this text yourself"):
        suggestions.suggest(text, "<p>Another law.</p>", base=1, by=translator, language="en")
    assert suggestions.suggest(text, MORE_SCHOOLS, base=2, by=translator).by == translator
    assert translator in suggestions.writers_of(text, "en")
    suggestions.accept(made, by=translator)
    text.refresh_from_db()
    assert text.translation_en == "<p>The new law.</p>"


def test_a_person_is_told_of_their_suggestions_without_the_texts(suggestion, cast):
    suggestions.decline(suggestion, by=cast.focal_point)
    assert [row["end__outcome"] for row in personal_data.lists(cast.contributor)["suggestions"]] == ["declined"]
    assert [row["outcome"] for row in personal_data.lists(cast.focal_point)["suggestions_decided"]] == ["declined"]
    assert "wet" not in "".join(personal_data.as_json(cast.contributor))


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one_decision(suggestion, text, cast):
    def work(number):
        row = Suggestion.objects.get(pk=suggestion.pk)
        if number % 2:
            suggestions.accept(row, by=cast.focal_point)
        else:
            suggestions.decline(row, by=cast.focal_point)

    refused = together(work, 4)
    assert [type(error) for error in refused] == [Problem] * 2  # the winner's decision came twice
    end = SuggestionEnd.objects.get()
    accepted = end.outcome == Outcome.ACCEPTED
    assert body_of(text) == (LATER_LAW + COURTS + MORE_SCHOOLS if accepted else LAW + COURTS + SCHOOLS)
