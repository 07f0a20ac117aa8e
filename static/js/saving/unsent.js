// The script of the page "My unsent text": what this browser stores for this person can be sent from here or thrown away.
import { byId, cloneTemplate, find, findAll, parseHtml } from "../dom.js";
import { readable, removeArrived } from "./kept_box.js";
import { LocalCopy } from "./local_copy.js";
import { message } from "./messages.js";
import { clientForPage } from "./save_client.js";
import { StatusLine } from "./status_line.js";
import { Store } from "./store.js";
import { belongsToOpenTab, openTabs } from "./tabs.js";
import { saverWithoutBox } from "./without_box.js";

/** @typedef {import("./saver.js").Saver} Saver */

const page = byId("unsent", HTMLElement);
const list = find(page, "[data-list]", HTMLElement);
const unreadableNote = find(page, "[data-locked]", HTMLElement);
const { key = "", previousKeys = "", tokenUrl = "", arrived = "", timeFormat = "", timeZone } = page.dataset;
const { lang } = document.documentElement;
const user = Number(page.dataset.user);
const token = find(page, "[name=csrfmiddlewaretoken]", HTMLInputElement).value;
const client = clientForPage({ user, token, tokenUrl });
const store = new Store({ user, key, previousKeys });
/** @type {Saver[]} */
const savers = [];
const DATE = new Intl.DateTimeFormat(lang, {
  timeZone,
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/**
 * Return a time as Django writes it on the portal's pages, in its time zone and format: "j F Y, H.i \\u\\u\\r".
 * @param {number} time
 */
function formatTime(time) {
  const parts = Object.fromEntries(DATE.formatToParts(time).map(({ type, value }) => [type, value]));
  const day = parts.day === "1" && lang === "fr" ? "1er" : parts.day;
  /** @type {Record<string, string>} */
  const values = { j: day, F: parts.month, Y: parts.year, H: parts.hour, i: parts.minute };
  return timeFormat.replace(/\\(.)|[a-z]/gi, (letter, literal) => literal ?? values[letter] ?? letter);
}

/** @param {"looking" | "unknown" | "found" | "empty" | ""} state */
function showState(state) {
  for (const part of findAll(page, "[data-shown-when]", HTMLElement)) part.hidden = part.dataset.shownWhen !== state;
}

function showList() {
  if (list.children.length) showState("found");
  else showState(unreadableNote.hidden ? "empty" : "");
}

async function fill() {
  showState("looking");
  try {
    await removeArrived(store, arrived);
    const { records, kept, unreadable } = await store.all();
    const open = await openTabs();
    const texts = records.map((record) => buildItem(record, belongsToOpenTab(record, open)));
    list.replaceChildren(...texts, ...kept.map((record) => buildKeptItem(record, belongsToOpenTab(record, open))));
    unreadableNote.hidden = !unreadable;
    unreadableNote.replaceChildren(message("unreadable", { count: unreadable }));
    showList();
  } catch {
    showState("unknown");
  }
}

/**
 * Return the list item of a record. A record that an open tab sends can only be sent there.
 * @param {StoredRecord} record
 * @param {boolean} isElsewhere
 */
function buildItem(record, isElsewhere) {
  const item = cloneTemplate("unsent-text");
  const part = (/** @type {string} */ name) => find(item, `[data-${name}]`, HTMLElement);
  const text = record.name ?? `${record.section}${record.language ? ` (${record.language.toUpperCase()})` : ""}`;
  const link = find(item, "[data-place]", HTMLAnchorElement);
  link.textContent = text;
  link.href = record.url;
  part("time").textContent = `${record.place} · ${formatTime(record.at)}`;
  part("preview").textContent = plainText(record.html);
  for (const what of findAll(item, "[data-what]", HTMLElement)) what.textContent = `: ${text}`;
  part("actions").hidden = isElsewhere;
  part("elsewhere").hidden = !isElsewhere || Boolean(record.conflict);
  part("send").hidden = Boolean(record.conflict);
  part("combined").hidden = !record.conflict;
  connect(record, item, part);
  return item;
}

/**
 * Return the list item of what was typed into a box that a button sends: it can be sent only on its own page.
 * @param {StoredKeptRecord} record
 * @param {boolean} isElsewhere
 */
function buildKeptItem({ key: recordKey, name, place, url, text, at }, isElsewhere) {
  const item = cloneTemplate("unsent-text");
  const part = (/** @type {string} */ which) => find(item, `[data-${which}]`, HTMLElement);
  const link = find(item, "[data-place]", HTMLAnchorElement);
  link.textContent = name || place;
  link.href = url;
  part("time").textContent = `${place} · ${formatTime(at)}`;
  part("preview").textContent = readable(text);
  for (const what of findAll(item, "[data-what]", HTMLElement)) what.textContent = `: ${name || place}`;
  part("by-button").hidden = false;
  part("send").hidden = true;
  part("actions").hidden = isElsewhere;
  part("ask").addEventListener("click", () => showQuestion(item, true));
  part("keep").addEventListener("click", () => showQuestion(item, false));
  part("throw-away").addEventListener("click", async () => {
    await (await store.remove(recordKey)).written;
    leave(item);
  });
  return item;
}

/**
 * Let the buttons of an item work.
 * @param {StoredRecord} record
 * @param {HTMLElement} item
 * @param {(name: string) => HTMLElement} part
 */
function connect(record, item, part) {
  let isClaimed = false;
  /** @type {Saver | null} */
  let saver = null;
  part("ask").addEventListener("click", () => showQuestion(item, true));
  part("keep").addEventListener("click", () => showQuestion(item, false));
  part("send").addEventListener("click", async () => {
    saver?.retry();
    if (isClaimed) return;
    isClaimed = true;
    const localCopy = new LocalCopy(store);
    try {
      if (await localCopy.claim(record)) saver = send(record, localCopy, item);
      else leave(item); // another tab was quicker
    } catch {
      isClaimed = false;
      part("save-line").replaceChildren(message("not-opened"));
    }
  });
  part("throw-away").addEventListener("click", async () => {
    if (saver) saver.discard();
    else await (await store.remove(record.key)).written;
    leave(item);
  });
}

/** @param {string} html */
function plainText(html) {
  const body = parseHtml(html);
  for (const end of body.querySelectorAll("p, br")) end.after("\n");
  return body.textContent?.trim() ?? "";
}

/**
 * Send a record as its own page does. The text stays in the list until the server has it.
 * @param {StoredRecord} record
 * @param {LocalCopy} localCopy
 * @param {HTMLElement} item
 */
function send(record, localCopy, item) {
  const saver = saverWithoutBox(record, client, store);
  const line = new StatusLine(find(item, "[data-save-line]", HTMLElement), saver);
  saver.addEventListener("state", () => {
    saver.wasRecovered = false; // the whole page says so
    if (saver.state !== "saved") return;
    for (const part of findAll(item, "[data-actions], [data-sure]", HTMLElement)) part.hidden = true;
  });
  line.show();
  savers.push(saver);
  saver.restore(record, localCopy);
  return saver;
}

/**
 * Ask whether the text is to be thrown away, or take the question back.
 * @param {HTMLElement} item
 * @param {boolean} isAsked
 */
function showQuestion(item, isAsked) {
  find(item, "[data-sure]", HTMLElement).hidden = !isAsked;
  find(item, "[data-actions]", HTMLElement).hidden = isAsked;
  find(item, isAsked ? "[data-keep]" : "[data-ask]", HTMLElement).focus();
}

/**
 * Remove an item and move the focus to the next.
 * @param {HTMLElement} item
 */
function leave(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  if (next) next.querySelector("a")?.focus();
  else showList();
}

for (const type of ["online", "focus"]) {
  addEventListener(type, () => {
    for (const saver of savers) saver.retry();
  });
}
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) fill();
});
fill();
