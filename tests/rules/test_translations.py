"""One row of a translation: saved, confirmed, not wanted, dismissed; a colleague's translation is never saved over."""

import random
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.document.translation.exchange import source_hash
from reports.models import Conflict, Contribution, Country, How, Membership, Revision, Role, TranslationEvent, User
from reports.rules import translation_counts, translations, writing
from reports.rules.writing.in_hand import newest_number
from reports.rules.writing.save import Save

pytestmark = pytest.mark.django_db
DUTCH = [f"<p>Alinea {n} zegt wat de dienst in {n} zaken heeft gedaan.</p>" for n in range(10, 50)]
FRENCH = [f"<p>Le paragraphe {n} dit ce que le service a fait.</p>" for n in range(10, 50)]


@pytest.fixture
def text(section, cast):
    return writing.add_contribution(section, "".join(DUTCH), by=cast.focal_point, language="nl")


@pytest.fixture
def translated(text, cast):
    writing.save_text(text, "".join(FRENCH), base=0, by=cast.focal_point, language="fr")
    return text


@pytest.fixture
def translator(cast):
    user = User.objects.create_user("translator@example.org", "correct horse battery", name="Tove Taal")
    Membership.objects.create(user=user, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    return user


def shown(row, place, language="fr"):
    return writing.Shown(language, place, newest_number(row), newest_number(row, language))


def rows(row, language="fr"):
    return translations.aligned(Contribution.objects.with_units().get(pk=row.pk), language).rows


def states(row):
    return [one.state for one in rows(row)]


def said(row, place):
    return "".join(f"<p>{block.html}</p>" for block in rows(row)[place].target)


def change(row, by, place=0, old="dienst", new="politie"):
    body = Contribution.objects.get(pk=row.pk).body.split("</p>")
    body[place] = body[place].replace(old, new)
    writing.save_text(row, "</p>".join(body), base=newest_number(row), by=by)


def test_a_row_is_saved_and_no_other(text, translator):
    saved = writing.save_row(text, FRENCH[3], shown(text, 3), by=translator)
    assert (saved.outcome, saved.revision.by, saved.revision.how) == ("saved", translator, How.TYPED)
    assert states(text) == ["current" if place == 3 else "untranslated" for place in range(40)]
    assert Contribution.objects.get(pk=text.pk).translation_fr == FRENCH[3]
    again = writing.save_row(text, FRENCH[3], shown(text, 3), by=translator)
    assert (again.outcome, again.differs_from_current) == ("unchanged", False)


def test_one_changed_word_makes_one_row_stale_and_typing_keeps_it_so(translated, cast, translator):
    change(translated, cast.focal_point, 7)
    assert [place for place, state in enumerate(states(translated)) if state != "current"] == [7]
    writing.save_row(translated, "<p>La police.</p>", shown(translated, 7), by=translator)
    assert (states(translated)[7], said(translated, 7)) == ("stale", "<p>La police.</p>")
    change(translated, cast.focal_point, 7, "politie", "dienst")
    assert set(states(translated)) == {"current"}


def test_who_said_that_the_meaning_is_unchanged_is_recorded(translated, cast, translator):
    change(translated, cast.focal_point)
    seen = shown(translated, 0)
    saved = writing.confirm_row(translated, seen, by=translator)
    assert (saved.revision.how, saved.revision.by, saved.revision.body) == (How.MARKED, translator, "".join(FRENCH))
    assert set(states(translated)) == {"current"}
    stored = Contribution.objects.with_units().get(pk=translated.pk)
    event = translations.marks([stored], "fr")[stored.pk, source_hash(rows(translated)[0].source)]
    assert (event.by, event.kind, event.whose) == (translator, "confirmed", "country")
    writing.confirm_row(translated, shown(translated, 0), by=cast.contributor)
    assert TranslationEvent.objects.count() == 1


def test_a_confirmation_holds_for_the_wording_that_was_shown(translated, cast, translator):
    change(translated, cast.focal_point)
    seen = shown(translated, 0)
    change(translated, cast.focal_point, 0, "politie", "minister")
    writing.confirm_row(translated, seen, by=translator)
    assert states(translated)[0] == "stale"
    change(translated, cast.focal_point, 0, "minister", "politie")
    assert states(translated)[0] == "current"


def test_another_translation_than_the_one_shown_is_not_confirmed(translated, cast, translator):
    change(translated, cast.focal_point)
    seen = shown(translated, 0)
    writing.save_row(translated, "<p>Autre.</p>", seen, by=cast.contributor)
    with pytest.raises(Problem):
        writing.confirm_row(translated, seen, by=translator)
    assert states(translated)[0] == "stale"
    assert not TranslationEvent.objects.exists()


def test_nothing_to_confirm_is_refused(text, translator):
    with pytest.raises(Problem):
        writing.confirm_row(text, shown(text, 0), by=translator)


def test_no_translation_wanted_holds_for_one_wording(text, cast, translator):
    law = "<p>De wet van mei.</p><p>Twee rechters per dienst.</p><p>Geen cijfers bekend bij de dienst.</p>"
    writing.save_text(text, law, base=1, by=cast.focal_point)
    writing.want_row(text, shown(text, 2), wanted=False, by=translator)
    assert states(text)[2] == "not wanted"
    change(text, cast.focal_point, 2)
    assert states(text)[2] == "stale"
    change(text, cast.focal_point, 2, "politie", "dienst")
    writing.want_row(text, shown(text, 2), wanted=True, by=cast.contributor)
    assert states(text)[2] == "untranslated"
    assert [(event.kind, event.by) for event in TranslationEvent.objects.all()] == [
        ("not_wanted", translator),
        ("wanted", cast.contributor),
    ]


def test_a_translation_that_is_not_wanted_is_kept(translated, translator):
    writing.want_row(translated, shown(translated, 2), wanted=False, by=translator)
    assert FRENCH[2] not in Contribution.objects.get(pk=translated.pk).translation_fr
    writing.want_row(translated, shown(translated, 2), wanted=True, by=translator)
    assert said(translated, 2) == FRENCH[2]


def test_a_draft_of_a_machine_is_marked_until_somebody_read_it(text, translator):
    saved = writing.save_row(text, FRENCH[0], shown(text, 0), by=translator, origin="machine")
    assert saved.revision.how == How.MACHINE
    assert rows(text)[0].unit.origin == "machine"
    writing.confirm_row(text, shown(text, 0), by=translator)
    assert rows(text)[0].unit.origin == "person"
    assert TranslationEvent.objects.get().kind == "read"
    writing.save_row(text, FRENCH[1], shown(text, 1), by=translator, origin="machine")
    writing.save_row(text, FRENCH[1].replace("dit", "décrit"), shown(text, 1), by=translator)
    assert rows(text)[1].unit.origin == "person"


def test_a_dismissal_is_for_exactly_these_texts(text, translator):
    writing.save_row(text, "<p>Sans nombre.</p>", shown(text, 0), by=translator)
    found = [one.key for one in translations.findings_of(rows(text)[0])]
    assert "number-missing:10" in found
    for _again in range(2):
        writing.dismiss(text, shown(text, 0), "number-missing:10", by=translator)
    known = translations.dismissed([text], "fr")[text.pk]
    assert len(known) == TranslationEvent.objects.count() == 1
    assert [one.key for one in translations.findings_of(rows(text)[0], known)] == [
        key for key in found if key != "number-missing:10"
    ]
    writing.save_row(text, "<p>Toujours sans nombre.</p>", shown(text, 0), by=translator)
    assert [one.key for one in translations.findings_of(rows(text)[0], known)] == found


def test_two_first_translations_stand_beside_each_other(text, cast, translator):
    seen = shown(text, 0)
    writing.save_row(text, "<p>Première version.</p>", seen, by=cast.contributor)
    saved = writing.save_row(text, "<p>Tout autre chose.</p>", seen, by=translator)
    (conflict,) = saved.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "",
        "<p>Tout autre chose.</p>",
        "<p>Première version.</p>",
    )
    assert (conflict.their_author, saved.is_merged, said(text, 0)) == (cast.contributor, True, conflict.theirs)
    writing.settle_conflict(conflict, "mine", by=translator)
    assert (said(text, 0), states(text)[0]) == (conflict.mine, "current")
    assert not Conflict.objects.filter(settled_at=None).exists()


