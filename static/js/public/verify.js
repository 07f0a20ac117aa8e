// The page on which anybody can check a copy of a published record: the browser computes the hash of the chosen or
// dropped file and asks the portal only for the hash.
import { byId } from "../dom.js";

const form = byId("verify", HTMLFormElement);
const dropZone = byId("drop", HTMLElement);
const input = byId("file", HTMLInputElement);
const field = byId("sha256", HTMLInputElement);
const verdict = byId("verdict", HTMLElement);
const noAnswer = byId("no-answer", HTMLElement);
const PLACEHOLDER = "0".repeat(64); // stands for the hash in the URL of the form

/** @param {File | undefined} file */
async function check(file) {
  if (!file) return;
  verdict.replaceChildren();
  noAnswer.hidden = true;
  try {
    const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    field.value = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const response = await fetch((form.dataset.verdictUrl ?? "").replace(PLACEHOLDER, field.value));
    if (!response.ok) throw new Error(response.statusText);
    verdict.innerHTML = await response.text();
  } catch {
    noAnswer.hidden = false;
  }
}

// Browsers offer `subtle` only to pages that come over HTTPS or from this computer.
if (crypto.subtle) {
  dropZone.hidden = false;
  input.addEventListener("change", () => check(input.files?.[0]));
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
  addEventListener("drop", ({ dataTransfer }) => check(dataTransfer?.files[0]));
}
