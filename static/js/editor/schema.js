// What a text may contain: what the server's normal form of rich text keeps (reports/document/richtext.py), and nothing
// that rewrites what is typed. Tiptap comes with django-prose-editor; the relative address needs no import map.
import {
  Bold,
  BulletList,
  Document,
  Dropcursor,
  HardBreak,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Text,
  UndoRedo,
  wrappingInputRule,
} from "../../django_prose_editor/editor.js";
import { isLinkAddress } from "./link.js";
import { tableExtensions } from "./table.js";

/** @typedef {import("../../django_prose_editor/editor.js").Editor} Editor */

/**
 * Return the part of an extension that gives it keys.
 * @param {(editor: Editor) => Record<string, () => boolean>} shortcuts
 */
const keys = (shortcuts) => ({
  /** @this {{ editor: Editor }} Tiptap calls this as a method of the extension. */
  addKeyboardShortcuts() {
    return shortcuts(this.editor);
  },
});

// "- " begins a list. "* " and "+ " do not: in these texts an asterisk is a footnote.
const Bullets = BulletList.extend({
  /** @this {{ type: unknown }} */
  addInputRules() {
    return [wrappingInputRule({ find: /^-\s$/, type: this.type })];
  },
});

// Only the plain list: no first number, no kind of number, and no paste handler of its own.
const Numbers = OrderedList.extend({
  addAttributes: () => ({}),
  addNodeView: null,
  addProseMirrorPlugins: () => [],
});

// Tab leaves the editor, as it leaves any other field. Many keyboards have no bare "[": the toolbar has buttons too.
// Outside a list these two keys do nothing: a browser may go back a page with them.
const Item = ListItem.extend({
  content: "paragraph (paragraph | bulletList | orderedList)*",
  ...keys((editor) => ({
    Enter: () => editor.commands.splitListItem("listItem"),
    "Mod-]": () => editor.commands.sinkListItem("listItem") || true,
    "Mod-[": () => editor.commands.liftListItem("listItem") || true,
  })),
});

// Text is raised or lowered, not both. They have no buttons, and Tiptap's keys for them ("Mod-." and "Mod-,") are those
// of browsers and screen readers.
const ONE_OF_RAISED = { excludes: "superscript subscript", addKeyboardShortcuts: () => ({}) };

const Address = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
  addPasteRules: () => [],
}).configure({
  autolink: false,
  linkOnPaste: false,
  openOnClick: false,
  isAllowedUri: (/** @type {string | null} */ address) => isLinkAddress(address ?? ""),
});

/**
 * Return the extensions of an editor. Ctrl+K calls `openLinkPanel`.
 * @param {() => boolean} openLinkPanel
 */
export function extensions(openLinkPanel) {
  return [
    Document,
    Paragraph,
    Text,
    Bold,
    Italic,
    Superscript.extend(ONE_OF_RAISED),
    Subscript.extend(ONE_OF_RAISED),
    Bullets,
    Numbers,
    Item,
    HardBreak,
    ...tableExtensions,
    UndoRedo,
    Dropcursor.configure({ width: 2 }),
    Address.extend(keys(() => ({ "Mod-k": openLinkPanel }))),
  ];
}
