// Finds words in the texts of the page and marks each place, without changing the texts.
import { find, findAll } from "../dom.js";

const LONGEST_LIST = 500; // places that are marked; more are not counted

/**
 * Return the places of `words` below `roots`, in order; nothing for less than two characters.
 * @param {HTMLElement[]} roots
 * @param {string} words
 * @returns {Range[]}
 */
export function placesOf(roots, words) {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted.length < 2) return [];
  const places = [];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = (node.nodeValue ?? "").toLocaleLowerCase();
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        if (places.length === LONGEST_LIST || at + wanted.length > (node.nodeValue ?? "").length) break;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        places.push(range);
      }
    }
  }
  return places;
}

export class Finder {
  /** @type {Range[]} */
  #places = [];
  #at = -1;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.input = find(element, "input", HTMLInputElement);
    this.status = find(element, "[role=status]", HTMLElement);
    element.hidden = !("highlights" in CSS); // the browser's own search remains
    this.input.addEventListener("input", () => this.#look());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it must not submit the page
      this.#go(event.shiftKey ? -1 : 1);
    });
    element.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (button) this.#go(button.dataset.find === "previous" ? -1 : 1);
    });
  }

  #look() {
    const texts = findAll(
      document,
      ".bench .editor > .prose:not([hidden]), .text-column .contribution > .prose",
      HTMLElement,
    );
    this.#places = placesOf(texts, this.input.value);
    this.#at = -1;
    this.#mark();
  }

  /** @param {number} step */
  #go(step) {
    const at = this.#at;
    this.#look(); // the texts may have changed since
    const { length } = this.#places;
    if (!length) return;
    this.#at = at < 0 && step < 0 ? length - 1 : (at + step + length) % length;
    this.#mark();
    this.#places[this.#at].startContainer.parentElement?.scrollIntoView({ block: "center" });
  }

  #mark() {
    const { found: number = "", none = "" } = this.element.dataset;
    const { length } = this.#places;
    const isAsked = this.input.value.trim().length > 1;
    const words = number.replace("{number}", String(this.#at + 1)).replace("{all}", String(length));
    this.status.textContent = isAsked ? (length ? words : none) : "";
    CSS.highlights?.set("found", new Highlight(...this.#places));
    CSS.highlights?.set("found-here", new Highlight(...this.#places.slice(this.#at, this.#at + 1)));
  }
}
