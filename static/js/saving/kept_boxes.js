// The script of every page with boxes that a button sends: each textarea[data-keep] is kept on this computer until the
// server has said that its text arrived, and is put back after whatever came between.
import { byId, find, findAll } from "../dom.js";
import { KeptBox, readable, removeArrived } from "./kept_box.js";
import { LocalCopy } from "./local_copy.js";
import { announce, message } from "./messages.js";
import { clientForPage } from "./save_client.js";
import { StatusLine } from "./status_line.js";
import { Store } from "./store.js";
import { belongsToOpenTab, onTabClosed, openTabs, TAB } from "./tabs.js";

const page = byId("kept-boxes", HTMLElement);
const { key = "", previousKeys = "", tokenUrl = "", arrived = "" } = page.dataset;
const user = Number(page.dataset.user);
const token = find(page, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
const client = clientForPage({ user, token, tokenUrl });
const store = new Store({ user, key, previousKeys });
let boxes = findAll(document, "textarea[data-keep]", HTMLTextAreaElement).map(addBox);
document.addEventListener("box:added", ({ target }) => {
  boxes = boxes.filter(({ textarea }) => textarea.isConnected); // the box of a thread that was put in anew has its name
  if (target instanceof HTMLTextAreaElement) boxes.push(addBox(target));
});
/** Tabs whose closing this page waits for, and records that it has offered. @type {Set<string>} */
const known = new Set();
/** @type {Promise<void>} */
let last = Promise.resolve();
let isSubmitted = false;

/** @param {HTMLTextAreaElement} textarea */
function addBox(textarea) {
  const box = new KeptBox(textarea, { store, client });
  const element = Object.assign(document.createElement("p"), { className: "save" });
  (textarea.closest(".editor") ?? textarea).after(element);
  new StatusLine(element, box).show();
  return box;
}

/** Look for what closed tabs left in the boxes of this page. One look follows the other. */
function check() {
  last = last.then(checkOnce).catch(() => {});
  return last;
}

async function checkOnce() {
  await removeArrived(store, arrived);
  const { kept } = await store.all();
  const open = await openTabs();
  for (const record of kept) {
    const box = boxes.find(({ name }) => name === record.box);
    if (!box || record.tab === TAB) continue;
    if (belongsToOpenTab(record, open)) watch(record.tab);
    else if (!(await box.takeUp(record))) offer(record, box);
  }
}

/** @param {string} tab */
function watch(tab) {
  if (known.has(tab)) return;
  known.add(tab);
  onTabClosed(tab, () => {
    setTimeout(check); // once this page has released the lock of that tab
  });
}

/**
 * Offer a text whose box has another one.
 * @param {StoredKeptRecord} record
 * @param {KeptBox} box
 */
function offer(record, box) {
  if (known.has(record.key)) return;
  known.add(record.key);
  const element = message("another", { text: readable(record.text) });
  const button = find(element, "button", HTMLButtonElement);
  button.addEventListener("click", async () => {
    const localCopy = new LocalCopy(store);
    if (await localCopy.claim(record)) {
      await box.append(record.text);
      if (box.localCopy.isStored) await localCopy.write(null);
    }
    element.remove();
    focus(box.textarea);
  });
  const around = box.textarea.closest(".editor") ?? box.textarea;
  (around.nextElementSibling ?? around).after(element); // below its line
  announce("another", element.textContent ?? "");
}

/** @param {HTMLTextAreaElement} textarea Perhaps with an editor in its place. */
function focus(textarea) {
  if (textarea.editor) textarea.editor.view.focus();
  else textarea.focus();
}

/** @param {HTMLFormElement} form */
const unsentOf = (form) => boxes.filter(({ textarea, hasUnsent }) => textarea.form === form && hasUnsent);

let isChecked = false; // the session was asked about: the form may go
let isWaiting = false;

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const unsent = unsentOf(form);
  if (isChecked || event.defaultPrevented || !unsent.length) return;
  event.preventDefault();
  if (isWaiting) return;
  isWaiting = true;
  for (const box of unsent) box.show("sending");
  const mayGo = await client.checkSession();
  if (mayGo) await Promise.all(unsent.map((box) => box.noteSent()));
  isWaiting = false;
  for (const box of unsent) box.show(mayGo || client.session !== "open" ? "" : "offline");
  if (!mayGo) {
    focus(unsent[0].textarea); // its line says why
    return;
  }
  isChecked = isSubmitted = true;
  const { submitter } = event;
  form.requestSubmit(/** @type {HTMLButtonElement | null} */ (submitter)?.form === form ? submitter : null);
  isChecked = false;
});
document.addEventListener("box:unanswered", () => client.checkSession()); // it may have ended; else there is a new token
document.addEventListener("formdata", ({ target, formData }) => {
  for (const { textarea, sent } of boxes) {
    if (textarea.form === target && sent?.text === textarea.value) formData.set(`kept-${textarea.name}`, sent.id);
  }
});
addEventListener("beforeunload", (event) => {
  if (!isSubmitted && boxes.some((box) => box.isOnlyInPage)) event.preventDefault();
  isSubmitted = false;
});
addEventListener("focus", check);
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) check();
});
client.addEventListener("session", () => {
  if (client.session === "open") check();
});
check();
