// Reading with the keyboard: m, j, k, r do what the element with that data-key does. They are silent in fields, with
// Ctrl, Alt or Meta, and after they were switched off, which this browser remembers.

const SETTING = "review-keys";
const bar = document.querySelector("[data-keys]");
const box = bar?.querySelector("input");

function remembered() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true; // a browser that keeps nothing: the keys work, and can be switched off for this page
  }
}

let on = remembered();

function switchKeys() {
  on = box.checked;
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // not remembered then
  }
}

const isField = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

function pressed(event) {
  const { key, target } = event;
  if (!on || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isField(target)) return;
  if (!["m", "j", "k", "r"].includes(key)) return;
  const place = document.querySelector(`[data-key="${key}"]`);
  if (!place) return;
  event.preventDefault(); // r must not be typed into the field that it leads to
  if (isField(place)) place.focus();
  else place.click();
}

if (bar) {
  bar.hidden = false;
  box.checked = on;
  box.addEventListener("change", switchKeys);
  document.addEventListener("keydown", pressed);
}
