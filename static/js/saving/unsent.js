// "My unsent text": what this browser still holds for this person, sent from here or thrown away.
import { NoBox } from "./text_box.js";
import { Keeper } from "./local_copy.js";
import { placeOf } from "./recovery.js";
import { SaveClient } from "./save_client.js";
import { SaveLine, say } from "./status_line.js";
import { Saver } from "./saver.js";
import { Store } from "./store.js";
import { isLookedAfter, openTabs } from "./tabs.js";

const page = document.getElementById("unsent");
const list = page.querySelector("[data-list]");
const locked = page.querySelector("[data-locked]"); // what the key on this page does not open
const { key, tokenUrl, timeFormat, timeZone } = page.dataset;
const user = Number(page.dataset.user);
const client = new SaveClient({ user, token: page.querySelector("[name=csrfmiddlewaretoken]").value, tokenUrl });
const store = new Store({ user, key });
const savers = [];
const CLOCK = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone, day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/** As the portal writes times everywhere: in its own time zone and format, "j F Y, H.i \\u\\u\\r". */
function told(time) {
  const parts = Object.fromEntries(CLOCK.formatToParts(time).map(({ type, value }) => [type, value]));
  const day = parts.day === "1" && document.documentElement.lang === "fr" ? "1er" : parts.day;
  const values = { j: day, F: parts.month, Y: parts.year, H: parts.hour, i: parts.minute };
  return timeFormat.replace(/\\(.)|[a-z]/gi, (letter, literal) => literal ?? values[letter] ?? letter);
}

function show(what) {
  for (const part of page.querySelectorAll("[data-shown-when]")) part.hidden = part.dataset.shownWhen !== what;
}

function showList() {
  if (list.children.length) show("found");
  else show(locked.hidden ? "empty" : "");
}

async function fill() {
  show("looking");
  try {
    const { records, unreadable } = await store.all();
    const open = await openTabs();
    list.replaceChildren(...records.map((record) => itemOf(record, isLookedAfter(record, open))));
    locked.hidden = !unreadable;
    locked.replaceChildren(say("unreadable", { count: unreadable }));
    showList();
  } catch {
    show("unknown");
  }
}

function itemOf(record, isElsewhere) {
  const item = document.getElementById("unsent-text").content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const text = `${record.section}${record.language ? ` (${record.language.toUpperCase()})` : ""}`;
  part("place").textContent = text;
  part("place").href = record.url;
  part("time").textContent = `${record.place} · ${told(record.at)}`;
  part("preview").textContent = plain(record.html);
  for (const what of item.querySelectorAll("[data-what]")) what.textContent = `: ${text}`;
  part("actions").hidden = isElsewhere;
  part("elsewhere").hidden = !isElsewhere || Boolean(record.conflict);
  part("send").hidden = Boolean(record.conflict);
  part("combined").hidden = !record.conflict;
  part("send").addEventListener("click", () => send(record, item));
  part("ask").addEventListener("click", () => ask(item, true));
  part("keep").addEventListener("click", () => ask(item, false));
  part("throw-away").addEventListener("click", () => throwAway(record, item));
  return item;
}

function plain(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const end of body.querySelectorAll("p, br")) end.after("\n");
  return body.textContent.trim();
}

/** The same way as from its own page; the text stays listed until it has arrived. */
async function send(record, item) {
  if (item.isClaimed) {
    item.saver?.wake();
    return;
  }
  item.isClaimed = true;
  const keeper = new Keeper(store);
  const isOurs = await keeper.claim(record).catch(() => null);
  if (isOurs === null) {
    item.isClaimed = false;
    item.querySelector("[data-save-line]").replaceChildren(say("not-opened"));
  } else if (isOurs) {
    item.saver = saverOf(record, item);
    item.saver.adopt(record, keeper);
  } else {
    leave(item); // another tab was quicker
  }
}

function saverOf(record, item) {
  const { section, contribution, language, base, html } = record;
  const saver = new Saver({
    text: { section, contribution, language }, base, html, atServer: null, box: new NoBox(record),
    place: placeOf(record), client, store,
  });
  const line = new SaveLine(item.querySelector("[data-save-line]"), saver);
  saver.addEventListener("state", () => {
    saver.wasFound = false; // that is what this whole page says
    if (saver.state !== "saved") return;
    item.querySelector("[data-actions]").hidden = item.querySelector("[data-sure]").hidden = true;
  });
  line.show();
  savers.push(saver);
  return saver;
}

function ask(item, isAsked) {
  item.querySelector("[data-sure]").hidden = !isAsked;
  item.querySelector("[data-actions]").hidden = isAsked;
  item.querySelector(isAsked ? "[data-keep]" : "[data-ask]").focus();
}

async function throwAway(record, item) {
  if (item.saver) item.saver.giveUp();
  else await (await store.remove(record.key)).written;
  leave(item);
}

function leave(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  if (next) next.querySelector("a").focus();
  else showList();
}

for (const type of ["online", "focus"]) addEventListener(type, () => savers.forEach((saver) => saver.wake()));
addEventListener("pageshow", ({ persisted }) => persisted && fill());
fill();
