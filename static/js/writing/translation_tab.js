// The tab of the panel that shows the translation beside the text. It is asked for when it is in sight, and again after
// the text of its section was saved: its marks are then those of the new wording.
import { findAll, parseHtml } from "../dom.js";

/** @type {WeakSet<HTMLElement>} The parts that show the translation as it is. */
const shown = new WeakSet();

/** @param {HTMLElement} part */
async function show(part) {
  if (shown.has(part)) return;
  shown.add(part);
  try {
    const response = await fetch(part.dataset.translation ?? "", { credentials: "same-origin" });
    const content = response.ok ? parseHtml(await response.text()).querySelector("[data-shown]") : null;
    if (!content) throw new Error("no translation came");
    part.querySelector("[data-shown], [data-not-shown]")?.replaceWith(content);
  } catch {
    shown.delete(part); // the link to the page is still there
  }
}

/**
 * Show the translation in the part of the panel that is in sight, whenever that may be another one.
 * @param {HTMLElement} panel
 */
export function followTranslations(panel) {
  const parts = findAll(panel, "[data-translation]", HTMLElement);
  const look = () => {
    for (const part of parts) if (part.checkVisibility()) show(part);
  };
  const observer = new MutationObserver(look); // another tab, or another section
  observer.observe(panel, { attributes: true, attributeFilter: ["class"], subtree: true });
  document.addEventListener("text:saved", ({ target }) => {
    const section = target instanceof Element ? target.closest(".section") : null;
    for (const part of parts) {
      if (part.closest("[data-beside]")?.getAttribute("data-beside") === section?.id) shown.delete(part);
    }
    look();
  });
  look();
}
