// One line about the whole page, always in sight: the worst that the lines of its texts and fields say. Pressed, it
// leads to the part that it is about.
import { message } from "./messages.js";

/** States from the best to the worst; what is in neither list has not been saved and will not be without help. */
const ORDER = ["", "saved", "saving", "conflict", "trouble", "offline", "second-factor", "other-user", "signed-out"];
const FIELD = "textarea:not([hidden]), input:not([type=hidden]), select";

/** @typedef {{ saver: LineSource, line: import("./status_line.js").StatusLine }} Part */

export class PageStatus {
  #savedAt = "";
  /** @type {Map<LineSource, string>} */
  #times = new Map();

  /**
   * @param {HTMLElement} element
   * @param {() => Part[]} parts
   */
  constructor(element, parts) {
    this.element = element;
    this.parts = parts;
    document.addEventListener("line:change", () => this.show());
    this.show();
  }

  show() {
    const parts = this.parts();
    for (const { saver } of parts) this.#noteTime(saver);
    const worst = parts.reduce((one, other) => (rank(other) > rank(one) ? other : one), parts[0]);
    const state = worst ? stateOf(worst) : "";
    if (state === "" || state === "saved") this.#showSaved();
    else this.#showPart(worst);
  }

  /** @param {LineSource} saver */
  #noteTime(saver) {
    if (saver.state !== "saved" || this.#times.get(saver) === saver.savedAt) return;
    this.#times.set(saver, saver.savedAt);
    this.#savedAt = saver.savedAt;
  }

  #showSaved() {
    const sentence = this.#savedAt ? message("all-saved-at", { time: this.#savedAt }) : message("all-saved");
    this.element.className = "save";
    this.element.replaceChildren(icon("done"), " ", sentence);
  }

  /** @param {Part} part */
  #showPart({ line }) {
    const copy = /** @type {HTMLElement} */ (line.element.cloneNode(true));
    for (const link of copy.querySelectorAll(".links, a")) link.remove();
    const sign = copy.querySelector(".sign");
    sign?.remove();
    const words = copy.textContent?.replace(/\s+/g, " ").trim() ?? "";
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.className = "linklike";
    button.addEventListener("click", () => goTo(line.element));
    const hadFocus = this.element.contains(document.activeElement);
    this.element.className = line.element.className;
    this.element.replaceChildren(sign ?? "", " ", button);
    if (hadFocus) button.focus();
  }
}

/** @param {Part} part */
function stateOf({ saver, line }) {
  const isGood = saver.state === "" || saver.state === "saved";
  return isGood && line.conflict ? "conflict" : saver.state;
}

/** @param {Part} part */
function rank(part) {
  const place = ORDER.indexOf(stateOf(part));
  return place < 0 ? ORDER.length : place;
}

/** @param {string} name */
const icon = (name) => Object.assign(document.createElement("span"), { className: `sign ${name}`, ariaHidden: "true" });

/**
 * Show a line in the middle of the window, and put the focus into the box that it is about.
 * @param {HTMLElement} line
 */
function goTo(line) {
  for (let fold = line.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
    fold.open = true;
  line.scrollIntoView({ block: "center" });
  let before = line.previousElementSibling;
  while (before && !before.matches(`.editor, ${FIELD}`)) before = before.previousElementSibling;
  const inside = before?.querySelector("[contenteditable=true]") ?? before?.querySelector("textarea");
  const field = before?.matches(FIELD) ? before : inside;
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
}
