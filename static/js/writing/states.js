// The state of a section in the head, the outline and the strip, as it is since the last save.
import { find, findAll } from "../dom.js";
import { isVisible } from "../editor/characters.js";

/** @typedef {"text" | "nothing" | "blank"} SectionState */

/**
 * Return the state of a section as its boxes show it.
 * @param {Element} section
 * @returns {SectionState}
 */
function stateOf(section) {
  const nothing = section.querySelector("input[type=checkbox][name$='-nothing']");
  const isSaved = !nothing?.closest("[data-pending]"); // until then it is not said
  if (nothing instanceof HTMLInputElement && nothing.checked && isSaved) return "nothing";
  const originals = findAll(section, "textarea[data-text]", HTMLTextAreaElement).filter(
    (one) => !one.closest(".translations"),
  );
  const hasText = originals.some(({ editor, value }) => isVisible(editor?.getText() ?? value));
  return hasText || section.querySelector(".contribution > .prose") ? "text" : "blank";
}

/**
 * Show the state of a section everywhere on the page.
 * @param {Element} section
 * @param {HTMLAnchorElement[]} places The links to the sections, each with its state, in the order of the report.
 */
export function showState(section, places) {
  const state = stateOf(section);
  const { stateText, stateNothing, stateBlank } = find(document, ".bench", HTMLElement).dataset;
  const word = { text: stateText, nothing: stateNothing, blank: stateBlank }[state] ?? "";
  const isWhole = document.querySelector(".outline") !== null;
  const cells = findAll(document, `.goal-nav a${isWhole ? "" : "[aria-current]"} .strip i`, HTMLElement);
  for (const [at, place] of places.entries()) {
    if (place.dataset.stateOf !== section.id) continue;
    find(place, ".state", HTMLElement).className = `state ${state}`;
    find(place, ".sign", HTMLElement).className = `sign ${state}`;
    find(place, ".state .visually-hidden", HTMLElement).textContent = word;
    if (cells[at]) cells[at].className = state;
  }
}
