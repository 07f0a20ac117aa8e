// Saves each text of the page while somebody writes in it. What is on its way is in saver.js, what is kept on this
// computer in store.js, what the lines say in save_line.js; here the page is put together.
import { Colleagues } from "./poller.js";
import { Panels } from "./conflicts.js";
import { contents } from "../editor/editor.js";
import { EditorBox } from "./text_box.js";
import { Recovery } from "./recovery.js";
import { SaveClient } from "./save_client.js";
import { SaveLine, announce, say } from "./status_line.js";
import { Saver, pause } from "./saver.js";
import { Store } from "./store.js";

const LONGEST_FLUSH = 3_000;
const NO_USE_IN_GOING_ON = ["offline", "signed-out", "other-user"];

const form = document.getElementById("part-form");
const { report, place, saveUrl, nowUrl, key, tokenUrl } = form.dataset;
const user = Number(form.dataset.user);
const textareas = [...form.querySelectorAll("textarea[data-text]")];
const texts = []; // {saver, line}, in no order, and for those with a box {container, lang}
const inBoxes = () => texts.filter(({ container }) => container);
const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
const client = new SaveClient({ user, token, tokenUrl });
const store = new Store({ user, key });
const panels = new Panels({ client, saveUrl, store, whenBuilt: () => recovery.look(), find: ({ contribution, language }) =>
  inBoxes().find(({ saver: { text } }) => text.contribution === contribution && text.language === language) });
const colleagues = new Colleagues({ client, nowUrl, texts: inBoxes, panels });
const recovery = new Recovery({ store, client, report, textareas, panels, adoptLoose });

/** A text whose editor is there from now on. */
function adopt(textarea) {
  const html = contents(textarea.editor);
  if (textarea.saver) {
    if (html !== textarea.saver.html) textarea.saver.changed(html); // the browser filled it again
    return;
  }
  const { base, ...text } = JSON.parse(textarea.dataset.text);
  const isKnown = !textarea.wasRefilled && textarea.ariaInvalid !== "true"; // else it shows what was not taken yet
  const box = new EditorBox(textarea);
  const url = `${location.pathname}#${textarea.closest(".section")?.id ?? ""}`;
  textarea.saver = new Saver({
    text, base, html, atServer: isKnown ? textarea.opened : null, box, client, store,
    place: { place, url, save_url: saveUrl, report },
  });
  textarea.saver.isShownAgain = !isKnown;
  add(textarea.saver, lineOf(box.frame), { container: containerOf(box.frame), lang: textarea.lang });
  textarea.saver.addEventListener("created", ({ detail: attempt }) => {
    box.becomeContribution({ text: textarea.saver.text, attempt });
  });
  if (textarea.saver.hasUnsent) textarea.saver.changed(html);
}

/** A found text without a box: only its line is shown, in its section, until it stands in a box after all. */
function adoptLoose(saver) {
  const section = document.getElementById(saver.place.url.split("#")[1])?.querySelector(".body") ?? form;
  const line = Object.assign(document.createElement("p"), { className: "save" });
  section.append(line);
  add(saver, line);
  saver.addEventListener("arrived", async () => {
    await colleagues.ask();
    if (!saver.hasUnsent && panels.find(saver.text)) line.remove();
  });
}

function add(saver, line, where) {
  texts.push({ saver, line: new SaveLine(line, saver), ...where });
  saver.addEventListener("arrived", ({ detail: { conflicts } }) => {
    panels.changes += 1;
    panels.show(conflicts);
    if (saver.wasFound) colleagues.ask(); // it may have been repeated over a newer text, which is shown again
  });
}

function lineOf(frame) {
  for (let next = frame.nextElementSibling; next && !next.matches(".editor"); next = next.nextElementSibling) {
    if (next.matches("[data-save-line], .save")) return next;
  }
  const line = Object.assign(document.createElement("p"), { className: "save" });
  frame.after(line);
  return line;
}

