"""The pages for suggestions: the link beside a text, the page to write one, and deciding beside the text."""

import io
import zipfile

import pypdfium2
import pytest
from django.urls import reverse

from reports.models import Membership, Report, SuggestionEnd
from reports.pages.country.suggestions import part_suggestions
from reports.rules import suggestions, writing
from tests.views.html import DESK, fields, parse, text
from tests.views.steps import give_back, send_in, signed_in
from tests.views.test_html import INVALID

pytestmark = pytest.mark.django_db
CANARY = "Kanarievogel"
LAW, COURTS = "<p>De wet is in mei in werking getreden.</p>", "<p>De rechtbanken zijn ingelicht over de regels.</p>"
LATER = LAW.replace("mei", "juni")
PAGE = "/reports/BE/2014/2.1/"
CHANGED = "De wet is in juni in werking getreden."


@pytest.fixture
def passage(written, cast):
    """A text of two paragraphs, and a contributor who was given no section."""
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    writing.save_text(written, LAW + COURTS, base=1, by=cast.focal_point)
    written.section.report.country.pk  # noqa: B018  the rules get rows with their country, as from a view
    return written


@pytest.fixture
def reader(client, passage, cast):
    client.force_login(cast.contributor)
    return client


def suggest_url(passage):
    return reverse("suggest", args=["BE", 2014, passage.pk])


def suggested(passage, cast, body=LATER + COURTS + f"<p>{CANARY} zingt.</p>", note=f"{CANARY} in de noot"):
    user = type(cast.contributor).objects.get(pk=cast.contributor.pk)
    return suggestions.suggest(passage, body, base=2, by=user, note=note)


def ticked(page, made):
    """What the page sends when "Accept" is pressed at once: every change is ticked."""
    ticks = parse(page).xpath(f"//input[@name='change-{made.pk}']")
    assert all(tick.get("type") == "hidden" or tick.checked for tick in ticks)
    return fields(page) | {"accept": made.pk, f"change-{made.pk}": [tick.get("value") for tick in ticks]}


def links(answer):
    return parse(answer).xpath("//main//a/@href")


@pytest.mark.parametrize("page", [PAGE, "/reports/BE/2014/2.1.A/", "/reports/BE/2014/all/"])
def test_a_text_of_others_has_a_link_to_suggest_a_change(reader, passage, page):
    assert suggest_url(passage) in links(reader.get(page))


def test_a_passage_of_a_colleague_in_a_section_with_ones_own_has_the_link(reader, passage, cast):
    from reports.rules import delegations

    delegations.give(passage.section.report, cast.contributor, {"2.1.A": "own"}, by=cast.focal_point)
    assert suggest_url(passage) in links(reader.get(PAGE))


def test_who_writes_the_text_has_no_such_link(anke, passage):
    assert suggest_url(passage) not in links(anke.get(PAGE))
    assert anke.get(suggest_url(passage)).status_code == 302


def test_a_closed_report_has_no_such_link(reader, passage, report, cast):
    send_in(report, cast)
    assert suggest_url(passage) not in links(reader.get(PAGE))
    assert reader.get(suggest_url(passage)).status_code == 403


def test_a_suggestion_is_sent_without_scripts(reader, passage, cast):
    form = fields(reader.get(suggest_url(passage)), "suggest-form")
    box = f"c{passage.pk}-body"
    assert form[box].startswith("De wet is in mei")
    form[box] = form[box].replace("mei", "juni")
    answer = reader.post(suggest_url(passage), form | {"note": "Zie de wet."}, follow=True)
    assert "Your suggestion has been sent" in text(answer)
    assert "Waiting for an answer" in text(answer)
    assert "waiting for an answer" in text(reader.get(PAGE))
    [made] = passage.suggestions.all()
    assert (made.body, made.base, made.note) == (LATER + COURTS, 2, "Zie de wet.")


@pytest.fixture
def translated(passage, cast):
    writing.save_text(passage, "<p>The law is in force since May.</p>", base=0, by=cast.focal_point, language="en")
    return passage


def test_a_change_to_a_translation_is_suggested_and_accepted(reader, translated, cast):
    url = f"{suggest_url(translated)}?language=en"
    assert url in links(reader.get(PAGE))
    assert f"{suggest_url(translated)}?language=fr" not in links(reader.get(PAGE))
    page = reader.get(url)
    assert "De wet is in mei in werking getreden." in text(page)  # the original, to compare
    box = f"c{translated.pk}-en-body"
    form = fields(page, "suggest-form")
    assert form[box] == "The law is in force since May."
    assert "You have not changed the text yet." in text(reader.post(url, form))
    reader.post(url, form | {box: "The law is in force since June."})
    [made] = translated.suggestions.all()
    assert (made.language, made.base) == ("en", 1)
    assert "Your suggestion for the translation into English" in text(reader.get(PAGE))
    writer = signed_in(cast.focal_point)
    writer.post(PAGE, ticked(writer.get(PAGE), made))
    translated.refresh_from_db()
    assert translated.translation_en == "<p>The law is in force since June.</p>"
    assert translated.body == LAW + COURTS


