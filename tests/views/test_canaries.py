"""Two words to look for everywhere: one of the secretariat's own translation, and one of a machine's draft.

The secretariat's is in nothing of the country's and named wherever it stands; the machine's is never without its mark.
What people of other countries, and strangers, may open at all is in the table of access (test_access.py).
"""

import json
from collections.abc import Iterable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from reports.models import Contribution, Country, Membership, Role, Step, User
from reports.rules import delegations, documents, suggestions, uploads, workflow, writing
from reports.rules.own_translations import OwnText, aligned_texts, save_own_row
from reports.rules.writing import Shown, draft_by_machine
from tests import canaries
from tests.canaries import MACHINES, SECRETARIATS
from tests.machine import machine_at
from tests.views import steps
from tests.views.html import DESK
from tests.views.test_access import PAGES

pytestmark = pytest.mark.django_db
OURS, DRAFT = "Quetzal", "Axolotl"  # the secretariat's word, and the machine's
BASE = "/reports/BE/2014/"
TEXTS = {
    "2.1.A": "<p>De wet geldt sinds mei.</p><p>De politie volgt een opleiding.</p>",
    "2.1.B": "<p>Een handleiding volgt.</p>",
    "2.1.C": "<p>De cijfers zijn bekend.</p>",
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]
FOR_EVERYBODY = ("home", "help", "accessibility", "privacy", "alive", "verify")


