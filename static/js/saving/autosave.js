// The script of a page with texts: each text is saved while somebody writes in it. This file puts the parts together;
// saver.js brings a text to the server, store.js keeps it on this computer, status_line.js says what is true of it.
import { byId, find, findAll } from "../dom.js";

import { ConflictPanels } from "./conflicts.js";
import { Fields } from "./fields.js";
import { leaveAfterSaving } from "./leaving.js";
import { announce, message } from "./messages.js";
import { PageStatus } from "./page_status.js";
import { findText } from "./page_text.js";
import { Poller } from "./poller.js";
import { Recovery } from "./recovery.js";
import { clientForPage } from "./save_client.js";
import { Saver } from "./saver.js";
import { StatusLine } from "./status_line.js";
import { Store } from "./store.js";
import { onOtherTabSaved, tellOtherTabs } from "./tabs.js";
import { EditorBox } from "./text_box.js";

/** @typedef {import("./page_text.js").PageText} PageText */

const form = byId("part-form", HTMLFormElement);
const { report = "", place = "", saveUrl = "", nowUrl = "", key = "", previousKeys = "", tokenUrl = "" } = form.dataset;
const user = Number(form.dataset.user);
const token = find(form, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
const textareas = findAll(form, "textarea[data-text]", HTMLTextAreaElement);

/** @type {PageText[]} */
const texts = [];
const savers = () => texts.map(({ saver }) => saver);
const withBox = () => texts.filter(({ shown }) => shown);
const client = clientForPage({ user, token, tokenUrl });
const store = new Store({ user, key, previousKeys });
/** @type {ConflictPanels} */
const panels = new ConflictPanels({ client, store, saveUrl, texts: withBox, onNewPanel: () => recovery.check() });
const poller = new Poller({ client, nowUrl, texts: withBox, panels });
/** @type {Recovery} */
const recovery = new Recovery({ store, client, report, textareas, panels, addWithoutBox });

/**
 * Save the text of this editor from now on.
 * @param {HTMLTextAreaElement} textarea
 */
function addEditor(textarea) {
  const box = new EditorBox(textarea);
  const { html } = box;
  if (textarea.saver) {
    if (html !== textarea.saver.html) textarea.saver.changed(html); // the browser, going back, filled the box again
    return;
  }
  const { base, ...text } = JSON.parse(textarea.dataset.text ?? "");
  const showsSaved = !textarea.wasRefilled && textarea.getAttribute("aria-invalid") !== "true"; // else what the server has not taken
  const url = `${location.pathname}#${textarea.closest(".section, .unit")?.id ?? ""}`;
  const saver = new Saver({
    text,
    base,
    html,
    savedHtml: showsSaved ? textarea.openedHtml : null,
    box,
    client,
    store,
    place: { place, url, save_url: saveUrl, report, name: textarea.dataset.name },
  });
  textarea.saver = saver;
  saver.wasRefusedByForm = !showsSaved;
  const shown = { box, conflicts: conflictsBefore(box.container), lang: textarea.lang };
  add({ saver, line: new StatusLine(lineAfter(box.container), saver), shown });
  saver.addEventListener("saved", (event) => {
    const { unwrapped, row } = /** @type {CustomEvent<{ unwrapped: boolean, row?: RowNews }>} */ (event).detail;
    textarea.dispatchEvent(new CustomEvent("text:saved", { bubbles: true, detail: row }));
    if (unwrapped) textarea.dispatchEvent(new CustomEvent("editor:unwrapped"));
  });
  saver.addEventListener("news", (event) => {
    const { detail } = /** @type {CustomEvent<RowNews>} */ (event);
    textarea.dispatchEvent(new CustomEvent("text:saved", { bubbles: true, detail }));
  });
  saver.addEventListener("created", (event) => {
    const attempt = /** @type {CustomEvent<Attempt>} */ (event).detail;
    box.becomeContribution({ text: saver.text, attempt });
    fields.boxCreated(box.prefix, attempt, saver.text.contribution);
  });
  if (saver.hasUnsent) saver.changed(html);
}

/**
 * Show the status of a recovered text without a box in its section, until the page shows the text after all.
 * @param {Saver} saver
 */
function addWithoutBox(saver) {
  const section = document.getElementById(saver.place.url.split("#")[1])?.querySelector(".body") ?? form;
  const element = newLine();
  section.append(element);
  add({ saver, line: new StatusLine(element, saver) });
  saver.addEventListener("saved", async () => {
    await poller.ask();
    const { contribution, language, row } = saver.text;
    const isShown = contribution !== null && findText(withBox(), { contribution, language, place: row?.place });
    if (!saver.hasUnsent && isShown) element.remove();
  });
}

/** @param {PageText} text */
function add(text) {
  const { saver } = text;
  texts.push(text);
  saver.addEventListener("saved", (event) => {
    panels.changes += 1;
    tellOtherTabs();
    panels.show(/** @type {CustomEvent<{ conflicts: Conflict[] }>} */ (event).detail.conflicts);
    if (saver.wasRecovered) poller.ask(); // it may have repeated an old save, and the server has a newer text
  });
}

const newLine = () => Object.assign(document.createElement("p"), { className: "save" });

/**
 * Return the status line of a box, which the server wrote where the text was saved before.
 * @param {HTMLElement} container
 * @returns {HTMLElement}
 */
function lineAfter(container) {
  for (let next = container.nextElementSibling; next && !next.matches(".editor"); next = next.nextElementSibling) {
    if (next instanceof HTMLElement && next.matches("[data-save-line], .save")) return next;
  }
  const line = newLine();
  container.after(line);
  return line;
}

/**
 * Return the place for a box's conflicts.
 * @param {HTMLElement} container
 * @returns {HTMLElement}
 */
function conflictsBefore(container) {
  for (let before = container.previousElementSibling; before; before = before.previousElementSibling) {
    if (before instanceof HTMLElement && before.matches("[data-conflicts]")) return before;
  }
  const element = document.createElement("div");
  container.before(element);
  return element;
}

/**
 * Somebody typed into a plain box before its editor came: it stays plain, and the page's own button saves it.
 * @param {HTMLTextAreaElement} textarea
 */
function leavePlain(textarea) {
  const line = lineAfter(/** @type {HTMLElement} */ (textarea.closest(".editor")));
  const sentence = message("by-button");
  line.replaceChildren(sentence, " ", ...findAll(line, ".links", HTMLElement));
  announce("by-button", sentence.textContent ?? "");
  textarea.dispatchEvent(new Event("input", { bubbles: true })); // warn_unsaved.js asks before the page is left
}

/**
 * "Nothing to report" was saved: dashes that say the same, and that the server refused as text, go.
 * @param {HTMLElement} section
 */
function dropDashes(section) {
  for (const { saver, shown } of texts) {
    const box = shown?.box;
    if (!box || !section.contains(box.textarea) || !saver.isRefused || !box.isNothingToReport(null)) continue;
    box.show(saver.savedHtml ?? "");
    saver.html = box.html;
    saver.discard();
  }
}

const retryAll = () => {
  fields.retry();
  for (const saver of savers()) saver.retry();
};

document.addEventListener("editor:mount", ({ target }) => {
  if (!(target instanceof HTMLTextAreaElement) || !target.dataset.text) return;
  addEditor(target);
  poller.ask();
});
document.addEventListener("editor:change", ({ target, detail }) => {
  if (detail.byUser && target instanceof HTMLTextAreaElement) target.saver?.changed(detail.html, detail.pasted);
});
document.addEventListener("visibilitychange", retryAll); // a hidden page may never come back
addEventListener("online", retryAll);
addEventListener("focus", () => {
  retryAll();
  recovery.check();
});
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  retryAll();
  poller.ask();
});
client.addEventListener("session", () => {
  if (client.session === "open") recovery.check();
});

/** @type {Fields} */
const fields = new Fields({ form, client, onNothing: dropDashes });
leaveAfterSaving({ form, texts, panels, fields });
for (const textarea of textareas) {
  if (textarea.editor) addEditor(textarea);
  else if (textarea.value !== textarea.defaultValue) leavePlain(textarea);
}
new PageStatus(byId("page-save", HTMLElement), () => [...texts, ...fields.all]);
poller.start();
onOtherTabSaved(() => poller.ask()); // so another window of the same person follows this one
poller.ask();
recovery.check();
