"""Saving while one types: nothing typed is lost, nobody is overwritten, and what the page says is true."""

import contextlib
import os
import re
import shutil
import sqlite3

import pytest

from tests.browser import FLAGS, check_axe, sign_in
from tests.faults.computer import program
from tests.journeys.test_main_job import password
from tests.portal import Portal, template

pytestmark = [pytest.mark.demo, pytest.mark.console_errors("Failed to load resource")]
GOAL = "/reports/BE/2014/2.1/"
ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
OFFLINE = "Not saved yet: no connection, kept on this computer"
SAVED = re.compile(r"^Saved \d")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One portal for all of these tests."""
    base = tmp_path_factory.getbasetemp()
    filled = template(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base, demo=True)
    portal = Portal(tmp_path_factory.mktemp("saving") / "portal")
    shutil.copytree(filled, portal.folder)
    shutil.copy(portal.database_path, portal.folder / "demo.sqlite3")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(autouse=True)
def blank(server):
    """Everything is as the demo brought it, and everybody reads English."""
    demo, database = sqlite3.connect(server.folder / "demo.sqlite3"), sqlite3.connect(server.database_path)
    with contextlib.closing(demo), contextlib.closing(database), database:
        demo.backup(database)
        database.execute("UPDATE reports_user SET language = 'en'")


@pytest.fixture
def anke(server, page):
    return opened(server, page, ANKE)


@pytest.fixture
def luc(server, open_page):
    """Somebody of the same country, at another computer."""
    return lambda: opened(server, open_page(), LUC)


def opened(server, page, email):
    sign_in(page, email, password(server))
    page.goto(GOAL)
    page.locator(".editor .ProseMirror").first.wait_for()
    return page


def rows(server, query):
    with sqlite3.connect(server.database_path) as database:
        return database.execute(query).fetchall()


def revisions(server):
    return rows(server, "SELECT number, body, by_id FROM reports_revision WHERE how != 'read' ORDER BY number")


def box(page, section="a", place=0):
    return page.locator(f"#section-2-1-{section} .editor > [role=textbox]").nth(place)


def line(page, section="a", place=0):
    return page.locator(f"#section-2-1-{section} .save:not(.writing)").nth(place)


def says(page, sentence, section="a", place=0):
    found = line(page, section, place)
    found.filter(has_text=sentence).wait_for()
    return found.inner_text().strip()


def type_at_end(page, text, section="a"):
    box(page, section).evaluate(
        """element => {
            const {editor} = element.closest(".editor").querySelector("textarea");
            editor.view.focus();
            editor.commands.setTextSelection(editor.state.doc.content.size);
        }"""
    )
    page.keyboard.type(text)


def write(page, *paragraphs, section="a"):
    """A text of several paragraphs, saved."""
    box(page, section).focus()
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(paragraph)
    says(page, SAVED, section)


def put_cursor(page, paragraph, end="End"):
    """At the end of that paragraph of 2.1.A, or its start."""
    place = box(page).locator("p").nth(paragraph)
    place.evaluate(
        """(element, end) => {
            element.closest("[role=textbox]").focus();
            getSelection().selectAllChildren(element);
            getSelection()[`collapseTo${end}`]();
        }""",
        end,
    )


def hurry(page):
    """What happens by itself every few seconds, now."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def paragraphs(page):
    return box(page).locator("p").all_inner_texts()


def stored_records(page):
    """Everything the browser keeps, as text: bytes as the letters they stand for."""
    return page.evaluate(
        """() => new Promise(resolve => {
            indexedDB.open("unsent").onsuccess = ({target: {result: database}}) => {
                const texts = database.transaction("texts").objectStore("texts");
                texts.getAll().onsuccess = ({target: {result}}) => resolve(result.map(record =>
                    JSON.stringify({...record, data: new TextDecoder("latin1").decode(record.data)})));
            };
        })"""
    )


