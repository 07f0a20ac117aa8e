// The bar between text and panel: dragged, moved with the arrow keys, or pressed, which goes through three widths.
import { choices } from "./panel.js";

const NARROWEST = 24; // rem, of the text
const WIDEST = 60;
const STEP = 2;
const WIDTHS = [44, 36, 28];

export class Splitter {
  #width = WIDTHS[0];

  /**
   * @param {HTMLElement} element
   * @param {HTMLElement} bench
   * @param {string} user
   */
  constructor(element, bench, user) {
    this.element = element;
    this.bench = bench;
    this.name = `panel-width-${user}`;
    element.hidden = false;
    this.#set(Number(choices.get(this.name)) || WIDTHS[0]);
    let moved = false;
    element.addEventListener("pointerdown", ({ pointerId }) => {
      moved = false;
      element.setPointerCapture(pointerId);
    });
    element.addEventListener("pointermove", ({ pointerId, clientX }) => {
      if (!element.hasPointerCapture(pointerId)) return;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const left = document.querySelector(".text-column")?.getBoundingClientRect().left ?? 0;
      const width = (clientX - left) / rem;
      if (Math.abs(width - this.#width) < 0.5 && !moved) return;
      moved = true;
      this.#set(width);
    });
    element.addEventListener("click", () => {
      if (!moved) this.#set(WIDTHS[(WIDTHS.findIndex((one) => one <= this.#width) + 1) % WIDTHS.length]);
    });
    element.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
      if (!step && event.key !== "Enter") return;
      event.preventDefault();
      if (step) this.#set(this.#width + step);
      else element.click();
    });
  }

  /** @param {number} width of the text, in rem */
  #set(width) {
    this.#width = Math.min(WIDEST, Math.max(NARROWEST, width));
    this.bench.style.setProperty("--text", `${this.#width}rem`);
    this.element.setAttribute("aria-valuenow", String(Math.round(this.#width)));
    choices.set(this.name, String(this.#width));
  }
}
