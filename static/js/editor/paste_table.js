// Tables of the clipboard: a plain grid. Merged cells are split as the server splits them (reports/document/grid.py).

/**
 * @typedef {import("./paste_blocks.js").Block} Block
 * @typedef {{ blocks: Block[], heading: boolean, columns: number, rows: number }} Cell
 * @typedef {{ head: boolean, cells: Block[][] }} Row
 */

const MOST_COLUMNS = 12;
const MOST_ROWS = 200;
const MOST_REPEATED = 100; // characters of a merged cell that is repeated

/**
 * Return whether a table is one for the reader. A table around another, or with one cell, only gives it a place.
 * @param {HTMLTableElement} table
 */
export const isGrid = (table) =>
  table.querySelectorAll("table").length === 0 && table.querySelectorAll("td, th").length > 1;

/** Puts the cells of a table where they are seen. */
export class Grid {
  /** @type {Row[]} */
  rows = [];
  hasMerged = false;
  /** @type {Map<number, { blocks: Block[], left: number }>} Cells that reach down into the next row, by their column. */
  #above = new Map();

  /**
   * @param {Cell[]} cells
   * @param {boolean} inHead
   */
  add(cells, inHead) {
    const isFirst = !this.rows.length;
    const head = isFirst && cells.length > 0 && (inHead || cells.every((cell) => cell.heading || !cell.blocks.length));
    /** @type {Block[][]} */
    const out = [];
    for (const cell of cells) {
      this.#addFromAbove(out);
      for (let number = 0; number < Math.min(cell.columns, MOST_COLUMNS); number += 1) {
        const blocks = number && !(head && isShort(cell)) ? [] : cell.blocks;
        if (cell.rows > 1) this.#above.set(out.length, { blocks, left: Math.min(cell.rows, MOST_ROWS) - 1 });
        out.push(blocks);
      }
      this.hasMerged ||= cell.columns > 1 || cell.rows > 1;
    }
    this.#addFromAbove(out);
    if (!isFirst || out.some((blocks) => blocks.length)) this.rows.push({ head, cells: out });
  }

  /** @param {Block[][]} out */
  #addFromAbove(out) {
    for (;;) {
      const above = this.#above.get(out.length);
      if (!above?.left) return;
      above.left -= 1;
      out.push(isShort(above) ? above.blocks : []);
    }
  }
}

/** @param {{ blocks: Block[] }} cell */
function isShort({ blocks }) {
  const runs = blocks.flatMap((block) => block.runs);
  return runs.reduce((length, run) => length + run.text.length, 0) <= MOST_REPEATED;
}

/**
 * Return the HTML of a table. `write` returns that of a cell.
 * @param {Row[]} rows
 * @param {(blocks: Block[]) => string} write
 */
export function tableHtml(rows, write) {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const written = rows.map(({ head, cells }) => {
    const tag = head ? "th" : "td";
    const all = Array.from({ length: width }, (_, at) => write(cells[at] ?? []) || "<p></p>");
    return { head, html: `<tr>${all.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>` };
  });
  const [heads, body] = [true, false].map((head) => written.filter((row) => row.head === head).map(({ html }) => html));
  return `<table>${part("thead", heads)}${part("tbody", body)}</table>`;
}

/**
 * @param {string} tag
 * @param {string[]} rows
 */
const part = (tag, rows) => (rows.length ? `<${tag}>${rows.join("")}</${tag}>` : "");
