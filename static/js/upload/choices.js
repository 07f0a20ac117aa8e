// The preview of a file: each choice is kept as soon as it is made. Without this script a button does it.
import { byId, find } from "../dom.js";

const form = byId("preview", HTMLFormElement);
const status = form.querySelector("#choices-kept");

/** Wait for the choices before, so that an older one never arrives last. */
let sending = Promise.resolve();

async function keep() {
  const data = new FormData(form);
  data.append("by-script", "yes");
  const answer = await fetch(form.action, { method: "POST", body: data, keepalive: true }).catch(() => null);
  if (!(status instanceof HTMLElement)) return;
  const { kept = "", notKept = "" } = status.dataset;
  status.textContent = answer?.status === 204 ? kept : notKept;
}

if (status) {
  find(form, "#keep-choices", HTMLButtonElement).hidden = true;
  form.addEventListener("change", () => {
    sending = sending.then(keep);
  });
}
