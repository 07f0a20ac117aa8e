// The page of a translation, besides saving and the editor: what stands around the box of a row follows each save, the
// buttons of a row act without loading the page, and the keyboard leads from one row to do to the next.
import { byId, find, findAll, parseHtml } from "../dom.js";
import { mount } from "../editor/editor.js";
import { replaceText } from "../editor/replace_text.js";
import { announce, message } from "../saving/messages.js";
import { showCounts } from "./counts.js";

const form = byId("part-form", HTMLFormElement);
const units = findAll(form, ".unit", HTMLElement);
const { markUrl = "", moved = "", skipped = "", noneLeft = "" } = form.dataset;

/** @param {Element} unit */
const areaOf = (unit) => /** @type {HTMLTextAreaElement | null} */ (unit.querySelector("textarea[data-text]"));

/**
 * Show a row as it is after a save, a mark, or a colleague's save. A part that has the focus loses it to the box.
 * @param {HTMLElement} unit
 * @param {RowNews} news
 */
function showRow(unit, { state, isLeft, parts }) {
  const hadFocus = unit.contains(document.activeElement) && document.activeElement?.closest("[data-part]");
  unit.dataset.state = state;
  unit.toggleAttribute("data-left", isLeft);
  for (const [name, html] of Object.entries(parts)) {
    const part = unit.querySelector(`[data-part="${name}"]`);
    if (part && part.innerHTML.trim() !== html.trim()) part.replaceChildren(...parseHtml(html).childNodes);
  }
  unit.toggleAttribute("data-asked", unit.querySelector(".checks") !== null && state === "current");
  showCounts(units);
  if (hadFocus && !unit.contains(document.activeElement)) focusRow(unit);
}

/**
 * Put the focus into the box of a row; open the fold around it.
 * @param {HTMLElement} unit
 */
function focusRow(unit) {
  const area = areaOf(unit);
  if (!area) return;
  const fold = area.closest("details");
  if (fold) fold.open = true;
  const editor = mount(area);
  if (editor) editor.view.focus();
  else area.focus();
  unit.scrollIntoView({ block: "nearest" });
}

/** Return the row with the focus, or null. */
const rowInUse = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest(".unit") ?? null);

/**
 * Whether a row has something to do. What was just typed into an empty box is on its way.
 * @param {HTMLElement} unit
 */
function isToDo(unit) {
  const saver = areaOf(unit)?.saver;
  if (saver?.isRefused || unit.hasAttribute("data-asked")) return true;
  const isTyped = unit.dataset.state === "untranslated" && saver?.hasUnsent && saver.html;
  return unit.hasAttribute("data-left") && !isTyped;
}

/**
 * Go to the next or the previous row with something to do, and say what was passed over. After the last one, the next
 * section with something to do is opened.
 * @param {1 | -1} step
 */
function goOn(step) {
  const from = rowInUse();
  const ordered = step === 1 ? units : [...units].reverse();
  const at = from ? ordered.indexOf(from) : -1;
  const ahead = ordered.slice(at + 1);
  const next = ahead.find(isToDo);
  const left = units.filter(isToDo).length;
  if (next) {
    focusRow(next);
    const state = find(next, ".what .state", HTMLElement).textContent?.trim() ?? "";
    const passed = ahead.indexOf(next);
    const sentences = [moved.replace("{state}", state).replace("{left}", String(left))];
    if (passed) sentences.push(skipped.replace("{skipped}", String(passed)));
    say(sentences.join(" "));
    return;
  }
  const others = ordered.find((unit) => isToDo(unit) && unit !== from);
  if (others) {
    focusRow(others);
    return;
  }
  const section = form.querySelector("[data-next-section]");
  if (step === 1 && section instanceof HTMLElement) section.focus();
  else if (step === 1) find(form, "[name=at]", HTMLElement).focus();
  say(noneLeft);
}

let turn = 0;
/** @param {string} sentence */
function say(sentence) {
  turn += 1;
  announce(`moved-${turn}`, sentence);
}

/**
 * Do what a button beside a row says, after its text is saved.
 * @param {HTMLElement} unit
 * @param {HTMLButtonElement} button
 */
