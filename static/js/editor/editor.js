// Turns every textarea[data-editor] into a rich text editor. The textarea stays in the form: until the first change it
// is submitted as the page brought it; from then on it holds HTML, and its format field says so.
//
// Events: "editor:mount" when a textarea has got its editor, "editor:change" whenever the text changed. Another script
// that fills a textarea dispatches "editor:refill" on it, and "editor:unwrapped" when the server replaced links.
import { Editor, pm } from "../../django_prose_editor/editor.js";
import { byId, find, findAll, parseHtml } from "../dom.js";
import { isVisible } from "./characters.js";
import { LinkPanel } from "./link.js";
import { cleanPastedText } from "./paste.js";
import { PasteLine } from "./paste_line.js";
import { textAsHtml } from "./paste_text.js";
import { FROM_ELSEWHERE } from "./replace_text.js";
import { extensions } from "./schema.js";
import { Toolbar } from "./toolbar.js";

/** @typedef {import("../../django_prose_editor/editor.js").View} View */

const HTML = /^<(p|ul|ol|table)>/; // how the HTML of an editor begins
const LAST_SPACES = /[ \u00a0]+$/;
const COPIED_ATTRIBUTES = ["aria-describedby", "aria-invalid", "aria-label", "aria-labelledby", "dir", "lang"];

/**
 * Return the text of an editor as HTML; "" while there is no word in it.
 * @param {Editor} editor
 */
export const contents = (editor) => (isVisible(editor.getText()) ? editor.getHTML() : "");

/**
 * Return the editor of a textarea; make it if there is none. Return null where the plain box has to stay.
 * @param {HTMLTextAreaElement} textarea
 * @returns {Editor | null}
 */
export function mount(textarea) {
  if (textarea.editor) return textarea.editor;
  const format = byId(textarea.dataset.format ?? "", HTMLInputElement);
  const spaces = LAST_SPACES.exec(textarea.value)?.[0] ?? "";
  const content = initialHtml(textarea, format);
  if (content === null) return null;
  const hadFocus = document.activeElement === textarea;
  textarea.hidden = true;
  textarea.writtenValue = textarea.value;
  const editor = build(textarea, format, content);
  textarea.editor = editor;
  textarea.openedHtml = contents(editor); // autosave.js may be loaded later, when somebody has typed already
  if (textarea.wasRefilled) {
    editor.commands.setTextSelection(editor.state.doc.content.size);
    if (spaces) editor.view.dispatch(editor.state.tr.insertText(spaces)); // the next word follows
  }
  if (hadFocus) editor.view.focus();
  textarea.dispatchEvent(new CustomEvent("editor:mount", { bubbles: true }));
  return editor;
}

/**
 * Make the editor again if its textarea was filled since: by the browser, going back (Chromium does that after the
 * scripts ran, with the HTML that the textarea held when the page was left), or with a text that was kept.
 * @param {HTMLTextAreaElement} textarea
 */
function remountIfRefilled(textarea) {
  if (!textarea.editor || textarea.value === textarea.writtenValue) return;
  textarea.editor.destroy();
  textarea.editor = null;
  textarea.hidden = false;
  mount(textarea);
}

/**
 * Return the HTML to open with; null if somebody has already typed plain text into a box that was not empty.
 * @param {HTMLTextAreaElement} textarea
 * @param {HTMLInputElement} format
 */
function initialHtml(textarea, format) {
  const { value, defaultValue } = textarea;
  const saved = textarea.dataset.html ?? "";
  if (value !== defaultValue && (defaultValue || value.trim())) {
    const isHtml = HTML.test(value); // put back by the browser
    if (!isHtml && defaultValue) return null;
    const html = isHtml ? value : textAsHtml(value) || paragraph(value);
    textarea.value = html;
    format.value = "html";
    textarea.wasRefilled = true;
    return html;
  }
  if (format.value === "html") textarea.value = saved;
  return saved;
}

/** @param {string} text */
function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text }).outerHTML;
}

/**
 * @param {HTMLTextAreaElement} textarea
 * @param {HTMLInputElement} format
 * @param {string} content
 * @returns {Editor}
 */
function build(textarea, format, content) {
  const { container, bar, hint, dialog, line, pieces } = addTools(textarea);
  const linkPanel = new LinkPanel(dialog, textarea.id);
  /** @type {Toolbar | null} */
  let toolbar = null;
  const pasteLine = new PasteLine(line, () => editor);
  /** @type {Editor} */
  const editor = new Editor({
    element: document.createElement("div"), // outside the page, where building it costs no layout
    content,
    extensions: extensions(() => linkPanel.open(editor)),
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false,
    enableInputRules: ["bulletList"],
    enablePasteRules: false,
    coreExtensionOptions: { clipboardTextSerializer: { blockSeparator: "\n\n" } },
    editorProps: {
      ...pasteProps(pasteLine),
      attributes: attributesFor(textarea, hint.id),
      handleKeyDown: (/** @type {unknown} */ _view, /** @type {KeyboardEvent} */ event) => {
        if (!event.altKey || event.key !== "F10") return false;
        toolbar?.focus();
        return true;
      },
    },
    onUpdate: (/** @type {{ transaction: import("../../django_prose_editor/editor.js").Transaction }} */ update) => {
      const html = contents(editor);
      textarea.value = textarea.writtenValue = html;
      format.value = "html";
      const byUser = !update.transaction.getMeta(FROM_ELSEWHERE);
      const pasted = ["paste", "drop"].includes(update.transaction.getMeta("uiEvent"));
      if (byUser) pasteLine.onChange(pasted);
      textarea.dispatchEvent(new CustomEvent("editor:change", { bubbles: true, detail: { html, byUser, pasted } }));
    },
  });
  container.append(editor.view.dom, line);
  toolbar = new Toolbar(bar, editor, linkPanel);
  const nameLinks = () => pasteLine.add("wrappers");
  textarea.addEventListener("editor:unwrapped", nameLinks);
  editor.on("destroy", () => {
    textarea.removeEventListener("editor:unwrapped", nameLinks);
    for (const piece of pieces) piece.remove();
  });
  return editor;
}

