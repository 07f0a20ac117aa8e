"""What the journeys of saving do on a page, and what they read in the browser and in the database."""

import contextlib
import re

from playwright.sync_api import expect

from tests.browser import PATIENCE, use_session, wait_until

GOAL = "/reports/BE/2014/2.1/"
ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
OFFLINE = "Not saved yet: no connection, kept on this computer"
SAVED = re.compile(r"^Saved \d")
expect.set_options(timeout=PATIENCE * 1000)

FULL = """() => {
    window.put ??= IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
NOT_FULL = "() => { IDBObjectStore.prototype.put = window.put; }"
FORBIDDEN = "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('forbidden'); }});"
LISTEN = """
window.said = [];
const announcer = document.getElementById("save-announcer");
new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true});
"""


def opened(server, page, email):
    use_session(server, page, email)
    page.goto(GOAL)
    page.locator(".editor .ProseMirror").first.wait_for()
    return page


def rows(server, query):
    return server.sql(query)


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


@contextlib.contextmanager
def saved(page, section="a"):
    """Wait until the server has what is typed inside. The line alone may still say "Saved" of the text before."""
    with page.expect_response("**/save/"):
        yield
    says(page, SAVED, section)


def write(page, *paragraphs, section="a"):
    """Type a text of several paragraphs, and wait until it is saved."""
    box(page, section).focus()
    with saved(page, section):
        for number, paragraph in enumerate(paragraphs):
            if number:
                page.keyboard.press("Enter")
            page.keyboard.type(paragraph)


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


def stop_clock(page):
    """Stop the clock of a page whose clock was installed before it was opened: only `page.clock.run_for` moves it."""
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)


def type_slowly(page, text, pause=100):
    """Type with as many milliseconds between two keys by the page's own clock, however slow the machine."""
    for letter in text:
        page.keyboard.type(letter)
        page.clock.run_for(pause)


def hurry(page):
    """Do now what the page does by itself every few seconds."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def paragraphs(page):
    return box(page).locator("p").all_inner_texts()


def shows(page, *paragraphs):
    """Wait until 2.1.A has these paragraphs and no others: after a page was left, its editor comes late."""
    expect(box(page).locator("p")).to_have_text(list(paragraphs))


# What the browser keeps. A store that is not there is not made: the page would find it without its table.
RECORDS = """new Promise(resolve => {
    const opening = indexedDB.open("unsent");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
        const asked = opening.result.transaction("texts").objectStore("texts").getAll();
        asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
    };
})"""


def stored_records(page):
    """Return everything the browser keeps, as text: bytes as the letters they stand for."""
    return page.evaluate(
        f"""async () => (await {RECORDS}).map(record =>
            JSON.stringify({{...record, data: new TextDecoder("latin1").decode(record.data)}}))"""
    )


def texts_that_its_key_opens(page):
    """Return what the browser keeps of anybody, as far as the key on this page decrypts it."""
    return page.evaluate(
        f"""async () => {{
            const letters = atob(document.querySelector("[data-key]").dataset.key);
            const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0));
            const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);
            const texts = await Promise.allSettled((await {RECORDS}).map(
                ({{iv, data}}) => crypto.subtle.decrypt({{name: "AES-GCM", iv}}, key, data)));
            return texts.filter(({{value}}) => value)
                .map(({{value}}) => JSON.parse(new TextDecoder().decode(value)).html);
        }}"""
    )


def keeps(page, words):
    """Wait until the browser confirms that it keeps a text with these words, which is some time after the last key."""
    wait_until(page, lambda: any(words in text for text in texts_that_its_key_opens(page)))


def keeps_nothing(page):
    wait_until(page, lambda: not stored_records(page))
    return True


def clear_store(server, page):
    """Delete the browser's data as a person does, and wait until the page has been told."""
    page.evaluate(
        """() => new Promise(ready => {
            const opening = indexedDB.open("unsent");
            opening.onupgradeneeded = () => opening.transaction.abort();
            opening.onerror = () => { window.cleared = true; ready(); };
            opening.onsuccess = () => {
                window.cleared = new Promise(told => { opening.result.onclose = () => told(true); });
                ready();
            };
        })"""
    )
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": "indexeddb"})
    page.evaluate("window.cleared")


def sign_out(page):
    page.goto("/help/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def change_of_luc(anke, luc):
    """A text of anke's, whose second paragraph luc changed; luc's page."""
    write(anke, "Boven.", "Politie kreeg een handleiding.")
    colleague = luc()
    put_cursor(colleague, 1)
    with saved(colleague):
        colleague.keyboard.type(" In mei.")
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
    """Return whether closing this page asks first; it stays open. Where nobody listens, Playwright says yes itself."""
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.dismiss()
    return asked.value.type == "beforeunload"


def close_without_question(page):
    """Close the page. Nothing would be lost, so the browser asks nothing."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == []


def chosen_with_a_late_answer(page, panel, choice="Use yours"):
    """Press the button; return the request and the server's answer, which the page does not have yet."""
    late = []
    page.route("**/conflicts/*/", lambda route: late.append((route, route.fetch())))
    panel.get_by_role("button", name=choice).click()
    wait_until(page, lambda: late)
    return late[0]
