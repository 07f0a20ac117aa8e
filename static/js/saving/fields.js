// The fields beside the texts of a page: each is saved when it is changed, with a line of its own that says what is
// true. Fields of an empty box go with its first text, and are saved alone from then on.
import { find, findAll } from "../dom.js";
import { FieldSaver } from "./field_saver.js";
import { announce, message } from "./messages.js";
import { StatusLine } from "./status_line.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {{ saver: FieldSaver, line: StatusLine }} PageField */

export class Fields {
  /** @type {PageField[]} */
  all = [];

  /**
   * @param {object} options
   * @param {HTMLFormElement} options.form
   * @param {import("./save_client.js").SaveClient} options.client
   * @param {(section: HTMLElement) => void} options.onNothing "Nothing to report" was saved for this section.
   */
  constructor({ form, client, onNothing }) {
    this.form = form;
    this.client = client;
    this.onNothing = onNothing;
    for (const field of findAll(form, "[data-field]", HTMLElement)) this.#addField(/** @type {Field} */ (field));
    for (const article of findAll(form, ".contribution", HTMLElement)) this.#addArrows(article);
  }

  get savers() {
    return this.all.map(({ saver }) => saver);
  }

  retry() {
    for (const saver of this.savers) saver.retry();
  }

  /** The fields that the page's form has to submit itself: those of an empty box without a text. */
  get needForm() {
    return findAll(this.form, "[data-field]", HTMLElement).some((element) => {
      const field = /** @type {Field} */ (element);
      return field.dataset.field !== "nothing" && this.#contributionOf(field) === null && field.value !== "";
    });
  }

  /**
   * @param {Omit<ConstructorParameters<typeof FieldSaver>[0], "client" | "url">} options
   * @param {HTMLElement} element The line.
   */
  #add(options, element) {
    const saver = new FieldSaver({ client: this.client, url: this.form.dataset.fieldUrl ?? "", ...options });
    const added = { saver, line: new StatusLine(element, saver) };
    this.all.push(added);
    return saver;
  }

  /** @param {Field} field */
  #addField(field) {
    const name = field.dataset.field ?? "";
    const read = () => (field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value);
    const address = () => ({
      section: sectionOf(field),
      contribution: name === "nothing" ? null : this.#contributionOf(field),
    });
    const line = field.parentElement?.querySelector("[data-field-line]");
    const saver = this.#add({ field: name, value: initialOf(field) ?? read(), address }, lineOf(line, field));
    const send = () => {
      if (name !== "nothing" && address().contribution === null) return; // it goes with the first text
      saver.set(read());
    };
    field.addEventListener("change", send);
    saver.addEventListener("saved", () => {
      setInitial(field, saver.saved);
      showField(field, saver.saved);
      if (name === "nothing") this.#showNothing(field, saver.saved === true);
    });
    saver.addEventListener("returned", () => {
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = saver.saved === true;
      else field.value = String(saver.saved);
    });
    saver.addEventListener("state", () => {
      field.closest(".nothing-choice")?.toggleAttribute("data-pending", saver.hasUnsent);
    });
    if (read() !== saver.value) send(); // the browser, going back, filled it, or somebody was quick
  }

  /**
   * The first text of an empty box was saved, with the fields as they were sent.
   * @param {string} prefix Of the box's fields.
   * @param {Attempt} attempt
   * @param {number | null} contribution
   */
  boxCreated(prefix, attempt, contribution) {
    for (const name of /** @type {const} */ (["authority", "language"])) {
      const field = /** @type {Field | null} */ (this.form.elements.namedItem(`${prefix}-${name}`));
      const sent = name === "authority" ? attempt.authority : attempt.passage_language;
      const saver = this.savers.find((one) => one.field === name && one.address().contribution === contribution);
      if (saver) saver.saved = saver.value = sent;
      if (field && field.value !== sent) field.dispatchEvent(new Event("change"));
    }
  }

  /** @param {HTMLElement} article */
  #addArrows(article) {
    const buttons = findAll(article, "button[name=up], button[name=down]", HTMLButtonElement);
    if (!buttons.length) return;
    const contribution = Number(buttons[0].value);
    const line = Object.assign(document.createElement("p"), { className: "save" });
    line.dataset.fieldLine = "";
    buttons[0].closest("header")?.after(line);
    const address = () => ({ section: sectionOf(article), contribution });
    const saver = this.#add({ field: "place", value: placeOf(article), address }, line);
    for (const button of buttons) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        const to = Number(saver.hasUnsent ? saver.value : placeOf(article)) + (button.name === "up" ? -1 : 1);
        if (!saver.hasUnsent) saver.saved = placeOf(article);
        saver.set(to);
      });
    }
    saver.addEventListener("saved", (event) => {
      const { order } = /** @type {CustomEvent<{ order: number[] }>} */ (event).detail;
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      arrange(article, order);
      saver.saved = placeOf(article);
      if (!saver.hasUnsent) saver.value = saver.saved;
      if (focused && article.contains(focused)) (buttons.find(isShown) ?? focused).focus();
      const told = message("moved", { place: placeOf(article), count: siblings(article).length });
      announce(`moved ${placeOf(article)}`, told.textContent ?? "");
    });
  }

  /**
   * @param {Field} field
   * @returns {number | null} null for the empty box of a section.
   */
  #contributionOf(field) {
    const prefix = field.name.replace(/-[a-z]+$/, "");
    const [, own] = /^c(\d+)$/.exec(prefix) ?? [];
    if (own) return Number(own);
    const box = this.form.elements.namedItem(`${prefix}-body`);
    return box instanceof HTMLTextAreaElement ? (box.saver?.text.contribution ?? null) : null;
  }

  /**
   * @param {Field} field
   * @param {boolean} isNothing
   */
  #showNothing(field, isNothing) {
    const section = /** @type {HTMLElement} */ (field.closest(".section"));
    const note = section.querySelector("[data-aside]");
    const boxes = findAll(section, ".contribution textarea[data-text]", HTMLTextAreaElement);
    const words = boxes.map(({ editor }) => editor?.getText().match(/\S+/g)?.length ?? 0);
    const count = words.reduce((sum, one) => sum + one, 0);
    if (note instanceof HTMLElement) {
      note.hidden = !isNothing || count === 0;
      note.replaceChildren(message("aside", { count }));
    }
    this.onNothing(section);
    field.closest(".nothing-choice")?.removeAttribute("data-pending");
    section.dispatchEvent(new CustomEvent("text:saved", { bubbles: true })); // its state in the head
  }
}