/**
 * Return what happens with a clipboard, and with what is dropped on the text.
 * @param {PasteLine} line
 */
const pasteProps = (line) => ({
  transformPastedHTML: line.cleaned,
  transformPastedText: cleanPastedText,
  clipboardTextParser: parsePastedText,
  handleDOMEvents: {
    paste: (/** @type {View} */ view, /** @type {ClipboardEvent} */ event) =>
      line.begin(view, event, event.clipboardData),
    drop: (/** @type {View} */ view, /** @type {DragEvent} */ event) => line.begin(view, event, event.dataTransfer),
  },
  /** A picture alone must not replace the selected text. */
  handlePaste: (
    /** @type {unknown} */ _view,
    /** @type {unknown} */ _event,
    /** @type {import("../../django_prose_editor/editor.js").Slice} */ slice,
  ) => slice.size === 0 && line.showNothingPasted(),
  /** Without this the browser opens a dropped file in place of the page. */
  handleDrop: (/** @type {unknown} */ _view, /** @type {DragEvent} */ event) =>
    Boolean(event.dataTransfer?.files.length),
});

/**
 * Add the toolbar, the panel for links, the hint for screen readers and the line about a paste to the box of a textarea.
 * @param {HTMLTextAreaElement} textarea
 */
function addTools(textarea) {
  const container = /** @type {HTMLElement} */ (textarea.parentElement);
  const { content } = byId("editor-toolbar", HTMLTemplateElement);
  const tools = /** @type {DocumentFragment} */ (content.cloneNode(true));
  const bar = find(tools, "[role=toolbar]", HTMLElement);
  const hint = find(tools, "[data-hint]", HTMLElement);
  const dialog = find(tools, "dialog", HTMLDialogElement);
  const line = find(tools, "[data-pasted]", HTMLElement);
  const pieces = [...tools.children];
  bar.setAttribute("aria-controls", `${textarea.id}-text`);
  hint.id = `${textarea.id}-text-hint`;
  container.append(tools);
  return { container, bar, hint, dialog, line, pieces };
}

/**
 * Return the attributes of the editor's element: it is a text box with the label, language and errors of the textarea.
 * @param {HTMLTextAreaElement} textarea
 * @param {string} hint
 */
function attributesFor(textarea, hint) {
  const id = `${textarea.id}-text`;
  /** @type {Record<string, string>} */
  const attributes = { id, class: "prose", role: "textbox", "aria-multiline": "true", spellcheck: "true" };
  for (const name of COPIED_ATTRIBUTES) {
    const value = textarea.getAttribute(name);
    if (value !== null) attributes[name] = value; // lang="" says that the language is not known
  }
  attributes["aria-describedby"] = [attributes["aria-describedby"], hint].filter(Boolean).join(" ");
  if (textarea.disabled || textarea.readOnly) attributes["aria-readonly"] = "true";
  const label = textarea.labels[0];
  if (label && !attributes["aria-labelledby"]) {
    label.id ||= `${id}-label`;
    attributes["aria-labelledby"] = label.id;
  }
  return attributes;
}

/**
 * Return pasted text of several lines as blocks; null for a single line, which goes in as if it were typed.
 * @param {string} text
 * @param {unknown} context
 * @param {boolean} _plain
 * @param {View} view
 */
function parsePastedText(text, context, _plain, view) {
  const html = textAsHtml(text);
  if (!html) return null;
  return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(parseHtml(html), { context });
}

/**
 * Make the editors in a part of the page. Those in closed folds are made when the fold opens.
 * @param {ParentNode} part
 */
function mountIn(part) {
  for (const textarea of findAll(part, "textarea[data-editor]", HTMLTextAreaElement)) {
    if (!textarea.closest("details:not([open])")) mount(textarea);
  }
}

/**
 * Labels and the links of an error summary name the hidden textarea: give the focus to its editor.
 * @param {MouseEvent} event
 */
function focusEditor(event) {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest('a[href^="#"]'));
  const field = link ? document.getElementById(link.hash.slice(1)) : target.closest("label")?.control;
  if (!(field instanceof HTMLTextAreaElement) || !field.editor) return;
  event.preventDefault();
  field.editor.view.focus();
}

mountIn(document);
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.open) mountIn(target);
  },
  true, // "toggle" does not bubble
);
document.addEventListener("click", focusEditor);
document.addEventListener("editor:refill", ({ target }) => {
  if (target instanceof HTMLTextAreaElement) remountIfRefilled(target);
});
addEventListener("pageshow", () => {
  for (const textarea of findAll(document, "textarea[data-editor]", HTMLTextAreaElement)) remountIfRefilled(textarea);
});