def test_two_translators_of_one_row_are_merged_word_by_word(translated, cast, translator):
    seen = shown(translated, 4)
    writing.save_row(translated, FRENCH[4].replace("fait", "réalisé"), seen, by=cast.contributor)
    saved = writing.save_row(translated, FRENCH[4].replace("Le paragraphe", "L’alinéa"), seen, by=translator)
    assert (saved.conflicts, saved.is_merged, saved.revision.how) == ((), True, How.MERGED)
    assert said(translated, 4) == FRENCH[4].replace("fait", "réalisé").replace("Le paragraphe", "L’alinéa")


def test_a_choice_stays_in_its_row_and_keeps_its_mark(translated, cast, translator):
    change(translated, cast.focal_point, 4)
    seen = shown(translated, 4)
    writing.save_row(translated, "<p>Une police.</p>", seen, by=cast.contributor)
    (conflict,) = writing.save_row(
        translated, "<p>Quelques agents agiles travaillent ensemble partout.</p>", seen, by=translator
    ).conflicts
    assert conflict.place == 4
    writing.save_row(translated, "<p>Ailleurs.</p>", shown(translated, 9), by=cast.focal_point)
    writing.settle_conflict(conflict, "mine", by=translator)
    assert [said(translated, place) for place in (3, 4, 5, 9)] == [
        FRENCH[3],
        "<p>Quelques agents agiles travaillent ensemble partout.</p>",
        FRENCH[5],
        "<p>Ailleurs.</p>",
    ]
    assert states(translated)[4] == "stale"
    assert states(translated).count("current") == 39


