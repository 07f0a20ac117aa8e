// The box of a text: where its saver reads and shows it, and what the page's form submits of it.
import { contents } from "../editor/editor.js";
import { replaceText } from "../editor/replace_text.js";
import { message } from "./messages.js";

/** @typedef {import("./saver.js").Saver} Saver */
/** @typedef {HTMLTextAreaElement & { editor: NonNullable<HTMLTextAreaElement["editor"]> }} EditorTextarea */

/** @implements {TextBox} */
export class EditorBox {
  recoveredMessage = "recovered";
  /** @type {(Attempt & { prefix: string }) | null} The save that made the contribution, and its prefix in the form. */
  #created = null;

  /** @param {HTMLTextAreaElement} textarea With an editor. */
  constructor(textarea) {
    this.textarea = /** @type {EditorTextarea} */ (textarea);
    this.prefix = textarea.name.replace(/-body$/, "");
  }

  get html() {
    return contents(this.textarea.editor);
  }

  /** The element around the text and its toolbar. */
  get container() {
    return /** @type {HTMLElement} */ (this.textarea.closest(".editor"));
  }

  get hasFocus() {
    return this.container.contains(document.activeElement);
  }

  /**
   * Show another text. Return false while a letter is composed from several keys, which that would break off.
   * @param {string} html
   */
  show(html) {
    const { editor } = this.textarea;
    if (editor.view.composing) return false;
    replaceText(editor, html);
    return true;
  }

  focus() {
    this.textarea.editor.view.focus();
  }

  /** @param {string} name */
  #field(name) {
    const field = this.textarea.form?.elements.namedItem(`${this.prefix}-${name}`);
    return /** @type {HTMLInputElement | HTMLSelectElement | null | undefined} */ (field);
  }

  /** Return what an empty box asks for besides the text. */
  metadata() {
    return { passage_language: this.#field("language")?.value ?? "", authority: this.#field("authority")?.value ?? "" };
  }

  /**
   * Fill in the metadata of a recovered text. What is chosen on the page already stays.
   * @param {Partial<TextMetadata>} metadata
   */
  restoreMetadata({ passage_language: language, authority }) {
    for (const [name, value] of Object.entries({ language, authority })) {
      const field = this.#field(name);
      if (field && value && !field.value) field.value = value;
    }
  }

  /**
   * Whether the text is dashes alone, where "nothing to report" is ticked or said with the pressed button.
   * @param {HTMLElement | null} submitter
   */
  isNothingToReport(submitter) {
    const checkbox = this.textarea.closest(".section")?.querySelector("input[type=checkbox][name$='-nothing']");
    const isTicked = checkbox instanceof HTMLInputElement && checkbox.checked;
    const isPressed = submitter instanceof HTMLButtonElement && submitter.name === "nothing";
    return (isTicked || isPressed) && /^[-–—\s]*$/.test(this.textarea.editor.getText());
  }

  /**
   * The first save of an empty box made a contribution: the box goes on as that one.
   * @param {{ text: TextAddress, attempt: Attempt }} created
   */
  becomeContribution({ text, attempt }) {
    this.#created = { prefix: `c${text.contribution}`, ...attempt };
    this.textarea.dataset.text = JSON.stringify(text);
    const heading = this.textarea.closest(".contribution")?.querySelector("header h3:has(.state)");
    heading?.replaceChildren(attempt.authority || message("contribution"));
    heading?.classList.add("visually-hidden");
  }

  /**
   * Write into the page's form what it has to submit of this text: nothing that the server has or that is being sent,
   * for the form would save it a second time.
   * @param {FormData} data
   * @param {Saver} saver
   */
  fillFormData(data, saver) {
    const { prefix } = this;
    if (!data.has(`${prefix}-body`)) return;
    const isBeingSent = saver.hasUnsent && !saver.isRefused && saver.localCopy.isStored;
    const isSaved = !saver.hasUnsent && saver.text.contribution !== null;
    if (isBeingSent || isSaved) data.delete(`${prefix}-body`);
    data.set(`${prefix}-base`, String(saver.seen));
    if (saver.attempt && saver.text.contribution === null) data.set(`${prefix}-save_id`, saver.attempt.id);
    if (this.#created) this.#renameFields(data, this.#created);
  }

  /**
   * Submit the fields of the empty box under the name of the contribution that it has become.
   * @param {FormData} data
   * @param {Attempt & { prefix: string }} created
   */
  #renameFields(data, created) {
    const { prefix } = this;
    data.set(`initial-${prefix}-authority`, created.authority);
    data.set(`initial-${prefix}-language`, created.passage_language);
    for (const [name, value] of [...data]) {
      const [, initial, rest] = new RegExp(`^(initial-)?${prefix}-(.*)$`).exec(name) ?? [];
      if (rest === undefined) continue;
      data.delete(name);
      data.set(`${initial ?? ""}${created.prefix}-${rest}`, value);
    }
  }
}
