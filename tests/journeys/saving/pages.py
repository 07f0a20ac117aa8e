"""Steps of the journeys of saving: what users do on a page, and what the browser and the database then hold."""

import contextlib
import json
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
# Records what screen readers are told.
TIPTAP = """performance.getEntriesByType("resource").map(({name}) => name)
    .find(name => name.includes("/django_prose_editor/editor."))"""
LISTEN = """
window.said = [];
const announcer = document.getElementById("save-announcer");
new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true});
"""


def open_goal(server, page, email):
    use_session(server, page, email)
    page.goto(GOAL)
    page.locator(".editor .ProseMirror").first.wait_for()
    return page


def share_tiptap(page):
    """Let a module of the sources, imported by a test, use the Tiptap of the page, which has another address."""
    page.route(
        "**/static/django_prose_editor/editor.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=f"export * from {json.dumps(page.evaluate(TIPTAP))};",
        ),
    )


def revisions(server):
    return server.sql("SELECT number, body, by_id FROM reports_revision WHERE how != 'read' ORDER BY number")


def box(page, section="a", place=0):
    return page.locator(f"#section-2-1-{section} .editor > [role=textbox]").nth(place)


def line(page, section="a", place=0):
    return page.locator(f"#section-2-1-{section} .save:not(.writing, [data-field-line])").nth(place)


def says(page, sentence, section="a", place=0):
    """Wait until the status line below a text says the sentence, and return the whole line."""
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


def put(page, text):
    """Write a text where the cursor is: all but its last letter at once, as dictation does, and then press a key.

    A key costs a hundredth of a second of processor time, most of it for the layout of the page. What depends on single
    keys types them (`type_at_end`, test_typing.py, the fault runs).
    """
    page.keyboard.insert_text(text[:-1])
    page.keyboard.type(text[-1])


@contextlib.contextmanager
def saved(page, section="a"):
    """Wait until what is typed inside is saved. The status line alone may still be that of the previous save."""
    with page.expect_response("**/save/"):
        yield
    says(page, SAVED, section)


def write(page, *paragraphs, section="a"):
    """Type a text of several paragraphs and wait until it is saved."""
    box(page, section).focus()
    with saved(page, section):
        for number, paragraph in enumerate(paragraphs):
            if number:
                page.keyboard.press("Enter")
            put(page, paragraph)


def put_cursor(page, paragraph, end="End"):
    """Put the cursor at the end or the start of a paragraph of 2.1.A, through the editor, which sets the browser's."""
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


def put_cursor_after(page, words):
    """Put the cursor after the first occurrence of these words in 2.1.A."""
    box(page).evaluate(
        """(element, words) => {
            const {editor} = element.closest(".editor").querySelector("textarea");
            editor.view.focus();
            editor.state.doc.descendants((node, at) => {
                const start = node.isText ? node.text.indexOf(words) : -1;
                if (start >= 0) editor.commands.setTextSelection(at + start + words.length);
            });
        }""",
        words,
    )


def stop_clock(page):
    """Stop the page's clock, which must be installed before the page is opened. `page.clock.run_for` moves it."""
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)


def type_slowly(page, text, pause=100):
    """Type with so many milliseconds of the page's own, stopped clock between two keys."""
    for letter in text:
        page.keyboard.type(letter)
        page.clock.run_for(pause)


def poll_now(page):
    """Make the page ask for changes now, as it does every few seconds."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def paragraphs(page):
    return box(page).locator("p").all_inner_texts()


def expect_paragraphs(page, *paragraphs):
    """Wait until 2.1.A has exactly these paragraphs: on a new page the editor is made after the page has loaded."""
    expect(box(page).locator("p")).to_have_text(list(paragraphs))


# All records of the store. A missing store is not created, because the page would find it without its table.
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
    """Return all records of the store as text, with each byte as a character."""
    return page.evaluate(
        f"""async () => (await {RECORDS}).map(record =>
            JSON.stringify({{...record, data: new TextDecoder("latin1").decode(record.data)}}))"""
    )


def decrypted_texts(page):
    """Return the texts of the store, of any user, that the key of this page decrypts."""
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


def wait_until_stored(page, words):
    """Wait until the store has a text with these words. The browser confirms a write some time after the last key."""
    wait_until(page, lambda: any(words in text for text in decrypted_texts(page)))


def wait_until_store_is_empty(page):
    wait_until(page, lambda: not stored_records(page))


def clear_store(server, page):
    """Clear the browser's data as a user can, and wait until the page has received the event."""
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


def edited_by_luc(anke, luc):
    """Write a text as Anke, change its second paragraph as Luc, and return Luc's page."""
    write(anke, "Boven.", "Politie kreeg een handleiding.")
    colleague = luc()
    put_cursor(colleague, 1)
    with saved(colleague):
        put(colleague, " In mei.")
    return colleague


@contextlib.contextmanager
def without_news(page):
    """Let the page hear of no change that others make, or it would show theirs before its user makes hers."""
    is_without = True
    # Not removed by `unroute`: in Chromium a request that arrives meanwhile is never answered.
    page.route("**/now/?*", lambda route: route.abort() if is_without else route.fallback())
    yield
    is_without = False


def make_conflict(anke, luc):
    """Change one paragraph on both pages; return Luc's page and the panel on Anke's."""
    with without_news(anke):
        colleague = edited_by_luc(anke, luc)
        anke.evaluate(LISTEN)
        put_cursor(anke, 1)
        put(anke, " In juni.")
        panel = anke.locator(".conflict")
        panel.wait_for()
    return colleague, panel


def leave_unsent_text(page, text):
    """Type offline, close the page, and return a new page that is online."""
    page.context.set_offline(True)
    type_at_end(page, text)
    says(page, OFFLINE)
    page.close()
    page.context.set_offline(False)
    return page.context.new_page()


def closing_asks(page):
    """Return whether the page asks before it closes; it stays open."""
    # Without a listener Playwright would accept the dialog itself.
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.dismiss()
    return asked.value.type == "beforeunload"


def close_without_question(page):
    """Close the page, and fail if it asks."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == []


def choose_with_delayed_answer(page, panel, choice="Use yours"):
    """Press the button; return the route and the server's response, which the test passes on later."""
    delayed = []
    page.route("**/conflicts/*/", lambda route: delayed.append((route, route.fetch())))
    panel.get_by_role("button", name=choice).click()
    wait_until(page, lambda: delayed)
    return delayed[0]