def test_who_types_on_updates_the_conflict(text, cast, translator):
    seen = shown(text, 0)
    writing.save_row(text, "<p>Première version.</p>", seen, by=cast.contributor)
    saved = writing.save_row(text, "<p>Tout autre.</p>", seen, by=translator)
    on = writing.Shown("fr", 0, seen.original, saved.revision.number)
    (conflict,) = writing.save_row(text, "<p>Tout autre chose.</p>", on, by=translator, from_sent=True).conflicts
    assert conflict.mine == "<p>Tout autre chose.</p>"
    assert Conflict.objects.get() == conflict


def test_two_windows_of_one_person_make_no_conflict(text, translator):
    seen = shown(text, 0)
    writing.save_row(text, "<p>Première version.</p>", seen, by=translator)
    saved = writing.save_row(text, "<p>Tout autre chose.</p>", seen, by=translator)
    assert (saved.conflicts, saved.is_joined) == ((), True)
    assert "Première version" in said(text, 0)
    assert "Tout autre chose" in said(text, 0)


def test_the_same_save_twice_is_once(text, cast, translator):
    once, seen = uuid4(), shown(text, 0)
    for _again in range(2):
        saved = writing.save_row(text, FRENCH[0], seen, by=translator, save_id=once)
        assert (saved.outcome, saved.revision.pk) == ("saved", once)
    assert Revision.objects.filter(language="fr").count() == 1
    on = writing.save_row(text, FRENCH[0].replace("fait", "fait hier"), seen, by=translator, save_id=once)
    assert (on.outcome, on.is_merged, said(text, 0)) == ("saved", False, FRENCH[0].replace("fait", "fait hier"))
    with pytest.raises(Problem):
        writing.save_row(text, FRENCH[0], seen, by=cast.contributor, save_id=once)


def test_a_page_saves_a_row_like_any_text(text, section, translator):
    seen = shown(text, 1)
    wish = {"id": uuid4(), "section": "2.1.A", "contribution": text.pk, "language": "fr", "base": 0, "html": FRENCH[1]}
    wanted = Save(**wish, place=1, original=seen.original)
    assert writing.save(wanted, text, by=translator).outcome == "saved"
    assert said(text, 1) == FRENCH[1]
    section.report.state = "submitted"
    section.report.save()
    assert writing.save(wanted, text, by=translator).revision.pk == wanted.id  # its answer was lost
    with pytest.raises(Problem):
        writing.save(wanted.model_copy(update={"html": FRENCH[2]}), text, by=translator)


def test_a_row_of_another_wording_is_found_where_it_is_now(translated, cast, translator):
    seen = shown(translated, 0)
    writing.save_text(translated, "".join([*DUTCH[20:], *DUTCH[:20]]), base=1, by=cast.focal_point)
    writing.save_row(translated, "<p>Ici.</p>", seen, by=translator)
    assert said(translated, 20) == "<p>Ici.</p>"
    assert set(states(translated)) == {"current"}


@pytest.mark.parametrize("wrong", [{"place": 40}, {"original": 9}, {"base": 9}, {"language": "nl"}, {"language": ""}])
def test_a_row_that_was_never_shown_is_refused(translated, translator, wrong):
    seen = {"language": "fr", "place": 0, "original": 1, "base": 1} | wrong
    with pytest.raises(Problem):
        writing.save_row(translated, "<p>x</p>", writing.Shown(**seen), by=translator)


def test_an_emptied_row_is_untranslated(translated, translator):
    writing.save_row(translated, "<p></p>", shown(translated, 0), by=translator)
    assert states(translated)[0] == "untranslated"
    assert Contribution.objects.get(pk=translated.pk).translation_fr == "".join(FRENCH[1:])


