// Tables in the editor: a plain grid without merged cells, as the server's normal form keeps it
// (reports/document/grid.py). Tiptap's extension comes with django-prose-editor.
import { Gapcursor, Table, TableCell, TableHeader, TableRow } from "../../django_prose_editor/editor.js";

/** @typedef {import("../../django_prose_editor/editor.js").Editor} Editor */
/** @typedef {import("../../django_prose_editor/editor.js").Node} Node */
/** @typedef {import("../../django_prose_editor/editor.js").Transaction} Transaction */

const MOST_COLUMNS = 12;
const MOST_ROWS = 200;
const NEW = { rows: 3, cols: 3, withHeaderRow: true };

const one = { default: 1, rendered: false, parseHTML: () => 1 };
const PLAIN_CELL = {
  content: "(paragraph | bulletList | orderedList)+",
  addAttributes: () => ({
    colspan: one,
    rowspan: one,
    colwidth: { default: null, rendered: false, parseHTML: () => null },
  }),
};

const Grid = Table.extend({
  addNodeView: null,
  /** @this {{ editor: Editor }} Tab goes through the cells, and leaves the text after the last one. */
  addKeyboardShortcuts() {
    return {
      Tab: () => this.editor.commands.goToNextCell(),
      "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
    };
  },
});

/** Gapcursor: a place to write before or after a table that begins or ends the text. */
export const tableExtensions = [
  Grid,
  TableRow,
  TableHeader.extend(PLAIN_CELL),
  TableCell.extend(PLAIN_CELL),
  Gapcursor,
];

/**
 * Return the table at the cursor, null outside of tables.
 * @param {Editor} editor
 */
function tableAt(editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "table") return $from.node(depth);
  }
  return null;
}

/** @param {Editor} editor */
export const isInTable = (editor) => tableAt(editor) !== null;

/** @param {Node} table */
function hasHeadings(table) {
  const row = table.child(0);
  return Array.from({ length: row.childCount }, (_, i) => row.child(i)).every(
    ({ type }) => type.name === "tableHeader",
  );
}

/**
 * Add a paragraph after a table that ends the text, so that the writing can go on there.
 * @param {{ tr: Transaction, dispatch?: unknown }} command
 */
function writeOnAfterTable({ tr, dispatch }) {
  const { doc } = tr;
  if (dispatch && doc.child(doc.childCount - 1).type.name === "table") {
    tr.insert(doc.content.size, doc.type.schema.nodes.paragraph.create());
  }
  return true;
}

/** @type {Record<string, import("./toolbar.js").Command>} By the button's data-command. */
export const TABLE_COMMANDS = {
  table: {
    run: (chain) => chain.insertTable(NEW).command(writeOnAfterTable),
    can: (editor) => !isInTable(editor),
  },
  "add-row": {
    run: (chain) => chain.addRowAfter(),
    can: (editor) => (tableAt(editor)?.childCount ?? MOST_ROWS) < MOST_ROWS,
  },
  "add-column": {
    run: (chain) => chain.addColumnAfter(),
    can: (editor) => (tableAt(editor)?.child(0).childCount ?? MOST_COLUMNS) < MOST_COLUMNS,
  },
  "remove-row": { run: (chain) => chain.deleteRow(), can: (editor) => editor.can().deleteRow() },
  "remove-column": { run: (chain) => chain.deleteColumn(), can: (editor) => editor.can().deleteColumn() },
  headings: {
    run: (chain) => chain.toggleHeaderRow(),
    isOn: (editor) => {
      const table = tableAt(editor);
      return table !== null && hasHeadings(table);
    },
  },
  "remove-table": { run: (chain) => chain.deleteTable(), can: isInTable },
};