async function mark(unit, button) {
  const area = areaOf(unit);
  const saver = area?.saver;
  const refused = find(unit, "[data-refused]", HTMLElement);
  refused.hidden = true;
  if (!saver) return;
  const { act = "", question = "" } = button.dataset;
  if (!(await saver.flush())) {
    focusRow(unit);
    return;
  }
  const { contribution, row } = saver.text;
  const body = { user: saver.client.user, act, key: question, contribution, ...row, base: saver.base };
  const answer = await saver.client.post(markUrl, body);
  if (answer.outcome === "saved" || answer.outcome === "unchanged") {
    const goesOn = act === "confirm" || act === "unwanted";
    saver.showNewer(answer);
    if (answer.row) showRow(unit, answer.row);
    if (goesOn) goOn(1);
    return;
  }
  const reason = "message" in answer ? answer.message : undefined;
  refused.textContent = reason ?? message("not-done").textContent ?? "";
  refused.hidden = false;
}

/**
 * Put an earlier translation into the box of a row, as if it were typed.
 * @param {HTMLElement} unit
 * @param {HTMLButtonElement} button
 */
function insert(unit, button) {
  const area = areaOf(unit);
  if (!area?.saver || !area.editor) return;
  replaceText(area.editor, button.dataset.take ?? "");
  area.saver.changed(area.saver.box.html, true);
  area.editor.view.focus();
}

/**
 * Take this writer's text or a colleague's, which was saved in a row before this one.
 * @param {HTMLElement} unit
 * @param {HTMLButtonElement} button
 */
async function choose(unit, button) {
  const saver = areaOf(unit)?.saver;
  if (!saver) return;
  const { choose: choice, html = "", number } = button.dataset;
  await saver.sending; // what was typed since is refused, too
  find(unit, "[data-part=meanwhile]", HTMLElement).replaceChildren();
  if (choice === "mine") {
    // It is based on the save that its writer was shown, from now on.
    Object.assign(saver, { base: Number(number), seen: Number(number), fromSent: false, refusal: null });
    saver.send();
  } else {
    saver.discard();
    saver.showNewer({ number: Number(number), html });
  }
  focusRow(unit);
}

document.addEventListener("text:saved", (event) => {
  const { target, detail } = /** @type {CustomEvent<RowNews | undefined>} */ (event);
  const unit = target instanceof Element ? target.closest(".unit") : null;
  if (unit instanceof HTMLElement && detail) showRow(unit, detail);
});
document.addEventListener("original:changed", () => {
  find(document, "[data-changed]", HTMLElement).hidden = false;
});
form.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest("[data-act], [data-take], [data-choose]");
  const unit = target?.closest(".unit");
  if (!(button instanceof HTMLButtonElement) || !(unit instanceof HTMLElement)) return;
  const area = areaOf(unit);
  if (area && !area.editor) mount(area);
  if (!area?.saver) return; // the form does it
  event.preventDefault();
  const { take, choose: choice } = button.dataset;
  if (choice) choose(unit, button);
  else if (take === undefined) mark(unit, button);
  else insert(unit, button);
});

/** @param {string} selector */
function press(selector) {
  const button = rowInUse()?.querySelector(selector);
  if (button instanceof HTMLElement) button.click();
  return button instanceof HTMLElement;
}

// The same keys as on the page where one writes, on every keyboard: no digits, brackets or letters with AltGr.
document.addEventListener(
  "keydown",
  (event) => {
    const { altKey, ctrlKey, metaKey, shiftKey, key, code } = event;
    if (shiftKey || metaKey) return;
    if (altKey && !ctrlKey && (key === "PageDown" || key === "PageUp")) goOn(key === "PageDown" ? 1 : -1);
    else if (altKey && !ctrlKey && (code === "KeyI" || key === "i")) press("[data-take]");
    else if (ctrlKey && !altKey && key === "Enter") {
      if (!press("[data-act=confirm]")) goOn(1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true, // before the editor, which makes a line of Ctrl and Enter
);
for (const keys of findAll(document, ".keys", HTMLElement)) keys.hidden = false;
