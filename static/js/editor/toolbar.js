// The buttons above a text, grey until somebody writes in it. Tab stops once; arrows move between the buttons; Alt+F10
// leads from the text to them and Escape back.
import { isInTable, TABLE_COMMANDS } from "./table.js";

/**
 * @typedef {import("../../django_prose_editor/editor.js").Editor} Editor
 * @typedef {object} Command
 * @property {(chain: any) => any} [run] None for the link and the comment, which have a form.
 * @property {(editor: Editor) => boolean} [isOn]
 * @property {(editor: Editor) => boolean} [can]
 */

const ITEM = "listItem";

/** @type {Record<string, Command>} By the button's data-command. */
const COMMANDS = {
  bold: { run: (chain) => chain.toggleBold(), isOn: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), isOn: (editor) => editor.isActive("italic") },
  superscript: { run: (chain) => chain.toggleSuperscript(), isOn: (editor) => editor.isActive("superscript") },
  bullets: { run: (chain) => chain.toggleBulletList(), isOn: (editor) => innermostList(editor) === "bulletList" },
  numbers: { run: (chain) => chain.toggleOrderedList(), isOn: (editor) => innermostList(editor) === "orderedList" },
  indent: { run: (chain) => chain.sinkListItem(ITEM), can: (editor) => editor.can().sinkListItem(ITEM) },
  outdent: { run: (chain) => chain.liftListItem(ITEM), can: (editor) => editor.can().liftListItem(ITEM) },
  link: { isOn: (editor) => editor.isActive("link") },
  comment: { can: (editor) => !editor.state.selection.empty },
  ...TABLE_COMMANDS,
  undo: { run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },
};

/**
 * Return the kind of the list at the cursor, "" outside of lists.
 * @param {Editor} editor
 */
function innermostList(editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { name } = $from.node(depth).type;
    if (name.endsWith("List")) return name;
  }
  return "";
}

export class Toolbar {
  /**
   * @param {HTMLElement} bar
   * @param {Editor} editor
   * @param {import("./link.js").LinkPanel} linkPanel
   */
  constructor(bar, editor, linkPanel) {
    this.bar = bar;
    this.editor = editor;
    this.linkPanel = linkPanel;
    this.container = /** @type {HTMLElement} */ (bar.parentElement);
    this.buttons = [...bar.querySelectorAll("button")];
    this.#setTabStop(this.buttons[0]);
    bar.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    bar.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button");
      if (button) this.#press(button);
    });
    bar.addEventListener("keydown", (event) => this.#onKey(event));
    bar.hidden = false;
    const destroyed = new AbortController();
    for (const type of ["focusin", "focusout"]) {
      // After the event: until then nothing has the focus.
      this.container.addEventListener(type, () => setTimeout(() => this.#showWhileWriting()), {
        signal: destroyed.signal,
      });
    }
    editor.on("transaction", () => this.#refresh());
    this.#refresh();
    editor.on("destroy", () => destroyed.abort());
  }

  #showWhileWriting() {
    if (!document.hasFocus()) return; // another window is in front; this one comes back as it was
    const isActive = this.container.contains(document.activeElement);
    if (isActive === this.container.classList.contains("active")) return;
    this.container.classList.toggle("active", isActive);
    if (!isActive) this.linkPanel.panel.close();
    this.#refresh();
  }

  /** Show which formats the cursor is in and which commands are possible. */
  #refresh() {
    const inTable = isInTable(this.editor);
    for (const button of this.buttons) button.hidden = "inTable" in button.dataset && !inTable;
    if (this.buttons.some((one) => one.hidden && one.tabIndex === 0)) this.#setTabStop(this.buttons[0]);
    for (const button of this.buttons) {
      const { isOn, can } = commandOf(button);
      if (isOn) button.setAttribute("aria-pressed", String(isOn(this.editor)));
      if (can) button.setAttribute("aria-disabled", String(!can(this.editor)));
    }
  }

  /** @param {HTMLButtonElement} button */
  #press(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    this.#setTabStop(button);
    const { run } = commandOf(button);
    if (run) run(this.editor.chain()).run();
    else if (button.dataset.command === "comment") this.#comment();
    else this.linkPanel.open(this.editor);
  }

  /** The page shows the form for it (writing/comments.js). */
  #comment() {
    const textarea = this.container.querySelector("textarea");
    textarea?.dispatchEvent(new CustomEvent("editor:comment", { bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const shown = this.buttons.filter((one) => !one.hidden);
    const here = shown.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const { length } = shown;
    /** @type {Record<string, number>} */
    const next = { ArrowRight: (here + 1) % length, ArrowLeft: (here + length - 1) % length, Home: 0, End: length - 1 };
    if (event.key === "Escape") this.editor.view.focus();
    else if (event.key in next) this.focus(shown[next[event.key]]);
    else return;
    event.preventDefault();
  }

  focus(button = this.buttons.find((one) => one.tabIndex === 0) ?? this.buttons[0]) {
    this.#setTabStop(button);
    button.focus();
  }

  /** @param {HTMLButtonElement} button */
  #setTabStop(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }
}

/** @param {HTMLButtonElement} button */
const commandOf = (button) => COMMANDS[button.dataset.command ?? ""];
