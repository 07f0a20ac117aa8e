"""What the journeys of saving do on a page, and what they read in the browser and in the database."""

import contextlib
import re
import sqlite3

from tests.browser import sign_in
from tests.journeys.test_main_job import password

GOAL = "/reports/BE/2014/2.1/"
ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
OFFLINE = "Not saved yet: no connection, kept on this computer"
SAVED = re.compile(r"^Saved \d")

FORBIDDEN = "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('forbidden'); }});"
LISTEN = """
window.said = [];
const announcer = document.getElementById("save-announcer");
new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true});
"""


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
    """At the end of that paragraph of 2.1.A, or its start; told to the editor, which sets the browser's own by it."""
    place = box(page).locator("p").nth(paragraph)
    place.evaluate(
        """(element, end) => {
            const {editor} = element.closest(".editor").querySelector("textarea");
            editor.view.focus();
            const at = end === "End" ? element.childNodes.length : 0;
            editor.commands.setTextSelection(editor.view.posAtDOM(element, at));
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


def clear_store(server, page):
    """As a person does who deletes the browser's data."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": "indexeddb"})


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


def change_of_luc(anke, luc):
    """A text of anke's, whose second paragraph luc changed; luc's page."""
    write(anke, "Boven.", "Politie kreeg een handleiding.")
    colleague = luc()
    put_cursor(colleague, 1)
    colleague.keyboard.type(" In mei.")
    says(colleague, "Saving…")
    says(colleague, SAVED)
    return colleague


def change_at_once(anke, luc):
    """The same paragraph, changed by both; the panel that anke sees."""
    anke.route("**/now/?*", lambda route: route.abort())  # she does not see it coming
    colleague = change_of_luc(anke, luc)
    anke.evaluate(LISTEN)
    put_cursor(anke, 1)
    anke.keyboard.type(" In juni.")
    panel = anke.locator(".conflict")
    panel.wait_for()
    anke.unroute("**/now/?*")
    return colleague, panel


def left_unsent(page, text):
    """Typed without a connection in a page that was then closed; another page, with a connection."""
    page.context.set_offline(True)
    type_at_end(page, text)
    says(page, OFFLINE)
    page.close()
    page.context.set_offline(False)
    return page.context.new_page()


def closing_asks(page):
    """Whether closing this page asks first; it stays open."""
    with questions(page, "dismiss") as asked:
        page.close(run_before_unload=True)
        page.wait_for_timeout(300)
    return asked == ["beforeunload"]


def close_without_question(page):
    """Nothing would be lost, so the browser asks nothing."""
    with questions(page, "accept") as asked, page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == []


@contextlib.contextmanager
def questions(page, answer):
    """What the browser asks meanwhile. Where nobody listens, Playwright says yes by itself."""
    asked = []

    def hear(dialog):
        asked.append(dialog.type)
        getattr(dialog, answer)()

    page.on("dialog", hear)
    yield asked
    page.remove_listener("dialog", hear)


def chosen_with_a_late_answer(page, panel, choice="Use yours"):
    """The server has the choice; its answer is held back: the request and the answer."""
    late = []
    page.route("**/conflicts/*/", lambda route: late.append((route, route.fetch())))
    panel.get_by_role("button", name=choice).click()
    for _attempt in range(100):
        if late:
            break
        page.wait_for_timeout(100)
    return late[0]