@pytest.fixture
def people(cast):
    """The cast, and a translator of the country."""
    translator = User.objects.create_user("translator@example.org", "correct horse battery", name="translator")
    Membership.objects.create(user=translator, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    return {name: cast[name] for name in vars(cast)} | {"translator": translator}


@pytest.fixture
def drafted(report, cast, settings):
    """Dutch texts with drafts into French: beside a person's paragraph, alone, and for an older wording."""
    rows = {}
    for code, html in TEXTS.items():
        section = steps.section(report, code)
        rows[code] = writing.add_contribution(section, html, by=cast.focal_point, language="nl", authority="Justitie")
    writing.save_row(rows["2.1.A"], "<p>La loi.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    for code, row in rows.items():
        draft(row, f"{DRAFT} {code}", settings, cast)
    steps.change(rows["2.1.C"], "<p>De cijfers zijn niet bekend.</p>", cast)
    delegations.give(report, cast.contributor, {"1.1.A": "whole"}, by=cast.focal_point)
    return rows


def draft(row, words, settings, cast):
    """Let a machine draft what is not translated of a text: one paragraph."""
    with machine_at(settings, "deepl") as machine:
        machine.answer = json.dumps({"translations": [{"text": f"<p>{words}</p>"}]}).encode()
        draft_by_machine(Contribution.objects.with_units().get(pk=row.pk), "fr", by=cast.focal_point)


@pytest.fixture
def suggested(drafted, cast):
    return suggestions.suggest(
        drafted["2.1.B"], "<p>Le manuel.</p>", base=1, by=cast.contributor, language="fr", note="Relu."
    )


@pytest.fixture
def returned(drafted, report, cast, settings):
    """The report was sent in, translated by the secretariat and returned, and has another draft since."""
    translate(steps.send_in(report, cast), cast)
    steps.give_back(report, cast)
    steps.change(drafted["2.1.B"], "<p>Een handleiding en een gids volgen.</p><p>Rechters lezen ze.</p>", cast)
    draft(drafted["2.1.B"], f"{DRAFT} 2.1.B again", settings, cast)
    return report


@pytest.fixture
def published(returned, cast):
    translate(steps.send_in(returned, cast), cast)
    workflow.take_step(returned, Step.ACCEPT, by=cast.reviewer)
    workflow.take_step(returned, Step.PUBLISH, by=cast.administrator)
    return returned


def translate(submission, cast):
    """Let the secretariat translate all of a submission, into English and into French, beside the country's."""
    for language in ("en", "fr"):
        for (code, position), (aligned, number) in aligned_texts(submission, language).items():
            for row in aligned.rows:
                text, html = OwnText(submission, code, position, language), f"<p>{OURS} {code} {row.places[0]}</p>"
                saved = save_own_row(text, html, place=row.places[0], base=number, by=cast.reviewer).row
                number = saved.number if saved else number


def pages_of(report) -> list[str]:
    """Every address of the portal, those of this report with what they take."""
    found = [reverse(name, args=arguments) for name, (arguments, _answers) in PAGES.items()]
    found += [reverse(name) for name in FOR_EVERYBODY]
    found += [f"{BASE}{part}/" for part in ("all", *TEXTS)]
    for language in LANGUAGES:
        query = f"into={language}&source=nl&what=everything"
        found += [f"{BASE}translate/{language}/{code}/" for code in TEXTS] + [f"{BASE}translation.xlf?{query}"]
        found += [f"{BASE}review/{code}/translate/{language}/" for code in TEXTS]
    for code in TEXTS:
        found += [f"{BASE}translate/beside/{code}/", f"{BASE}sections/{code}/history/"]
        found += [f"{BASE}review/{code}/?show={show}" for show in ("changes", "text", "translation")]
    return [*found, *of_texts(report), *of_submissions(report), *of_desk()]


def of_texts(report) -> Iterator[str]:
    for section in report.sections.filter(question__code__in=TEXTS):
        for row in section.contributions.live().with_numbers():
            known = f"{row.pk}:fr:0:0:{row.number},{row.pk}:fr:0:1:{row.number}"
            yield f"{BASE}translate/fr/{section.code}/now/?known={known}"
            yield f"{BASE}{section.code}/now/?known={row.pk}:fr:0"
            yield f"{BASE}contributions/{row.pk}/suggest/?language=fr"
            yield from (f"{BASE}history/{row.pk}/?language={language}" for language in ("", *LANGUAGES))
            yield f"{BASE}history/{row.pk}/?language=fr&from=1&to=1"
            yield from (f"{BASE}suggestions/{one.pk}/" for one in row.suggestions.all())
    yield from (f"{BASE}readings/{upload.pk}/" for upload in report.uploads.all())


def of_submissions(report) -> Iterator[str]:
    for submission in report.submissions.all():
        yield f"{BASE}submissions/{submission.number}/"
        yield from (f"{BASE}submissions/{submission.number}.{kind}" for kind in ("json", "docx"))
    yield f"{BASE}compare/?from=1&to=2"


def of_desk() -> Iterator[str]:
    yield from DESK
    yield from (f"/desk/2014/goals/2.1/?translation={language}" for language in LANGUAGES)


def prints(report) -> Iterator[str]:
    """The official PDFs, and the copies for reading."""
    for submission in report.submissions.all():
        yield from (f"{BASE}submissions/{submission.number}.pdf{copy}" for copy in copies())


def copies() -> list[str]:
    return ["", *(f"?copy={language}" for language in LANGUAGES)]


def archives(copy: str) -> list[str]:
    """All reports of the form in one file. The ZIP has what was printed before."""
    return [f"/desk/2014/{file}?copy={copy}" for file in ("all-countries.pdf", "archive.zip")]


def answers(person, addresses: Iterable[str], language: str = "en") -> Iterator[tuple[str, bytes]]:
    """Yield each address that this person may open, with what it answers."""
    client = Client()
    User.objects.filter(pk=person.pk).update(language=language)
    client.force_login(person)
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 200:
            yield address, answer.getvalue()


def with_word(people, names, addresses, word, mark, language="en"):
    """Return who finds the word where, and fail if it stands anywhere without its mark."""
    found, unmarked = {}, []
    for name in names:
        for address, content in answers(people[name], addresses, language):
            if canaries.has(content, word):
                found.setdefault(name, []).append(address)
                unmarked += [] if canaries.is_marked(content, word, mark) else [f"{name}: {address}"]
    assert not unmarked, "\n".join(unmarked)
    return found


def without_word(people, names, addresses, word):
    """Fail if one of these people finds the word. Return the number of answers that were looked through."""
    seen = 0
    for name in names:
        for address, content in answers(people[name], addresses):
            seen += 1
            assert not canaries.has(content, word), (name, address)
    return seen


def test_a_draft_of_a_machine_is_marked_while_it_is_written(suggested, report, people):
    found = with_word(people, ["focal_point"], pages_of(report), DRAFT, MACHINES)
    of_others = [address for address in found["focal_point"] if "/2.1" in address or "suggest" in address]
    of_others.append(f"{BASE}contributions/{suggested.contribution_id}/suggest/?language=fr")
    found |= with_word(people, ("contributor", "translator"), of_others, DRAFT, MACHINES)
    assert BASE + "2.1/" in found["focal_point"]
    assert f"{BASE}suggestions/{suggested.pk}/" in found["focal_point"]
    assert f"{BASE}contributions/{suggested.contribution_id}/suggest/?language=fr" in found["contributor"]
    polled = f"2.1.B/now/?known={suggested.contribution_id}:fr:0"
    for address in ("translate/fr/2.1.C/", "translate/beside/2.1.C/", polled):
        assert BASE + address in found["translator"]


def test_a_draft_of_a_machine_is_marked_in_all_that_is_sent_in(published, people, cast):
    data = json.dumps(json.loads(published.submissions.get(number=1).document)).encode()
    uploads.read(data, "report.json", published, by=cast.focal_point)
    found = with_word(people, ("focal_point", "reader"), pages_of(published), DRAFT, MACHINES)
    of_review = [address for address in pages_of(published) if "/review/" in address]
    found_in_french = with_word(people, ["reviewer"], of_review, DRAFT, MACHINES, "fr")
    assert f"{BASE}submissions/1.json" in found["reader"]
    assert f"{BASE}compare/?from=1&to=2" in found["focal_point"]
    assert "/desk/2014/goals/2.1/?translation=fr" in found["reader"]
    assert f"{BASE}review/2.1.A/?show=translation" in found_in_french["reviewer"]


@pytest.mark.parametrize("state", ["returned", "published"])
def test_the_secretariats_translation_is_nothing_of_the_countrys(request, report, people, state):
    request.getfixturevalue(state)
    report.refresh_from_db()
    assert without_word(people, ["focal_point"], pages_of(report), OURS) > 70
    assert OURS not in composed(report)
    assert not [one for one in report.submissions.all() if OURS in one.document]


def test_the_next_report_is_offered_neither(published, begin, people, cast):
    code = "2.1.A"
    writing.add_contribution(steps.section(begin(2016), code), TEXTS[code], by=cast.focal_point, language="nl")
    addresses = [address.replace("/2014/", "/2016/") for address in pages_of(published)]
    shown = dict(answers(people["focal_point"], addresses))
    page = shown[f"/reports/BE/2016/translate/fr/{code}/"].decode()
    assert "La loi." in page  # what a person translated is offered
    assert not [address for address, content in shown.items() if canaries.has(content, OURS)]
    assert not [address for address, content in shown.items() if canaries.has(content, DRAFT)]


def test_the_secretariats_translation_is_named_where_it_stands(published, people):
    written = [f"{BASE}review/{code}/translate/{language}/" for code in TEXTS for language in ("en", "fr")]
    others = [address for address in pages_of(published) if address not in written]
    found = with_word(people, ("reviewer", "reader"), others, OURS, SECRETARIATS)
    assert found["reader"] == found["reviewer"] == [f"{BASE}review/{code}/?show=translation" for code in TEXTS]
    own = dict(answers(people["reviewer"], written))
    assert list(own) == written
    for page in own.values():
        assert canaries.has(page, OURS)
        assert "This is the secretariat’s own translation of submission 2" in page.decode()


def test_prints_mark_a_draft_and_name_the_secretariats_translation(published, people):
    """The two words together, because the prints are slow to make."""
    marked = with_word(people, ["reader"], [*prints(published), *archives("fr")], DRAFT, MACHINES)
    assert set(archives("fr")) < set(marked["reader"])
    assert f"{BASE}submissions/2.pdf?copy=fr" in marked["reader"]
    found = with_word(people, ["focal_point"], prints(published), OURS, SECRETARIATS)
    found |= with_word(people, ["reader"], archives("en"), OURS, SECRETARIATS)
    assert found["reader"] == archives("en")
    assert f"{BASE}submissions/2.pdf?copy=en" in found["focal_point"]
    assert not [address for address in found["focal_point"] if address.endswith(".pdf")]  # the official form


def test_a_copy_that_the_country_uploads_brings_none_of_it(returned, people, cast):
    address = f"{BASE}submissions/1.pdf?copy=en"
    ((_address, copy),) = answers(people["focal_point"], [address])
    assert canaries.has(copy, OURS)
    upload = uploads.read(copy, "copy.pdf", returned, by=cast.focal_point)
    uploads.apply(upload, by=cast.focal_point, replace=True)
    assert OURS not in composed(returned)
    for _place, content in answers(people["focal_point"], [f"{BASE}readings/{upload.pk}/", *of_texts(returned)]):
        assert not canaries.has(content, OURS)


def composed(report) -> str:
    """Return the canonical text of a report as it is now."""
    return documents.compose(type(report).objects.with_sections(units=True).get(pk=report.pk)).canonical()