def test_a_translator_suggests_for_the_original_alone(client, translated, cast):
    Membership.objects.filter(user=cast.contributor).update(role="translator", only_given=False)
    made = suggested(translated, cast)
    Membership.objects.filter(user=cast.other_country).update(
        country=translated.section.report.country, role="approver"
    )
    other = type(cast.other_country).objects.get(pk=cast.other_country.pk)
    waiting = suggestions.suggest(translated, "<p>The law.</p>", base=1, by=other, language="en")
    client.force_login(cast.contributor)
    found = links(client.get(PAGE))
    assert suggest_url(translated) in found
    assert f"{suggest_url(translated)}?language=en" not in found
    assert client.get(f"{suggest_url(translated)}?language=en").status_code == 302
    task = reverse("suggestion", args=["BE", 2014, waiting.pk])
    assert task in links(client.get("/tasks/"))
    client.post(task, fields(client.get(task), None) | {"accept": waiting.pk})
    assert (waiting.end.outcome, made.ended) == ("accepted", None)


def test_a_translation_that_does_not_exist_has_no_page(reader, translated):
    for language in ("fr", "nl", "xx"):
        assert reader.get(f"{suggest_url(translated)}?language={language}").status_code == 404


@pytest.mark.parametrize("what", ["translation emptied", "contribution removed", "nothing to report"])
def test_a_text_that_is_gone_meanwhile_is_refused_in_words(reader, translated, cast, what):
    url, box = f"{suggest_url(translated)}?language=en", f"c{translated.pk}-en-body"
    form = fields(reader.get(url), "suggest-form") | {box: "The law of June."}
    if what == "translation emptied":
        writing.save_text(translated, "", base=1, by=cast.focal_point, language="en")
    elif what == "contribution removed":
        writing.remove(translated, by=cast.focal_point)
    else:
        writing.set_nothing(translated.section, True, by=cast.focal_point)
    answer = reader.post(url, form)
    assert "A colleague has removed this text in the meantime." in text(answer)
    assert fields(answer, "suggest-form")[box] == "The law of June."
    assert not translated.suggestions.exists()


def test_the_page_for_a_suggestion_offers_no_comment(reader, passage, cast):
    assert b'data-command="comment"' not in reader.get(suggest_url(passage)).content
    assert b'data-command="comment"' in signed_in(cast.focal_point).get(PAGE).content


def test_the_pages_of_a_suggestion_are_valid(anke, passage, cast):
    made, _other = suggested(passage, cast), suggested(passage, cast, LATER + COURTS)
    own = reverse("suggestion", args=["BE", 2014, made.pk])
    reader = signed_in(cast.contributor)
    pages = [anke.get(PAGE), anke.get(own), reader.get(own), reader.get(suggest_url(passage)), reader.get(PAGE)]
    for page in pages:
        assert page.status_code == 200
        assert [what for what, where in INVALID.items() if parse(page).xpath(where)] == []


def test_what_is_refused_stays_in_its_boxes(reader, passage):
    form = fields(reader.get(suggest_url(passage)), "suggest-form") | {"note": "Zie de wet."}
    answer = reader.post(suggest_url(passage), form)
    assert "You have not changed the text yet." in text(answer)
    assert fields(answer, "suggest-form")["note"] == "Zie de wet."
    long = reader.post(suggest_url(passage), form | {f"c{passage.pk}-body": CHANGED, "note": "x" * 2001})
    assert fields(long, "suggest-form")[f"c{passage.pk}-body"] == CHANGED


def test_a_text_that_no_contribution_may_have_is_refused_unread(reader, passage):
    box = f"c{passage.pk}-body"
    form = fields(reader.get(suggest_url(passage)), "suggest-form")
    answer = reader.post(suggest_url(passage), form | {box: "<p>" * 70_000, f"c{passage.pk}-text_format": "html"})
    assert "the maximum for a contribution is 200000" in text(answer).replace(",", "")
    assert not passage.suggestions.exists()


