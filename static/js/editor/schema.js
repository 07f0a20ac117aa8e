// What a text may hold: exactly what the portal's normal form of rich text keeps, and nothing that rewrites what
// is typed. Tiptap comes with django-prose-editor; the relative address needs no import map.
import {
  Bold, BulletList, Document, Dropcursor, HardBreak, Italic, Link, ListItem, OrderedList, Paragraph, Text, UndoRedo,
  wrappingInputRule,
} from "../../django_prose_editor/editor.js";
import { isLinkAddress } from "./link.js";

const keys = (shortcuts) => ({ addKeyboardShortcuts() { return shortcuts(this.editor); } });

// "- " begins a list. "* " and "+ " do not: in these texts an asterisk is a footnote.
const Bullets = BulletList.extend({
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
// Outside a list these two keys do nothing, rather than what a browser may do with them: go back a page.
const Item = ListItem.extend(keys((editor) => ({
  Enter: () => editor.commands.splitListItem("listItem"),
  "Mod-]": () => editor.commands.sinkListItem("listItem") || true,
  "Mod-[": () => editor.commands.liftListItem("listItem") || true,
})));

const Address = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
  addPasteRules: () => [],
}).configure({
  autolink: false, linkOnPaste: false, openOnClick: false, isAllowedUri: (address) => isLinkAddress(address ?? ""),
});

export function extensions(openLinkPanel) {
  return [
    Document, Paragraph, Text, Bold, Italic, Bullets, Numbers, Item, HardBreak, UndoRedo,
    Dropcursor.configure({ width: 2 }),
    Address.extend(keys(() => ({ "Mod-k": () => openLinkPanel() }))),
  ];
}
