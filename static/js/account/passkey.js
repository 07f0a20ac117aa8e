// Passkeys on the pages of signing in: shows what needs a script, and says on the page why no passkey came.
import { byId, findAll } from "../dom.js";

const trouble = byId("passkey-error", HTMLElement);

for (const element of findAll(document, "[data-needs-passkeys]", HTMLElement)) {
  element.hidden = !("credentials" in navigator);
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // django-allauth then writes nothing to the console
  trouble.hidden = false;
  trouble.focus();
});
