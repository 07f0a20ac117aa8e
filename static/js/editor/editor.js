// Turns every textarea[data-editor] into a rich text editor. The textarea stays in the form: as long as nothing is
// changed it is sent as the page brought it; after the first change it holds HTML and its format field says so.
import { Editor, pm } from "../../django_prose_editor/editor.js";
import { LinkPanel } from "./link.js";
import { cleanPastedHtml, cleanPastedText } from "./paste.js";
import { textAsHtml } from "./paste_text.js";
import { FROM_ELSEWHERE } from "./replace_text.js";
import { extensions } from "./schema.js";
import { Toolbar } from "./toolbar.js";

const HTML = /^<(p|ul|ol)>/; // how everything begins that an editor writes
const COPIED = ["aria-describedby", "aria-invalid", "aria-label", "aria-labelledby", "dir", "lang"];

/** What the text is in HTML; "" while there is no word in it. */
export const contents = (editor) => (editor.getText().trim() ? editor.getHTML() : "");

/** The editor of `textarea`; null where the plain box has to stay. */
export function mount(textarea) {
  if (textarea.editor) return textarea.editor;
  const format = document.getElementById(textarea.dataset.format);
  const content = contentFor(textarea, format);
  if (content === null) return null;
  const hadFocus = document.activeElement === textarea;
  textarea.hidden = true;
  textarea.known = textarea.value;
  textarea.editor = build(textarea, format, content);
  textarea.opened = contents(textarea.editor); // what saves texts may come later, when somebody has typed already
  if (textarea.wasRefilled) textarea.editor.commands.setTextSelection(textarea.editor.state.doc.content.size);
  if (hadFocus) textarea.editor.view.focus();
  textarea.dispatchEvent(new CustomEvent("editor:mount", { bubbles: true }));
  return textarea.editor;
}

/** Chromium going back fills the boxes only now, after the editors were made: with HTML that is marked as plain. */
function startAgain(textarea) {
  if (!textarea.editor || textarea.value === textarea.known) return;
  textarea.editor.destroy();
  textarea.editor = null;
  textarea.hidden = false;
  mount(textarea);
}

/** The HTML to open with; null if somebody has already typed plain text into a box that was not empty. */
function contentFor(textarea, format) {
  const { value, defaultValue, dataset } = textarea;
  if (value !== defaultValue && (defaultValue || value.trim())) {
    const isHtml = HTML.test(value); // a browser going back put into it what was in it
    if (!isHtml && defaultValue) return null;
    const html = isHtml ? value : textAsHtml(value) || paragraph(value);
    textarea.value = html;
    format.value = "html";
    textarea.wasRefilled = true;
    return html;
  }
  if (format.value === "html") textarea.value = dataset.html;
  return dataset.html;
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text }).outerHTML;
}

function build(textarea, format, content) {
  const box = textarea.parentElement;
  const id = `${textarea.id}-text`;
  const tools = document.getElementById("editor-toolbar").content.cloneNode(true);
  const bar = tools.querySelector("[role=toolbar]");
  const hint = tools.querySelector("[data-hint]");
  const pieces = [...tools.children];
  const linkPanel = new LinkPanel(tools.querySelector("dialog"), textarea.id);
  bar.setAttribute("aria-controls", id);
  hint.id = `${id}-hint`;
  box.append(tools);

  let toolbar = null;
  const editor = new Editor({
    element: document.createElement("div"), // built outside the page, it costs no layout
    content,
    extensions: extensions(() => linkPanel.open(editor)),
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false,
    enableInputRules: ["bulletList"],
    enablePasteRules: false,
    coreExtensionOptions: { clipboardTextSerializer: { blockSeparator: "\n\n" } },
    editorProps: {
      attributes: attributesFrom(textarea, id, hint.id),
      transformPastedHTML: cleanPastedHtml,
      transformPastedText: cleanPastedText,
      clipboardTextParser: parsePastedText,
      handlePaste: (view, event, slice) => slice.size === 0, // a picture alone must not replace the chosen text
      handleDrop: (view, event) => event.dataTransfer?.files.length > 0, // else the browser would open the file
      handleKeyDown: (view, event) => {
        if (!event.altKey || event.key !== "F10") return false;
        toolbar.focus();
        return true;
      },
    },
    onUpdate: ({ transaction }) => {
      const html = contents(editor);
      textarea.value = textarea.known = html;
      format.value = "html";
      const byUser = !transaction.getMeta(FROM_ELSEWHERE);
      const pasted = ["paste", "drop"].includes(transaction.getMeta("uiEvent"));
      textarea.dispatchEvent(new CustomEvent("editor:change", { bubbles: true, detail: { html, byUser, pasted } }));
    },
  });
  box.append(editor.view.dom);
  toolbar = new Toolbar(bar, editor, linkPanel);
  editor.on("destroy", () => pieces.forEach((piece) => piece.remove()));
  return editor;
}

function attributesFrom(textarea, id, hint) {
  const attributes = { id, class: "prose", role: "textbox", "aria-multiline": "true", spellcheck: "true" };
  for (const name of COPIED) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name); // lang="": not known
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

function parsePastedText(text, context, plain, view) {
  const html = textAsHtml(text);
  if (!html) return null; // one line goes in as if it were typed, in the style of its place
  const page = new DOMParser().parseFromString(html, "text/html");
  return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(page.body, { context });
}

/** The editors of a closed part of the page are made when it opens. */
function mountIn(part) {
  for (const textarea of part.querySelectorAll("textarea[data-editor]")) {
    if (!textarea.closest("details:not([open])")) mount(textarea);
  }
}

/** Labels and the links of an error summary name the hidden textarea and mean its editor. */
function focusFrom(event) {
  const link = event.target.closest('a[href^="#"]');
  const field = link ? document.getElementById(link.hash.slice(1)) : event.target.closest("label")?.control;
  if (!field?.editor) return;
  event.preventDefault();
  field.editor.view.focus();
}

mountIn(document);
document.addEventListener("toggle", (event) => event.target.open && mountIn(event.target), true);
document.addEventListener("click", focusFrom);
addEventListener("pageshow", () => document.querySelectorAll("textarea[data-editor]").forEach(startAgain));