/** @param {HTMLElement} element */
const isShown = (element) => !element.closest("[hidden]");

/** @param {Element} element */
const sectionOf = (element) => element.closest(".section")?.getAttribute("data-section") ?? "";

/** @param {HTMLElement} article */
const siblings = (article) => {
  const all = findAll(/** @type {HTMLElement} */ (article.parentElement), ":scope > .contribution", HTMLElement);
  return all.filter(({ id }) => /^c\d+$/.test(id));
};

/** @param {HTMLElement} article */
const placeOf = (article) => siblings(article).indexOf(article) + 1;

/**
 * Put the contributions of a section into this order, and show each arrow where it leads somewhere.
 * @param {HTMLElement} article One of them.
 * @param {number[]} order
 */
function arrange(article, order) {
  const all = siblings(article);
  const sorted = order.map((pk) => all.find(({ id }) => id === `c${pk}`)).filter((one) => one !== undefined);
  const marker = document.createComment("");
  all[0].before(marker);
  for (const one of sorted) marker.before(/** @type {HTMLElement} */ (one));
  marker.remove();
  for (const [number, one] of siblings(article).entries()) {
    for (const button of findAll(one, "button[name=up], button[name=down]", HTMLButtonElement)) {
      const isLast = number === all.length - 1;
      button.hidden = button.name === "up" ? number === 0 : isLast;
    }
  }
}

/**
 * @param {Element | null | undefined} line
 * @param {Field} field
 */
function lineOf(line, field) {
  if (line instanceof HTMLElement) return line;
  const made = Object.assign(document.createElement("p"), { className: "save" });
  made.dataset.fieldLine = "";
  (field.closest("header") ?? field).after(made);
  return made;
}

/** @param {Field} field */
const initialField = (field) => field.form?.elements.namedItem(`initial-${field.name}`);

/** @param {Field} field */
function initialOf(field) {
  const initial = initialField(field);
  if (!(initial instanceof HTMLInputElement)) return null;
  return field instanceof HTMLInputElement && field.type === "checkbox" ? initial.value === "True" : initial.value;
}

/**
 * The page's form then submits no change.
 * @param {Field} field
 * @param {import("./field_saver.js").FieldValue} value
 */
function setInitial(field, value) {
  const initial = initialField(field);
  if (!(initial instanceof HTMLInputElement)) return;
  initial.value = typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

/**
 * Show a saved authority or language in the heading and the box of its contribution.
 * @param {Field} field
 * @param {import("./field_saver.js").FieldValue} value
 */
function showField(field, value) {
  const article = field.closest(".contribution");
  if (!article) return;
  if (field.dataset.field === "authority") {
    const heading = find(article, "h3", HTMLElement);
    heading.textContent = String(value) || (message("contribution").textContent ?? "");
  } else if (field instanceof HTMLSelectElement) {
    const textarea = article.querySelector("textarea[data-text]");
    if (!(textarea instanceof HTMLTextAreaElement)) return;
    textarea.lang = field.value;
    if (textarea.editor) textarea.editor.view.dom.lang = field.value;
  }
}
