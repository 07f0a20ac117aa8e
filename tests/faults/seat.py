"""A user in one tab, who can get back to the page and into a box."""

import contextlib
import json
import time
from dataclasses import dataclass

from playwright.sync_api import Error

from tests.faults.computer import Computer
from tests.faults.ground import PASSWORD, REVIEWER

REPORT = "/reports/BE/2014/"
REVIEW = "/reports/LU/2014/review/2.1.A/"
ANSWERS, REMARKS = "textarea:is([name=text], [name=comment])", "textarea:is(#remark-note, #remark-question)"
EDITOR = ".editor > [role=textbox]"
PATIENCE = 40  # seconds to wait for a page
ENTER = """(_, {pick, end, spread}) => {
  const shown = [...document.querySelectorAll("textarea[data-text]")].filter(one => one.saver);
  if (!shown.length) return null;
  const area = shown[Math.floor(pick * shown.length)];
  const {editor, saver} = area;
  for (let fold = area.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const ends = [];
  editor.state.doc.descendants((node, at) => { if (node.isTextblock) ends.push(at + node.nodeSize - 1); });
  editor.view.focus();
  editor.commands.setTextSelection(end ? ends.at(-1) : ends[Math.floor(spread * ends.length)]);
  if (document.activeElement !== editor.view.dom) return null;
  return JSON.stringify(saver.text);
}"""
ENTER_KEPT = """(_, [selector, pick]) => {
  const shown = [...document.querySelectorAll(selector)].filter(one => one.nextElementSibling?.matches(".save"));
  if (!shown.length) return null;
  const area = shown[Math.floor(pick * shown.length)];
  for (let fold = area.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  return document.activeElement === area ? area.dataset.keep : null;
}"""
OPEN_TRANSLATIONS = """pick => {
  const folds = [...document.querySelectorAll("details.translations")];
  if (folds.length) folds[Math.floor(pick * folds.length)].open = true;
}"""
PASTE = """([type, text]) => {
  const data = new DataTransfer();
  data.setData(type, text);
  data.setData("text/plain", text.replace(/<[^>]+>/g, " "));
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
}"""
DELETE = """word => {
  const {editor, saver} = document.activeElement.closest(".editor").querySelector("textarea");
  if (saver.hasUnsent) return false;
  let place = null;
  editor.state.doc.descendants((node, at) => {
    const found = node.isText ? node.text.indexOf(word) : -1;
    if (found >= 0) place = {from: at + found, to: at + found + word.length};
  });
  if (place) editor.commands.setTextSelection(place);
  return place !== null;
}"""
CLEAR = """() => {
  const {editor, saver} = document.activeElement.closest(".editor").querySelector("textarea");
  if (saver.hasUnsent) return null;
  const text = editor.getText();
  editor.chain().selectAll().deleteSelection().run();
  return text;
}"""
UNSENT = "() => [...document.querySelectorAll('textarea')].filter(one => one.saver?.hasUnsent).length"
STATES = "() => [...document.querySelectorAll('textarea')].map(one => one.saver?.state ?? '')"
KEPT = """async () => {
  const known = await indexedDB.databases();
  if (!known.some(({name}) => name === "unsent")) return 0;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("unsent", 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = ({target: {result: database}}) => {
      const counting = database.transaction("texts").objectStore("texts").count();
      counting.onsuccess = () => { database.close(); resolve(counting.result); };
      counting.onerror = () => reject(counting.error);
    };
  });
}"""


@dataclass(frozen=True)
class Box:
    """A text. `contribution` is None for the empty box of a section."""

    section: str
    contribution: int | None
    language: str


