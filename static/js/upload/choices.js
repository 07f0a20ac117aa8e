// The preview of a file: each choice is kept as soon as it is made. Without this script a button does it.
import { byId, find } from "../dom.js";

const form = byId("preview", HTMLFormElement);
const status = form.querySelector("#choices-kept");
const token = find(form, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
const KEPT = 204;

/**
 * Choices that the server has not taken yet, by the name of their field.
 * @type {Map<string, string>}
 */
const waiting = new Map();
let isSending = false;

/**
 * Send what waits; the request goes on when the page is left. Return whether the choices are kept: if not, they wait
 * again, but for those that were changed meanwhile.
 */
async function send() {
  const sent = [...waiting];
  waiting.clear();
  const body = new URLSearchParams([...sent, ["csrfmiddlewaretoken", token], ["by-script", "yes"]]);
  const answer = await fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => null);
  if (answer?.status === KEPT) return true;
  for (const [name, value] of sent) if (!waiting.has(name)) waiting.set(name, value);
  return false;
}

/** @param {HTMLElement} said Where it is said whether the choices are kept. */
async function keep(said) {
  said.textContent = "";
  if (isSending) return; // what was sent before must not arrive after this
  isSending = true;
  let isKept = true;
  while (isKept && waiting.size) isKept = await send();
  isSending = false;
  said.textContent = (isKept ? said.dataset.kept : said.dataset.notKept) ?? "";
}

if (status instanceof HTMLElement) {
  find(form, "#keep-choices", HTMLButtonElement).hidden = true;
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return;
    waiting.set(target.name, target.value);
    keep(status);
  });
  addEventListener("pagehide", () => {
    if (waiting.size) send();
  });
}
