// Asks before a page is left whose form[data-warn-unsaved] was changed and is not being sent. A page that comes back
// with texts the server refused says data-warn-unsaved="changed". Texts that save themselves ask for themselves.

const changed = new Set(document.querySelectorAll('form[data-warn-unsaved="changed"]:not([data-save-url])'));
const sent = new Set();

function note(event) {
  const { form, name, saver } = event.target;
  if (saver || (event.type === "editor:change" && event.target.dataset.text)) return; // its saver may be still to come
  if (!name || !form?.matches("[data-warn-unsaved]")) return; // a field without a name is never sent
  changed.add(form);
  sent.delete(form);
}

for (const type of ["input", "change", "editor:change"]) document.addEventListener(type, note);
addEventListener("submit", (event) => event.defaultPrevented || sent.add(event.target));
addEventListener("pageshow", () => sent.clear());
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected && !sent.has(form))) event.preventDefault();
});