class Seat:
    def __init__(self, computer: Computer, person: str, world, number: int) -> None:
        self.computer, self.person, self.world, self.number = computer, person, world, number
        self.goal = "2.1"
        self.page = None
        self.is_reviewer = person == REVIEWER
        self.pages = 0  # how many pages the tab has shown

    @property
    def address(self) -> str:
        return REVIEW if self.is_reviewer else f"{REPORT}{self.goal}/"

    @property
    def landmark(self) -> str:
        return REMARKS if self.is_reviewer else EDITOR

    @property
    def kept_box(self) -> str:
        """The boxes whose text a button sends."""
        return REMARKS if self.is_reviewer else ANSWERS

    @property
    def box_pages(self) -> list[str]:
        """Their pages."""
        return [REVIEW] if self.is_reviewer else [REPORT + page for page in ("questions/", "approvals/")]

    def ready(self) -> None:
        """Open the page of the goal with an editor, whatever the tab shows now."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(Error):
                if self.page is None or self.page.is_closed():
                    self.page = self.computer.context.new_page()
                    self.page.on("framenavigated", self.came)
                if self.stands_ready():
                    return
            self.world.breathe(200)
        raise AssertionError(f"{self.person} cannot get back to {self.address}: {self.page and self.page.url}")

    def came(self, _frame) -> None:
        self.pages += 1

    @property
    def window(self) -> tuple[int, int]:
        """An identity that changes when the tab shows another page or a question of the browser."""
        return self.pages, self.computer.asked

    def stands_ready(self) -> bool:
        page = self.page
        if self.address not in page.url or page.locator(self.landmark).count() == 0:
            if page.locator("input[name=password]").count():
                self.sign_in(page)
            else:
                page.goto(self.address, wait_until="domcontentloaded")
            if page.locator("input[name=password]").count():
                self.sign_in(page)
        if self.address not in page.url:
            return False
        page.locator(self.landmark).first.wait_for(timeout=4_000)
        return True

    def sign_in(self, page) -> None:
        page.locator("input[name=login]").fill(self.person, timeout=4_000)
        page.locator("input[name=password]").fill(PASSWORD, timeout=4_000)
        with page.expect_navigation(timeout=6_000, wait_until="domcontentloaded"):
            page.locator("form:has(input[name=password]) [type=submit]").click(timeout=4_000)

    def sign_in_beside(self) -> None:
        """Sign in in another tab, as the status line proposes. Another user is signed out first."""
        with contextlib.suppress(Error):
            if self.page and "other-user" in self.states():
                self.computer.context.clear_cookies()
            page = self.computer.context.new_page()
            try:
                page.goto("/reports/", wait_until="domcontentloaded")
                if page.locator("input[name=password]").count():
                    self.sign_in(page)
            finally:
                page.close()
        self.hurry()

    def hurry(self) -> None:
        """Dispatch the event of a window that gets the focus."""
        if self.page is None:
            return
        with contextlib.suppress(Error):
            self.page.evaluate("dispatchEvent(new Event('focus'))")

    def enter(self, rng) -> Box | None:
        """Put the cursor at the end of a random paragraph of a random box."""
        with contextlib.suppress(Error):
            if rng.random() < 0.15:
                self.page.evaluate(OPEN_TRANSLATIONS, rng.random())
            chance = {"pick": rng.random(), "end": rng.random() < 0.6, "spread": rng.random()}
            found = self.page.locator("body").evaluate(ENTER, chance)
            return Box(**json.loads(found)) if found else None
        return None

    def enter_kept(self, rng) -> Box | None:
        """Put the cursor at the end of a random box that a button sends; an approval is answered once, at the end."""
        with contextlib.suppress(Error):
            self.page.goto(rng.choice(self.box_pages), wait_until="load", timeout=4_000)
            self.page.locator(f"{self.kept_box} + .save").first.wait_for(state="attached", timeout=2_000)
            name = self.page.locator("body").evaluate(ENTER_KEPT, [self.kept_box, rng.random()])
            return Box(name, None, "") if name else None
        return None

    def send_kept(self, *, also_approvals: bool) -> None:
        """Press the button of the first box with text on this page, if there is one."""
        offers = self.page.locator("[data-word=another] button")
        if offers.count():
            offers.first.click(timeout=1_500)
            self.world.breathe(300)
        for area in self.page.locator(self.kept_box).all():
            is_approval = area.get_attribute("name") == "comment"
            if not area.input_value() or (is_approval and not also_approvals):
                continue
            name = area.get_attribute("name")
            values = {"comment": "declined", "note": "note", "question": "ask"}
            button = self.page.locator(f"form:has(#{area.get_attribute('id')}) button[value={values.get(name, 'say')}]")
            with self.page.expect_navigation(timeout=4_000):
                button.click(timeout=1_500, no_wait_after=True)
            return

    def unsent(self) -> int:
        return self.page.evaluate(UNSENT)

    def states(self) -> list[str]:
        """Return the states of all texts on the page."""
        return self.page.evaluate(STATES)

    def is_signed_out(self) -> bool:
        return not {"signed-out", "other-user"}.isdisjoint(self.states())

    def kept(self) -> int:
        return self.page.evaluate(KEPT)

    def close(self) -> None:
        with contextlib.suppress(Error):
            if self.page:
                self.page.close()
        self.page = None
