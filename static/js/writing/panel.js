// What stands beside the text: one tab at a time, for the question in which the writer is. The chosen tab, and whether
// the panel is shown, are remembered in this browser for each person.
import { byId, findAll } from "../dom.js";

export const PHONE = matchMedia("(max-width: 61.99em)");

/** Browsers that keep nothing, as some do in private windows, forget the choice with the page. */
export const choices = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  /**
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      // the page works without
    }
  },
};

export class Panel {
  #tab = "";
  #section = "";

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.bench = /** @type {HTMLElement} */ (element.closest(".bench"));
    this.tabs = findAll(element, "[role=tab]", HTMLButtonElement);
    this.body = byId("panel-body", HTMLElement);
    this.user = element.dataset.panel ?? "";
    const [toggle] = findAll(element, "[data-panel-toggle]", HTMLButtonElement);
    this.toggle = toggle;
    for (const part of findAll(element, ".panel-tabs, .panel-tools", HTMLElement)) part.hidden = false;
    this.body.setAttribute("role", "tabpanel");
    this.body.tabIndex = 0;
    element.classList.add("ready");
    element.addEventListener("click", (event) => this.#onClick(event));
    element.addEventListener("keydown", (event) => this.#onKey(event));
    const wanted = choices.get(`panel-tab-${this.user}`);
    this.#choose(this.tabs.find((tab) => tab.dataset.tab === wanted) ?? this.tabs[0]);
    this.#show(choices.get(`panel-${this.user}`) !== "hidden");
  }

  /** @param {string} section The id of the section in which the writer is. */
  follow(section) {
    if (section === this.#section) return;
    this.#section = section;
    for (const one of findAll(this.element, "[data-beside]", HTMLElement)) {
      one.classList.toggle("now", one.dataset.beside === section);
    }
    this.body.scrollTop = 0;
  }

  /** @param {string} name Show this tab, also where the panel was hidden or, on a phone, closed. */
  open(name) {
    const tab = this.tabs.find((one) => one.dataset.tab === name);
    if (tab) this.#choose(tab);
    choices.set(`panel-tab-${this.user}`, this.#tab);
    this.#show(true);
    if (PHONE.matches) this.element.classList.add("open");
  }

  /**
   * Scroll to something in the panel, and the page no further than needed: the text beside it stays in sight.
   * @param {HTMLElement} element
   */
  reveal(element) {
    const [here, shown] = [element.getBoundingClientRect(), this.body.getBoundingClientRect()];
    if (here.top < shown.top) this.body.scrollTop -= shown.top - here.top;
    else if (here.bottom > shown.bottom)
      this.body.scrollTop += Math.min(here.bottom - shown.bottom, here.top - shown.top);
    element.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLButtonElement} chosen */
  #choose(chosen) {
    this.#tab = chosen.dataset.tab ?? "";
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    this.body.setAttribute("aria-labelledby", chosen.id);
    for (const one of findAll(this.body, "[data-tab]", HTMLElement)) {
      one.classList.toggle("now", one.dataset.tab === this.#tab);
    }
  }

  /** @param {boolean} shown */
  #show(shown) {
    this.bench.classList.toggle("alone", !shown);
    this.toggle.setAttribute("aria-expanded", String(shown));
    this.toggle.textContent = (shown ? this.toggle.dataset.hide : this.toggle.dataset.show) ?? "";
  }

  /** @param {MouseEvent} event */
  #onClick({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button === this.toggle) {
      const shown = this.bench.classList.contains("alone");
      this.#show(shown);
      choices.set(`panel-${this.user}`, shown ? "shown" : "hidden");
    } else if (button instanceof HTMLButtonElement && this.tabs.includes(button)) {
      const again = button.dataset.tab === this.#tab;
      this.#choose(button);
      choices.set(`panel-tab-${this.user}`, this.#tab);
      if (PHONE.matches) this.element.classList.toggle("open", !(again && this.element.classList.contains("open")));
    }
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const here = this.tabs.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (here < 0) return;
    const { length } = this.tabs;
    /** @type {Record<string, number>} */
    const next = { ArrowRight: (here + 1) % length, ArrowLeft: (here + length - 1) % length, Home: 0, End: length - 1 };
    if (event.key === "Escape") this.element.classList.remove("open");
    if (!(event.key in next)) return;
    event.preventDefault();
    this.#choose(this.tabs[next[event.key]]);
    this.tabs[next[event.key]].focus();
    choices.set(`panel-tab-${this.user}`, this.#tab);
  }
}
