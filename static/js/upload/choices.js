// The preview of a file: each choice is kept as soon as it is made. Without this script a button does it.
import { byId, find } from "../dom.js";

const form = byId("preview", HTMLFormElement);
const status = form.querySelector("#choices-kept");
const KEPT = 204;

let isSending = false;
let isChanged = false; // since the choices were sent last

/** Send all choices as they are now. The request goes on when the page is left. */
function post() {
  const data = new FormData(form);
  data.append("by-script", "yes");
  isChanged = false;
  return fetch(form.action, { method: "POST", body: data, keepalive: true }).catch(() => null);
}

/** @param {HTMLElement} said Where it is said whether the choices are kept. */
async function keep(said) {
  isChanged = true;
  said.textContent = "";
  if (isSending) return; // what was sent before must not arrive after this
  isSending = true;
  let answer = null;
  while (isChanged) answer = await post();
  isSending = false;
  said.textContent = (answer?.status === KEPT ? said.dataset.kept : said.dataset.notKept) ?? "";
}

if (status instanceof HTMLElement) {
  find(form, "#keep-choices", HTMLButtonElement).hidden = true;
  form.addEventListener("change", () => keep(status));
  addEventListener("pagehide", () => {
    if (isChanged) post();
  });
}