def test_a_translator_writes_translations_and_nothing_else(translated, section, cast, translator):
    writing.save_text(translated, "".join(FRENCH[:3]), base=1, by=translator, language="fr")
    for refused in (
        lambda: writing.save_text(translated, "<p>Nee.</p>", base=1, by=translator),
        lambda: writing.add_contribution(section, "<p>Nee.</p>", by=translator),
        lambda: writing.remove(translated, by=translator),
        lambda: writing.restore_version(translated, translated.revisions.get(language=""), base=1, by=translator),
        lambda: writing.set_nothing(section, True, by=translator),
    ):
        with pytest.raises((Problem, PermissionDenied)):
            refused()
    writing.remove(translated, by=cast.focal_point)
    with pytest.raises(Problem):
        writing.save_row(translated, "<p>x</p>", shown(translated, 0), by=translator)


@pytest.mark.parametrize("who", ["reader", "reviewer", "administrator", "other_country"])
def test_nobody_else_translates_for_the_country(translated, cast, who):
    for refused in (
        lambda: writing.save_row(translated, "<p>x</p>", shown(translated, 0), by=cast[who]),
        lambda: writing.confirm_row(translated, shown(translated, 0), by=cast[who]),
        lambda: writing.want_row(translated, shown(translated, 0), wanted=False, by=cast[who]),
        lambda: writing.dismiss(translated, shown(translated, 0), "x", by=cast[who]),
    ):
        with pytest.raises(Problem):
            refused()


@pytest.mark.parametrize("closed", ["frozen", "sent in"])
def test_a_closed_text_is_not_translated(translated, section, translator, closed):
    if closed == "frozen":
        section.frozen = True
        section.save()
    else:
        section.report.state = "submitted"
        section.report.save()
    with pytest.raises(Problem):
        writing.save_row(translated, "<p>x</p>", shown(translated, 0), by=translator)


@pytest.mark.parametrize("seed", range(5))
def test_the_stored_text_is_that_of_its_units(translated, cast, translator, seed):
    """Whatever three people do from pages that they opened at any time, the newest units print the newest text."""
    chance = random.Random(seed)
    people, pages = (cast.focal_point, cast.contributor, translator), []
    for step in range(16):
        by, place = chance.choice(people), chance.randrange(6)
        pages.append(shown(translated, place))
        page, verb = chance.choice(pages), chance.choice(["save", "save", "change", "confirm", "want", "whole"])
        before = newest_number(translated, "fr")
        try:
            if verb == "save":
                writing.save_row(translated, f"<p>Version {step}.</p>" * chance.randrange(3), page, by=by)
            elif verb == "change":
                change(translated, cast.focal_point, place, "Alinea", f"Alinea {step}")
            elif verb == "confirm":
                writing.confirm_row(translated, page, by=by)
            elif verb == "want":
                writing.want_row(translated, page, wanted=chance.random() < 0.5, by=by)
            else:
                now = Contribution.objects.get(pk=translated.pk).translation_fr
                whole = "</p>".join(f"{one} {step}" if at == place else one for at, one in enumerate(now.split("</p>")))
                writing.save_text(translated, whole, base=newest_number(translated, "fr"), by=by, language="fr")
        except Problem:
            assert verb == "confirm"
        stored = Contribution.objects.with_units().get(pk=translated.pk)
        newest = Revision.objects.defer(None).filter(contribution=stored, language="fr").latest("number")
        assert (newest.body, newest.units) == (stored.translation_fr, stored.units_fr)
        is_written = newest.number > before and verb != "whole"
        assert not is_written or translations.aligned(stored, "fr").text() == stored.translation_fr


def test_counts_say_what_is_left(translated, cast, translator):
    def counted(language):
        found = translation_counts.progress([translated.section.report])
        return next(one for one in found if one.language == language)

    assert counted("fr").tally == translation_counts.Tally(total=40)
    change(translated, cast.focal_point, 5)
    writing.want_row(translated, shown(translated, 6), wanted=False, by=translator)
    french, english = counted("fr"), counted("en")
    assert french.tally == translation_counts.Tally(total=40, stale=1)
    assert (french.tally.left, french.is_begun, english.tally.left, english.is_begun) == (1, True, 40, False)
    change(translated, cast.focal_point, 5, "politie", "dienst")
    assert counted("fr").tally.left == 0
    writing.set_language(translated, "en", by=cast.focal_point)
    assert {one.language for one in translation_counts.progress([translated.section.report])} == {"nl", "fr"}


def test_what_was_counted_is_asked_for_once(translated, text, django_assert_num_queries):
    for expected in (2, 1):
        with django_assert_num_queries(expected):
            assert len(translation_counts.progress([text.section.report])) == 2


def test_the_texts_to_translate_are_one_query(translated, section, django_assert_num_queries):
    with django_assert_num_queries(1):
        (row,) = translations.contributions_to_translate(section.report)
        assert (row.section.question.code, translations.aligned(row, "fr").counts()) == ("2.1.A", {"current": 40})