def test_a_text_of_somebody_signed_out_is_shown_again(client, passage):
    answer = client.post(suggest_url(passage), {f"c{passage.pk}-body": CHANGED})
    assert CHANGED in answer.content.decode()


def test_the_writer_sees_the_difference_and_accepts(anke, passage, cast):
    suggested(passage, cast)
    page = anke.get(PAGE)
    assert "Suggestion by contributor" in text(page)
    assert parse(page).xpath("string((//main//ins)[1])").strip() == "juni"
    anke.post(PAGE, ticked(page, passage.suggestions.get()))
    passage.refresh_from_db()
    assert passage.body == LATER + COURTS + f"<p>{CANARY} zingt.</p>"
    history = anke.get(reverse("history", args=["BE", 2014, passage.pk]))
    assert "focal point, a suggestion of contributor, accepted" in text(history)


def test_only_the_ticked_changes_are_accepted(anke, passage, cast):
    made = suggested(passage, cast)
    form = fields(anke.get(PAGE))
    form.pop(f"change-{made.pk}")  # lxml gives the last of the ticked ones
    anke.post(PAGE, form | {"accept": made.pk, f"change-{made.pk}": "0"})
    passage.refresh_from_db()
    assert passage.body == LATER + COURTS
    assert made.end.outcome == "partly"


def test_the_person_who_suggested_sees_why_it_was_declined(anke, passage, cast):
    made = suggested(passage, cast)
    anke.post(PAGE, fields(anke.get(PAGE)) | {"decline": made.pk, f"comment-{made.pk}": "Het was mei."})
    reader = signed_in(cast.contributor)
    assert "declined by focal point: Het was mei." in text(reader.get(PAGE))
    own_page = reader.get(reverse("suggestion", args=["BE", 2014, made.pk]))
    assert "declined by focal point: Het was mei." in text(own_page)


def test_what_is_typed_in_the_text_is_saved_before_a_decision(anke, passage, cast):
    made = suggested(passage, cast, LATER + COURTS)
    form = fields(anke.get(PAGE))
    box = f"c{passage.pk}-body"
    anke.post(PAGE, form | {box: form[box].replace("rechtbanken", "parketten"), "accept": made.pk})
    passage.refresh_from_db()
    assert passage.body == LATER + COURTS.replace("rechtbanken", "parketten")


def test_a_change_that_a_colleague_crossed_is_announced_and_becomes_two_versions(anke, passage, cast):
    made = suggested(passage, cast, LATER + COURTS)
    writing.save_text(passage, LAW.replace("mei", "april") + COURTS, base=2, by=cast.focal_point)
    page = anke.get(PAGE)
    assert "A colleague has changed this paragraph since." in text(page)
    answer = anke.post(PAGE, fields(page) | {"accept": made.pk}, follow=True)
    assert "Two versions of this paragraph" in text(answer)


def test_who_comes_second_is_told(anke, passage, cast):
    made = suggested(passage, cast)
    form = fields(anke.get(PAGE))
    suggestions.withdraw(made, by=type(cast.contributor).objects.get(pk=cast.contributor.pk))
    answer = anke.post(PAGE, form | {"accept": made.pk}, follow=True)
    assert "contributor has withdrawn this suggestion in the meantime." in text(answer)


def test_a_suggestion_is_decided_and_withdrawn_on_its_own_page(anke, passage, cast):
    first, second = suggested(passage, cast), suggested(passage, cast, LATER + COURTS)
    url, other = (reverse("suggestion", args=["BE", 2014, one.pk]) for one in (first, second))
    anke.post(url, fields(anke.get(url), None) | {"decline": first.pk})
    assert first.end.outcome == "declined"
    reader = signed_in(cast.contributor)
    reader.post(other, fields(reader.get(other), None) | {"withdraw": second.pk})
    assert second.end.outcome == "withdrawn"
    assert reader.get(other).status_code == 200


@pytest.mark.parametrize("post", [False, True])
def test_others_learn_nothing_of_a_suggestion(client, passage, cast, report, post):
    made = suggested(passage, cast)
    got = {}
    for who in ("other_country", "reviewer", "reader", "administrator"):
        client.force_login(cast[who])
        for url in (reverse("suggestion", args=["BE", 2014, made.pk]), suggest_url(passage)):
            got.setdefault(who, []).append((client.post if post else client.get)(url).status_code)
    assert got.pop("other_country") == [404, 404]
    assert list(got.values()) == [[403, 403]] * 3
    assert not SuggestionEnd.objects.exists()