function containerOf(frame) {
  for (let before = frame.previousElementSibling; before; before = before.previousElementSibling) {
    if (before.matches("[data-conflicts]")) return before;
  }
  const container = document.createElement("div");
  frame.before(container);
  return container;
}

const savers = () => texts.map(({ saver }) => saver);
const wakeAll = () => savers().forEach((saver) => saver.wake());

// Buttons that leave the page, the language switch among them, wait for what is still on its way.
let isWaiting = false;
let hasWaited = false;
let isCarried = false; // the page's own form takes the texts along that are nowhere else
async function flushFirst(event) {
  const { target, submitter } = event;
  if (hasWaited || event.defaultPrevented || !savers().some((saver) => saver.hasUnsent)) return;
  event.preventDefault();
  if (isWaiting) return;
  isWaiting = true;
  await Promise.race([Promise.all(savers().map((saver) => saver.flush())), pause(LONGEST_FLUSH)]);
  await pause(0); // a form is not sent from within its own submit event
  if (target === form) await takeRefusedAlong(submitter);
  isWaiting = false;
  const stuck = texts.find(({ saver }) => isStuck(saver));
  if (target === form && stuck) {
    stuck.line.line.scrollIntoView({ block: "center" });
    return;
  }
  isCarried = target === form;
  hasWaited = true;
  target.requestSubmit(submitter?.form === target ? submitter : null); // its button may have left the page meanwhile
  hasWaited = false;
}

/** The server shows them again in their boxes, with the reason; dashes go where “nothing to report” is said instead. */
async function takeRefusedAlong(submitter) {
  for (const { saver } of inBoxes().filter(({ saver: { isRefused } }) => isRefused)) {
    if (saver.box.saysNothing(submitter)) await saver.giveUp();
    else await saver.goAlong();
  }
}

/** Going on is of no use, or the form could lose on its way what is nowhere else. What was refused it brings back. */
function isStuck(saver) {
  return NO_USE_IN_GOING_ON.includes(saver.state) || (saver.isOnlyHere && !saver.isRefused);
}
document.addEventListener("submit", flushFirst);
form.addEventListener("formdata", ({ formData }) => {
  for (const { saver } of texts) saver.box.fillIn?.(formData, saver);
});
addEventListener("beforeunload", (event) => {
  const isLost = panels.areOnlyHere || (!isCarried && savers().some((saver) => saver.isOnlyHere));
  isCarried = false; // whoever is asked may stay
  if (isLost) event.preventDefault();
});

document.addEventListener("editor:mount", ({ target }) => {
  if (!target.dataset.text) return;
  adopt(target);
  colleagues.ask();
});
document.addEventListener("editor:change", ({ target, detail }) => {
  if (detail.byUser) target.saver?.changed(detail.html, detail);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") savers().forEach((saver) => saver.hasUnsent && saver.send());
  else wakeAll();
});
for (const type of ["online", "focus"]) addEventListener(type, wakeAll);
addEventListener("focus", () => recovery.look());
addEventListener("pageshow", ({ persisted }) => {
  isCarried = false;
  if (!persisted) return;
  wakeAll();
  colleagues.ask();
});
client.addEventListener("session", () => {
  if (client.session === "open") recovery.look();
});

/** Somebody typed into a plain box before its editor came: it stays plain, and the page's own button saves it. */
function leavePlain(textarea) {
  const line = lineOf(textarea.closest(".editor"));
  const sentence = say("by-button");
  line.replaceChildren(sentence, " ", ...line.querySelectorAll(".links"));
  announce("by-button", sentence.textContent);
  textarea.dispatchEvent(new Event("input", { bubbles: true })); // who leaves the page is asked
}

textareas.filter((textarea) => textarea.editor).forEach(adopt);
textareas.filter(({ editor, value, defaultValue }) => !editor && value !== defaultValue).forEach(leavePlain);
colleagues.ask();
recovery.look();
