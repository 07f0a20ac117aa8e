// The small panel in which a link gets its address.
import { find } from "../dom.js";

/** @typedef {import("../../django_prose_editor/editor.js").Editor} Editor */

const USABLE = /^(https?:\/\/[^/?#\s]|mailto:\S)/i;

/** @param {string} address */
export const isLinkAddress = (address) => USABLE.test(address);

/**
 * Return the address that somebody meant with what they typed, or "" if it cannot be one.
 * @param {string} typed
 */
export function linkAddress(typed) {
  let address = typed.trim();
  if (/^www\./i.test(address)) address = `https://${address}`;
  else if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) address = `mailto:${address}`;
  return isLinkAddress(address) && !/\s/.test(address) && isUrl(address) ? address : "";
}

/** @param {string} address */
function isUrl(address) {
  try {
    return Boolean(new URL(address));
  } catch {
    return false;
  }
}

export class LinkPanel {
  /** @type {Editor | null} The editor that asked last. */
  #editor = null;

  /**
   * @param {HTMLDialogElement} panel
   * @param {string} id Of the textarea; the panel's fields get ids from it.
   */
  constructor(panel, id) {
    this.panel = panel;
    this.field = find(panel, "input", HTMLInputElement);
    this.error = find(panel, "[role=alert]", HTMLElement);
    this.removeButton = find(panel, "[data-link=remove]", HTMLElement);
    this.field.id = `${id}-address`;
    this.error.id = `${id}-address-error`;
    find(panel, "label", HTMLLabelElement).htmlFor = this.field.id;
    panel.addEventListener("keydown", (event) => this.#onKey(event));
    const actions = { save: () => this.#save(), remove: () => this.#remove(), cancel: () => this.#close() };
    for (const [name, action] of Object.entries(actions)) {
      find(panel, `[data-link=${name}]`, HTMLElement).addEventListener("click", action);
    }
  }

  /**
   * Ask for the address of the link at the cursor, or of the selected text.
   * @param {Editor} editor
   */
  open(editor) {
    this.#editor = editor;
    const address = editor.getAttributes("link").href ?? "";
    this.field.value = address;
    this.#showError(false);
    this.removeButton.hidden = !address;
    this.panel.show();
    this.field.focus();
    this.field.select();
    return true;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && event.target === this.field) this.#save();
    else return;
    event.preventDefault(); // Enter would submit the page's form
    event.stopPropagation();
  }

  #save() {
    const href = linkAddress(this.field.value);
    if (!href) {
      this.#showError(true);
      return;
    }
    const editor = /** @type {Editor} */ (this.#editor);
    if (editor.isActive("link")) {
      editor.chain().extendMarkRange("link").setLink({ href }).run();
    } else if (!editor.state.selection.empty) {
      editor.chain().setLink({ href }).run();
    } else {
      const text = this.field.value.trim();
      const marks = [{ type: "link", attrs: { href } }];
      editor.chain().insertContent({ type: "text", text, marks }).run();
    }
    this.#close();
  }

  #remove() {
    this.#editor?.chain().extendMarkRange("link").unsetLink().run();
    this.#close();
  }

  #close() {
    this.panel.close();
    this.#editor?.view.focus();
  }

  /** @param {boolean} isShown */
  #showError(isShown) {
    this.error.hidden = !isShown;
    this.field.classList.toggle("is-invalid", isShown);
    if (isShown) {
      this.field.setAttribute("aria-invalid", "true");
      this.field.setAttribute("aria-describedby", this.error.id);
      this.field.focus();
    } else {
      this.field.removeAttribute("aria-invalid");
      this.field.removeAttribute("aria-describedby");
    }
  }
}
