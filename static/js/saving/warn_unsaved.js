// Asks before a page is left whose form[data-warn-unsaved] was changed and is not being submitted. The server writes
// data-warn-unsaved="changed" on a form that comes back with refused texts. Texts that save themselves ask on their own
// (leaving.js).
import { findAll } from "../dom.js";

const changed = new Set(findAll(document, 'form[data-warn-unsaved="changed"]:not([data-save-url])', HTMLFormElement));
/** @type {Set<EventTarget | null>} */
const submitted = new Set();

/** @param {Event} event */
function noteChange(event) {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const { form, name, saver } = field;
  if (saver || (event.type === "editor:change" && field.dataset.text)) return; // its saver may be loaded later
  if (!name || !form?.matches("[data-warn-unsaved]")) return; // a field without a name is never submitted
  changed.add(form);
  submitted.delete(form);
}

for (const type of ["input", "change", "editor:change"]) document.addEventListener(type, noteChange);
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) submitted.add(event.target);
});
addEventListener("pageshow", () => submitted.clear());
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected && !submitted.has(form))) event.preventDefault();
});
