"""Unsent text is stored in the browser and survives lost connections, closed tabs and ended sessions."""

import base64
import re

import pytest

from tests.browser import FLAGS, Held, check_axe, sign_in
from tests.faults.computer import program
from tests.journeys.saving.pages import (
    ANKE,
    FORBIDDEN,
    FULL,
    GOAL,
    LUC,
    OFFLINE,
    SAVED,
    box,
    clear_store,
    close_without_question,
    closing_asks,
    decrypted_texts,
    expect_paragraphs,
    leave_unsent_text,
    line,
    open_goal,
    paragraphs,
    poll_now,
    put_cursor,
    revisions,
    saved,
    says,
    sign_out,
    stored_records,
    type_at_end,
    wait_until_store_is_empty,
    wait_until_stored,
    write,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")
# Delays the answers of the store until the test sets isFetched.
SLOW = """
const get = IDBObjectStore.prototype.get;
IDBObjectStore.prototype.get = function (key) {
    const asked = {};
    const again = () => {
        get.call(this, key).onsuccess = event => {
            asked.result = event.target.result;
            if (window.isFetched) asked.onsuccess(event);
            else again();
        };
    };
    again();
    return asked;
};
"""
# Records everything that the status line of 2.1.A says, however briefly.
HEAR_LINE = """() => {
    window.heard = [];
    const line = document.querySelector("#section-2-1-a .save:not(.writing, [data-field-line])");
    new MutationObserver(() => heard.push(line.textContent)).observe(line, {childList: true});
}"""


def test_offline_text_is_stored_encrypted_and_outlives_its_tab(server, anke):
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
    wait_until_store_is_empty(anke)

    context.set_offline(True)
    type_at_end(anke, " Nog een zin.")
    says(anke, OFFLINE)
    close_without_question(anke)
    context.set_offline(False)
    again = context.new_page()
    again.goto(GOAL)
    assert "put back" in says(again, SAVED)
    expect_paragraphs(again, "Geheime zin. Nog een zin.")
    again.reload()
    expect_paragraphs(again, "Geheime zin. Nog een zin.")
    assert server.sql("SELECT COUNT(*) FROM reports_contribution WHERE body LIKE '%Geheime%'") == [(1,)]


def test_text_is_stored_without_any_request(server, browser, tmp_path):
    def start():
        profile = {"executable_path": program(), "args": FLAGS, "base_url": server.url, "locale": "en-GB"}
        return browser.browser_type.launch_persistent_context(tmp_path / "profile", **profile)

    context = start()
    page = context.new_page()
    sign_in(page, ANKE, server.password)
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


def test_text_typed_before_autosave_has_loaded_is_saved(server, page):
    sign_in(page, ANKE, server.password)
    held = Held(page, "**/*autosave*.js")
    page.goto(GOAL, wait_until="commit")
    type_at_end(page, "Meteen al.")
    held.wait()
    held.release()
    says(page, SAVED)
    assert [body for _number, body, _by in revisions(server)] == ["<p>Meteen al.</p>"]
    close_without_question(page)


def type_before_the_editor_loads(page, place, text):
    """Open the page, and let its editors load only after `text` was typed into a plain box."""
    held = Held(page, "**/django_prose_editor/editor*.js")
    page.goto(GOAL, wait_until="commit")
    page.locator("#section-2-1-a textarea").nth(place).press("End")
    page.keyboard.type(text)
    held.wait()
    held.release()


def test_text_typed_before_the_editor_has_loaded_is_saved(server, page):
    sign_in(page, ANKE, server.password)
    type_before_the_editor_loads(page, 0, "Voor de <editor> kwam.")
    says(page, SAVED)
    with saved(page):
        page.keyboard.type(" Nog.")
    [(body,)] = server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%editor%'")
    assert body == "<p>Voor de &lt;editor&gt; kwam. Nog.</p>"


def test_text_edited_before_the_editor_has_loaded_waits_for_save(server, anke):
    write(anke, "Eerste.")
    type_before_the_editor_loads(anke, 0, " Met de hand.")
    says(anke, "this text is not saved automatically. Press “Save”.")
    check_axe(anke)
    assert closing_asks(anke)
    anke.get_by_role("button", name="Save", exact=True).last.click()
    box(anke).filter(has_text="Eerste. Met de hand.").wait_for()


def test_the_authority_of_a_recovered_text_is_recovered_too(server, anke):
    anke.get_by_label("Authority").first.fill("Federale politie")
    anke.evaluate("() => { window.fetch = async () => { throw new TypeError(); }; }")  # nor as its tab is closed
    page = leave_unsent_text(anke, "Eerste tekst.")
    page.goto(GOAL)
    says(page, SAVED)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("heading", name="Federale politie").wait_for()
    assert server.sql("SELECT authority FROM reports_contribution WHERE body LIKE '%Eerste tekst.%'") == [
        ("Federale politie",)
    ]


def test_text_typed_during_recovery_is_kept(server, anke):
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
    again.evaluate("isFetched = true")
    poll_now(again)
    box(again).filter(has_text=re.compile("Van toen.*Van nu")).wait_for()
    assert paragraphs(again) == ["Eerste. Van toen.", "Tweede. Van nu."]
    wait_until_store_is_empty(again)
    [(body,)] = server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%Van toen%'")
    assert body == "<p>Eerste. Van toen.</p><p>Tweede. Van nu.</p>"


def test_no_text_is_lost_when_the_session_ends(server, anke):
    type_at_end(anke, "Voor het einde.")
    says(anke, SAVED)
    sign_out(anke.context.new_page())
    type_at_end(anke, " Na het einde.")
    says(anke, "Not saved yet: you are signed out")
    says(anke, "Kept on this computer")
    anke.get_by_role("button", name="Save", exact=True).last.click()
    anke.wait_for_timeout(300)
    assert anke.url.endswith(GOAL)  # another page could not take the text
    with anke.context.expect_page() as opening:
        line(anke).get_by_role("link", name="Sign in").click()
    sign_in(opening.value, ANKE, server.password)
    poll_now(anke)
    says(anke, SAVED)
    assert revisions(server)[-1][1] == "<p>Voor het einde. Na het einde.</p>"


def test_another_person_neither_sees_nor_sends_unsent_text(server, anke):
    other = anke.context.new_page()
    sign_out(other)
    type_at_end(anke, "Alleen van Anke.")
    says(anke, "you are signed out")
    sign_in(other, LUC, server.password)
    poll_now(anke)
    says(anke, "somebody else is signed in")
    other.goto(GOAL)
    poll_now(other)
    other.wait_for_timeout(500)
    assert "Alleen van Anke" not in other.content()
    other.goto("/unsent/")
    other.get_by_text("There is no unsent text on this computer.").wait_for()
    assert decrypted_texts(anke) == ["<p>Alleen van Anke.</p>"]
    assert decrypted_texts(other) == []
    anke.close()
    other.goto(GOAL)
    other.wait_for_timeout(500)
    assert "Alleen van Anke" not in other.content()
    assert revisions(server) == []
    sign_out(other)
    sign_in(other, ANKE, server.password)
    other.goto(GOAL)
    says(other, SAVED)
    [(_number, body, by)] = revisions(server)
    assert body == "<p>Alleen van Anke.</p>"
    assert server.sql(f"SELECT email FROM reports_user WHERE id = {by}") == [(ANKE,)]


def test_another_persons_session_offers_to_sign_in_again(server, anke):
    other = anke.context.new_page()
    sign_out(other)
    sign_in(other, LUC, server.password)
    type_at_end(anke, "Van Anke.")
    says(anke, "somebody else is signed in")
    with anke.context.expect_page() as opening:
        line(anke).get_by_role("link", name="Sign in as yourself").click()
    opening.value.locator("main").get_by_role("button", name="Sign out").click()
    opening.value.wait_for_url("**/sign-in/")
    sign_in(opening.value, ANKE, server.password)
    poll_now(anke)
    says(anke, SAVED)
    [(_number, body, by)] = revisions(server)
    assert (body, server.sql(f"SELECT email FROM reports_user WHERE id = {by}")) == ("<p>Van Anke.</p>", [(ANKE,)])


@pytest.mark.parametrize("storage", [FORBIDDEN, f"({FULL})()"], ids=["forbidden", "full"])
def test_without_a_store_text_is_saved_and_the_page_warns(server, page, storage):
    page.add_init_script(storage)
    open_goal(server, page, ANKE)
    type_at_end(page, "Toch bewaard.")
    says(page, SAVED)
    page.context.set_offline(True)
    type_at_end(page, " Nog niet.")
    assert says(page, "Not kept on this computer").startswith("Not saved yet: no connection ")
    assert closing_asks(page)
    page.context.set_offline(False)
    says(page, SAVED)


def test_text_is_stored_again_after_the_store_was_cleared(server, anke):
    anke.route("**/save/", lambda route: route.fulfill(status=422, json={"outcome": "refused", "message": "Too much."}))
    type_at_end(anke, "Geweigerd.")
    assert "Kept on this computer" in says(anke, "Too much.")
    anke.evaluate(HEAR_LINE)
    clear_store(server, anke)
    wait_until_stored(anke, "Geweigerd.")
    says(anke, re.compile("Kept on this computer"))
    assert any("Not kept on this computer" in sentence for sentence in anke.evaluate("heard"))
    assert len(stored_records(anke)) == 1

    anke.evaluate(FULL)
    clear_store(server, anke)
    says(anke, "Not kept on this computer")
    assert closing_asks(anke)


def test_unsent_text_is_listed_sent_and_deleted(server, anke):
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
    assert re.search(r"20\d\d at \d\d:\d\d$", first.locator("[data-time]").inner_text())
    check_axe(page)
    first.get_by_role("button", name="Send now").click()
    first.locator(".save").filter(has_text=SAVED).wait_for()
    assert "<p>Voor A.</p>" in [body for _number, body, _by in revisions(server)]
    for language, clock in {"Nederlands": r"om \d\d\.\d\d uur$", "Français": r"à \d\d\sh\s\d\d$"}.items():
        page.get_by_role("button", name=language).click()
        page.locator("[data-time]").filter(has_text=re.compile(r"20\d\d " + clock)).wait_for()
    page.get_by_role("button", name="English").click()
    second = items.filter(has_text="Voor B.")
    second.get_by_role("button", name="Delete").click()
    second.get_by_role("button", name="Delete permanently").click()
    page.reload()
    page.get_by_text("There is no unsent text on this computer.").wait_for()
    check_axe(page)


def test_unsent_text_that_cannot_be_read_can_be_retried(server, anke):
    page = leave_unsent_text(anke, "Vastgehouden.")
    page.goto("/unsent/")
    page.evaluate(
        """() => {
            window.put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function () { this.transaction.abort(); };
        }"""
    )
    page.get_by_role("button", name="Send now").click()
    page.locator(".save").filter(has_text="This text could not be opened now. Try again.").wait_for()
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    page.get_by_role("button", name="Send now").click()
    page.locator(".save").filter(has_text=SAVED).wait_for()


def test_unsent_text_of_another_key_is_counted(server, anke):
    page = leave_unsent_text(anke, "Met de sleutel van toen.")

    def with_another_key(route):
        answer = route.fetch()
        other = base64.b64encode(bytes(32)).decode()
        route.fulfill(response=answer, body=re.sub(r'data-key="[^"]+"', f'data-key="{other}"', answer.text()))

    page.route("**/unsent/", with_another_key)
    page.goto("/unsent/")
    page.get_by_text("Texts on this computer that cannot be opened: 1.").wait_for()
    assert not page.get_by_text("Everything you typed in this browser has reached the portal.").is_visible()
    check_axe(page)


def test_unsent_text_outlives_a_change_of_password(server, anke):
    """Text typed without a connection is there after the password was changed, and the old key no longer opens it."""
    page = leave_unsent_text(anke, "Voor het nieuwe wachtwoord.")
    page.goto("/password/change/")
    page.locator("[name=oldpassword]").fill(server.password)
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill("een nieuw en lang wachtwoord")
    page.get_by_role("button", name="Change the password").click()
    page.wait_for_url(lambda url: "/password/" not in url)
    page.goto("/unsent/")
    page.locator(".unsent > li").filter(has_text="Voor het nieuwe wachtwoord.").wait_for()
    assert decrypted_texts(page) == ["<p>Voor het nieuwe wachtwoord.</p>"]  # by the new key
    page.get_by_role("button", name="Send now").click()
    page.locator(".save").filter(has_text=SAVED).wait_for()
    page.goto(server.url + GOAL)
    expect_paragraphs(page, "Voor het nieuwe wachtwoord.")


def test_unsent_text_that_is_refused_is_kept_with_the_reason(server, anke):
    page = leave_unsent_text(anke, "Niet meer van mij.")
    page.route(
        "**/save/", lambda route: route.fulfill(status=422, json={"outcome": "refused", "message": "Not yours."})
    )
    page.goto("/unsent/")
    page.get_by_role("button", name="Send now").click()
    told = page.locator(".save").filter(has_text="Not yours.")
    told.wait_for()
    assert "Kept on this computer" in told.inner_text()
    assert decrypted_texts(page) == ["<p>Niet meer van mij.</p>"]