def texts_that_its_key_opens(page):
    """What the browser keeps of anybody, as far as the key on this page decrypts it."""
    return page.evaluate(
        """async () => {
            const letters = atob(document.querySelector("[data-key]").dataset.key);
            const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0));
            const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);
            const records = await new Promise(resolve => {
                indexedDB.open("unsent").onsuccess = ({target: {result: database}}) => {
                    const asked = database.transaction("texts").objectStore("texts").getAll();
                    asked.onsuccess = () => resolve(asked.result);
                };
            });
            const texts = await Promise.allSettled(
                records.map(({iv, data}) => crypto.subtle.decrypt({name: "AES-GCM", iv}, key, data)));
            return texts.filter(({value}) => value).map(({value}) => JSON.parse(new TextDecoder().decode(value)).html);
        }"""
    )


def keeps_nothing(page):
    for _attempt in range(20):
        if not stored_records(page):
            return True
        page.wait_for_timeout(100)
    return False


def sign_out(page):
    page.goto("/help/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def test_what_is_typed_is_saved_without_a_button_and_said_only_after_the_answer(server, anke):
    held = []
    anke.route("**/save/", lambda route: held.append(route))
    type_at_end(anke, "Een eerste zin.")
    assert line(anke).inner_text().strip() == "Saving…"
    while not held:
        anke.wait_for_timeout(50)
    anke.wait_for_timeout(300)
    assert line(anke).inner_text().strip() == "Saving…"
    anke.keyboard.type(" Nog een.")
    anke.wait_for_timeout(1500)
    assert len(held) == 1  # no second request while the first is under way
    held[0].continue_()
    while len(held) < 2:
        anke.wait_for_timeout(50)
    assert line(anke).inner_text().strip() == "Saving…"
    held[1].continue_()
    says(anke, SAVED)
    assert [body for _number, body, _by in revisions(server)] == [
        "<p>Een eerste zin.</p>",
        "<p>Een eerste zin. Nog een.</p>",
    ]
    assert keeps_nothing(anke)
    anke.reload()
    assert paragraphs(anke) == ["Een eerste zin. Nog een."]


def test_without_a_connection_text_is_kept_here_encrypted_and_outlives_its_tab(server, anke):
    context = anke.context
    context.set_offline(True)
    type_at_end(anke, "Geheime zin.")
    assert says(anke, OFFLINE) == OFFLINE
    anke.locator("#save-announcer").filter(has_text=OFFLINE).wait_for(state="attached")
    [record] = stored_records(anke)
    assert "Geheime" not in record
    assert "2.1.A" not in record
    context.set_offline(False)
    says(anke, SAVED)
    assert keeps_nothing(anke)

    context.set_offline(True)
    type_at_end(anke, " Nog een zin.")
    says(anke, OFFLINE)
    with anke.expect_event("close"):  # without a question: nothing would be lost
        anke.close(run_before_unload=True)
    context.set_offline(False)
    again = context.new_page()
    again.goto(GOAL)
    assert "put back" in says(again, SAVED)
    assert paragraphs(again) == ["Geheime zin. Nog een zin."]
    again.reload()
    assert paragraphs(again) == ["Geheime zin. Nog een zin."]
    assert rows(server, "SELECT COUNT(*) FROM reports_contribution WHERE body LIKE '%Geheime%'") == [(1,)]


def test_text_is_kept_from_the_first_keystroke_also_where_the_connection_went_with_the_page(server, browser, tmp_path):
    def start():
        profile = {"executable_path": program(), "args": FLAGS, "base_url": server.url, "locale": "en-GB"}
        return browser.browser_type.launch_persistent_context(tmp_path / "profile", **profile)

    context = start()
    page = context.new_page()
    sign_in(page, ANKE, password(server))
    context.route("**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.goto(GOAL)
    type_at_end(page, "Meteen zonder verbinding.")
    assert says(page, OFFLINE) == OFFLINE
    context.close()

    context = start()
    page = context.new_page()
    page.goto(GOAL)
    assert "put back" in says(page, SAVED)
    assert paragraphs(page) == ["Meteen zonder verbinding."]
    assert [body for _number, body, _by in revisions(server)] == ["<p>Meteen zonder verbinding.</p>"]
    context.close()


def test_what_is_typed_while_the_page_is_still_being_fetched_is_saved(server, page):
    sign_in(page, ANKE, password(server))
    held = []
    page.route("**/autosave.js", lambda route: held.append(route))
    page.goto(GOAL, wait_until="commit")
    type_at_end(page, "Meteen al.")
    held[0].continue_()
    says(page, SAVED)
    assert [body for _number, body, _by in revisions(server)] == ["<p>Meteen al.</p>"]


SLOW = """
const get = IDBObjectStore.prototype.get;
IDBObjectStore.prototype.get = function (key) {
    const asked = {};
    const until = Date.now() + 1500;
    const again = () => {
        get.call(this, key).onsuccess = event => (Date.now() < until ? again() : asked.onsuccess(event));
    };
    again();
    return asked;
};
"""


def test_text_typed_while_that_of_a_closed_tab_is_being_fetched_stays_too(server, anke):
    write(anke, "Eerste.", "Tweede.")
    context = anke.context
    context.set_offline(True)
    put_cursor(anke, 0)
    anke.keyboard.type(" Van toen.")
    says(anke, OFFLINE)
    anke.close()
    context.set_offline(False)
    again = context.new_page()
    again.add_init_script(SLOW)
    again.goto(GOAL)
    put_cursor(again, 1)
    again.keyboard.type(" Van nu.")
    hurry(again)
    box(again).filter(has_text=re.compile("Van toen.*Van nu")).wait_for()
    assert paragraphs(again) == ["Eerste. Van toen.", "Tweede. Van nu."]
    assert keeps_nothing(again)
    [(body,)] = rows(server, "SELECT body FROM reports_contribution WHERE body LIKE '%Van toen%'")
    assert body == "<p>Eerste. Van toen.</p><p>Tweede. Van nu.</p>"


def test_a_button_does_not_carry_away_what_is_nowhere_but_on_the_page(server, page):
    page.add_init_script(FORBIDDEN)
    opened(server, page, ANKE)
    held = []
    page.route("**/save/", lambda route: held.append(route))
    type_at_end(page, "Alleen hier.")
    page.get_by_role("button", name="Nederlands").click()
    page.wait_for_timeout(4_000)
    assert page.locator("html").get_attribute("lang") == "en"
    assert paragraphs(page) == ["Alleen hier."]
    held[0].continue_()
    says(page, SAVED)
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    box(page).filter(has_text=re.compile("^Alleen hier.$")).wait_for()


def test_the_end_of_a_session_costs_nothing(server, anke):
    type_at_end(anke, "Voor het einde.")
    says(anke, SAVED)
    sign_out(anke.context.new_page())
    type_at_end(anke, " Na het einde.")
    says(anke, "Not saved yet: you are signed out")
    says(anke, "Kept on this computer")
    anke.get_by_role("button", name="Save", exact=True).last.click()
    anke.wait_for_timeout(300)
    assert anke.url.endswith(GOAL)  # going on would lead away from the text to no use
    with anke.context.expect_page() as opening:
        line(anke).get_by_role("link", name="Sign in").click()
    sign_in(opening.value, ANKE, password(server))
    hurry(anke)
    says(anke, SAVED)
    assert revisions(server)[-1][1] == "<p>Voor het einde. Na het einde.</p>"


def test_nobody_else_at_the_same_browser_sees_or_sends_a_text(server, anke):
    other = anke.context.new_page()
    sign_out(other)
    type_at_end(anke, "Alleen van Anke.")
    says(anke, "you are signed out")
    sign_in(other, LUC, password(server))
    hurry(anke)
    says(anke, "somebody else is signed in")
    other.goto(GOAL)
    hurry(other)
    other.wait_for_timeout(500)
    assert "Alleen van Anke" not in other.content()
    other.goto("/unsent/")
    other.get_by_text("Nothing is waiting on this computer.").wait_for()
    assert texts_that_its_key_opens(anke) == ["<p>Alleen van Anke.</p>"]
    assert texts_that_its_key_opens(other) == []
    anke.close()
    other.goto(GOAL)
    other.wait_for_timeout(500)
    assert "Alleen van Anke" not in other.content()
    assert revisions(server) == []
    sign_out(other)
    sign_in(other, ANKE, password(server))
    other.goto(GOAL)
    says(other, SAVED)
    [(_number, body, by)] = revisions(server)
    assert body == "<p>Alleen van Anke.</p>"
    assert rows(server, f"SELECT email FROM reports_user WHERE id = {by}") == [(ANKE,)]


def test_a_lost_answer_does_not_save_twice(server, anke):
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().json())
            route.abort()
        else:
            route.continue_()

    anke.route("**/save/", lose)
    type_at_end(anke, "Eén keer.")
    says(anke, SAVED)
    assert [answer["outcome"] for answer in lost] == ["saved", "saved"]
    assert [body for _number, body, _by in revisions(server)] == ["<p>Eén keer.</p>"]


def test_an_answer_that_never_comes_is_not_waited_for_for_ever(server, page):
    page.add_init_script(
        "const wait = AbortSignal.timeout; AbortSignal.timeout = time => wait.call(AbortSignal, time / 10);"
    )
    opened(server, page, ANKE)
    sent = []

    def swallow(route):
        sent.append(route.request.post_data_json["id"])
        if len(sent) > 1:
            route.continue_()

    page.route("**/save/", swallow)
    type_at_end(page, "Zonder antwoord.")
    says(page, OFFLINE)
    page.keyboard.type(" Verder.")
    says(page, SAVED)
    assert sent[0] == sent[1] != sent[2]
    assert [body for _number, body, _by in revisions(server)] == [
        "<p>Zonder antwoord.</p>",
        "<p>Zonder antwoord. Verder.</p>",
    ]


def test_a_text_is_saved_a_second_after_the_last_keystroke_and_every_five_seconds_while_one_types_on(server, page):
    page.clock.install()
    page.goto("/help/")
    page.evaluate(
        """async () => {
            const {Saver} = await import("/static/js/saver.js");
            window.sent = [];
            const client = Object.assign(new EventTarget(), {session: "open", user: 1});
            client.post = async (url, {html}) => {
                sent.push([Date.now(), html]);
                return {outcome: "saved", contribution: 1, number: sent.length, html, merged: false, time: ""};
            };
            const store = {keyOf: String, put: async () => {}, remove: async () => {}};
            const text = {section: "2.1.A", contribution: 1, language: ""};
            window.saver = new Saver({text, base: 0, html: "", box: {}, place: {}, client, store});
            window.start = Date.now();
        }"""
    )
    for count in range(40):
        page.evaluate("html => { saver.changed(html); window.last = Date.now(); }", "x" * (count + 1))
        page.clock.run_for(200)
    page.clock.run_for(3000)
    first, second = page.evaluate("[sent[0][0] - start, sent[1][0] - last]")
    assert 4990 <= first <= 5500
    assert 990 <= second <= 1500
    assert page.evaluate("sent.length") == 2
    assert page.evaluate("sent.at(-1)[1]") == "x" * 40


def test_two_people_in_two_paragraphs_never_meet(server, anke, luc):
    write(anke, "Eerste.", "Tweede.", "Derde.")
    colleague = luc()
    put_cursor(colleague, 0)
    colleague.keyboard.type(" Van Luc.")
    says(colleague, SAVED)
    put_cursor(anke, 2)
    anke.keyboard.type(" Van Anke.")
    says(anke, "Saving…")
    box(anke).filter(has_text="Van Luc").wait_for()
    anke.keyboard.type(" Cursor.")  # it is still where it was
    says(anke, SAVED)
    hurry(colleague)
    box(colleague).filter(has_text="Van Anke. Cursor.").wait_for()
    wanted = ["Eerste. Van Luc.", "Tweede.", "Derde. Van Anke. Cursor."]
    assert paragraphs(anke) == paragraphs(colleague) == wanted
    anke.keyboard.press("Control+z")
    assert "Van Luc" in box(anke).inner_text()  # undoing takes back only one's own
    hurry(anke)
    anke.locator("#section-2-1-a .writing").filter(has_text="Luc Lambert is writing here").wait_for()
    check_axe(anke)


@pytest.mark.parametrize(
    ("begun", "rest", "wanted"),
    [
        (" woord ", "volgend", ["Tweede. woord volgend"]),
        ("\n", "Derde.", ["Tweede.", "Derde."]),
        ("\n- Punt.\n", "Nog een.", ["Tweede.", "Punt.", "Nog een."]),
    ],
    ids=["a space", "a paragraph", "an item"],
)
def test_what_was_just_begun_is_still_there_after_a_colleagues_change(server, anke, luc, begun, rest, wanted):
    write(anke, "Eerste.", "Tweede.")
    put_cursor(anke, 1)
    for key in begun:
        anke.keyboard.press("Enter") if key == "\n" else anke.keyboard.type(key)
    anke.wait_for_timeout(100)
    says(anke, SAVED)
    colleague = luc()
    put_cursor(colleague, 0)
    colleague.keyboard.type(" Van Luc.")
    says(colleague, SAVED)
    hurry(anke)
    box(anke).filter(has_text="Van Luc").wait_for()
    anke.keyboard.type(rest)
    says(anke, "Saving…")
    says(anke, SAVED)
    assert paragraphs(anke) == ["Eerste. Van Luc.", *wanted]


def change_at_once(anke, luc):
    """The same paragraph, changed by both; the panel that anke sees."""
    write(anke, "Boven.", "Politie kreeg een handleiding.")
    colleague = luc()
    put_cursor(colleague, 1)
    colleague.keyboard.type(" In mei.")
    says(colleague, SAVED)
    put_cursor(anke, 1)
    anke.keyboard.type(" In juni.")
    return colleague, anke.locator(".conflict")


def test_one_paragraph_changed_by_two_shows_both_versions_until_somebody_chooses(server, anke, luc):
    colleague, panel = change_at_once(anke, luc)
    panel.get_by_role("heading", name="Two versions, both safe").wait_for()
    assert panel.locator("[data-mine] ins").inner_text().strip() == "In juni."
    assert panel.locator("[data-theirs] ins").inner_text().strip() == "In mei."
    assert anke.locator("#save-announcer").inner_text() == "Two versions, both safe"
    check_axe(anke)
    hurry(colleague)
    colleague.locator(".conflict").get_by_role("button", name="Use theirs").wait_for()

    panel.get_by_role("button", name="Use yours").click()
    panel.wait_for(state="detached")
    assert paragraphs(anke) == ["Boven.", "Politie kreeg een handleiding. In juni."]
    hurry(colleague)
    colleague.locator(".conflict").wait_for(state="detached")
    assert paragraphs(colleague) == ["Boven.", "Politie kreeg een handleiding. In juni."]


def test_a_version_that_grew_while_one_chose_is_shown_beside_the_choice_even_before_its_answer_comes(server, anke, luc):
    colleague, panel = change_at_once(anke, luc)
    panel.get_by_role("button", name="Use yours").wait_for()
    colleague.keyboard.type(" En later.")
    says(colleague, SAVED)

    late = []
    anke.route("**/conflicts/*/", lambda route: late.append((route, route.fetch())))
    panel.get_by_role("button", name="Use yours").click()
    anke.wait_for_timeout(1000)
    hurry(anke)  # the page hears of it by the way, before the answer to its own choice
    panel.locator("[data-theirs]").filter(has_text="En later.").wait_for()
    ((route, answer),) = late
    route.fulfill(response=answer)
    anke.unroute("**/conflicts/*/")
    box(anke).filter(has_text="En later.").wait_for()
    assert panel.count() == 1

    panel.get_by_role("button", name="Use yours").click()
    panel.wait_for(state="detached")
    assert paragraphs(anke) == ["Boven.", "Politie kreeg een handleiding. In juni."]


def test_two_versions_can_be_combined(server, anke, luc):
    write(anke, "Politie kreeg een handleiding.")
    colleague = luc()
    put_cursor(colleague, 0, "Start")
    colleague.keyboard.type("In mei: ")
    says(colleague, SAVED)
    type_at_end(anke, " Iedereen las die.")
    panel = anke.locator(".conflict")
    panel.get_by_text("Combine the two").click()
    edited = panel.locator("[role=textbox]")
    assert edited.inner_text() == "In mei: Politie kreeg een handleiding. Iedereen las die."
    check_axe(anke)
    edited.press("Control+End")
    anke.keyboard.type(" Goed zo.")
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    assert paragraphs(anke) == ["In mei: Politie kreeg een handleiding. Iedereen las die. Goed zo."]


def test_two_tabs_of_one_person_do_not_overwrite_each_other(server, anke):
    write(anke, "Eerste.", "Tweede.")
    second = anke.context.new_page()
    second.goto(GOAL)
    anke.context.set_offline(True)
    put_cursor(anke, 0)
    anke.keyboard.type(" Links.")
    put_cursor(second, 1)
    second.keyboard.type(" Rechts.")
    says(anke, OFFLINE)
    says(second, OFFLINE)
    assert len(stored_records(anke)) == 2
    second.close()  # its text goes to the tab that is left
    anke.context.set_offline(False)
    hurry(anke)
    box(anke).filter(has_text=re.compile("Links.*Rechts")).wait_for()
    assert paragraphs(anke) == ["Eerste. Links.", "Tweede. Rechts."]
    anke.locator(".conflict").wait_for(state="detached")
    assert keeps_nothing(anke)


def test_an_empty_box_becomes_one_contribution_however_often_it_is_saved(server, anke):
    type_at_end(anke, "Eerste deel.")
    says(anke, SAVED)
    type_at_end(anke, " Tweede deel.")
    anke.wait_for_timeout(100)
    says(anke, SAVED)
    anke.get_by_text("Authority and language").first.click()
    anke.get_by_label("Authority").first.fill("Ministerie")
    anke.get_by_role("button", name="Save", exact=True).last.click()
    anke.get_by_role("heading", name="Ministerie").wait_for()
    assert rows(server, "SELECT body, authority FROM reports_contribution WHERE body LIKE '%Tweede deel.%'") == [
        ("<p>Eerste deel. Tweede deel.</p>", "Ministerie")
    ]
    assert [number for number, _body, _by in revisions(server)] == [1, 2]


def test_a_button_pressed_while_typing_takes_the_text_along(server, anke):
    type_at_end(anke, "Meteen weg.")
    anke.get_by_role("button", name="Nederlands").click()
    anke.locator("html[lang=nl]").wait_for()
    assert paragraphs(anke) == ["Meteen weg."]
    type_at_end(anke, " En verder.")
    anke.get_by_role("button", name=re.compile("2.2$")).click()
    anke.wait_for_url("**/2.2/")
    assert [body for _number, body, _by in revisions(server)] == [
        "<p>Meteen weg.</p>",
        "<p>Meteen weg. En verder.</p>",
    ]


def test_going_back_shows_what_was_saved(server, anke):
    type_at_end(anke, "Nog hier.")
    says(anke, SAVED)
    anke.goto("/help/")
    anke.go_back()
    box(anke).filter(has_text="Nog hier.").wait_for()
    type_at_end(anke, " Verder.")
    says(anke, SAVED)
    assert rows(server, "SELECT body FROM reports_contribution WHERE body LIKE '%Verder%'") == [
        ("<p>Nog hier. Verder.</p>",)
    ]


def test_a_text_that_is_refused_stays_with_the_reason(server, anke):
    anke.evaluate(
        """() => document.querySelector("#section-2-1-a textarea").editor.commands
            .insertContent("<p>" + "woord ".repeat(34_000) + "</p>")"""
    )
    told = says(anke, "the portal takes up to 200000 in one contribution")
    assert "Kept on this computer" in told
    assert len(stored_records(anke)) == 1
    box(anke).focus()
    anke.keyboard.press("Control+a")
    anke.keyboard.type("Korter.")
    says(anke, SAVED)
    assert [body for _number, body, _by in revisions(server)] == ["<p>Korter.</p>"]
    assert keeps_nothing(anke)


FORBIDDEN = "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('forbidden'); }});"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.parametrize("storage", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_where_a_browser_keeps_nothing_text_is_saved_all_the_same_and_the_page_says_so(server, page, storage):
    page.add_init_script(storage)
    opened(server, page, ANKE)
    type_at_end(page, "Toch bewaard.")
    says(page, SAVED)
    page.context.set_offline(True)
    type_at_end(page, " Nog niet.")
    assert says(page, "Not kept on this computer").startswith("Not saved yet: no connection ")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    says(page, SAVED)


def test_unsent_text_is_listed_sent_and_thrown_away(server, anke):
    context = anke.context
    context.set_offline(True)
    type_at_end(anke, "Voor A.")
    says(anke, OFFLINE)
    type_at_end(anke, "Voor B.", section="b")
    says(anke, OFFLINE, section="b")
    anke.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/unsent/")
    items = page.locator(".unsent > li")
    first = items.filter(has_text="Voor A.")
    first.wait_for()
    assert items.count() == 2
    assert first.get_by_role("link", name="2.1.A").get_attribute("href") == GOAL + "#section-2-1-a"
    assert "Belgium, 2014" in first.inner_text()
    assert re.search(r"20\d\d, \d\d:\d\d$", first.locator("[data-time]").inner_text())
    check_axe(page)
    first.get_by_role("button", name="Send now").click()
    first.locator(".save").filter(has_text=SAVED).wait_for()
    assert "<p>Voor A.</p>" in [body for _number, body, _by in revisions(server)]
    for language, clock in {"Nederlands": r"\d\d\.\d\d uur$", "Français": r"\d\d\sh\s\d\d$"}.items():
        page.get_by_role("button", name=language).click()
        page.locator("[data-time]").filter(has_text=re.compile(r"20\d\d, " + clock)).wait_for()
    page.get_by_role("button", name="English").click()
    second = items.filter(has_text="Voor B.")
    second.get_by_role("button", name="Throw away").click()
    second.get_by_role("button", name="Throw away for good").click()
    page.reload()
    page.get_by_text("Nothing is waiting on this computer.").wait_for()
    check_axe(page)


def test_another_text_is_put_in_around_the_cursor(server, anke):
    write(anke, "een", "twee", "drie")
    put_cursor(anke, 1)
    anke.evaluate(
        """async () => {
            const {putText} = await import("/static/js/put_text.js");
            const {editor} = document.querySelector("#section-2-1-a textarea");
            putText(editor, "<p>nul</p><p>eén</p><p>twee</p><ul><li><p>drie</p></li></ul><p>vier</p>");
        }"""
    )
    anke.keyboard.type("!")
    assert box(anke).inner_text().split() == ["nul", "eén", "twee!", "drie", "vier"]
