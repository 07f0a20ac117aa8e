// The line below a text that says what of a paste was left out, with "Undo" and "Paste as plain text" beside it. It goes
// at the next change or click. It lies over the page: nothing moves when it comes or goes.
import { pm } from "../../django_prose_editor/editor.js";
import { byId, find, findAll } from "../dom.js";
import { cleanPastedHtml } from "./paste.js";
import { isHeavy, lengthOf } from "./paste_size.js";
import { htmlOfText } from "./paste_text.js";
import { isInTable } from "./table.js";

/**
 * @typedef {import("../../django_prose_editor/editor.js").Editor} Editor
 * @typedef {import("../../django_prose_editor/editor.js").View} View
 * @typedef {import("./paste_left_out.js").Kind} Kind
 */

export class PasteLine {
  /** @type {Kind[]} What the paste that is going on leaves out. */
  #leftOut = [];
  #plainText = "";
  /** @type {AbortController | null} While the line is shown. */
  #shown = null;

  /**
   * @param {HTMLElement} element
   * @param {() => Editor} editor
   */
  constructor(element, editor) {
    this.element = element;
    this.editor = editor;
    this.status = find(element, "[role=status]", HTMLElement);
    this.actions = find(element, ".actions", HTMLElement);
    this.plainButton = find(element, "[data-paste=plain]", HTMLElement);
    this.limit = Number(element.dataset.longest);
    element.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    find(element, "[data-paste=undo]", HTMLElement).addEventListener("click", () => this.#undo());
    this.plainButton.addEventListener("click", () => this.#pasteAsPlainText());
  }

  /**
   * Look at a clipboard before the editor does. Return true, and say why, if it is too long to be read.
   * @param {View} view
   * @param {Event} event
   * @param {DataTransfer | null} data
   */
  begin(view, event, data) {
    const [html, text] = [data?.getData("text/html") ?? "", data?.getData("text/plain") ?? ""];
    const length = lengthOf({ html, text });
    this.hide();
    this.#leftOut = [];
    this.#plainText = text;
    this.plainButton.hidden = !text || event.type !== "paste"; // the place of a drop is not known later
    if (length > this.limit) {
      event.preventDefault();
      this.#show("too-long", { length: String(length) }, false);
      return true;
    }
    view.dispatch(pm.history.closeHistory(view.state.tr)); // to undo the paste is not to undo what was typed before it
    return false;
  }

  /**
   * Return the HTML of the clipboard as the text can have it at its cursor. Cells that are selected are replaced.
   * @param {string} html
   * @param {View} view
   */
  cleaned = (html, { state }) => {
    if (isHeavy(html)) {
      this.#leftOut = ["formatting"];
      return htmlOfText(this.#plainText);
    }
    const cleaned = cleanPastedHtml(html, {
      isInTable: isInTable(this.editor()) && !("$anchorCell" in state.selection),
    });
    this.#leftOut = cleaned.leftOut;
    return cleaned.html;
  };

  /**
   * Follow a change of the text that the writer made.
   * @param {boolean} wasPasted
   */
  onChange(wasPasted) {
    if (wasPasted) this.#showLeftOut(true);
    else this.hide();
  }

  /**
   * Name something more of the text that did not stay: the server saw it when it saved the text.
   * @param {Kind} kind
   */
  add(kind) {
    const canUndo = this.#shown !== null && !this.actions.hidden;
    if (!this.#shown) this.#leftOut = [];
    if (!this.#leftOut.includes(kind)) this.#leftOut.push(kind);
    this.#showLeftOut(canUndo);
  }

  /** A clipboard with a picture alone: nothing changes, and the line says why. */
  showNothingPasted() {
    this.#showLeftOut(false);
    return true;
  }

  /** @param {boolean} hasChanged */
  #showLeftOut(hasChanged) {
    if (!this.#leftOut.length) return;
    const names = sentences().filter(({ dataset }) => this.#leftOut.some((kind) => kind === dataset.word));
    const list = new Intl.ListFormat(document.documentElement.lang).format(
      names.map(({ textContent }) => textContent ?? ""),
    );
    this.#show("left-out", { list }, hasChanged);
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} values
   * @param {boolean} canUndo
   */
  #show(name, values, canUndo) {
    this.hide();
    this.#shown = new AbortController();
    const sentence = sentences().find(({ dataset }) => dataset.word === name)?.textContent ?? "";
    this.status.textContent = sentence.replace(/\{(\w+)\}/g, (whole, placeholder) => values[placeholder] ?? whole);
    this.actions.hidden = !canUndo;
    this.element.classList.add("shown");
    this.element.classList.toggle("floating", this.element.getBoundingClientRect().bottom > innerHeight);
    const { signal } = this.#shown;
    addEventListener("pointerdown", ({ target }) => this.#onPointer(target), { capture: true, signal });
  }

  /** @param {EventTarget | null} target */
  #onPointer(target) {
    if (!this.element.contains(/** @type {Element} */ (target))) this.hide();
  }

  hide() {
    if (!this.#shown) return;
    this.#shown.abort();
    this.#shown = null;
    this.status.textContent = "";
    this.actions.hidden = true;
    this.element.classList.remove("shown", "floating");
  }

  #undo() {
    const editor = this.editor();
    editor.commands.undo();
    this.hide();
    editor.view.focus();
  }

  #pasteAsPlainText() {
    const text = this.#plainText;
    this.#undo();
    this.#leftOut = [];
    this.editor().view.pasteText(text);
  }
}

/** The words of the line, in the order in which it names them. */
const sentences = () => findAll(byId("paste-words", HTMLTemplateElement).content, "[data-word]", HTMLElement);
