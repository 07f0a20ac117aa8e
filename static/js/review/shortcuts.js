// Keys for reading: m, j, k and r do what the element with that data-key does. They do nothing in fields, together with
// Ctrl, Alt or Meta, or after they were switched off, which this browser remembers.
import { find } from "../dom.js";

const SETTING = "review-keys";
const KEYS = ["m", "j", "k", "r"];

let isOn = readSetting();

function readSetting() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true; // this browser stores nothing: the keys can be switched off for one page
  }
}

function storeSetting() {
  try {
    localStorage.setItem(SETTING, isOn ? "on" : "off");
  } catch {
    // as above
  }
}

/** @param {Element} element */
const isField = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {Element} */ (event.target);
  if (!isOn || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isField(target)) return;
  if (!KEYS.includes(event.key)) return;
  const element = document.querySelector(`[data-key="${event.key}"]`);
  if (!(element instanceof HTMLElement)) return;
  event.preventDefault(); // r must not be typed into the field that it leads to
  if (isField(element)) element.focus();
  else element.click();
}

const bar = document.querySelector("[data-keys]"); // only on pages that have something to do with the keys
if (bar instanceof HTMLElement) {
  const checkbox = find(bar, "input", HTMLInputElement);
  bar.hidden = false;
  checkbox.addEventListener("change", () => {
    isOn = checkbox.checked;
    storeSetting();
  });
  addEventListener("pageshow", () => {
    checkbox.checked = isOn; // the browser, going back, has put it back as it was left
  });
  document.addEventListener("keydown", onKey);
}