def test_another_reader_of_the_country_sees_no_suggestion_of_a_colleague(client, passage, cast, report):
    made = suggested(passage, cast)
    Membership.objects.filter(user=cast.other_country).update(
        country=report.country, role="contributor", only_given=True
    )
    client.force_login(cast.other_country)
    assert client.get(reverse("suggestion", args=["BE", 2014, made.pk])).status_code == 404
    page = client.get(PAGE)
    assert suggest_url(passage) in links(page)
    assert CANARY not in page.content.decode()
    colleague = type(cast.other_country).objects.get(pk=cast.other_country.pk)
    shown = part_suggestions(colleague, Report.objects.with_sections().get(pk=report.pk).sections.all())
    assert (shown.to_decide, shown.own, shown.offered) == ({}, {}, {passage.pk})


def test_a_suggestion_is_found_only_under_its_own_report(anke, passage, cast, begin):
    made = suggested(passage, cast)
    begin(2013)
    assert anke.get(reverse("suggestion", args=["BE", 2013, made.pk])).status_code == 404
    other = "/reports/BE/2014/2.2/"
    assert anke.post(other, fields(anke.get(other)) | {"accept": made.pk}).status_code == 404
    passage.refresh_from_db()
    assert passage.body == LAW + COURTS


OF_COUNTRY = ("read/", "draft.pdf", "draft.docx", "own.docx", "send-in/", "log/", "questions/", "approvals/")
OF_SUBMISSION = ("submissions/1/", "submissions/1.json", "submissions/1.docx", "submissions/1.pdf", "log/")
OF_REVIEW = ("review/", "review/2.1.A/", "compare/")


def test_a_suggestion_is_in_no_document_and_nowhere_at_the_secretariat(client, passage, report, cast):
    """A canary: words that only suggestions have, looked for in everything that others read or download."""
    from reports.rules import documents

    made, _waiting = suggested(passage, cast), suggested(passage, cast, LATER + f"<p>{CANARY}.</p>")
    suggestions.decline(made, by=cast.focal_point, comment=f"{CANARY} hoort hier niet")
    document = documents.compose(report)
    assert CANARY not in document.canonical()
    client.force_login(cast.reviewer)
    found = {url: client.get(url) for url in DESK}
    send_in(report, cast)
    found |= {url: client.get(f"/reports/BE/2014/{url}") for url in (*OF_SUBMISSION, *OF_REVIEW)}
    found |= {f"again {url}": client.get(url) for url in DESK}
    give_back(report, cast, "2.1.A")
    client.force_login(cast.focal_point)
    found |= {f"own {url}": client.get(f"/reports/BE/2014/{url}") for url in OF_COUNTRY}
    found |= {"personal data": client.get("/account/data.json")}
    for url, answer in found.items():
        assert answer.status_code in (200, 202, 302), url
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content.startswith(b"%PDF") == url.endswith(".pdf"), url
        assert CANARY not in words_of(content), url
    client.force_login(cast.other_country)
    assert client.get(PAGE).status_code == 404
    client.force_login(cast.administrator)
    assert client.get(PAGE).status_code == 403


def words_of(content):
    """The text of a page or a file, also of a Word file or a PDF."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    return content.decode()


def test_suggestions_add_no_more_queries_than_one_of_them(passage, cast, report):
    from tests.views.country.test_queries import queries

    client = signed_in(cast.focal_point)
    without = queries(client, PAGE)
    suggested(passage, cast)
    with_one = queries(client, PAGE)
    for number in range(2):
        suggested(passage, cast, LATER + COURTS + f"<p>{number}</p>")
    assert queries(client, PAGE) == with_one == without + 1  # that of the reader's tasks, in the head of the page


def test_the_task_of_the_writer_leads_to_the_suggestion_and_goes_with_the_decision(anke, passage, cast):
    made = suggested(passage, cast)
    [link] = {url for url in links(anke.get("/tasks/")) if "#suggestion-" in url}
    page, _hash, anchor = link.partition("#")
    assert parse(anke.get(page)).get_element_by_id(anchor) is not None
    assert "suggested by contributor" in text(anke.get("/tasks/"))
    suggestions.decline(made, by=cast.focal_point)
    assert "suggested by contributor" not in text(anke.get("/tasks/"))


def test_an_approver_suggests_changes_too(client, passage, cast):
    Membership.objects.filter(user=cast.contributor).update(role="approver", only_given=False)
    client.force_login(cast.contributor)
    assert suggest_url(passage) in links(client.get(PAGE))
    form = fields(client.get(suggest_url(passage)), "suggest-form")
    client.post(suggest_url(passage), form | {f"c{passage.pk}-body": CHANGED})
    assert passage.suggestions.get().by == cast.contributor
