// The upload page: the file may be dropped anywhere on it, and the page shows how far the file is. Without this script
// the form works as any other.
import { byId, find, parseHtml } from "../dom.js";

const form = byId("upload", HTMLFormElement);
const zone = find(form, ".drop-zone", HTMLElement);
const progress = byId("progress", HTMLElement);
const bar = find(progress, "progress", HTMLProgressElement);
const said = find(progress, "[data-said]", HTMLElement);
const alerts = [byId("not-sent", HTMLElement), byId("one-file", HTMLElement)];
const FIELD = "#div_id_file";
const CREATED = 201;

const input = () => find(form, "input[type=file]", HTMLInputElement);

/** @param {string} name */
const word = (name) => find(progress, `[data-word="${name}"]`, HTMLElement).textContent ?? "";

/** @param {HTMLElement} [alert] */
function showOnly(alert) {
  progress.hidden = true;
  for (const one of alerts) one.hidden = one !== alert;
}

/** Send the form, and go to the preview when the file was read. */
function send() {
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  data.append("by-script", "yes");
  showOnly();
  find(progress, "[data-name]", HTMLElement).textContent = input().files?.[0]?.name ?? "";
  bar.value = 0;
  progress.hidden = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? Math.floor((100 * loaded) / total) : 0;
    said.textContent = `${word("uploading")} ${bar.value} %`;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value"); // nobody knows how long reading takes
    said.textContent = word("reading");
  });
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => showOnly(alerts[0]));
  find(progress, "[data-cancel]", HTMLButtonElement).onclick = () => {
    request.abort();
    showOnly();
    input().focus();
  };
  request.open("POST", form.action);
  request.send(data);
}

/** @param {XMLHttpRequest} request */
function answered(request) {
  const url = request.getResponseHeader("Location");
  if (request.status === CREATED && url) {
    location.assign(url);
    return;
  }
  const refused = request.status === 422 ? parseHtml(request.responseText).querySelector(FIELD) : null;
  if (refused) {
    showOnly();
    find(form, FIELD, HTMLElement).replaceWith(refused);
    input().focus();
  } else if (request.status < 400) {
    location.assign(request.responseURL); // signed out meanwhile
  } else {
    showOnly(alerts[0]);
  }
}

/** @param {DragEvent} event */
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;

form.addEventListener("submit", (event) => {
  if (!input().files?.length) return; // the server says what is missing
  event.preventDefault();
  send();
});
addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  zone.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("over"); // the pointer left the window
});
addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  zone.classList.remove("over");
  const files = event.dataTransfer?.files;
  if (!files || files.length !== 1) {
    showOnly(alerts[1]);
    return;
  }
  input().files = files;
  send();
});
byId("drop-here", HTMLElement).hidden = false;
